/* geometry.h: small values passed by value; pixels, y downwards, no SDL types */
#pragma once

#include <stdint.h>

struct point {
    int x, y;
};

struct rect {
    int x, y, width, height;
};

/* 0xAARRGGBB, not premultiplied. */
typedef uint32_t colour;

/* Clockwise turns of the picture on the panel. */
enum rotation { ROTATE_0, ROTATE_90, ROTATE_180, ROTATE_270 };

static inline colour colour_with_alpha(colour c, int alpha) {
    return (c & 0xFFFFFFu) | (uint32_t)alpha << 24;
}
