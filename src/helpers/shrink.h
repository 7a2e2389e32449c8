/* shrink.h: pixels to a smaller size, by two passes of a cubic filter; pure arithmetic
 *
 * libvips is only fast at this with code that it makes while running, which the jail forbids:
 * without it 12 megapixels to 5 take 200 ms, here 40. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

struct extent {
    int width, height; /* pixels, at least 1 */
};

/* Rows of `bands` (1 to 4) bytes a pixel, without gaps. False: no memory. */
bool shrink_pixels(const uint8_t *from, struct extent size, int bands, uint8_t *to,
                   struct extent wanted);
