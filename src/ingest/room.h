/* room.h: whether what is to come fits, and making room for it
 *
 * Two limits: the library's share of its file system ([storage] in fengcai.conf) and what is free
 * on it. Before anything is copied an import that cannot fit is refused, by a bound that is never
 * too high; while it goes on what it takes is counted. Said is always how much is missing. One
 * thread, the holder of keeper.lock. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/paths.h"
#include "ingest/manifest.h"
#include "ingest/retention.h"
#include "library/library.h"

struct room {
    const struct paths *paths;
    const struct config *config;
    struct library *library;
    int64_t left;          /* of the quota, at least; below 0: to be measured again */
    int64_t spent, pieces; /* bytes of renditions so far, of so many files */
};

/* Bytes. */
struct room_need {
    int64_t least;  /* it takes at least so much */
    int64_t likely; /* and about so much, for which retention makes room */
};

/* Measures nothing yet. All three must outlive it. */
void room_init(struct room *room, const struct paths *paths, const struct config *config,
               struct library *library);
/* What the library takes, may take, and what is free, where its media take so much. False:
 * reported. */
bool room_weigh(const struct paths *paths, const struct config *config, int64_t media_bytes,
                struct space *space);
/* The same, asking the database. */
bool room_measure(const struct room *room, struct space *space);

/* A file that is to be taken. */
struct room_file {
    enum asset_kind kind;
    int64_t bytes;
    bool known;   /* prepared before: it is only copied */
    bool comes;   /* it is fetched first, and removed once it is taken */
    int64_t here; /* bytes of it that were fetched already */
};
/* Files that are to be taken, one after another. Bytes, more than now. */
struct room_sum {
    int64_t most;  /* taken at a time, so far */
    int64_t kept;  /* when the last one is done with, but for its pictures; may be below 0 */
    int64_t fresh; /* how many are not known */
};
/* Adds the next one: it is fetched, copied, and, a video, stays as large as it is. */
void room_add(struct room_sum *sum, const struct room_file *file);
/* What they take at a time, and renditions of pictures. */
struct room_need room_need_of(const struct room_sum *sum);
/* What a parcel needs: the copy of its largest file, and the renditions of files that are not known
 * yet. Where it would fit though all were new, nothing is read; else the files are hashed. */
void room_estimate(const struct room *room, const struct manifest *manifest,
                   struct room_need *need);
/* Makes room by retention where it is tight, not during an import. False: it does not fit, *reject
 * and *detail (the caller's) say why and by how much. What cannot be measured fits. */
bool room_make(struct room *room, const struct room_need *need, enum reject *reject, char **detail);

/* During an import: a file was taken whose renditions have so many bytes, and so many files are
 * still to come. False: that is over the quota; as above. */
bool room_spend(struct room *room, int64_t bytes, int64_t files_left, enum reject *reject,
                char **detail);
/* The disk is full: about how much is missing for the file at path and those that are still to
 * come, this one among them, for people; a video is copied and kept. The caller's; NULL: it is not
 * space that is missing. */
char *room_missing(const struct room *room, const char *path, bool video, int64_t files_left);
bool room_is_full(const struct room *room); /* the disk, so that nothing more can be written */
