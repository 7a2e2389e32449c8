/* The cover: the first picture full-bleed under a scrim; beside the text where it must stay whole;
 * a title card where there is none. */
#include "display/slide_parts.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/time.h"

static const int title_sizes[] = {84, 76, 68, 60, 52, 44, 0};

/* "某某大学 · 2026年5月" */
static char *byline(const struct case_record *record) {
    if (!record->published_ms)
        return xstrdup(record->school);
    int year = 0, month = 0, day = 0;
    time_local_date(record->published_ms, &year, &month, &day);
    return xasprintf("%s　%d年%d月", record->school, year, month);
}

struct block {
    struct layout *title, *byline;
    int height; /* badge, title and byline with their distances, pixels */
};

static struct block build_block(const struct slide_stage *stage, const struct case_record *record,
                                int width, int lines) {
    struct block block = {0};
    block.title = slide_title(stage, record->title, title_sizes, lines, width);
    struct text_style style = slide_style(stage, 38, 130, WEIGHT_REGULAR);
    style.max_lines = 2;
    char *text = byline(record);
    block.byline = slide_layout(stage, text, &style, width);
    free(text);
    block.height = slide_px(stage, BADGE_HEIGHT) + slide_px(stage, 30) + block.title->height +
                   slide_px(stage, 22) + block.byline->height;
    return block;
}

/* Takes the block's layouts over. */
static void add_block(struct scene *scene, const struct slide_stage *stage,
                      const struct case_record *record, struct block block, struct point at) {
    const struct theme *theme = stage->theme;
    slide_add_badge(scene, stage, record->unit, at);
    at.y += slide_px(stage, BADGE_HEIGHT) + slide_px(stage, 30);
    int title_height = block.title->height;
    scene_add_text(scene, at, block.title, theme->over_picture);
    at.y += title_height + slide_px(stage, 22);
    scene_add_text(scene, at, block.byline, theme->over_picture_dim);
}

/* Strength of a scrim in percent of the theme's. */
static colour scrim(const struct slide_stage *stage, int percent) {
    return colour_with_alpha(stage->theme->scrim, 225 * percent / 100);
}

/* Rises from nothing above the text to its full strength at the foot, and from the right to the
 * left, so that the picture's upper right stays as it is. */
static void add_scrim(struct scene *scene, const struct slide_stage *stage, int from) {
    struct rect whole = slide_whole(stage);
    int top = from - slide_px(stage, 320), middle = from - slide_px(stage, 120);
    int full = from + slide_px(stage, 60), side = whole.width * 3 / 4;
    top = top < 0 ? 0 : top;
    scene_add_gradient(scene, LAYER_TEXT, (struct rect){0, top, whole.width, middle - top},
                       scrim(stage, 0), scrim(stage, 22), false);
    scene_add_gradient(scene, LAYER_TEXT, (struct rect){0, middle, whole.width, full - middle},
                       scrim(stage, 22), scrim(stage, 62), false);
    scene_add_gradient(scene, LAYER_TEXT, (struct rect){0, full, whole.width, whole.height - full},
                       scrim(stage, 62), scrim(stage, 88), false);
    if (!slide_is_portrait(stage))
        scene_add_gradient(scene, LAYER_TEXT, (struct rect){0, 0, side, whole.height},
                           scrim(stage, 22), scrim(stage, 0), true);
}

