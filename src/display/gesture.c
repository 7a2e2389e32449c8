#include "display/gesture.h"

#include <math.h>

#define LONG_PRESS_US    500000
#define DOUBLE_TAP_US    300000   /* from the first tap's end to the second one's beginning */
#define DOUBLE_TAP_SLOPS 8        /* between them: 24 mm */
#define PALM_US          150000   /* a third finger so soon after the second one is of a palm */
#define PALM_RESTS_US    1000000  /* since it moved: what comes down then is not of it */
#define STUCK_US         20000000 /* nobody holds a finger so still */
#define FLING_SLOPS      10       /* a second: 30 mm; what is slower was put down */
#define FASTEST_SLOPS    1000     /* a second: 3 m; no hand is faster */
#define BACK_US          1000000  /* a clock that goes back by less is a late event */
#define TIME_LIMIT       (INT64_C(1) << 60)
#define PLACE_LIMIT      1000000 /* pixels: no screen has as many, and no difference overflows */

/* One call, and what it gives. */
struct turn {
    struct gestures *gestures;
    int64_t now_us;
    struct gesture *out;
    size_t count;
};

static int slop_of(const struct gestures *gestures) {
    return gestures->params.slop > 1 ? gestures->params.slop : 1;
}

static struct gesture *emit(struct turn *turn, enum gesture_kind kind, struct point at,
                            struct point start) {
    struct gesture *gesture = turn->out + turn->count;
    turn->count += turn->count + 1 < GESTURES_MAX; /* never reached: the last one is overwritten */
    *gesture = (struct gesture){.kind = kind, .at = at, .start = start, .scale = 1};
    return gesture;
}

static void emit_press(struct turn *turn, enum gesture_kind kind, struct point at) {
    emit(turn, kind, at, at);
}

/* ---- presses and taps */

/* A tap that waits is the press that is open; it was one, whatever the second touch becomes. */
static void end_press(struct turn *turn, const struct finger *finger) {
    struct gestures *gestures = turn->gestures;
    if (gestures->tapped)
        emit_press(turn, GESTURE_TAP, gestures->tap);
    else if (finger && finger->role == FINGER_PRESSED)
        emit_press(turn, GESTURE_RELEASE, finger->start);
    gestures->tapped = false;
}

static bool is_second_tap(const struct turn *turn, const struct finger *finger) {
    const struct gestures *gestures = turn->gestures;
    return gestures->tapped && turn->now_us - gestures->tapped_us <= DOUBLE_TAP_US &&
           point_distance(gestures->tap, finger->start) <= DOUBLE_TAP_SLOPS * slop_of(gestures);
}

static void press(struct turn *turn, struct finger *finger) {
    finger->role = FINGER_PRESSED;
    if (is_second_tap(turn, finger))
        return;
    end_press(turn, NULL);
    emit_press(turn, GESTURE_PRESS, finger->start);
}

static void tap(struct turn *turn, struct finger *finger) {
    struct gestures *gestures = turn->gestures;
    finger->role = FINGER_RESTING;
    if (gestures->tapped) {
        gestures->tapped = false;
        emit_press(turn, GESTURE_DOUBLE_TAP, gestures->tap);
    } else if (gestures->params.double_taps) {
        gestures->tapped = true;
        gestures->tap = finger->start;
        gestures->tapped_us = turn->now_us;
    } else {
        emit_press(turn, GESTURE_TAP, finger->start);
    }
}

/* Two fingers that lie there are no long press. */
static void press_long(struct turn *turn, struct finger *finger) {
    struct finger *waiting = fingers_with(&turn->gestures->fingers, FINGER_WAITING);
    if (waiting || turn->gestures->tapped)
        end_press(turn, finger);
    else
        emit_press(turn, GESTURE_LONG_PRESS, finger->start);
    finger->role = FINGER_RESTING;
    if (waiting)
        waiting->role = FINGER_RESTING;
}

/* ---- drags */

/* No faster than a hand, and 0 where it was put down rather than flung. */
static void fling(const struct turn *turn, double *vx, double *vy) {
    double slop = slop_of(turn->gestures);
    velocity_find(&turn->gestures->velocity, turn->now_us, vx, vy);
    double speed = hypot(*vx, *vy), fastest = slop * FASTEST_SLOPS;
    double scale = speed < slop * FLING_SLOPS ? 0 : speed > fastest ? fastest / speed : 1;
    *vx *= scale;
    *vy *= scale;
}

/* From here on. */
static void rest(struct finger *finger) {
    finger->role = FINGER_RESTING;
    finger->start = finger->at;
}

