/* inventory.h: which files in media/ the library stands on, for whoever checks them
 *
 * Read-only, beside a writer; waits for a commit, at most 5 s. Every call is short: nobody's commit
 * waits for files to be read. One thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"
#include "library/case.h"
#include "library/db.h"

struct inventory;

/* NULL: *result says why; DB_MISSING (none yet) and DB_UNREADY (a writer must open it first) are
 * quiet. */
struct inventory *inventory_open(const char *library, enum db_result *result);
void inventory_close(struct inventory *inventory); /* NULL is fine */

/* Each file that the current or the previous generation shows, once, ordered by hash: role, bytes
 * and hash are set. The callback must not ask the inventory. */
bool inventory_each(struct inventory *inventory,
                    void (*on_file)(void *user, const struct rendition *rendition), void *user);
/* The cases of these two generations that show a file, ordered by id; likewise. */
bool inventory_each_case(struct inventory *inventory, struct hash hash,
                         void (*on_case)(void *user, const char *id), void *user);
/* Whether any row speaks of the file, of a case that is shown or not. */
bool inventory_knows(struct inventory *inventory, struct hash hash, bool *known);
/* What the files of all renditions take. */
bool inventory_bytes(struct inventory *inventory, int64_t *bytes);
