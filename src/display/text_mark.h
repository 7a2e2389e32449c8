/* text_mark.h: where a part of a text that was laid out stands; pure */
#pragma once

#include <stddef.h>

#include "display/geometry.h"
#include "display/layout.h"

/* The boxes of the bytes start … end of layout->text, an em high, from the left top corner of the
 * layout's block; one a line, more where its parts stand apart (UAX #9). Gives how many; more than
 * `most` are left out. What was cut off has none: 0. metrics: those that it was laid out with. */
size_t text_mark_build(const struct text_metrics *metrics, const struct layout *layout,
                       size_t start, size_t end, struct rect *boxes, size_t most);
