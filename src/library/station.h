/* station.h: what was shown and touched, in station.db, written by the display
 *
 * Showings and touches are summed by case and hour, the time on screen and the errors by hour;
 * nothing is kept of who touched, what was typed, or when within an hour. The display collects them
 * and writes every 10 minutes and when it stops, in one transaction. One thread at a time. Causes
 * of a false are reported here. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "library/db.h"

struct station;

struct showing {
    const char *id;       /* of the case; borrowed */
    int64_t hour;         /* hours since 1970 UTC */
    int64_t showings;     /* how often it was shown in that hour */
    int64_t milliseconds; /* how long, together */
    int64_t touches;      /* of it, by people */
};

struct station_hour {
    int64_t hour;      /* hours since 1970 UTC */
    int64_t uptime_ms; /* the display was showing something */
    int64_t errors;    /* that it logged */
    int64_t touches;   /* while no case was open */
};

/* Makes the file where it is missing (DB_WRITE); one that is no database is moved aside first, as
 * station.damaged.db. NULL: reported, but for DB_MISSING (reading, none there yet) and DB_UNREADY
 * (reading what a display must open once first), which are quiet. result may be NULL. access:
 * DB_READ_WAITING or DB_WRITE. */
struct station *station_open(const char *path, enum db_access access, enum db_result *result);
void station_close(struct station *station); /* NULL is fine */

struct station_batch {
    const struct showing *showings;
    size_t count;
    const struct station_hour *hours;
    size_t hour_count;
};
/* Adds to what is there; all of them or, on false, none. Where that is damaged, all of it is moved
 * aside at once and they begin a new file. */
bool station_add(struct station *station, const struct station_batch *batch);

struct station_visitor {
    /* One call per case, ordered by id: sums; hour is the last one with anything. */
    void (*on_case)(void *user, const struct showing *sum);
    /* One call per hour with anything, in order. sum: of all cases, id NULL. */
    void (*on_hour)(void *user, const struct showing *sum, const struct station_hour *hour);
    void *user;
};
/* All hours from from_hour on and before until_hour, as they are at one moment: first the cases,
 * then the hours. A NULL function is not called. Anything but DB_DONE: reported, unless busy. */
enum db_result station_each(struct station *station, int64_t from_hour, int64_t until_hour,
                            const struct station_visitor *visitor);
