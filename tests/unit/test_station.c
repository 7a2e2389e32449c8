/* What was shown and touched, summed by case and hour. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/log.h"
#include "base/str.h"
#include "display/showings.h"
#include "library/station.h"
#include "library_fixture.h"

#define HOUR_MS  (3600 * 1000LL)
#define EVER     0, INT64_MAX
#define SHOWN(x) (&(struct station_batch){(x), COUNT(x), NULL, 0})

static void on_case(void *user, const struct showing *sum) {
    str_addf(user, "%s@%d %dx %dms %dt;", sum->id, (int)sum->hour, (int)sum->showings,
             (int)sum->milliseconds, (int)sum->touches);
}

static void on_hour(void *user, const struct showing *sum, const struct station_hour *hour) {
    assert_null(sum->id);
    assert_int_equal(sum->hour, hour->hour);
    str_addf(user, "%d %dx %dms %dt+%dt up %d %de;", (int)hour->hour, (int)sum->showings,
             (int)sum->milliseconds, (int)sum->touches, (int)hour->touches, (int)hour->uptime_ms,
             (int)hour->errors);
}

static void assert_sums(struct station *station, int64_t from_hour, int64_t until_hour,
                        const char *expected) {
    struct str text = {0};
    assert_int_equal(station_each(station, from_hour, until_hour,
                                  &(struct station_visitor){on_case, NULL, &text}),
                     DB_DONE);
    assert_string_equal(str_text(&text), expected);
    str_finish(&text);
}

static void assert_hours(const char *path, const char *expected) {
    struct station *station = station_open(path, DB_READ_WAITING, NULL);
    struct str text = {0};
    assert_non_null(station);
    assert_int_equal(station_each(station, EVER, &(struct station_visitor){NULL, on_hour, &text}),
                     DB_DONE);
    assert_string_equal(str_text(&text), expected);
    str_finish(&text);
    station_close(station);
}

static void test_sums(void **state) {
    const struct fixture *fixture = *state;
    static const struct showing first[] = {
        {"b", 10, 1, 100, 0}, {"a", 10, 2, 200, 1}, {"a", 11, 3, 300, 0}, {"a", 10, 1, 50, 1}};
    static const struct showing second[] = {{"a", 10, 1, 1, 2}, {"b", 12, 1, 1, 0}};
    struct station *station = station_open(fixture->paths.station, DB_WRITE, NULL);
    assert_non_null(station);
    assert_sums(station, EVER, "");
    assert_true(station_add(station, &(struct station_batch){0}));
    assert_true(station_add(station, SHOWN(first)));
    station_close(station);
    station = station_open(fixture->paths.station, DB_WRITE, NULL);
    assert_true(station_add(station, SHOWN(second)));
    assert_sums(station, EVER, "a@11 7x 551ms 4t;b@12 2x 101ms 0t;");
    assert_sums(station, 11, INT64_MAX, "a@11 3x 300ms 0t;b@12 1x 1ms 0t;");
    assert_sums(station, 10, 12, "a@11 7x 551ms 4t;b@10 1x 100ms 0t;");
    station_close(station);
    assert_int_equal(raw_sql(fixture->paths.station, "SELECT count(*) FROM shown"), 4);
}

static void test_hours(void **state) {
    const struct fixture *fixture = *state;
    static const struct showing showings[] = {{"a", 10, 2, 20, 1}, {"b", 10, 1, 10, 1}};
    static const struct station_hour hours[] = {{12, 3600000, 2, 0}, {10, 1000, 0, 5}};
    const struct station_batch batch = {showings, COUNT(showings), hours, COUNT(hours)};
    struct station *station = station_open(fixture->paths.station, DB_WRITE, NULL);
    assert_true(station_add(station, &batch));
    assert_true(station_add(station, &(struct station_batch){NULL, 0, hours, 1}));
    station_close(station);
    assert_hours(fixture->paths.station,
                 "10 3x 30ms 2t+5t up 1000 0e;12 0x 0ms 0t+0t up 7200000 4e;");
}

static void test_all_or_none(void **state) {
    const struct fixture *fixture = *state;
    static const struct showing broken[] = {{"a", 10, 1, 1, 0}, {NULL, 10, 1, 1, 0}};
    static const struct station_hour hour = {10, 1, 0, 0};
    const struct station_batch all = {broken, COUNT(broken), &hour, 1};
    struct station *station = station_open(fixture->paths.station, DB_WRITE, NULL);
    assert_false(station_add(station, &all));
    assert_sums(station, EVER, "");
    assert_true(station_add(station, &(struct station_batch){broken, 1, &hour, 1}));
    assert_sums(station, EVER, "a@10 1x 1ms 0t;");
    station_close(station);
    assert_hours(fixture->paths.station, "10 1x 1ms 0t+0t up 1 0e;");
}

static void test_reading(void **state) {
    const struct fixture *fixture = *state;
    static const struct showing one[] = {{"a", 10, 1, 1, 0}};
    enum db_result result = DB_DONE;
    assert_null(station_open(fixture->paths.station, DB_READ_WAITING, &result));
    assert_int_equal(result, DB_MISSING);
    struct station *writer = station_open(fixture->paths.station, DB_WRITE, NULL);
    assert_true(station_add(writer, SHOWN(one)));
    struct station *reader = station_open(fixture->paths.station, DB_READ_WAITING, &result);
    assert_non_null(reader);
    assert_sums(reader, EVER, "a@10 1x 1ms 0t;");
    assert_false(station_add(reader, SHOWN(one)));
    assert_true(station_add(writer, SHOWN(one)));
    assert_sums(reader, EVER, "a@10 2x 2ms 0t;");
    station_close(reader);
    station_close(writer);
    station_close(NULL);
}

/* A file from before touches were counted is unready to who reads, and kept by who writes. */
static void test_older(void **state) {
    const char *path = ((struct fixture *)*state)->paths.station;
    static const struct showing one[] = {{"a", 10, 1, 1, 1}};
    enum db_result result = DB_DONE;
    raw_sql(path, "CREATE TABLE shown (hour INTEGER NOT NULL, id TEXT NOT NULL, showings INTEGER "
                  "NOT NULL, milliseconds INTEGER NOT NULL, PRIMARY KEY (hour, id)) WITHOUT ROWID;"
                  "INSERT INTO shown VALUES (10, 'a', 3, 30); PRAGMA user_version = 1;");
    assert_null(station_open(path, DB_READ_WAITING, &result));
    assert_int_equal(result, DB_UNREADY);
    struct station *station = station_open(path, DB_WRITE, NULL);
    assert_true(station_add(station, SHOWN(one)));
    assert_sums(station, EVER, "a@10 4x 31ms 1t;");
    station_close(station);
}

