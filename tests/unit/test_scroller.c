/* A list under a finger, and after it: where it is at any time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "display/scroller.h"

#define MS    1000LL
#define FRAME 16667LL
#define VIEW  1000.0
#define LONG  100000.0

static void assert_near(double is, double should, double tolerance) {
    if (!(fabs(is - should) <= tolerance))
        fail_msg("%f is not %f", is, should);
}

/* Held at that place since the beginning of time, dragged there and let go at 0 ms. */
static struct scroller flung(double content, double from, double pull, double velocity) {
    struct scroller scroller;
    scroller_init(&scroller, content, VIEW);
    scroller_jump(&scroller, from);
    scroller_grab(&scroller, -900 * MS);
    scroller_drag(&scroller, pull, -800 * MS);
    scroller_release(&scroller, velocity, 0);
    return scroller;
}

static int64_t stands_after(const struct scroller *scroller) {
    int64_t at = 0;
    while (scroller_moves(scroller, at) && at < 60000 * MS)
        at += FRAME;
    return at;
}

static void a_finger_has_it(void **state) {
    (void)state;
    struct scroller scroller;
    scroller_init(&scroller, LONG, VIEW);
    assert_false(scroller_grab(&scroller, 0));
    scroller_drag(&scroller, 300, 10 * MS);
    scroller_drag(&scroller, -50, 20 * MS);
    assert_near(scroller_at(&scroller, 20 * MS), 250, 0);
    assert_false(scroller_moves(&scroller, 20 * MS));
    assert_near(scroller_velocity(&scroller, 20 * MS), 0, 0);
    scroller_release(&scroller, 0, 30 * MS);
    assert_false(scroller_moves(&scroller, 30 * MS));
    assert_near(scroller_at(&scroller, 9000 * MS), 250, 0);
    scroller_release(&scroller, 5000, 9000 * MS); /* nobody holds it */
    assert_false(scroller_moves(&scroller, 9000 * MS));
}

/* Where it stands, at once told, and when. */
static void where_it_comes_to_stand(void **state) {
    (void)state;
    static const struct {
        double content, from, pull, velocity;
        double end;
        int least_ms, most_ms;
    } table[] = {
        {LONG, 5000, 0, 1000, 5494, 2100, 2300},
        {LONG, 5000, 0, -1000, 4506, 2100, 2300},
        {LONG, 5000, 0, 4000, 6994, 2800, 3000},
        {LONG, 5000, 0, 0, 5000, 0, 0},
        {LONG, 5000, 0, 11, 5000, 0, 0},
        {LONG, 5000, 0, 900000, 14994, 3500, 4000}, /* as fast as it may */
        {LONG, 0, -400, 0, 0, 500, 900},
        {LONG, 99000, 400, 0, 99000, 500, 900},
        {LONG, 200, 0, -4000, 0, 400, 1000},
        {LONG, 0, 0, -4000, 0, 400, 900},
        {LONG, 0, -400, 4000, 371, 2000, 2300}, /* from beyond the edge back in, and on */
        {1200, 0, -400, 4000, 200, 500, 1200},  /* and beyond the other one */
        {500, 0, 0, 4000, 0, 400, 900},         /* all of it is seen: it only gives way */
        {500, 0, 200, 0, 0, 400, 900},
        {0, 0, 0, -3000, 0, 400, 900},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct scroller scroller =
            flung(table[i].content, table[i].from, table[i].pull, table[i].velocity);
        int64_t stands = stands_after(&scroller);
        if (fabs(scroller_end(&scroller) - table[i].end) > 1 || stands < table[i].least_ms * MS ||
            stands > table[i].most_ms * MS)
            fail_msg("row %zu: %f after %d ms", i, scroller_end(&scroller), (int)(stands / MS));
        assert_near(scroller_at(&scroller, stands), scroller_end(&scroller), 0);
        assert_near(scroller_at(&scroller, stands * 1000), scroller_end(&scroller), 0);
        assert_false(scroller_moves(&scroller, stands * 1000));
    }
}

