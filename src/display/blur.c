#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "display/clones.h"
#include "display/dither.h"
#include "display/paint.h"
#include "display/resample.h"

/* Cells on the short side of the ground: at 1080 pixels a cell has 24. */
#define CELLS      45
/* Standard deviation of the blur, in cells; the kernel reaches three times as far. */
#define SIGMA      2.5
#define REACH      8
/* Calm enough for a picture to stand before it. */
#define SATURATION 0.85f
#define BRIGHTNESS 0.55f
/* What is left of that for white: bright pictures are held back more than dark ones. */
#define HIGHLIGHTS 0.75f

/* The picture in few, large cells: floats, four each, as in resample.h. */
struct grid {
    int width, height;
    float *cells; /* owned */
};

static int cells_along(int place, int shorter, int source) {
    int cells = (int)((int64_t)CELLS * place / shorter);
    cells = cells < source ? cells : source;
    return cells > 0 ? cells : 1;
}

static bool grid_init(struct grid *grid, struct rect place, struct rect source) {
    int shorter = place.width < place.height ? place.width : place.height;
    grid->width = cells_along(place.width, shorter, source.width);
    grid->height = cells_along(place.height, shorter, source.height);
    grid->cells = calloc((size_t)grid->width * (size_t)grid->height * 4, sizeof(float));
    if (!grid->cells)
        log_error("blur: no memory for %d x %d cells", grid->width, grid->height);
    return grid->cells;
}

static inline CLONE_BODY void add_bytes_body(uint32_t *sums, const uint8_t *from, size_t size) {
    for (size_t i = 0; i < size; i++)
        sums[i] += from[i];
}

CLONES(add_bytes, (uint32_t * sums, const uint8_t *from, size_t size), (sums, from, size))

/* Means of what the columns sum up to. */
static void finish_cells(struct grid *grid, int row, const uint32_t *sums, int width, int rows) {
    float *cell = grid->cells + (size_t)row * (size_t)grid->width * 4;
    for (int x = 0; x < grid->width; x++, cell += 4) {
        int from = (int)((int64_t)x * width / grid->width);
        int to = (int)((int64_t)(x + 1) * width / grid->width);
        for (int i = 0; i < 4; i++) {
            uint64_t sum = 0;
            for (int at = from; at < to; at++)
                sum += sums[at * 4 + i];
            cell[i] = (float)((double)sum / ((double)(to - from) * rows));
        }
    }
}

static bool shrink(struct grid *grid, const struct buffer *picture, struct rect source) {
    size_t size = (size_t)source.width * 4;
    uint32_t *sums = malloc(size * sizeof(*sums));
    if (!sums) {
        log_error("blur: no memory for a row of %d", source.width);
        return false;
    }
    for (int row = 0; row < grid->height; row++) {
        int from = (int)((int64_t)row * source.height / grid->height);
        int to = (int)((int64_t)(row + 1) * source.height / grid->height);
        memset(sums, 0, size * sizeof(*sums));
        for (int y = from; y < to; y++)
            add_bytes(sums,
                      (const uint8_t *)(picture->pixels +
                                        (size_t)(source.y + y) * (size_t)picture->stride +
                                        source.x),
                      size);
        finish_cells(grid, row, sums, source.width, to - from);
    }
    free(sums);
    return true;
}

static void make_kernel(float kernel[2 * REACH + 1]) {
    double sum = 0;
    for (int i = -REACH; i <= REACH; i++)
        sum += exp(-i * i / (2 * SIGMA * SIGMA));
    for (int i = -REACH; i <= REACH; i++)
        kernel[i + REACH] = (float)(exp(-i * i / (2 * SIGMA * SIGMA)) / sum);
}

/* One line of cells, `step` floats from cell to cell; beyond its ends it goes on as it ends. */
static void smooth_line(float *cells, float *copy, int count, size_t step, const float *kernel) {
    for (int at = 0; at < count; at++)
        memcpy(copy + (size_t)at * 4, cells + (size_t)at * step, 4 * sizeof(float));
    for (int at = 0; at < count; at++) {
        float *cell = cells + (size_t)at * step;
        memset(cell, 0, 4 * sizeof(float));
        for (int i = -REACH; i <= REACH; i++) {
            int from = at + i < 0 ? 0 : at + i >= count ? count - 1 : at + i;
            for (int part = 0; part < 4; part++)
                cell[part] += copy[from * 4 + part] * kernel[i + REACH];
        }
    }
}

