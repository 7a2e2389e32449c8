/* pack_publish.h: a plan → the files of a bundle
 *
 * A web server may be serving the folder meanwhile: pages, signature and head appear whole, in this
 * order, and only then goes what nothing names any more. A crash at any point leaves the old bundle
 * or the new one, or one that pack_bundle_open completes. One thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ingest/pack_bundle.h"
#include "ingest/pack_plan.h"

/* What a new head says of itself. */
struct pack_edition {
    const char *feed, *title;
    int64_t serial, published_ms, expires_ms;
    const struct secret_key *key; /* NULL: not signed */
};
/* Writes the plan's pages, the signature and the head; the media are there. False: reported, and
 * what was there is as it was, or will be completed. */
bool pack_publish(const struct pack_bundle *bundle, struct pack_plan *plan,
                  const struct pack_edition *edition);
/* Removes pages and media that no statement of the plan names, and what crashes left. The plan was
 * written, or nothing had changed. Quiet but for what cannot be removed, which is in nobody's way.
 */
void pack_sweep(const struct pack_bundle *bundle, struct pack_plan *plan);
