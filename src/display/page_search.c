/* The search: what was typed, the keys to type with, and what is found. */
#include <stdlib.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/page_search_parts.h"

#define MOST_HITS 60 /* nobody scrolls further: they type on */

/* u */
#define NOTE         30
#define RADIUS       16
#define CAPTION      60 /* as a heading of the other pages */
#define CAPTION_SIDE 30
#define CAPTION_GAP  24

/* ---- rows */

static void add_row(struct sheet *sheet, const struct search_hit *hit, int number,
                    struct rect *place) {
    struct search_row row;
    search_row_build(sheet, hit, sheet->manner.reach, number, place->width, &row);
    place->height = row.height;
    struct pane pane = sheet_add_pane(sheet, *place, true);
    struct rect within = {0, 0, place->width, place->height};
    search_row_draw(sheet, &row, pane.scene, within);
    bool desk = sheet->page.place.of_desk;
    struct place to = place_of(desk ? PLACE_SHELF_CASE : PLACE_CASE, hit->id);
    to.unit = hit->unit;
    sheet_add_target(sheet, &pane, within, slide_px(sheet->stage, RADIUS), action_go(to));
}

void search_add_rows(struct sheet *sheet, const struct search_hits *hits, struct rect area) {
    bool numbered = sheet->manner.reach; /* as they are in the crown */
    int gap = sheet_gap(sheet), high = slide_px(sheet->stage, NOTE) * 130 / 100;
    struct rect place = {area.x, 0, area.width, 0};
    for (size_t i = 0; i < hits->count; i++) {
        add_row(sheet, hits->items + i, numbered ? (int)i + 1 : 0, &place);
        place.y += place.height + gap;
    }
    if (hits->total > (int64_t)hits->count) {
        place.height = high;
        struct pane pane = sheet_add_pane(sheet, place, true);
        sheet_add_line(sheet, &pane, word_main(sheet->manner, WORD_SEARCH_MORE), NOTE,
                       WEIGHT_REGULAR, sheet->stage->theme->dim, (struct point){0, 0}, area.width);
        place.y += high + gap;
    }
    sheet_set_view(sheet, area, place.y);
}

/* From `first` on, as many as there is room for; gives the first that is not. */
static size_t add_column(struct sheet *sheet, const struct pane *crown,
                         const struct search_hits *hits, size_t first, struct rect within) {
    int gap = sheet_gap(sheet) / 2, y = 0;
    size_t i = first;
    for (bool fits = within.width > 0; fits && i < hits->count; i += fits) {
        struct search_row row;
        search_row_build(sheet, hits->items + i, false, (int)i + 1, within.width, &row);
        fits = y + row.height <= within.height;
        if (fits)
            search_row_draw(sheet, &row, crown->scene,
                            (struct rect){within.x, within.y + y, within.width, row.height});
        y += row.height + gap;
        search_row_finish(&row);
    }
    return i;
}

void search_add_seen(struct sheet *sheet, const struct pane *crown, const struct search_hits *hits,
                     const struct search_plan *plan) {
    size_t seen = 0;
    for (int i = 0; i < SEARCH_COLUMNS; i++)
        seen = add_column(sheet, crown, hits, seen, plan->seen[i]);
}

/* ---- the page */

static bool was_read(enum read_result result) {
    return result == READ_DONE || result == READ_MISSING;
}

/* What the page is called: how many there are, or why there are none. */
struct caption {
    char *main, *beside; /* owned */
};

static char *count_text(int64_t total, const char *noun) {
    const char *more = total >= SEARCH_COUNT_LIMIT ? "+" : "";
    return xasprintf("%lld%s %s", (long long)total, more, noun);
}

static struct caption caption_of(const struct sheet *sheet, enum read_result result,
                                 int64_t total) {
    struct manner manner = sheet->manner;
    const char *typed = sheet->page.place.text;
    bool read = was_read(result);
    enum word noun = total == 1 ? WORD_SEARCH_ONE : WORD_CASES;
    if (read && total)
        return (struct caption){count_text(total, word_main(manner, noun)),
                                manner.english ? xstrdup("") : count_text(total, word_en(noun))};
    enum word word = !*typed ? WORD_SEARCH : read ? WORD_SEARCH_NONE : WORD_SEARCH_LATER;
    return (struct caption){xstrdup(word_main(manner, word)), xstrdup(word_beside(manner, word))};
}

