#include "keeper/polls.h"

#include <stdlib.h>

#include <sodium.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"
#include "ingest/door.h"
#include "ingest/reject.h"
#include "ingest/sync.h"
#include "keeper/schedule.h"
#include "library/sources.h"

struct polls {
    const struct config *config;
    struct door *door;
    struct sync *sync;
    struct schedule *schedules; /* one a source */
};

static int64_t now_ms(void) {
    return time_monotonic_us() / 1000;
}

struct polls *polls_create(struct door *door, const struct paths *paths,
                           const struct config *config) {
    struct polls *polls = xcalloc(1, sizeof *polls);
    *polls = (struct polls){.config = config,
                            .door = door,
                            .sync = sync_create(door, paths, config),
                            .schedules = xcalloc(config->source_count, sizeof *polls->schedules)};
    for (size_t i = 0; i < config->source_count; i++)
        schedule_init(polls->schedules + i, config->sources[i].every_minutes, now_ms(),
                      randombytes_random());
    return polls;
}

void polls_destroy(struct polls *polls) {
    if (!polls)
        return;
    sync_destroy(polls->sync);
    free(polls->schedules);
    free(polls);
}

int64_t polls_wait_ms(const struct polls *polls) {
    int64_t wait = -1, now = now_ms();
    for (size_t i = 0; i < polls->config->source_count; i++) {
        int64_t left = polls->schedules[i].next_ms - now;
        left = left > 0 ? left : 0;
        wait = wait < 0 || left < wait ? left : wait;
    }
    return wait;
}

void polls_handle_network(struct polls *polls) {
    for (size_t i = 0; i < polls->config->source_count; i++)
        schedule_network(polls->schedules + i, now_ms(), randombytes_random());
}

static const char *advice_for(struct ledger *ledger, const char *name) {
    struct source_state state;
    enum reject reject = REJECT_NETWORK;
    bool known = ledger_load_source(ledger, name, &state) && *state.fault &&
                 reject_parse(state.fault, &reject);
    source_state_finish(&state);
    return known ? reject_advice(reject) : NULL;
}

json_t *polls_json(const struct polls *polls) {
    json_t *array = json_array();
    for (size_t i = 0; i < polls->config->source_count; i++) {
        const char *name = polls->config->sources[i].name;
        int64_t left = polls->schedules[i].next_ms - now_ms();
        char next[TIME_TEXT_SIZE];
        time_format(time_now_ms() + (left > 0 ? left : 0), next);
        json_array_append_new(array, json_pack("{s:s, s:s, s:s*}", "name", name, "next", next,
                                               "advice", advice_for(polls->door->ledger, name)));
    }
    return array;
}

static enum schedule_event event_of(enum sync_end end) {
    switch (end) {
    case SYNC_TAKEN:
    case SYNC_UNCHANGED:
        return SCHEDULE_GOOD;
    case SYNC_REFUSED:
        return SCHEDULE_REFUSED;
    case SYNC_SIGNATURE:
        return SCHEDULE_SIGNATURE;
    case SYNC_STOPPED:
        return SCHEDULE_STOPPED;
    case SYNC_FAILED:
    case SYNC_LIBRARY:
        break;
    }
    return SCHEDULE_FAILED;
}

/* One line a poll that brought something or went wrong. */
static void report(const struct schedule *schedule, enum sync_end end, const json_t *result) {
    const char *name = json_string_value(json_object_get(result, "source"));
    const json_t *reject = json_array_get(json_object_get(result, "rejects"), 0);
    const char *outcome = json_string_value(json_object_get(result, "outcome"));
    if (reject && schedule_reports(schedule))
        log_warning("%s: %s: %s，%s", name, json_string_value(json_object_get(reject, "path")),
                    json_string_value(json_object_get(reject, "text")),
                    json_string_value(json_object_get(reject, "advice")));
    else
        log_print(end == SYNC_UNCHANGED ? LOG_LEVEL_DEBUG : LOG_LEVEL_INFO, "%s: %s", name,
                  outcome);
}

bool polls_run(struct polls *polls) {
    for (size_t i = 0; i < polls->config->source_count; i++) {
        struct schedule *schedule = polls->schedules + i;
        json_t *result = NULL;
        if (schedule->next_ms > now_ms())
            continue;
        enum sync_end end = sync_poll(polls->sync, i, schedule_past_caches(schedule), &result);
        schedule_after(schedule, event_of(end), now_ms(), randombytes_random());
        report(schedule, end, result);
        json_decref(result);
        if (end == SYNC_LIBRARY)
            return false;
        if (end == SYNC_STOPPED)
            return true;
    }
    return true;
}
