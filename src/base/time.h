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
/* The same in UTC, ending in Z: the same text on every machine. */
void time_format_utc(int64_t ms, char text[TIME_TEXT_SIZE]);
/* Day number of the local calendar, for what changes once a day. */
int64_t time_local_day(int64_t ms);
/* Civil date of a local time. */
void time_local_date(int64_t ms, int *year, int *month, int *day);
/* Weekday (0: Sunday), hour and minute of a local time. */
void time_local_clock(int64_t ms, int *weekday, int *hour, int *minute);
/* "2026-08-15 14:05", local time. False: something else. */
bool time_parse_minute(const char *text, int64_t *ms);

/* ---- which of the times that are known is believed (DESIGN: Time) */

int64_t time_built_ms(void); /* the start of the day (UTC) on which this program was built */

/* All in milliseconds since 1970 UTC; 0: unknown. */
struct time_facts {
    int64_t system_ms;
    int64_t built_ms;     /* what the program is not older than */
    int64_t confirmed_ms; /* last time that the clock was known to be right (clock.h) */
    int64_t published_ms; /* latest of the signed feeds that were taken; counts only up to ten years
                             after the build */
};
struct time_verdict {
    int64_t believed_ms; /* the latest of them; without the system clock where that is doubtful */
    bool doubtful;       /* the system clock is more than 400 days ahead of the confirmed time */
};
/* Pure. Whatever is compared with the validity of a case or with `expires`, and whatever picks a
 * day, takes believed_ms: a clock that went back holds nothing up, and one that jumped ahead
 * expires nothing and starts nothing. */
struct time_verdict time_judge(const struct time_facts *facts);
/* Whether the system clock may be shown to people: neither doubtful nor more than a day behind
 * what is believed (a publisher's zone or clock may be off by so much). */
bool time_believable(const struct time_verdict *verdict, int64_t system_ms);