static int line_width(const struct sheet *sheet, const char *text, int size,
                      enum text_weight weight) {
    struct layout *layout = search_line_build(sheet, text, size, weight);
    int width = layout->widest;
    layout_destroy(layout);
    return width;
}

/* Nothing beside it rather than half of it. */
static void cut_beside(const struct sheet *sheet, struct caption *caption, int width) {
    int all = line_width(sheet, caption->main, CAPTION, WEIGHT_BOLD) +
              line_width(sheet, caption->beside, CAPTION_SIDE, WEIGHT_REGULAR) +
              slide_px(sheet->stage, CAPTION_GAP);
    if (all > width)
        caption->beside[0] = '\0';
}

/* The ground of the crown with the caption at its top and the field; the plan's place for what is
 * seen begins below the caption. */
static struct pane add_crown(struct sheet *sheet, struct search_plan *plan,
                             const struct caption *caption) {
    const struct slide_stage *stage = sheet->stage;
    struct rect place = sheet_crown(sheet), *seen = &plan->seen[0];
    struct pane pane = sheet_add_pane(sheet, place, false);
    scene_add_gradient(pane.scene, LAYER_GROUND, (struct rect){0, 0, place.width, place.height},
                       stage->theme->panel, stage->theme->ground, false);
    int high = slide_px(stage, CAPTION) * 130 / 100,
        low = slide_px(stage, CAPTION_SIDE) * 130 / 100;
    struct point at = {seen->x, seen->y};
    at.x += sheet_add_line(sheet, &pane, caption->main, CAPTION, WEIGHT_BOLD, stage->theme->text,
                           at, seen->width);
    at.x += slide_px(stage, CAPTION_GAP);
    at.y += high - low - low / 4;
    if (*caption->beside)
        sheet_add_line(sheet, &pane, caption->beside, CAPTION_SIDE, WEIGHT_REGULAR,
                       stage->theme->dim, at, seen->x + seen->width - at.x);
    int used = high + slide_px(stage, CAPTION_GAP) * 2 / 3;
    seen->y += used;
    seen->height -= used;
    search_add_field(sheet, &pane, plan->field);
    return pane;
}

static struct pane add_head(struct sheet *sheet, struct search_plan *plan,
                            struct caption *caption) {
    bool reach = sheet->manner.reach;
    if (reach || !slide_is_portrait(sheet->stage)) /* else it stands below */
        cut_beside(sheet, caption, reach ? plan->seen[0].width : plan->rest.width);
    if (reach)
        return add_crown(sheet, plan, caption);
    plan->rest = sheet_add_heading(sheet, plan->rest, caption->main, caption->beside);
    struct pane pane = sheet_add_pane(sheet, plan->field, false);
    search_add_field(sheet, &pane, (struct rect){0, 0, plan->field.width, plan->field.height});
    return pane;
}

static void add_results(struct sheet *sheet, const struct page_source *source,
                        struct search_plan *plan, const struct pane *head, enum read_result result,
                        const struct search_hits *hits) {
    bool reach = sheet->manner.reach;
    if (!*sheet->page.place.text)
        search_add_start(sheet, source, plan, reach ? head : NULL);
    else if (!hits->count)
        search_add_none(sheet, source, plan->rest,
                        was_read(result) ? WORD_SEARCH_ADVICE : WORD_SEARCH_AGAIN);
    else
        search_add_rows(sheet, hits, plan->rest);
    if (reach)
        search_add_seen(sheet, head, hits, plan);
}

void page_build_search(struct sheet *sheet, const struct page_source *source) {
    const char *typed = sheet->page.place.text;
    struct search_plan plan;
    struct search_hits hits = {0};
    enum read_result result =
        *typed ? search_find(source->search, typed, source->now_ms, MOST_HITS, &hits) : READ_DONE;
    struct caption caption = caption_of(sheet, result, hits.total);
    search_plan_build(sheet, &plan);
    struct pane head = add_head(sheet, &plan, &caption);
    add_results(sheet, source, &plan, &head, result, &hits);
    search_add_clear(sheet, &plan);
    search_add_words(sheet, source, &plan);
    search_add_keys(sheet, &plan);
    sheet_add_bar(sheet);
    free(caption.main);
    free(caption.beside);
    search_hits_finish(&hits);
}
