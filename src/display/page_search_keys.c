/* What is typed with: the field, the words to pick and the keys. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/page_search_parts.h"

/* u */
#define RADIUS     16
#define KEY_RADIUS 12
#define KEY_TYPE   38
#define SPACE_TYPE 28
#define KEY_ICON   44
#define FIELD_TYPE 42
#define FIELD_HINT 32
#define FIELD_PAD  22
#define CURSOR     3
#define WORD_TYPE  34
#define WORD_PAD   22

#define MOST_WORDS 30
#define UNBOUNDED  100000 /* pixels: a line that does not break */

/* ---- the field */

struct layout *search_line_build(const struct sheet *sheet, const char *text, int size,
                                 enum text_weight weight) {
    struct text_style style = slide_style(sheet->stage, size, 130, weight);
    return slide_layout(sheet->stage, text, &style, UNBOUNDED);
}

static const char *next_character(const char *text) {
    utf8_next(&text);
    return text;
}

/* What was typed; of more than there is room for the end. */
static struct layout *typed_line(const struct sheet *sheet, const char *text, int width) {
    struct layout *layout = search_line_build(sheet, text, FIELD_TYPE, WEIGHT_BOLD);
    while (layout->widest > width && *text) {
        text = next_character(text);
        layout_destroy(layout);
        char *rest = xasprintf("…%s", text);
        layout = search_line_build(sheet, rest, FIELD_TYPE, WEIGHT_BOLD);
        free(rest);
    }
    return layout;
}

/* White space at the end, which layout does not measure. */
static int trailing_space(const struct sheet *sheet, const char *text) {
    size_t size = strlen(text), spaces = 0;
    while (spaces < size && text[size - 1 - spaces] == ' ')
        spaces++;
    return (int)spaces * slide_px(sheet->stage, FIELD_TYPE) / 4;
}

void search_add_field(struct sheet *sheet, const struct pane *pane, struct rect within) {
    const struct slide_stage *stage = sheet->stage;
    const struct theme *theme = stage->theme;
    const char *typed = sheet->page.place.text;
    int pad = slide_px(stage, FIELD_PAD), side = slide_px(stage, KEY_ICON);
    int radius = slide_px(stage, RADIUS), rim = slide_px(stage, 3);
    scene_add_fill(pane->scene, LAYER_GROUND, within, radius, theme->dim);
    scene_add_fill(pane->scene, LAYER_GROUND, slide_inset(within, rim), radius - rim,
                   theme->ground);
    slide_add_icon(pane->scene, stage, "search",
                   (struct rect){within.x + pad, within.y + (within.height - side) / 2, side, side},
                   theme->dim);
    int x = within.x + 2 * pad + side, width = within.width - 3 * pad - side;
    struct layout *line = typed_line(sheet, typed, width);
    int end = x + line->widest + trailing_space(sheet, typed) + rim;
    int tall = slide_px(stage, FIELD_TYPE) * 5 / 4;
    scene_add_text(pane->scene, (struct point){x, within.y + (within.height - line->height) / 2},
                   line, theme->text);
    scene_add_fill(
        pane->scene, LAYER_TEXT,
        (struct rect){end, within.y + (within.height - tall) / 2, slide_px(stage, CURSOR), tall}, 0,
        theme->text);
    if (*typed)
        return;
    int small = slide_px(stage, FIELD_HINT) * 130 / 100;
    sheet_add_line(sheet, pane, word_main(sheet->manner, WORD_SEARCH_FIELD), FIELD_HINT,
                   WEIGHT_REGULAR, theme->dim,
                   (struct point){end + pad / 2, within.y + (within.height - small) / 2},
                   width - pad);
}

/* ---- the keys */

static void add_icon_key(struct sheet *sheet, const struct pane *pane, struct rect within,
                         const char *icon, struct action action) {
    const struct slide_stage *stage = sheet->stage;
    int radius = slide_px(stage, KEY_RADIUS), side = slide_px(stage, KEY_ICON);
    scene_add_fill(pane->scene, LAYER_GROUND, within, radius, stage->theme->panel);
    slide_add_icon(pane->scene, stage, icon,
                   (struct rect){within.x + (within.width - side) / 2,
                                 within.y + (within.height - side) / 2, side, side},
                   stage->theme->text);
    sheet_add_target(sheet, pane, within, radius, action);
}

static void add_text_key(struct sheet *sheet, const struct pane *pane, struct rect within,
                         const char *text, int size, struct action action) {
    const struct slide_stage *stage = sheet->stage;
    int radius = slide_px(stage, KEY_RADIUS);
    scene_add_fill(pane->scene, LAYER_GROUND, within, radius, stage->theme->panel);
    struct text_style style = slide_style(stage, size, 120, WEIGHT_BOLD);
    style.align = ALIGN_CENTRE;
    style.max_lines = 1;
    struct layout *layout = slide_layout(stage, text, &style, within.width);
    int y = within.y + (within.height - layout->height) / 2;
    scene_add_text(pane->scene, (struct point){within.x, y}, layout, stage->theme->text);
    sheet_add_target(sheet, pane, within, radius, action);
}

static struct action other_layer(const struct sheet *sheet, int layers) {
    struct place to = place_copy(&sheet->page.place);
    to.picture = (to.picture + 1) % layers;
    return (struct action){.kind = ACTION_REPLACE, .place = to};
}

