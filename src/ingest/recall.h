/* recall.h: taking back: remove what is shown, allow what was withdrawn, go back a generation
 *
 * The same door (import.h), the same rules for receipts, the ledger and NULL. An id is that of the
 * library (UUID:id for an item of a feed), or the id within its feed where no other case has it. */
#pragma once

#include <stddef.h>

#include <jansson.h>

#include "ingest/import.h"

/* Withdraws cases, so that no rollback and no import shows them again until they are allowed, then
 * takes them out:
 *   {"outcome", "generation", "time", "removed": [id], "missing": [id],
 *    "ambiguous": [{"id", "candidates": [id]}]}  given ids that several cases have
 * refused: not one was removed. */
json_t *door_remove(struct door *door, const char *const *ids, size_t count, const char *request);

/* Withdraws cases likewise, and leaves them in the library: allowed, they are shown at once. The
 * receipt says "hidden": [id] instead of removed. */
json_t *door_hide(struct door *door, const char *const *ids, size_t count, const char *request);

/* Takes ids off the withdrawn list. {"outcome", "generation", "time",
 *    "allowed": [{"id", "title", "school", "shown"}],  shown: the library has it, it is shown again
 *    "missing": [id], "ambiguous": …}; else it is there again after its next import. */
json_t *door_allow(struct door *door, const char *const *ids, size_t count, const char *request);

/* Goes back to the previous generation (library_rollback). {"outcome": "accepted|refused",
 * "generation", "time", "from": 3}; refused: there is none. Words are not looked at. */
json_t *door_rollback(struct door *door, const char *const *words, size_t count,
                      const char *request);

/* The receipt of what was done for a request by a process that died before it wrote one
 * (library_last_request): {"outcome": "accepted", "generation", "time", "interrupted": true}. What
 * it would have done after the library is done too. */
json_t *door_settle(struct door *door, const char *kind, const char *request);
