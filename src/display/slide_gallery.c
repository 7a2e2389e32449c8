/* The gallery: one to four pictures with their captions. */
#include "display/slide_parts.h"

#include <string.h>

#define CAPTION_HEIGHT 64 /* u */
#define HEADER_HEIGHT  88 /* u */

static double ratio_of(const struct asset *asset) {
    double ratio = asset->height > 0 ? (double)asset->width / asset->height : 1;
    return ratio < 0.5 ? 0.5 : ratio > 2.2 ? 2.2 : ratio;
}

static void add_caption(struct scene *scene, const struct slide_stage *stage, const char *text,
                        struct rect place, enum text_align align) {
    if (!*text)
        return;
    struct text_style style = slide_style(stage, stage->theme->label + 2, 130, WEIGHT_REGULAR);
    style.align = align;
    style.max_lines = 1;
    struct layout *layout = slide_layout(stage, text, &style, place.width);
    int down = (place.height - layout->height) / 2;
    scene_add_text(scene, (struct point){place.x, place.y + down}, layout, stage->theme->text);
}

/* One picture: whole, centred; without a caption nothing is over it and nothing beside it. */
static void build_single(struct scene *scene, const struct slide_stage *stage,
                         const struct asset *asset) {
    struct rect place = slide_whole(stage);
    struct rect filled = fit_inside((struct size){asset->width, asset->height}, place, 0);
    bool fills = filled.width == place.width && filled.height == place.height;
    if (!fills || *asset->caption)
        slide_add_ground(scene, stage, asset, place);
    if (*asset->caption) {
        int margin = slide_px(stage, 48), strip = slide_px(stage, CAPTION_HEIGHT);
        struct rect below = {margin, place.height - margin - strip, place.width - 2 * margin,
                             strip};
        place = (struct rect){margin, margin, below.width, below.y - margin - margin / 4};
        add_caption(scene, stage, asset->caption, below, ALIGN_CENTRE);
        slide_add_whole(scene, stage, asset, place, slide_px(stage, stage->theme->radius));
        return;
    }
    slide_add_whole(scene, stage, asset, place, 0);
}

/* Cuts place in two, side by side or one above the other, in the ratio a : b. */
static void cut(struct rect place, bool side_by_side, int gap, double a, double b,
                struct rect *first, struct rect *second) {
    *first = *second = place;
    int all = (side_by_side ? place.width : place.height) - gap;
    int share = (int)(all * a / (a + b));
    if (side_by_side) {
        first->width = share;
        second->x += share + gap;
        second->width = all - share;
    } else {
        first->height = share;
        second->y += share + gap;
        second->height = all - share;
    }
}

/* Places for two to four pictures; along the long side of the screen first. */
static void partition(const struct slide_stage *stage, const double *ratios, size_t count,
                      struct rect place, int gap, struct rect *cells) {
    bool wide = !slide_is_portrait(stage);
    struct rect rest;
    switch (count) {
    case 2:
        cut(place, wide, gap, wide ? ratios[0] : 1 / ratios[0], wide ? ratios[1] : 1 / ratios[1],
            cells, cells + 1);
        break;
    case 3:
        cut(place, wide, gap, 3, 2, cells, &rest);
        cut(rest, !wide, gap, wide ? 1 / ratios[1] : ratios[1], wide ? 1 / ratios[2] : ratios[2],
            cells + 1, cells + 2);
        break;
    default:
        cut(place, false, gap, 1, 1, cells, &rest);
        cut(rest, true, gap, ratios[2], ratios[3], cells + 2, cells + 3);
        cut(cells[0], true, gap, ratios[0], ratios[1], &rest, cells + 1);
        cells[0] = rest;
        break;
    }
}

static void add_header(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, struct rect *place) {
    int width = slide_add_badge(scene, stage, record->unit, (struct point){place->x, place->y});
    int gap = slide_px(stage, 24), height = slide_px(stage, BADGE_HEIGHT);
    struct text_style style = slide_style(stage, 32, 130, WEIGHT_REGULAR);
    style.max_lines = 1;
    struct layout *title = slide_layout(stage, record->title, &style, place->width - width - gap);
    scene_add_text(scene,
                   (struct point){place->x + width + gap, place->y + (height - title->height) / 2},
                   title, stage->theme->text);
    int header = slide_px(stage, HEADER_HEIGHT);
    place->y += header;
    place->height -= header;
}

static void build_many(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct slide *slide) {
    double ratios[SLIDE_PICTURES] = {0};
    struct rect cells[SLIDE_PICTURES];
    bool captions = false;
    for (size_t i = 0; i < slide->picture_count; i++) {
        const struct asset *asset = record->assets + slide->pictures[i];
        ratios[i] = ratio_of(asset);
        captions = captions || *asset->caption;
    }
    struct rect place = slide_inset(slide_whole(stage), slide_px(stage, 56));
    add_header(scene, stage, record, &place);
    int gap = slide_px(stage, stage->theme->gap), radius = slide_px(stage, stage->theme->radius);
    partition(stage, ratios, slide->picture_count, place, gap, cells);
    int strip = captions ? slide_px(stage, CAPTION_HEIGHT) : 0;
    for (size_t i = 0; i < slide->picture_count; i++) {
        const struct asset *asset = record->assets + slide->pictures[i];
        cells[i].height -= strip;
        slide_add_picture(scene, stage, asset, cells[i], radius, false);
        struct rect below = {cells[i].x, cells[i].y + cells[i].height, cells[i].width, strip};
        add_caption(scene, stage, asset->caption, below, ALIGN_START);
    }
}

void slide_build_gallery(struct scene *scene, const struct slide_stage *stage,
                         const struct case_record *record, const struct slide *slide) {
    if (slide->picture_count == 1)
        build_single(scene, stage, record->assets + slide->pictures[0]);
    else
        build_many(scene, stage, record, slide);
}
