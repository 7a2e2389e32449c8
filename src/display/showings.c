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

void showings_merge(struct showings *into, struct showings *from) {
    for (size_t i = 0; i < from->count; i++) {
        struct showing_row *row = row_of(into, from->rows[i].id, from->rows[i].hour);
        row->showings += from->rows[i].showings;
        row->milliseconds += from->rows[i].milliseconds;
    }
    showings_finish(from);
}

void showings_add(struct showings *showings, const char *id, bool first, int64_t ended_ms,
                  int64_t milliseconds) {
    struct showing_row *row = row_of(showings, id, ended_ms / MS_PER_HOUR);
    row->showings += first;
    row->milliseconds += milliseconds;
}

bool showings_write(struct showings *showings, const char *station) {
    if (!showings->count)
        return true;
    struct station *file = station_open(station, DB_WRITE, NULL);
    struct showing *rows = xcalloc(showings->count, sizeof *rows);
    for (size_t i = 0; i < showings->count; i++)
        rows[i] = (struct showing){showings->rows[i].id, showings->rows[i].hour,
                                   showings->rows[i].showings, showings->rows[i].milliseconds};
    bool good = file && station_add_showings(file, rows, showings->count);
    free(rows);
    station_close(file);
    if (good)
        showings_finish(showings);
    return good;
}

void showings_finish(struct showings *showings) {
    for (size_t i = 0; i < showings->count; i++)
        free(showings->rows[i].id);
    free(showings->rows);
    *showings = (struct showings){0};
}
