/* layout_adjust.h: the spaces of a line, squeezed or stretched; inside layout only */
#pragma once

#include "display/layout_cells.h"

/* Pixels that a line's last mark takes outside of room; 0: it does not hang. */
int hanging_width(const struct cell *cells, size_t count, int room);
/* The spaces behind each of a line's cells, as they are set in room pixels, into spaces; the one
 * behind the last is not part of the line. Gives the line's width. last: of its paragraph. */
int adjust_spaces(const struct cell *cells, size_t count, const struct text_style *style, int room,
                  bool last, int *spaces);
