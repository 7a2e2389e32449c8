#include "helpers/shrink.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>

#define RADIUS 2    /* of the filter, in pixels of the result */
#define LANES  4    /* a pixel is worked on in a vector of this many */
#define CHUNK  1024 /* floats summed at a time: they stay in the first cache */

typedef float float4 __attribute__((vector_size(16), aligned(4), may_alias));

/* One direction: each place of the result is the sum of `taps` places of the source, weighted. */
struct axis {
    int count, taps;
    int *start;    /* owned */
    float *weight; /* owned; count * taps */
};

/* Catmull-Rom: edges stay crisp, with little ringing around letters. */
static double cubic(double x) {
    x = fabs(x);
    if (x >= RADIUS)
        return 0;
    return x < 1 ? 1 + x * x * (1.5 * x - 2.5) : 2 + x * (-4 + x * (2.5 - 0.5 * x));
}

/* The places that the filter would take from beyond the edge are left out. */
static void weigh(struct axis *axis, int i, int size, double centre, double scale) {
    double sum = 0;
    int start = (int)floor(centre - axis->taps / 2.0 + 0.5);
    start = start > size - axis->taps ? size - axis->taps : start;
    start = start < 0 ? 0 : start;
    float *weight = axis->weight + (size_t)i * (size_t)axis->taps;
    for (int t = 0; t < axis->taps; t++)
        sum += cubic((start + t + 0.5 - centre) / scale);
    for (int t = 0; t < axis->taps; t++)
        weight[t] = (float)(cubic((start + t + 0.5 - centre) / scale) / sum);
    axis->start[i] = start;
}

static bool axis_init(struct axis *axis, int size, int wanted) {
    double scale = size > wanted ? (double)size / wanted : 1;
    int taps = (int)ceil(2 * RADIUS * scale);
    *axis = (struct axis){.count = wanted, .taps = taps < size ? taps : size};
    axis->start = calloc((size_t)wanted, sizeof *axis->start);
    axis->weight = calloc((size_t)wanted * (size_t)axis->taps, sizeof *axis->weight);
    if (!axis->start || !axis->weight)
        return false;
    for (int i = 0; i < wanted; i++)
        weigh(axis, i, size, (i + 0.5) * size / wanted, scale);
    return true;
}

static void axis_finish(struct axis *axis) {
    free(axis->start);
    free(axis->weight);
}

/* Row i of the result, at the width of the source. */
static void gather(const struct axis *axis, int i, const uint8_t *from, size_t stride,
                   float *restrict to) {
    const float *weight = axis->weight + (size_t)i * (size_t)axis->taps;
    const uint8_t *first = from + (size_t)axis->start[i] * stride;
    for (size_t at = 0; at < stride; at += CHUNK) {
        size_t n = stride - at < CHUNK ? stride - at : CHUNK;
        for (size_t k = 0; k < n; k++)
            to[at + k] = (float)first[at + k] * weight[0];
        for (int t = 1; t < axis->taps; t++)
            for (size_t k = 0; k < n; k++)
                to[at + k] += (float)first[(size_t)t * stride + at + k] * weight[t];
    }
}

static uint8_t to_byte(float value) {
    value += 0.5F;
    return value < 0 ? 0 : value > 255 ? 255 : (uint8_t)value;
}

/* The vector also takes up to three floats of the next pixel, which are dropped. */
static void across(const struct axis *axis, int bands, const float *row, uint8_t *to) {
    for (int i = 0; i < axis->count; i++) {
        const float *from = row + (ptrdiff_t)axis->start[i] * bands;
        const float *weight = axis->weight + (size_t)i * (size_t)axis->taps;
        float4 sum = *(const float4 *)from * weight[0];
        for (int t = 1; t < axis->taps; t++)
            sum += *(const float4 *)(from + (ptrdiff_t)t * bands) * weight[t];
        for (int band = 0; band < bands; band++)
            *to++ = to_byte(sum[band]);
    }
}

bool shrink_pixels(const uint8_t *from, struct extent size, int bands, uint8_t *to,
                   struct extent wanted) {
    struct axis x = {0}, y = {0};
    size_t stride = (size_t)size.width * (size_t)bands;
    float *row = calloc(stride + LANES, sizeof *row);
    bool good =
        row && axis_init(&x, size.width, wanted.width) && axis_init(&y, size.height, wanted.height);
    for (int i = 0; good && i < wanted.height; i++) {
        gather(&y, i, from, stride, row);
        across(&x, bands, row, to + (size_t)i * (size_t)wanted.width * (size_t)bands);
    }
    axis_finish(&x);
    axis_finish(&y);
    free(row);
    return good;
}
