/* How fast a finger was: of its last moves, and nothing of what it did before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "display/velocity.h"

#define MS 1000LL

/* Moves from `from` on, `count` of them `step_ms` apart, each by dx, dy. */
struct stretch {
    int from_ms, count, step_ms, dx, dy;
};

static void a_velocity_is_that_of_the_last_moves(void **state) {
    (void)state;
    static const struct {
        struct stretch stretches[3];
        int lifted_ms;
        double vx, vy, tolerance;
    } table[] = {
        {{{0, 20, 10, 10, 0}}, 190, 1000, 0, 1},
        {{{0, 20, 10, 10, -20}}, 195, 1000, -2000, 1},
        {{{0, 60, 4, 4, 4}}, 240, 1000, 1000, 1},                  /* 240 a second */
        {{{0, 10, 33, 33, 0}}, 300, 1000, 0, 1},                   /* 30 a second */
        {{{0, 20, 10, 10, 0}}, 300, 0, 0, 0},                      /* it paused */
        {{{0, 20, 10, 10, 0}, {400, 1, 1, 2, 1}}, 400, 0, 0, 0},   /* rolls off after a pause */
        {{{0, 20, 10, 10, 0}, {255, 3, 8, 1, 0}}, 272, 125, 0, 1}, /* a pause, then slowly on */
        {{{0, 20, 10, -30, 0}, {200, 11, 10, 10, 0}}, 300, 1000, 0, 5}, /* turned back */
        {{{0, 1, 1, 5, 5}}, 10, 0, 0, 0},                               /* one place only */
        {{{0, 2, 10, 20, 0}}, 15, 2000, 0, 1},                          /* a flick of two */
        {{{0, 5, 0, 20, 0}}, 10, 0, 0, 0},                              /* all at one time */
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct velocity velocity;
        struct point at = {500, 500};
        double vx = 1, vy = 1;
        velocity_init(&velocity);
        for (const struct stretch *stretch = table[i].stretches; stretch->count; stretch++)
            for (int k = 0; k < stretch->count; k++) {
                at = (struct point){at.x + stretch->dx, at.y + stretch->dy};
                velocity_add(&velocity, at, (stretch->from_ms + k * stretch->step_ms) * MS);
            }
        velocity_find(&velocity, table[i].lifted_ms * MS, &vx, &vy);
        if (vx < table[i].vx - table[i].tolerance || vx > table[i].vx + table[i].tolerance ||
            vy < table[i].vy - table[i].tolerance || vy > table[i].vy + table[i].tolerance)
            fail_msg("row %zu: %f, %f", i, vx, vy);
    }
}

/* A finger that slows down has at its end less than half of what it had. */
static void a_later_move_weighs_more(void **state) {
    (void)state;
    struct velocity velocity;
    double vx = 0, vy = 0;
    velocity_init(&velocity);
    for (int i = 0, x = 0; i <= 10; i++, x += 2 * (11 - i))
        velocity_add(&velocity, (struct point){x, 0}, i * 10 * MS);
    velocity_find(&velocity, 100 * MS, &vx, &vy); /* 2000 a second at first, 200 at last */
    assert_true(vx > 200 && vx < 1000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_velocity_is_that_of_the_last_moves),
        cmocka_unit_test(a_later_move_weighs_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
