/* PINs, whose they are and how long a wrong one makes the next wait. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "library/pin_rules.h"
#include "library/pins.h"
#include "library_fixture.h"

#define NOW_MS 1800000000000LL

struct outcome {
    enum pin_result result;
    int64_t wait_ms;
};

static struct outcome try_at(const struct fixture *fixture, const char *digits, int64_t now_ms) {
    struct outcome outcome = {0};
    char *name = NULL;
    enum pin_role role = PIN_ENTER;
    outcome.result =
        pins_try(fixture->paths.station, digits, now_ms, &name, &role, &outcome.wait_ms);
    free(name);
    return outcome;
}

static void assert_try(const struct fixture *fixture, const char *digits, int64_t now_ms,
                       enum pin_result result, int64_t wait_ms) {
    struct outcome outcome = try_at(fixture, digits, now_ms);
    assert_int_equal(outcome.result, result);
    assert_int_equal(outcome.wait_ms, wait_ms);
}

static void set_pin(const struct fixture *fixture) {
    assert_int_equal(pins_set(fixture->paths.station, "王老师", PIN_REVIEW, "7294"), PIN_FINE);
}

static void test_digits(void **state) {
    (void)state;
    static const struct {
        const char *digits;
        enum pin_fault fault;
    } rows[] = {
        {"", PIN_LENGTH},          {"729", PIN_LENGTH},          {"7294718305261", PIN_LENGTH},
        {"72a4", PIN_NOT_DIGITS},  {"７２９４", PIN_NOT_DIGITS}, {" 7294", PIN_NOT_DIGITS},
        {"-7294", PIN_NOT_DIGITS}, {"0000", PIN_TRIVIAL},        {"999999999999", PIN_TRIVIAL},
        {"1234", PIN_TRIVIAL},     {"8765", PIN_TRIVIAL},        {"7890", PIN_TRIVIAL},
        {"2468", PIN_TRIVIAL},     {"1212", PIN_TRIVIAL},        {"520520", PIN_TRIVIAL},
        {"12121", PIN_TRIVIAL},    {"1122", PIN_TRIVIAL},        {"112233", PIN_TRIVIAL},
        {"111222", PIN_TRIVIAL},   {"123321", PIN_TRIVIAL},      {"1998", PIN_TRIVIAL},
        {"2026", PIN_TRIVIAL},     {"20261231", PIN_TRIVIAL},    {"1314", PIN_TRIVIAL},
        {"2580", PIN_TRIVIAL},     {"7294", PIN_FINE},           {"2126", PIN_FINE},
        {"20261331", PIN_FINE},    {"147258370", PIN_FINE},      {"729471830526", PIN_FINE},
        {"918273", PIN_FINE},      {"112234", PIN_FINE},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (pin_check(rows[i].digits) != rows[i].fault)
            fail_msg("%s: %d", rows[i].digits, (int)pin_check(rows[i].digits));
}

static void test_waits(void **state) {
    (void)state;
    static const int seconds[] = {0, 0, 0, 0, 0, 15, 30, 60, 120, 240, 300, 300};
    for (size_t i = 0; i < COUNT(seconds); i++)
        assert_int_equal(pin_wait_ms((int64_t)i), seconds[i] * 1000);
    assert_int_equal(pin_wait_ms(INT64_MAX), 300000);
    assert_int_equal(pin_wait_left_ms(1000, 500, 1000), 500);
    assert_int_equal(pin_wait_left_ms(1000, 500, 1400), 100);
    assert_int_equal(pin_wait_left_ms(1000, 500, 1500), 0);
    assert_int_equal(pin_wait_left_ms(1000, 500, 0), 500);
    assert_int_equal(pin_wait_left_ms(1000, 500, -1), 500);
    assert_int_equal(pin_wait_left_ms(1000, 0, 0), 0);
}

static void test_none(void **state) {
    const struct fixture *fixture = *state;
    int64_t wait_ms = 1;
    bool found = true;
    assert_try(fixture, "7294", NOW_MS, PIN_NONE_SET, 0);
    assert_int_equal(pins_wait(fixture->paths.station, NOW_MS, &wait_ms), PIN_NONE_SET);
    assert_true(pins_remove(fixture->paths.station, "王老师", &found));
    assert_false(found);
    assert_int_not_equal(access(fixture->paths.station, F_OK), 0);
    set_pin(fixture);
    assert_true(pins_remove(fixture->paths.station, "王老师", &found));
    assert_true(found);
    assert_try(fixture, "7294", NOW_MS, PIN_NONE_SET, 0);
}

static void on_pin(void *user, const char *name, enum pin_role role) {
    str_addf(user, "%s=%s;", name, pin_role_name(role));
}

static void test_names(void **state) {
    const struct fixture *fixture = *state;
    const char *station = fixture->paths.station;
    char *name = NULL;
    enum pin_role role = PIN_ENTER;
    int64_t wait_ms = 1;
    struct str text = {0};
    set_pin(fixture);
    assert_int_equal(pins_set(station, "李", PIN_ENTER, "7294"), PIN_TAKEN);
    assert_int_equal(pins_set(station, "李", PIN_ENTER, "7295"), PIN_FINE);
    assert_int_equal(pins_set(station, "李", PIN_ENTER, "7295"), PIN_FINE);
    assert_int_equal(pins_set(station, "", PIN_ENTER, "7296"), PIN_NAME);
    assert_int_equal(pins_set(station, "a\nb", PIN_ENTER, "7296"), PIN_NAME);
    assert_int_equal(pins_try(station, "7294", NOW_MS, &name, &role, &wait_ms), PIN_GOOD);
    assert_string_equal(name, "王老师");
    assert_int_equal(role, PIN_REVIEW);
    assert_int_equal(wait_ms, 0);
    free(name);
    assert_int_equal(pins_try(station, "7295", NOW_MS, &name, &role, &wait_ms), PIN_GOOD);
    assert_string_equal(name, "李");
    assert_int_equal(role, PIN_ENTER);
    free(name);
    assert_true(pins_each(station, on_pin, &text));
    assert_string_equal(str_text(&text), "李=enter;王老师=review;");
    str_finish(&text);
    assert_int_equal(pins_set(station, "李", PIN_ENTER, "6295"), PIN_FINE);
    assert_try(fixture, "7295", NOW_MS, PIN_WRONG, 0);
    assert_try(fixture, "6295", NOW_MS, PIN_GOOD, 0);
}

/* Each call opens the file anew: as after a restart. */
static void test_five_wrong(void **state) {
    const struct fixture *fixture = *state;
    int64_t now_ms = NOW_MS, wait_ms = 0;
    set_pin(fixture);
    for (int i = 0; i < 4; i++)
        assert_try(fixture, "1111", now_ms, PIN_WRONG, 0);
    assert_int_equal(pins_wait(fixture->paths.station, now_ms, &wait_ms), PIN_GOOD);
    assert_try(fixture, "1111", now_ms, PIN_WRONG, 15000);
    assert_try(fixture, "7294", now_ms, PIN_WAIT, 15000);
    assert_try(fixture, "7294", now_ms + 14999, PIN_WAIT, 1);
    assert_int_equal(pins_wait(fixture->paths.station, now_ms + 14999, &wait_ms), PIN_WAIT);
    assert_int_equal(wait_ms, 1);
    now_ms += 15000;
    assert_try(fixture, "1111", now_ms, PIN_WRONG, 30000);
    now_ms += 30000;
    assert_try(fixture, "1111", now_ms, PIN_WRONG, 60000);
    now_ms += 60000;
    assert_try(fixture, "1111", now_ms, PIN_WRONG, 120000);
    now_ms += 120000;
    assert_try(fixture, "7294", now_ms, PIN_GOOD, 0);
    assert_try(fixture, "1111", now_ms, PIN_WRONG, 0); /* it begins anew */
}

