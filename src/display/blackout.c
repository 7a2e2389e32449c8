#include "display/blackout.h"

#include "base/fs.h"
#include "base/log.h"
#include "base/str.h"
#include "display/slide_parts.h"
#include "library/desk.h"

static const int title_sizes[] = {84, 72, 60, 48, 0};

static bool read_it(struct blackout *blackout, enum db_result *result, bool *on) {
    struct station *station =
        station_open(blackout->station, blackout->read ? DB_READ_WAITING : DB_WRITE, result);
    bool good = station && desk_black(station, on);
    station_close(station);
    return good;
}

enum blackout_change blackout_refresh(struct blackout *blackout) {
    bool on = false, first = !blackout->read;
    enum db_result result = DB_DONE;
    if (fs_exists(blackout->station) && !read_it(blackout, &result, &on)) {
        if (!first)
            return result == DB_BUSY ? BLACKOUT_BUSY : BLACKOUT_SAME;
        log_error("%s: 无法读取是否黑屏 (whether there is a blackout cannot be read)",
                  blackout->station);
    }
    bool changed = on != blackout->on;
    blackout->read = true;
    blackout->on = on;
    return changed ? BLACKOUT_CHANGED : BLACKOUT_SAME;
}

void blackout_build(struct scene *scene, const struct slide_stage *stage) {
    const struct theme *theme = stage->theme;
    const char *building = stage->config->site.building, *school = stage->config->site.school;
    const char *name = !text_empty(building) ? building : !text_empty(school) ? school : "风采";
    int margin = slide_px(stage, theme->margin) * 2, width = stage->size.width - 2 * margin;
    scene_init(scene, stage->size.width, stage->size.height);
    scene_add_fill(scene, LAYER_GROUND, slide_whole(stage), 0, theme->ground);
    struct layout *title = slide_title(stage, name, title_sizes, 2, width);
    struct point at = {margin, (stage->size.height - title->height) / 2};
    scene_add_text(scene, at, title, theme->dim);
}
