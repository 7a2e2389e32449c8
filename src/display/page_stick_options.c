/* How what lies on a stick is to be taken: beside what is there or in its place, and of which unit
 * and school what does not say so itself. */
#include <stdlib.h>

#include "base/memory.h"
#include "display/page_stick.h"

/* u */
#define LINE        30
#define MODE_WIDE   380
#define UNIT_WIDE   420
#define SCHOOL_WIDE 560

struct action stick_replace(const struct sheet *sheet, struct picks *picks) {
    struct action action = {.kind = ACTION_REPLACE, .place = place_copy(&sheet->page.place)};
    picks_destroy(action.place.picks);
    action.place.picks = picks;
    action.place.picture = sheet->page.place.kind == PLACE_STICK ? 0 : action.place.picture;
    return action;
}

/* ---- beside what is there, or in its place */

static struct action with_replace(const struct pile *pile, const struct picks *picks, bool on) {
    struct picks *changed = picks_copy(picks);
    changed->replace = on;
    return stick_replace(pile->sheet, changed);
}

/* All cases, or none of them. */
static struct action with_all(const struct pile *pile, const struct stick_view *view, bool on) {
    struct picks *changed = picks_copy(view->picks);
    const json_t *cases = json_object_get(view->survey, "cases");
    for (size_t i = 0; i < json_array_size(cases); i++)
        if (stick_can_be_taken(json_array_get(cases, i)))
            stick_pick(changed, view->survey, i, on);
    return stick_replace(pile->sheet, changed);
}

static size_t count_left(const struct stick_view *view, size_t *all) {
    const json_t *cases = json_object_get(view->survey, "cases"), *item = NULL;
    size_t i = 0, left = 0;
    *all = 0;
    json_array_foreach(cases, i, item) {
        *all += stick_can_be_taken(item);
        left += stick_can_be_taken(item) && !stick_is_picked(view->picks, item);
    }
    return left;
}

char *stick_say_going(struct manner manner, int local) {
    return local < 0 ? xstrdup(word_main(manner, WORD_LOCAL_GO))
                     : word_counted(manner, (size_t)local, WORD_A_LOCAL_GOES, WORD_LOCALS_GO);
}

static struct desk_button add_button(const struct pile *pile, const struct stick_view *view) {
    struct manner manner = pile->sheet->manner;
    bool replace = view->picks && view->picks->replace;
    return (struct desk_button){
        NULL, word_main(manner, WORD_MODE_ADD),      word_main(manner, WORD_MODE_ADD_WHY), !replace,
        0,    with_replace(pile, view->picks, false)};
}

static struct desk_button replace_button(const struct pile *pile, const struct stick_view *view,
                                         const char *going) {
    bool replace = view->picks && view->picks->replace;
    return (struct desk_button){NULL,
                                word_main(pile->sheet->manner, WORD_MODE_REPLACE),
                                going,
                                replace,
                                replace ? 0 : STICK_SURE_REPLACE,
                                with_replace(pile, view->picks, true)};
}

static struct desk_button all_button(const struct pile *pile, const struct stick_view *view,
                                     bool all) {
    enum word word = all ? WORD_PICK_ALL : WORD_PICK_NONE;
    struct manner manner = pile->sheet->manner;
    return (struct desk_button){NULL, word_main(manner, word),  word_beside(manner, word), false,
                                0,    with_all(pile, view, all)};
}

/* What waits for a review replaces nothing, and of one bundle nothing can be left. */
static void add_mode(struct pile *pile, const struct stick_view *view,
                     const struct page_source *source) {
    bool reviewed = pile->sheet->stage->config->approval.mode == APPROVAL_TWO;
    size_t all = 0, left = count_left(view, &all);
    struct desk_button buttons[3];
    int count = 0;
    if (stick_is_bundle(view->survey))
        return;
    char *going = stick_say_going(pile->sheet->manner,
                                  stick_count_local(source->reader, view->picks, view->survey));
    if (!reviewed) {
        buttons[count++] = add_button(pile, view);
        buttons[count++] = replace_button(pile, view, going);
    }
    if (all > 1)
        buttons[count++] = all_button(pile, view, left > 0);
    if (count)
        pile_add_buttons(pile, buttons, count, MODE_WIDE);
    free(going);
}

/* ---- what the cases do not say */

static void add_units(struct pile *pile, const struct picks *picks) {
    struct desk_button buttons[UNIT_COUNT];
    for (int unit = 0; unit < UNIT_COUNT; unit++) {
        struct picks *changed = picks_copy(picks);
        bool on = picks && picks->unit == unit;
        changed->unit = on ? -1 : unit;
        buttons[unit] =
            (struct desk_button){unit_key((enum unit)unit),
                                 word_main(pile->sheet->manner, word_unit((enum unit)unit)),
                                 "",
                                 on,
                                 0,
                                 stick_replace(pile->sheet, changed)};
    }
    pile_add_text(pile, word_main(pile->sheet->manner, WORD_WHICH_UNIT), LINE, WEIGHT_REGULAR,
                  pile->sheet->stage->theme->text);
    pile_add_buttons(pile, buttons, UNIT_COUNT, UNIT_WIDE);
}

const char *stick_own_school(const struct sheet *sheet) {
    const char *school = sheet->stage->config->site.school;
    return school && *school ? school : word_main(sheet->manner, WORD_OWN_SCHOOL);
}

static void add_school(struct pile *pile, const struct picks *picks) {
    struct sheet *sheet = pile->sheet;
    bool own = !picks || !*picks->school;
    struct place schools = place_of(PLACE_STICK_SCHOOL, "");
    schools.picks = picks_copy(picks);
    const struct desk_button button = {"school",
                                       own ? stick_own_school(sheet) : picks->school,
                                       word_main(sheet->manner, WORD_OTHER_SCHOOL),
                                       false,
                                       0,
                                       action_go(schools)};
    pile_add_text(pile, word_main(sheet->manner, WORD_WHICH_SCHOOL), LINE, WEIGHT_REGULAR,
                  sheet->stage->theme->text);
    pile_add_buttons(pile, &button, 1, SCHOOL_WIDE);
}

void stick_add_options(struct pile *pile, const struct stick_view *view,
                       const struct page_source *source) {
    add_mode(pile, view, source);
    if (stick_lacks_unit(view->picks, view->survey))
        add_units(pile, view->picks);
    if (stick_lacks_school(view->picks, view->survey))
        add_school(pile, view->picks);
}
