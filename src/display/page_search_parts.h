/* page_search_parts.h: what the parts of the search share; private to page_search*.c
 *
 * Landscape: results at the left, at the right the field, words to pick and the keys; portrait: one
 * below the other, the keys at the foot. Within reach the field is in the crown, where the results
 * are seen too, and they are touched in a list beside the keys or above them. */
#pragma once

#include "display/keyboard.h"
#include "display/pages.h"
#include "library/search.h"

#define SEARCH_COLUMNS 2

struct search_plan {
    struct rect rest;  /* of the results, with what stands over them */
    struct rect field; /* on the screen; within reach: of the crown */
    struct rect clear; /* the key that empties it; without height: there is no room */
    struct rect words; /* one row or more; without height: there is no room */
    struct rect
        seen[2];  /* within reach: of the crown, for results that are only seen; else empty */
    int key, gap; /* height of a row of words, and the distance of keys */
    struct keyboard keyboard;
};

void search_plan_build(const struct sheet *sheet, struct search_plan *plan);

/* A row of a list: a hit, or a case that is offered as one (without an excerpt). */
struct search_row {
    const struct search_hit *hit; /* borrowed */
    bool brief;
    int number; /* by which the crown's is known in the list; 0: none */
    int height;
    struct layout *title, *origin, *excerpt; /* NULL: there is none, or no room */
    struct search_mark mark;                 /* in the one with the match */
};
/* brief: all in one line. The caller finishes it. */
void search_row_build(const struct sheet *sheet, const struct search_hit *hit, bool brief,
                      int number, int width, struct search_row *row);
/* `place` has the row's width and height. Takes the layouts over. */
void search_row_draw(const struct sheet *sheet, struct search_row *row, struct scene *scene,
                     struct rect place);
void search_row_finish(struct search_row *row); /* zeroed or drawn is fine */

/* What was typed with a cursor behind it, or what may be typed. */
void search_add_field(struct sheet *sheet, const struct pane *pane, struct rect within);
void search_add_keys(struct sheet *sheet, const struct search_plan *plan);
void search_add_clear(struct sheet *sheet, const struct search_plan *plan);
/* Words that stand for the letters typed; before anything is typed, schools. */
void search_add_words(struct sheet *sheet, const struct page_source *source,
                      const struct search_plan *plan);

/* Rows that lead to their cases, scrolled in `area`. */
void search_add_rows(struct sheet *sheet, const struct search_hits *hits, struct rect area);
/* Within reach: as many as there is room for in the crown, seen only. */
void search_add_seen(struct sheet *sheet, const struct pane *crown, const struct search_hits *hits,
                     const struct search_plan *plan);
/* Before anything is typed: how to, and the newest cases. crown: NULL, but within reach. */
void search_add_start(struct sheet *sheet, const struct page_source *source,
                      struct search_plan *plan, const struct pane *crown);
/* Where nothing is found: advice, what else can be done, and, but within reach, the newest cases.
 */
void search_add_none(struct sheet *sheet, const struct page_source *source, struct rect area,
                     enum word advice);

/* The newest cases as cards, below `top` of what scrolls in `area`; gives where they end. */
int search_add_newest(struct sheet *sheet, const struct page_source *source, struct rect area,
                      int top);

/* Parts side by side: how many of at least `least` u, that a finger hits, and each one's place. */
int search_parts_count(const struct sheet *sheet, int width, int least, int most);
struct rect search_part_place(const struct sheet *sheet, struct rect within, int part, int count);
/* A line as long as it is; size: u. */
struct layout *search_line_build(const struct sheet *sheet, const char *text, int size,
                                 enum text_weight weight);

/* The schools with the most cases, indices into the catalogue's; gives how many. */
size_t search_schools(const struct catalogue *catalogue, size_t *schools, size_t most);
