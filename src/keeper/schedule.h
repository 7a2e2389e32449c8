/* schedule.h: when a source is polled next. Pure: no clock, no chance of its own
 *
 * Times are of the monotonic clock, in ms. random: any 32 bits, new at each call; what is spread by
 * it keeps ten thousand screens that get their power at the same minute from asking in the same
 * second. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define SCHEDULE_MOST_MS                                                                           \
    (6 * 3600 * INT64_C(1000)) /* a source that fails is asked four times a day */

struct schedule {
    int64_t every_ms;
    int64_t next_ms;
    int failures;   /* in a row */
    int signatures; /* wrong ones in a row */
};

enum schedule_event {
    SCHEDULE_GOOD,
    SCHEDULE_SIGNATURE, /* a wrong one: perhaps a cache's */
    SCHEDULE_REFUSED,   /* by what it says: it must be published anew */
    SCHEDULE_FAILED,    /* network or server */
    SCHEDULE_STOPPED    /* for something more urgent: goes on at once */
};

/* The first poll: some seconds after the start, spread over five minutes or one period. */
void schedule_init(struct schedule *schedule, int every_minutes, int64_t now_ms, uint32_t random);
/* GOOD: in one period, a tenth more or less. SIGNATURE: after 10 s, then 60 s, then as REFUSED.
 * FAILED: after a minute, doubled each time. REFUSED: after a period, doubled each time. Both at
 * most SCHEDULE_MOST_MS, less up to a half. */
void schedule_after(struct schedule *schedule, enum schedule_event event, int64_t now_ms,
                    uint32_t random);
/* A network came: what has failed is tried within seconds. */
void schedule_network(struct schedule *schedule, int64_t now_ms, uint32_t random);
/* Whether the next poll asks for no cache's copy. */
bool schedule_past_caches(const struct schedule *schedule);
/* Whether a wrong signature is to be reported now. */
bool schedule_reports(const struct schedule *schedule);
