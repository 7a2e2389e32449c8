/* What the display noted, summed by case, school, unit, day and hour of the day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "interest_fixture.h"

static void assert_sum(const struct interest_sum *sum, int64_t showings, int64_t milliseconds,
                       int64_t touches) {
    assert_int_equal(sum->showings, showings);
    assert_int_equal(sum->milliseconds, milliseconds);
    assert_int_equal(sum->touches, touches);
}

static void assert_day(const struct interest_day *day, const char *date, int64_t touches,
                       int64_t uptime_ms, int64_t errors) {
    int64_t ms = 0;
    assert_true(time_parse(date, false, &ms));
    assert_int_equal(day->day, time_local_day(ms));
    assert_int_equal(day->sum.touches, touches);
    assert_int_equal(day->uptime_ms, uptime_ms);
    assert_int_equal(day->errors, errors);
}

/* Midnight is that of the local clock, eight hours before that of UTC. */
static void test_days(void **state) {
    const char *path = ((struct fixture *)*state)->paths.station;
    const struct showing showings[] = {{"a", hour_at("2026-10-07 23:00"), 3, 3000, 1},
                                       {"a", hour_at("2026-10-08 00:00"), 1, 1000, 2},
                                       {"b", hour_at("2026-10-10 23:00"), 1, 1000, 4}};
    const struct station_hour hours[] = {
        {hour_at("2026-10-07 23:00"), 2 * HOUR_MS, 2, 0}, /* the clock went back within it */
        {hour_at("2026-10-08 00:00"), 500, 0, 8},         /* less than what was shown */
        {hour_at("2026-10-08 01:00"), 7000, 1, 0}};
    add(path, showings, COUNT(showings), hours, COUNT(hours));
    struct interest interest = load(path, &ever, "2026-10-11 09:00");
    assert_int_equal(interest.day_count, 5);
    assert_day(interest.days, "2026-10-07", 1, HOUR_MS, 2);
    assert_day(interest.days + 1, "2026-10-08", 10, 8000, 1);
    assert_day(interest.days + 2, "2026-10-09", 0, 0, 0);
    assert_day(interest.days + 3, "2026-10-10", 4, 1000, 0);
    assert_day(interest.days + 4, "2026-10-11", 0, 0, 0);
    assert_int_equal(interest.off_days, 2);
    assert_int_equal(interest.error_days, 2);
    assert_sum(interest.hours, 1, 1000, 10);
    assert_sum(interest.hours + 1, 0, 0, 0);
    assert_sum(interest.hours + 23, 4, 4000, 5);
    assert_sum(&interest.total.sum, 5, 5000, 15);
    assert_int_equal(interest.elsewhere, 8);
    interest_finish(&interest);
    interest_finish(&interest);
}

static void test_range(void **state) {
    const char *path = ((struct fixture *)*state)->paths.station;
    struct showing showings[72];
    for (int i = 0; i < 72; i++)
        showings[i] = (struct showing){"a", hour_at("2026-10-07 00:00") + i, 1, 10, 0};
    add(path, showings, COUNT(showings), NULL, 0);
    struct interest_range range = {0, 0};
    assert_true(time_parse("2026-10-08", false, &range.from_ms));
    struct interest interest = load(path, &range, "2026-10-09 23:30");
    assert_int_equal(interest.total.sum.showings, 48);
    assert_int_equal(interest.day_count, 2);
    interest_finish(&interest);
    assert_true(time_parse("2026-10-08", true, &range.until_ms));
    interest = load(path, &range, "2026-10-09 23:30");
    assert_int_equal(interest.total.sum.showings, 24);
    assert_int_equal(interest.cases[0].last_hour, hour_at("2026-10-08 23:00"));
    assert_int_equal(interest.day_count, 1);
    interest_finish(&interest);
    range.from_ms = local_ms("2026-10-20 00:00");
    interest = load(path, &range, "2026-10-30 00:00");
    assert_true(interest.day_count == 0 && interest.case_count == 0);
    interest_finish(&interest);
}

/* What was shown while the clock was wrong is in the sums and in no day. */
static void test_undated(void **state) {
    const char *path = ((struct fixture *)*state)->paths.station;
    const struct showing showings[] = {{"a", 10, 1, 100, 1},
                                       {"a", hour_at("2026-10-08 12:00"), 1, 100, 1},
                                       {"c", hour_at("2026-10-10 12:00"), 1, 100, 1},
                                       {"b", INT64_MAX - 1, 1, 100, 1}};
    add(path, showings, COUNT(showings), NULL, 0);
    struct interest interest = load(path, &ever, "2026-10-08 20:00");
    assert_int_equal(interest.day_count, 1);
    assert_day(interest.days, "2026-10-08", 1, 100, 0);
    assert_sum(&interest.undated.sum, 3, 300, 3);
    assert_sum(&interest.total.sum, 4, 400, 4);
    assert_sum(&interest.cases[0].sum, 2, 200, 2);
    assert_int_equal(interest.cases[0].last_hour, hour_at("2026-10-08 12:00"));
    assert_sum(&interest.cases[1].sum, 1, 100, 1);
    assert_int_equal(interest.cases[1].last_hour, 0);
    interest_finish(&interest);
}

