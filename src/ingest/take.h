/* take.h: a bundle that was verified and read, through the door
 *
 * Only what differs from the library is written: a statement that is the one a case came from
 * leaves it alone. An id of the feed without a statement is gone, a tombstone is withdrawn as well.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "ingest/brought.h"
#include "ingest/bundle.h"
#include "ingest/import.h"
#include "ingest/manifest.h"

struct take_options {
    const char *kind;                 /* of the receipt: "import", "sync" */
    const char *source;               /* path, or name of the source */
    const char *request;              /* NULL: none */
    const struct source_config *from; /* whose it is, by its key or its address; NULL: nobody's */
    /* Called before the pictures and codes of a few cases are taken, and before each video: their
     * files are to be where the assets say, or the asset is refused (manifest.h). False: the import
     * ends, and nothing is changed. NULL: the files are there. */
    bool (*bring)(void *user, struct manifest_asset *const *assets, size_t count);
    /* Called once an asset is taken and what was prepared of it lasts. Given with bring. */
    void (*taken)(void *user, const struct manifest_asset *asset);
    void *user;
};

/* Why another try is worth it, though there is a receipt. */
struct take_fault {
    bool damaged;    /* a file was not what the feed says, or is missing; it may be whole then */
    bool broken_off; /* nothing was changed, for the reason below: the disk, a helper, the quota */
    enum reject reject;
};

/* bundle_check said BUNDLE_TAKE, bundle_load was good. Gives a receipt as door_import's, with
 *   "kind", "source", "feed", "serial", "signed", "comment" (trusted; signed only),
 *   "unchanged": 9999, "removed": [id], and in "cases" only what was added or changed.
 * NULL as door_import. */
json_t *door_take(struct door *door, const struct bundle *bundle,
                  const struct take_options *options, struct take_fault *fault);
/* Each medium that door_take would need and the library does not have; at is where its file is to
 * lie. The order is that of the cases, which is that of taking. False: the library errs, reported.
 */
bool take_each_missing(struct door *door, const struct bundle *bundle,
                       void (*on_missing)(void *user, const struct feed_media *media,
                                          const char *at),
                       void *user);
/* Takes the bundle that was brought by a path (brought->bundle): opens and checks it first. What is
 * refused is in the receipt, as is a bundle that was rolled back. */
json_t *door_take_path(struct door *door, const char *path, const struct brought *brought,
                       const char *request);
