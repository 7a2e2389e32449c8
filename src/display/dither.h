/* dither.h: the threshold of each pixel where smooth things become 256 steps
 *
 * Bayer's ordered pattern of 8 x 8: no noise from frame to frame, and at one step of 256 not seen,
 * where plain rounding leaves bands on dark grounds. */
#pragma once

#include <stdint.h>

#define DITHER_SIDE   8
/* Values of a row of the pattern, four bytes a pixel. */
#define DITHER_VALUES (DITHER_SIDE * 4)

/* The threshold at (x, y), 0 … 63: the bits of x ^ y and y, interleaved and reversed. */
static inline int dither_threshold(int x, int y) {
    int mixed = x ^ y;
    return (mixed & 1) << 5 | (y & 1) << 4 | (mixed & 2) << 2 | (y & 2) << 1 | (mixed & 4) >> 1 |
           (y & 4) >> 2;
}
