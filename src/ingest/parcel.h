/* parcel.h: what one import collects on its way through the door; private to src/ingest
 *
 * Cases are taken between library_begin and library_commit. */
#pragma once

#include "ingest/door.h"
#include "ingest/missing.h"
#include "ingest/reject.h"
#include "ingest/room.h"
#include "ingest/stage.h"
#include "library/pending_kind.h"

struct parcel {
    struct door *door;
    struct pending_origin waits; /* kind PENDING_KIND_COUNT: for nobody, it is shown at once */
    struct stage stage;
    struct room room;
    struct reject_list rejects;
    json_t *cases, *similar, *held;
    struct missing missing;
    size_t taken;     /* cases, unchanged ones too */
    size_t unchanged; /* of a feed: counted, not listed */
    bool broken_off;  /* for a reason that is not one file's; a reject says which */
    bool damaged;     /* a file was not what its feed says: with another try it may be right */
    /* Of a feed: before a video is taken, for its file to come, as it is or refused; and once all
     * is done with it. False: the import ends. Both NULL: the files are there. */
    bool (*on_video)(void *user, struct manifest_asset *video);
    bool (*on_video_taken)(void *user, const struct manifest_asset *video);
    void *user;
};

void parcel_init(struct parcel *parcel, struct door *door);
/* From here on what it takes waits, if it has to (review.h); source: of the configuration, or NULL;
 * label: where it is from, lent. */
void parcel_wait(struct parcel *parcel, const struct source_config *source, const char *label);
bool parcel_waits(const struct parcel *parcel); /* what it takes is not shown yet */
bool parcel_open(struct parcel *parcel);        /* a place for its files; false: reported */
void parcel_finish(struct parcel *parcel);

/* path as in the message; made printable here. */
void parcel_refuse(struct parcel *parcel, const char *path, enum reject reject, const char *detail);
/* And with it everything: the disk is full, or the library's share of it is used up. */
void parcel_break_off(struct parcel *parcel, const char *path, enum reject reject,
                      const char *detail);
/* Takes a case with its pictures in, unless it is held back. False: the import ends: broken_off,
 * stopped, or the library could not be written (reported). */
bool parcel_take(struct parcel *parcel, const struct manifest_case *from);
/* The import ends without a change. True: a reject says why, and nothing but rejects is left; path
 * is what a full disk is said of. False: reported, or stopped. */
bool parcel_abort(struct parcel *parcel, const char *path);
/* door_receipt, with what was collected; the caller's. otherwise: something was done beside cases.
 */
json_t *parcel_receipt(struct parcel *parcel, bool otherwise);
