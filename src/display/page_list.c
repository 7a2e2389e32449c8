/* The cases of a unit or of a school, as cards; and the card. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "display/pages.h"

/* u */
#define CARD_WIDTH  420 /* about */
#define CARD_TEXT   150 /* below the picture */
#define CARD_PAD    16
#define CARD_TITLE  32
#define CARD_RADIUS 16
#define CHIP_HEIGHT 72

#define LATEST_YEARS 3

struct catalogue_filter page_filter(const struct catalogue *catalogue, const struct place *place) {
    struct catalogue_filter filter = {.unit = (int)place->unit,
                                      .school = ANY_SCHOOL,
                                      .phase = place->phase,
                                      .year = place->year,
                                      .newest = place->order == ORDER_NEWEST};
    bool listed = place->kind == PLACE_SCHOOL;
    size_t at = listed ? SIZE_MAX : catalogue_find(catalogue, place->text);
    if (listed || place->of_school)
        filter.unit = -1;
    if (listed)
        filter.school = catalogue_school(catalogue, place->text);
    else if (place->kind != PLACE_UNIT && at != SIZE_MAX && place->of_school)
        filter.school = catalogue->entries[at].school;
    else if (place->kind != PLACE_UNIT && at != SIZE_MAX)
        filter.unit = (int)catalogue->entries[at].unit;
    return filter;
}

bool page_load(const struct page_source *source, const char *id, struct case_record *record) {
    *record = (struct case_record){0};
    return reader_load(source->reader, &id, 1, record) == READ_DONE && record->id;
}

/* ---- the card */

int page_card_columns(const struct sheet *sheet, struct rect area) {
    int gap = sheet_gap(sheet), wanted = slide_px(sheet->stage, CARD_WIDTH);
    int columns = (area.width + gap) / (wanted + gap);
    return columns < 1 ? 1 : columns;
}

int page_card_height(const struct slide_stage *stage, int width) {
    return width * 9 / 16 + slide_px(stage, CARD_TEXT);
}

static void add_picture(struct scene *scene, const struct slide_stage *stage,
                        const struct case_record *record, struct rect place) {
    const struct theme *theme = stage->theme;
    int radius = slide_px(stage, CARD_RADIUS), side = place.height / 2;
    if (record->asset_count) {
        slide_add_picture(scene, stage, record->assets, place, radius, false);
        return;
    }
    scene_add_fill(scene, LAYER_GROUND, place, radius, theme->units[record->unit].deep);
    slide_add_icon(scene, stage, unit_key(record->unit),
                   (struct rect){place.x + (place.width - side) / 2,
                                 place.y + (place.height - side) / 2, side, side},
                   theme->on_unit);
}

static char *origin_of(const struct case_record *record) {
    if (!record->published_ms)
        return xstrdup(record->school);
    int year = 0, month = 0, day = 0;
    time_local_date(record->published_ms, &year, &month, &day);
    return xasprintf("%s　%d.%d", record->school, year, month);
}

void page_build_card(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                     const struct case_record *record) {
    (void)manner;
    const struct theme *theme = stage->theme;
    struct rect whole = {0, 0, scene->width, scene->height};
    int pad = slide_px(stage, CARD_PAD), high = whole.width * 9 / 16;
    scene_add_fill(scene, LAYER_GROUND, whole, 0, theme->ground);
    scene_add_fill(scene, LAYER_GROUND, whole, slide_px(stage, CARD_RADIUS), theme->panel);
    add_picture(scene, stage, record, (struct rect){0, 0, whole.width, high});
    scene_add_fill(scene, LAYER_TEXT,
                   (struct rect){pad, high + pad, slide_px(stage, 6), slide_px(stage, 34)},
                   slide_px(stage, 3), theme->units[record->unit].light);
    int x = pad + slide_px(stage, 18), width = whole.width - x - pad;
    struct text_style style = slide_style(stage, CARD_TITLE, 125, WEIGHT_BOLD);
    style.max_lines = 2;
    struct layout *title = slide_layout(stage, record->title, &style, width);
    scene_add_text(scene, (struct point){x, high + pad * 2 / 3}, title, theme->text);
    style = slide_style(stage, 26, 125, WEIGHT_REGULAR);
    style.max_lines = 1;
    char *origin = origin_of(record);
    struct layout *from = slide_layout(stage, origin, &style, width);
    free(origin);
    scene_add_text(scene, (struct point){x, whole.height - pad * 2 / 3 - from->height}, from,
                   theme->dim);
}

