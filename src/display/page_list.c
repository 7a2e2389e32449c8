/* The cases of a unit or of a school, or all notices, as cards. */
#include <stdlib.h>

#include "base/memory.h"
#include "display/pages.h"

#define PICTURES_TRIED 6 /* cases, for the first that has one */

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

bool page_load_pictured(const struct page_source *source, const size_t *order, size_t count,
                        struct case_record *record) {
    for (size_t i = 0; i < count && i < PICTURES_TRIED; i++) {
        if (page_load(source, source->catalogue->entries[order[i]].id, record) &&
            record->asset_count)
            return true;
        case_finish(record);
    }
    return false;
}

/* The cases that the list shows, in its order; gives how many. */
static size_t select_cases(const struct sheet *sheet, const struct page_source *source,
                           size_t **order) {
    const struct place *here = &sheet->page.place;
    struct catalogue_filter filter = page_filter(source->catalogue, here);
    *order = NULL;
    if (here->kind == PLACE_SCHOOL && filter.school == SIZE_MAX) /* it has gone */
        return 0;
    return catalogue_select(source->catalogue, &filter, order);
}

/* A few cards are larger, as long as all of them are seen. */
static struct card_grid grid_of(const struct sheet *sheet, struct rect area, int top,
                                size_t count) {
    struct card_grid grid = page_card_grid(sheet, area), larger = grid;
    while (count && larger.width <= 2 * larger.height && larger.columns > 2) {
        larger.columns--;
        larger.width = (area.width - (larger.columns - 1) * larger.gap) / larger.columns;
        larger.height = page_card_height(sheet->stage, larger.width);
        if (top + page_card_total(&larger, count) - larger.gap > area.height)
            break;
        grid = larger;
    }
    return grid;
}

/* order NULL: as the entries stand. */
static void add_cards(struct sheet *sheet, const struct entry *entries, struct rect area, int top,
                      const size_t *order, size_t count, enum word none) {
    struct card_grid grid = grid_of(sheet, area, top, count);
    struct place way = sheet->page.place;
    way.of_school = way.kind == PLACE_SCHOOL;
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = entries + (order ? order[i] : i);
        sheet_add_card(sheet, page_card_place(&grid, (struct point){area.x, top}, i), entry->id,
                       entry->generation, &way);
    }
    sheet_set_view(sheet, area, top + page_card_total(&grid, count));
    if (count)
        return;
    int high = slide_px(sheet->stage, 80);
    struct pane pane = sheet_add_pane(sheet, (struct rect){area.x, top, area.width, high}, true);
    sheet_add_line(sheet, &pane, word_main(sheet->manner, none), 40, WEIGHT_REGULAR,
                   sheet->stage->theme->dim, (struct point){0, 0}, area.width);
    sheet_set_view(sheet, area, top + high);
}

static void add_crown(struct sheet *sheet, const struct page_source *source,
                      const struct heading *heading, const size_t *order, size_t count) {
    struct case_record record;
    bool pictured = page_load_pictured(source, order, count, &record);
    sheet_add_crown_of(sheet, heading, pictured ? record.assets : NULL);
    if (pictured)
        case_finish(&record);
}

void page_add_crown(struct sheet *sheet, const struct page_source *source,
                    const struct heading *heading) {
    const struct catalogue_filter all = {.unit = -1, .school = ANY_SCHOOL, .phase = -1};
    size_t *order = NULL, count = catalogue_select(source->catalogue, &all, &order);
    add_crown(sheet, source, heading, order, count);
    free(order);
}

void page_build_list(struct sheet *sheet, const struct page_source *source) {
    const struct place *here = &sheet->page.place;
    bool unit = here->kind == PLACE_UNIT;
    size_t *order = NULL, count = select_cases(sheet, source, &order);
    char *counted = word_counted(sheet->manner, count, WORD_CASE, WORD_CASES);
    const struct heading heading = {
        .main = unit ? word_main(sheet->manner, word_unit(here->unit)) : here->text,
        .beside = unit ? word_beside(sheet->manner, word_unit(here->unit)) : "",
        .tail = counted,
        .unit = unit ? here->unit : UNIT_COUNT};
    struct rect area = sheet_area(sheet);
    if (sheet->manner.reach)
        add_crown(sheet, source, &heading, order, count);
    else
        area = sheet_add_heading_of(sheet, area, &heading);
    int top = page_add_filters(sheet, source, &area);
    add_cards(sheet, source->catalogue->entries, area, top, order, count, WORD_NOTHING);
    sheet_add_bar(sheet);
    free(counted);
    free(order);
}

void page_build_notices(struct sheet *sheet, const struct page_source *source) {
    const struct catalogue *catalogue = source->catalogue;
    struct manner manner = sheet->manner;
    char *counted = word_counted(manner, catalogue->notice_count, WORD_A_NOTICE, WORD_MANY_NOTICES);
    const struct heading heading = {.main = word_main(manner, WORD_NOTICES),
                                    .beside = word_beside(manner, WORD_NOTICES),
                                    .tail = counted,
                                    .unit = UNIT_COUNT};
    struct rect area = sheet_area(sheet);
    if (manner.reach)
        page_add_crown(sheet, source, &heading);
    else
        area = sheet_add_heading_of(sheet, area, &heading);
    add_cards(sheet, catalogue->notices, area, 0, NULL, catalogue->notice_count, WORD_NO_NOTICES);
    sheet_add_bar(sheet);
    free(counted);
}
