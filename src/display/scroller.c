#include "display/scroller.h"

#include <math.h>

#define FRICTION     2.0    /* a second: half a second's way is still to come, whatever the speed */
#define STIFFNESS    11.0   /* a second: a pull is at a tenth after 0.35 s, and never swings over */
#define RESISTANCE   0.55   /* how much of the first pixels of a pull is seen */
#define STILL_SPEED  12.0   /* pixels a second: seen as single steps */
#define STILL_PIXELS 0.5    /* from the edge */
#define TAP_SPEED    80.0   /* pixels a second: what is slower is hit where it was aimed at */
#define OVERSHOOT    0.25   /* of the view, at the most, when it flies against an edge */
#define CARRY_US     250000 /* held no longer: flung once more, it gets faster */
#define FASTEST      20.0   /* views a second */
#define GLIDE_S      0.25

/* ---- the edges */

static double bottom(const struct scroller *scroller) {
    return scroller->content > scroller->view ? scroller->content - scroller->view : 0;
}

static double clamp(double value, double least, double most) {
    return value < least ? least : value > most ? most : value;
}

static double clamp_at(const struct scroller *scroller, double at) {
    return clamp(at, 0, bottom(scroller));
}

/* What is seen of a pull beyond the edge: less and less of it, never the whole view. */
static double resist(const struct scroller *scroller, double pull) {
    double edge = clamp_at(scroller, pull), over = fabs(pull - edge), view = scroller->view;
    return edge + copysign(over * view * RESISTANCE / (view + over * RESISTANCE), pull - edge);
}

/* How much of a further pixel of a pull beyond the edge is seen. */
static double resist_slope(const struct scroller *scroller, double pull) {
    double over = fabs(pull - clamp_at(scroller, pull)), view = scroller->view;
    double share = view / (view + over * RESISTANCE);
    return RESISTANCE * share * share;
}

/* The pull of which so much is seen. */
static double unresist(const struct scroller *scroller, double at) {
    double edge = clamp_at(scroller, at), view = scroller->view;
    double over = clamp(fabs(at - edge), 0, view * 0.9);
    return edge + copysign(over * view / (RESISTANCE * (view - over)), at - edge);
}

/* ---- legs: each is a closed form of the time since it began */

static double leg_at(const struct scroller_leg *leg, double s) {
    double over = leg->from - leg->to;
    switch (leg->motion) {
    case SCROLLER_FLIES:
        return leg->from + leg->speed / FRICTION * -expm1(-FRICTION * s);
    case SCROLLER_SPRINGS:
        return leg->to + (over + (leg->speed + STIFFNESS * over) * s) * exp(-STIFFNESS * s);
    case SCROLLER_GLIDES:
        return leg->to + over * pow(1 - clamp(s / GLIDE_S, 0, 1), 3);
    case SCROLLER_STANDS:
        break;
    }
    return leg->from;
}

static double leg_speed(const struct scroller_leg *leg, double s) {
    double over = leg->from - leg->to, slope = leg->speed + STIFFNESS * over;
    switch (leg->motion) {
    case SCROLLER_FLIES:
        return leg->speed * exp(-FRICTION * s);
    case SCROLLER_SPRINGS:
        return (slope - STIFFNESS * (over + slope * s)) * exp(-STIFFNESS * s);
    case SCROLLER_GLIDES:
        return -3 * over / GLIDE_S * pow(1 - clamp(s / GLIDE_S, 0, 1), 2);
    case SCROLLER_STANDS:
        break;
    }
    return 0;
}

static bool leg_still(const struct scroller_leg *leg, double s) {
    if (leg->motion == SCROLLER_GLIDES)
        return s >= GLIDE_S;
    bool slow = fabs(leg_speed(leg, s)) < STILL_SPEED;
    return leg->motion == SCROLLER_SPRINGS ? slow && fabs(leg_at(leg, s) - leg->to) < STILL_PIXELS
                                           : slow;
}

/* ---- planning: what comes of a position and a speed */

static struct scroller_leg *add_leg(struct scroller *scroller, enum scroller_motion motion,
                                    double begin_s, double from, double speed, double to) {
    struct scroller_leg *leg = scroller->legs + scroller->leg_count++;
    *leg = (struct scroller_leg){motion, begin_s, from, speed, to};
    return leg;
}

static void stand(struct scroller *scroller, double at) {
    scroller->held = false;
    scroller->leg_count = 0;
    add_leg(scroller, SCROLLER_STANDS, 0, at, 0, at);
}

/* Back to the edge; from there at this speed it would go out by OVERSHOOT. */
static const struct scroller_leg *add_spring(struct scroller *scroller, double begin_s, double from,
                                             double speed) {
    double most = OVERSHOOT * scroller->view * STIFFNESS * M_E;
    return add_leg(scroller, SCROLLER_SPRINGS, begin_s, from, clamp(speed, -most, most),
                   clamp_at(scroller, from));
}

/* From within the bounds; springs back where it flies beyond. */
static void plan_flight(struct scroller *scroller, double begin_s, double from, double speed) {
    double slowest = copysign(fmin(STILL_SPEED, fabs(speed)), speed);
    double end = from + (speed - slowest) / FRICTION, edge = clamp_at(scroller, end);
    add_leg(scroller, SCROLLER_FLIES, begin_s, from, speed, edge);
    if (end == edge)
        return;
    double left = speed - FRICTION * (edge - from); /* the speed at the edge */
    add_spring(scroller, begin_s + log(speed / left) / FRICTION, edge, left);
}

