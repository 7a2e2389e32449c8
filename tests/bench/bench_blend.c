/* bench_blend: a frame of a fade against memcpy, 1920 x 1080; milliseconds, median of many. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/time.h"
#include "display/blend_rows.h"
#include "display/buffer.h"

#define ROUNDS 201

static int by_size(const void *a, const void *b) {
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static void copy(struct buffer *to, const struct buffer *a, const struct buffer *b, int round) {
    (void)b;
    (void)round;
    memcpy(to->pixels, a->pixels, buffer_bytes(to));
}

static void blend(struct buffer *to, const struct buffer *a, const struct buffer *b, int round) {
    blend_rows(to->pixels, a->pixels, b->pixels, buffer_bytes(to) / 4, (unsigned)round);
}

static double median_ms(void (*work)(struct buffer *, const struct buffer *, const struct buffer *,
                                     int),
                        struct buffer *const buffers[3]) {
    int64_t taken[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
        int64_t start = time_monotonic_us();
        work(buffers[0], buffers[1], buffers[2], i);
        taken[i] = time_monotonic_us() - start;
    }
    qsort(taken, ROUNDS, sizeof(*taken), by_size);
    return (double)taken[ROUNDS / 2] / 1000;
}

int main(void) {
    struct buffer *buffers[3];
    for (int i = 0; i < 3; i++) {
        buffers[i] = buffer_create(1920, 1080);
        if (!buffers[i])
            return 1;
        memset(buffers[i]->pixels, i * 77, buffer_bytes(buffers[i]));
    }
    printf("memcpy      %.2f ms\n", median_ms(copy, buffers));
    printf("blend_rows  %.2f ms\n", median_ms(blend, buffers));
    for (int i = 0; i < 3; i++)
        buffer_destroy(buffers[i]);
    return 0;
}
