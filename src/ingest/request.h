/* request.h: work handed to whoever holds keeper.lock: a file in STATE/requests
 *
 * The asker writes STATE/requests/ID.json by rename; the keeper, which watches the folder, renames
 * it to ID.doing, does it, leaves the receipt in ledger.db under ID and removes the file. While the
 * lock is free the asker does it itself. What was being done when a keeper died is not tried again:
 * it may be what killed it, and whoever asked can ask again. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/paths.h"

enum request_kind {
    REQUEST_IMPORT, /* paths */
    REQUEST_REMOVE, /* ids */
    REQUEST_ROLLBACK,
    REQUEST_ALLOW, /* ids, as the next three */
    REQUEST_HIDE,
    REQUEST_FEATURE,
    REQUEST_UNFEATURE,
    REQUEST_APPROVE, /* the name of who reviews, then ids; none: all that waits */
    REQUEST_DECLINE, /* likewise */
    REQUEST_SYNC,    /* nothing, or SYNC_PAST_CACHES */
    REQUEST_KIND_COUNT
};

struct request {
    char *id; /* never used twice */
    enum request_kind kind;
    char **words; /* absolute paths, or ids of cases; at least one where the kind takes any */
    size_t count;
};

/* A new request with an id of its own; words are copied. */
void request_init(struct request *request, enum request_kind kind, char *const *words,
                  size_t count);
void request_finish(struct request *request);

bool request_save(const struct paths *paths, const struct request *request);
void request_drop(const struct paths *paths, const struct request *request);
/* Not done yet, or being done. */
bool request_waits(const struct paths *paths, const struct request *request);
/* The oldest request that waits, which is now being done; false: there is none. What is not a
 * request, or has waited for over an hour (its asker is gone), is removed. */
bool request_next(const struct paths *paths, struct request *request);
/* Gives one back that request_next gave: it waits again. */
void request_put_back(const struct paths *paths, const struct request *request);
/* Removes what a keeper that died was doing. To be called by the holder of the lock. */
void request_clear(const struct paths *paths);
