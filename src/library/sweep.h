/* sweep.h: takes out of library.db and media/ what no generation worth keeping shows
 *
 * Part of the writer: callers use library_sweep. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "library/db.h"

struct sweep {
    int64_t cases;       /* rows of cases that neither the current nor the previous one shows */
    int64_t sources;     /* prepared sources that no case uses */
    int64_t files;       /* files in media without a row */
    int64_t media_bytes; /* theirs */
};

/* First the names of generations that go, so that none is gone back to that is not whole; then
 * rows, then files, so that a row never lacks its file. Before the first generation no file is
 * removed: an empty database may stand for a lost one. */
bool sweep_run(struct db *db, const char *media, int64_t current, bool waiting,
               struct sweep *sweep);
/* The same but for the rows of cases: these stay. waiting: so do prepared sources, and their files.
 */
bool sweep_unused(struct db *db, const char *media, int64_t current, bool waiting,
                  struct sweep *sweep);
