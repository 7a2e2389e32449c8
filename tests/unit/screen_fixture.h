/* screen_fixture.h: known pictures, and what lies in the memory of the virtual screen
 *
 * For programs run by tests/xvfb.sh, which says where that memory is; after cmocka.h. */
#pragma once

#include <arpa/inet.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/fs.h"
#include "base/option.h"
#include "display/buffer.h"

/* How long a frame may take from OpenGL to the X server. */
#define PATIENCE_MS      3000
/* A 4K screen. */
#define MAX_SCREEN_BYTES (64u << 20)

static inline uint32_t at(const struct buffer *buffer, int x, int y) {
    return buffer->pixels[(size_t)y * (size_t)buffer->stride + (size_t)x];
}

/* ---- the screen, as an X window dump (XWDFile.h) */

enum {
    XWD_HEADER_SIZE = 0,
    XWD_WIDTH = 4,
    XWD_HEIGHT = 5,
    XWD_BITS = 11,
    XWD_LINE = 12,
    XWD_COLORS = 19,
    XWD_WORDS = 25,
    XWD_COLOR_BYTES = 12
};

struct screen {
    char *data;
    const unsigned char *pixels;
    int width, height, bits;
    size_t line;
};

static inline uint32_t word(const char *data, int index) {
    uint32_t value;
    memcpy(&value, data + (size_t)index * 4, 4);
    return ntohl(value);
}

static inline struct screen read_screen(void) {
    struct screen screen = {0};
    size_t size = 0;
    assert_true(fs_read(getenv("XVFB_PIXELS"), MAX_SCREEN_BYTES, &screen.data, &size));
    assert_true(size > XWD_WORDS * 4);
    const char *data = screen.data;
    screen.width = (int)word(data, XWD_WIDTH);
    screen.height = (int)word(data, XWD_HEIGHT);
    screen.bits = (int)word(data, XWD_BITS);
    screen.line = word(data, XWD_LINE);
    screen.pixels = (const unsigned char *)data + word(data, XWD_HEADER_SIZE) +
                    (size_t)word(data, XWD_COLORS) * XWD_COLOR_BYTES;
    assert_true(screen.pixels - (const unsigned char *)data +
                    (ptrdiff_t)(screen.line * (size_t)screen.height) <=
                (ptrdiff_t)size);
    return screen;
}

static inline uint32_t screen_at(const struct screen *screen, int x, int y) {
    const unsigned char *row = screen->pixels + (size_t)y * screen->line;
    if (screen->bits == 32) {
        uint32_t value;
        memcpy(&value, row + (size_t)x * 4, 4);
        return value & 0xFFFFFF;
    }
    uint16_t value;
    memcpy(&value, row + (size_t)x * 2, 2);
    uint32_t red = value >> 11, green = value >> 5 & 63, blue = value & 31;
    return (red << 3 | red >> 2) << 16 | (green << 2 | green >> 4) << 8 | (blue << 3 | blue >> 2);
}

/* ---- what is shown */

static inline struct buffer *pattern(int width, int height, uint32_t seed) {
    struct buffer *buffer = buffer_create(width, height);
    assert_non_null(buffer);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            uint32_t value = (uint32_t)(x * 7919 + y * 104729) * 2654435761u + seed * 40503u;
            buffer->pixels[(size_t)y * (size_t)buffer->stride + (size_t)x] =
                0xFF000000u | value >> 8;
        }
    return buffer;
}

/* Everywhere the alpha is another, and nothing is brighter than that. */
static inline struct buffer *translucent_pattern(int width, int height) {
    struct buffer *buffer = pattern(width, height, 9);
    buffer->translucent = true;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            uint32_t *pixel = &buffer->pixels[(size_t)y * (size_t)buffer->stride + (size_t)x];
            uint32_t alpha = (uint32_t)(x * 5 + y * 3) % 256, value = *pixel;
            *pixel = alpha << 24;
            for (int shift = 0; shift < 24; shift += 8)
                *pixel |= (value >> shift & 255) * alpha / 255 << shift;
        }
    return buffer;
}

/* ---- what is ideal, and how far the screen may be from it */

static inline uint32_t mixed(uint32_t below, uint32_t above, int alpha) {
    uint32_t result = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int a = (int)(below >> shift & 255), b = (int)(above >> shift & 255);
        result |= (uint32_t)((a * (256 - alpha) + b * alpha + 128) / 256) << shift;
    }
    return result;
}

static inline uint32_t laid_over(uint32_t below, uint32_t above, int alpha) {
    uint32_t result = 0;
    double keep = 1 - (above >> 24) / 255.0 * alpha / 256;
    for (int shift = 0; shift < 24; shift += 8)
        result |=
            (uint32_t)((above >> shift & 255) * alpha / 256.0 + (below >> shift & 255) * keep + 0.5)
            << shift;
    return result;
}

/* Bilinear, the edge's pixels going on beyond it. */
static inline double sample(const struct buffer *photo, double x, double y, int shift) {
    double sum = 0;
    int left = (int)floor(x - 0.5), top = (int)floor(y - 0.5);
    for (int i = 0; i < 4; i++) {
        int column = left + i % 2, row = top + i / 2;
        double share = (1 - fabs(x - 0.5 - column)) * (1 - fabs(y - 0.5 - row));
        column = column < 0 ? 0 : column >= photo->width ? photo->width - 1 : column;
        row = row < 0 ? 0 : row >= photo->height ? photo->height - 1 : row;
        sum += share * (at(photo, column, row) >> shift & 255);
    }
    return sum;
}

static inline bool near(uint32_t a, uint32_t b, int tolerance) {
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > tolerance)
            return false;
    return true;
}

/* Where a pixel of the upright picture is seen. */
static inline struct point turned_point(enum rotation rotation, struct size upright, int x, int y) {
    int right = upright.width - 1, bottom = upright.height - 1;
    const struct point points[] = {
        {x, y}, {bottom - y, x}, {right - x, bottom - y}, {y, right - x}};
    return points[rotation];
}

/* ---- the test's surroundings */

static inline void need_screen(int most_bits) {
    if (!getenv("DISPLAY") || !getenv("XVFB_PIXELS")) {
        puts("SKIP: no virtual screen (run by tests/xvfb.sh)");
        skip();
    }
    struct screen screen = read_screen();
    int bits = screen.bits;
    free(screen.data);
    if (bits < most_bits) {
        puts("SKIP: a screen of 16 bits is for the surface only");
        skip();
    }
}

static inline void pause_ms(int ms) {
    nanosleep(&(struct timespec){0, ms * 1000000L}, NULL);
}
