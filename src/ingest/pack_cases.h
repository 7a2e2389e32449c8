/* pack_cases.h: a plain folder → the statements of its cases, with their pictures in the bundle
 *
 * Each case is stated, and read back as a kiosk reads it: what it would refuse is refused here by
 * name, and what is packed is what it will hold. One thread. */
#pragma once

#include <stdbool.h>

#include "base/config.h"
#include "ingest/feed.h"
#include "ingest/import.h"
#include "ingest/manifest.h"
#include "ingest/missing.h"
#include "ingest/pack_bundle.h"
#include "ingest/pack_media.h"
#include "ingest/words.h"

struct pack_cases {
    const char *folder;
    const struct config *config;
    const struct pack_bundle *bundle; /* with its feed; its schools are known ones */
    import_on_progress on_progress;   /* may be NULL */
    void *user;
    struct words words; /* open */
    struct import_progress progress;
    struct manifest manifest; /* with all rejects */
    struct missing missing;
    struct feed wanted; /* what the bundle shall say */
    size_t *sources;    /* of each wanted item that came of the folder: its case in the manifest */
    size_t packed;      /* so many; behind them what was kept of the bundle (pack_cases_keep) */
    bool stopped;       /* by on_progress */
    bool broken_off;    /* for a reason that is not one file's; a reject says which */
};

/* folder, config, bundle, words and on_progress are set, the rest is zeroed. False: there is no
 * case in it; a reject says why. */
bool pack_cases_read(struct pack_cases *cases);
/* Prepares the pictures and states the cases. data: where the fonts lie (paths.h). False: stopped,
 * broken off, or reported. */
bool pack_cases_take(struct pack_cases *cases, struct pack_media *media, const char *data);
/* Whether a case that is not in the folder may be hidden by what was refused. */
bool pack_cases_hide(const struct pack_cases *cases);
/* Wants a statement of the bundle as it is; lent. */
void pack_cases_keep(struct pack_cases *cases, const struct feed_item *item);
void pack_cases_finish(struct pack_cases *cases); /* zeroed is fine */
