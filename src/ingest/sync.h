/* sync.h: one poll of a source, from its address through the door
 *
 * Head, signature, keys and pages come first and are checked (bundle.h); then the media that are
 * not known yet, a few cases at a time, each prepared before the next come. What was fetched before
 * a cut or a restart is not fetched again. One thread, the door's. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/config.h"
#include "base/paths.h"
#include "ingest/import.h"

enum sync_end {
    SYNC_TAKEN,     /* and with it a new generation, or nothing was new */
    SYNC_UNCHANGED, /* one request, answered 304 */
    SYNC_REFUSED,   /* by what the source says: nothing was taken, or not all */
    SYNC_SIGNATURE, /* likewise, its signature; a cache may hold the old one: ask again past it */
    SYNC_FAILED,    /* network or server: ask again later */
    SYNC_STOPPED,   /* by the door's on_progress: what came is kept */
    SYNC_LIBRARY    /* the library could not be written; reported */
};

struct sync;

/* door, paths and config must outlive it. Never NULL. */
struct sync *sync_create(struct door *door, const struct paths *paths, const struct config *config);
void sync_destroy(struct sync *sync); /* NULL is fine */

/* Polls config->sources[source]; past_caches: asks for no copy. *result, the caller's:
 *   {"source", "url", "outcome": "accepted|partial|unchanged|refused|failed|stopped", "signed",
 *    "serial", "requests", "received" (bytes), "rejects": [{path, code, text, advice}],
 *    "receipt": {…} (import.h, "kind": "sync"; where something was taken or held back)} */
enum sync_end sync_poll(struct sync *sync, size_t source, bool past_caches, json_t **result);
/* Polls all sources, one after another, as a request: {"outcome", "generation", "time", "sources":
 * [sync_poll's result]}; refused: each of them was refused or failed. Words: SYNC_PAST_CACHES, or
 * none. NULL as door_import. */
#define SYNC_PAST_CACHES "past-caches"
json_t *door_sync(struct door *door, const char *const *words, size_t count, const char *request);
