/* column.h: what scrolls on a page, set from its top downwards, in tiles that are soon drawn
 *
 * The page's thread. Nothing is higher than what is seen of the column at once: a text of twenty
 * thousand characters needs no large buffer. */
#pragma once

#include "display/sheet.h"

struct column {
    struct sheet *sheet;
    int x, width; /* pixels of the screen */
    int view;     /* height of what is seen of it at once */
    int y;        /* down to where it is filled, from the top of what scrolls */
};

void column_skip(struct column *column, int pixels);
/* Of the column's width, below what is there. */
struct pane column_add_pane(struct column *column, int height);
/* Takes the layout over, and parts it at the ends of lines; `inset` pixels from the left. mark: of
 * the line that stands before it; 0: there is none. */
void column_add_text(struct column *column, struct layout *layout, int inset, colour ink,
                     colour mark);
