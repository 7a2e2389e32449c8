/* motion.h: how what moves gains and loses speed, the drift over photographs, and whether the
 * machine keeps up with it; pure
 *
 * Times are whole microseconds, and a drift's are counted from its slide's beginning: after years
 * it is as fine as in the first minute. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/option.h"
#include "display/theme.h"

/* Where what moves is, 0 … 1, at a moment of its way, 0 … 1. */
double motion_ease(enum easing easing, double at);
/* How much of what comes in by a fade is seen. Eased, but never slower than half of a steady
 * fade: with 256 steps of alpha a slower one would give the same frame twice. */
double motion_ease_fade(enum easing easing, double at);

/* A photograph slowly grows, or shrinks to its place. */
struct drift {
    struct point about; /* thousandths of the picture: what stays where it is */
    int percent;        /* by how much it grows */
    bool shrinks;       /* begins grown */
    int64_t span_us;    /* how long it goes, at a steady speed; then it stands */
};

/* The theme's drift for a slide that is seen for so long: never faster than the theme says, and if
 * need be slower, so that it does not stand before the slide is over. The case has its direction.
 */
struct drift drift_plan(const struct theme *theme, const char *case_id, struct point about,
                        int64_t seen_us);
/* Whether it still moves so long after its slide's beginning. */
bool drift_goes(const struct drift *drift, int64_t since_us);
/* The part of a picture of `size` that is to fill the screen then, in the measure of a
 * placement's part. */
struct rect drift_part(const struct drift *drift, struct size size, int64_t since_us);

/* Whether photographs drift: of [display] motion, and of the frames' times where it is auto. */
struct motion {
    bool drifts;
    /* ---- its own */
    bool measures;
    int64_t period_us, last_us; /* last_us 0: nothing moved before */
    int frames, late;           /* of the window that is being looked at */
    int good;                   /* windows in a row, while nothing drifts */
    int stops;
};

/* stretches, real, period_us: of the presenter (presenter_power). */
void motion_init(struct motion *motion, enum motion_choice choice, bool stretches, bool real,
                 int64_t period_us);
/* Something moved, and a frame of it was presented at now_us. True: `drifts` is another now. */
bool motion_handle_frame(struct motion *motion, int64_t now_us);
/* Nothing moves: how long until the next frame says nothing. */
void motion_handle_rest(struct motion *motion);
