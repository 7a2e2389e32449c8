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
    struct placement p[LOOP_PLACEMENTS];
    loop_init(&loop, &config, &theme, 0);
    assert_true(loop_wants_next(&loop));
    assert_false(loop_wants_next(&loop)); /* once */
    assert_int_equal(loop_place(&loop, 0, screen, p), 0);
    give(&loop, "a", 8, 0);
    assert_true(loop_tick(&loop, 0)); /* the first: at once, by a cut */
    assert_string_equal(loop.current.case_id, "a");
    assert_true(loop_wants_next(&loop));
    assert_int_equal(loop_deadline(&loop, 0), INT64_MAX); /* nothing can change by time alone */
    give(&loop, "b", 8, 1 * SECOND);
    assert_int_equal(loop_deadline(&loop, 1 * SECOND), 8 * SECOND);
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
    struct placement p[LOOP_PLACEMENTS];
    loop_init(&loop, &config, &theme, 0);
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
    loop_init(&loop, &config, &theme, 0);
    loop_wants_next(&loop);
    struct showing_slide card = {.buffer = buffer_create(64, 36), .duration_ms = 60000};
    loop_handle_slide(&loop, &card, 0);
    loop_tick(&loop, 0);
    loop_wants_next(&loop);
    loop_handle_library(&loop, false);
    assert_true(loop_wants_next(&loop));
    give(&loop, "a", 8, 2 * SECOND);
    loop_tick(&loop, 2 * SECOND);
    assert_int_equal(loop.state, LOOP_MOVING); /* not after 60 s */
    loop_handle_library(&loop, false);         /* in the middle of the move */
    assert_non_null(loop.next.buffer);
    assert_true(loop_tick(&loop, 3 * SECOND));
    assert_true(loop_wants_next(&loop));
    give(&loop, "b", 8, 3 * SECOND);
    loop_handle_library(&loop, false);
    assert_null(loop.next.buffer);
    assert_true(loop_wants_next(&loop));
    assert_string_equal(loop.current.case_id, "a"); /* goes on standing */
    loop_finish(&loop);
    config_finish(&config);
}

/* What is urgent does not wait until a slide has stood, not even one that was moving in. */
static void test_urgent(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    struct loop loop;
    loop_init(&loop, &config, &theme, 0);
    loop_wants_next(&loop);
    give(&loop, "a", 30, 0);
    loop_tick(&loop, 0);
    loop_wants_next(&loop);
    give(&loop, "b", 30, SECOND);
    loop_handle_library(&loop, true);
    assert_null(loop.next.buffer);
    assert_true(loop_wants_next(&loop));
    give(&loop, "n", 30, 2 * SECOND);
    loop_tick(&loop, 2 * SECOND);
    assert_int_equal(loop.state, LOOP_MOVING);
    assert_string_equal(loop.next.case_id, "n");
    loop_handle_library(&loop, true); /* and another one */
    assert_true(loop_tick(&loop, 3 * SECOND));
    assert_true(loop_wants_next(&loop));
    give(&loop, "m", 30, 4 * SECOND);
    loop_tick(&loop, 4 * SECOND);
    assert_int_equal(loop.state, LOOP_MOVING);
    assert_true(loop_tick(&loop, 5 * SECOND));
    loop_wants_next(&loop);
    give(&loop, "b", 30, 6 * SECOND);
    loop_tick(&loop, 6 * SECOND);
    assert_int_equal(loop.state, LOOP_STANDING); /* it stands as long as any */
    loop_finish(&loop);
    config_finish(&config);
}

/* It changes once more while a card moves in, which then does not stand its 60 s. */
static void test_library_during_card(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    struct loop loop;
    loop_init(&loop, &config, &theme, 0);
    loop_wants_next(&loop);
    give(&loop, "a", 8, 0);
    loop_tick(&loop, 0);
    loop_wants_next(&loop);
    struct showing_slide card = {.buffer = buffer_create(64, 36), .duration_ms = 60000};
    loop_handle_slide(&loop, &card, SECOND);
    loop_tick(&loop, 8 * SECOND);
    assert_int_equal(loop.state, LOOP_MOVING);
    loop_handle_library(&loop, false);
    assert_true(loop_tick(&loop, 9 * SECOND));
    assert_true(loop_wants_next(&loop));
    give(&loop, "b", 8, 10 * SECOND);
    loop_tick(&loop, 10 * SECOND);
    assert_int_equal(loop.state, LOOP_MOVING);
    loop_handle_library(&loop, false); /* a case is worth standing */
    assert_true(loop_tick(&loop, 11 * SECOND));
    loop_wants_next(&loop);
    give(&loop, "c", 8, 12 * SECOND);
    loop_tick(&loop, 12 * SECOND);
    assert_int_equal(loop.state, LOOP_STANDING);
    loop_finish(&loop);
    config_finish(&config);
}

