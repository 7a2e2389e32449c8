/* showings.h: what was shown and touched since station.db was last written, by case and hour */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct showing_row {
    char *id; /* owned */
    int64_t hour, showings, milliseconds, touches;
};

struct hour_row {
    int64_t hour, uptime_ms, errors, touches;
};

struct showings {
    struct showing_row *rows;
    size_t count;
    struct hour_row *hours;
    size_t hour_count;
};

/* Adds one slide that stood; first: of its case, which counts as a showing. */
void showings_add(struct showings *showings, const char *id, bool first, int64_t ended_ms,
                  int64_t milliseconds);
/* Adds one touch of a case; id NULL: of something else. */
void showings_add_touch(struct showings *showings, const char *id, int64_t at_ms);
/* Adds time in which something was on the screen, and errors logged until then. */
void showings_add_uptime(struct showings *showings, int64_t ended_ms, int64_t milliseconds,
                         unsigned errors);
/* Moves all of `from` into `into`. */
void showings_merge(struct showings *into, struct showings *from);
/* Writes them to station.db and empties the list; false: reported, they are kept. */
bool showings_write(struct showings *showings, const char *station);
void showings_finish(struct showings *showings);