/* ---- the list */

static struct rect add_filters(struct sheet *sheet, const struct page_source *source,
                               struct rect area) {
    (void)source;
    const struct place *here = &sheet->page.place;
    int height = slide_px(sheet->stage, CHIP_HEIGHT), gap = sheet_gap(sheet);
    height = height < sheet_finger(sheet) ? sheet_finger(sheet) : height;
    struct pane pane =
        sheet_add_pane(sheet, (struct rect){area.x, area.y, area.width, height}, false);
    const int count = 2 + PHASE_COUNT;
    int each = (area.width - (count - 1) * gap / 2) / count, x = 0;
    for (int i = 0; i < count; i++) {
        struct place to = place_copy(here);
        bool on = false;
        enum word word = WORD_ALL_PHASES;
        if (i == 0) {
            to.order = here->order == ORDER_NEWEST ? ORDER_FEATURED : ORDER_NEWEST;
            word = here->order == ORDER_NEWEST ? WORD_NEWEST_FIRST : WORD_FEATURED_FIRST;
        } else {
            to.phase = i == 1 ? -1 : PHASE_COUNT - 1 - (i - 2);
            on = to.phase == here->phase;
            word = i == 1 ? WORD_ALL_PHASES : word_phase((enum phase)to.phase);
        }
        struct action action = {.kind = ACTION_REPLACE, .place = to};
        sheet_add_button(sheet, &pane, (struct rect){x, 0, each, height}, NULL,
                         word_main(sheet->manner, word), word_beside(sheet->manner, word), on,
                         action);
        x += each + gap / 2;
    }
    return (struct rect){area.x, area.y + height + gap, area.width, area.height - height - gap};
}

static void add_cards(struct sheet *sheet, const struct page_source *source, struct rect area) {
    const struct catalogue *catalogue = source->catalogue;
    struct catalogue_filter filter = page_filter(catalogue, &sheet->page.place);
    struct place way = sheet->page.place;
    way.of_school = way.kind == PLACE_SCHOOL;
    size_t *order = NULL, count = 0;
    if (way.kind != PLACE_SCHOOL || filter.school != SIZE_MAX)
        count = catalogue_select(catalogue, &filter, &order);
    int gap = sheet_gap(sheet), columns = page_card_columns(sheet, area);
    int width = (area.width - (columns - 1) * gap) / columns;
    int height = page_card_height(sheet->stage, width);
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = catalogue->entries + order[i];
        int column = (int)(i % (size_t)columns), row = (int)(i / (size_t)columns);
        struct rect place = {area.x + column * (width + gap), row * (height + gap), width, height};
        sheet_add_card(sheet, place, entry->id, entry->generation, &way);
    }
    free(order);
    int rows = (int)((count + (size_t)columns - 1) / (size_t)columns);
    sheet_set_view(sheet, area, rows * (height + gap));
    if (count)
        return;
    struct pane pane = sheet_add_pane(
        sheet, (struct rect){area.x, area.y, area.width, slide_px(sheet->stage, 120)}, false);
    sheet_add_line(sheet, &pane, word_main(sheet->manner, WORD_NOTHING), 40, WEIGHT_REGULAR,
                   sheet->stage->theme->dim, (struct point){0, 0}, area.width);
}

void page_build_list(struct sheet *sheet, const struct page_source *source) {
    const struct place *here = &sheet->page.place;
    bool unit = here->kind == PLACE_UNIT;
    const char *main = unit ? word_main(sheet->manner, word_unit(here->unit)) : here->text;
    const char *beside = unit ? word_beside(sheet->manner, word_unit(here->unit)) : "";
    struct rect area = sheet_area(sheet);
    if (sheet->manner.reach)
        sheet_add_crown(sheet, main, beside, unit ? here->unit : UNIT_COUNT);
    else
        area = sheet_add_heading(sheet, area, main, beside);
    area = add_filters(sheet, source, area);
    add_cards(sheet, source, area);
    sheet_add_bar(sheet);
}
