#include "library/interest.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"

#define MS_PER_HOUR (3600 * 1000LL)
#define MS_PER_DAY  (24 * MS_PER_HOUR)
#define BLOCK       64 /* cases looked up in one transaction: a few milliseconds */

/* Of one case in thirty years of milliseconds; four million of them can be summed. */
#define MAX_NUMBER (1LL << 40)
/* Older than the program: the clock was wrong. 2025-01-01 UTC. */
#define FIRST_HOUR (1735689600 / 3600)
/* A zone that was changed, or a clock a little fast, makes nothing wrong. */
#define AHEAD_MS   MS_PER_DAY

static void add(struct interest_sum *to, const struct interest_sum *sum) {
    to->showings += sum->showings;
    to->milliseconds += sum->milliseconds;
    to->touches += sum->touches;
}

static void add_day(struct interest_day *to, const struct interest_day *day) {
    add(&to->sum, &day->sum);
    to->uptime_ms += day->uptime_ms;
    to->errors += day->errors;
}

/* ---- from the station */

struct loading {
    struct interest *interest;
    int64_t now_ms;
};

/* Whatever a damaged file may say. */
static int64_t natural(int64_t number) {
    return number < 0 ? 0 : number < MAX_NUMBER ? number : MAX_NUMBER;
}

/* Older records have no uptime, but what was shown was on the screen; a clock that went back makes
 * no hour longer. */
static int64_t uptime_of(const struct interest_sum *sum, int64_t uptime_ms) {
    int64_t longer = uptime_ms > sum->milliseconds ? uptime_ms : sum->milliseconds;
    return longer < MS_PER_HOUR ? longer : MS_PER_HOUR;
}

static bool is_dated(const struct loading *loading, int64_t hour) {
    return hour >= FIRST_HOUR && hour <= (loading->now_ms + AHEAD_MS) / MS_PER_HOUR;
}

static void on_case(void *user, const struct showing *showing) {
    const struct loading *loading = user;
    struct interest *interest = loading->interest;
    if (interest->case_count % BLOCK == 0)
        interest->cases =
            xrealloc(interest->cases, interest->case_count + BLOCK, sizeof *interest->cases);
    interest->cases[interest->case_count++] =
        (struct interest_case){.id = xstrdup(showing->id),
                               .unit = UNIT_COUNT,
                               .last_hour = is_dated(loading, showing->hour) ? showing->hour : 0,
                               .sum = {natural(showing->showings), natural(showing->milliseconds),
                                       natural(showing->touches)}};
}

/* The last of the days, made if it is not there yet, with all before it. */
static struct interest_day *reach(struct interest *interest, int64_t day) {
    int64_t last = interest->day_count ? interest->days[interest->day_count - 1].day : day - 1;
    while (last < day) {
        if (interest->day_count % BLOCK == 0)
            interest->days =
                xrealloc(interest->days, interest->day_count + BLOCK, sizeof *interest->days);
        interest->days[interest->day_count++] = (struct interest_day){.day = ++last};
    }
    return interest->days + interest->day_count - 1;
}

static void on_hour(void *user, const struct showing *cases, const struct station_hour *hour) {
    struct loading *loading = user;
    struct interest *interest = loading->interest;
    int64_t elsewhere = natural(hour->touches);
    struct interest_day entry = {.sum = {natural(cases->showings), natural(cases->milliseconds),
                                         natural(cases->touches) + elsewhere},
                                 .errors = natural(hour->errors)};
    entry.uptime_ms = uptime_of(&entry.sum, hour->uptime_ms);
    interest->elsewhere += elsewhere;
    add_day(&interest->total, &entry);
    if (!is_dated(loading, hour->hour)) {
        add_day(&interest->undated, &entry);
        return;
    }
    int weekday = 0, of_day = 0, minute = 0;
    time_local_clock(hour->hour * MS_PER_HOUR, &weekday, &of_day, &minute);
    add(interest->hours + of_day, &entry.sum);
    add_day(reach(interest, time_local_day(hour->hour * MS_PER_HOUR)), &entry);
}

enum db_result interest_load(struct interest *interest, struct station *station,
                             const struct interest_range *range, int64_t now_ms) {
    *interest = (struct interest){0};
    struct loading loading = {interest, now_ms};
    const struct station_visitor visitor = {on_case, on_hour, &loading};
    int64_t until_hour =
        range->until_ms ? (range->until_ms + MS_PER_HOUR - 1) / MS_PER_HOUR : INT64_MAX;
    bool over = range->until_ms && range->until_ms < now_ms;
    enum db_result result =
        station_each(station, range->from_ms / MS_PER_HOUR, until_hour, &visitor);
    if (result == DB_DONE && interest->day_count)
        reach(interest, time_local_day(over ? range->until_ms : now_ms));
    for (size_t i = 0; i < interest->day_count; i++) {
        interest->off_days += interest->days[i].uptime_ms == 0;
        interest->error_days += interest->days[i].errors > 0;
    }
    return result;
}

/* ---- names */

static int compare(int64_t a, int64_t b) {
    return (a > b) - (a < b);
}