static bool smooth(struct grid *grid) {
    int longer = grid->width > grid->height ? grid->width : grid->height;
    float *copy = malloc((size_t)longer * 4 * sizeof(*copy));
    if (!copy) {
        log_error("blur: no memory for a line of %d", longer);
        return false;
    }
    float kernel[2 * REACH + 1];
    make_kernel(kernel);
    size_t row = (size_t)grid->width * 4;
    for (int y = 0; y < grid->height; y++)
        smooth_line(grid->cells + (size_t)y * row, copy, grid->width, 4, kernel);
    for (int x = 0; x < grid->width; x++)
        smooth_line(grid->cells + (size_t)x * 4, copy, grid->height, row, kernel);
    free(copy);
    return true;
}

/* Parts of a cell are blue, green, red; luma after ITU-R BT.601. */
static void grade(struct grid *grid) {
    for (size_t i = 0; i < (size_t)grid->width * (size_t)grid->height; i++) {
        float *cell = grid->cells + i * 4;
        float luma = 0.114f * cell[0] + 0.587f * cell[1] + 0.299f * cell[2];
        float light = BRIGHTNESS * (1 - (1 - HIGHLIGHTS) * luma / 255);
        for (int part = 0; part < 3; part++)
            cell[part] = (luma + (cell[part] - luma) * SATURATION) * light;
        cell[3] = 255;
    }
}

static inline CLONE_BODY void store_dithered_body(uint8_t *to, const float *row,
                                                  const float *dither, size_t size) {
    for (size_t at = 0; at < size; at += DITHER_VALUES) {
        size_t n = size - at < DITHER_VALUES ? size - at : DITHER_VALUES;
        for (size_t i = 0; i < n; i++) {
            float value = row[at + i] + dither[i];
            value = value < 255 ? value : 255;
            to[at + i] = (uint8_t)(int32_t)value;
        }
    }
}

CLONES(store_dithered, (uint8_t * to, const float *row, const float *dither, size_t size),
       (to, row, dither, size))

/* A cubic spline through the cells has no edges that the eye could find. */
static bool enlarge(const struct grid *grid, struct buffer *to, struct rect place,
                    struct rect visible) {
    struct rect all = {0, 0, grid->width, grid->height};
    struct resampler resampler;
    if (!resampler_init(&resampler, all, place, visible, FILTER_SPLINE))
        return false;
    for (int y = 0; y < visible.height; y++) {
        float dither[DITHER_VALUES];
        for (int i = 0; i < DITHER_VALUES; i++)
            dither[i] = ((float)dither_threshold(i / 4, y) + 0.5f) / 64;
        uint32_t *row =
            to->pixels + (size_t)(visible.y + y) * (size_t)to->stride + (size_t)visible.x;
        store_dithered((uint8_t *)row,
                       resampler_row_float(&resampler, grid->cells, (size_t)grid->width, y), dither,
                       (size_t)visible.width * 4);
    }
    resampler_finish(&resampler);
    return true;
}

bool paint_blurred(struct buffer *to, struct rect place, const struct buffer *picture,
                   struct rect source) {
    struct rect visible = rect_meet(place, (struct rect){0, 0, to->width, to->height});
    source = rect_meet(source, (struct rect){0, 0, picture->width, picture->height});
    if (rect_empty(source)) {
        log_error("blur: the part to be shown lies outside of the picture");
        return false;
    }
    if (rect_empty(visible))
        return true;
    struct grid grid;
    if (!grid_init(&grid, place, source))
        return false;
    bool done = shrink(&grid, picture, source) && smooth(&grid);
    if (done) {
        grade(&grid);
        done = enlarge(&grid, to, place, visible);
    }
    free(grid.cells);
    return done;
}
