/* fetch_part.h: a file that comes piece by piece, over cuts and restarts
 *
 * PATH.part holds what came, PATH.part.json of what it is a part: address, ETag or Last-Modified,
 * and, when it was put aside in good order, how much of it is surely on the disk. After a power cut
 * the tail may be zeros: without a hash to check the whole by, only what is sure counts. Failures
 * are reported. One thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"

struct part {
    int fd; /* -1: not open */
    uint64_t size;
    struct hash_state hash;                   /* of these bytes */
    char *etag, *last_modified;               /* of the whole; NULL: not known; owned */
    char *path, *data_path, *note_path, *url; /* owned */
};

/* Bytes that are there of the file that is to come to path, which may be whole. Quiet. */
int64_t part_bytes(const char *path);
/* Opens what is there of the file at url, else an empty part. hashed: the whole will be checked by
 * hash. */
bool part_open(struct part *part, const char *path, const char *url, bool hashed);
/* Away with what is there; another whole begins, with this ETag and Last-Modified (may be NULL). */
bool part_begin(struct part *part, const char *etag, const char *last_modified);
bool part_add(struct part *part, const char *bytes, size_t size); /* errno tells */
/* Whether the rest may be asked for. */
bool part_resumable(const struct part *part, bool hashed);
/* Whole: synced, and renamed to PATH. The part is closed either way. */
bool part_commit(struct part *part);
void part_keep(struct part *part); /* put aside and closed; closed already is fine */
void part_drop(struct part *part); /* removed and closed; closed already is fine */
