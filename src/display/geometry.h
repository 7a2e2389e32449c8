/* geometry.h: small values passed by value; pixels, y downwards, no SDL types */
#pragma once

#include <stdbool.h>
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

/* The part that two rectangles share; no width or no height: none. */
static inline struct rect rect_meet(struct rect a, struct rect b) {
    int left = a.x > b.x ? a.x : b.x, top = a.y > b.y ? a.y : b.y;
    int right = a.x + a.width < b.x + b.width ? a.x + a.width : b.x + b.width;
    int bottom = a.y + a.height < b.y + b.height ? a.y + a.height : b.y + b.height;
    return (struct rect){left, top, right > left ? right - left : 0,
                         bottom > top ? bottom - top : 0};
}

static inline bool rect_empty(struct rect rect) {
    return rect.width <= 0 || rect.height <= 0;
}
