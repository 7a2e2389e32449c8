/* story_plan.h: where the text and the pictures of a story slide lie; pure
 *
 * Several compositions, chosen by the number, the shapes and the order of the pictures and the
 * length of the text: among those in which no picture loses more than the theme allows, so that
 * cases in a row do not look alike and the same case always looks the same. */
#pragma once

#include "display/slide_parts.h"

enum story_area {
    STORY_QUOTE, /* few words, large, on the unit's colour */
    STORY_PLAIN, /* text alone */
    STORY_RIGHT, /* pictures fill the right side up to the edges */
    STORY_LEFT,
    STORY_TOP, /* pictures fill the upper part up to the edges */
    STORY_BOTTOM,
    STORY_INSET, /* the title over all, pictures below it beside the text, within the margins */
    STORY_ROW    /* text above, pictures in a row at the foot, within the margins */
};

struct story_plan {
    enum story_area area;
    struct rect text;    /* from the badge to the foot, pixels */
    struct rect picture; /* empty: none */
    size_t count;        /* pictures in it, of the slide's first */
    struct rect code;    /* where a code may lie, at its lower right */
    int heading;         /* width of the case's title, pixels */
    bool lead_only;      /* the text under the lead is left out */
};

/* code: pixels that are wanted for one; 0, 0: none. */
struct story_plan story_plan_build(const struct slide_stage *stage,
                                   const struct case_record *record, const struct slide *slide,
                                   struct size code);
/* How the plan's pictures share its place. */
void story_plan_cells(const struct slide_stage *stage, const struct case_record *record,
                      const struct slide *slide, const struct story_plan *plan, struct rect *cells);
/* The case's title at the head of a story; the caller's. */
struct layout *story_heading(const struct slide_stage *stage, const struct case_record *record,
                             int width);
