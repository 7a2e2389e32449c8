/* What stands where the results will be before anything is typed. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/page_search_parts.h"
#include "library/pinyin.h"

/* u */
#define HOW_TYPE      40
#define SMALL         28
#define EXAMPLE_WIDTH 150
#define EXAMPLE       34
#define RADIUS        16
#define CARD_WIDTH    360 /* at the least */

#define NEWEST    12 /* cases that are offered */
#define EXAMPLES  3
#define LETTERS   6 /* characters whose first letters make the example, at the most */
#define SYLLABLES 2

/* ---- the library's schools and newest cases */

/* The `most` with the highest rank, in falling order, of equal ones the first; gives how many. */
static size_t best(const int64_t *ranks, size_t count, size_t *best_of, size_t most) {
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = found;
        while (at > 0 && ranks[best_of[at - 1]] < ranks[i])
            at--;
        if (at == most)
            continue;
        found += found < most;
        memmove(best_of + at + 1, best_of + at, (found - at - 1) * sizeof *best_of);
        best_of[at] = i;
    }
    return found;
}

size_t search_schools(const struct catalogue *catalogue, size_t *schools, size_t most) {
    size_t count = catalogue->school_count;
    int64_t *cases = xcalloc(count ? count : 1, sizeof *cases);
    for (size_t i = 0; i < catalogue->count; i++)
        cases[catalogue->entries[i].school]++;
    size_t found = best(cases, count, schools, most);
    free(cases);
    return found;
}

static size_t newest(const struct catalogue *catalogue, size_t *entries, size_t most) {
    size_t count = catalogue->count;
    int64_t *dates = xcalloc(count ? count : 1, sizeof *dates);
    for (size_t i = 0; i < count; i++)
        dates[i] = catalogue->entries[i].published_ms;
    size_t found = best(dates, count, entries, most);
    free(dates);
    return found;
}

int search_parts_count(const struct sheet *sheet, int width, int least, int most) {
    int pixels = slide_px(sheet->stage, least), gap = sheet_gap(sheet);
    pixels = pixels > sheet_finger(sheet) ? pixels : sheet_finger(sheet);
    int count = (width + gap) / (pixels + gap);
    return count < 1 ? 1 : count > most ? most : count;
}

struct rect search_part_place(const struct sheet *sheet, struct rect within, int part, int count) {
    int gap = sheet_gap(sheet), left = part * (within.width + gap) / count;
    int right = (part + 1) * (within.width + gap) / count - gap;
    return (struct rect){within.x + left, within.y, right - left, within.height};
}

/* ---- how to type */

struct lesson {
    char *typed[EXAMPLES]; /* owned: first letters, pinyin, characters; of one school */
};

/* The pinyin of a name's first characters; each only as long as it has one. */
static void spell(const char *name, struct str *first, struct str *whole, struct str *characters) {
    const char *at = name;
    for (int i = 0; i < LETTERS; i++) {
        const char *readings[PINYIN_READINGS], *start = at;
        uint32_t character = utf8_next(&at);
        char initial = pinyin_initial(start);
        if (!character || initial == '#' || pinyin_readings(character, readings) == 0)
            return;
        str_add_char(first, (char)tolower(initial));
        if (i >= SYLLABLES)
            continue;
        str_add(whole, readings[0]);
        str_add_bytes(characters, start, (size_t)(at - start));
    }
}

/* Of the school with the most cases, so that it finds something; false: there is none. */
static bool lesson_build(const struct catalogue *catalogue, struct lesson *lesson) {
    size_t school = 0;
    struct str texts[EXAMPLES] = {{0}};
    if (search_schools(catalogue, &school, 1))
        spell(catalogue->schools[school], texts, texts + 1, texts + 2);
    bool good = texts[0].size > 0;
    for (int i = 0; i < EXAMPLES; i++)
        lesson->typed[i] = str_take(texts + i);
    return good;
}

static void lesson_finish(struct lesson *lesson) {
    for (int i = 0; i < EXAMPLES; i++)
        free(lesson->typed[i]);
}

static int line_height(const struct sheet *sheet, int size) {
    return slide_px(sheet->stage, size) * 130 / 100;
}

