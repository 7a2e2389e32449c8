/* showings.h: what was shown since station.db was last written, by case and hour */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct showing_row {
    char *id; /* owned */
    int64_t hour, showings, milliseconds;
};

struct showings {
    struct showing_row *rows;
    size_t count;
};

/* Adds one slide that stood; first: of its case, which counts as a showing. */
void showings_add(struct showings *showings, const char *id, bool first, int64_t ended_ms,
                  int64_t milliseconds);
/* Moves all of `from` into `into`. */
void showings_merge(struct showings *into, struct showings *from);
/* Writes them to station.db and empties the list; false: reported, they are kept. */
bool showings_write(struct showings *showings, const char *station);
void showings_finish(struct showings *showings);
