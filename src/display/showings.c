#include "display/showings.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "library/station.h"

#define MS_PER_HOUR (3600 * 1000LL)

static struct showing_row *row_of(struct showings *showings, const char *id, int64_t hour) {
    for (size_t i = 0; i < showings->count; i++)
        if (showings->rows[i].hour == hour && strcmp(showings->rows[i].id, id) == 0)
            return showings->rows + i;
    showings->rows = xrealloc(showings->rows, showings->count + 1, sizeof *showings->rows);
    struct showing_row *row = showings->rows + showings->count++;
    *row = (struct showing_row){.id = xstrdup(id), .hour = hour};
    return row;
}

static struct hour_row *hour_of(struct showings *showings, int64_t hour) {
    for (size_t i = 0; i < showings->hour_count; i++)
        if (showings->hours[i].hour == hour)
            return showings->hours + i;
    showings->hours = xrealloc(showings->hours, showings->hour_count + 1, sizeof *showings->hours);
    struct hour_row *row = showings->hours + showings->hour_count++;
    *row = (struct hour_row){.hour = hour};
    return row;
}

void showings_add(struct showings *showings, const char *id, bool first, int64_t ended_ms,
                  int64_t milliseconds) {
    struct showing_row *row = row_of(showings, id, ended_ms / MS_PER_HOUR);
    row->showings += first;
    row->milliseconds += milliseconds;
}

void showings_add_touch(struct showings *showings, const char *id, int64_t at_ms) {
    if (id)
        row_of(showings, id, at_ms / MS_PER_HOUR)->touches++;
    else
        hour_of(showings, at_ms / MS_PER_HOUR)->touches++;
}

/* Each hour gets its part, the last one first. */
void showings_add_uptime(struct showings *showings, int64_t ended_ms, int64_t milliseconds,
                         unsigned errors) {
    if (errors)
        hour_of(showings, ended_ms / MS_PER_HOUR)->errors += errors;
    while (milliseconds > 0) {
        int64_t hour = (ended_ms - 1) / MS_PER_HOUR;
        int64_t part = ended_ms - hour * MS_PER_HOUR;
        if (part > milliseconds || hour <= 0)
            part = milliseconds;
        hour_of(showings, hour)->uptime_ms += part;
        milliseconds -= part;
        ended_ms -= part;
    }
}

void showings_merge(struct showings *into, struct showings *from) {
    for (size_t i = 0; i < from->count; i++) {
        const struct showing_row *add = from->rows + i;
        struct showing_row *row = row_of(into, add->id, add->hour);
        row->showings += add->showings;
        row->milliseconds += add->milliseconds;
        row->touches += add->touches;
    }
    for (size_t i = 0; i < from->hour_count; i++) {
        const struct hour_row *add = from->hours + i;
        struct hour_row *row = hour_of(into, add->hour);
        row->uptime_ms += add->uptime_ms;
        row->errors += add->errors;
        row->touches += add->touches;
    }
    showings_finish(from);
}

static bool add_to_station(const struct showings *showings, struct station *station) {
    struct showing *rows = xcalloc(showings->count, sizeof *rows);
    struct station_hour *hours = xcalloc(showings->hour_count, sizeof *hours);
    for (size_t i = 0; i < showings->count; i++) {
        const struct showing_row *row = showings->rows + i;
        rows[i] =
            (struct showing){row->id, row->hour, row->showings, row->milliseconds, row->touches};
    }
    for (size_t i = 0; i < showings->hour_count; i++) {
        const struct hour_row *row = showings->hours + i;
        hours[i] = (struct station_hour){row->hour, row->uptime_ms, row->errors, row->touches};
    }
    bool good = station_add(
        station, &(struct station_batch){rows, showings->count, hours, showings->hour_count});
    free(hours);
    free(rows);
    return good;
}

bool showings_write(struct showings *showings, const char *station) {
    if (!showings->count && !showings->hour_count)
        return true;
    struct station *file = station_open(station, DB_WRITE, NULL);
    bool good = file && add_to_station(showings, file);
    station_close(file);
    if (good)
        showings_finish(showings);
    return good;
}

void showings_finish(struct showings *showings) {
    for (size_t i = 0; i < showings->count; i++)
        free(showings->rows[i].id);
    free(showings->rows);
    free(showings->hours);
    *showings = (struct showings){0};
}
