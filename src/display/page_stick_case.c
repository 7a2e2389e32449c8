/* One case on a stick, in whole: what is to be known of it, the numbers that may be shown, how its
 * text begins. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/page_stick.h"

/* u */
#define TITLE   44
#define LINE    32
#define NOTE    28
#define BODY    30
#define SECTION 28
#define WIDE    420

#define MOST_MASKS 40 /* of a case, each a button */

static void add_section(struct pile *pile, enum word word) {
    pile_add_gap(pile, SECTION);
    pile_add_text(pile, word_main(pile->sheet->manner, word), LINE, WEIGHT_BOLD,
                  pile->sheet->stage->theme->text);
}

/* Takes it over. */
static void add_said(struct pile *pile, char *said) {
    pile_add_text(pile, said, NOTE, WEIGHT_REGULAR, pile->sheet->stage->theme->text);
    free(said);
}

static void add_notes(struct pile *pile, const struct stick_view *view, const json_t *item) {
    const json_t *note = NULL;
    struct manner manner = pile->sheet->manner;
    size_t i = 0;
    json_array_foreach(json_object_get(item, "notes"), i, note) {
        add_said(pile, stick_say_note(manner, stick_text(view->survey, "path"), note));
    }
    add_said(pile, stick_say_absent(manner, item));
    add_said(pile, stick_say_low(manner, item));
}

/* ---- numbers of persons */

static bool is_identity(const json_t *mask) {
    return strcmp(stick_text(mask, "kind"), "identity") == 0;
}

/* The same number may stand in several fields; a button for each mask. */
static bool is_first(const json_t *masked, size_t at) {
    const char *mask = stick_text(json_array_get(masked, at), "mask");
    for (size_t i = 0; i < at; i++)
        if (strcmp(stick_text(json_array_get(masked, i), "mask"), mask) == 0)
            return false;
    return true;
}

static struct action release(const struct sheet *sheet, const struct picks *picks,
                             const char *mask) {
    struct picks *changed = picks_copy(picks);
    picks_set(changed, PICKS_RELEASED, mask, !picks_has(picks, PICKS_RELEASED, mask));
    return stick_replace(sheet, changed);
}

static void add_masks(struct pile *pile, const struct stick_view *view, const json_t *item) {
    const json_t *masked = json_object_get(item, "masked");
    struct manner manner = pile->sheet->manner;
    struct desk_button buttons[MOST_MASKS];
    int count = 0;
    bool identity = false;
    for (size_t i = 0; i < json_array_size(masked) && count < MOST_MASKS; i++) {
        const json_t *mask = json_array_get(masked, i);
        const char *text = stick_text(mask, "mask");
        bool on = picks_has(view->picks, PICKS_RELEASED, text);
        identity = identity || is_identity(mask);
        if (!is_identity(mask) && is_first(masked, i))
            buttons[count++] = (struct desk_button){
                NULL, text, word_main(manner, on ? WORD_RELEASED : WORD_RELEASE),
                on,   0,    release(pile->sheet, view->picks, text)};
    }
    if (!json_array_size(masked))
        return;
    add_section(pile, WORD_NUMBERS);
    if (identity)
        add_said(pile, xstrdup(word_main(manner, WORD_IDENTITY_STAYS)));
    pile_add_gap(pile, SECTION / 2);
    if (count)
        pile_add_buttons(pile, buttons, count, WIDE);
}

/* ---- what it says */

static void add_captions(struct pile *pile, const json_t *item) {
    const json_t *captions = json_object_get(item, "captions"), *caption = NULL;
    size_t i = 0;
    if (json_array_size(captions))
        add_section(pile, WORD_CAPTIONS);
    json_array_foreach(captions, i, caption) {
        add_said(pile, xstrdup(json_string_value(caption)));
    }
}

static void add_text(struct pile *pile, const json_t *item) {
    const char *text = stick_text(item, "text");
    if (!*text)
        return;
    add_section(pile, WORD_BEGINS);
    pile_add_text(pile, text, BODY, WEIGHT_REGULAR, pile->sheet->stage->theme->text);
}

static void add_pick(struct pile *pile, const struct stick_view *view, size_t number,
                     const json_t *item) {
    struct manner manner = pile->sheet->manner;
    bool picked = stick_is_picked(view->picks, item);
    if (!stick_can_be_taken(item) || stick_is_bundle(view->survey))
        return;
    const struct desk_button button = {NULL,
                                       word_main(manner, picked ? WORD_IS_PICKED : WORD_IS_LEFT),
                                       word_beside(manner, picked ? WORD_IS_PICKED : WORD_IS_LEFT),
                                       picked,
                                       0,
                                       stick_toggle(pile->sheet, view, number)};
    pile_add_buttons(pile, &button, 1, WIDE);
}

/* As the loop will show it, once it is prepared. */
static void add_slides(struct pile *pile, const struct stick_view *view,
                       const struct page_source *source, const json_t *item) {
    struct case_record record;
    stick_load_case(view, source, item, &record);
    if (record.id) {
        add_section(pile, WORD_PREVIEW);
        pile_add_gap(pile, SECTION / 2);
        pile->y = page_add_slides(pile->sheet, source, pile->area, pile->y, &record);
    }
    case_finish(&record);
}

static void add_case(struct pile *pile, const struct stick_view *view,
                     const struct page_source *source, size_t number, const json_t *item) {
    const struct theme *theme = pile->sheet->stage->theme;
    char *line = stick_say_case(pile->sheet->manner, item);
    pile_add_text(pile, stick_text(item, "title"), TITLE, WEIGHT_BOLD, theme->text);
    pile_add_text(pile, line, NOTE, WEIGHT_REGULAR, theme->dim);
    pile_add_gap(pile, SECTION / 2);
    add_pick(pile, view, number, item);
    add_notes(pile, view, item);
    add_masks(pile, view, item);
    add_slides(pile, view, source, item);
    add_captions(pile, item);
    add_text(pile, item);
    free(line);
}

/* The stick may be another one by now. */
static const json_t *find_case(const struct stick_view *view, const struct place *place) {
    const json_t *item =
        json_array_get(json_object_get(view->survey, "cases"), (size_t)place->picture);
    return item && strcmp(stick_text(item, "title"), place->text) == 0 ? item : NULL;
}

void page_build_stick_case(struct sheet *sheet, const struct page_source *source) {
    struct stick_view view;
    const struct place *here = &sheet->page.place;
    stick_view_load(&view, source, here);
    struct rect area = page_desk_plain(sheet, word_main(sheet->manner, WORD_ON_STICK),
                                       word_beside(sheet->manner, WORD_ON_STICK));
    struct pile pile = {sheet, area, 0};
    const json_t *item = find_case(&view, here);
    if (item)
        add_case(&pile, &view, source, (size_t)here->picture, item);
    else
        pile_add_text(&pile, word_main(sheet->manner, WORD_NOT_ON_STICK), TITLE, WEIGHT_REGULAR,
                      sheet->stage->theme->dim);
    sheet_set_view(sheet, area, pile.y);
    stick_view_finish(&view);
    sheet_add_bar(sheet);
}
