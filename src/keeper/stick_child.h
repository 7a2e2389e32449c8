/* stick_child.h: the child process that reads a stick, or writes onto it
 *
 * It has none of the keeper's descriptors, writes only below the staging folder it is given, or the
 * stick's, and ends with the keeper. One that is stuck in the kernel cannot be ended, so nothing
 * here waits for it. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "ingest/stick_read.h"
#include "ingest/stick_write.h"

enum stick_work {
    STICK_WORK_LOOK,
    STICK_WORK_FILES,
    STICK_WORK_TREE,
    STICK_WORK_MAKE, /* what is to be written, by a program: it needs databases of its own */
    STICK_WORK_WRITE
};

struct stick_job {
    enum stick_work work;
    const char *root;               /* where the stick is mounted */
    const char *staging;            /* LOOK, TREE, WRITE */
    bool mount;                     /* WRITE: root must be where something is mounted */
    const struct stick_file *files; /* FILES */
    char *const *paths;             /* TREE: each below root; MAKE: words, ended by NULL */
    size_t count;                   /* of files or paths */
    const char *document;           /* LOOK: the helper's path; NULL: zips are not looked into */
};

enum stick_note_kind { STICK_NOTE_ALIVE, STICK_NOTE_BUNDLE, STICK_NOTE_REFUSED, STICK_NOTE_END };

#define STICK_PATH_SIZE 1024
#define STICK_REFUSALS  200 /* that are named; a person reads a dozen */

struct stick_note {
    enum stick_note_kind kind;
    int64_t bytes_done;       /* in all */
    int64_t bytes;            /* that will be read in all; 0: not known */
    enum stick_read result;   /* END */
    enum stick_write written; /* END of MAKE and WRITE; the rest is of looking */
    bool content;
    int64_t files;
    size_t refused_more;          /* END of copying; that were not named */
    int64_t zip_bytes;            /* BUNDLE; 0: a folder */
    enum reject reject;           /* REFUSED */
    char from[STICK_PATH_SIZE];   /* BUNDLE, REFUSED */
    char staged[STICK_PATH_SIZE]; /* BUNDLE; REFUSED: detail, "": none */
};

struct stick_child;

/* NULL: reported. The job is needed only during the call. */
struct stick_child *stick_child_start(const struct stick_job *job);
int stick_child_fd(const struct stick_child *child); /* to poll for reading */
/* Tells of what it said. False: it has ended, with or without a note that says how. */
bool stick_child_handle(struct stick_child *child,
                        void (*on_note)(void *user, const struct stick_note *note), void *user);
/* Ends it; NULL is fine. Gives its number if it is not dead yet, to be waited for some time; 0: it
 * is. */
pid_t stick_child_stop(struct stick_child *child);