static void end_drag(struct turn *turn, struct finger *finger, bool flung) {
    struct finger *partner = fingers_partner(&turn->gestures->fingers, finger);
    struct gesture *end = emit(turn, GESTURE_DRAG_END, finger->at, finger->start);
    if (flung)
        fling(turn, &end->vx, &end->vy);
    rest(finger);
    if (partner)
        rest(partner);
}

static void drag(struct turn *turn, struct finger *finger, struct point from) {
    struct gesture *gesture = emit(turn, GESTURE_DRAG, finger->at, finger->start);
    gesture->dx = finger->at.x - from.x;
    gesture->dy = finger->at.y - from.y;
    velocity_add(&turn->gestures->velocity, finger->at, turn->now_us);
}

/* Begins where the finger left the slop, so that what it drags does not jump by the slop. */
static void begin_drag(struct turn *turn, struct finger *finger, struct point from,
                       int64_t from_us) {
    struct gestures *gestures = turn->gestures;
    struct point start = finger->start;
    double share = slop_of(gestures) / point_distance(start, finger->at);
    struct point edge = {start.x + (int)lround((finger->at.x - start.x) * share),
                         start.y + (int)lround((finger->at.y - start.y) * share)};
    struct finger *pressed = fingers_with(&gestures->fingers, FINGER_PRESSED);
    struct finger *partner = fingers_partner(&gestures->fingers, finger);
    end_press(turn, pressed);
    if (partner)
        partner->role = FINGER_RESTING;
    finger->role = FINGER_DRAGGING;
    emit(turn, GESTURE_DRAG_BEGIN, edge, start);
    velocity_init(&gestures->velocity);
    velocity_add(&gestures->velocity, from, from_us);
    drag(turn, finger, edge);
}

/* ---- pinches */

static void measure(const struct turn *turn, const struct finger *a, const struct finger *b,
                    struct point *middle, double *spread) {
    double least = slop_of(turn->gestures), distance = point_distance(a->at, b->at);
    *middle = (struct point){(a->at.x + b->at.x) / 2, (a->at.y + b->at.y) / 2};
    *spread = distance > least ? distance : least;
}

static void begin_pinch(struct turn *turn, struct finger *a, struct finger *b) {
    struct gestures *gestures = turn->gestures;
    struct finger *dragging = fingers_with(&gestures->fingers, FINGER_DRAGGING);
    end_press(turn, fingers_with(&gestures->fingers, FINGER_PRESSED));
    if (dragging)
        end_drag(turn, dragging, false);
    a->role = b->role = FINGER_PINCHING;
    measure(turn, a, b, &gestures->middle, &gestures->spread);
    emit(turn, GESTURE_PINCH_BEGIN, gestures->middle, gestures->middle);
}

static void pinch(struct turn *turn, const struct finger *finger) {
    struct gestures *gestures = turn->gestures;
    struct point before = gestures->middle;
    double spread = gestures->spread;
    measure(turn, finger, fingers_partner(&gestures->fingers, finger), &gestures->middle,
            &gestures->spread);
    struct gesture *gesture = emit(turn, GESTURE_PINCH, gestures->middle, gestures->middle);
    gesture->dx = gestures->middle.x - before.x;
    gesture->dy = gestures->middle.y - before.y;
    gesture->scale = gestures->spread / spread;
}

static void end_pinch(struct turn *turn, struct finger *a) {
    struct finger *b = fingers_partner(&turn->gestures->fingers, a);
    emit(turn, GESTURE_PINCH_END, turn->gestures->middle, turn->gestures->middle);
    rest(a);
    rest(b);
}

/* ---- fingers */

/* What it made is over, and came to nothing. */
static void end(struct turn *turn, struct finger *finger) {
    struct finger *waiting = fingers_with(&turn->gestures->fingers, FINGER_WAITING);
    switch (finger->role) {
    case FINGER_PRESSED:
        end_press(turn, finger);
        finger->role = FINGER_RESTING;
        if (waiting)
            press(turn, waiting);
        break;
    case FINGER_DRAGGING:
        end_drag(turn, finger, false);
        break;
    case FINGER_PINCHING:
        end_pinch(turn, finger);
        break;
    default:
        break;
    }
}

/* For good: it may lie there, but nothing comes of it. */
static void retire(struct turn *turn, struct finger *finger, enum finger_role role) {
    end(turn, finger);
    finger->role = role;
}

