/* The gallery: one to four pictures with their captions. */
#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "display/mosaic.h"
#include "display/slide_parts.h"

#define CAPTION_HEIGHT 60 /* u */
#define LEAST_SHARE    55 /* percent of the place that pictures shall take */

static_assert(SLIDE_PICTURES <= MOSAIC_MAX, "a mosaic must hold the pictures of a slide");

static double ratio_of(const struct asset *asset) {
    return asset->height > 0 ? (double)asset->width / asset->height : 1;
}

static void add_caption(struct scene *scene, const struct slide_stage *stage, const char *text,
                        struct rect place, enum text_align align, colour ink) {
    if (!*text)
        return;
    struct text_style style = slide_style(stage, stage->theme->label + 2, 130, WEIGHT_REGULAR);
    style.align = align;
    style.max_lines = 1;
    struct layout *layout = slide_layout(stage, text, &style, place.width);
    int down = (place.height - layout->height) / 2;
    scene_add_text(scene, (struct point){place.x, place.y + down}, layout, ink);
}

/* One picture: whole, centred; without a caption nothing is over it and nothing beside it. */
static void build_single(struct scene *scene, const struct slide_stage *stage,
                         const struct asset *asset) {
    struct rect place = slide_whole(stage);
    struct rect filled = fit_inside((struct size){asset->width, asset->height}, place, 0);
    bool fills = filled.width == place.width && filled.height == place.height;
    if (!fills || *asset->caption)
        slide_add_ground(scene, stage, asset, place);
    if (!*asset->caption) {
        slide_add_whole(scene, stage, asset, place, 0);
        slide_add_length(scene, stage, asset, slide_safe(stage), false);
        return;
    }
    struct rect safe = slide_safe(stage), hint = slide_hint(stage);
    int row = slide_px(stage, ROW_HEIGHT), gap = slide_px(stage, ROW_GAP) / 2;
    struct rect below = {safe.x, safe.y + safe.height - row, safe.width, row};
    if (!rect_empty(hint)) /* over the middle, clear of the loop's invitation */
        below = slide_is_portrait(stage)
                    ? (struct rect){safe.x, hint.y - gap - row, safe.width, row}
                    : (struct rect){safe.x + hint.width, below.y, safe.width - 2 * hint.width, row};
    struct rect above = {safe.x, safe.y, safe.width, below.y - gap - safe.y};
    if (stage->frame)
        above = (struct rect){safe.x, safe.y + row + gap, safe.width, above.height - row - gap};
    scene_add_scrim(scene, below, stage->theme->scrim, stage->theme->over_picture, row);
    add_caption(scene, stage, asset->caption, below, ALIGN_CENTRE, stage->theme->over_picture);
    slide_add_whole(scene, stage, asset, above, slide_px(stage, stage->theme->radius));
    struct size size = {asset->width, asset->height};
    slide_add_length(scene, stage, asset, fit_inside(size, above, 0), false);
}

/* Badge and title, as far as the loop's corner lets them. */
static void add_header(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, struct rect safe) {
    int badge = slide_add_badge(scene, stage, record, (struct point){safe.x, safe.y});
    int gap = slide_px(stage, 24), height = slide_px(stage, ROW_HEIGHT);
    struct rect corner = slide_corner(stage);
    int right = rect_empty(corner) ? safe.x + safe.width : corner.x - gap;
    int width = right - safe.x - badge - gap;
    struct text_style style = slide_style(stage, 34, 130, WEIGHT_REGULAR);
    style.max_lines = 1;
    if (width < 6 * style.size)
        return;
    struct layout *title = slide_layout(stage, record->title, &style, width);
    scene_add_text(scene,
                   (struct point){safe.x + badge + gap, safe.y + (height - title->height) / 2},
                   title, stage->theme->text);
}

/* Pictures that cannot fill the place are better off in a smaller one than with bars beside them:
 * cells of the largest part of it, in the middle, in which all are filled. */
static void build_cells(const struct slide_stage *stage, const struct case_record *record,
                        const struct slide *slide, struct mosaic mosaic, struct rect *cells) {
    double ratios[SLIDE_PICTURES] = {0};
    const struct rect place = mosaic.place;
    for (size_t i = 0; i < slide->picture_count; i++)
        ratios[i] = ratio_of(record->assets + slide->pictures[i]);
    for (int percent = 100; percent >= LEAST_SHARE; percent -= 5)
        for (int lower = 0; lower < 2; lower++) {
            struct rect part = place;
            part.width = lower ? part.width : part.width * percent / 100;
            part.height = lower ? part.height * percent / 100 : part.height;
            part.x += (place.width - part.width) / 2;
            part.y += (place.height - part.height) / 2;
            mosaic.place = part;
            mosaic_build(&mosaic, ratios, slide->picture_count, cells);
            size_t filled = 0;
            while (filled < slide->picture_count &&
                   slide_can_fill(stage, record->assets + slide->pictures[filled], cells[filled]))
                filled++;
            if (filled == slide->picture_count)
                return;
        }
    mosaic.place = place;
    mosaic_build(&mosaic, ratios, slide->picture_count, cells);
}

static void build_many(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct slide *slide) {
    struct rect cells[SLIDE_PICTURES], safe = slide_safe(stage), place = safe;
    int row = slide_px(stage, ROW_HEIGHT) + slide_px(stage, ROW_GAP);
    bool captions = false;
    for (size_t i = 0; i < slide->picture_count; i++)
        captions = captions || *record->assets[slide->pictures[i]].caption;
    place.y += row;
    place.height -= 2 * row;
    struct mosaic mosaic = {.place = place,
                            .gap = slide_px(stage, stage->theme->gap),
                            .strip = captions ? slide_px(stage, CAPTION_HEIGHT) : 0,
                            .crop_percent = stage->theme->crop_percent};
    add_header(scene, stage, record, safe);
    build_cells(stage, record, slide, mosaic, cells);
    int radius = slide_px(stage, stage->theme->radius);
    for (size_t i = 0; i < slide->picture_count; i++) {
        const struct asset *asset = record->assets + slide->pictures[i];
        slide_add_picture(scene, stage, asset, cells[i], radius, false);
        slide_add_length(scene, stage, asset, cells[i], false);
        struct rect below = {cells[i].x, cells[i].y + cells[i].height, cells[i].width,
                             mosaic.strip};
        add_caption(scene, stage, asset->caption, below, ALIGN_START, stage->theme->text);
    }
    char *foot = slide->of > 1 ? xasprintf("%s　%d/%d", record->school, slide->number, slide->of)
                               : xstrdup(record->school);
    slide_add_foot(scene, stage, safe, foot, stage->theme->dim);
    free(foot);
}

void slide_build_gallery(struct scene *scene, const struct slide_stage *stage,
                         const struct case_record *record, const struct slide *slide) {
    if (slide->picture_count == 1)
        build_single(scene, stage, record->assets + slide->pictures[0]);
    else
        build_many(scene, stage, record, slide);
}
