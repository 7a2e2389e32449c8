/* Whatever fingers and ghosts do: what begins ends once, and nothing sticks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "display/gesture.h"
#include "trace_fixture.h"

#define SLOP 12

/* What is open, and how often there was what. */
struct watch {
    bool press, drag, pinch, begun; /* begun: a DRAG must follow */
    struct point at;
    int64_t counts[GESTURE_PINCH_END + 1];
};

static void check_press(struct watch *watch, const struct gesture *gesture) {
    bool begins = gesture->kind == GESTURE_PRESS;
    assert_true(watch->press != begins);
    assert_true(!watch->drag || !begins);
    assert_true(gesture->at.x == gesture->start.x && gesture->at.y == gesture->start.y);
    watch->press = begins;
}

static void check_drag(struct watch *watch, const struct gesture *gesture) {
    bool begins = gesture->kind == GESTURE_DRAG_BEGIN;
    assert_true(watch->drag != begins && !watch->pinch && !watch->press);
    if (gesture->kind == GESTURE_DRAG) {
        assert_int_equal(gesture->at.x, watch->at.x + gesture->dx);
        assert_int_equal(gesture->at.y, watch->at.y + gesture->dy);
    }
    assert_true(hypot(gesture->vx, gesture->vy) < 1000.0 * SLOP + 1);
    watch->at = gesture->at;
    watch->drag = gesture->kind != GESTURE_DRAG_END;
}

static void check_pinch(struct watch *watch, const struct gesture *gesture) {
    bool begins = gesture->kind == GESTURE_PINCH_BEGIN;
    assert_true(watch->pinch != begins && !watch->drag && !watch->press);
    assert_true(gesture->scale > 0 && gesture->scale < 1e6);
    watch->pinch = gesture->kind != GESTURE_PINCH_END;
}

static void check(struct watch *watch, const struct gesture *gestures, size_t count) {
    assert_true(count < GESTURES_MAX);
    for (size_t i = 0; i < count; i++) {
        const struct gesture *gesture = gestures + i;
        assert_in_range(gesture->kind, GESTURE_PRESS, GESTURE_PINCH_END);
        assert_true(!watch->begun || gesture->kind == GESTURE_DRAG);
        watch->begun = gesture->kind == GESTURE_DRAG_BEGIN;
        watch->counts[gesture->kind]++;
        if (gesture->kind <= GESTURE_LONG_PRESS)
            check_press(watch, gesture);
        else if (gesture->kind <= GESTURE_DRAG_END)
            check_drag(watch, gesture);
        else
            check_pinch(watch, gesture);
    }
    assert_false(watch->begun);
}

static void tick(struct gestures *gestures, struct watch *watch, int64_t now_us) {
    struct gesture out[GESTURES_MAX];
    check(watch, out, gestures_tick(gestures, now_us, out));
    assert_true(gestures_deadline(gestures) > now_us || now_us < gestures->last_us);
}

static void handle(struct gestures *gestures, struct watch *watch, struct touch touch) {
    struct gesture out[GESTURES_MAX];
    check(watch, out, gestures_handle(gestures, &touch, out));
}

/* All fingers up, and the time of a late tap: idle. */
static void check_idle(struct gestures *gestures, struct watch *watch, int64_t now_us) {
    for (int i = 0; i < TRACE_FINGERS + 10; i++)
        handle(gestures, watch, (struct touch){TOUCH_UP, i, {5, 5}, now_us});
    assert_false(watch->drag || watch->pinch || gestures_down(gestures));
    tick(gestures, watch, now_us + 1000000);
    assert_false(watch->press);
    assert_true(gestures_deadline(gestures) == INT64_MAX);
    for (int i = 0; i < FINGERS_MAX; i++)
        assert_int_equal(gestures->fingers.items[i].role, FINGER_NONE);
}

/* Events that no screen makes, and clocks that go anywhere. */
static struct touch spoil(struct trace *trace, struct touch touch) {
    switch (trace_pick(trace, 400)) {
    case 0:
        touch.at = (struct point){INT_MAX, INT_MIN};
        break;
    case 1:
        touch.at_us = (int64_t)trace_random(trace);
        break;
    case 2:
        touch.at_us -= trace_pick(trace, 5000000);
        break;
    case 3:
        touch.finger = (int64_t)trace_random(trace);
        break;
    default:
        break;
    }
    return touch;
}

static void run(uint64_t seed, bool spoils, struct watch *watch) {
    struct trace trace = trace_begin(seed, (struct size){1920, 1080}, true);
    struct gestures gestures;
    gestures_init(&gestures, &(struct gesture_params){.slop = SLOP});
    for (int i = 0; i < 3000; i++) {
        struct touch touch = trace_next(&trace).touch;
        gestures.params.double_taps = trace_pick(&trace, 300) ? gestures.params.double_taps : i & 1;
        gestures.params.single = trace_pick(&trace, 300) ? gestures.params.single : i & 1;
        for (int64_t due; (due = gestures_deadline(&gestures)) < touch.at_us && !spoils;)
            tick(&gestures, watch, due);
        handle(&gestures, watch, spoils ? spoil(&trace, touch) : touch);
        if (trace_pick(&trace, 100) == 0)
            tick(&gestures, watch, trace.at_us);
        if (trace_pick(&trace, 1000) == 0) {
            struct gesture out[GESTURES_MAX];
            check(watch, out, gestures_cancel(&gestures, out));
            assert_false(watch->press || watch->drag || watch->pinch);
        }
        if (trace_pick(&trace, 500) == 0 && !spoils)
            check_idle(&gestures, watch, trace.at_us);
    }
    tick(&gestures, watch, trace.at_us + 20000000);
    assert_true(spoils || !gestures_down(&gestures));
}

static void what_begins_ends(void **state) {
    (void)state;
    struct watch watch = {0};
    for (uint64_t seed = 0; seed < 200; seed++) {
        run(seed, false, &watch);
        assert_false(watch.press || watch.drag || watch.pinch);
    }
    for (int kind = GESTURE_PRESS; kind <= GESTURE_PINCH_END; kind++)
        assert_true(watch.counts[kind] > 100);
}

static void nothing_breaks_it(void **state) {
    (void)state;
    for (uint64_t seed = 1000; seed < 1200; seed++) {
        struct watch watch = {0};
        run(seed, true, &watch);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_begins_ends),
        cmocka_unit_test(nothing_breaks_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