static void retire_live(struct turn *turn) {
    struct finger *items = turn->gestures->fingers.items;
    struct finger *waiting = fingers_with(&turn->gestures->fingers, FINGER_WAITING);
    if (waiting)
        waiting->role = FINGER_SPENT; /* before it can be pressed */
    for (struct finger *at = items; at < items + FINGERS_MAX; at++)
        if (finger_live(at))
            retire(turn, at, FINGER_SPENT);
}

/* Whether a third finger, that comes now, shows all of them to be a palm's. */
static bool is_palm(const struct turn *turn) {
    const struct finger *items = turn->gestures->fingers.items;
    for (const struct finger *at = items; at < items + FINGERS_MAX; at++)
        if (finger_live(at) && turn->now_us - at->down_us <= PALM_US)
            return true;
    return false;
}

/* One that has come to rest leaves the other hand free. */
static bool lies_palm(const struct turn *turn) {
    const struct finger *items = turn->gestures->fingers.items;
    for (const struct finger *at = items; at < items + FINGERS_MAX; at++)
        if (at->role == FINGER_SPENT && turn->now_us - at->moved_us <= PALM_RESTS_US)
            return true;
    return false;
}

static void handle_down(struct turn *turn, int64_t id, struct point at) {
    struct fingers *fingers = &turn->gestures->fingers;
    bool spent = lies_palm(turn);
    int live = fingers_count_live(fingers);
    if (live == 2 && is_palm(turn))
        retire_live(turn);
    struct finger *finger = fingers_add(fingers, id, at, turn->now_us);
    if (!finger)
        return;
    if (spent || live == 2)
        finger->role = FINGER_SPENT;
    else if (fingers_have(fingers, FINGER_PRESSED))
        finger->role = FINGER_WAITING;
    else if (fingers_have(fingers, FINGER_DRAGGING))
        finger->role = FINGER_RESTING;
    else
        press(turn, finger);
}

/* Two fingers of which neither is a ghost, where a picture may be pinched. */
static bool may_pinch(const struct turn *turn, const struct finger *a, const struct finger *b) {
    return b && !turn->gestures->params.single && !finger_ghost(a, turn->now_us) &&
           !finger_ghost(b, turn->now_us);
}

static void leave_slop(struct turn *turn, struct finger *finger, struct point from,
                       int64_t from_us) {
    struct finger *partner = fingers_partner(&turn->gestures->fingers, finger);
    if (may_pinch(turn, finger, partner))
        begin_pinch(turn, finger, partner);
    else if (!partner || partner->role != FINGER_DRAGGING)
        begin_drag(turn, finger, from, from_us);
}

static void handle_move(struct turn *turn, struct finger *finger, struct point at) {
    struct finger *partner = fingers_partner(&turn->gestures->fingers, finger);
    int slop = slop_of(turn->gestures);
    struct point from = finger->at;
    int64_t from_us = finger->seen_us;
    if (!finger_move(finger, at, slop, turn->now_us) && finger_live(finger))
        retire(turn, finger, FINGER_SPENT);
    else if (finger->role == FINGER_PINCHING)
        pinch(turn, finger);
    else if (finger->role == FINGER_DRAGGING && may_pinch(turn, finger, partner))
        begin_pinch(turn, finger, partner);
    else if (finger->role == FINGER_DRAGGING)
        drag(turn, finger, from);
    else if (finger_live(finger) && finger_left(finger, slop))
        leave_slop(turn, finger, from, from_us);
}

/* Typing with two hands: the second key may be let go first, but was meant second. */
static void tap_both(struct turn *turn, struct finger *waiting) {
    struct finger *pressed = fingers_with(&turn->gestures->fingers, FINGER_PRESSED);
    tap(turn, pressed);
    press(turn, waiting);
    tap(turn, waiting);
}

static void handle_up(struct turn *turn, struct finger *finger) {
    struct finger *waiting = fingers_with(&turn->gestures->fingers, FINGER_WAITING);
    bool ghost = finger_ghost(finger, turn->now_us);
    if (finger->role == FINGER_DRAGGING) {
        end_drag(turn, finger, !ghost);
    } else if (finger->role == FINGER_WAITING && !ghost) {
        tap_both(turn, finger);
    } else if (finger->role == FINGER_PRESSED && !ghost) {
        tap(turn, finger);
        if (waiting)
            press(turn, waiting);
    }
    retire(turn, finger, FINGER_NONE);
}

/* ---- time */

static int64_t long_press_us(const struct finger *finger) {
    return finger->down_us + LONG_PRESS_US;
}

static bool tap_waits(const struct gestures *gestures) {
    return gestures->tapped && !fingers_have(&gestures->fingers, FINGER_PRESSED);
}