static size_t place(enum transition kind, double at, const struct look *from, const struct look *to,
                    struct placement p[TRANSITION_PLACEMENTS]) {
    return transition_place(kind, EASING_SMOOTH, at, screen, from, to, p);
}

static void test_transitions(void **state) {
    (void)state;
    struct buffer *a = buffer_create(64, 36), *b = buffer_create(64, 36);
    const struct look from = {.buffer = a}, to = {.buffer = b};
    struct placement p[TRANSITION_PLACEMENTS];
    static const enum transition kinds[] = {TRANSITION_CUT, TRANSITION_FADE, TRANSITION_SLIDE};
    for (int i = 0; i < 3; i++) {
        assert_int_equal(place(kinds[i], 1.0, &from, &to, p), 1);
        assert_ptr_equal(p[0].buffer, b);
        assert_int_equal(p[0].alpha, 256);
    }
    assert_int_equal(place(TRANSITION_FADE, 0, &from, &to, p), 2);
    assert_ptr_equal(p[0].buffer, a);
    assert_int_equal(p[1].alpha, 0);
    int last = 64;
    for (double at = 0; at < 1; at += 0.05) {
        assert_int_equal(place(TRANSITION_SLIDE, at, &from, &to, p), 2);
        assert_int_equal(p[1].x - p[0].x, 64); /* side by side, no gap */
        assert_true(p[1].x <= last);
        last = p[1].x;
    }
    buffer_destroy(a);
    buffer_destroy(b);
}

/* Slides of two buffers: what fades out or in last is the whole one, if there is one. */
static void test_photographs_in_transitions(void **state) {
    (void)state;
    struct buffer *a = buffer_create(64, 36), *b = buffer_create(64, 36);
    struct buffer *below = buffer_create(70, 39);
    const struct look flat = {.buffer = a};
    const struct look deep = {.buffer = b, .photo = below, .part = {1, 2, 3, 4}};
    struct placement p[TRANSITION_PLACEMENTS];
    assert_int_equal(place(TRANSITION_FADE, 0.25, &flat, &deep, p), 3);
    assert_ptr_equal(p[0].buffer, below);
    assert_int_equal(p[0].part.height, 4);
    assert_int_equal(p[0].alpha, 256);
    assert_ptr_equal(p[1].buffer, b);
    assert_int_equal(p[1].part.width, 0);
    assert_int_equal(p[1].alpha, 256);
    assert_ptr_equal(p[2].buffer, a);
    int out = p[2].alpha;
    assert_int_equal(place(TRANSITION_FADE, 0.25, &deep, &flat, p), 3);
    assert_ptr_equal(p[0].buffer, below);
    assert_ptr_equal(p[2].buffer, a);
    assert_int_equal(p[2].alpha, 256 - out);
    assert_int_equal(place(TRANSITION_FADE, 0.25, &deep, &deep, p), 4);
    assert_int_equal(p[1].alpha, 256);
    assert_int_equal(p[2].alpha, 256 - out);
    assert_int_equal(p[3].alpha, 256 - out);
    assert_int_equal(place(TRANSITION_SLIDE, 0.5, &flat, &deep, p), 3);
    assert_int_equal(p[0].x, -32);
    assert_int_equal(p[1].x, 32);
    assert_int_equal(p[2].x, 32);
    assert_int_equal(place(TRANSITION_CUT, 0, &flat, &deep, p), 2);
    buffer_destroy(a);
    buffer_destroy(b);
    buffer_destroy(below);
}

/* With motion = none nothing leaves its place. */
static void test_nothing_slides(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    config.loop.transition = TRANSITION_SLIDE;
    struct loop loop;
    struct placement p[LOOP_PLACEMENTS];
    loop_init(&loop, &config, &theme, 0);
    give(&loop, "a", 8, 0);
    loop_tick(&loop, 0);
    give(&loop, "b", 8, 0);
    loop_tick(&loop, 8 * SECOND);
    assert_int_equal(loop_place(&loop, 8 * SECOND + 400000, screen, p), 2);
    assert_int_equal(p[0].x, -32);
    config.display.motion = MOTION_NONE;
    assert_int_equal(loop_place(&loop, 8 * SECOND + 400000, screen, p), 2);
    assert_int_equal(p[0].x, 0);
    assert_in_range(p[1].alpha, 126, 130);
    loop_finish(&loop);
    config_finish(&config);
}

