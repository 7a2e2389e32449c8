/* rendition.h: source_media and rendition in library.db: what was prepared from which source
 *
 * Part of the writer (library.h); the caller keeps the transactions. */
#pragma once

#include "library/case.h"
#include "library/db.h"

/* See library_find_renditions; does not look into media. *row 0: not found. */
bool rendition_find(struct db *db, struct hash source, const char *recipe, struct asset *into,
                    int64_t *row);
/* Adds what is not there yet. recipe NULL: of a case whose renditions nobody kept. *row: of the
 * source; *written: the bytes of the rows that were written, about. */
bool rendition_keep(struct db *db, const char *recipe, const struct asset *asset, int64_t *row,
                    size_t *written);
/* The renditions of a source row into an asset that holds none. */
bool rendition_load(struct db *db, int64_t row, struct asset *asset);
