/* index.h: the index for searching (terms.h), as the writer of library.db keeps it
 *
 * It holds the cases of all generations; who reads looks at each that is found. Rows go in and out
 * in the transaction of their case. The rows of an older library, or all of them when another
 * version of the terms made it, are added later, in transactions of their own; until then readers
 * are told that it is not ready. Only src/library uses this header. */
#pragma once

#include "library/case.h"
#include "library/db.h"

/* Begins it anew where another version of the program made it. */
bool index_open(struct db *db);
/* A case that was added; *bytes: about what that writes. */
bool index_add(struct db *db, int64_t row, const struct case_record *record, size_t *bytes);
/* Before the case is deleted. */
bool index_remove(struct db *db, int64_t row);
/* Adds what is not in it yet, in transactions; cheap when that is nothing. */
bool index_build(struct db *db);
/* For readers: whether all is in it, by this version of the terms. */
bool index_ready(struct db *db, bool *ready);