/* ---- drift */

static void give_photo(struct loop *loop, const char *id, int seconds, int64_t now) {
    struct showing_slide made = slide(id, seconds);
    made.photo = buffer_create(70, 40);
    made.drift = (struct drift){{500, 500}, 4, false, 12 * SECOND};
    loop_handle_slide(loop, &made, now);
}

static struct rect part_at(const struct loop *loop, int64_t now) {
    struct placement p[LOOP_PLACEMENTS];
    assert_int_equal(loop_place(loop, now, screen, p), 2);
    return p[0].part;
}

static void assert_same_part(struct rect a, struct rect b) {
    assert_memory_equal(&a, &b, sizeof a);
}

/* A slide of 20 s whose photograph drifts for 12, after so long an uptime. */
static void drift_through(int64_t uptime, struct rect parts[5]) {
    struct config config;
    config_init(&config);
    struct loop loop;
    struct placement p[LOOP_PLACEMENTS];
    int64_t since = 0;
    loop_init(&loop, &config, &theme, 0);
    give(&loop, "a", 8, uptime);
    loop_tick(&loop, uptime);
    assert_false(loop_moves(&loop, uptime + 4 * SECOND, &since)); /* nothing in it drifts */
    give_photo(&loop, "b", 20, uptime);
    int64_t start = uptime + 8 * SECOND;
    loop_tick(&loop, start);
    assert_true(loop_moves(&loop, start, &since));
    assert_true(since == start);
    assert_int_equal(loop_place(&loop, start + 100000, screen, p), 3);
    parts[0] = p[0].part; /* it drifts from the transition on */
    loop_tick(&loop, start + 800000);
    assert_true(loop_moves(&loop, start + 800000, &since));
    assert_true(since == start);
    parts[1] = part_at(&loop, start + 800000);
    parts[2] = part_at(&loop, start + 6 * SECOND + 1);
    assert_true(loop_moves(&loop, start + 12 * SECOND - 1, &since));
    assert_false(loop_moves(&loop, start + 12 * SECOND, &since)); /* as far as it goes */
    parts[3] = part_at(&loop, start + 12 * SECOND);
    parts[4] = part_at(&loop, start + 19 * SECOND);
    loop_finish(&loop);
    config_finish(&config);
}

static void test_drift(void **state) {
    (void)state;
    struct rect parts[5], later[5];
    drift_through(0, parts);
    for (int i = 1; i < 4; i++)
        assert_true(parts[i].width < parts[i - 1].width);
    assert_same_part(parts[3], parts[4]);
    static const int days[] = {30, 3650};
    for (int i = 0; i < 2; i++) {
        drift_through(days[i] * 86400 * SECOND + 12345, later);
        for (int k = 0; k < 5; k++)
            assert_same_part(parts[k], later[k]);
    }
}

/* Where the machine falls behind a photograph stops, and does not jump. */
static void test_drift_is_stopped(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    struct loop loop;
    int64_t since = 0;
    loop_init(&loop, &config, &theme, 0);
    give_photo(&loop, "a", 8, 0);
    loop_tick(&loop, SECOND);
    struct rect before = part_at(&loop, 3 * SECOND);
    assert_true(before.width < part_at(&loop, SECOND).width);
    loop_handle_motion(&loop, false, 3 * SECOND);
    assert_false(loop_moves(&loop, 3 * SECOND, &since));
    assert_same_part(part_at(&loop, 5 * SECOND), before);
    give_photo(&loop, "b", 8, 5 * SECOND); /* was being made meanwhile */
    loop_tick(&loop, 9 * SECOND);
    loop_tick(&loop, 10 * SECOND);
    assert_string_equal(loop.current.case_id, "b");
    assert_false(loop_moves(&loop, 11 * SECOND, &since));
    assert_same_part(part_at(&loop, 11 * SECOND), part_at(&loop, 17 * SECOND));
    loop_finish(&loop);
    config_finish(&config);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_one_after_another),
        cmocka_unit_test(test_late),
        cmocka_unit_test(test_library),
        cmocka_unit_test(test_urgent),
        cmocka_unit_test(test_library_during_card),
        cmocka_unit_test(test_transitions),
        cmocka_unit_test(test_photographs_in_transitions),
        cmocka_unit_test(test_nothing_slides),
        cmocka_unit_test(test_drift),
        cmocka_unit_test(test_drift_is_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
