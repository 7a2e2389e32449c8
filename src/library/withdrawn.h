/* withdrawn.h: the ids in library.db that readers must not show
 *
 * Part of the writer: callers use library_set_withdrawn. Outside of the generations: no rollback
 * brings any of them back. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "library/db.h"

/* In a transaction of its own; none may be open. */
bool withdrawn_replace(struct db *db, const char *const *ids, size_t count);
