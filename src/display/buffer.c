#include "display/buffer.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/log.h"
#include "base/memory.h"

/* Larger than any screen (size_parse) and any rendition; keeps products far from overflow. */
#define MAX_SIDE   32768
/* Rows start at multiples of 64 bytes: a cache line, and what the vector loops like. */
#define ROW_PIXELS 16
/* Pixels of a block turned at once: source and target rows of it stay in the first cache. */
#define TURN_BLOCK 32

/* The one value that all threads share: ids must differ across them. */
static atomic_uint_least64_t last_id;

/* Pixels are mapped, not taken from the heap: they come zeroed and aligned, and go back to the
 * system when a slide is over instead of staying in the heap for years. All pages at once, since
 * all will be written: a fault for each would take twice the time. */
struct buffer *buffer_create(int width, int height) {
    if (width <= 0 || height <= 0 || width > MAX_SIDE || height > MAX_SIDE) {
        log_error("buffer: %d x %d is not a size", width, height);
        return NULL;
    }
    int stride = (width + ROW_PIXELS - 1) / ROW_PIXELS * ROW_PIXELS;
    size_t bytes = (size_t)stride * (size_t)height * sizeof(uint32_t);
    void *pixels = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (pixels == MAP_FAILED) {
        log_error("buffer: no memory for %d x %d: %s", width, height, strerror(errno));
        return NULL;
    }
    struct buffer *buffer = xmalloc(sizeof(*buffer));
    *buffer = (struct buffer){
        .width = width,
        .height = height,
        .stride = stride,
        .pixels = pixels,
        .id = atomic_fetch_add(&last_id, 1) + 1,
    };
    return buffer;
}

void buffer_destroy(struct buffer *buffer) {
    if (!buffer)
        return;
    munmap(buffer->pixels, buffer_bytes(buffer));
    free(buffer);
}

size_t buffer_bytes(const struct buffer *buffer) {
    return (size_t)buffer->stride * (size_t)buffer->height * sizeof(uint32_t);
}

static int smaller(int a, int b) {
    return a < b ? a : b;
}

/* One block of the source, from (x0, y0), to its place in a quarter turn. */
static void turn_block(const struct buffer *from, struct buffer *to, int x0, int y0,
                       bool clockwise) {
    int x1 = smaller(x0 + TURN_BLOCK, from->width), y1 = smaller(y0 + TURN_BLOCK, from->height);
    for (int x = x0; x < x1; x++) {
        int row = clockwise ? x : from->width - 1 - x;
        uint32_t *target = to->pixels + (size_t)row * (size_t)to->stride;
        for (int y = y0; y < y1; y++) {
            int column = clockwise ? from->height - 1 - y : y;
            target[column] = from->pixels[(size_t)y * (size_t)from->stride + (size_t)x];
        }
    }
}

static void turn_quarter(const struct buffer *from, struct buffer *to, bool clockwise) {
    for (int y = 0; y < from->height; y += TURN_BLOCK)
        for (int x = 0; x < from->width; x += TURN_BLOCK)
            turn_block(from, to, x, y, clockwise);
}

static void turn_half(const struct buffer *from, struct buffer *to) {
    for (int y = 0; y < from->height; y++) {
        const uint32_t *source = from->pixels + (size_t)y * (size_t)from->stride;
        uint32_t *target = to->pixels + (size_t)(from->height - 1 - y) * (size_t)to->stride;
        for (int x = 0; x < from->width; x++)
            target[from->width - 1 - x] = source[x];
    }
}

static bool is_quarter(enum rotation rotation) {
    return rotation == ROTATE_90 || rotation == ROTATE_270;
}

void buffer_rotate_into(struct buffer *to, const struct buffer *from, enum rotation rotation) {
    to->translucent = from->translucent;
    to->turned = (enum rotation)(((int)from->turned + (int)rotation) % 4);
    if (is_quarter(rotation))
        turn_quarter(from, to, rotation == ROTATE_90);
    else if (rotation == ROTATE_180)
        turn_half(from, to);
    else
        memcpy(to->pixels, from->pixels, buffer_bytes(from));
}

struct buffer *buffer_rotate(const struct buffer *from, enum rotation rotation) {
    struct buffer *to = is_quarter(rotation) ? buffer_create(from->height, from->width)
                                             : buffer_create(from->width, from->height);
    if (to)
        buffer_rotate_into(to, from, rotation);
    return to;
}

void buffer_renew(struct buffer *buffer) {
    buffer->id = atomic_fetch_add(&last_id, 1) + 1;
}
