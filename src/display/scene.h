/* scene.h: what is to be seen, as a flat list of items; pure and testable as text
 *
 * Coordinates are pixels of the upright picture (before rotation). Items are drawn in order. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "display/geometry.h"
#include "display/layout.h"

/* Layers are flattened one over the other; the order of items within a layer holds. */
enum layer { LAYER_GROUND, LAYER_PICTURE, LAYER_TEXT };
enum item_kind { ITEM_FILL, ITEM_GRADIENT, ITEM_PICTURE, ITEM_TEXT };

struct item {
    enum item_kind kind;
    enum layer layer;
    struct rect place;
    int radius; /* of rounded corners, pixels; fills and pictures */
    union {
        colour fill;
        struct {
            colour from, to; /* from top to bottom, or from left to right */
            bool horizontal;
        } gradient;
        struct {
            char *path;         /* owned: a JPEG that we wrote */
            struct rect source; /* the part shown, in pixels of that file; scaled to place */
            bool blurred;       /* a ground made of the picture itself: blurred and darkened */
        } picture;
        struct {
            struct layout *layout; /* owned */
            colour colour;
        } text;
    };
};

struct scene {
    int width, height;
    struct item *items;
    size_t count;
};

void scene_init(struct scene *scene, int width, int height);
void scene_finish(struct scene *scene);

void scene_add_fill(struct scene *scene, enum layer layer, struct rect place, int radius,
                    colour fill);
void scene_add_gradient(struct scene *scene, enum layer layer, struct rect place, colour from,
                        colour to, bool horizontal);
/* path is copied. */
void scene_add_picture(struct scene *scene, enum layer layer, struct rect place, int radius,
                       const char *path, struct rect source, bool blurred);
/* Takes the layout over; place is the layout's box with its corner at `at`. */
void scene_add_text(struct scene *scene, struct point at, struct layout *layout, colour ink);

void scene_print(const struct scene *scene, FILE *to); /* one item a line, for tests */
