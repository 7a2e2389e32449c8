#include "display/velocity.h"

#include <string.h>

#define HORIZON_US 100000 /* what a hand did before that it no longer does */
#define PAUSE_US   50000  /* without a move: it stood. Slow screens report 30 times a second */
#define OLDEST     0.2    /* how much the oldest move weighs, against the last one */

void velocity_init(struct velocity *velocity) {
    velocity->count = 0;
}

void velocity_add(struct velocity *velocity, struct point at, int64_t at_us) {
    int last = velocity->count - 1;
    if (last >= 0 && at_us <= velocity->samples[last].at_us) {
        velocity->samples[last].at = at;
        return;
    }
    if (velocity->count == VELOCITY_SAMPLES)
        memmove(velocity->samples, velocity->samples + 1,
                (size_t)--velocity->count * sizeof *velocity->samples);
    velocity->samples[velocity->count].at_us = at_us;
    velocity->samples[velocity->count++].at = at;
}

/* The first of the moves that were made in one go up to now. */
static int first_sample(const struct velocity *velocity, int64_t now_us) {
    int first = velocity->count;
    for (int64_t after = now_us; first > 0; first--) {
        int64_t at_us = velocity->samples[first - 1].at_us;
        if (after - at_us > PAUSE_US || now_us - at_us > HORIZON_US)
            break;
        after = at_us;
    }
    return first;
}

/* The slope of the line that fits best (weighted least squares); times count back from the last
 * move, so that they are small. */
void velocity_find(const struct velocity *velocity, int64_t now_us, double *vx, double *vy) {
    int first = first_sample(velocity, now_us), last = velocity->count - 1;
    double sum = 0, sum_t = 0, sum_tt = 0, sum_x = 0, sum_y = 0, sum_tx = 0, sum_ty = 0;
    for (int i = first; i <= last; i++) {
        double t = (double)(velocity->samples[i].at_us - velocity->samples[last].at_us) / 1e6;
        double weight = 1 + (1 - OLDEST) * t * 1e6 / HORIZON_US;
        double x = velocity->samples[i].at.x, y = velocity->samples[i].at.y;
        sum += weight;
        sum_t += weight * t;
        sum_tt += weight * t * t;
        sum_x += weight * x;
        sum_y += weight * y;
        sum_tx += weight * t * x;
        sum_ty += weight * t * y;
    }
    double spread = sum * sum_tt - sum_t * sum_t;
    bool known = last > first && spread > 0;
    *vx = known ? (sum * sum_tx - sum_t * sum_x) / spread : 0;
    *vy = known ? (sum * sum_ty - sum_t * sum_y) / spread : 0;
}
