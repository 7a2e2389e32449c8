/* What lies on a stick, case by case: what would be new or changed, what would not be taken and
 * why; all of it or a choice is taken. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/page_stick.h"

/* u */
#define BUTTON_WIDE 340
#define ROW_HIGH    104
#define SAID        40
#define LINE        32
#define NOTE        28
#define STICK_WIDE  560

#define REFRESH_MS    1000
#define MOST_STICKS   8
#define MOST_BUTTONS  4
#define MOST_LEFT_OUT 60 /* of what was not taken, in whole */

/* ---- which stick */

static char *name_of(const struct sheet *sheet, const json_t *stick) {
    const char *label = stick_text(stick, "label");
    return *label ? xstrdup(label)
                  : xasprintf("%s %s", word_main(sheet->manner, WORD_STICK),
                              stick_text(stick, "name"));
}

static void add_sticks(struct pile *pile, const struct stick_view *view) {
    struct sheet *sheet = pile->sheet;
    struct desk_button buttons[MOST_STICKS];
    char *names[MOST_STICKS];
    int count = 0;
    size_t i = 0;
    const json_t *stick = NULL;
    json_array_foreach(json_object_get(view->live, "sticks"), i, stick) {
        if (!stick_is_there(stick) || count == MOST_STICKS)
            continue;
        struct picks *picks = picks_copy(NULL); /* what was chosen of another one is not on it */
        picks_set_stick(picks, stick_text(stick, "name"));
        names[count] = name_of(sheet, stick);
        buttons[count] = (struct desk_button){"stick",
                                              names[count],
                                              stick_state(sheet, stick),
                                              false,
                                              0,
                                              stick_replace(sheet, picks)};
        count++;
    }
    pile_add_text(pile, word_main(sheet->manner, WORD_STICKS), LINE, WEIGHT_REGULAR,
                  sheet->stage->theme->text);
    pile_add_buttons(pile, buttons, count, STICK_WIDE);
    while (count)
        free(names[--count]);
}

/* ---- what was seen */

static void add_rest(struct pile *pile, const struct stick_view *view) {
    const json_t *notes = json_object_get(view->survey, "notes"), *note = NULL;
    size_t i = 0;
    json_array_foreach(notes, i, note) {
        char *said = stick_say_note(pile->sheet->manner, stick_text(view->survey, "path"), note);
        pile_add_text(pile, said, NOTE, WEIGHT_REGULAR, pile->sheet->stage->theme->dim);
        pile_add_gap(pile, NOTE / 2);
        free(said);
        if (i == MOST_LEFT_OUT)
            break;
    }
}

/* It was asked for, and begun. */
static bool is_going_on(const struct stick_view *view) {
    return json_is_true(json_object_get(view->stick, "preview"));
}

static void add_survey(struct pile *pile, const struct stick_view *view,
                       const struct page_source *source) {
    const struct theme *theme = pile->sheet->stage->theme;
    struct manner manner = pile->sheet->manner;
    if (json_is_true(json_object_get(view->survey, "cut")))
        pile_add_text(pile, word_main(manner, WORD_NOT_WHOLE), LINE, WEIGHT_BOLD, theme->text);
    if (!json_array_size(json_object_get(view->survey, "cases")))
        pile_add_text(pile, word_main(manner, WORD_NOTHING_ON_IT), SAID, WEIGHT_BOLD, theme->text);
    else
        stick_add_options(pile, view, source);
    if (view->preview == PREVIEW_GOES_ON && is_going_on(view))
        stick_add_progress(pile, view);
    stick_add_rows(pile, view, source);
    add_rest(pile, view);
}

/* ---- the buttons */

/* Asked twice: whether they are sure, with what would go. */
static struct desk_button take_button(const struct sheet *sheet, const struct stick_view *view,
                                      const struct page_source *source, char **beside) {
    struct manner manner = sheet->manner;
    bool replace = view->picks && view->picks->replace;
    size_t count = 0;
    char *arguments = stick_take_arguments(view->picks, view->stick, view->survey, &count);
    *beside =
        replace
            ? stick_say_going(manner, stick_count_local(source->reader, view->picks, view->survey))
            : word_counted(manner, count, WORD_CASE, WORD_CASES);
    bool asks = sheet->page.place.picture == STICK_SURE_TAKE;
    const struct desk_button button = {
        "stick",
        replace && asks ? *beside
                        : word_main(manner, replace ? WORD_TAKE_REPLACING : WORD_TAKE_ALL),
        *beside,
        true,
        STICK_SURE_TAKE,
        action_ask("take", arguments)};
    free(arguments);
    return button;
}

static bool has_something(const struct stick_view *view) {
    size_t count = 0;
    free(stick_take_arguments(view->picks, view->stick, view->survey, &count));
    return view->stand == STAND_SEEN && (count || (view->picks && view->picks->replace));
}

