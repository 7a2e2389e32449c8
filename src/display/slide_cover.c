/* The cover: the first picture full-bleed under a scrim; beside the text where it must stay whole;
 * a title card where there is none. */
#include "display/slide_parts.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/time.h"

#define BYLINE 38 /* u */

#define TITLE_SIZES 12

/* The theme's, and what a longer title is set in. */
static void list_sizes(const struct theme *theme, int sizes[TITLE_SIZES]) {
    static const int smaller[] = {108, 96, 84, 76, 68, 60, 52, 44, 40, 36};
    static_assert(sizeof smaller / sizeof *smaller + 2 <= TITLE_SIZES, "with the theme's and 0");
    size_t count = 0;
    sizes[count++] = theme->title;
    for (size_t i = 0; i < sizeof smaller / sizeof *smaller; i++)
        if (smaller[i] < theme->title)
            sizes[count++] = smaller[i];
    sizes[count] = 0;
}

/* "某某大学　2026年5月" */
static char *byline(const struct case_record *record) {
    if (!record->published_ms)
        return xstrdup(record->school);
    int year = 0, month = 0, day = 0;
    time_local_date(record->published_ms, &year, &month, &day);
    return xasprintf("%s　%d年%d月", record->school, year, month);
}

struct block {
    struct layout *title, *byline;
    int to_title, to_byline; /* pixels from its top */
    int height;
};

static struct block build_block(const struct slide_stage *stage, const struct case_record *record,
                                int width, int lines) {
    struct block block = {0};
    int sizes[TITLE_SIZES];
    list_sizes(stage->theme, sizes);
    block.title = slide_title(stage, record->title, sizes, lines, width);
    struct text_style style = slide_style(stage, BYLINE, 130, WEIGHT_REGULAR);
    style.max_lines = 2;
    char *text = byline(record);
    block.byline = slide_layout(stage, text, &style, width);
    free(text);
    block.to_title = slide_px(stage, ROW_HEIGHT) + slide_px(stage, ROW_GAP);
    block.to_byline = block.to_title + block.title->height + slide_px(stage, 20);
    block.height = block.to_byline + block.byline->height;
    return block;
}

/* What is as wide as the measure is not all text: the right end of what is. */
static int text_right(const struct layout *layout) {
    int right = 0;
    for (size_t i = 0; i < layout->line_count; i++) {
        int end = layout->lines[i].x + layout->lines[i].width;
        right = end > right ? end : right;
    }
    return right;
}

static struct rect text_box(const struct block *block, struct point at) {
    int title = text_right(block->title), line = text_right(block->byline);
    return (struct rect){at.x, at.y + block->to_title, title > line ? title : line,
                         block->height - block->to_title};
}

/* Takes the block's layouts over. */
static void add_block(struct scene *scene, const struct slide_stage *stage,
                      const struct case_record *record, const struct block *block, struct point at,
                      colour title, colour line) {
    slide_add_badge(scene, stage, record, at);
    scene_add_text(scene, (struct point){at.x, at.y + block->to_title}, block->title, title);
    scene_add_text(scene, (struct point){at.x, at.y + block->to_byline}, block->byline, line);
}

/* On a tall screen the text stands above the code, else beside it. */
static bool is_tall(const struct slide_stage *stage) {
    return stage->size.height * 4 > stage->size.width * 5;
}

/* At the foot of the safe area; above the loop's invitation and the code where they would meet. */
static int block_top(const struct slide_stage *stage, const struct block *block, struct rect code) {
    struct rect safe = slide_safe(stage), hint = slide_hint(stage);
    int bottom = safe.y + safe.height;
    if (slide_is_portrait(stage) && !rect_empty(hint))
        bottom = hint.y - slide_px(stage, ROW_GAP);
    if (is_tall(stage) && !rect_empty(code))
        bottom = code.y - slide_px(stage, ROW_GAP);
    return bottom - block->height;
}

/* code: pixels that it takes of the width. */
static int text_width(const struct slide_stage *stage, int percent, int code) {
    struct rect safe = slide_safe(stage);
    if (slide_is_portrait(stage))
        return safe.width - (code && !is_tall(stage) ? code + slide_px(stage, ROW_GAP) : 0);
    return stage->size.width * percent / 100 - safe.x;
}

static void build_full(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct asset *asset) {
    const struct theme *theme = stage->theme;
    struct rect safe = slide_safe(stage);
    struct slide_code code = slide_code_of(record);
    int width = text_width(stage, 72, slide_code_size(stage, &code).width);
    struct block block = build_block(stage, record, width,
                                     is_tall(stage)             ? 4
                                     : slide_is_portrait(stage) ? 5
                                                                : 3);
    slide_add_photograph(scene, stage, asset);
    slide_add_length(scene, stage, asset, slide_inset(safe, -slide_px(stage, 16)), false);
    size_t scrim = scene->count; /* the code stands above the scrim */
    scene_add_scrim(scene, safe, theme->scrim, theme->over_picture, slide_px(stage, 420));
    struct rect tile = slide_add_code(scene, stage, &code, safe);
    struct point at = {safe.x, block_top(stage, &block, tile)};
    scene->items[scrim].place = slide_inset(text_box(&block, at), -slide_px(stage, 8));
    add_block(scene, stage, record, &block, at, theme->over_picture, theme->over_picture);
}

