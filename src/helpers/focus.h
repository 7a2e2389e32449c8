/* focus.h: where in a picture the eye goes; only inside the jail */
#pragma once

#include <vips/vips.h>

struct focus {
    int x, y; /* thousandths of width and height, 0 to 1000 */
};

/* By libvips' attention (edges, skin, saturated colours), of a small picture in memory: a thumbnail
 * takes 10 ms and gives the same as the whole. FOCUS_X and FOCUS_Y where it finds nothing. */
struct focus focus_find(VipsImage *small);
