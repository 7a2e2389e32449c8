/* What moves: on its way, and never twice at the same place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "display/motion.h"
#include "display/transition.h"

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
                struct placement p[2];
                size_t count =
                    transition_place(TRANSITION_FADE, easings[i], (double)frame / frames[k],
                                     (struct size){64, 36}, NULL, NULL, p);
                int alpha = count == 2 ? p[1].alpha : 256;
                assert_true(alpha >= last + 2);
                last = alpha;
            }
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(easings_go_from_start_to_end),
        cmocka_unit_test(every_frame_of_a_fade_is_another),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
