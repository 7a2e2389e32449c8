/* mosaic.h: one to four pictures side by side, cropped least; pure
 *
 * Every way of cutting the place in two again and again (guillotine partitions), in the order of
 * the pictures, is tried; parts are as wide or high as their pictures' shapes ask for. */
#pragma once

#include <stddef.h>

#include "display/geometry.h"

#define MOSAIC_MAX 4

struct mosaic {
    struct rect place;
    int gap;          /* between cells, pixels */
    int strip;        /* at the foot of every cell, kept free for a caption */
    int crop_percent; /* a picture that would lose more is shown whole instead, which looks poor */
};

/* ratios: width / height of each picture. Fills cells (without their strips). count is 1 to
 * MOSAIC_MAX. */
void mosaic_build(const struct mosaic *mosaic, const double *ratios, size_t count,
                  struct rect *cells);
