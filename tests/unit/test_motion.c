/* What moves: on its way, and never twice at the same place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "display/motion.h"
#include "display/presenter.h"

static const enum easing easings[] = {EASING_LINEAR, EASING_SMOOTH, EASING_OUT};

static void easings_go_from_start_to_end(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof easings / sizeof *easings; i++) {
        assert_true(motion_ease(easings[i], 0) == 0 && motion_ease(easings[i], 1) == 1);
        for (int step = 1; step <= 100; step++)
            assert_true(motion_ease(easings[i], step / 100.0) >
                        motion_ease(easings[i], (step - 1) / 100.0));
    }
    /* at its start it has gone less far than at a steady speed, at its end further */
    assert_true(motion_ease(EASING_SMOOTH, 0.1) < 0.05);
    assert_true(motion_ease(EASING_SMOOTH, 0.9) > 0.95);
    assert_true(motion_ease(EASING_OUT, 0.1) > 0.15);
    assert_true(motion_ease(EASING_OUT, 0.9) > 0.95);
}

/* A fade of the default 800 ms, and one of a second, at 60 frames a second: each frame differs
 * from the one before by two steps of alpha at the least. */
static void every_frame_of_a_fade_is_another(void **state) {
    (void)state;
    static const int frames[] = {48, 60};
    for (size_t i = 0; i < sizeof easings / sizeof *easings; i++)
        for (size_t k = 0; k < sizeof frames / sizeof *frames; k++) {
            int last = 0;
            for (int frame = 1; frame <= frames[k]; frame++) {
                double at = motion_ease_fade(easings[i], (double)frame / frames[k]);
                int alpha = (int)(at * 256 + 0.5);
                assert_true(alpha >= last + 2);
                last = alpha;
            }
            assert_int_equal(last, 256);
        }
}

/* ---- drift */

#define SECOND 1000000LL

static const struct theme theme = {.drift_percent = 4, .drift_seconds = 12};
static const struct point middle = {500, 500};

static void a_drift_is_as_fast_as_the_theme_says_at_most(void **state) {
    (void)state;
    static const struct {
        int64_t seen, span; /* seconds */
    } table[] = {{0, 12}, {8, 12}, {12, 12}, {13, 13}, {41, 41}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct drift drift = drift_plan(&theme, "望川大学/读书角", middle, table[i].seen * SECOND);
        assert_true(drift.span_us == table[i].span * SECOND);
        assert_int_equal(drift.percent, 4);
    }
    /* a case has its direction, and cases differ */
    bool shrinks = drift_plan(&theme, "a", middle, 0).shrinks, other = shrinks;
    for (char id[] = "b"; *id <= 'z' && other == shrinks; (*id)++) {
        other = drift_plan(&theme, id, middle, 0).shrinks;
        assert_int_equal(other, drift_plan(&theme, id, middle, 0).shrinks);
    }
    assert_true(other != shrinks);
}

static int distance(int a, int b) {
    return a < b ? b - a : a - b;
}

/* Frame by frame at 30, 60 and 144 a second: inside the picture, of its shape, always on in one
 * direction, no corner further than a third of a pixel, and no further than 4 % after 12 s. */
static void assert_drifts_well(struct drift drift, struct size size, int rate) {
    struct rect last = drift_part(&drift, size, 0), first = last;
    for (int frame = 1; frame <= 12 * rate; frame++) {
        struct rect part = drift_part(&drift, size, frame * SECOND / rate);
        assert_true(part.x >= 0 && part.x + part.width <= size.width * PART_PIXEL);
        assert_true(part.y >= 0 && part.y + part.height <= size.height * PART_PIXEL);
        assert_true(drift.shrinks ? part.width > last.width : part.width < last.width);
        assert_true(distance(part.x, last.x) <= PART_PIXEL / 3);
        assert_true(distance(part.x + part.width, last.x + last.width) <= PART_PIXEL / 3);
        assert_true(distance(part.y, last.y) <= PART_PIXEL / 3);
        assert_true(distance(part.y + part.height, last.y + last.height) <= PART_PIXEL / 3);
        double shape = (double)part.width / part.height * size.height / size.width;
        assert_true(shape > 0.999999 && shape < 1.000001);
        last = part;
    }
    double grown = (double)first.width / last.width;
    grown = drift.shrinks ? 1 / grown : grown;
    assert_true(grown > 1.0399 && grown <= 1.0400001);
    struct rect whole = drift.shrinks ? last : first;
    assert_int_equal(whole.x, 0);
    assert_int_equal(whole.y, 0);
    assert_int_equal(whole.width, size.width * PART_PIXEL);
    assert_int_equal(whole.height, size.height * PART_PIXEL);
}

static void a_drift_is_steady(void **state) {
    (void)state;
    static const struct point abouts[] = {{500, 500}, {0, 0}, {1000, 1000}, {300, 800}};
    static const struct size sizes[] = {{1126, 660}, {2112, 1188}, {1188, 2112}};
    static const int rates[] = {30, 60, 144};
    for (size_t i = 0; i < 4; i++)
        for (size_t k = 0; k < 3; k++)
            for (size_t r = 0; r < 3; r++)
                for (int shrinks = 0; shrinks < 2; shrinks++)
                    assert_drifts_well((struct drift){abouts[i], 4, shrinks, 12 * SECOND}, sizes[k],
                                       rates[r]);
}

