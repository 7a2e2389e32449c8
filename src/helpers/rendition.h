/* rendition.h: a picture's header → which sizes are made of it, and the pixels they are made from
 *
 * Sizes are pure; the rest only inside the jail. Images are owned by the caller. */
#pragma once

#include <stdbool.h>

#include <vips/vips.h>

#include "helpers/shrink.h"

struct plan {
    struct extent source; /* upright */
    struct extent master; /* what the source is shrunk to, once; all renditions are made of it */
    bool tiled;           /* beyond 2.5:1: the master is also stored in pieces */
};

struct extent extent_turned(struct extent extent); /* a quarter */
/* Shrunk, never enlarged, so that the long side is at most `side`. */
struct extent extent_within(struct extent extent, int side);
struct plan plan_build(struct extent upright);
/* Pieces of the master along its long side, and piece number `tile` of them. */
int plan_tiles(const struct plan *plan);
VipsRect plan_tile(const struct plan *plan, int tile);

/* The picture in memory: upright, 8-bit sRGB of three bands, without alpha, `size` large (upright).
 * `image` is what load_open gave. NULL: see vips_error_buffer(). */
VipsImage *rendition_master(VipsImage *image, int orientation, struct extent size);
/* A smaller one of it, in memory; itself where the size is the same. */
VipsImage *rendition_shrink(VipsImage *image, struct extent size);
