/* The ways on from a case: those beside it in its list, and those like it. */
#include <stdlib.h>

#include "base/memory.h"
#include "display/page_case.h"

/* u */
#define COUNT_WIDTH  130 /* of "12 / 128" between the two */
#define COUNT_SIZE   28
#define BUTTON_WIDTH 190 /* with all its words */
#define RELATED      44
#define BESIDE       28
#define SECTION_GAP  56
#define WAY_HEIGHT   96

/* ---- neighbours */

bool case_has_neighbours(const struct case_page *page) {
    return page->kin.next != NULL;
}

static void add_neighbour(const struct case_page *page, const struct pane *pane, struct rect within,
                          const struct entry *entry, enum word word) {
    struct manner manner = page->sheet->manner;
    struct place place = place_copy(&page->sheet->page.place);
    free(place.text);
    place.text = xstrdup(entry->id);
    struct action action = {.kind = ACTION_REPLACE, .place = place};
    sheet_add_button(page->sheet, pane, within, word == WORD_NEXT ? "forward" : "back",
                     word_main(manner, word), word_beside(manner, word), false, action);
}

static void add_count(const struct case_page *page, const struct pane *pane, struct rect within) {
    const struct slide_stage *stage = page->stage;
    struct text_style style = slide_style(stage, COUNT_SIZE, 130, WEIGHT_REGULAR);
    style.align = ALIGN_CENTRE;
    char *text = xasprintf("%zu / %zu", page->kin.number, page->kin.of);
    struct layout *layout = slide_layout(stage, text, &style, within.width);
    free(text);
    if (layout->line_count != 1 || within.height < layout->height) {
        layout_destroy(layout);
        return;
    }
    scene_add_text(pane->scene,
                   (struct point){within.x, within.y + (within.height - layout->height) / 2},
                   layout, stage->theme->dim);
}

void case_add_neighbours(const struct case_page *page, struct rect place) {
    const struct slide_stage *stage = page->stage;
    struct pane pane = sheet_add_pane(page->sheet, place, false);
    int gap = sheet_gap(page->sheet), count = slide_px(stage, COUNT_WIDTH);
    bool stacked = place.height >= 2 * sheet_finger(page->sheet) + gap;
    int between = count > gap ? count : gap, least = slide_px(stage, BUTTON_WIDTH);
    least = least < sheet_finger(page->sheet) ? sheet_finger(page->sheet) : least;
    between = place.width >= between + 2 * least ? between : gap;
    struct rect first, second, middle;
    if (stacked) { /* the count above them, if there is room */
        int high = slide_px(stage, WAY_HEIGHT), most = (place.height - gap) / 2;
        high = high < sheet_finger(page->sheet) ? sheet_finger(page->sheet) : high;
        high = high < most ? high : most;
        int top = place.height - 2 * high - gap;
        middle = (struct rect){0, 0, place.width, top};
        first = (struct rect){0, top, place.width, high};
        second = (struct rect){0, top + high + gap, place.width, high};
    } else {
        int each = (place.width - between) / 2;
        middle = (struct rect){each, 0, between, place.height};
        first = (struct rect){0, 0, each, place.height};
        second = (struct rect){place.width - each, 0, each, place.height};
    }
    add_neighbour(page, &pane, first, page->kin.previous, WORD_PREVIOUS);
    add_neighbour(page, &pane, second, page->kin.next, WORD_NEXT);
    add_count(page, &pane, middle);
}

/* ---- what is like it */

static void add_heading(const struct case_page *page, struct column *column) {
    struct manner manner = page->sheet->manner;
    const struct theme *theme = page->stage->theme;
    int large = slide_px(page->stage, RELATED) * 130 / 100, line = slide_px(page->stage, 2);
    int pad = slide_px(page->stage, 28), gap = slide_px(page->stage, 18);
    struct pane pane = column_add_pane(column, line + pad + large);
    scene_add_fill(pane.scene, LAYER_GROUND, (struct rect){0, 0, column->width, line}, 0,
                   theme->panel);
    int width =
        sheet_add_line(page->sheet, &pane, word_main(manner, WORD_RELATED), RELATED, WEIGHT_BOLD,
                       theme->text, (struct point){0, line + pad}, column->width);
    sheet_add_line(page->sheet, &pane, word_beside(manner, WORD_RELATED), BESIDE, WEIGHT_REGULAR,
                   theme->dim,
                   (struct point){width + gap, line + pad + large - slide_px(page->stage, 48)},
                   column->width - width - gap);
    column_skip(column, gap);
}

static void add_cards(const struct case_page *page, struct column *column) {
    struct rect area = {column->x, 0, column->width, column->view};
    int columns = page_card_columns(page->sheet, area), gap = sheet_gap(page->sheet);
    int width = (column->width - (columns - 1) * gap) / columns;
    int height = page_card_height(page->stage, width);
    struct place way = place_of(PLACE_CASE, "");
    for (size_t i = 0; i < page->kin.related_count; i++) {
        const struct entry *entry = page->kin.related[i];
        int at = (int)i % columns, row = (int)i / columns;
        way.of_school = i < page->kin.of_school;
        sheet_add_card(page->sheet,
                       (struct rect){column->x + at * (width + gap),
                                     column->y + row * (height + gap), width, height},
                       entry->id, entry->generation, &way);
    }
    place_finish(&way);
    int rows = ((int)page->kin.related_count + columns - 1) / columns;
    column_skip(column, rows * (height + gap));
}

/* All of the school, all of the unit; of a notice all notices. */
static void add_lists(const struct case_page *page, struct column *column) {
    struct manner manner = page->sheet->manner;
    int gap = sheet_gap(page->sheet), high = slide_px(page->stage, WAY_HEIGHT);
    high = high < sheet_finger(page->sheet) ? sheet_finger(page->sheet) : high;
    int each = (column->width - gap) / 2;
    if (page->record->level) {
        struct pane notices = column_add_pane(column, high);
        sheet_add_button(page->sheet, &notices, (struct rect){0, 0, each, high}, "notice",
                         word_main(manner, WORD_ALL_NOTICES), word_beside(manner, WORD_ALL_NOTICES),
                         false, action_go(place_of(PLACE_NOTICES, "")));
        return;
    }
    struct place school = place_of(PLACE_SCHOOL, page->record->school);
    struct place unit = place_of(PLACE_UNIT, "");
    unit.unit = page->record->unit;
    struct pane pane = column_add_pane(column, high);
    sheet_add_button(page->sheet, &pane, (struct rect){0, 0, each, high}, "school",
                     word_main(manner, WORD_OF_SCHOOL), word_beside(manner, WORD_OF_SCHOOL), false,
                     action_go(school));
    sheet_add_button(page->sheet, &pane, (struct rect){column->width - each, 0, each, high},
                     unit_key(page->record->unit), word_main(manner, WORD_OF_UNIT),
                     word_beside(manner, WORD_OF_UNIT), false, action_go(unit));
}

void case_add_related(const struct case_page *page, struct column *column) {
    column_skip(column, slide_px(page->stage, SECTION_GAP));
    if (page->kin.related_count) {
        add_heading(page, column);
        add_cards(page, column);
    }
    add_lists(page, column);
}