static void test_clock_set_back(void **state) {
    const struct fixture *fixture = *state;
    int64_t back_ms = NOW_MS - 1000LL * 86400 * 365, wait_ms = 0;
    set_pin(fixture);
    for (int i = 0; i < 5; i++)
        try_at(fixture, "1111", NOW_MS);
    assert_int_equal(pins_wait(fixture->paths.station, back_ms, &wait_ms), PIN_WAIT);
    assert_int_equal(wait_ms, 15000);
    /* No shorter, and no longer than the whole of it. */
    assert_try(fixture, "7294", back_ms, PIN_WAIT, 15000);
    assert_try(fixture, "7294", back_ms + 14999, PIN_WAIT, 1);
    assert_try(fixture, "7294", back_ms - 1, PIN_WAIT, 15000);
    assert_try(fixture, "7294", back_ms - 1 + 15000, PIN_GOOD, 0);
}

/* Whatever ends a try while the hash is made: it has been used up. */
static void test_used_up(void **state) {
    const struct fixture *fixture = *state;
    const char *station = fixture->paths.station;
    set_pin(fixture);
    int64_t memory = raw_sql(station, "SELECT memlimit FROM pin_salt");
    raw_sql(station, "UPDATE pin_salt SET memlimit = 1 << 50"); /* no machine has it */
    for (int i = 0; i < 4; i++)
        assert_try(fixture, "7294", NOW_MS, PIN_FAILED, 0);
    assert_int_equal(try_at(fixture, "7294", NOW_MS).result, PIN_FAILED);
    char *sql = xasprintf("UPDATE pin_salt SET memlimit = %lld", (long long)memory);
    raw_sql(station, sql);
    free(sql);
    assert_try(fixture, "7294", NOW_MS, PIN_WAIT, 15000);
    assert_try(fixture, "7294", NOW_MS + 15000, PIN_GOOD, 0);
}

int main(void) {
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_digits),
        cmocka_unit_test(test_waits),
        cmocka_unit_test_setup_teardown(test_none, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_names, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_five_wrong, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_clock_set_back, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_used_up, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
