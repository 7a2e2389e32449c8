/* When sources are polled. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "keeper/schedule.h"

#define MINUTE 60000

static const uint32_t randoms[] = {0, 1, 0x7fffffff, 0x80000000, 0xffffffff};
#define EACH_RANDOM(r)                                                                             \
    for (size_t r##_i = 0; r##_i < sizeof randoms / sizeof *randoms; r##_i++)                      \
        for (uint32_t r = randoms[r##_i], r##_once = 1; r##_once; r##_once = 0)

/* The wait after it lies in [low, high], whatever the chance. */
static void expect(struct schedule *schedule, enum schedule_event event, int64_t now, int64_t low,
                   int64_t high) {
    EACH_RANDOM(random) {
        struct schedule copy = *schedule;
        schedule_after(&copy, event, now, random);
        assert_in_range(copy.next_ms - now, low, high);
    }
    schedule_after(schedule, event, now, 0x12345678);
}

static void test_start(void **state) {
    (void)state;
    struct schedule schedule;
    EACH_RANDOM(random) {
        schedule_init(&schedule, 15, 1000, random);
        assert_in_range(schedule.next_ms, 6000, 6000 + 5 * MINUTE);
        schedule_init(&schedule, 1, 1000, random);
        assert_in_range(schedule.next_ms, 6000, 6000 + MINUTE);
    }
    struct schedule other;
    schedule_init(&schedule, 15, 0, 0);
    schedule_init(&other, 15, 0, 0xffffffff);
    assert_true(other.next_ms - schedule.next_ms > 4 * MINUTE); /* really spread */
}

static void test_good(void **state) {
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 20, 0, 0);
    expect(&schedule, SCHEDULE_GOOD, 5, 18 * MINUTE, 22 * MINUTE);
}

static void test_failures_double_up_to_six_hours(void **state) {
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 15, 0, 0);
    int64_t wait = MINUTE;
    for (int i = 0; i < 200; i++) {
        expect(&schedule, SCHEDULE_FAILED, 1000, wait / 2, wait);
        wait = wait * 2 < SCHEDULE_MOST_MS ? wait * 2 : SCHEDULE_MOST_MS;
    }
    assert_int_equal(wait, SCHEDULE_MOST_MS);
    expect(&schedule, SCHEDULE_GOOD, 1000, 13 * MINUTE, 17 * MINUTE);
    expect(&schedule, SCHEDULE_FAILED, 1000, MINUTE / 2, MINUTE);
}

static void test_refused_waits_for_a_period(void **state) {
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 15, 0, 0);
    expect(&schedule, SCHEDULE_REFUSED, 0, 15 * MINUTE / 2, 15 * MINUTE);
    expect(&schedule, SCHEDULE_REFUSED, 0, 15 * MINUTE, 30 * MINUTE);
    schedule_init(&schedule, 1440, 0, 0);
    expect(&schedule, SCHEDULE_REFUSED, 0, SCHEDULE_MOST_MS / 2, SCHEDULE_MOST_MS);
}

static void test_a_wrong_signature_is_tried_again_twice(void **state) {
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 15, 0, 0);
    assert_false(schedule_past_caches(&schedule));
    expect(&schedule, SCHEDULE_SIGNATURE, 0, 10000, 10000);
    assert_true(schedule_past_caches(&schedule));
    assert_false(schedule_reports(&schedule));
    expect(&schedule, SCHEDULE_SIGNATURE, 0, 60000, 60000);
    assert_false(schedule_reports(&schedule));
    assert_int_equal(schedule.failures, 0);
    expect(&schedule, SCHEDULE_SIGNATURE, 0, 15 * MINUTE / 2, 15 * MINUTE);
    assert_true(schedule_reports(&schedule));
    assert_int_equal(schedule.failures, 1);
    expect(&schedule, SCHEDULE_GOOD, 0, 13 * MINUTE, 17 * MINUTE);
    assert_false(schedule_past_caches(&schedule));
    expect(&schedule, SCHEDULE_SIGNATURE, 0, 10000, 10000);
}

static void test_network_comes_back(void **state) {
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 15, 0, 0);
    schedule_after(&schedule, SCHEDULE_GOOD, 0, 0);
    int64_t next = schedule.next_ms;
    schedule_network(&schedule, 0, 0); /* nothing has failed */
    assert_int_equal(schedule.next_ms, next);
    for (int i = 0; i < 10; i++)
        schedule_after(&schedule, SCHEDULE_FAILED, 0, 0);
    EACH_RANDOM(random) {
        struct schedule copy = schedule;
        schedule_network(&copy, 100, random);
        assert_in_range(copy.next_ms, 1100, 5100);
        schedule_network(&copy, 200, 0xffffffff); /* never later than before */
        assert_in_range(copy.next_ms, 1100, 5200);
    }
}

static void test_stopped_goes_on_at_once(void **state) {
    (void)state;
    struct schedule schedule;
    schedule_init(&schedule, 15, 0, 0);
    schedule_after(&schedule, SCHEDULE_FAILED, 0, 0);
    expect(&schedule, SCHEDULE_STOPPED, 77, 0, 0);
    assert_int_equal(schedule.failures, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_failures_double_up_to_six_hours),
        cmocka_unit_test(test_refused_waits_for_a_period),
        cmocka_unit_test(test_a_wrong_signature_is_tried_again_twice),
        cmocka_unit_test(test_network_comes_back),
        cmocka_unit_test(test_stopped_goes_on_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
