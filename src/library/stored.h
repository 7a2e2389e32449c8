/* stored.h: cases that are still stored though no generation worth keeping shows them
 *
 * Each import leaves what it replaced or took out for those who still read the generation before;
 * the sweep at the keeper's start takes all of it, retention only as much as is in the way. Part of
 * the writer: callers use library_each_stored and library_drop_cases. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "library/case.h"
#include "library/db.h"

struct stored_case {
    int64_t row;
    enum phase phase;
    bool withdrawn; /* not to be shown again until allowed */
    bool shown;     /* by the current or the previous generation: never to be removed */
    int64_t until;  /* the generation that took it out: the larger, the later */
    int64_t bytes;  /* of its media that no other case uses */
};
typedef void stored_on_case(void *user, const struct stored_case *stored);

/* Those that neither the current nor the previous generation shows, in the order of their rows. */
bool stored_each(struct db *db, int64_t current, stored_on_case *on_case, void *user);
/* Takes these rows out, but for those that are shown after all. */
bool stored_drop(struct db *db, int64_t current, const int64_t *rows, size_t count);