static void assert_hour(const struct hour_row *row, int64_t hour, int64_t uptime_ms, int64_t errors,
                        int64_t touches) {
    assert_int_equal(row->hour, hour);
    assert_int_equal(row->uptime_ms, uptime_ms);
    assert_int_equal(row->errors, errors);
    assert_int_equal(row->touches, touches);
}

/* ---- the display's list */

static void test_uptime(void **state) {
    (void)state;
    struct showings showings = {0};
    showings_add_uptime(&showings, 5 * HOUR_MS, 0, 0);
    assert_int_equal(showings.hour_count, 0);
    showings_add_uptime(&showings, 5 * HOUR_MS, 10, 0); /* ends on the hour: of the one before */
    assert_int_equal(showings.hour_count, 1);
    assert_hour(showings.hours, 4, 10, 0, 0);
    showings_add_uptime(&showings, 6 * HOUR_MS + 5, HOUR_MS + 12, 3);
    assert_int_equal(showings.hour_count, 3);
    assert_hour(showings.hours, 4, 17, 0, 0);
    assert_hour(showings.hours + 1, 6, 5, 3, 0);
    assert_hour(showings.hours + 2, 5, HOUR_MS, 0, 0);
    showings_finish(&showings);
    showings_add_uptime(&showings, 7, 2 * HOUR_MS, 0); /* a clock that starts in 1970 */
    assert_int_equal(showings.hour_count, 1);
    assert_hour(showings.hours, 0, 2 * HOUR_MS, 0, 0);
    showings_finish(&showings);
}

static void test_write(void **state) {
    const char *path = ((struct fixture *)*state)->paths.station;
    struct showings showings = {0}, more = {0};
    assert_true(showings_write(&showings, path));
    assert_false(fs_exists(path));
    showings_add(&showings, "a", true, 10 * HOUR_MS, 500);
    showings_add_touch(&showings, "a", 10 * HOUR_MS + 1);
    showings_add_touch(&showings, NULL, 10 * HOUR_MS + 2);
    showings_add_touch(&more, "a", 10 * HOUR_MS + 3);
    showings_add_touch(&more, "b", 11 * HOUR_MS);
    showings_add_touch(&more, NULL, 10 * HOUR_MS);
    showings_add_uptime(&more, 10 * HOUR_MS + 600, 600, 1);
    showings_merge(&showings, &more);
    assert_int_equal(more.count + more.hour_count, 0);
    assert_true(showings_write(&showings, path));
    assert_int_equal(showings.count + showings.hour_count, 0);
    showings_add_touch(&showings, NULL, 11 * HOUR_MS);
    assert_true(showings_write(&showings, path));
    assert_hours(path, "10 1x 500ms 2t+2t up 600 1e;11 0x 0ms 1t+1t up 0 0e;");
}

/* Whether they are shown or not. */
static void test_log(void **state) {
    (void)state;
    unsigned before = log_errors();
    log_error("试验 (a test)");
    log_warning("试验 (a test)");
    log_info("试验 (a test)");
    assert_int_equal(log_errors() - before, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sums, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_hours, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_all_or_none, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_reading, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_older, fixture_start, fixture_finish),
        cmocka_unit_test(test_uptime),
        cmocka_unit_test_setup_teardown(test_write, fixture_start, fixture_finish),
        cmocka_unit_test(test_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
