/* review.h: 审核: what waits until somebody else has looked at it (DESIGN: Trust)
 *
 * The same door (import.h), the same rules for receipts, the ledger and NULL. What waits stands in
 * the library (pending.h) and is shown to nobody else. Whose word it is is a name: who may give one
 * has been asked for by the caller (library/pins.h). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/config.h"
#include "ingest/import.h"
#include "library/pending_kind.h"

/* For what the cases of a parcel wait; PENDING_KIND_COUNT: for nobody. source: whose key signed it,
 * or that it was fetched from; NULL: a person brought it, unsigned. */
enum pending_kind review_kind(const struct door *door, const struct source_config *source);
/* Drafts (import_order) go, all of them. False: the library failed, reported. */
bool door_drop_drafts(struct door *door);
/* Shows what waits; words: the name of who reviews, then ids, none for all. Nobody releases what
 * they entered themselves:
 *   {"outcome", "generation", "time", "approved_by": name,
 *    "cases": [{"id", "unit", "level" (import.h), "school", "title", "change", "by", "source",
 *               "signed"}],
 *    "own": [id],  that they entered
 *    "withdrawn": [id],  that are not to be shown here
 *    "missing": [id]} */
json_t *door_approve(struct door *door, const char *const *words, size_t count,
                     const char *request);
/* Writes down an approval that the library has and the ledger has not: whoever gave it died between
 * the two. False: reported. For door_open. */
bool door_settle_review(struct door *door);
/* The same of what waited at that moment (since 1970): what has come in the place of it since
 * nobody has seen. 0: of all. */
json_t *door_approve_seen(struct door *door, const char *const *words, size_t count,
                          int64_t until_ms, const char *request);
/* Throws what waits away, likewise; also what they entered themselves:
 *   {"outcome", "generation", "time", "declined_by": name, "declined": [{"id", "school", "title",
 *    "by", "source"}], "missing": [id]} */
json_t *door_decline(struct door *door, const char *const *words, size_t count,
                     const char *request);
