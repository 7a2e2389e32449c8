/* backup.h: library.backup.db, for the day library.db is damaged (DESIGN: State on disk)
 *
 * Part of the writer: callers use library_backup. */
#pragma once

#include <stdbool.h>

#include "library/db.h"

/* Copies the whole database to `path` by sqlite3_backup, beside it first and then by rename,
 * synced. False: reported, the old copy stays. */
bool backup_make(struct db *db, const char *path);
