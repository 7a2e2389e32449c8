#include "keeper/schedule.h"

#define MINUTE_MS         INT64_C(60000)
#define START_MS          INT64_C(5000) /* the first slide is on the screen by then */
#define START_SPREAD_MS   (5 * MINUTE_MS)
#define NETWORK_MS        INT64_C(1000) /* addresses and routes come one after another */
#define NETWORK_SPREAD_MS INT64_C(4000)
#define DOUBLINGS         20 /* of a minute: far above the most */

static const int64_t signature_ms[] = {10000, 60000};
#define SIGNATURES ((int)(sizeof signature_ms / sizeof *signature_ms))

/* [0, span) */
static int64_t spread(int64_t span, uint32_t random) {
    return span * (int64_t)random >> 32;
}

void schedule_init(struct schedule *schedule, int every_minutes, int64_t now_ms, uint32_t random) {
    int64_t every = every_minutes * MINUTE_MS;
    *schedule = (struct schedule){.every_ms = every};
    schedule->next_ms =
        now_ms + START_MS + spread(every < START_SPREAD_MS ? every : START_SPREAD_MS, random);
}

static int64_t backoff(int64_t first_ms, int failures, uint32_t random) {
    int doublings = failures - 1 < DOUBLINGS ? failures - 1 : DOUBLINGS;
    int64_t wait = first_ms << (doublings > 0 ? doublings : 0);
    wait = wait < SCHEDULE_MOST_MS ? wait : SCHEDULE_MOST_MS;
    return wait - spread(wait / 2, random);
}

static int64_t after(struct schedule *schedule, enum schedule_event event, uint32_t random) {
    schedule->signatures = event == SCHEDULE_SIGNATURE ? schedule->signatures + 1 : 0;
    if (event == SCHEDULE_STOPPED)
        return 0;
    if (event == SCHEDULE_SIGNATURE && schedule->signatures <= SIGNATURES)
        return signature_ms[schedule->signatures - 1];
    schedule->failures = event == SCHEDULE_GOOD ? 0 : schedule->failures + 1;
    if (event == SCHEDULE_GOOD)
        return schedule->every_ms - schedule->every_ms / 10 +
               spread(schedule->every_ms / 5, random);
    return backoff(event == SCHEDULE_FAILED ? MINUTE_MS : schedule->every_ms, schedule->failures,
                   random);
}

void schedule_after(struct schedule *schedule, enum schedule_event event, int64_t now_ms,
                    uint32_t random) {
    schedule->next_ms = now_ms + after(schedule, event, random);
}

void schedule_network(struct schedule *schedule, int64_t now_ms, uint32_t random) {
    int64_t soon = now_ms + NETWORK_MS + spread(NETWORK_SPREAD_MS, random);
    if (schedule->failures && schedule->next_ms > soon)
        schedule->next_ms = soon;
}

bool schedule_past_caches(const struct schedule *schedule) {
    return schedule->signatures > 0;
}

bool schedule_reports(const struct schedule *schedule) {
    return schedule->signatures == 0 || schedule->signatures > SIGNATURES;
}
