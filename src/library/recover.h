/* recover.h: what is done about a database that is damaged (DESIGN: State on disk)
 *
 * The database must not be open in this process. library.db may be open in a display: it is never
 * renamed over, a good copy is written into it in one transaction. The others are moved aside, for
 * nobody holds them open for long. Causes of a failure are reported here. */
#pragma once

#include <stdbool.h>

#include "base/paths.h"
#include "library/db.h"

enum recovery {
    RECOVERY_COPY,  /* from library.backup.db */
    RECOVERY_FRESH, /* there is no good copy: empty, ready to be opened and made */
    RECOVERY_FAILED /* as it was */
};

/* Keeps the damaged file as library.damaged.db (in the place of an older one) where the disk has
 * room for it; *kept tells. */
enum recovery recover_library(const struct paths *paths, bool *kept);
/* The same for one that is not there, or is empty as an old disk leaves what it lost, while its
 * copy is. RECOVERY_FRESH: there is no good copy, nothing was done. */
enum recovery recover_lost_library(const struct paths *paths);
/* Moves X.db to X.damaged.db, in the place of an older one. */
bool recover_aside(const char *path);
char *recover_aside_path(const char *path); /* X.damaged.db; the caller's */

/* Whether a database is whole (quick_check), whatever its tables: opened for reading, waits for a
 * commit. DB_DONE, DB_DAMAGED, DB_MISSING, or why it cannot be told. */
enum db_result recover_check(const char *path);
