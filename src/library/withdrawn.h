/* withdrawn.h: the ids in library.db that readers must not show, and those that they put first
 *
 * Part of the writer: callers use library_set_withdrawn and library_set_promoted. Outside of the
 * generations: no rollback changes either. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "library/db.h"

/* In a transaction of its own; none may be open. */
bool withdrawn_replace(struct db *db, const char *const *ids, size_t count);
bool promoted_replace(struct db *db, const char *const *ids, size_t count); /* likewise */
