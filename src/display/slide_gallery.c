/* The gallery: one to four pictures with their captions. */
#include <assert.h>

#include "display/mosaic.h"
#include "display/slide_parts.h"

#define CAPTION_HEIGHT 64 /* u */
#define HEADER_HEIGHT  88 /* u */

static_assert(SLIDE_PICTURES <= MOSAIC_MAX, "a mosaic must hold the pictures of a slide");

static double ratio_of(const struct asset *asset) {
    return asset->height > 0 ? (double)asset->width / asset->height : 1;
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
    struct mosaic mosaic = {.place = slide_inset(slide_whole(stage), slide_px(stage, 56)),
                            .gap = slide_px(stage, stage->theme->gap),
                            .strip = captions ? slide_px(stage, CAPTION_HEIGHT) : 0,
                            .crop_percent = stage->theme->crop_percent};
    add_header(scene, stage, record, &mosaic.place);
    mosaic_build(&mosaic, ratios, slide->picture_count, cells);
    int radius = slide_px(stage, stage->theme->radius);
    for (size_t i = 0; i < slide->picture_count; i++) {
        const struct asset *asset = record->assets + slide->pictures[i];
        slide_add_picture(scene, stage, asset, cells[i], radius, false);
        struct rect below = {cells[i].x, cells[i].y + cells[i].height, cells[i].width,
                             mosaic.strip};
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