/* A picture of another shape than the screen fills one side of it: as much as its crop allows. */
static struct rect side_place(const struct slide_stage *stage, const struct asset *asset,
                              int limit) {
    double ratio = (double)asset->width / asset->height,
           keep = 1 - stage->theme->crop_percent / 100.0;
    struct size size = stage->size;
    if (slide_is_portrait(stage)) {
        int height = (int)(size.width / (ratio * keep));
        return (struct rect){0, 0, size.width, height < limit ? height : limit};
    }
    int width = (int)(size.height * ratio / keep);
    width = width < limit ? width : limit;
    return (struct rect){size.width - width, 0, width, size.height};
}

/* The picture's inner edge goes over into the ground. */
static void add_edge(struct scene *scene, const struct slide_stage *stage, struct rect picture) {
    int depth = slide_px(stage, 160);
    colour ground = stage->theme->ground, none = colour_with_alpha(ground, 0);
    if (slide_is_portrait(stage))
        scene_add_gradient(scene, LAYER_TEXT,
                           (struct rect){0, picture.height - depth, picture.width, depth}, none,
                           ground, false);
    else
        scene_add_gradient(scene, LAYER_TEXT, (struct rect){picture.x, 0, depth, picture.height},
                           ground, none, true);
}

/* Text on the left and the picture on the right, or under it on a portrait screen. */
static void build_beside(struct scene *scene, const struct slide_stage *stage,
                         const struct case_record *record, const struct asset *asset) {
    const struct theme *theme = stage->theme;
    bool portrait = slide_is_portrait(stage);
    struct size size = stage->size;
    struct rect safe = slide_safe(stage);
    int column = size.width * 44 / 100, gap = slide_px(stage, theme->margin);
    struct slide_code code = slide_code_of(record);
    int width = portrait ? text_width(stage, 100, slide_code_size(stage, &code).width)
                         : column - safe.x - gap;
    struct block block = build_block(stage, record, width, is_tall(stage) ? 4 : 5);
    struct rect within = safe; /* nothing lies over a poster: the code is left of it */
    if (asset->whole && !portrait)
        within.width = column - gap - safe.x;
    struct rect tile = slide_code_place(stage, &code, within);
    int top = portrait ? block_top(stage, &block, tile) : (size.height - block.height) / 2;
    if (!rect_empty(tile) && asset->whole && !portrait && top + block.height > tile.y - gap / 2)
        top = tile.y - gap / 2 - block.height;
    struct rect side = side_place(stage, asset, portrait ? top - gap : size.width - column);
    if (slide_can_fill(stage, asset, side)) {
        slide_add_picture(scene, stage, asset, side, 0, false);
        add_edge(scene, stage, side);
        if (portrait) /* the text follows the picture where that leaves room below */
            top = side.height + (top - side.height) * 2 / 5;
    } else {
        struct rect place = portrait ? (struct rect){0, 0, size.width, top} : side;
        slide_add_ground(scene, stage, asset, place);
        add_edge(scene, stage, place);
        slide_add_whole(scene, stage, asset, slide_inset(place, gap),
                        slide_px(stage, theme->radius));
    }
    slide_add_length(scene, stage, asset, rect_meet(side, safe), false);
    slide_add_code(scene, stage, &code, within);
    add_block(scene, stage, record, &block, (struct point){safe.x, top}, theme->text, theme->dim);
}

static void build_card(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record) {
    const struct theme *theme = stage->theme;
    const struct unit_theme *unit = theme_section(theme, record->level, record->unit);
    struct rect safe = slide_safe(stage), whole = slide_whole(stage);
    struct slide_code code = slide_code_of(record);
    int width = text_width(stage, 78, slide_code_size(stage, &code).width);
    int large = slide_px(stage, 560);
    struct rect corner = {whole.width - large * 3 / 4, whole.height - large * 3 / 4, large, large};
    scene_add_fill(scene, LAYER_GROUND, whole, 0, unit->deep);
    if (!code.file && !code.made && !slide_is_portrait(stage)) { /* where nothing else is */
        slide_add_icon(scene, stage, section_key(record->level, record->unit), corner,
                       colour_with_alpha(theme->on_unit, 22));
        width = width < corner.x - safe.x ? width : corner.x - safe.x;
    }
    struct block block = build_block(stage, record, width, 5);
    struct rect tile = slide_add_code(scene, stage, &code, safe);
    int top = (whole.height - block.height) * 2 / 5;
    if (is_tall(stage) && tile.width && top + block.height > tile.y)
        top = tile.y - slide_px(stage, ROW_GAP) - block.height;
    top = top > safe.y ? top : safe.y;
    add_block(scene, stage, record, &block, (struct point){safe.x, top}, theme->on_unit,
              theme->on_unit);
}

void slide_build_cover(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct slide *slide) {
    if (!slide->picture_count) {
        build_card(scene, stage, record);
        return;
    }
    const struct asset *asset = record->assets + slide->pictures[0];
    if (slide_can_fill(stage, asset, slide_whole(stage)))
        build_full(scene, stage, record, asset);
    else
        build_beside(scene, stage, record, asset);
}
