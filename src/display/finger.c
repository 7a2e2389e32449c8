#include "display/finger.h"

#include <math.h>
#include <stddef.h>

#define GHOST_US  8000 /* no finger touches for less */
#define HOP_SLOPS 40   /* 120 mm in one step of 20 ms are 6 m/s: two contacts that got one name */
#define HOP_US    20000

struct finger *fingers_find(struct fingers *fingers, int64_t id) {
    for (struct finger *at = fingers->items; at < fingers->items + FINGERS_MAX; at++)
        if (at->role != FINGER_NONE && at->id == id)
            return at;
    return NULL;
}

struct finger *fingers_with(struct fingers *fingers, enum finger_role role) {
    for (struct finger *at = fingers->items; at < fingers->items + FINGERS_MAX; at++)
        if (at->role == role)
            return at;
    return NULL;
}

bool fingers_have(const struct fingers *fingers, enum finger_role role) {
    for (const struct finger *at = fingers->items; at < fingers->items + FINGERS_MAX; at++)
        if (at->role == role)
            return true;
    return false;
}

static struct finger *oldest_stuck(struct fingers *fingers) {
    struct finger *oldest = NULL;
    for (struct finger *at = fingers->items; at < fingers->items + FINGERS_MAX; at++)
        if (at->role == FINGER_STUCK && (!oldest || at->down_us < oldest->down_us))
            oldest = at;
    return oldest;
}

struct finger *fingers_add(struct fingers *fingers, int64_t id, struct point at, int64_t now_us) {
    struct finger *finger = fingers_with(fingers, FINGER_NONE);
    finger = finger ? finger : oldest_stuck(fingers);
    if (finger)
        *finger = (struct finger){.id = id,
                                  .start = at,
                                  .at = at,
                                  .anchor = at,
                                  .down_us = now_us,
                                  .seen_us = now_us,
                                  .moved_us = now_us};
    return finger;
}

bool finger_live(const struct finger *finger) {
    return finger->role >= FINGER_WAITING && finger->role <= FINGER_PINCHING;
}

struct finger *fingers_partner(struct fingers *fingers, const struct finger *finger) {
    for (struct finger *at = fingers->items; at < fingers->items + FINGERS_MAX; at++)
        if (at != finger && finger_live(at))
            return at;
    return NULL;
}

int fingers_count_live(const struct fingers *fingers) {
    int count = 0;
    for (const struct finger *at = fingers->items; at < fingers->items + FINGERS_MAX; at++)
        count += finger_live(at);
    return count;
}

double point_distance(struct point a, struct point b) {
    return hypot((double)a.x - b.x, (double)a.y - b.y);
}

bool finger_move(struct finger *finger, struct point at, int slop, int64_t now_us) {
    bool hops = finger->id != TOUCH_MOUSE && now_us - finger->seen_us <= HOP_US &&
                point_distance(finger->at, at) > (double)slop * HOP_SLOPS;
    finger->at = at;
    finger->seen_us = now_us;
    if (point_distance(finger->anchor, at) > slop) {
        finger->anchor = at;
        finger->moved_us = now_us;
    }
    return !hops;
}

bool finger_left(const struct finger *finger, int slop) {
    return point_distance(finger->start, finger->at) > slop;
}

bool finger_ghost(const struct finger *finger, int64_t now_us) {
    return finger->id != TOUCH_MOUSE && now_us - finger->down_us < GHOST_US;
}
