/* time.h: the clocks, with the unit in every name
 *
 * Rotation and durations use the monotonic clock only; dates are milliseconds since 1970 UTC in
 * an int64_t, 0 meaning "none". Any thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

int64_t time_monotonic_us(void);
int64_t time_now_ms(void);

/* A date an administrator or a feed writes: "2026-10-08", "2026/10/8", "2026.10.8",
 * "2026年10月8日" (the start of that day, local time; the last millisecond of it if end_of_day),
 * or RFC 3339 "2026-10-08T08:00:00+08:00". False: not a date. */
bool time_parse(const char *text, bool end_of_day, int64_t *ms);

#define TIME_TEXT_SIZE 32
/* RFC 3339 in local time, to the second; "" for 0. */
void time_format(int64_t ms, char text[TIME_TEXT_SIZE]);
/* Day number of the local calendar, for what changes once a day. */
int64_t time_local_day(int64_t ms);
/* Civil date of a local time. */
void time_local_date(int64_t ms, int *year, int *month, int *day);
/* Weekday (0: Sunday), hour and minute of a local time. */
void time_local_clock(int64_t ms, int *weekday, int *hour, int *minute);
/* "2026-08-15 14:05", local time. False: something else. */
bool time_parse_minute(const char *text, int64_t *ms);
/* Whether a clock that says this can be right: not if it lies before the day of the build. */
bool time_believable(int64_t ms);
