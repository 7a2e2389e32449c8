/* flatness.h: was a picture drawn (a poster, a slide, a screenshot) or photographed?
 *
 * Pure. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "helpers/shrink.h"

/* Rows of three bytes a pixel, without gaps. False also when there is no memory, and for pictures
 * too small to tell. */
bool flatness_is_drawn(const uint8_t *pixels, struct extent size);
