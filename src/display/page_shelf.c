/* The cases of the library, the newest first, each with a button that hides it. */
#include <stdlib.h>

#include <jansson.h>

#include "base/memory.h"
#include "display/page_desk.h"

/* u */
#define ROW_HIGH 104
#define HIDE     220 /* width of the button */
#define PAD      24
#define TITLE    34
#define SMALL    26

#define MOST_ROWS 60 /* the newest */

static char *arguments_of(const char *id) {
    json_t *root = json_pack("{s:s}", "id", id);
    char *text = root ? json_dumps(root, JSON_COMPACT) : NULL;
    json_decref(root);
    return text ? text : xstrdup("{}");
}

static void add_row(struct sheet *sheet, const struct page_source *source, struct rect place,
                    const struct entry *entry, int number) {
    const struct slide_stage *stage = sheet->stage;
    const struct theme *theme = stage->theme;
    struct pane pane = sheet_add_pane(sheet, place, true);
    int pad = slide_px(stage, PAD), hide = slide_px(stage, HIDE), gap = sheet_gap(sheet);
    struct rect plate = {0, 0, place.width - hide - gap, place.height};
    sheet_add_plate(pane.scene, stage, sheet->manner, plate, theme->panel);
    struct case_record record;
    if (page_load(source, entry->id, &record)) {
        int line = slide_px(stage, TITLE) * 130 / 100 + slide_px(stage, SMALL) * 130 / 100;
        int y = (place.height - line) / 2, width = plate.width - 2 * pad;
        sheet_add_line(sheet, &pane, record.title, TITLE, WEIGHT_BOLD, theme->text,
                       (struct point){pad, y}, width);
        char *from = xasprintf("%s　%s", record.school, unit_name(record.unit));
        sheet_add_line(sheet, &pane, from, SMALL, WEIGHT_REGULAR, theme->dim,
                       (struct point){pad, y + slide_px(stage, TITLE) * 130 / 100}, width);
        free(from);
    }
    case_finish(&record);
    char *arguments = arguments_of(entry->id);
    const struct desk_button button = {.main = word_main(sheet->manner, WORD_HIDE),
                                       .beside = word_beside(sheet->manner, WORD_HIDE),
                                       .sure = number,
                                       .action = action_ask("remove", arguments)};
    page_desk_button(sheet, &pane, (struct rect){plate.width + gap, 0, hide, place.height},
                     &button);
    free(arguments);
}

void page_build_shelf(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    struct rect area = page_desk_heading(sheet, source, word_main(manner, WORD_SHELF),
                                         word_beside(manner, WORD_SHELF));
    const struct catalogue_filter all = {
        .unit = -1, .school = ANY_SCHOOL, .phase = -1, .newest = true};
    size_t *order = NULL, count = catalogue_select(source->catalogue, &all, &order);
    count = count < MOST_ROWS ? count : MOST_ROWS;
    int high = slide_px(sheet->stage, ROW_HIGH), gap = sheet_gap(sheet);
    high = high > sheet_finger(sheet) ? high : sheet_finger(sheet);
    for (size_t i = 0; i < count; i++)
        add_row(sheet, source, (struct rect){area.x, (int)i * (high + gap), area.width, high},
                source->catalogue->entries + order[i], (int)i + 1);
    free(order);
    sheet_set_view(sheet, area, (int)count * (high + gap));
    sheet_add_bar(sheet);
}
