/* The one-time code of the first set-up. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "library/setup_code.h"
#include "library_fixture.h"

#define NOW_MS 1800000000000LL

static void assert_try(const struct fixture *fixture, const char *digits, int64_t now_ms,
                       enum pin_result result, int64_t wait_ms) {
    int64_t wait = -1;
    assert_int_equal(setup_code_try(fixture->paths.station, digits, now_ms, &wait), result);
    assert_int_equal(wait, wait_ms);
}

static void assert_wait(const struct fixture *fixture, int64_t now_ms, enum pin_result result) {
    int64_t wait = -1;
    assert_int_equal(setup_code_wait(fixture->paths.station, now_ms, &wait), result);
}

static void make(const struct fixture *fixture, char code[SETUP_CODE_SIZE]) {
    assert_true(setup_code_make(fixture->paths.station, code));
    assert_int_equal(strspn(code, "0123456789"), SETUP_CODE_DIGITS);
    assert_int_equal(strlen(code), SETUP_CODE_DIGITS);
    assert_int_equal(pin_check(code), PIN_FINE);
}

/* Another of eight digits. */
static const char *wrong(const char *code) {
    return strcmp(code, "48291573") == 0 ? "48291574" : "48291573";
}

static void it_opens_once(void **state) {
    const struct fixture *fixture = *state;
    char code[SETUP_CODE_SIZE];
    assert_try(fixture, "48291573", NOW_MS, PIN_NONE_SET, 0);
    assert_wait(fixture, NOW_MS, PIN_NONE_SET);
    make(fixture, code);
    assert_wait(fixture, NOW_MS, PIN_GOOD);
    assert_try(fixture, wrong(code), NOW_MS, PIN_WRONG, 0);
    assert_try(fixture, code, NOW_MS, PIN_GOOD, 0);
    assert_try(fixture, code, NOW_MS, PIN_NONE_SET, 0);
}

static void the_next_one_replaces_it(void **state) {
    const struct fixture *fixture = *state;
    char first[SETUP_CODE_SIZE], second[SETUP_CODE_SIZE];
    make(fixture, first);
    make(fixture, second);
    assert_string_not_equal(first, second);
    assert_try(fixture, first, NOW_MS, PIN_WRONG, 0);
    assert_try(fixture, second, NOW_MS, PIN_GOOD, 0);
}

static void guessing_waits_as_with_a_pin(void **state) {
    const struct fixture *fixture = *state;
    char code[SETUP_CODE_SIZE];
    make(fixture, code);
    for (int i = 0; i < 4; i++)
        assert_try(fixture, wrong(code), NOW_MS, PIN_WRONG, 0);
    assert_try(fixture, wrong(code), NOW_MS, PIN_WRONG, 15000);
    assert_try(fixture, code, NOW_MS + 5000, PIN_WAIT, 10000);
    assert_wait(fixture, NOW_MS + 5000, PIN_WAIT);
    assert_try(fixture, wrong(code), NOW_MS + 15000, PIN_WRONG, 30000);
    assert_try(fixture, code, NOW_MS + 45000, PIN_GOOD, 0);
}

static void a_pin_ends_it(void **state) {
    const struct fixture *fixture = *state;
    char code[SETUP_CODE_SIZE];
    bool found = false;
    make(fixture, code);
    assert_int_equal(pins_set(fixture->paths.station, "王老师", PIN_REVIEW, "7294"), PIN_FINE);
    assert_try(fixture, code, NOW_MS, PIN_NONE_SET, 0);
    assert_true(pins_remove(fixture->paths.station, "王老师", &found));
    assert_try(fixture, code, NOW_MS, PIN_NONE_SET, 0);
    assert_int_equal(pins_set(fixture->paths.station, "王老师", PIN_REVIEW, "7294"), PIN_FINE);
    make(fixture, code); /* it sleeps beside a PIN */
    assert_try(fixture, code, NOW_MS, PIN_NONE_SET, 0);
}

static void it_is_not_kept_in_the_clear(void **state) {
    const struct fixture *fixture = *state;
    char code[SETUP_CODE_SIZE], *data = NULL;
    size_t size = 0;
    make(fixture, code);
    assert_true(fs_read(fixture->paths.station, 1 << 20, &data, &size));
    assert_null(memmem(data, size, code, SETUP_CODE_DIGITS));
    free(data);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(it_opens_once), TEST(the_next_one_replaces_it),    TEST(guessing_waits_as_with_a_pin),
        TEST(a_pin_ends_it), TEST(it_is_not_kept_in_the_clear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
