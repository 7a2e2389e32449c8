/* gesture.h: fingers to gestures; pure: no SDL, no clock
 *
 * Every PRESS is ended by one RELEASE, TAP, DOUBLE_TAP or LONG_PRESS before the next one; every
 * DRAG_BEGIN by one DRAG_END, PINCH_BEGIN by one PINCH_END, and neither is open within the other.
 * Where all fingers are up, nothing is open but a tap that waits for a second one. Times may come
 * in any order, fingers may be of ghosts. Times are microseconds, all of one clock. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "display/finger.h"
#include "display/geometry.h"
#include "display/touch.h"
#include "display/velocity.h"

#define GESTURES_MAX 12 /* what one touch can end and begin */

enum gesture_kind {
    GESTURE_NONE,
    GESTURE_PRESS,   /* to show that it is felt: at once */
    GESTURE_RELEASE, /* the press has become something else, or nothing */
    GESTURE_TAP,
    GESTURE_DOUBLE_TAP,
    GESTURE_LONG_PRESS, /* after half a second, the finger still down; lifting it does nothing */
    GESTURE_DRAG_BEGIN, /* has left the slop: at - start is the direction. A DRAG follows at once */
    GESTURE_DRAG,
    GESTURE_DRAG_END, /* velocity: of a fling, else 0 */
    GESTURE_PINCH_BEGIN,
    GESTURE_PINCH, /* two fingers, about `at` (their middle), which moved by dx, dy */
    GESTURE_PINCH_END
};

struct gesture {
    enum gesture_kind kind;
    struct point at, start; /* start: where the finger came down; PRESS to LONG_PRESS: both */
    int dx, dy;             /* since the last one: DRAG and PINCH only */
    double vx, vy;          /* pixels a second: DRAG_END only */
    double scale;           /* since the last one: PINCH; else 1 */
};

struct gesture_params {
    int slop;         /* pixels a finger may wander in a tap (about 3 mm) */
    bool double_taps; /* wait for a second tap? TAP is then late; else TAP is at once */
    bool single;      /* nothing here can be pinched: with two fingers one drags, and both tap */
};

/* By value in whoever uses it; pass it only to these functions. */
struct gestures {
    struct gesture_params params; /* may be changed between two calls */
    struct fingers fingers;
    struct velocity velocity; /* of the dragging finger */
    struct point middle;      /* of the pinching fingers, at the last PINCH */
    double spread;            /* between them */
    bool tapped;              /* a first tap waits for a second one */
    struct point tap;         /* where */
    int64_t tapped_us;        /* since when */
    int64_t last_us;          /* of the last touch */
};

void gestures_init(struct gestures *gestures, const struct gesture_params *params);
/* Writes 0 … GESTURES_MAX gestures that this touch makes; so do tick and cancel. */
size_t gestures_handle(struct gestures *gestures, const struct touch *touch,
                       struct gesture out[GESTURES_MAX]);
/* Time has come: a long press, a late tap, a stuck finger. */
size_t gestures_tick(struct gestures *gestures, int64_t now_us, struct gesture out[GESTURES_MAX]);
/* What is under the fingers has changed: ends what is open (a drag without velocity); the fingers
 * on the glass do nothing more until they are lifted. */
size_t gestures_cancel(struct gestures *gestures, struct gesture out[GESTURES_MAX]);
/* When gestures_tick is wanted; INT64_MAX: never. */
int64_t gestures_deadline(const struct gestures *gestures);
/* Whether a finger counts as being on the glass: one that has not moved for 20 s does not. */
bool gestures_down(const struct gestures *gestures);