static void expire(struct turn *turn) {
    struct gestures *gestures = turn->gestures;
    struct finger *items = gestures->fingers.items;
    struct finger *pressed = fingers_with(&gestures->fingers, FINGER_PRESSED);
    if (tap_waits(gestures) && turn->now_us >= gestures->tapped_us + DOUBLE_TAP_US)
        end_press(turn, NULL);
    if (pressed && turn->now_us >= long_press_us(pressed))
        press_long(turn, pressed);
    for (struct finger *at = items; at < items + FINGERS_MAX; at++)
        if (at->role != FINGER_NONE && turn->now_us >= at->moved_us + STUCK_US)
            retire(turn, at, FINGER_STUCK);
}

/* All that waits begins to wait anew. */
static void restart(struct gestures *gestures, int64_t now_us) {
    struct finger *items = gestures->fingers.items;
    for (struct finger *at = items; at < items + FINGERS_MAX; at++)
        at->down_us = at->seen_us = at->moved_us = now_us;
    velocity_init(&gestures->velocity);
    gestures->tapped_us = gestures->last_us = now_us;
}

/* Time as it goes on: what is a little late has just happened. */
static struct turn turn_begin(struct gestures *gestures, int64_t now_us, struct gesture *out) {
    now_us = now_us > TIME_LIMIT ? TIME_LIMIT : now_us < -TIME_LIMIT ? -TIME_LIMIT : now_us;
    if (now_us < gestures->last_us - BACK_US)
        restart(gestures, now_us);
    now_us = now_us > gestures->last_us ? now_us : gestures->last_us;
    struct turn turn = {.gestures = gestures, .now_us = now_us, .out = out};
    expire(&turn);
    return turn;
}

/* ---- */

void gestures_init(struct gestures *gestures, const struct gesture_params *params) {
    *gestures = (struct gestures){.params = *params, .last_us = -TIME_LIMIT};
}

static int within(int at) {
    return at > PLACE_LIMIT ? PLACE_LIMIT : at < -PLACE_LIMIT ? -PLACE_LIMIT : at;
}

size_t gestures_handle(struct gestures *gestures, const struct touch *touch,
                       struct gesture out[GESTURES_MAX]) {
    struct turn turn = turn_begin(gestures, touch->at_us, out);
    struct finger *finger = fingers_find(&gestures->fingers, touch->finger);
    struct point at = {within(touch->at.x), within(touch->at.y)};
    gestures->last_us = turn.now_us;
    if (touch->kind == TOUCH_DOWN) {
        if (finger) /* it was lifted, and nobody said so */
            retire(&turn, finger, FINGER_NONE);
        handle_down(&turn, touch->finger, at);
    } else if (finger && touch->kind == TOUCH_CANCEL) {
        retire(&turn, finger, FINGER_NONE);
    } else if (finger) {
        if (touch->kind == TOUCH_MOVE || point_distance(finger->at, at) > 0)
            handle_move(&turn, finger, at);
        if (touch->kind == TOUCH_UP)
            handle_up(&turn, finger);
    }
    return turn.count;
}

size_t gestures_tick(struct gestures *gestures, int64_t now_us, struct gesture out[GESTURES_MAX]) {
    return turn_begin(gestures, now_us, out).count;
}

size_t gestures_cancel(struct gestures *gestures, struct gesture out[GESTURES_MAX]) {
    struct turn turn = {.gestures = gestures, .now_us = gestures->last_us, .out = out};
    if (tap_waits(gestures))
        emit_press(&turn, GESTURE_RELEASE, gestures->tap);
    gestures->tapped = false;
    retire_live(&turn);
    return turn.count;
}

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

int64_t gestures_deadline(const struct gestures *gestures) {
    const struct finger *items = gestures->fingers.items;
    int64_t deadline = tap_waits(gestures) ? gestures->tapped_us + DOUBLE_TAP_US : INT64_MAX;
    for (const struct finger *at = items; at < items + FINGERS_MAX; at++) {
        if (at->role != FINGER_NONE && at->role != FINGER_STUCK)
            deadline = earlier(deadline, at->moved_us + STUCK_US);
        if (at->role == FINGER_PRESSED)
            deadline = earlier(deadline, long_press_us(at));
    }
    return deadline;
}

bool gestures_down(const struct gestures *gestures) {
    const struct finger *items = gestures->fingers.items;
    for (const struct finger *at = items; at < items + FINGERS_MAX; at++)
        if (at->role != FINGER_NONE && at->role != FINGER_STUCK)
            return true;
    return false;
}
