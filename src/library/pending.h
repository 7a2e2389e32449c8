/* pending.h: cases in library.db that wait for a person's word and are shown nowhere but to them
 *
 * Prepared like any other: their pictures lie in media, so that they are seen as they will be, and
 * to release one writes a row. They stand outside of the generations; with a rollback nothing of
 * them changes. Part of the writer: callers use library_put_pending and its like (library.h), and
 * readers reader_pending; the caller keeps the transactions. */
#pragma once

#include "library/case_row.h"
#include "library/pending_kind.h"

#define PENDING_GENERATION (INT64_C(1) << 62)

/* whole: of an import that has ended. */
bool pending_find(struct db *db, const char *id, enum pending_kind kind, bool whole,
                  struct case_row *found);
/* The case was added in PENDING_GENERATION. */
bool pending_add(struct db *db, int64_t row, const struct pending_origin *origin);
/* Ends an import: what came with it is there in the place of what waited under its id, what it
 * released waits no more. *changed: there was something. */
bool pending_settle(struct db *db, bool *changed);
/* Takes back what an import did that did not end; in transactions of its own. *count: rows. */
bool pending_undo(struct db *db, int64_t current, int64_t *count);
/* All of a kind, in transactions of its own. */
bool pending_drop_all(struct db *db, enum pending_kind kind, int64_t *count);
/* As library_each_pending, seen from a generation. */
bool pending_each(struct db *db, enum pending_kind kind, int64_t generation,
                  bool (*on_case)(void *user, const struct pending_case *pending), void *user);
