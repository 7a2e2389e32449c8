/* scene.h: what is to be seen, as a flat list of items; pure and testable as text
 *
 * Coordinates are pixels of the upright picture (before rotation). Items are drawn in order. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "display/code.h"
#include "display/geometry.h"
#include "display/layout.h"

/* Layers are flattened one over the other; the order of items within a layer holds. */
enum layer { LAYER_GROUND, LAYER_PICTURE, LAYER_TEXT };
enum item_kind {
    ITEM_FILL,
    ITEM_GRADIENT,
    ITEM_PICTURE,
    ITEM_TEXT,
    ITEM_SCRIM,
    ITEM_ICON,
    ITEM_CODE
};

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
            bool drifts;        /* a photograph that fills the screen, and may drift there */
            struct point about; /* thousandths of place: where its subject is */
        } picture;
        struct {
            struct layout *layout; /* owned */
            colour colour;
        } text;
        struct {
            colour shade, ink; /* what it is made of, and the text that it is for */
            int reach;         /* pixels over which it fades out above and to the right of place */
            int strength;      /* 0 … 255; -1: what the picture below asks for */
        } scrim; /* as strong as the ink needs over what lies below place; see paint_scrim.h */
        struct {
            char *path;    /* owned: an SVG of one colour, or a picture with transparency */
            colour colour; /* what it is drawn in; 0: its own colours */
        } icon;
        struct code *code; /* owned: black on white, with its quiet zone, see code.h */
    };
};

struct scene {
    int width, height;
    bool clear; /* to be laid over another: transparent where no fill or text is */
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

/* place: the text it is for; it runs on to the picture's lower left from there. */
void scene_add_scrim(struct scene *scene, struct rect place, colour shade, colour ink, int reach);
/* path is copied; place is a square. */
void scene_add_icon(struct scene *scene, struct rect place, const char *path, colour ink);
/* Takes the code over; place is a square of whole pixels a module. */
void scene_add_code(struct scene *scene, struct rect place, int radius, struct code *code);

/* The picture that may drift and fills the scene; NULL: there is none. */
const struct item *scene_drifting(const struct scene *scene);

/* The same for scenes that look the same, and for no others. */
uint64_t scene_key(const struct scene *scene);

void scene_print(const struct scene *scene, FILE *to); /* one item a line, for tests */