static int pair_height(const struct sheet *sheet, int size) {
    return line_height(sheet, size) + (sheet->manner.english ? 0 : line_height(sheet, SMALL));
}

/* A line in the first language, and one in the other below it. */
static void add_pair(struct sheet *sheet, const struct pane *pane, struct point at, int width,
                     enum word word, int size) {
    const struct theme *theme = sheet->stage->theme;
    sheet_add_line(sheet, pane, word_main(sheet->manner, word), size, WEIGHT_BOLD, theme->text, at,
                   width);
    at.y += line_height(sheet, size);
    if (!sheet->manner.english)
        sheet_add_line(sheet, pane, word_en(word), SMALL, WEIGHT_REGULAR, theme->dim, at, width);
}

/* No half words: then there is none. */
static void add_centred(const struct sheet *sheet, const struct pane *pane, struct rect within,
                        const char *text, int size, enum text_weight weight, colour ink) {
    struct text_style style = slide_style(sheet->stage, size, 130, weight);
    style.align = ALIGN_CENTRE;
    style.max_lines = 1;
    struct layout *layout = slide_layout(sheet->stage, text, &style, within.width);
    if (layout->cut)
        layout_destroy(layout);
    else
        scene_add_text(pane->scene, (struct point){within.x, within.y}, layout, ink);
}

static int example_height(const struct sheet *sheet) {
    int height = line_height(sheet, EXAMPLE) + line_height(sheet, SMALL) / 2;
    height += line_height(sheet, SMALL) * (sheet->manner.english ? 1 : 2);
    return height > sheet_finger(sheet) ? height : sheet_finger(sheet);
}

/* What is typed, and what that is. */
static void add_example(struct sheet *sheet, const struct pane *pane, struct rect within,
                        enum word word, const char *typed, bool touched) {
    const struct theme *theme = sheet->stage->theme;
    int radius = slide_px(sheet->stage, RADIUS), high = line_height(sheet, EXAMPLE);
    int low = line_height(sheet, SMALL), lines = sheet->manner.english ? 1 : 2;
    int top = within.y + (within.height - high - lines * low) / 2;
    scene_add_fill(pane->scene, LAYER_GROUND, within, radius, theme->panel);
    add_centred(sheet, pane, (struct rect){within.x, top, within.width, high}, typed, EXAMPLE,
                WEIGHT_BOLD, theme->text);
    add_centred(sheet, pane, (struct rect){within.x, top + high, within.width, high},
                word_main(sheet->manner, word), SMALL, WEIGHT_REGULAR, theme->dim);
    add_centred(sheet, pane, (struct rect){within.x, top + high + low, within.width, high},
                word_beside(sheet->manner, word), SMALL, WEIGHT_REGULAR, theme->dim);
    if (touched)
        sheet_add_target(sheet, pane, within, radius, action_text(ACTION_WORD, typed));
}

static int lesson_height(const struct sheet *sheet) {
    return pair_height(sheet, HOW_TYPE) + sheet_gap(sheet) / 2 + example_height(sheet);
}

static void add_lesson(struct sheet *sheet, const struct page_source *source,
                       const struct pane *pane, struct point at, int width, bool touched) {
    static const enum word words[EXAMPLES] = {WORD_SEARCH_INITIALS, WORD_SEARCH_PINYIN,
                                              WORD_SEARCH_HAN};
    struct lesson lesson;
    int high = example_height(sheet);
    add_pair(sheet, pane, at, width, WORD_SEARCH_HOW, HOW_TYPE);
    at.y += lesson_height(sheet) - high;
    int count = search_parts_count(sheet, width, EXAMPLE_WIDTH, EXAMPLES);
    struct rect within = {at.x, at.y, width, high};
    bool good = lesson_build(source->catalogue, &lesson);
    for (int i = 0; good && i < count; i++)
        add_example(sheet, pane, search_part_place(sheet, within, i, count), words[i],
                    lesson.typed[i], touched);
    lesson_finish(&lesson);
}

/* ---- the start */

