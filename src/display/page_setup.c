/* Whose screen it is, its building, a PIN: steps of the first set-up. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/page_entry.h"
#include "display/setup.h"
#include "library/pins.h"

/* u */
#define ROW_HIGH  96
#define ROW_WIDE  520
#define ROW_NAME  34
#define ROW_PAD   24
#define TEXT      40
#define START     130
#define START_MAX 620

/* ---- whose screen it is */

/* late->text: the name; number: it is the one that counts now. */
static void build_school(struct scene *scene, const struct slide_stage *stage, struct manner manner,
                         const struct late *late) {
    const struct theme *theme = stage->theme;
    struct rect whole = {0, 0, scene->width, scene->height};
    int pad = slide_px(stage, ROW_PAD);
    scene_add_fill(scene, LAYER_GROUND, whole, 0, theme->ground);
    sheet_add_plate(scene, stage, manner, whole, late->number ? theme->text : theme->panel);
    struct text_style style = slide_style(stage, ROW_NAME, 122, WEIGHT_BOLD);
    style.max_lines = 2;
    style.balance = true;
    struct layout *name = slide_layout(stage, late->text, &style, whole.width - 2 * pad);
    scene_add_text(scene, (struct point){pad, (whole.height - name->height) / 2}, name,
                   late->number ? theme->ground : theme->text);
}

/* By the letter of the index or by any part of the name. */
static bool matches(const char *name, char letter, const char *typed) {
    bool one = typed[0] && !typed[1];
    char upper = typed[0] >= 'a' && typed[0] <= 'z' ? (char)(typed[0] - 32) : typed[0];
    return !*typed || strstr(name, typed) || (one && letter == upper);
}

struct rows {
    struct sheet *sheet;
    struct card_grid grid;
    size_t count;
    int left; /* of the area */
};

static void add_row(struct rows *rows, const char *text, bool on, struct action action) {
    struct rect place = page_card_place(&rows->grid, (struct point){rows->left, 0}, rows->count++);
    sheet_add_late(rows->sheet, place, (struct late){build_school, (char *)text, on},
                   slide_px(rows->sheet->stage, 16), action);
}

static struct card_grid grid_of(const struct sheet *sheet, struct rect area) {
    struct card_grid grid = {.gap = sheet_gap(sheet)};
    int least = slide_px(sheet->stage, ROW_WIDE), finger = sheet_finger(sheet);
    grid.columns = (area.width + grid.gap) / (least + grid.gap);
    grid.columns = grid.columns < 1 ? 1 : grid.columns;
    grid.width = (area.width - (grid.columns - 1) * grid.gap) / grid.columns;
    grid.height = slide_px(sheet->stage, ROW_HIGH);
    grid.height = grid.height > finger ? grid.height : finger;
    return grid;
}

static struct action choose_school(const char *name) {
    struct action action = action_text(ACTION_CHOOSE, "site.school");
    action.more = xstrdup(name);
    return action;
}

static void add_schools(struct rows *rows, const struct catalogue *catalogue, const char *typed) {
    const char *own = rows->sheet->stage->config->site.school;
    for (size_t i = 0; i < catalogue->index.count; i++) {
        const char *name = catalogue->schools[catalogue->index.order[i]];
        if (matches(name, catalogue->index.letters[i], typed))
            add_row(rows, name, strcmp(name, own) == 0, choose_school(name));
    }
}

void page_build_own_school(struct sheet *sheet, const struct page_source *source) {
    struct manner manner = sheet->manner;
    const struct place *here = &sheet->page.place;
    bool none = !source->catalogue->index.count;
    enum word word = none ? WORD_WHOSE_SCREEN_NONE : WORD_WHOSE_SCREEN_ASK;
    char *beside = page_step_beside(sheet, WORD_WHOSE_SCREEN);
    struct rect area = page_desk_note(sheet, word_main(manner, WORD_WHOSE_SCREEN), beside,
                                      *here->text ? here->text : word_main(manner, word));
    free(beside);
    struct rows rows = {.sheet = sheet, .grid = grid_of(sheet, area), .left = area.x};
    if (*here->text) {
        char *take = xasprintf("%s：%s", word_main(manner, WORD_USE_TYPED), here->text);
        add_row(&rows, take, true, choose_school(here->text));
        free(take);
    }
    if (here->setup)
        add_row(&rows, word_main(manner, WORD_SKIP), false, page_step_on(sheet));
    add_schools(&rows, source->catalogue, here->text);
    sheet_set_view(sheet, area, page_card_total(&rows.grid, rows.count));
    sheet_add_bar(sheet);
}

/* ---- its building */

