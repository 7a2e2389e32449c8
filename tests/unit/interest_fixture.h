/* interest_fixture.h: a station and a library to be summed */
#pragma once

#include <time.h>

#include "base/time.h"
#include "library/interest.h"
#include "library_fixture.h"

#define HOUR_MS (3600 * 1000LL)

static const struct interest_range ever = {0, 0};

static inline int64_t local_ms(const char *minute) {
    int64_t ms = 0;
    assert_true(time_parse_minute(minute, &ms));
    return ms;
}

static inline int64_t hour_at(const char *minute) {
    return local_ms(minute) / HOUR_MS;
}

static inline void add(const char *path, const struct showing *showings, size_t count,
                       const struct station_hour *hours, size_t hour_count) {
    struct station *station = station_open(path, DB_WRITE, NULL);
    assert_non_null(station);
    assert_true(station_add(station, &(struct station_batch){showings, count, hours, hour_count}));
    station_close(station);
}

static inline struct interest load(const char *path, const struct interest_range *range,
                                   const char *now) {
    struct interest interest;
    struct station *station = station_open(path, DB_READ_WAITING, NULL);
    assert_non_null(station);
    assert_int_equal(interest_load(&interest, station, range, local_ms(now)), DB_DONE);
    station_close(station);
    return interest;
}

static inline bool put_case(struct library *library, const char *id, enum unit unit,
                            const char *school, const char *title) {
    struct case_record record = make_case(id, unit, school, title);
    enum change change;
    bool good = library_put(library, &record, &change);
    case_finish(&record);
    return good;
}

static inline void fill_library(const struct paths *paths) {
    static const char *const withdrawn[] = {"w"};
    struct library *library = library_open(paths, NULL);
    bool changed = false;
    assert_true(library_begin(library) &&
                put_case(library, "a", UNIT_PARTY, "某大学", "=HYPERLINK(\"x\")") &&
                put_case(library, "b", UNIT_SAFETY, "某大学", "<script>alert('&')</script>") &&
                put_case(library, "c", UNIT_SAFETY, "另一大学", "夜归灯") &&
                put_case(library, "w", UNIT_SAFETY, "另一大学", "撤下的") &&
                library_set_withdrawn(library, withdrawn, 1) &&
                library_commit(library, "1", &changed));
    library_close(library);
}

static inline void fill_station(const char *path) {
    const int64_t hour = hour_at("2026-10-08 12:00");
    const struct showing showings[] = {{"a", hour, 10, 60000, 2},
                                       {"b", hour, 10, 60000, 1},
                                       {"c", hour, 11, 90000, 2},
                                       {"w", hour, 1, 6000, 0},
                                       {"gone", hour, 1, 6000, 9}};
    const struct station_hour hours[] = {{hour, 1800000, 3, 5}};
    add(path, showings, COUNT(showings), hours, 1);
}

static inline enum read_result name(struct interest *interest, const char *path) {
    struct reader *reader = reader_open(path);
    enum read_result result = interest_name(interest, reader);
    reader_close(reader);
    return result;
}

static inline void use_shanghai(void) {
    setenv("TZ", "Asia/Shanghai", 1);
    tzset();
}
