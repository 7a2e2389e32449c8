/* stick_read.h: what is done to a stick's file system: looking, and copying beside the library
 *
 * Any of it may wait for ever, so it is done by a child process (keeper/stick_child.h). A link is
 * never followed, a pipe or a device never opened, and nothing is written but below the folder
 * given. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/hash.h"
#include "ingest/reject.h"

enum stick_read {
    STICK_READ_DONE,
    STICK_READ_ERROR, /* the stick errs, or is gone */
    STICK_READ_FULL,  /* our disk has no room for it */
    STICK_READ_DISK   /* our disk cannot be written; reported */
};

/* Hears of what is read. */
struct stick_reader {
    const char *document; /* the helper that looks into a .zip; NULL: none is looked into */
    void (*on_bytes)(void *user, size_t bytes);
    /* A signed bundle at from; its head, signatures and pages lie in staged. zip_bytes: from is a
     * .zip of that size; 0: a folder. */
    void (*on_bundle)(void *user, const char *from, const char *staged, int64_t zip_bytes);
    void (*on_total)(void *user, int64_t bytes); /* so many will be copied; may be NULL */
    /* Something at path, printable, is not copied; detail may be NULL. */
    void (*on_refused)(void *user, const char *path, enum reject reject, const char *detail);
    void *user;
};

#define STICK_BUNDLES 4 /* on one stick; a publisher makes one */

/* Looks at what lies below root; staged bundles go to STAGING/0, 1 …. *content: there is something
 * else that could be taken, or that there is advice for; *files counts it. */
enum stick_read stick_look(const char *root, const char *staging, bool *content, int64_t *files,
                           const struct stick_reader *reader);

struct stick_file {
    char *from, *to; /* owned */
    struct hash expected;
    int64_t bytes; /* 0: not known */
};
/* Copies each of them whole; what already lies there with the expected hash is not read again. What
 * is not on the stick is left out, and what is not as expected is copied: the door says so. */
enum stick_read stick_copy_files(const struct stick_file *files, size_t count,
                                 const struct stick_reader *reader);
/* Copies what is at the path, which lies below root, to the same place below `to`. A file that is
 * too large for the door is only as long there, one that it refuses by its name is empty; what is
 * no file or cannot be read is refused here. */
enum stick_read stick_copy_tree(const char *root, const char *path, const char *to,
                                const struct stick_reader *reader);
