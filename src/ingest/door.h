/* door.h: what the parts of the door (import, recall) share
 *
 * Everybody else uses import.h, recall.h and errands.h. */
#pragma once

#include "ingest/coverage.h"
#include "ingest/import.h"
#include "ingest/manifest.h"
#include "ingest/nursery.h"
#include "library/ledger.h"
#include "library/library.h"

struct door {
    const struct paths *paths;
    const struct config *config;
    struct library *library;
    struct ledger *ledger;
    struct nursery *pictures, *videos, *documents;
    struct coverage *coverage; /* of the fonts that texts are shown in */
    import_on_progress on_progress;
    void *user;
    struct import_progress progress;
    bool stopped;
    char *by; /* owned; whose word the work is, for receipts; NULL: nobody's */
    const struct import_order *order; /* borrowed; NULL: take what is there as it is */
    const char *lies, *shown; /* a path below lies is told as below shown; borrowed; NULL: as it is
                               */
    const struct reject_list *also; /* for the next receipt; borrowed; NULL: nothing */
    const char *const *released;    /* masks of numbers that are shown; lent, NULL: none */
};

/* A piece of work begins: nothing is done of it yet, and nobody stopped it. */
void door_begin_work(struct door *door);
void door_tell(struct door *door, const char *doing);
bool door_tell_bytes(struct door *door, int64_t bytes); /* false: stop */
int64_t door_now_ms(struct door *door);                 /* the time believed */
/* Whether renditions of an asset whose bytes are known by their hash are in the library. */
bool door_knows(struct door *door, const struct manifest_asset *asset);

/* {"outcome", "generation", "time"}: what every receipt begins with; the caller's. */
json_t *door_receipt(struct door *door, const char *outcome);
/* A path as people are told it (door_show_as), printable; the caller's. */
char *door_label(const struct door *door, const char *path);
/* Puts a receipt into the ledger; request may be NULL. The library is already as the receipt says,
 * whether or not the ledger takes it: then "recorded" is false in it. */
void door_record(struct door *door, const char *kind, const char *source, json_t *receipt,
                 const char *request);
