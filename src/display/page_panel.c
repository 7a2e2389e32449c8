/* All that the administrator may do, as large buttons; and how the screen is. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/memory.h"
#include "display/page_desk.h"
#include "library/desk.h"

/* u */
#define BUTTON_HIGH 150
#define BUTTON_WIDE 480

enum sure { SURE_NONE, SURE_ROLLBACK, SURE_BLACK };

#define BUTTONS 6

/* "U盘名 · 3 个案例", or that there is none. */
static char *stick_text(const struct sheet *sheet, const json_t *live) {
    const json_t *stick = json_array_get(json_object_get(live, "sticks"), 0);
    const char *label = json_string_value(json_object_get(stick, "label"));
    if (!stick)
        return xstrdup(word_main(sheet->manner, WORD_NO_STICK));
    return xstrdup(label && *label ? label : word_main(sheet->manner, WORD_A_STICK));
}

static bool is_black(const struct page_source *source) {
    struct station *station = station_open(source->paths->station, DB_READ_WAITING, NULL);
    bool black = false;
    if (station && !desk_black(station, &black))
        black = false;
    station_close(station);
    return black;
}

static void add_buttons(struct sheet *sheet, struct rect area, const struct desk_button *buttons) {
    int gap = sheet_gap(sheet), high = slide_px(sheet->stage, BUTTON_HIGH);
    int columns = (area.width + gap) / (slide_px(sheet->stage, BUTTON_WIDE) + gap);
    columns = columns < 1 ? 1 : columns > 3 ? 3 : columns;
    int rows = (BUTTONS + columns - 1) / columns, finger = sheet_finger(sheet);
    int room = (area.height - (rows - 1) * gap) / rows;
    high = high < room ? high : room;
    high = high > finger ? high : finger;
    int wide = (area.width - (columns - 1) * gap) / columns;
    struct rect place = {area.x, 0, area.width, rows * high + (rows - 1) * gap};
    struct pane pane = sheet_add_pane(sheet, place, true);
    for (int i = 0; i < BUTTONS; i++)
        page_desk_button(
            sheet, &pane,
            (struct rect){i % columns * (wide + gap), i / columns * (high + gap), wide, high},
            &buttons[i]);
    sheet_set_view(sheet, area, place.height);
}

void page_build_panel(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    struct rect area =
        page_desk_heading(sheet, source, word_main(manner, WORD_DESK), sheet->page.place.text);
    json_t *live = page_desk_live(source);
    char *stick = stick_text(sheet, live);
    char *cases = word_counted(manner, source->catalogue->count, WORD_CASE, WORD_CASES);
    bool black = is_black(source);
    const struct desk_button buttons[BUTTONS] = {
        {"stick", word_main(manner, WORD_STICK), stick, false, 0,
         action_go(place_of(PLACE_STICK, ""))},
        {"school", word_main(manner, WORD_SHELF), cases, false, 0,
         action_go(place_of(PLACE_SHELF, ""))},
        {"search", word_main(manner, WORD_SYNC), word_main(manner, WORD_SYNC_WHY), false, 0,
         action_ask("sync", "{}")},
        {"back", word_main(manner, WORD_ROLLBACK), word_main(manner, WORD_ROLLBACK_WHY), false,
         SURE_ROLLBACK, action_ask("rollback", "{}")},
        {"close",
         word_main(manner, black ? WORD_LIFT : WORD_BLACK),
         word_main(manner, black ? WORD_LIFT_WHY : WORD_BLACK_WHY),
         black,
         black ? SURE_NONE : SURE_BLACK,
         {.kind = ACTION_BLACK, .number = !black}},
        {"home", word_main(manner, WORD_LEAVE), word_main(manner, WORD_LEAVE_WHY), false, 0,
         action_simple(ACTION_LOOP)},
    };
    add_buttons(sheet, area, buttons);
    free(cases);
    free(stick);
    json_decref(live);
    sheet_add_bar(sheet);
}
