/* zoom.h: one picture on a screen: fit, pinch, double tap, drag with inertia and edges that hold,
 * and swipes to the next one where it fits; pure
 *
 * Points and distances are pixels of the screen, as in gesture.h; the part that is seen is in
 * pixels of the picture. The picture is largest at 3 pixels of the screen a pixel, or at four times
 * fit where that is less, but at least at twice fit and, where three pixels are enough for that, as
 * wide and as high as the screen. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/option.h"
#include "display/geometry.h"
#include "display/scroller.h"

enum zoom_end { ZOOM_STAY, ZOOM_NEXT, ZOOM_PREVIOUS };

/* A part of the picture, in its pixels. */
struct zoom_part {
    double x, y, width, height;
};

struct zoom_look {
    struct zoom_part part;
    struct rect place; /* of the part, on the screen; empty: nothing of it is seen */
    int shift;         /* how far a swipe has moved the picture: neighbours move along */
};

/* Its own: where the picture is. */
struct zoom_pose {
    double scale; /* pixels of the screen a pixel of the picture */
    double x, y;  /* its left top corner on the screen, without the swipe */
    double shift;
};

struct zoom {
    struct size picture;
    struct rect screen;
    double fit, largest;
    bool previous, next; /* there is one; may be set at any time */
    bool held, pinched;
    double pull;        /* pinched: the scale before the limits resist */
    struct point about; /* pinched: where the fingers are */
    double swipe;       /* at fit: where the finger has it */
    double scale;       /* not pinched: fit … largest */
    struct scroller across, down;
    struct zoom_pose pose; /* pinched: where it is; else where it was at since_us */
    int64_t since_us;      /* it is on its way from there; INT64_MIN: it is not */
};

/* At fit. */
void zoom_init(struct zoom *zoom, struct size picture, struct rect screen);

/* GESTURE_PRESS: what moves stands. True: it was moving, so that a tap only stops it. */
bool zoom_grab(struct zoom *zoom, int64_t now_us);
/* Grabs it first where that was not done. */
void zoom_drag(struct zoom *zoom, int dx, int dy, int64_t now_us);
/* The middle between the fingers is `about` now and came by dx, dy (as GESTURE_PINCH). */
void zoom_pinch(struct zoom *zoom, struct point about, int dx, int dy, double scale,
                int64_t now_us);
/* All that was grabbed, dragged or pinched ends so: with the velocity of GESTURE_DRAG_END, else 0.
 */
enum zoom_end zoom_release(struct zoom *zoom, double vx, double vy, int64_t now_us);
/* In at that point, or back to fit, in 250 ms. */
void zoom_double_tap(struct zoom *zoom, struct point about, int64_t now_us);

bool zoom_fits(const struct zoom *zoom); /* as a whole on the screen, or about to be */
struct zoom_look zoom_look(const struct zoom *zoom, int64_t now_us);
bool zoom_moves(const struct zoom *zoom, int64_t now_us);
