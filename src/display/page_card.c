/* A case's card: its picture, what it is called, where and when it is from. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/pages.h"

/* u */
#define CARD_WIDTH  360 /* at the least */
#define CARD_TEXT   150 /* below the picture */
#define CARD_PAD    16
#define CARD_TITLE  32
#define CARD_ORIGIN 26
#define CARD_RADIUS 16
#define LYING_WIDTH 620 /* of a card whose picture stands beside the text: at the least */
#define LYING_HIGH  184
#define BADGE_HIGH  44
#define BADGE_TYPE  26
#define BADGE_INSET 12
#define MARK_WIDTH  6 /* the unit's, before the title */

#define LINE        125 /* percent of the type's size */
#define LYING_SHARE 42  /* percent of its width that the picture takes at the most */

int page_card_columns(const struct sheet *sheet, struct rect area) {
    int gap = sheet_gap(sheet), wanted = slide_px(sheet->stage, CARD_WIDTH);
    int columns = (area.width + gap) / (wanted + gap);
    return columns < 1 ? 1 : columns;
}

int page_card_height(const struct slide_stage *stage, int width) {
    return width * 9 / 16 + slide_px(stage, CARD_TEXT);
}

struct card_grid page_card_grid(const struct sheet *sheet, struct rect area) {
    struct card_grid grid = {.gap = sheet_gap(sheet), .columns = page_card_columns(sheet, area)};
    grid.width = (area.width - (grid.columns - 1) * grid.gap) / grid.columns;
    grid.height = page_card_height(sheet->stage, grid.width);
    if (grid.height * 5 / 4 <= area.height)
        return grid;
    int lying = slide_px(sheet->stage, LYING_WIDTH), finger = sheet_finger(sheet);
    grid.columns = (area.width + grid.gap) / (lying + grid.gap);
    grid.columns = grid.columns < 1 ? 1 : grid.columns;
    grid.width = (area.width - (grid.columns - 1) * grid.gap) / grid.columns;
    grid.height = slide_px(sheet->stage, LYING_HIGH);
    grid.height = grid.height > finger ? grid.height : finger;
    return grid;
}

struct rect page_card_place(const struct card_grid *grid, struct point at, size_t number) {
    int column = (int)(number % (size_t)grid->columns), row = (int)(number / (size_t)grid->columns);
    return (struct rect){at.x + column * (grid->width + grid->gap),
                         at.y + row * (grid->height + grid->gap), grid->width, grid->height};
}

int page_card_total(const struct card_grid *grid, size_t count) {
    int rows = (int)((count + (size_t)grid->columns - 1) / (size_t)grid->columns);
    return rows * (grid->height + grid->gap);
}

void page_add_thumbnail(struct scene *scene, const struct slide_stage *stage,
                        const struct case_record *record, struct rect place, int radius) {
    const struct theme *theme = stage->theme;
    int side = place.height / 2;
    if (record->asset_count) {
        slide_add_filling(scene, stage, record->assets, place, radius);
        slide_add_length(scene, stage, record->assets, place, true);
        return;
    }
    scene_add_fill(scene, LAYER_GROUND, place, radius,
                   theme_section(theme, record->level, record->unit)->deep);
    slide_add_icon(scene, stage, section_key(record->level, record->unit),
                   (struct rect){place.x + (place.width - side) / 2,
                                 place.y + (place.height - side) / 2, side, side},
                   theme->on_unit);
}

/* A word, so that nobody needs to see its colour. */
static void add_badge(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                      const struct case_record *record, struct rect picture) {
    if (record->phase != PHASE_FEATURED && record->level != LEVEL_URGENT)
        return;
    const struct theme *theme = stage->theme;
    int height = slide_px(stage, BADGE_HIGH), inset = slide_px(stage, BADGE_INSET);
    struct text_style style = slide_style(stage, BADGE_TYPE, 100, WEIGHT_BOLD);
    style.max_lines = 1;
    struct layout *text =
        slide_layout(stage,
                     word_main(manner, record->level ? word_section(record->level, record->unit)
                                                     : WORD_FEATURED),
                     &style, picture.width - 2 * inset - height);
    struct rect place = {picture.x + inset, picture.y + inset, text->widest + height * 3 / 4,
                         height};
    struct point at = {place.x + (place.width - text->widest) / 2,
                       place.y + (height - text->height) / 2};
    scene_add_fill(scene, LAYER_TEXT, place, slide_px(stage, 10),
                   theme_section(theme, record->level, record->unit)->fill);
    scene_add_text(scene, at, text, theme->on_unit);
}

static char *origin_of(const struct case_record *record) {
    if (!record->published_ms)
        return xstrdup(record->school);
    int year = 0, month = 0, day = 0;
    time_local_date(record->published_ms, &year, &month, &day);
    return xasprintf("%s　%d.%d", record->school, year, month);
}

static void add_words(struct scene *scene, const struct slide_stage *stage,
                      const struct case_record *record, struct rect place) {
    const struct theme *theme = stage->theme;
    int pad = slide_px(stage, CARD_PAD), mark = slide_px(stage, MARK_WIDTH);
    struct text_style style = slide_style(stage, CARD_TITLE, LINE, WEIGHT_BOLD);
    int x = place.x + pad + mark + pad * 3 / 4, width = place.x + place.width - pad - x;
    style.max_lines = 2;
    struct layout *title = slide_layout(stage, record->title, &style, width);
    style = slide_style(stage, CARD_ORIGIN, LINE, WEIGHT_REGULAR);
    style.max_lines = 1;
    char *origin = origin_of(record);
    struct layout *from = slide_layout(stage, origin, &style, width);
    free(origin);
    int top = place.y + pad * 2 / 3, side = slide_px(stage, CARD_TITLE);
    scene_add_fill(scene, LAYER_TEXT,
                   (struct rect){place.x + pad, top + (side * LINE / 100 - side) / 2, mark, side},
                   mark / 2, theme_section(theme, record->level, record->unit)->light);
    scene_add_text(scene, (struct point){x, top}, title, theme->text);
    int y = place.y + place.height - pad * 2 / 3 - from->height;
    scene_add_text(scene, (struct point){x, y}, from, theme->dim);
}

void page_build_card(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                     const struct case_record *record) {
    struct rect whole = {0, 0, scene->width, scene->height};
    bool lying = whole.width > 2 * whole.height;
    scene_add_fill(scene, LAYER_GROUND, whole, 0, stage->theme->ground);
    whole = sheet_add_plate(scene, stage, manner, whole, stage->theme->panel);
    int high = lying ? whole.height : whole.width * 9 / 16;
    int wide = lying ? high * 16 / 9 : whole.width, most = whole.width * LYING_SHARE / 100;
    wide = lying && wide > most ? most : wide;
    struct rect picture = {whole.x, whole.y, wide, high};
    struct rect text =
        lying ? (struct rect){whole.x + wide, whole.y, whole.width - wide, whole.height}
              : (struct rect){whole.x, whole.y + high, whole.width, whole.height - high};
    page_add_thumbnail(scene, stage, record, picture, /* within a rim */
                       slide_px(stage, CARD_RADIUS) - picture.x);
    add_badge(scene, stage, manner, record, picture);
    add_words(scene, stage, record, text);
}