/* Steps of the same size all the way, but for what a 65536th of a pixel makes. */
static void a_drift_has_one_speed(void **state) {
    (void)state;
    const struct drift drift = {middle, 4, false, 12 * SECOND};
    const struct size size = {4224, 2376};
    int step = 0;
    for (int frame = 1; frame <= 720; frame++) {
        int now = drift_part(&drift, size, frame * SECOND / 60).width;
        int before = drift_part(&drift, size, (frame - 1) * SECOND / 60).width;
        step = step ? step : before - now;
        assert_in_range(before - now, step - 2, step + 2);
    }
}

static void a_drift_ends_and_stands(void **state) {
    (void)state;
    const struct size size = {2112, 1188};
    for (int shrinks = 0; shrinks < 2; shrinks++) {
        const struct drift drift = {{200, 700}, 4, shrinks, 12 * SECOND};
        struct rect end = drift_part(&drift, size, 12 * SECOND);
        struct rect late = drift_part(&drift, size, 3650 * 86400 * SECOND);
        struct rect start = drift_part(&drift, size, 0), early = drift_part(&drift, size, -SECOND);
        assert_memory_equal(&end, &late, sizeof end);
        assert_memory_equal(&start, &early, sizeof start);
        assert_true(drift_goes(&drift, 0) && drift_goes(&drift, 12 * SECOND - 1));
        assert_false(drift_goes(&drift, 12 * SECOND));
    }
    const struct drift none = {middle, 0, false, 12 * SECOND};
    assert_false(drift_goes(&none, 0));
    assert_int_equal(drift_part(&none, size, 6 * SECOND).width, size.width * PART_PIXEL);
}

/* ---- whether the machine keeps up */

static void who_drifts_at_the_start(void **state) {
    (void)state;
    static const struct {
        enum motion_choice choice;
        bool stretches, real, drifts;
    } table[] = {
        {MOTION_AUTO, false, false, false}, {MOTION_AUTO, true, false, false},
        {MOTION_AUTO, true, true, true},    {MOTION_FULL, false, false, false},
        {MOTION_FULL, true, false, true},   {MOTION_FULL, true, true, true},
        {MOTION_NONE, true, true, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct motion motion;
        motion_init(&motion, table[i].choice, table[i].stretches, table[i].real, 16667);
        assert_int_equal(motion.drifts, table[i].drifts);
    }
}

/* Frames in time, of which the first `late` took two periods. Gives how often it changed. */
static int feed(struct motion *motion, int64_t *now, int frames, int late) {
    int changes = 0;
    for (int i = 0; i < frames; i++) {
        *now += motion->period_us * (i < late ? 2 : 1);
        changes += motion_handle_frame(motion, *now);
    }
    return changes;
}

static void a_window_is_judged(void **state) {
    (void)state;
    static const struct {
        enum motion_choice choice;
        int late;
        bool drifts;
    } table[] = {
        {MOTION_AUTO, 0, true},  {MOTION_AUTO, 2, true},   {MOTION_AUTO, 5, true},
        {MOTION_AUTO, 6, false}, {MOTION_AUTO, 30, false}, {MOTION_FULL, 30, true},
    };
    static const int64_t periods[] = {33333, 16667, 6944};
    for (size_t p = 0; p < 3; p++)
        for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
            struct motion motion;
            int64_t now = 30 * 86400 * SECOND;
            motion_init(&motion, table[i].choice, true, true, periods[p]);
            motion_handle_frame(&motion, now);
            assert_int_equal(feed(&motion, &now, 29, table[i].late), 0);
            feed(&motion, &now, 1, table[i].late == 30);
            assert_int_equal(motion.drifts, table[i].drifts);
        }
}

static void a_rest_is_no_late_frame(void **state) {
    (void)state;
    struct motion motion;
    int64_t now = SECOND;
    motion_init(&motion, MOTION_AUTO, true, true, 16667);
    for (int i = 0; i < 100; i++) {
        assert_int_equal(feed(&motion, &now, 4, 0), 0);
        motion_handle_rest(&motion);
        now += 8 * SECOND;
    }
    assert_true(motion.drifts);
}

/* Off at once, on only after a good while, and each time a longer one. */
static void it_does_not_flap(void **state) {
    (void)state;
    static const int windows[] = {20, 40, 80, 160, 160};
    struct motion motion;
    int64_t now = SECOND;
    motion_init(&motion, MOTION_AUTO, true, true, 16667);
    motion_handle_frame(&motion, now);
    for (size_t i = 0; i < sizeof windows / sizeof *windows; i++) {
        assert_int_equal(feed(&motion, &now, 30, 30), 1);
        assert_false(motion.drifts);
        assert_int_equal(feed(&motion, &now, 10 * 30, 0), 0);
        assert_int_equal(feed(&motion, &now, 30, 2), 0); /* all over again */
        assert_int_equal(feed(&motion, &now, windows[i] * 30 - 1, 0), 0);
        assert_false(motion.drifts);
        assert_int_equal(feed(&motion, &now, 1, 0), 1);
        assert_true(motion.drifts);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(easings_go_from_start_to_end),
        cmocka_unit_test(every_frame_of_a_fade_is_another),
        cmocka_unit_test(a_drift_is_as_fast_as_the_theme_says_at_most),
        cmocka_unit_test(a_drift_is_steady),
        cmocka_unit_test(a_drift_has_one_speed),
        cmocka_unit_test(a_drift_ends_and_stands),
        cmocka_unit_test(who_drifts_at_the_start),
        cmocka_unit_test(a_window_is_judged),
        cmocka_unit_test(a_rest_is_no_late_frame),
        cmocka_unit_test(it_does_not_flap),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
