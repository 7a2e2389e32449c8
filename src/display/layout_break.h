/* layout_break.h: where the lines of a paragraph end; inside layout only */
#pragma once

#include "display/layout_cells.h"

/* Cells behind the last of each line into ends, which has room for one a cell. Gives the number of
 * lines. indent: pixels taken from the first line. */
size_t break_lines(const struct cells *cells, const struct text_style *style, int measure,
                   int indent, size_t *ends);
