/* All that the administrator may do, as large buttons; and how the screen is. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "base/memory.h"
#include "display/page_desk.h"
#include "library/desk.h"

/* u */
#define BUTTON_HIGH 132
#define BUTTON_WIDE 400
#define TITLE       30
#define TITLE_HIGH  52

enum sure { SURE_NONE, SURE_ROLLBACK, SURE_BLACK };

/* Buttons that belong together, below a line that says to what. */
struct group {
    enum word title;
    const struct desk_button *buttons;
    int count;
};

/* "U盘名 · 3 个案例", or that there is none. */
static char *stick_text(const struct sheet *sheet, const json_t *live) {
    const json_t *stick = json_array_get(json_object_get(live, "sticks"), 0);
    const char *label = json_string_value(json_object_get(stick, "label"));
    if (!stick)
        return xstrdup(word_main(sheet->manner, WORD_NO_STICK));
    return xstrdup(label && *label ? label : word_main(sheet->manner, WORD_A_STICK));
}

/* 示例 onto the first stick; nothing, where there is none. */
static struct action make_template(const json_t *live) {
    const json_t *stick = json_array_get(json_object_get(live, "sticks"), 0);
    json_t *root = json_pack("{s:O?}", "stick", json_object_get(stick, "name"));
    char *arguments = json_dumps(root, JSON_COMPACT);
    struct action action = stick ? action_ask("template", arguments) : action_simple(ACTION_NONE);
    free(arguments);
    json_decref(root);
    return action;
}

static bool is_black(const struct page_source *source) {
    struct station *station = station_open(source->paths->station, DB_READ_WAITING, NULL);
    bool black = false;
    if (station && !desk_black(station, &black))
        black = false;
    station_close(station);
    return black;
}

struct grid {
    int columns, width, height, gap;
};

static struct grid grid_of(const struct sheet *sheet, int width) {
    struct grid grid = {.gap = sheet_gap(sheet), .height = page_desk_high(sheet, BUTTON_HIGH)};
    grid.columns = (width + grid.gap) / (slide_px(sheet->stage, BUTTON_WIDE) + grid.gap);
    grid.columns = grid.columns < 1 ? 1 : grid.columns > 3 ? 3 : grid.columns;
    grid.width = (width - (grid.columns - 1) * grid.gap) / grid.columns;
    return grid;
}

/* Gives where the next one begins. */
static int add_group(struct sheet *sheet, const struct grid *grid, struct rect area, int top,
                     const struct group *group) {
    int rows = (group->count + grid->columns - 1) / grid->columns;
    int title = slide_px(sheet->stage, TITLE_HIGH);
    struct rect place = {area.x, top, area.width,
                         title + rows * grid->height + (rows - 1) * grid->gap};
    struct pane pane = sheet_add_pane(sheet, place, true);
    sheet_add_line(sheet, &pane, word_main(sheet->manner, group->title), TITLE, WEIGHT_BOLD,
                   sheet->stage->theme->dim, (struct point){0, 0}, area.width);
    for (int i = 0; i < group->count; i++) {
        struct rect within = {i % grid->columns * (grid->width + grid->gap),
                              title + i / grid->columns * (grid->height + grid->gap), grid->width,
                              grid->height};
        page_desk_button(sheet, &pane, within, &group->buttons[i]);
    }
    return top + place.height + grid->gap;
}

static void add_groups(struct sheet *sheet, struct rect area, const struct group *groups,
                       int count) {
    struct grid grid = grid_of(sheet, area.width);
    int top = 0;
    for (int i = 0; i < count; i++)
        top = add_group(sheet, &grid, area, top, &groups[i]);
    sheet_set_view(sheet, area, top - grid.gap);
}

static struct desk_button leads(const char *icon, struct manner manner, enum word word,
                                const char *beside, enum place_kind kind) {
    return (struct desk_button){.icon = icon,
                                .main = word_main(manner, word),
                                .beside = beside,
                                .action = action_go(place_of(kind, ""))};
}

void page_build_panel(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    struct rect area =
        page_desk_heading(sheet, source, word_main(manner, WORD_DESK), sheet->page.place.text);
    json_t *live = page_desk_live(source);
    char *stick = stick_text(sheet, live);
    char *cases = word_counted(manner, source->catalogue->count, WORD_CASE, WORD_CASES);
    char *waiting = word_counted(manner, page_count_pending(source), WORD_CASE, WORD_CASES);
    bool black = is_black(source);
    const char *template_why =
        word_main(manner, json_array_size(json_object_get(live, "sticks")) ? WORD_TEMPLATE_WHY
                                                                           : WORD_NO_STICK);
    const struct desk_button content[] = {
        leads("stick", manner, WORD_STICK, stick, PLACE_STICK),
        {"template", word_main(manner, WORD_TEMPLATE), template_why, false, 0, make_template(live)},
        leads("school", manner, WORD_SHELF, cases, PLACE_SHELF),
        leads("review", manner, WORD_REVIEW, waiting, PLACE_REVIEW),
        {"undo", word_main(manner, WORD_ROLLBACK), word_main(manner, WORD_ROLLBACK_WHY), false,
         SURE_ROLLBACK, action_ask("rollback", "{}")},
    };
    const struct desk_button records[] = {
        leads("language", manner, WORD_SOURCES, word_main(manner, WORD_SOURCES_WHY), PLACE_SOURCES),
        leads("list", manner, WORD_IMPORTS, word_main(manner, WORD_IMPORTS_WHY), PLACE_IMPORTS),
        leads("chart", manner, WORD_FIGURES, word_main(manner, WORD_FIGURES_WHY), PLACE_STATION),
    };
    const struct desk_button screen[] = {
        {"close",
         word_main(manner, black ? WORD_LIFT : WORD_BLACK),
         word_main(manner, black ? WORD_LIFT_WHY : WORD_BLACK_WHY),
         black,
         black ? SURE_NONE : SURE_BLACK,
         {.kind = ACTION_BLACK, .number = !black}},
        leads("about", manner, WORD_SCREEN, word_main(manner, WORD_SCREEN_WHY), PLACE_SCREEN),
        {"home", word_main(manner, WORD_LEAVE), word_main(manner, WORD_LEAVE_WHY), false, 0,
         action_simple(ACTION_LOOP)},
    };
#define GROUP(title, buttons)                                                                      \
    { title, buttons, (int)(sizeof(buttons) / sizeof *(buttons)) }
    const struct group groups[] = {GROUP(WORD_GROUP_CASES, content),
                                   GROUP(WORD_GROUP_RECORDS, records),
                                   GROUP(WORD_THIS_SCREEN, screen)};
    add_groups(sheet, area, groups, (int)(sizeof groups / sizeof *groups));
    free(waiting);
    free(cases);
    free(stick);
    json_decref(live);
    sheet_add_bar(sheet);
}
