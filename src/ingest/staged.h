/* staged.h: what a helper made, as files in a staging folder, under the names of their content
 *
 * Written under another name first: what has its content's name is whole and on the disk. One
 * thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "ingest/reject.h"

struct staged {
    const char *folder; /* lent */
    char **paths;       /* files that were not there before; owned */
    size_t count;
};

/* A file that is written piece by piece. */
struct staged_file {
    char *part; /* its name until it is whole; owned */
    int fd;     /* owned */
};

/* False: reported; *reject is REJECT_NO_SPACE or REJECT_DISK, *detail the caller's. */
bool staged_write(struct staged *staged, const void *bytes, size_t size, const char *suffix,
                  struct hash hash, enum reject *reject, char **detail);
/* As staged_write. After true, staged_commit or staged_abandon. */
bool staged_open(struct staged *staged, struct staged_file *file, enum reject *reject,
                 char **detail);
/* Writes at a place, which may have been written to before. As staged_write. */
bool staged_put(struct staged_file *file, const void *bytes, size_t size, int64_t at,
                enum reject *reject, char **detail);
/* Hashes the file and gives it the name of its content. As staged_write. */
bool staged_commit(struct staged *staged, struct staged_file *file, const char *suffix,
                   struct hash *hash, enum reject *reject, char **detail);
void staged_abandon(struct staged_file *file); /* zeroed with fd -1, or committed, is fine */

void staged_remove(struct staged *staged); /* the files that were not there before */
void staged_finish(struct staged *staged); /* leaves them */
