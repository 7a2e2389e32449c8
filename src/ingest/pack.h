/* pack.h: a plain folder → a bundle to be published (fengcai-bundle(5))
 *
 * Packing into a bundle adds to it: changed and new cases go into its head, cases that are gone
 * become tombstones, older pages stay byte for byte. What has not changed writes nothing. The same
 * folder, bundle and time give the same bytes. One thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <jansson.h>

#include "base/config.h"
#include "base/paths.h"
#include "ingest/import.h"
#include "ingest/secret_key.h"

struct pack_request {
    const char *folder; /* of cases, as folder.h says */
    const char *out;    /* a bundle's folder, or its .zip; made where it is missing */
    const char *title;  /* of the feed; NULL: as it is, and at first the school's name */
    int64_t published_ms;
    bool has_expires;             /* false: it stays as it is */
    int64_t expires_ms;           /* 0: it does not expire */
    const struct secret_key *key; /* NULL: not signed */
    bool check_quota;
};

/* Gives the receipt, the caller's:
 *   {"outcome": "accepted|partial|refused", "written": true, "signed", "feed", "serial",
 * "published", "cases": [{"id", "unit", "level" (import.h), "school", "title", "change":
 * "added|changed|unchanged", "code": true, "tidied": {…}, "masked": […]}], "removed": [id],
 * tombstones of cases that are gone from the folder "kept": [id],     gone, but a reject may be
 * hiding them: they stay as they are "ended":
 * [{"id", "until"}],  their validity was over when they were packed "quota": [{…}],   what breaks
 * the campaign's rule (pack_quota.h), where it was checked "missing": [{…}], "missing_more",
 * "rejects": [{…}]}  as door_import says
 *
 * refused: nothing was packed; "feed" and so on are then left out. NULL: reported, or told to stop.
 */
json_t *pack_run(const struct paths *paths, const struct config *config,
                 const struct pack_request *request, import_on_progress on_progress, void *user);
