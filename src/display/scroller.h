/* scroller.h: one axis of a list: kinetic, with overscroll that springs back; pure
 *
 * Positions are pixels from the top: 0 … content - view, and beyond while it is pulled or springs
 * back. Where it is is a closed form of the time, so that frames may come when they like. A finger
 * that moves by dy drags the position by -dy; the same goes for velocities (pixels a second). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Its own: one stretch of a motion. */
enum scroller_motion { SCROLLER_STANDS, SCROLLER_FLIES, SCROLLER_SPRINGS, SCROLLER_GLIDES };
struct scroller_leg {
    enum scroller_motion motion;
    double begin_s;     /* after since_us */
    double from, speed; /* where it begins, and how fast */
    double to;          /* where it would end */
};
#define SCROLLER_LEGS 3 /* springs in, flies, springs back at the other end */

struct scroller {
    double content, view;
    bool held;
    double pull;    /* held: where the finger has it, before the edges resist */
    double carried; /* how fast it was when it was last caught, grabbed_us */
    int64_t grabbed_us;
    int64_t since_us; /* the legs' beginning */
    struct scroller_leg legs[SCROLLER_LEGS];
    int leg_count; /* 1 … SCROLLER_LEGS */
};

/* Stands at the top. */
void scroller_init(struct scroller *scroller, double content, double view);
/* Stays where it is, as far as that is there; what flies goes on. */
void scroller_resize(struct scroller *scroller, double content, double view, int64_t now_us);

/* A finger is on it (GESTURE_PRESS): it stands. True: it was moving, so that a tap only stops it
 * and means nothing else. To be followed by release, whatever becomes of the press: a drag may
 * grab it anew, and no speed is lost. */
bool scroller_grab(struct scroller *scroller, int64_t now_us);
/* Grabs it first where that was not done. */
void scroller_drag(struct scroller *scroller, double by, int64_t now_us);
/* velocity 0: it stands, or springs back. Not held: nothing. */
void scroller_release(struct scroller *scroller, double velocity, int64_t now_us);

/* At once, or in 250 ms; within the bounds. Ends a hold; the next drag grabs anew. */
void scroller_jump(struct scroller *scroller, double to);
void scroller_glide(struct scroller *scroller, double to, int64_t now_us);

double scroller_at(const struct scroller *scroller, int64_t now_us);
double scroller_velocity(const struct scroller *scroller, int64_t now_us);
/* Whether it will be elsewhere in the next frame; a held one moves only by scroller_drag. */
bool scroller_moves(const struct scroller *scroller, int64_t now_us);
/* Where it will come to stand when left alone: what to load, and from where the next step of a
 * wheel counts. */
double scroller_end(const struct scroller *scroller);