/* No jump of place or speed, whatever it meets; only a very fast one is slowed by the edge. */
static void it_moves_without_a_jump(void **state) {
    (void)state;
    static const double contents[] = {0, 1200, 3000, LONG}, pulls[] = {-700, -20, 0, 40, 900};
    static const double velocities[] = {-9000, -700, -5, 0, 60, 2500, 30000};
    for (size_t c = 0; c < 4; c++)
        for (size_t p = 0; p < 5; p++)
            for (size_t v = 0; v < 7; v++) {
                struct scroller scroller = flung(contents[c], 500, pulls[p], velocities[v]);
                for (int64_t at = 0; at < 8000 * MS; at += MS) {
                    double from = scroller_at(&scroller, at), to = scroller_at(&scroller, at + MS);
                    double speed = scroller_velocity(&scroller, at);
                    if (fabs(velocities[v]) < 7000)
                        assert_near(to - from, speed / 1000, 0.7);
                    assert_true(fabs(to - from) < fabs(speed) / 1000 + 0.7);
                    assert_true(from > -VIEW * 0.7 &&
                                from < fmax(contents[c] - VIEW, 0) + VIEW * 0.7);
                }
            }
}

/* It flies ever slower, and springs back without swinging to the other side. */
static void a_spring_does_not_swing(void **state) {
    (void)state;
    static const double velocities[] = {-9000, -700, 0};
    for (size_t v = 0; v < 3; v++) {
        struct scroller scroller = flung(LONG, 300, -600, velocities[v]);
        double deepest = 0, last = 1;
        for (int64_t at = 0; at < 3000 * MS; at += FRAME) {
            double is = scroller_at(&scroller, at);
            assert_true(is <= 0);
            assert_true(is <= last || is >= deepest);
            deepest = fmin(deepest, is);
            last = is;
        }
        assert_true(deepest < -60 && last == 0);
    }
    struct scroller scroller = flung(LONG, 5000, 0, 3000);
    for (int64_t at = FRAME; at < stands_after(&scroller); at += FRAME)
        assert_true(scroller_velocity(&scroller, at) < scroller_velocity(&scroller, at - FRAME));
}

static void the_edge_resists(void **state) {
    (void)state;
    struct scroller scroller;
    scroller_init(&scroller, LONG, VIEW);
    scroller_grab(&scroller, 0);
    double last = 0, step = 10;
    for (int i = 1; i <= 1000; i++) {
        scroller_drag(&scroller, -10, i * MS);
        double at = scroller_at(&scroller, i * MS);
        assert_true(last - at < step && at < last);
        step = last - at;
        last = at;
    }
    assert_true(last > -VIEW && last < -VIEW / 2);
    scroller_drag(&scroller, 10000, 1001 * MS); /* the way back is the same */
    assert_near(scroller_at(&scroller, 1001 * MS), 0, 1e-9);
    /* with the place that it springs through in hand nothing jumps */
    scroller_drag(&scroller, -300, 1002 * MS);
    scroller_release(&scroller, 0, 1003 * MS);
    double before = scroller_at(&scroller, 1050 * MS);
    scroller_grab(&scroller, 1050 * MS);
    assert_near(scroller_at(&scroller, 9999 * MS), before, 1e-9);
    scroller_release(&scroller, 0, 10000 * MS);
    assert_near(scroller_end(&scroller), 0, 0);
}

static void however_fast_it_stays_in_sight(void **state) {
    (void)state;
    struct scroller scroller = flung(LONG, 200, 0, -20000);
    double furthest = 0;
    for (int64_t at = 0; at < 1000 * MS; at += MS)
        furthest = fmin(furthest, scroller_at(&scroller, at));
    assert_near(furthest, -VIEW / 4, 1);
    scroller = flung(LONG, 0, -600, -1000); /* out of the hand as fast as it was seen */
    assert_near(scroller_velocity(&scroller, 0), -311, 1);
    scroller = flung(LONG, 0, -600, 1000);
    assert_near(scroller_velocity(&scroller, 0), 1000, 1);
}

static void a_grab_stops_it(void **state) {
    (void)state;
    static const struct {
        int at_ms;
        bool moved;
    } table[] = {{0, true}, {300, true}, {1700, true}, {1900, false}, {5000, false}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct scroller scroller = flung(LONG, 5000, 0, 3000);
        int64_t at = table[i].at_ms * MS;
        double before = scroller_at(&scroller, at);
        assert_int_equal(scroller_grab(&scroller, at), table[i].moved);
        assert_near(scroller_at(&scroller, at + 5000 * MS), before, 1e-9);
        assert_false(scroller_moves(&scroller, at));
        scroller_release(&scroller, 0, at + 80 * MS);
        assert_near(scroller_end(&scroller), before, 1e-9);
    }
}

