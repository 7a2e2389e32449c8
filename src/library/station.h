/* station.h: what was shown, in station.db, written by the display
 *
 * Showings are summed by case and hour; the display collects them and writes every 10 minutes and
 * when it stops, in one transaction. One thread at a time. Causes of a false are reported here. */
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
};

/* Makes the file where it is missing (DB_WRITE); one that is no database is moved aside first, as
 * station.damaged.db. NULL: reported, but for DB_MISSING (reading, none
 * there yet), which is quiet. result may be NULL. access: DB_READ_WAITING or DB_WRITE. */
struct station *station_open(const char *path, enum db_access access, enum db_result *result);
void station_close(struct station *station); /* NULL is fine */

/* Adds to what is there; all of them or, on false, none. Where that is damaged, all of it is moved
 * aside at once and they begin a new file. */
bool station_add_showings(struct station *station, const struct showing *showings, size_t count);
/* Sums over all hours from from_hour on, one call per case, ordered by id; showing->hour is the
 * last hour in which it was shown. */
bool station_each(struct station *station, int64_t from_hour,
                  void (*on_case)(void *user, const struct showing *showing), void *user);
