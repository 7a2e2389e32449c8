/* resample.h: pictures to another size, by two passes of a filter; pure arithmetic
 *
 * Rows are worked on as floats, four a pixel (the bytes of 0xAARRGGBB as they lie in memory).
 * pixman's filters take five to ten times as long. Any thread, one at a time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "display/geometry.h"

/* How the filter looks: CUBIC keeps edges crisp (Catmull-Rom), LINEAR never overshoots, SPLINE is
 * as smooth as can be (cubic B-spline, which blurs). All widen when shrinking, so nothing aliases.
 */
enum filter { FILTER_LINEAR, FILTER_CUBIC, FILTER_SPLINE };

/* One direction: each place is the sum of `taps` source positions from start[i], weighted. */
struct resample_axis {
    int count, taps;
    int *start;    /* owned */
    float *weight; /* owned; count * taps */
};

struct resampler {
    struct resample_axis x, y;
    int left, width; /* the columns of the source that are needed */
    float *line;     /* owned: one row of the source's width, gathered from several */
    float *row;      /* owned: the result of the last call */
};

/* Part `source` of a picture is scaled to the size of `place`; only `visible` (a part of place)
 * is worked out. False: no memory (reported). */
bool resampler_init(struct resampler *resampler, struct rect source, struct rect place,
                    struct rect visible, enum filter filter);
void resampler_finish(struct resampler *resampler);

/* Row y of visible, from 0; pixels are the picture's first, stride in pixels. */
const float *resampler_row(struct resampler *resampler, const uint32_t *pixels, size_t stride,
                           int y);
const float *resampler_row_float(struct resampler *resampler, const float *pixels, size_t stride,
                                 int y);

/* Rounds count pixels to bytes. */
void resample_store(uint32_t *to, const float *row, size_t count);
