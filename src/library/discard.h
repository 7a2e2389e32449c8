/* discard.h: deleting cases with all that belongs to them. Only src/library uses this header. */
#pragma once

#include "library/db.h"

/* One case, in the caller's transaction. */
bool discard_case(struct db *db, int64_t row);
/* The rows that a statement gives, until it gives none, likewise. */
bool discard_all(struct db *db, int statement, const struct db_value *values, size_t value_count,
                 int64_t *count);
/* The rows that a statement gives, a limited number at a time and a transaction each, until it
 * gives none; *count: all of them. */
bool discard_batches(struct db *db, int statement, const struct db_value *values,
                     size_t value_count, int64_t *count);