static void add_key(struct sheet *sheet, const struct pane *pane, const struct keyboard *keyboard,
                    const struct keyboard_key *key) {
    struct rect within = key->place;
    within.x -= pane->place.x;
    within.y -= pane->place.y;
    char typed[] = {key->letter, '\0'};
    char shown[] = {(char)toupper(key->letter), '\0'};
    char range[] = {(char)toupper(key->letter), '-', (char)toupper(key->last), '\0'};
    switch (key->kind) {
    case KEYBOARD_LETTER:
        add_text_key(sheet, pane, within, shown, KEY_TYPE, action_text(ACTION_TYPE, typed));
        return;
    case KEYBOARD_LAYER:
        add_text_key(sheet, pane, within, range, SPACE_TYPE, other_layer(sheet, keyboard->layers));
        return;
    case KEYBOARD_SPACE:
        add_text_key(sheet, pane, within, word_main(sheet->manner, WORD_SPACE), SPACE_TYPE,
                     action_text(ACTION_TYPE, " "));
        return;
    case KEYBOARD_ERASE:
        add_icon_key(sheet, pane, within, "erase", action_simple(ACTION_ERASE));
        return;
    }
}

void search_add_keys(struct sheet *sheet, const struct search_plan *plan) {
    const struct keyboard *keyboard = &plan->keyboard;
    if (!keyboard->count)
        return;
    struct pane pane = sheet_add_pane(sheet, keyboard->place, false);
    for (size_t i = 0; i < keyboard->count; i++)
        add_key(sheet, &pane, keyboard, keyboard->keys + i);
}

void search_add_clear(struct sheet *sheet, const struct search_plan *plan) {
    if (rect_empty(plan->clear))
        return;
    struct pane pane = sheet_add_pane(sheet, plan->clear, false);
    struct rect within = {0, 0, plan->clear.width, plan->clear.height};
    add_icon_key(sheet, &pane, within, "close", action_text(ACTION_WORD, ""));
}

/* ---- words to pick */

struct choice {
    char **words; /* owned, each too */
    size_t count;
};

static void choice_finish(struct choice *choice) {
    for (size_t i = 0; i < choice->count; i++)
        free(choice->words[i]);
    free((void *)choice->words);
    *choice = (struct choice){0};
}

/* Where the letters begin that stand at the end of what was typed. */
static const char *letters_of(const char *typed) {
    const char *at = typed + strlen(typed);
    while (at > typed && isalpha((unsigned char)at[-1]))
        at--;
    return at;
}

static struct choice choice_of_schools(const struct catalogue *catalogue) {
    size_t schools[MOST_WORDS];
    struct choice choice = {.words = xcalloc(MOST_WORDS, sizeof *choice.words)};
    choice.count = search_schools(catalogue, schools, MOST_WORDS);
    for (size_t i = 0; i < choice.count; i++)
        choice.words[i] = xstrdup(catalogue->schools[schools[i]]);
    return choice;
}

static struct choice choice_of_letters(const struct page_source *source, const char *letters) {
    struct choice choice = {0};
    char **words = NULL;
    size_t count = 0;
    if (!*letters || search_candidates(source->search, letters, source->now_ms, MOST_WORDS, &words,
                                       &count) != READ_DONE)
        return choice;
    choice.words = xcalloc(count ? count : 1, sizeof *choice.words);
    for (; choice.count < count; choice.count++)
        choice.words[choice.count] = xstrdup(words[choice.count]);
    search_candidates_finish(words, count);
    return choice;
}

/* A unit leads to its cases. Any other word stands instead of the letters; what was typed before
 * them stays. */
static struct action pick(const char *typed, const char *letters, const char *word) {
    for (int unit = 0; unit < UNIT_COUNT; unit++)
        if (strcmp(word, unit_name((enum unit)unit)) == 0) {
            struct place to = place_of(PLACE_UNIT, "");
            to.unit = (enum unit)unit;
            return action_go(to);
        }
    char *before = xstrndup(typed, (size_t)(letters - typed));
    bool apart = *before && !text_ends(before, " ");
    char *text = xasprintf("%s%s%s", before, apart ? " " : "", word);
    struct action action = action_text(ACTION_WORD, text);
    free(before);
    free(text);
    return action;
}

static int word_width(const struct sheet *sheet, const char *word, int least) {
    struct layout *layout = search_line_build(sheet, word, WORD_TYPE, WEIGHT_BOLD);
    int width = layout->widest + 2 * slide_px(sheet->stage, WORD_PAD);
    layout_destroy(layout);
    return width > least ? width : least;
}

/* In rows, as many whole ones as there is room for. */
static void flow(struct sheet *sheet, const struct pane *pane, const struct search_plan *plan,
                 const struct choice *choice, const char *letters) {
    int x = 0, y = 0, room = plan->words.width;
    for (size_t i = 0; i < choice->count; i++) {
        const char *word = choice->words[i];
        int width = word_width(sheet, word, sheet_finger(sheet));
        if (x && x + width > room) {
            x = 0;
            y += plan->key + plan->gap;
        }
        if (y + plan->key > plan->words.height)
            return;
        if (width > room) /* a name longer than the row is none to pick */
            continue;
        add_text_key(sheet, pane, (struct rect){x, y, width, plan->key}, word, WORD_TYPE,
                     pick(sheet->page.place.text, letters, word));
        x += width + plan->gap;
    }
}

void search_add_words(struct sheet *sheet, const struct page_source *source,
                      const struct search_plan *plan) {
    if (rect_empty(plan->words))
        return;
    const char *typed = sheet->page.place.text, *letters = letters_of(typed);
    struct choice choice =
        *typed ? choice_of_letters(source, letters) : choice_of_schools(source->catalogue);
    struct pane pane = sheet_add_pane(sheet, plan->words, false);
    flow(sheet, &pane, plan, &choice, letters);
    choice_finish(&choice);
}
