/* What was shown, summed by case and hour. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "library/station.h"
#include "library_fixture.h"

static void on_case(void *user, const struct showing *showing) {
    str_addf(user, "%s@%d %dx %dms;", showing->id, (int)showing->hour, (int)showing->showings,
             (int)showing->milliseconds);
}

static void assert_sums(struct station *station, int64_t from_hour, const char *expected) {
    struct str text = {0};
    assert_true(station_each(station, from_hour, on_case, &text));
    assert_string_equal(str_text(&text), expected);
    str_finish(&text);
}

static void test_sums(void **state) {
    const struct fixture *fixture = *state;
    static const struct showing first[] = {
        {"b", 10, 1, 100}, {"a", 10, 2, 200}, {"a", 11, 3, 300}, {"a", 10, 1, 50}};
    static const struct showing second[] = {{"a", 10, 1, 1}, {"b", 12, 1, 1}};
    struct station *station = station_open(fixture->paths.station, DB_WRITE, NULL);
    assert_non_null(station);
    assert_sums(station, 0, "");
    assert_true(station_add_showings(station, NULL, 0));
    assert_true(station_add_showings(station, first, COUNT(first)));
    station_close(station);
    station = station_open(fixture->paths.station, DB_WRITE, NULL);
    assert_true(station_add_showings(station, second, COUNT(second)));
    assert_sums(station, 0, "a@11 7x 551ms;b@12 2x 101ms;");
    assert_sums(station, 11, "a@11 3x 300ms;b@12 1x 1ms;");
    station_close(station);
    assert_int_equal(raw_sql(fixture->paths.station, "SELECT count(*) FROM shown"), 4);
}

static void test_all_or_none(void **state) {
    const struct fixture *fixture = *state;
    static const struct showing broken[] = {{"a", 10, 1, 1}, {NULL, 10, 1, 1}};
    struct station *station = station_open(fixture->paths.station, DB_WRITE, NULL);
    assert_false(station_add_showings(station, broken, COUNT(broken)));
    assert_sums(station, 0, "");
    assert_true(station_add_showings(station, broken, 1));
    assert_sums(station, 0, "a@10 1x 1ms;");
    station_close(station);
}

static void test_reading(void **state) {
    const struct fixture *fixture = *state;
    static const struct showing one = {"a", 10, 1, 1};
    enum db_result result = DB_DONE;
    assert_null(station_open(fixture->paths.station, DB_READ_WAITING, &result));
    assert_int_equal(result, DB_MISSING);
    struct station *writer = station_open(fixture->paths.station, DB_WRITE, NULL);
    assert_true(station_add_showings(writer, &one, 1));
    struct station *reader = station_open(fixture->paths.station, DB_READ_WAITING, &result);
    assert_non_null(reader);
    assert_sums(reader, 0, "a@10 1x 1ms;");
    assert_false(station_add_showings(reader, &one, 1));
    assert_true(station_add_showings(writer, &one, 1));
    assert_sums(reader, 0, "a@10 2x 2ms;");
    station_close(reader);
    station_close(writer);
    station_close(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sums, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_all_or_none, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_reading, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
