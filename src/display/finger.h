/* finger.h: the table of the fingers on the glass, and what each is there for; pure
 *
 * For gesture.h, which decides on their roles. Distances are pixels. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "display/touch.h"

#define FINGERS_MAX 16 /* two hands and some dirt; more are not felt */

enum finger_role {
    FINGER_NONE,    /* the place in the table is free */
    FINGER_WAITING, /* came while another was pressed: is pressed when that is lifted */
    FINGER_PRESSED, /* may become a tap */
    FINGER_RESTING, /* may drag or pinch, but not tap */
    FINGER_DRAGGING,
    FINGER_PINCHING,
    FINGER_SPENT, /* of a palm, or a third one: nothing comes of it */
    FINGER_STUCK  /* has not moved for so long that it no longer counts, whatever it does */
};

struct finger {
    enum finger_role role;
    int64_t id;
    struct point start, at;
    struct point anchor;                /* where it was when it last moved further than the slop */
    int64_t down_us, seen_us, moved_us; /* its first and last touch; since when at the anchor */
};

struct fingers {
    struct finger items[FINGERS_MAX];
};

/* NULL: it is not on the glass. */
struct finger *fingers_find(struct fingers *fingers, int64_t id);
/* A place for one that comes down, for which that of the oldest stuck one is taken where all are;
 * NULL: there is none. */
struct finger *fingers_add(struct fingers *fingers, int64_t id, struct point at, int64_t now_us);
struct finger *fingers_with(struct fingers *fingers, enum finger_role role); /* NULL: none */
/* The other one of those that may make something, of which there are two at the most; NULL: none.
 */
struct finger *fingers_partner(struct fingers *fingers, const struct finger *finger);
bool fingers_have(const struct fingers *fingers, enum finger_role role);
int fingers_count_live(const struct fingers *fingers);
bool finger_live(const struct finger *finger); /* it may make something */

/* Notes where it is. False: nothing that moves by hand gets there in that time. */
bool finger_move(struct finger *finger, struct point at, int slop, int64_t now_us);
bool finger_left(const struct finger *finger, int slop);        /* the slop about its start */
bool finger_ghost(const struct finger *finger, int64_t now_us); /* too short to be a finger's */
double point_distance(struct point a, struct point b);
