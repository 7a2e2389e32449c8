/* The cases of the library, what comes first, or what is taken down; each leads to its own page. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/page_desk.h"
#include "library/ledger.h"
#include "library/withdrawals.h"

/* u */
#define ROW_HIGH 112
#define PAD      24
#define INSET    8
#define TITLE    34
#define SMALL    26
#define RADIUS   16

#define MOST_ROWS 5000 /* nobody scrolls further; the search finds all of them */

/* How a case stands in the list. */
enum stand { STAND_USUAL, STAND_FIRST, STAND_NOT_YET, STAND_OVER };

/* ---- a row */

static void add_text(struct scene *scene, const struct slide_stage *stage, const char *text,
                     int size, enum text_weight weight, colour ink, struct point at, int width) {
    struct text_style style = slide_style(stage, size, 130, weight);
    style.max_lines = 1;
    scene_add_text(scene, at, slide_layout(stage, text, &style, width), ink);
}

/* A title, and a line below it. */
static void build_lines(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                        const char *title, const char *line, int left) {
    const struct theme *theme = stage->theme;
    struct rect whole = {0, 0, scene->width, scene->height};
    int pad = slide_px(stage, PAD), high = slide_px(stage, TITLE) * 130 / 100;
    int y = (whole.height - high - slide_px(stage, SMALL) * 130 / 100) / 2;
    (void)manner;
    add_text(scene, stage, title, TITLE, WEIGHT_BOLD, theme->text, (struct point){left, y},
             whole.width - left - pad);
    add_text(scene, stage, line, SMALL, WEIGHT_REGULAR, theme->dim, (struct point){left, y + high},
             whole.width - left - pad);
}

static void build_ground(struct scene *scene, const struct slide_stage *stage,
                         struct manner manner) {
    struct rect whole = {0, 0, scene->width, scene->height};
    scene_add_fill(scene, LAYER_GROUND, whole, 0, stage->theme->ground);
    sheet_add_plate(scene, stage, manner, whole, stage->theme->panel);
}

static const char *stand_word(struct manner manner, int stand) {
    static const enum word words[] = {
        [STAND_FIRST] = WORD_IS_FIRST, [STAND_NOT_YET] = WORD_NOT_YET, [STAND_OVER] = WORD_IS_OVER};
    return stand == STAND_USUAL ? "" : word_main(manner, words[stand]);
}

static void build_case(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                       const struct case_record *record, int stand) {
    int inset = slide_px(stage, INSET), high = scene->height - 2 * inset, wide = high * 16 / 9;
    build_ground(scene, stage, manner);
    page_add_thumbnail(scene, stage, record, (struct rect){inset, inset, wide, high},
                       slide_px(stage, RADIUS) - inset);
    const char *said = stand_word(manner, stand);
    char *line = xasprintf("%s　%s%s%s", record->school,
                           word_main(manner, word_section(record->level, record->unit)),
                           *said ? "　" : "", said);
    build_lines(scene, stage, manner, record->title, line, inset + wide + slide_px(stage, PAD));
    free(line);
}

/* late->text: the title and the line below it. */
static void build_withdrawn(struct scene *scene, const struct slide_stage *stage,
                            struct manner manner, const struct late *late) {
    const char *end = strchr(late->text, '\n');
    char *title = xstrndup(late->text, end ? (size_t)(end - late->text) : 0);
    build_ground(scene, stage, manner);
    build_lines(scene, stage, manner, title, end ? end + 1 : "", slide_px(stage, PAD));
    free(title);
}

/* ---- the list */

struct shelf {
    struct sheet *sheet;
    const struct page_source *source;
    struct rect view;
    int top, high;
    size_t count;
};

static struct rect next_row(struct shelf *shelf) {
    struct rect place = {shelf->view.x, shelf->top, shelf->view.width, shelf->high};
    shelf->top += shelf->high + sheet_gap(shelf->sheet);
    shelf->count++;
    return place;
}

static int by_age(const void *a, const void *b) {
    const struct candidate *one = a, *other = b;
    if (one->promoted != other->promoted)
        return one->promoted ? -1 : 1;
    if (one->generation != other->generation)
        return one->generation > other->generation ? -1 : 1;
    return strcmp(one->id, other->id);
}

static enum stand stand_of(const struct candidate *candidate, int64_t now_ms) {
    if (candidate->valid_from_ms > now_ms)
        return STAND_NOT_YET;
    if (candidate->valid_until_ms && candidate->valid_until_ms < now_ms)
        return STAND_OVER;
    return candidate->promoted ? STAND_FIRST : STAND_USUAL;
}