/* Numbers that no display writes are not believed and nothing overflows. */
static void test_nonsense(void **state) {
    const char *path = ((struct fixture *)*state)->paths.station;
    const struct showing showings[] = {
        {"a", hour_at("2026-10-08 12:00"), INT64_MAX / 2, INT64_MAX / 2, INT64_MAX / 2},
        {"b", hour_at("2026-10-08 13:00"), -5, -5, -5},
        {"", hour_at("2026-10-08 14:00"), 1, 1, 1}};
    add(path, showings, COUNT(showings), NULL, 0);
    struct interest interest = load(path, &ever, "2026-10-08 20:00");
    assert_int_equal(interest.total.sum.showings, (1LL << 40) + 1);
    assert_int_equal(interest.days[0].uptime_ms, HOUR_MS + 1);
    interest_finish(&interest);
}

/* ---- names */

static void assert_group(const struct interest_group *group, const char *expected, size_t cases,
                         int64_t showings, int64_t touches) {
    if (expected)
        assert_string_equal(group->name, expected);
    else
        assert_null(group->name);
    assert_int_equal(group->cases, cases);
    assert_int_equal(group->sum.showings, showings);
    assert_int_equal(group->sum.touches, touches);
}

static void test_names(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    static const char *const order[] = {"gone", "c", "a", "b", "w"};
    fill_library(paths);
    fill_station(paths->station);
    struct interest interest = load(paths->station, &ever, "2026-10-08 20:00");
    assert_int_equal(name(&interest, paths->library), READ_DONE);
    assert_int_equal(interest.case_count, COUNT(order));
    for (size_t i = 0; i < COUNT(order); i++)
        assert_string_equal(interest.cases[i].id, order[i]);
    assert_null(interest.cases[0].title);
    assert_string_equal(interest.cases[1].title, "夜归灯");
    assert_null(interest.cases[4].title);
    assert_group(interest.sections + UNIT_PARTY, "党建引领", 1, 10, 2);
    assert_group(interest.sections + UNIT_EDUCATION, "三全育人", 0, 0, 0);
    assert_group(interest.sections + UNIT_SAFETY, "平安社区", 2, 21, 3);
    assert_group(interest.sections + INTEREST_GONE, NULL, 2, 2, 9);
    assert_group(interest.sections + INTEREST_NOTICES, NULL, 0, 0, 0);
    assert_int_equal(interest.school_count, 3);
    assert_group(interest.schools, "某大学", 2, 20, 3);
    assert_group(interest.schools + 1, "另一大学", 1, 11, 2);
    assert_group(interest.schools + 2, NULL, 2, 2, 9);
    interest_finish(&interest);
}

/* Notices are a section of their own, and of no school. */
static void test_notices(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    fill_library(paths);
    fill_station(paths->station);
    raw_sql(paths->library, "UPDATE cases SET level = 2, unit = 0 WHERE id = 'c'");
    struct interest interest = load(paths->station, &ever, "2026-10-08 20:00");
    assert_int_equal(name(&interest, paths->library), READ_DONE);
    assert_int_equal(interest_cases(&interest), 4);
    assert_string_equal(interest_section(interest.cases + 1), "紧急通知");
    assert_null(interest_section(interest.cases));
    assert_group(interest.sections + UNIT_PARTY, "党建引领", 1, 10, 2);
    assert_group(interest.sections + UNIT_SAFETY, "平安社区", 1, 10, 1);
    assert_group(interest.sections + INTEREST_NOTICES, "通知", 1, 11, 2);
    assert_group(interest.sections + INTEREST_GONE, NULL, 2, 2, 9);
    assert_int_equal(interest.school_count, 2);
    interest_finish(&interest);
}

/* A library that cannot be read gives no name, another one can still be asked. */
static void test_other_library(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    char *damaged = path_join(paths->state, "damaged.db", NULL);
    char garbage[4097] = {0};
    memset(garbage, 'x', sizeof garbage - 1);
    write_file(damaged, garbage);
    fill_library(paths);
    fill_station(paths->station);
    struct interest interest = load(paths->station, &ever, "2026-10-08 20:00");
    assert_int_equal(name(&interest, damaged), READ_DAMAGED);
    assert_int_equal(interest.school_count, 0);
    assert_int_equal(name(&interest, paths->library), READ_DONE);
    assert_string_equal(interest.cases[1].title, "夜归灯");
    interest_finish(&interest);
    interest = load(paths->station, &ever, "2026-10-08 20:00");
    assert_int_equal(name(&interest, "/nowhere/library.db"), READ_MISSING);
    assert_group(interest.sections + INTEREST_GONE, NULL, 5, 33, 14);
    interest_finish(&interest);
    free(damaged);
}

/* More cases than are looked up at once. */
static void test_many(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    struct library *library = library_open(paths, NULL);
    struct showing showings[150];
    bool changed = false;
    assert_true(library_begin(library));
    for (int i = 0; i < 150; i++) {
        char *id = xasprintf("%03d", i);
        showings[i] = (struct showing){id, hour_at("2026-10-08 12:00"), 1, 1, 150 - i};
        assert_true(put_case(library, id, UNIT_PARTY, "某大学", id));
    }
    assert_true(library_commit(library, "1", &changed));
    library_close(library);
    add(paths->station, showings, COUNT(showings), NULL, 0);
    struct interest interest = load(paths->station, &ever, "2026-10-08 20:00");
    assert_int_equal(name(&interest, paths->library), READ_DONE);
    assert_int_equal(interest.case_count, 150);
    for (int i = 0; i < 150; i++) {
        assert_string_equal(interest.cases[i].title, showings[i].id);
        free((char *)showings[i].id);
    }
    interest_finish(&interest);
}

int main(void) {
    use_shanghai();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_days, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_range, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_undated, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_nonsense, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_names, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_notices, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_other_library, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_many, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
