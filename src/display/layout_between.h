/* layout_between.h: what stands between two cells, and may a line end there; inside layout only */
#pragma once

#include "display/layout_cells.h"

/* How a cell follows the one before. */
struct meeting {
    const char *text;
    int size;        /* pixels per em */
    int typed;       /* pixels of white space between them */
    bool typed_wide; /* there is U+3000 in it */
    size_t index;    /* of the left one in the paragraph, whose cells stand in a row */
    bool icu;        /* UAX #14 allows a break */
};

/* Sets the space behind the left cell and its rank. */
void cells_meet(struct cell *left, const struct cell *right, const struct meeting *meeting);