static void build_full(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct asset *asset) {
    int margin = slide_px(stage, stage->theme->margin);
    int width = slide_is_portrait(stage) ? stage->size.width - 2 * margin
                                         : stage->size.width * 72 / 100 - margin;
    struct block block = build_block(stage, record, width, slide_is_portrait(stage) ? 4 : 3);
    int top = stage->size.height - margin - block.height;
    slide_add_picture(scene, stage, asset, slide_whole(stage), 0, false);
    add_scrim(scene, stage, top);
    add_block(scene, stage, record, block, (struct point){margin, top});
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
    int depth = slide_px(stage, 220);
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
    bool portrait = slide_is_portrait(stage);
    struct size size = stage->size;
    int margin = slide_px(stage, stage->theme->margin), column = size.width * 44 / 100;
    int width = portrait ? size.width - 2 * margin : column - margin - margin / 2;
    struct block block = build_block(stage, record, width, portrait ? 4 : 5);
    int top = portrait ? size.height - margin - block.height : (size.height - block.height) / 2;
    struct rect side = side_place(stage, asset, portrait ? top - margin / 2 : size.width - column);
    if (slide_can_fill(stage, asset, side)) {
        slide_add_picture(scene, stage, asset, side, 0, false);
        add_edge(scene, stage, side);
        if (portrait) /* the text follows the picture where that leaves room below */
            top = side.height + (size.height - side.height - block.height) * 2 / 5;
    } else {
        struct rect place = portrait ? (struct rect){0, 0, size.width, top} : side;
        slide_add_ground(scene, stage, asset, slide_whole(stage));
        scene_add_fill(scene, LAYER_GROUND, slide_whole(stage), 0, scrim(stage, 50));
        slide_add_whole(scene, stage, asset, slide_inset(place, margin),
                        slide_px(stage, stage->theme->radius));
    }
    add_block(scene, stage, record, block, (struct point){margin, top});
}

static void build_card(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record) {
    const struct unit_theme *unit = &stage->theme->units[record->unit];
    int margin = slide_px(stage, stage->theme->margin), bar = slide_px(stage, 12);
    scene_add_gradient(scene, LAYER_GROUND, slide_whole(stage), unit->deep, stage->theme->ground,
                       false);
    int width = slide_is_portrait(stage) ? stage->size.width - 2 * margin - 3 * bar
                                         : stage->size.width * 78 / 100 - margin - 3 * bar;
    struct block block = build_block(stage, record, width, 5);
    int top = (stage->size.height - block.height) / 2;
    scene_add_fill(scene, LAYER_TEXT, (struct rect){margin, top, bar, block.height}, bar / 2,
                   unit->light);
    add_block(scene, stage, record, block, (struct point){margin + 4 * bar, top});
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

void slide_build_empty(struct scene *scene, const struct slide_stage *stage) {
    static const char steps[] = "在电脑上按“单元 / 标题（学校） / 正文.txt 和图片”放好文件夹，"
                                "例如“党建引领 / 楼道里的读书角（某某大学）”。\n"
                                "在本机运行：fengcai import 文件夹\n"
                                "导入完成后，这里会自动开始轮播，不需要重新启动。";
    static const char english[] = "The library is empty. Load a folder of cases with "
                                  "“fengcai import FOLDER”; the slideshow then starts by itself.";
    const struct theme *theme = stage->theme;
    int margin = slide_px(stage, stage->theme->margin) * 2;
    int width = stage->size.width - 2 * margin;
    int measure = slide_px(stage, 40 * 30);
    width = width < measure ? width : measure;
    scene_init(scene, stage->size.width, stage->size.height);
    scene_add_gradient(scene, LAYER_GROUND, slide_whole(stage), theme->units[UNIT_SERVICE].deep,
                       theme->ground, false);
    struct text_style body = slide_style(stage, 40, theme->leading, WEIGHT_REGULAR);
    body.gap = slide_px(stage, 16);
    struct text_style small = slide_style(stage, theme->label, 140, WEIGHT_REGULAR);
    const char *contact = stage->config->site.contact;
    char *tail = *contact ? xasprintf("%s\n联系人：%s", english, contact) : xstrdup(english);
    struct layout *parts[] = {slide_title(stage, "案例库还是空的", title_sizes, 2, width),
                              slide_layout(stage, steps, &body, width),
                              slide_layout(stage, tail, &small, width)};
    free(tail);
    const colour colours[] = {theme->text, theme->text, theme->dim};
    int gap = slide_px(stage, 48), height = 2 * gap;
    for (int i = 0; i < 3; i++)
        height += parts[i]->height;
    struct point at = {margin, (stage->size.height - height) / 2};
    for (int i = 0; i < 3; i++) {
        int next = at.y + parts[i]->height + gap;
        scene_add_text(scene, at, parts[i], colours[i]);
        at.y = next;
    }
}
