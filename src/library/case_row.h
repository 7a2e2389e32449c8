/* case_row.h: the rows that make up a case in library.db, in the caller's transaction
 *
 * Only src/library uses this header. */
#pragma once

#include "library/case.h"
#include "library/db.h"

/* What one is compared by. */
struct case_row {
    int64_t row; /* 0: none */
    int64_t from;
    struct hash digest;
    int64_t twin;
    struct hash statement;
    int64_t ends_ms;
};
/* What such a statement (STATEMENT_CASE_FIND and its like) finds first. */
bool case_row_find(struct db *db, int statement, const struct db_value *values, size_t count,
                   struct case_row *found);
/* Texts, assets with their sources, terms of the index. digest: digest_case of the record. *row: of
 * the case; *bytes: of what was written, about. */
bool case_row_add(struct db *db, const struct case_record *record, int64_t generation,
                  const struct hash *digest, int64_t *row, size_t *bytes);
/* As it stands in the row: NULL for a local case. */
struct db_value case_row_statement(const struct hash *statement);
