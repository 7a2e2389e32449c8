/* promotion.h: of the door: cases come first on this screen, and more often (置顶)
 *
 * As recall.h. The ledger knows which (promotions.h); library.db is told the ids. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "ingest/import.h"
#include "library/ledger.h"
#include "library/library.h"

/* Tells library.db the ids that the ledger has. When the door opens, and after every change. */
bool promotion_sync(struct ledger *ledger, struct library *library);

/* {"outcome", "generation", "time", "featured": [id], "missing", "ambiguous"}; refused: none. */
json_t *door_feature(struct door *door, const char *const *ids, size_t count, const char *request);
/* The same, "unfeatured": [id]; what was not featured is as good. */
json_t *door_unfeature(struct door *door, const char *const *ids, size_t count,
                       const char *request);
