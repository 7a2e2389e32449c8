#include "display/mosaic.h"

#include <float.h>
#include <stdbool.h>

/* What makes one partition worse than another, in shares of a picture's area. */
#define COST_WHOLE  1.0 /* one that must be shown whole, with empty stripes beside it */
#define COST_UNEVEN 0.1 /* for each time the largest cell is larger than twice the smallest */

/* Number of partitions of n pictures: T(n) = 2 * sum of T(k) * T(n - k). */
static const int trees[MOSAIC_MAX + 1] = {0, 1, 2, 8, 40};

struct cut {
    size_t first;    /* pictures in the first part */
    bool beside;     /* the parts stand side by side; else one above the other */
    int left, right; /* partitions of the parts */
};

/* The cut that partition `tree` of `count` pictures starts with. */
static struct cut decode(size_t count, int tree) {
    struct cut cut = {.first = 1};
    for (; cut.first + 1 < count && cut.first < MOSAIC_MAX; cut.first++) {
        int block = 2 * trees[cut.first] * trees[count - cut.first];
        if (tree < block)
            break;
        tree -= block;
    }
    cut.beside = tree % 2 == 0;
    cut.left = tree / 2 % trees[cut.first];
    cut.right = tree / 2 / trees[cut.first];
    return cut;
}

static double shape(const double *ratios, size_t count, int tree) {
    if (count == 1)
        return ratios[0];
    struct cut cut = decode(count, tree);
    double a = shape(ratios, cut.first, cut.left);
    double b = shape(ratios + cut.first, count - cut.first, cut.right);
    return cut.beside ? a + b : a * b / (a + b);
}

static void divide(const struct mosaic *mosaic, const double *ratios, size_t count, int tree,
                   struct rect place, struct rect *cells) {
    if (count == 1) {
        place.height -= mosaic->strip;
        cells[0] = place;
        return;
    }
    struct cut cut = decode(count, tree);
    double a = shape(ratios, cut.first, cut.left);
    double b = shape(ratios + cut.first, count - cut.first, cut.right);
    struct rect first = place, second = place;
    if (cut.beside) {
        int all = place.width - mosaic->gap;
        first.width = (int)(all * a / (a + b));
        second.x += first.width + mosaic->gap;
        second.width = all - first.width;
    } else {
        int all = place.height - mosaic->gap;
        first.height = (int)(all * b / (a + b));
        second.y += first.height + mosaic->gap;
        second.height = all - first.height;
    }
    divide(mosaic, ratios, cut.first, cut.left, first, cells);
    divide(mosaic, ratios + cut.first, count - cut.first, cut.right, second, cells + cut.first);
}

static double cost(const struct mosaic *mosaic, const double *ratios, size_t count,
                   const struct rect *cells) {
    double sum = 0, largest = 0, smallest = DBL_MAX;
    for (size_t i = 0; i < count; i++) {
        if (cells[i].width <= 0 || cells[i].height <= 0)
            return DBL_MAX;
        double area = (double)cells[i].width * cells[i].height;
        double ratio = (double)cells[i].width / cells[i].height;
        double kept = ratio < ratios[i] ? ratio / ratios[i] : ratios[i] / ratio;
        bool whole = (1 - kept) * 100 > mosaic->crop_percent;
        sum += whole ? COST_WHOLE : 1 - kept;
        largest = area > largest ? area : largest;
        smallest = area < smallest ? area : smallest;
    }
    double uneven = largest / smallest / 2 - 1;
    return sum + (uneven > 0 ? uneven * COST_UNEVEN : 0);
}

void mosaic_build(const struct mosaic *mosaic, const double *ratios, size_t count,
                  struct rect *cells) {
    if (count < 1 || count > MOSAIC_MAX)
        return;
    double best = -1;
    int chosen = 0;
    for (int tree = 0; tree < trees[count]; tree++) {
        struct rect tried[MOSAIC_MAX] = {0};
        divide(mosaic, ratios, count, tree, mosaic->place, tried);
        double now = cost(mosaic, ratios, count, tried);
        if (best < 0 || now < best) {
            best = now;
            chosen = tree;
        }
    }
    divide(mosaic, ratios, count, chosen, mosaic->place, cells);
}