/* Those that there are; gives how many. *beside: the caller's to free, after they are drawn. */
static int list_buttons(const struct sheet *sheet, const struct stick_view *view,
                        const struct page_source *source, struct desk_button buttons[MOST_BUTTONS],
                        char **beside) {
    struct manner manner = sheet->manner;
    enum word look = view->stand == STAND_DONE ? WORD_LOOK_AGAIN : WORD_LOOK;
    int count = 0;
    buttons[count++] = (struct desk_button){
        "search", word_main(manner, look),       word_beside(manner, look), false,
        0,        action_ask("look", view->look)};
    if (has_something(view) && !is_going_on(view)) /* what is taken then is copied already */
        buttons[count++] = take_button(sheet, view, source, beside);
    buttons[count++] = (struct desk_button){.icon = "report",
                                            .main = word_main(manner, WORD_REPORT),
                                            .beside = word_beside(manner, WORD_REPORT),
                                            .action = action_ask("report", view->look)};
    buttons[count++] = (struct desk_button){
        "close", word_main(manner, WORD_EJECT),  word_beside(manner, WORD_EJECT), false,
        0,       action_ask("eject", view->look)};
    return count;
}

/* They scroll away where they would leave no room for a row; gives what is left of the area, *used:
 * what they take of what scrolls. */
static struct rect add_buttons(struct sheet *sheet, struct rect area, const struct stick_view *view,
                               const struct page_source *source, int *used) {
    struct desk_button buttons[MOST_BUTTONS];
    char *beside = NULL;
    int count = list_buttons(sheet, view, source, buttons, &beside);
    struct pile_grid grid = pile_plan_buttons(sheet, area.width, count, BUTTON_WIDE);
    int high = grid.height + grid.gap, row = pile_high_enough(sheet, ROW_HIGH);
    bool scroll = area.height < high + row;
    struct pane pane = sheet_add_pane(
        sheet, (struct rect){area.x, scroll ? 0 : area.y, area.width, grid.height}, scroll);
    pile_draw_buttons(sheet, &pane, &grid, buttons, count);
    free(beside);
    *used = scroll ? high : 0;
    return scroll ? area : (struct rect){area.x, area.y + high, area.width, area.height - high};
}

/* ---- the page */

static void add_content(struct pile *pile, const struct stick_view *view,
                        const struct page_source *source) {
    struct sheet *sheet = pile->sheet;
    const struct theme *theme = sheet->stage->theme;
    switch (view->stand) {
    case STAND_NONE:
        pile_add_text(pile, word_main(sheet->manner, WORD_NO_STICK), SAID, WEIGHT_REGULAR,
                      theme->dim);
        break;
    case STAND_SEVERAL:
        add_sticks(pile, view);
        break;
    case STAND_WORKING:
        stick_add_progress(pile, view);
        break;
    case STAND_WAITING:
        stick_add_stand(pile, view);
        break;
    case STAND_DONE:
        stick_add_stand(pile, view);
        stick_add_left_out(pile, view->taken, stick_text(view->stick, "path"));
        break;
    case STAND_LOOKING:
        pile_add_text(pile, word_main(sheet->manner, WORD_LOOKING), SAID, WEIGHT_BOLD, theme->text);
        break;
    case STAND_UNSEEN: /* the answer says why */
        stick_add_stand(pile, view);
        break;
    case STAND_SEEN:
        add_survey(pile, view, source);
        break;
    }
}

/* What became of what was asked for last; that it was looked at is seen, and that something is
 * being taken, too. */
static struct rect add_head(struct sheet *sheet, const struct page_source *source,
                            const struct stick_view *view) {
    struct page_source heard = *source;
    bool look = source->look.uid && strcmp(source->uid, source->look.uid) == 0;
    bool preview = source->preview.uid && strcmp(source->uid, source->preview.uid) == 0;
    if ((look && view->stand != STAND_UNSEEN) || preview || view->stand == STAND_WORKING)
        heard.uid = "";
    char *name =
        view->stick ? name_of(sheet, view->stick) : xstrdup(word_beside(sheet->manner, WORD_STICK));
    char *counts = stick_say_counts(sheet->manner, view->survey);
    char *beside = *counts ? xasprintf("%s　%s", name, counts) : xstrdup(name);
    struct rect area =
        page_desk_heading(sheet, &heard, word_main(sheet->manner, WORD_STICK), beside);
    free(beside);
    free(counts);
    free(name);
    return area;
}

void page_build_stick(struct sheet *sheet, const struct page_source *source) {
    struct stick_view view;
    stick_view_load(&view, source, &sheet->page.place);
    struct rect area = add_head(sheet, source, &view);
    sheet->page.refresh_ms = REFRESH_MS;
    if (view.asks && view.stand == STAND_LOOKING)
        sheet->page.asks = action_ask("look", view.look);
    else if (view.prepare && view.preview == PREVIEW_NONE)
        sheet->page.asks = action_ask("preview", view.prepare);
    int used = 0;
    if (view.stand >= STAND_DONE)
        area = add_buttons(sheet, area, &view, source, &used);
    struct pile pile = {sheet, area, used};
    add_content(&pile, &view, source);
    sheet_set_view(sheet, area, pile.y);
    stick_view_finish(&view);
    sheet_add_bar(sheet);
}
