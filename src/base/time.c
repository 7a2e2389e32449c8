#include "base/time.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/str.h"

#define MS_PER_DAY (24 * 3600 * 1000LL)

#define DOUBT_MS     (400 * MS_PER_DAY)  /* over a year: it may have stood in a store room */
#define PUBLISHED_MS (3653 * MS_PER_DAY) /* ten years: a mistyped year stops no screen for ever */
#define BEHIND_MS    MS_PER_DAY

int64_t time_monotonic_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

int64_t time_now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static int days_in_month(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool date_plausible(int year, int month, int day) {
    return year >= 1970 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

/* RFC 3339 section 5.6, seconds may have a fraction, which is dropped. */
static bool parse_timestamp(const char *text, int64_t *ms) {
    struct tm tm = {0};
    int used = 0;
    if (sscanf(text, "%4d-%2d-%2d%*1[Tt ]%2d:%2d:%2d%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday,
               &tm.tm_hour, &tm.tm_min, &tm.tm_sec, &used) != 6 ||
        !date_plausible(tm.tm_year, tm.tm_mon, tm.tm_mday) || tm.tm_hour < 0 || tm.tm_hour > 23 ||
        tm.tm_min < 0 || tm.tm_min > 59 || tm.tm_sec < 0 || tm.tm_sec > 60)
        return false;
    const char *zone = text + used;
    if (*zone == '.')
        zone += 1 + strspn(zone + 1, "0123456789");
    int hours = 0, minutes = 0, end = 0;
    if (!strcmp(zone, "Z") || !strcmp(zone, "z"))
        end = 1;
    else if ((*zone != '+' && *zone != '-') ||
             sscanf(zone + 1, "%2d:%2d%n", &hours, &minutes, &end) != 2 || zone[1 + end])
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    int64_t offset = (hours * 60LL + minutes) * 60 * (*zone == '-' ? -1 : 1);
    *ms = (timegm(&tm) - offset) * 1000LL;
    return true;
}

/* Year, month and day with these words between and behind them, and nothing else. */
static bool scan_date(const char *text, const char *const words[3], int date[3]) {
    for (int i = 0; i < 3; i++) {
        char *end = NULL;
        date[i] = (int)strtol(text, &end, 10);
        if (end == text || end - text > 4 || !text_starts(end, words[i]))
            return false;
        text = end + strlen(words[i]);
    }
    return *text == '\0';
}

bool time_parse(const char *text, bool end_of_day, int64_t *ms) {
    static const char *const forms[][3] = {
        {"-", "-", ""}, {"/", "/", ""}, {".", ".", ""}, {"年", "月", "日"}};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        int date[3] = {0};
        if (!scan_date(text, forms[i], date))
            continue;
        if (!date_plausible(date[0], date[1], date[2]))
            return false;
        struct tm tm = {
            .tm_year = date[0] - 1900, .tm_mon = date[1] - 1, .tm_mday = date[2], .tm_isdst = -1};
        *ms = mktime(&tm) * 1000LL + (end_of_day ? MS_PER_DAY - 1 : 0);
        return true;
    }
    return parse_timestamp(text, ms);
}

void time_format(int64_t ms, char text[TIME_TEXT_SIZE]) {
    text[0] = '\0';
    if (!ms)
        return;
    time_t seconds = ms / 1000;
    struct tm tm;
    localtime_r(&seconds, &tm);
    char zone[8];
    strftime(zone, sizeof zone, "%z", &tm);
    size_t size = strftime(text, TIME_TEXT_SIZE, "%Y-%m-%dT%H:%M:%S", &tm);
    snprintf(text + size, TIME_TEXT_SIZE - size, "%.3s:%.2s", zone, zone + 3);
}

void time_format_utc(int64_t ms, char text[TIME_TEXT_SIZE]) {
    text[0] = '\0';
    if (!ms)
        return;
    time_t seconds = ms / 1000;
    struct tm tm;
    gmtime_r(&seconds, &tm);
    strftime(text, TIME_TEXT_SIZE, "%Y-%m-%dT%H:%M:%SZ", &tm);
}

int64_t time_local_day(int64_t ms) {
    time_t seconds = ms / 1000;
    struct tm tm;
    localtime_r(&seconds, &tm);
    return (seconds + tm.tm_gmtoff) / (24 * 3600);
}

void time_local_date(int64_t ms, int *year, int *month, int *day) {
    time_t seconds = ms / 1000;
    struct tm tm;
    localtime_r(&seconds, &tm);
    *year = tm.tm_year + 1900;
    *month = tm.tm_mon + 1;
    *day = tm.tm_mday;
}

void time_local_clock(int64_t ms, int *weekday, int *hour, int *minute) {
    time_t seconds = ms / 1000;
    struct tm tm;
    localtime_r(&seconds, &tm);
    *weekday = tm.tm_wday;
    *hour = tm.tm_hour;
    *minute = tm.tm_min;
}

bool time_parse_minute(const char *text, int64_t *ms) {
    struct tm tm = {.tm_isdst = -1};
    int used = 0;
    if (sscanf(text, "%4d-%2d-%2d %2d:%2d%n", &tm.tm_year, &tm.tm_mon, &tm.tm_mday, &tm.tm_hour,
               &tm.tm_min, &used) != 5 ||
        text[used] || !date_plausible(tm.tm_year, tm.tm_mon, tm.tm_mday) || tm.tm_hour < 0 ||
        tm.tm_hour > 23 || tm.tm_min < 0 || tm.tm_min > 59)
        return false;
    tm.tm_year -= 1900;
    tm.tm_mon -= 1;
    *ms = mktime(&tm) * 1000LL;
    return true;
}

int64_t time_built_ms(void) {
    return FENGCAI_BUILT_DAY * MS_PER_DAY;
}

static int64_t later(int64_t a, int64_t b) {
    return a > b ? a : b;
}

struct time_verdict time_judge(const struct time_facts *facts) {
    struct time_verdict verdict = {.believed_ms = later(facts->built_ms, facts->confirmed_ms)};
    if (facts->published_ms <= facts->built_ms + PUBLISHED_MS)
        verdict.believed_ms = later(verdict.believed_ms, facts->published_ms);
    verdict.doubtful = facts->confirmed_ms && facts->system_ms > facts->confirmed_ms + DOUBT_MS;
    if (!verdict.doubtful)
        verdict.believed_ms = later(verdict.believed_ms, facts->system_ms);
    return verdict;
}

bool time_believable(const struct time_verdict *verdict, int64_t system_ms) {
    return !verdict->doubtful && system_ms >= verdict->believed_ms - BEHIND_MS;
}
