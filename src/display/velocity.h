/* velocity.h: how fast a finger is when it leaves the glass; pure
 *
 * Of the moves of the last 100 ms, the later ones weighing more. A finger that paused before it was
 * lifted has no velocity. */
#pragma once

#include <stdint.h>

#include "display/geometry.h"

#define VELOCITY_SAMPLES 32 /* moves in 100 ms at 240 a second, and some */

struct velocity {
    struct {
        int64_t at_us;
        struct point at;
    } samples[VELOCITY_SAMPLES]; /* oldest first */
    int count;
};

void velocity_init(struct velocity *velocity);
/* Of two at the same time the later one counts. */
void velocity_add(struct velocity *velocity, struct point at, int64_t at_us);
/* Pixels a second, lifted at now_us; 0, 0: it stood, or that cannot be told. */
void velocity_find(const struct velocity *velocity, int64_t now_us, double *vx, double *vy);