/* More of it first. */
static int compare_sums(const struct interest_sum *a, const struct interest_sum *b) {
    int by_touches = compare(b->touches, a->touches);
    int by_showings = compare(b->showings, a->showings);
    return by_touches    ? by_touches
           : by_showings ? by_showings
                         : compare(b->milliseconds, a->milliseconds);
}

static int compare_cases(const void *a, const void *b) {
    const struct interest_case *one = a, *other = b;
    int by_sum = compare_sums(&one->sum, &other->sum);
    return by_sum ? by_sum : strcmp(one->id, other->id);
}

/* The nameless one last. */
static int compare_names(const char *a, const char *b) {
    return a && b ? strcmp(a, b) : (a == NULL) - (b == NULL);
}

static int compare_schools(const void *a, const void *b) {
    const struct interest_group *one = a, *other = b;
    int by_name = (one->name == NULL) - (other->name == NULL);
    int by_sum = compare_sums(&one->sum, &other->sum);
    return by_name ? by_name : by_sum ? by_sum : compare_names(one->name, other->name);
}

static int compare_by_name(const void *a, const void *b) {
    const struct interest_group *one = a, *other = b;
    return compare_names(one->name, other->name);
}

static void add_case(struct interest_group *group, const struct interest_case *entry) {
    group->cases++;
    add(&group->sum, &entry->sum);
}

static size_t section_of(const struct interest_case *entry) {
    return entry->level                ? INTEREST_NOTICES
           : entry->unit == UNIT_COUNT ? INTEREST_GONE
                                       : (size_t)entry->unit;
}

const char *interest_section(const struct interest_case *entry) {
    return section_of(entry) == INTEREST_GONE ? NULL : section_name(entry->level, entry->unit);
}

static void sum_sections(struct interest *interest) {
    for (int i = 0; i < UNIT_COUNT; i++)
        interest->sections[i].name = unit_name((enum unit)i);
    for (size_t i = 0; i < interest->case_count; i++)
        add_case(interest->sections + section_of(interest->cases + i), interest->cases + i);
    if (interest->sections[INTEREST_NOTICES].cases)
        interest->sections[INTEREST_NOTICES].name = level_name(LEVEL_NOTICE);
}

size_t interest_cases(const struct interest *interest) {
    return interest->case_count - interest->sections[INTEREST_NOTICES].cases;
}

/* One of each case, sorted, and those of a name melted together. */
static void sum_schools(struct interest *interest) {
    struct interest_group *schools = xcalloc(interest->case_count, sizeof *schools);
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < interest->case_count; i++)
        if (!interest->cases[i].level)
            schools[count++] =
                (struct interest_group){interest->cases[i].school, 1, interest->cases[i].sum};
    if (count)
        qsort(schools, count, sizeof *schools, compare_by_name);
    for (size_t i = 0; i < count; i++) {
        if (kept && compare_names(schools[kept - 1].name, schools[i].name) == 0) {
            schools[kept - 1].cases++;
            add(&schools[kept - 1].sum, &schools[i].sum);
        } else {
            schools[kept++] = schools[i];
        }
    }
    qsort(schools, kept, sizeof *schools, compare_schools);
    interest->schools = schools;
    interest->school_count = kept;
}

static void take_names(struct interest_case *entry, struct case_record *record) {
    if (record->id) {
        entry->title = record->title;
        entry->school = record->school;
        entry->level = record->level;
        entry->unit = record->unit;
        record->title = record->school = NULL;
    }
    case_finish(record);
}

static enum read_result name_block(struct interest *interest, struct reader *reader) {
    struct case_record records[BLOCK];
    const char *ids[BLOCK] = {0};
    size_t count = interest->case_count - interest->named;
    count = count < BLOCK ? count : BLOCK;
    for (size_t i = 0; i < count; i++)
        ids[i] = interest->cases[interest->named + i].id;
    enum read_result result = reader_load(reader, ids, count, records);
    for (size_t i = 0; result == READ_DONE && i < count; i++)
        take_names(interest->cases + interest->named + i, records + i);
    if (result == READ_DONE)
        interest->named += count;
    return result;
}

static void forget_names(struct interest *interest) {
    for (size_t i = 0; i < interest->named; i++) {
        struct interest_case *entry = interest->cases + i;
        free(entry->title);
        free(entry->school);
        entry->title = entry->school = NULL;
        entry->level = LEVEL_CASE;
        entry->unit = UNIT_COUNT;
    }
    interest->named = 0;
}

enum read_result interest_name(struct interest *interest, struct reader *reader) {
    enum read_result result = READ_DONE;
    while (result == READ_DONE && interest->named < interest->case_count)
        result = name_block(interest, reader);
    if (result != READ_DONE && result != READ_MISSING) {
        if (result != READ_BUSY)
            forget_names(interest);
        return result;
    }
    if (interest->case_count)
        qsort(interest->cases, interest->case_count, sizeof *interest->cases, compare_cases);
    sum_sections(interest);
    sum_schools(interest);
    return result;
}

void interest_finish(struct interest *interest) {
    for (size_t i = 0; i < interest->case_count; i++) {
        free(interest->cases[i].id);
        free(interest->cases[i].title);
        free(interest->cases[i].school);
    }
    free(interest->cases);
    free(interest->schools);
    free(interest->days);
    *interest = (struct interest){0};
}