/* False: they cannot be read now. */
static bool add_cases(struct shelf *shelf, bool first) {
    const struct page_source *source = shelf->source;
    struct candidate_list list = {0};
    enum read_result result = reader_candidates(source->reader, "", source->now_ms, &list);
    if (result != READ_DONE)
        return result == READ_MISSING;
    qsort(list.items, list.count, sizeof *list.items, by_age);
    for (size_t i = 0; i < list.count && shelf->count < MOST_ROWS; i++) {
        const struct candidate *candidate = list.items + i;
        if (first && !candidate->promoted)
            continue;
        struct case_row row = {build_case, stand_of(candidate, source->now_ms)};
        sheet_add_case(shelf->sheet, next_row(shelf), candidate->id, candidate->generation, row,
                       action_go(place_of(PLACE_SHELF_CASE, candidate->id)));
    }
    candidate_list_finish(&list);
    if (shelf->count == MOST_ROWS)
        shelf->top += page_desk_nothing(shelf->sheet, shelf->view, shelf->top, WORD_SHELF_MORE);
    return true;
}

static bool add_withdrawn(void *user, const struct withdrawal *withdrawal) {
    struct shelf *shelf = user;
    struct manner manner = shelf->sheet->manner;
    enum word why = strcmp(withdrawal->why, WITHDRAWN_HIDDEN) == 0   ? WORD_IS_HIDDEN
                    : strcmp(withdrawal->why, WITHDRAWN_REMOVE) == 0 ? WORD_IS_REMOVED
                                                                     : WORD_IS_WITHDRAWN;
    const char *title = *withdrawal->title ? withdrawal->title : case_own_id(withdrawal->id, NULL);
    struct late late = {.build = build_withdrawn,
                        .text = xasprintf("%s\n%s%s%s", title, word_main(manner, why),
                                          *withdrawal->school ? "　" : "", withdrawal->school)};
    sheet_add_late(shelf->sheet, next_row(shelf), late, slide_px(shelf->sheet->stage, RADIUS),
                   action_go(place_of(PLACE_SHELF_CASE, withdrawal->id)));
    free(late.text);
    return shelf->count < MOST_ROWS;
}

/* Likewise. */
static bool add_all_withdrawn(struct shelf *shelf) {
    enum db_result result = DB_DONE;
    struct ledger *ledger = ledger_open(shelf->source->paths->ledger, DB_READ_WAITING, &result);
    bool good =
        ledger ? ledger_each_withdrawal(ledger, add_withdrawn, shelf) : result == DB_MISSING;
    ledger_close(ledger);
    return good;
}

/* ---- the page */

static struct action to_list(const char *which) {
    return (struct action){.kind = ACTION_REPLACE, .place = place_of(PLACE_SHELF, which)};
}

static struct desk_rest add_choice(struct sheet *sheet, struct rect area) {
    struct manner manner = sheet->manner;
    const char *here = sheet->page.place.text;
    const struct desk_button buttons[] = {
        {"list", word_main(manner, WORD_SHELF_ALL), word_beside(manner, WORD_SHELF_ALL),
         strcmp(here, SHELF_ALL) == 0, 0, to_list(SHELF_ALL)},
        {"star", word_main(manner, WORD_SHELF_FIRST), word_beside(manner, WORD_SHELF_FIRST),
         strcmp(here, SHELF_FIRST) == 0, 0, to_list(SHELF_FIRST)},
        {"hide", word_main(manner, WORD_SHELF_DOWN), word_beside(manner, WORD_SHELF_DOWN),
         strcmp(here, SHELF_DOWN) == 0, 0, to_list(SHELF_DOWN)},
    };
    return page_desk_buttons(sheet, area, buttons, (int)(sizeof buttons / sizeof *buttons),
                             2 * page_desk_high(sheet, ROW_HIGH));
}

void page_build_shelf(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    const char *here = sheet->page.place.text;
    bool down = strcmp(here, SHELF_DOWN) == 0, first = strcmp(here, SHELF_FIRST) == 0;
    struct rect area = page_desk_heading(sheet, source, word_main(manner, WORD_SHELF),
                                         word_beside(manner, WORD_SHELF));
    struct desk_rest rest = add_choice(sheet, area);
    struct shelf shelf = {.sheet = sheet,
                          .source = source,
                          .view = rest.view,
                          .top = rest.top,
                          .high = page_desk_high(sheet, ROW_HIGH)};
    bool read = down ? add_all_withdrawn(&shelf) : add_cases(&shelf, first);
    if (!shelf.count)
        shelf.top += page_desk_nothing(sheet, shelf.view, shelf.top,
                                       !read   ? WORD_SEARCH_LATER
                                       : down  ? WORD_NONE_DOWN
                                       : first ? WORD_NONE_FIRST
                                               : WORD_NO_CASES);
    sheet_set_view(sheet, shelf.view, shelf.top);
    sheet_add_bar(sheet);
}
