#include "helpers/flatness.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* What tells: in blocks of 8 by 8 pixels, paper and screens are exactly even, up to the edge of a
 * letter; skies and walls are not, and where they are (overexposed, out of focus) their edges are
 * soft or rough. Drawn landscapes are even, but in many colours, with few edges.
 *
 *                             even   3 commonest   edges beside even
 *   screenshots, documents    38-95     38-95           2-31    percent of all blocks
 *   slides, posters on
 *   a gradient                36-83     20-44           5-16
 *   photos                     0-54      0-17           0-3
 *   overexposed, night        34-41     34-41           2-3     (a tenth to a quarter of all edges)
 *   gradients without text      100        20           0
 *   drawn scenes              26-58      5-21           1-11 */
#define EVEN_PERCENT       55 /* with MANY_EDGES_PERCENT: text on a gradient */
#define MANY_EDGES_PERCENT 5
#define COMMON_PERCENT     30 /* with a third of the edges beside even blocks: text on paper */
#define ALL_COMMON_PERCENT 60 /* hardly anything else: a title, a cut-out on white */

#define BLOCK       8
#define MIN_BLOCKS  100 /* 80 by 80 pixels */
#define EVEN_RANGE  2   /* what a good JPEG does to one colour */
#define EDGE_RANGE  96  /* a letter on its ground */
#define NEAR_BLOCKS 2   /* between them the JPEG's noise around a letter */
#define COLOURS     4096

enum block { BLOCK_OTHER, BLOCK_EVEN, BLOCK_EDGE };

struct census {
    uint8_t *blocks; /* owned: enum block of each */
    int across, down;
    int even, edges, edges_near;
    int colours[COLOURS]; /* of the even ones, four bits a channel */
};

/* The largest difference within any of the three channels. */
static int block_range(const uint8_t *pixels, size_t stride) {
    uint8_t least[BLOCK * 3], most[BLOCK * 3];
    memcpy(least, pixels, sizeof least);
    memcpy(most, pixels, sizeof most);
    for (size_t y = 1; y < BLOCK; y++)
        for (size_t i = 0; i < sizeof least; i++) {
            uint8_t value = pixels[y * stride + i];
            least[i] = value < least[i] ? value : least[i];
            most[i] = value > most[i] ? value : most[i];
        }
    int range = 0;
    for (size_t band = 0; band < 3; band++) {
        int low = 255, high = 0;
        for (size_t i = band; i < sizeof least; i += 3) {
            low = least[i] < low ? least[i] : low;
            high = most[i] > high ? most[i] : high;
        }
        range = high - low > range ? high - low : range;
    }
    return range;
}

static void count_blocks(struct census *census, const uint8_t *pixels, size_t stride) {
    for (int y = 0; y < census->down; y++)
        for (int x = 0; x < census->across; x++) {
            const uint8_t *at = pixels + (size_t)y * BLOCK * stride + (size_t)x * BLOCK * 3;
            int range = block_range(at, stride);
            uint8_t *block = census->blocks + (size_t)y * (size_t)census->across + x;
            if (range <= EVEN_RANGE) {
                *block = BLOCK_EVEN;
                census->even++;
                census->colours[at[0] >> 4 << 8 | at[1] >> 4 << 4 | at[2] >> 4]++;
            } else if (range >= EDGE_RANGE) {
                *block = BLOCK_EDGE;
                census->edges++;
            }
        }
}

static bool even_nearby(const struct census *census, int x, int y) {
    for (int dy = -NEAR_BLOCKS; dy <= NEAR_BLOCKS; dy++)
        for (int dx = -NEAR_BLOCKS; dx <= NEAR_BLOCKS; dx++) {
            int to_x = x + dx, to_y = y + dy;
            if (to_x >= 0 && to_x < census->across && to_y >= 0 && to_y < census->down &&
                census->blocks[(size_t)to_y * (size_t)census->across + to_x] == BLOCK_EVEN)
                return true;
        }
    return false;
}

static void count_edges(struct census *census) {
    for (int y = 0; y < census->down; y++)
        for (int x = 0; x < census->across; x++)
            if (census->blocks[(size_t)y * (size_t)census->across + x] == BLOCK_EDGE)
                census->edges_near += even_nearby(census, x, y);
}

/* Blocks of the three commonest colours. */
static int common(const struct census *census) {
    int first = 0, second = 0, third = 0;
    for (int i = 0; i < COLOURS; i++) {
        int count = census->colours[i];
        if (count > first) {
            third = second;
            second = first;
            first = count;
        } else if (count > second) {
            third = second;
            second = count;
        } else if (count > third) {
            third = count;
        }
    }
    return first + second + third;
}

bool flatness_is_drawn(const uint8_t *pixels, struct extent size) {
    struct census census = {.across = size.width / BLOCK, .down = size.height / BLOCK};
    int64_t total = (int64_t)census.across * census.down;
    if (total < MIN_BLOCKS)
        return false;
    census.blocks = calloc((size_t)total, 1);
    if (!census.blocks)
        return false;
    count_blocks(&census, pixels, (size_t)size.width * 3);
    count_edges(&census);
    free(census.blocks);
    int64_t even = 100 * (int64_t)census.even / total,
            commonest = 100 * (int64_t)common(&census) / total;
    int64_t near = 100 * (int64_t)census.edges_near / total;
    return (even >= EVEN_PERCENT && near >= MANY_EDGES_PERCENT) ||
           (commonest >= COMMON_PERCENT && near >= 1 && census.edges_near * 3 >= census.edges) ||
           commonest >= ALL_COMMON_PERCENT;
}
