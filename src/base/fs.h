/* fs.h: files that appear only when whole, bounded reads, copies that hash
 *
 * Functions that can fail report the cause through base/log, naming the file, and return false or
 * -1, unless they say "quiet". Any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/hash.h"

/* "a/b/c" from parts, ended by NULL; the caller owns the result. */
char *path_join(const char *first, ...) __attribute__((sentinel));
const char *path_name(const char *path); /* behind the last slash */
/* path as seen from the folder of file; the caller owns the result. */
char *path_beside(const char *file, const char *path);

bool fs_make_dirs(const char *path);   /* like mkdir -p, mode 0755; they last */
bool fs_exists(const char *path);      /* quiet */
bool fs_is_dir(const char *path);      /* quiet; follows links */
bool fs_remove_tree(const char *path); /* quiet when it is not there; follows no links */
bool fs_sync_dir(const char *path);    /* fsync of a directory */
bool fs_sync_fd(int fd, const char *name);

/* An fsync of this process has failed. The kernel may have dropped what it could not write and call
 * the next fsync a success, so nothing is tried again (DESIGN: Order of writes): whoever keeps
 * content stops writing and ends, and the next start looks at what the disk has. */
bool fs_sync_has_failed(void);
void fs_note_failed_sync(const char *name,
                         const char *why); /* of one that was not done here; reported */

/* A whole file of at most limit bytes; *data is NUL-terminated and the caller's. */
bool fs_read(const char *path, size_t limit, char **data, size_t *size);

/* SHA-256 of what is left of an open file. Quiet; errno tells. */
bool fs_hash(int fd, struct hash *hash);

/* An exclusive lock (flock) on a file that is made where it is missing. Gives the descriptor,
 * which holds the lock until closed; -1: somebody else holds it (*held true) or it failed. */
int fs_lock(const char *path, bool *held);

/* A file written beside its place and renamed over it on commit. */
struct outfile {
    FILE *stream;      /* write here */
    char *path, *part; /* owned */
    bool failed;
};

bool outfile_open(struct outfile *out, const char *path);
/* For a secret: mode 0600 from the first moment, and no copy left in the stream's buffer. */
bool outfile_open_private(struct outfile *out, const char *path);
/* Flush, with sync also to the disk (file, rename, directory). False: nothing was changed, but for
 * a directory whose fsync failed, which may have either. */
bool outfile_commit(struct outfile *out, bool sync);
void outfile_abandon(struct outfile *out); /* after open; harmless after commit */

enum copy_result {
    COPY_DONE,
    COPY_UNREADABLE, /* the source errs (quiet: the caller knows its name) */
    COPY_TOO_LARGE,  /* longer than limit (quiet) */
    COPY_NO_SPACE,   /* the disk of the target is full (quiet) */
    COPY_FAILED      /* the target cannot be written; reported */
};
/* Copies what is left of `from` into `to`, at most limit bytes, hashing on the way. on_bytes (may
 * be NULL) hears of each piece. Not synced. */
enum copy_result fs_copy_hashed(int from, int to, uint64_t limit, struct hash *hash, uint64_t *size,
                                void (*on_bytes)(void *user, size_t bytes), void *user);

bool write_all(int fd, const void *bytes, size_t size); /* quiet; errno tells */
bool read_all(int fd, void *bytes, size_t size);        /* quiet; false: error or early end */
