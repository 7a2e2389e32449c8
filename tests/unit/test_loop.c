/* The loop as a machine: told the time and what happened, what does it show? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "display/loop.h"
#include "display/transition.h"

#define SECOND 1000000LL

static const struct size screen = {64, 36};
static const struct theme theme = {.easing = EASING_SMOOTH};

static struct showing_slide slide(const char *id, int seconds) {
    struct showing_slide made = {.buffer = buffer_create(64, 36), .duration_ms = seconds * 1000};
    made.case_id = xstrdup(id);
    return made;
}

static void give(struct loop *loop, const char *id, int seconds, int64_t now) {
    struct showing_slide made = slide(id, seconds);
    loop_handle_slide(loop, &made, now);
}

static void test_one_after_another(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    struct loop loop;
    struct placement p[2];
    loop_init(&loop, &config, &theme);
    assert_true(loop_wants_next(&loop));
    assert_false(loop_wants_next(&loop)); /* once */
    assert_int_equal(loop_place(&loop, 0, screen, p), 0);
    give(&loop, "a", 8, 0);
    assert_true(loop_tick(&loop, 0)); /* the first: at once, by a cut */
    assert_string_equal(loop.current.case_id, "a");
    assert_true(loop_wants_next(&loop));
    assert_int_equal(loop_deadline(&loop), INT64_MAX); /* nothing can change by time alone */
    give(&loop, "b", 8, 1 * SECOND);
    assert_int_equal(loop_deadline(&loop), 8 * SECOND);
    assert_false(loop_tick(&loop, 7 * SECOND));
    assert_int_equal(loop_place(&loop, 7 * SECOND, screen, p), 1);
    assert_false(loop_tick(&loop, 8 * SECOND));
    assert_int_equal(loop.state, LOOP_MOVING);
    assert_int_equal(loop_place(&loop, 8 * SECOND + 400000, screen, p), 2);
    assert_in_range(p[1].alpha, 126, 130);
    assert_true(loop_tick(&loop, 8 * SECOND + 800000));
    assert_string_equal(loop.current.case_id, "b");
    assert_int_equal(loop_place(&loop, 9 * SECOND, screen, p), 1);
    loop_finish(&loop);
    config_finish(&config);
}

/* A slide that comes late: what stands goes on standing, then it moves at once. */
static void test_late(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    struct loop loop;
    struct placement p[2];
    loop_init(&loop, &config, &theme);
    loop_wants_next(&loop);
    give(&loop, "a", 8, 0);
    loop_tick(&loop, 0);
    loop_wants_next(&loop);
    assert_false(loop_tick(&loop, 20 * SECOND));
    assert_int_equal(loop_place(&loop, 20 * SECOND, screen, p), 1);
    assert_ptr_equal(p[0].buffer, loop.current.buffer);
    give(&loop, "b", 8, 21 * SECOND);
    assert_false(loop_tick(&loop, 21 * SECOND));
    assert_int_equal(loop.state, LOOP_MOVING);
    loop_finish(&loop);
    config_finish(&config);
}

/* Another library: what was made is made anew, between two slides, and a card gives way. */
static void test_library(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    struct loop loop;
    loop_init(&loop, &config, &theme);
    loop_wants_next(&loop);
    struct showing_slide card = {.buffer = buffer_create(64, 36), .duration_ms = 60000};
    loop_handle_slide(&loop, &card, 0);
    loop_tick(&loop, 0);
    loop_wants_next(&loop);
    loop_handle_library(&loop);
    assert_true(loop_wants_next(&loop));
    give(&loop, "a", 8, 2 * SECOND);
    loop_tick(&loop, 2 * SECOND);
    assert_int_equal(loop.state, LOOP_MOVING); /* not after 60 s */
    loop_handle_library(&loop);                /* in the middle of the move */
    assert_non_null(loop.next.buffer);
    assert_true(loop_tick(&loop, 3 * SECOND));
    assert_true(loop_wants_next(&loop));
    give(&loop, "b", 8, 3 * SECOND);
    loop_handle_library(&loop);
    assert_null(loop.next.buffer);
    assert_true(loop_wants_next(&loop));
    assert_string_equal(loop.current.case_id, "a"); /* goes on standing */
    loop_finish(&loop);
    config_finish(&config);
}

static void test_transitions(void **state) {
    (void)state;
    struct buffer *a = buffer_create(64, 36), *b = buffer_create(64, 36);
    struct placement p[2];
    static const enum transition kinds[] = {TRANSITION_CUT, TRANSITION_FADE, TRANSITION_SLIDE};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(transition_place(kinds[i], EASING_SMOOTH, 1.0, screen, a, b, p), 1);
        assert_ptr_equal(p[0].buffer, b);
        assert_int_equal(p[0].alpha, 256);
    }
    assert_int_equal(transition_place(TRANSITION_FADE, EASING_SMOOTH, 0, screen, a, b, p), 2);
    assert_ptr_equal(p[0].buffer, a);
    assert_int_equal(p[1].alpha, 0);
    int last = 64;
    for (double at = 0; at < 1; at += 0.05) {
        assert_int_equal(transition_place(TRANSITION_SLIDE, EASING_SMOOTH, at, screen, a, b, p), 2);
        assert_int_equal(p[1].x - p[0].x, 64); /* side by side, no gap */
        assert_true(p[1].x <= last);
        last = p[1].x;
    }
    buffer_destroy(a);
    buffer_destroy(b);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_after_another),
        cmocka_unit_test(test_late),
        cmocka_unit_test(test_library),
        cmocka_unit_test(test_transitions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