void page_build_building(struct sheet *sheet) {
    static const char *const pieces[] = {"号楼", "栋", "公寓", "园", "区", "东",
                                         "西",   "南", "北",   "A",  "B",  "C"};
    enum { PIECES = sizeof pieces / sizeof *pieces };
    struct manner manner = sheet->manner;
    const struct place *here = &sheet->page.place;
    struct key_cap caps[ENTRY_DIGITS + PIECES + 2];
    int count = page_add_digits(caps);
    for (int i = 0; i < PIECES; i++)
        caps[count++] =
            (struct key_cap){.label = pieces[i], .action = action_text(ACTION_TYPE, pieces[i])};
    caps[count++] = (struct key_cap){.label = word_main(manner, WORD_ENTER),
                                     .beside = word_beside(manner, WORD_ENTER),
                                     .on = true,
                                     .action = action_simple(ACTION_ENTER)};
    if (here->setup)
        caps[count++] = (struct key_cap){.label = word_main(manner, WORD_SKIP),
                                         .beside = word_beside(manner, WORD_SKIP),
                                         .action = page_step_on(sheet)};
    char *beside = page_step_beside(sheet, WORD_OWN_BUILDING);
    const struct typing entry = {.main = word_main(manner, WORD_OWN_BUILDING),
                                 .beside = beside,
                                 .text = here->text,
                                 .message = word_main(manner, WORD_OWN_BUILDING_ASK),
                                 .message_beside = word_beside(manner, WORD_OWN_BUILDING_ASK),
                                 .caps = caps,
                                 .count = count,
                                 .columns = 5};
    page_build_entry(sheet, &entry);
    free(beside);
}

/* ---- a PIN */

/* Whose: what the receipts will say, so always in Chinese. */
static void build_whose(struct sheet *sheet, const char *beside) {
    static const enum word names[] = {WORD_MANAGER, WORD_TEACHER, WORD_COUNSELLOR, WORD_WARDEN,
                                      WORD_ASSISTANT};
    enum { NAMES = sizeof names / sizeof *names };
    struct manner manner = sheet->manner;
    struct desk_button buttons[NAMES + 1];
    struct rect area = page_desk_note(sheet, word_main(manner, WORD_NEW_PIN), beside,
                                      word_main(manner, WORD_NEW_PIN_WHOSE));
    for (int i = 0; i < NAMES; i++)
        buttons[i] = (struct desk_button){.icon = "school",
                                          .main = word_main(manner, names[i]),
                                          .beside = word_beside(manner, names[i]),
                                          .action = action_text(ACTION_WORD, word_zh(names[i]))};
    buttons[NAMES] = (struct desk_button){.icon = "forward",
                                          .main = word_main(manner, WORD_SKIP),
                                          .beside = word_beside(manner, WORD_SKIP),
                                          .action = page_step_on(sheet)};
    page_desk_grid(sheet, area, 0, buttons, NAMES + 1);
    sheet_add_bar(sheet);
}

static enum word new_pin_word(int state) {
    return state == NEW_PIN_AGAIN       ? WORD_NEW_PIN_AGAIN
           : state == NEW_PIN_SAVING    ? WORD_NEW_PIN_SAVING
           : state == NEW_PIN_DIFFERENT ? WORD_NEW_PIN_DIFFERENT
                                        : WORD_NEW_PIN_FIRST;
}

static void build_digits(struct sheet *sheet, const char *beside) {
    struct manner manner = sheet->manner;
    const struct place *here = &sheet->page.place;
    bool fault = here->picture > NEW_PIN_FAULT;
    enum word word = new_pin_word(here->picture);
    const char *why = fault ? pin_fault_text((enum pin_fault)(here->picture - NEW_PIN_FAULT))
                            : word_main(manner, word);
    struct key_cap caps[ENTRY_DIGITS + 1];
    int count = page_add_digits(caps);
    caps[count++] = (struct key_cap){.label = word_main(manner, WORD_ENTER),
                                     .beside = word_beside(manner, WORD_ENTER),
                                     .on = true,
                                     .action = action_simple(ACTION_ENTER)};
    char *message = xasprintf("%s：%s", here->text, why);
    const struct typing entry = {.main = word_main(manner, WORD_NEW_PIN),
                                 .beside = beside,
                                 .dots = here->typed,
                                 .message = message,
                                 .message_beside = fault ? "" : word_beside(manner, word),
                                 .caps = caps,
                                 .count = count,
                                 .columns = 3};
    page_build_entry(sheet, &entry);
    free(message);
}

void page_build_new_pin(struct sheet *sheet) {
    char *beside = page_step_beside(sheet, WORD_NEW_PIN);
    if (sheet->page.place.picture == NEW_PIN_WHOSE)
        build_whose(sheet, beside);
    else
        build_digits(sheet, beside);
    free(beside);
}

/* ---- the end */

void page_build_finish(struct sheet *sheet) {
    struct manner manner = sheet->manner;
    enum word how = sheet->page.place.typed ? WORD_FINISHED_HOW : WORD_FINISHED_NO_PIN;
    struct rect area = page_desk_note(sheet, word_main(manner, WORD_FINISHED),
                                      word_beside(manner, WORD_FINISHED), word_main(manner, how));
    const struct desk_button button = {.icon = "forward",
                                       .main = word_main(manner, WORD_START),
                                       .beside = word_beside(manner, WORD_START),
                                       .on = true,
                                       .action = action_simple(ACTION_RESTART)};
    page_desk_grid(sheet, area, 0, &button, 1);
    sheet_add_bar(sheet);
}