static int add_cards(struct sheet *sheet, const struct catalogue *catalogue, struct rect area,
                     int top) {
    size_t entries[NEWEST], count = newest(catalogue, entries, NEWEST);
    struct place way = place_of(PLACE_UNIT, "");
    way.order = ORDER_NEWEST;
    int gap = sheet_gap(sheet), columns = search_parts_count(sheet, area.width, CARD_WIDTH, NEWEST);
    int width = (area.width - (columns - 1) * gap) / columns;
    int height = page_card_height(sheet->stage, width);
    for (size_t i = 0; i < count; i++) {
        const struct entry *entry = catalogue->entries + entries[i];
        int column = (int)i % columns, row = (int)i / columns;
        struct rect place = {area.x + column * (width + gap), top + row * (height + gap), width,
                             height};
        sheet_add_card(sheet, place, entry->id, entry->generation, &way);
    }
    place_finish(&way);
    return top + ((int)count + columns - 1) / columns * (height + gap);
}

int search_add_newest(struct sheet *sheet, const struct page_source *source, struct rect area,
                      int top) {
    int gap = sheet_gap(sheet), title = line_height(sheet, HOW_TYPE) + gap / 2;
    if (!source->catalogue->count)
        return top;
    struct pane pane =
        sheet_add_pane(sheet, (struct rect){area.x, top + gap, area.width, title}, true);
    int width =
        sheet_add_line(sheet, &pane, word_main(sheet->manner, WORD_SEARCH_NEWEST), HOW_TYPE,
                       WEIGHT_BOLD, sheet->stage->theme->text, (struct point){0, 0}, area.width);
    int drop = line_height(sheet, HOW_TYPE) - line_height(sheet, SMALL) * 9 / 8;
    sheet_add_line(sheet, &pane, word_beside(sheet->manner, WORD_SEARCH_NEWEST), SMALL,
                   WEIGHT_REGULAR, sheet->stage->theme->dim, (struct point){width + gap / 2, drop},
                   area.width - width - gap / 2);
    return add_cards(sheet, source->catalogue, area, top + gap + title);
}

static void add_start(struct sheet *sheet, const struct page_source *source, struct rect area) {
    int height = lesson_height(sheet);
    struct pane pane = sheet_add_pane(sheet, (struct rect){area.x, 0, area.width, height}, true);
    add_lesson(sheet, source, &pane, (struct point){0, 0}, area.width, true);
    sheet_set_view(sheet, area, search_add_newest(sheet, source, area, height));
}

/* The lesson at the top of the crown's last column; what is seen of the cases comes below it. */
static void add_crown_lesson(struct sheet *sheet, const struct page_source *source,
                             struct search_plan *plan, const struct pane *crown) {
    struct rect *seen = &plan->seen[rect_empty(plan->seen[1]) ? 0 : 1];
    int used = lesson_height(sheet) + sheet_gap(sheet);
    add_lesson(sheet, source, crown, (struct point){seen->x, seen->y}, seen->width, false);
    seen->y += used;
    seen->height -= used;
}

/* Within reach there is no height for cards: rows, as of hits. */
static void add_newest_rows(struct sheet *sheet, const struct page_source *source,
                            const struct search_plan *plan, const struct pane *crown) {
    size_t entries[NEWEST], count = newest(source->catalogue, entries, NEWEST);
    const char *ids[NEWEST];
    struct case_record records[NEWEST] = {0};
    struct search_hit items[NEWEST];
    struct search_hits hits = {.items = items};
    for (size_t i = 0; i < count; i++)
        ids[i] = source->catalogue->entries[entries[i]].id;
    if (count)
        reader_load(source->reader, ids, count, records);
    for (size_t i = 0; i < count; i++) {
        const struct case_record *from = records + i;
        if (from->id)
            items[hits.count++] = (struct search_hit){
                .id = from->id, .school = from->school, .title = from->title, .unit = from->unit};
    }
    search_add_rows(sheet, &hits, plan->rest);
    search_add_seen(sheet, crown, &hits, plan);
    for (size_t i = 0; i < count; i++)
        case_finish(records + i);
}

void search_add_start(struct sheet *sheet, const struct page_source *source,
                      struct search_plan *plan, const struct pane *crown) {
    if (!crown) {
        add_start(sheet, source, plan->rest);
        return;
    }
    add_crown_lesson(sheet, source, plan, crown);
    add_newest_rows(sheet, source, plan, crown);
}