static void flung_again_it_gets_faster(void **state) {
    (void)state;
    static const struct {
        int held_ms;
        bool anew; /* let go in between, as when a press becomes a drag */
        double velocity, speed;
    } table[] = {{100, false, 2000, 4200},   {400, false, 2000, 2000}, {100, true, 2000, 4200},
                 {100, false, -2000, -2000}, {100, false, 0, 0},       {400, true, 2000, 2000}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct scroller scroller = flung(LONG, 50000, 0, 3000);
        int64_t at = 155 * MS, let = at + table[i].held_ms * MS; /* 2200 a second by then */
        scroller_grab(&scroller, at);
        if (table[i].anew)
            scroller_release(&scroller, 0, at + 20 * MS);
        scroller_drag(&scroller, 0, at + 20 * MS);
        scroller_release(&scroller, table[i].velocity, let);
        assert_near(scroller_velocity(&scroller, let), table[i].speed, 10);
    }
}

static void it_glides_and_jumps_within_its_bounds(void **state) {
    (void)state;
    struct scroller scroller = flung(LONG, 5000, 0, 3000);
    double from = scroller_at(&scroller, 100 * MS);
    scroller_glide(&scroller, 9000, 100 * MS);
    assert_near(scroller_at(&scroller, 100 * MS), from, 0);
    assert_near(scroller_end(&scroller), 9000, 0);
    assert_true(scroller_at(&scroller, 200 * MS) > 7500); /* faster at first */
    assert_true(scroller_moves(&scroller, 349 * MS) && !scroller_moves(&scroller, 350 * MS));
    assert_near(scroller_at(&scroller, 350 * MS), 9000, 0);
    scroller_glide(&scroller, 1e9, 400 * MS);
    assert_near(scroller_at(&scroller, 900 * MS), LONG - VIEW, 0);
    scroller_jump(&scroller, -7);
    assert_near(scroller_at(&scroller, 900 * MS), 0, 0);
    scroller_grab(&scroller, 1000 * MS);
    scroller_glide(&scroller, 100, 1000 * MS);
    scroller_release(&scroller, 4000, 1100 * MS);
    assert_near(scroller_at(&scroller, 2000 * MS), 100, 0);
}

static void a_list_may_grow_and_shrink(void **state) {
    (void)state;
    static const struct {
        double from, velocity, content, at, end; /* resized after 200 ms */
    } table[] = {
        {5000, 0, LONG * 2, 5000, 5000},       {5000, 0, 3000, 2000, 2000},
        {5000, 3000, LONG * 2, 5495, 6494},    {5000, 3000, 5500, 4750, 4500},
        {99000, 3000, LONG * 2, 99066, 99066}, {0, 0, 10, 0, 0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct scroller scroller = flung(LONG, table[i].from, 0, table[i].velocity);
        scroller_resize(&scroller, table[i].content, VIEW, 200 * MS);
        if (fabs(scroller_at(&scroller, 200 * MS) - table[i].at) > 5 ||
            fabs(scroller_end(&scroller) - table[i].end) > 20)
            fail_msg("row %zu: %f, %f", i, scroller_at(&scroller, 200 * MS),
                     scroller_end(&scroller));
        stands_after(&scroller);
        assert_near(scroller_at(&scroller, 60000 * MS), scroller_end(&scroller), 0);
    }
    struct scroller scroller = flung(LONG, 5000, 0, 0);
    scroller_glide(&scroller, 9000, 0);
    scroller_resize(&scroller, 8000, 500, 100 * MS);
    assert_near(scroller_at(&scroller, 900 * MS), 7500, 0);
}

static void time_may_go_back(void **state) {
    (void)state;
    struct scroller scroller = flung(LONG, 5000, 0, 3000);
    assert_near(scroller_at(&scroller, -5000 * MS), 5000, 0);
    assert_true(scroller_moves(&scroller, -5000 * MS));
    scroller_grab(&scroller, -5000 * MS);
    scroller_release(&scroller, 100, -6000 * MS);
    assert_true(scroller_at(&scroller, 0) > 5000);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finger_has_it),
        cmocka_unit_test(where_it_comes_to_stand),
        cmocka_unit_test(it_moves_without_a_jump),
        cmocka_unit_test(a_spring_does_not_swing),
        cmocka_unit_test(the_edge_resists),
        cmocka_unit_test(however_fast_it_stays_in_sight),
        cmocka_unit_test(a_grab_stops_it),
        cmocka_unit_test(flung_again_it_gets_faster),
        cmocka_unit_test(it_glides_and_jumps_within_its_bounds),
        cmocka_unit_test(a_list_may_grow_and_shrink),
        cmocka_unit_test(time_may_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
