#include "display/motion.h"

#include <string.h>

#include "base/hash.h"
#include "display/presenter.h"

/* A window of frames is bad when so many of them were late by half a period or more: a GPU that
 * cannot do it is late every time, and uploading a slide costs one or two. */
#define WINDOW     30
#define LATE_BAD   6
#define LATE_GOOD  1
/* After a bad window nothing drifts until so many in a row were good (a transition is one or two
 * windows), after the second one for twice as long, and so on. */
#define GOOD_AGAIN 20
#define MOST_STOPS 4

double motion_ease(enum easing easing, double at) {
    switch (easing) {
    case EASING_LINEAR:
        break;
    case EASING_SMOOTH:
        return at * at * (3 - 2 * at);
    case EASING_OUT:
        return at * (2 - at);
    }
    return at;
}

double motion_ease_fade(enum easing easing, double at) {
    return (at + motion_ease(easing, at)) / 2;
}

/* ---- drift */

struct drift drift_plan(const struct theme *theme, const char *case_id, struct point about,
                        int64_t seen_us) {
    int64_t shortest = theme->drift_seconds * 1000000LL;
    return (struct drift){.about = about,
                          .percent = theme->drift_percent,
                          .shrinks = hash_of(case_id, strlen(case_id)).bytes[0] & 1,
                          .span_us = seen_us > shortest ? seen_us : shortest};
}

bool drift_goes(const struct drift *drift, int64_t since_us) {
    return drift->percent > 0 && since_us < drift->span_us;
}

/* How much of a side is seen, and where that begins. */
static void cut(const struct drift *drift, int side, int about, int64_t at_us, int *start,
                int *length) {
    int64_t whole = (int64_t)side * PART_PIXEL, least = whole * 100 / (100 + drift->percent);
    int64_t gone = drift->span_us > 0 ? (whole - least) * at_us / drift->span_us : 0;
    *start = (int)(gone * about / 1000);
    *length = (int)(whole - gone);
}

struct rect drift_part(const struct drift *drift, struct size size, int64_t since_us) {
    int64_t at = since_us < 0 ? 0 : since_us > drift->span_us ? drift->span_us : since_us;
    at = drift->shrinks ? drift->span_us - at : at;
    struct rect part;
    cut(drift, size.width, drift->about.x, at, &part.x, &part.width);
    cut(drift, size.height, drift->about.y, at, &part.y, &part.height);
    return part;
}

/* ---- whether the machine keeps up */

void motion_init(struct motion *motion, enum motion_choice choice, bool stretches, bool real,
                 int64_t period_us) {
    bool automatic = choice == MOTION_AUTO && stretches && real;
    *motion = (struct motion){.drifts = automatic || (choice == MOTION_FULL && stretches),
                              .measures = automatic,
                              .period_us = period_us};
}

static bool judge(struct motion *motion) {
    bool drifted = motion->drifts;
    if (drifted && motion->late >= LATE_BAD) {
        motion->drifts = false;
        motion->stops += motion->stops < MOST_STOPS;
        motion->good = 0;
    } else if (!drifted) {
        motion->good = motion->late <= LATE_GOOD ? motion->good + 1 : 0;
        motion->drifts = motion->good >= GOOD_AGAIN << (motion->stops - 1);
    }
    motion->frames = motion->late = 0;
    return motion->drifts != drifted;
}

bool motion_handle_frame(struct motion *motion, int64_t now_us) {
    int64_t last = motion->last_us;
    motion->last_us = now_us;
    if (!motion->measures || !last)
        return false;
    motion->frames++;
    motion->late += (now_us - last) * 2 >= motion->period_us * 3;
    return motion->frames == WINDOW && judge(motion);
}

void motion_handle_rest(struct motion *motion) {
    motion->last_us = 0;
}
