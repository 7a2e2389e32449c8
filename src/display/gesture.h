/* gesture.h: fingers to gestures; pure: no SDL, no clock
 *
 * Every PRESS is ended by one RELEASE, TAP, DOUBLE_TAP or LONG_PRESS before the next one; every
 * DRAG_BEGIN by one DRAG_END, PINCH_BEGIN by one PINCH_END, and neither is open within the other.
 * Where all fingers are up, nothing is open but a tap that waits for a second one. Times may come
 * in any order, fingers may be of ghosts. Times are in microseconds, of any clock. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "display/geometry.h"

#define TOUCH_MOUSE     INT64_MIN /* the finger that a mouse is: never taken for a ghost */
#define GESTURE_FINGERS 16        /* two hands and some dirt; more are not felt */
#define GESTURE_SAMPLES 32        /* moves in 100 ms at 240 a second, and some */
#define GESTURES_MAX    12        /* what one touch can end and begin */

enum touch_kind { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP, TOUCH_CANCEL };
struct touch {
    enum touch_kind kind;
    int64_t finger;
    struct point at; /* pixels of the upright picture */
    int64_t at_us;
};

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
    struct point at, start; /* start: where the finger came down */
    int dx, dy;             /* since the last one: DRAG and PINCH only */
    double vx, vy;          /* pixels a second: DRAG_END only */
    double scale;           /* since the last one: PINCH; else 1 */
};

struct gesture_params {
    int slop;         /* pixels a finger may wander in a tap (about 3 mm) */
    bool double_taps; /* wait for a second tap? TAP is then late; else TAP is at once */
    bool single;      /* nothing here can be pinched: with two fingers one drags, and both tap */
};

/* ---- its own */

enum finger_role {
    FINGER_NONE,    /* the place in the table is free */
    FINGER_WAITING, /* came while another was pressed: is pressed when that is lifted */
    FINGER_PRESSED, /* may become a tap */
    FINGER_RESTING, /* may drag or pinch, but not tap */
    FINGER_DRAGGING,
    FINGER_PINCHING,
    FINGER_SPENT, /* of a palm, or a third one: nothing comes of it */
    FINGER_STUCK  /* has not moved for so long that it does not count; if it does, it rests */
};

struct finger {
    enum finger_role role;
    int64_t id;
    struct point start, at;
    struct point anchor;       /* where it was when it last moved further than the slop */
    int64_t down_us, moved_us; /* moved_us: to the anchor */
};

struct touch_sample {
    int64_t at_us;
    struct point at;
};

/* By value in whoever uses it; pass it only to these functions. */
struct gestures {
    struct gesture_params params; /* may be changed between two calls */
    struct finger fingers[GESTURE_FINGERS];
    struct touch_sample samples[GESTURE_SAMPLES]; /* of the dragging finger, oldest first */
    int sample_count;
    struct point middle; /* of the pinching fingers, at the last PINCH */
    double spread;       /* between them */
    int64_t tapped_us;   /* a first tap waits for a second one since then; INT64_MIN: none does */
    struct point tapped;
    int64_t last_us; /* of the last touch */
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
