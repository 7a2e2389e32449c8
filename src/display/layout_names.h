/* layout_names.h: names in one face, and in one line; inside layout only */
#pragma once

#include "display/layout_cells.h"

/* A name in Han of which the first face lacks a character is set whole in the first face that has
 * all of it; where none has, character by character. What a name is, see layout_names.c. */
void names_unify(struct cell_maker *maker, struct cells *cells);
/* Marks where the style's names stand: cell.joined. */
void names_join(const struct cell_maker *maker, struct cells *cells);
