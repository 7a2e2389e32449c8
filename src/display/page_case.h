/* page_case.h: the parts of a case's page; private to page_case*.c
 *
 * Each is built with the page's sheet; where a scene may be NULL, it is only measured. */
#pragma once

#include "display/column.h"
#include "display/kin.h"
#include "display/pages.h"

struct case_page {
    struct sheet *sheet;
    const struct slide_stage *stage; /* the sheet's */
    const struct case_record *record;
    struct kin kin;
    struct slide_code code; /* of the phone */
};

/* What is set in one colour for names and another for what is about them. */
struct inks {
    colour strong, weak;
};

/* ---- what says which case it is (page_case_head.c) */

/* The unit's badge and the phase's, in a row; gives its height. */
int case_add_badges(const struct case_page *page, struct scene *scene, struct point at, int width);
/* Whole, whatever it takes; the caller's. */
struct layout *case_title(const struct case_page *page, int width);
/* Where it comes from, of what day, and until when it is shown; gives the height. */
int case_add_origin(const struct case_page *page, struct scene *scene, struct point at, int width,
                    struct inks inks);
/* All of this at the top of what scrolls; origin: with that. */
void case_add_head(const struct case_page *page, struct column *column, bool origin);
/* What a phone reads; moves nothing, and gives its size: 0, 0: there is none, or no room. */
struct size case_code_size(const struct case_page *page);
void case_add_code(struct case_page *page, struct scene *scene, struct point at);

/* The crown within reach: picture, badges, title, origin and code (page_case_crown.c). */
void case_add_crown(struct case_page *page);

/* ---- what is read (page_case_story.c) */

/* The summary, the text, and the pictures from the one numbered `first` between its paragraphs. */
void case_add_story(const struct case_page *page, struct column *column, size_t first);

/* ---- pictures (page_case_figures.c) */

/* Up to three pictures beside one another, with their captions. */
struct figures {
    size_t first, count;
    int height; /* pixels: of the pictures */
};
/* The next row from the picture numbered `first`; count 0: there are no more. */
struct figures case_figures(const struct case_page *page, const struct column *column,
                            size_t first);
void case_add_figures(const struct case_page *page, struct column *column,
                      const struct figures *row);
/* The first picture, or the unit's sign where there is none, filling the place. */
void case_add_cover(const struct case_page *page, const struct pane *pane, struct rect within,
                    bool touched);
/* The height, from `least` to `most`, at which the first picture fills the width. */
int case_cover_height(const struct case_page *page, int width, int least, int most);

/* ---- the ways on (page_case_ways.c) */

/* Ways to the cases before and behind it; there are none where it stands alone. */
bool case_has_neighbours(const struct case_page *page);
void case_add_neighbours(const struct case_page *page, struct rect place);
void case_add_related(const struct case_page *page, struct column *column);
