/* import_plain.h: the plain parts of an import, as one parcel; private to import */
#pragma once

#include "ingest/import_parts.h"

struct door;
struct import_order;
struct library;

/* One manifest, one generation, one receipt: told to stop, nothing is left of any of them. Bundles
 * are passed over. source: what was asked for, of which it is said where the cases come from. The
 * receipt and NULL are door_import's; the parts are told what was taken and refused of them. */
json_t *import_plain(struct door *door, struct import_parts *parts, const char *source,
                     const char *request);
/* All of these ids go, in the generation that has begun. False: the library failed, reported. */
bool import_remove_all(struct library *library, const json_t *ids);
/* Whether something was chosen of bundles, or else of plain parts; all of both, where nothing was
 * (order NULL too). */
bool import_wants(const struct import_order *order, bool of_bundle);
