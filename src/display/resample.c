#include "display/resample.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "display/clones.h"

/* Floats gathered at a time: stays in the first cache, and a multiple of every vector. */
#define CHUNK 1024

typedef float float4 __attribute__((vector_size(16), aligned(4), may_alias));

static double filter_radius(enum filter filter) {
    return filter == FILTER_LINEAR ? 1 : 2;
}

/* Both cubics are from the family of Mitchell and Netravali, 1988. */
static double filter_weight(enum filter filter, double x) {
    x = fabs(x);
    if (x >= filter_radius(filter))
        return 0;
    if (filter == FILTER_LINEAR)
        return 1 - x;
    if (filter == FILTER_CUBIC)
        return x < 1 ? 1 + x * x * (1.5 * x - 2.5) : 2 + x * (-4 + x * (2.5 - 0.5 * x));
    return x < 1 ? 2.0 / 3 + x * x * (0.5 * x - 1) : (2 - x) * (2 - x) * (2 - x) / 6;
}

struct span {
    int start, size;
};

/* Weights of one place, which is `centre` in the source. What the filter would take from beyond
 * the edge is taken from the edge. */
static void weigh(struct resample_axis *axis, int i, struct span source, double centre,
                  double widening, enum filter filter) {
    int taps = (int)ceil(2 * filter_radius(filter) * widening);
    int first = (int)floor(centre - filter_radius(filter) * widening - 0.5) + 1;
    int end = source.start + source.size;
    int start = first < end - axis->taps ? first : end - axis->taps;
    if (start < source.start)
        start = source.start;
    float *weight = axis->weight + (size_t)i * (size_t)axis->taps;
    double sum = 0;
    for (int pass = 0; pass < 2; pass++) { /* first the sum, then the shares of it */
        for (int t = first; t < first + taps; t++) {
            double share = filter_weight(filter, (t + 0.5 - centre) / widening);
            int at = t < source.start ? source.start : t >= end ? end - 1 : t;
            if (pass == 0)
                sum += share;
            else
                weight[at - start] += (float)(share / sum);
        }
    }
    axis->start[i] = start;
}

static bool axis_init(struct resample_axis *axis, struct span source, int place,
                      struct span visible, enum filter filter) {
    double scale = (double)source.size / place;
    double widening = scale > 1 ? scale : 1;
    int taps = (int)ceil(2 * filter_radius(filter) * widening);
    axis->taps = taps < source.size ? taps : source.size;
    axis->count = visible.size;
    axis->start = calloc((size_t)axis->count, sizeof(*axis->start));
    axis->weight = calloc((size_t)axis->count * (size_t)axis->taps, sizeof(*axis->weight));
    if (!axis->start || !axis->weight)
        return false;
    for (int i = 0; i < axis->count; i++)
        weigh(axis, i, source, source.start + (visible.start + i + 0.5) * scale, widening, filter);
    return true;
}

bool resampler_init(struct resampler *r, struct rect source, struct rect place, struct rect visible,
                    enum filter filter) {
    *r = (struct resampler){0};
    struct span columns = {visible.x - place.x, visible.width};
    struct span rows = {visible.y - place.y, visible.height};
    if (!axis_init(&r->x, (struct span){source.x, source.width}, place.width, columns, filter) ||
        !axis_init(&r->y, (struct span){source.y, source.height}, place.height, rows, filter))
        goto no_memory;
    r->left = r->x.start[0];
    r->width = r->x.start[r->x.count - 1] + r->x.taps - r->left;
    r->line = malloc((size_t)r->width * 4 * sizeof(float));
    r->row = malloc((size_t)r->x.count * 4 * sizeof(float));
    if (r->line && r->row)
        return true;
no_memory:
    log_error("resample: no memory for %d x %d", visible.width, visible.height);
    resampler_finish(r);
    return false;
}

void resampler_finish(struct resampler *r) {
    free(r->x.start);
    free(r->x.weight);
    free(r->y.start);
    free(r->y.weight);
    free(r->line);
    free(r->row);
    *r = (struct resampler){0};
}

/* The two sources differ only in their type. */
#define GATHER(name, type)                                                                         \
    static inline CLONE_BODY void name##_body(float *to, const type *from, size_t stride,          \
                                              const float *weight, int taps, size_t size) {        \
        float sum[CHUNK];                                                                          \
        for (size_t at = 0; at < size; at += CHUNK) {                                              \
            size_t n = size - at < CHUNK ? size - at : CHUNK;                                      \
            for (size_t i = 0; i < n; i++)                                                         \
                sum[i] = (float)from[at + i] * weight[0];                                          \
            for (int t = 1; t < taps; t++)                                                         \
                for (size_t i = 0; i < n; i++)                                                     \
                    sum[i] += (float)from[(size_t)t * stride + at + i] * weight[t];                \
            memcpy(to + at, sum, n * sizeof(float));                                               \
        }                                                                                          \
    }                                                                                              \
    CLONES(                                                                                        \
        name,                                                                                      \
        (float *to, const type *from, size_t stride, const float *weight, int taps, size_t size),  \
        (to, from, stride, weight, taps, size))

GATHER(gather_bytes, uint8_t)
GATHER(gather_floats, float)

static const float *across(struct resampler *r) {
    for (int i = 0; i < r->x.count; i++) {
        const float *from = r->line + (size_t)(r->x.start[i] - r->left) * 4;
        const float *weight = r->x.weight + (size_t)i * (size_t)r->x.taps;
        float4 sum = *(const float4 *)from * weight[0];
        for (int t = 1; t < r->x.taps; t++)
            sum += *(const float4 *)(from + (size_t)t * 4) * weight[t];
        *(float4 *)(r->row + (size_t)i * 4) = sum;
    }
    return r->row;
}

const float *resampler_row(struct resampler *r, const uint32_t *pixels, size_t stride, int y) {
    const uint32_t *from = pixels + (size_t)r->y.start[y] * stride + r->left;
    gather_bytes(r->line, (const uint8_t *)from, stride * 4,
                 r->y.weight + (size_t)y * (size_t)r->y.taps, r->y.taps, (size_t)r->width * 4);
    return across(r);
}

const float *resampler_row_float(struct resampler *r, const float *pixels, size_t stride, int y) {
    const float *from = pixels + ((size_t)r->y.start[y] * stride + (size_t)r->left) * 4;
    gather_floats(r->line, from, stride * 4, r->y.weight + (size_t)y * (size_t)r->y.taps, r->y.taps,
                  (size_t)r->width * 4);
    return across(r);
}

static inline CLONE_BODY void store_body(uint8_t *to, const float *row, size_t size) {
    for (size_t i = 0; i < size; i++) {
        float value = row[i] + 0.5f;
        value = value > 0 ? value : 0;
        value = value < 255 ? value : 255;
        to[i] = (uint8_t)(int32_t)value;
    }
}

CLONES(store, (uint8_t * to, const float *row, size_t size), (to, row, size))

void resample_store(uint32_t *to, const float *row, size_t count) {
    store((uint8_t *)to, row, count * 4);
}