/* From anywhere. Flung inwards from beyond an edge it leaves the spring where it passes that. */
static void plan(struct scroller *scroller, double from, double speed) {
    double edge = clamp_at(scroller, from), over = from - edge;
    scroller->leg_count = 0;
    if (over == 0) {
        plan_flight(scroller, 0, from, speed);
        return;
    }
    const struct scroller_leg *spring = add_spring(scroller, 0, from, speed);
    double slope = spring->speed + STIFFNESS * over, passes = -over / slope;
    if (passes > 0 && fabs(leg_speed(spring, passes)) > STILL_SPEED && bottom(scroller) > 0)
        plan_flight(scroller, passes, edge, leg_speed(spring, passes));
}

/* The leg of that moment, and how long it has gone on. */
static const struct scroller_leg *leg_of(const struct scroller *scroller, int64_t now_us,
                                         double *s) {
    const struct scroller_leg *leg = scroller->legs + scroller->leg_count - 1;
    double now_s = now_us > scroller->since_us ? (double)(now_us - scroller->since_us) / 1e6 : 0;
    while (leg > scroller->legs && leg->begin_s > now_s)
        leg--;
    *s = now_s - leg->begin_s;
    return leg;
}

static bool last_leg(const struct scroller *scroller, const struct scroller_leg *leg) {
    return leg == scroller->legs + scroller->leg_count - 1;
}

/* ---- */

void scroller_init(struct scroller *scroller, double content, double view) {
    *scroller = (struct scroller){.content = content, .view = view > 1 ? view : 1};
    stand(scroller, 0);
}

/* What springs back is left beyond the edge, but not a whole list that is gone. */
static double near_bounds(const struct scroller *scroller, double at) {
    double most = OVERSHOOT * scroller->view;
    return clamp(at, -most, bottom(scroller) + most);
}

void scroller_resize(struct scroller *scroller, double content, double view, int64_t now_us) {
    double at = scroller_at(scroller, now_us), speed = scroller_velocity(scroller, now_us);
    double end = scroller_end(scroller);
    double s = 0;
    const struct scroller_leg *leg = leg_of(scroller, now_us, &s);
    bool glides = leg->motion == SCROLLER_GLIDES;
    bool returns =
        leg->motion == SCROLLER_SPRINGS && last_leg(scroller, leg) && speed * (leg->to - at) > 0;
    bool moves = scroller_moves(scroller, now_us);
    scroller->content = content;
    scroller->view = view > 1 ? view : 1;
    if (scroller->held)
        return;
    if (!moves)
        scroller_jump(scroller, at);
    else if (glides)
        scroller_glide(scroller, end, now_us);
    else
        plan(scroller, near_bounds(scroller, at), returns ? 0 : speed);
    scroller->since_us = now_us;
}

/* Whether it was caught so shortly before that it is still the same sweep of the hand. */
static bool may_carry(const struct scroller *scroller, int64_t now_us) {
    return now_us >= scroller->grabbed_us && now_us - scroller->grabbed_us <= CARRY_US;
}

bool scroller_grab(struct scroller *scroller, int64_t now_us) {
    if (scroller->held)
        return false;
    double at = scroller_at(scroller, now_us), speed = scroller_velocity(scroller, now_us);
    bool moved = scroller_moves(scroller, now_us) && fabs(speed) > TAP_SPEED;
    stand(scroller, at);
    scroller->held = true;
    scroller->pull = unresist(scroller, at);
    if (moved || !may_carry(scroller, now_us))
        scroller->carried = moved ? speed : 0;
    scroller->grabbed_us = moved ? now_us : scroller->grabbed_us;
    return moved;
}

void scroller_drag(struct scroller *scroller, double by, int64_t now_us) {
    scroller_grab(scroller, now_us);
    scroller->pull += by;
}

void scroller_release(struct scroller *scroller, double velocity, int64_t now_us) {
    if (!scroller->held)
        return;
    double at = resist(scroller, scroller->pull), most = FASTEST * scroller->view;
    bool again = may_carry(scroller, now_us) && scroller->carried * velocity > 0;
    double speed = clamp(velocity + (again ? scroller->carried : 0), -most, most);
    if (speed * (at - clamp_at(scroller, at)) > 0) /* further out, against what resists */
        speed *= resist_slope(scroller, scroller->pull);
    scroller->held = false;
    scroller->since_us = now_us;
    plan(scroller, at, speed);
}

void scroller_jump(struct scroller *scroller, double to) {
    stand(scroller, clamp_at(scroller, to));
}

void scroller_glide(struct scroller *scroller, double to, int64_t now_us) {
    double from = scroller_at(scroller, now_us);
    scroller->held = false;
    scroller->leg_count = 0;
    scroller->since_us = now_us;
    add_leg(scroller, SCROLLER_GLIDES, 0, from, 0, clamp_at(scroller, to));
}

double scroller_at(const struct scroller *scroller, int64_t now_us) {
    if (scroller->held)
        return resist(scroller, scroller->pull);
    double s = 0;
    const struct scroller_leg *leg = leg_of(scroller, now_us, &s);
    return last_leg(scroller, leg) && leg_still(leg, s) ? scroller_end(scroller) : leg_at(leg, s);
}

double scroller_velocity(const struct scroller *scroller, int64_t now_us) {
    double s = 0;
    const struct scroller_leg *leg = leg_of(scroller, now_us, &s);
    return scroller_moves(scroller, now_us) ? leg_speed(leg, s) : 0;
}

bool scroller_moves(const struct scroller *scroller, int64_t now_us) {
    double s = 0;
    const struct scroller_leg *leg = leg_of(scroller, now_us, &s);
    return !scroller->held && !(last_leg(scroller, leg) && leg_still(leg, s));
}

double scroller_end(const struct scroller *scroller) {
    const struct scroller_leg *last = scroller->legs + scroller->leg_count - 1;
    return scroller->held ? clamp_at(scroller, scroller->pull) : last->to;
}
