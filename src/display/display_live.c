#include <stdlib.h>
#include <string.h>

#include "base/live.h"
#include "base/log.h"
#include "base/time.h"
#include "display/display_private.h"

#define RECORD_EVERY_US (600 * 1000000LL) /* station.db: [M] one commit costs 40 KB of flash */

static json_t *loop_live(const struct display *display) {
    const struct showing_slide *slide = &display->loop.current;
    char since[TIME_TEXT_SIZE];
    time_format(display->since_ms, since);
    return json_pack("{s:s, s:s?, s:s, s:s}", "mode", "loop", "case", slide->case_id, "slide",
                     slide->name, "since", since);
}

/* What was typed is nobody's business but a test's. */
static json_t *browse_live(const struct display *display, const struct place *here) {
    const struct manner *manner = &display->browse.manner;
    bool in_case = here->kind == PLACE_CASE || here->kind == PLACE_PICTURE ||
                   here->kind == PLACE_VIDEO || here->kind == PLACE_SHELF_CASE ||
                   here->kind == PLACE_PREVIEW;
    json_t *live = json_pack(
        "{s:s, s:s?, s:s?, s:s?, s:b, s:b, s:b, s:i}", "mode", place_key(here->kind), "case",
        in_case ? here->text : NULL, "unit", here->kind == PLACE_UNIT ? unit_key(here->unit) : NULL,
        "school", here->kind == PLACE_SCHOOL ? here->text : NULL, "reach", manner->reach, "english",
        manner->english, "contrast", manner->contrast, "size", (int)manner->size);
    if (here->kind == PLACE_PICTURE || here->kind == PLACE_VIDEO)
        json_object_set_new(live, "picture", json_integer(here->picture));
    const struct player *player = &display->browse.player;
    if (here->kind == PLACE_VIDEO && player_is_on(player))
        json_object_set_new(live, "video",
                            json_pack("{s:s, s:I, s:I, s:b}", "state", player_key(player),
                                      "position_ms", (json_int_t)player_told_ms(player),
                                      "duration_ms", (json_int_t)player->duration_ms, "sound",
                                      player->sound));
    bool draft = here->kind == PLACE_SEARCH || here->kind == PLACE_OWN_SCHOOL ||
                 here->kind == PLACE_BUILDING || here->kind == PLACE_CLOCK ||
                 here->kind == PLACE_NEW_PIN;
    if (display->test && draft)
        json_object_update_new(
            live, json_pack("{s:s, s:b}", "query", here->text, "of_desk", (int)here->of_desk));
    if (display->test && here->setup)
        json_object_update_new(live, json_pack("{s:b, s:i, s:i}", "setup", true, "picture",
                                               here->picture, "typed", here->typed));
    if (display->test)
        json_object_update_new(live,
                               json_pack("{s:i, s:f, s:b}", "scroll", display->browse.page.scroll,
                                         "zoom", browse_zoom(&display->browse), "notice",
                                         display->browse.notice.tile_count > 0));
    return live;
}

void display_save_live(const struct display *display) {
    const struct place *here = browse_here(&display->browse);
    struct size size = presenter_size(display->presenter);
    json_t *live = here             ? browse_live(display, here)
                   : display->black ? json_pack("{s:s}", "mode", "blackout")
                                    : loop_live(display);
    json_object_update_new(live,
                           json_pack("{s:I, s:I, s:I, s:s, s:s, s:i, s:i}", "frames",
                                     (json_int_t)presenter_frames(display->presenter), "skipped",
                                     (json_int_t)display->loop.current.skipped, "generation",
                                     (json_int_t)display->loop.current.generation, "presenter",
                                     presenter_name(display->presenter), "motion",
                                     display->motion.drifts ? "drift" : "none", "width", size.width,
                                     "height", size.height));
    if (display->test && display->card.says && !here && !display->black) /* it is seen */
        json_object_set_new(live, "card", json_string(display->card.says));
    live_save(display->paths->display_live, live);
}

/* Where somebody is has changed, or what they see of it has come to rest. */
void display_tell_browsing(struct display *display, int64_t now_us) {
    const struct place *here = browse_here(&display->browse);
    if (here && browse_moves(&display->browse, now_us))
        return;
    json_t *live = here ? browse_live(display, here) : NULL;
    char *says = live ? json_dumps(live, JSON_COMPACT) : NULL;
    json_decref(live);
    bool changed =
        says ? !display->said || strcmp(says, display->said) != 0 : display->said != NULL;
    free(display->said);
    display->said = says;
    if (changed)
        display_save_live(display);
}

/* ---- what is counted */

void display_count_uptime(struct display *display, int64_t now_us) {
    unsigned errors = log_errors();
    showings_add_uptime(&display->showings, time_now_ms(),
                        display->up_us ? (now_us - display->up_us) / 1000 : 0,
                        errors - display->errors);
    display->up_us = now_us;
    display->errors = errors;
}

static void record(struct display *display, int64_t now_us) {
    if (now_us - display->recorded_us < RECORD_EVERY_US)
        return;
    backstage_record(display->backstage, &display->showings);
    display->recorded_us = now_us;
}

/* The slide that stood until now is counted. */
void display_count_showing(struct display *display, const char *id, bool first, int64_t now_us) {
    if (id)
        showings_add(&display->showings, id, first, time_now_ms(),
                     (now_us - display->since_us) / 1000);
    record(display, now_us);
}

void display_count_touches(struct display *display) {
    struct browse_count count;
    int64_t now = time_monotonic_us();
    bool any = false;
    for (; browse_take_count(&display->browse, &count); any = true) {
        showings_add_touch(&display->showings, count.id, time_now_ms());
        free(count.id);
    }
    if (!any)
        return;
    display_count_uptime(display, now);
    record(display, now);
}
