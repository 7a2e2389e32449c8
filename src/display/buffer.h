/* buffer.h: pixels in memory
 *
 * 32 bits a pixel, 0xAARRGGBB in native order, premultiplied where alpha is used (pixman's
 * a8r8g8b8); a full-screen buffer has alpha 255 everywhere. Rows are 64-byte aligned. Made by one
 * thread and handed over whole: at any time one thread owns a buffer. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "display/geometry.h"

struct buffer {
    int width, height;    /* pixels */
    int stride;           /* pixels from row to row, >= width, a multiple of 16 */
    uint32_t *pixels;     /* owned */
    uint64_t id;          /* never used twice in a process: what textures are cached by */
    bool translucent;     /* alpha counts: it is below 255 somewhere */
    enum rotation turned; /* clockwise, to fit a panel */
};

/* NULL: no memory (reported). Pixels are zero. */
struct buffer *buffer_create(int width, int height);
void buffer_destroy(struct buffer *buffer); /* NULL is fine */
size_t buffer_bytes(const struct buffer *buffer);
/* The buffer turned clockwise into a new one. */
struct buffer *buffer_rotate(const struct buffer *from, enum rotation rotation);
/* The same into one that is there, of the turned size. */
void buffer_rotate_into(struct buffer *to, const struct buffer *from, enum rotation rotation);
/* Its pixels are others now: it gets a new id. */
void buffer_renew(struct buffer *buffer);
