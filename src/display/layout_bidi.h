/* layout_bidi.h: text that runs from right to left (UAX #9), by ICU; inside layout only */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "display/layout_cells.h"

/* A paragraph without any such character runs from left to right. */
bool bidi_concerns(uint32_t c);
/* What is drawn for a character at an odd level (rule L4); mostly the character itself. */
uint32_t bidi_mirror(uint32_t c);
/* Some of a line's cells run from right to left. */
bool bidi_needed(const struct cell *cells, size_t count);
/* A line's pieces from left to right (rule L2): 2 * i for cell i, 2 * i + 1 for the space behind
 * it. order has room for 2 * count - 1. */
void bidi_order(const struct cell *cells, size_t count, int32_t *order);
