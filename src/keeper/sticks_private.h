/* sticks_private.h: what the parts of sticks share; nobody else includes it */
#pragma once

#include "ingest/trust.h"
#include "keeper/stick_child.h"
#include "keeper/stick_state.h"
#include "keeper/sticks.h"

#define MAX_STICKS 32 /* ports, hubs and partitions of a lobby's screen */
#define MAX_PLACES 4  /* that sticks are heard of from */
#define MAX_STRAYS 16 /* children of sticks that do not answer, pulled out one after another */

struct stick_bundle {
    char *from;   /* owned; where it lies on the stick */
    char *staged; /* owned; where its copy lies; of a .zip only what is read first */
    char *zip;    /* owned; where the copy of the .zip lies, or is to; NULL: a folder */
    int64_t zip_bytes;
};

/* What is written onto a stick, for whom, and how far that is. */
struct stick_writing {
    bool wanted; /* waits for the stick, or is begun */
    bool begun, closing;
    enum stick_gift gift;
    char uid[DESK_UID_SIZE]; /* of the request that it is told to */
    int row;                 /* of the ledger: the receipt that a report is about */
    char *folder;            /* owned; where it is made; NULL: not yet */
    enum stick_write result;
};

/* What became of it, until the request is answered. */
struct stick_written {
    char uid[DESK_UID_SIZE];
    enum stick_gift gift;
    enum stick_write result;
};

/* What came of a preview, until the request is answered. */
struct stick_preview {
    char uid[DESK_UID_SIZE];
    char *receipt; /* owned; NULL: it could not be made */
};
#define STICK_PREVIEWS 8 /* of requests that are not answered yet */

#define STICK_TITLES 3 /* of new cases that are named */

/* What came of it, for people. */
struct stick_news {
    int64_t added, changed, removed, waiting; /* waiting: for a review, shown nowhere */
    char *titles[STICK_TITLES];               /* owned; of new cases first, then of changed ones */
    size_t title_count, new_title_count;
};

struct stick {
    char name[STICK_NAME_SIZE];
    char *label;   /* owned; "" */
    char *path;    /* owned; where it is mounted; NULL: nowhere yet */
    char *staging; /* owned; what is copied from it */
    struct stick_machine machine;
    bool seen; /* the child has looked */
    bool content;
    struct stick_bundle bundles[STICK_BUNDLES];
    size_t bundle_count;
    bool ordered;     /* by the request */
    bool order_waits; /* for what is being done */
    struct request order;
    struct desk_request desk; /* whose order it is; no uid: a command's */
    char
        *prepared; /* owned; of a preview: what was asked for, its copy is in staging; NULL: none */
    bool owns_drafts; /* those that there are are of its preview */
    bool given_up;    /* the order was taken back while the door was at it */
    int64_t came_ms;  /* since 1970: when it was found; no two have the same */
    int64_t state_ms; /* monotonic: since when it is in its state */
    struct stick_writing writing;
    int64_t files, cases, bytes, bytes_done;
    struct stick_news news;
    struct reject_list refused; /* by the child that copied */
    size_t refused_more;        /* and were not named */
    enum reject reject;         /* why the door refused it; REJECT_COUNT: it did not say */
};

struct sticks {
    struct door *door;
    const struct paths *paths;
    const struct config *config;
    int fd; /* epoll over sources and child; -1: none */
    struct stick_source *sources[MAX_PLACES];
    size_t source_count;
    struct stick *sticks[MAX_STICKS]; /* in the order they came; owned */
    size_t count;
    struct stick_child *child; /* NULL: none */
    struct stick *reading;     /* whose child it is */
    struct stick *taking;      /* whose copy the door is at; NULL: none's */
    bool ended;                /* the child has said how it ended: */
    enum stick_read result;
    enum stick_write written_result;
    struct stick_written written[MAX_STICKS]; /* oldest first */
    size_t written_count;
    struct stick_preview previews[STICK_PREVIEWS]; /* oldest first */
    size_t preview_count;
    bool stale_drafts;        /* nobody will look at those that there are */
    pid_t strays[MAX_STRAYS]; /* ended children that are not dead yet */
    unsigned staged;          /* folders made so far */
    bool changed;             /* since sticks_handle was last asked */
};

/* A step, and what follows: a child whose stick is not read any more is ended. */
void sticks_step(struct sticks *sticks, struct stick *stick, enum stick_input input,
                 enum stick_fault fault);
/* The child for this stick. False: none could be made, and the stick has failed. */
bool sticks_start_child(struct sticks *sticks, struct stick *stick, const struct stick_job *job);
bool sticks_are_read(const struct sticks *sticks); /* one of them */
void sticks_finish_order(struct stick *stick); /* of its own: whoever gave it is told elsewhere */
/* Leaves a file NAME.what for the units. */
bool sticks_ask(const struct sticks *sticks, const char *name, const char *what);
/* Whether our units mount sticks here. */
bool sticks_have_units(const struct config *config);
struct stick *sticks_find(const struct sticks *sticks, const char *name); /* NULL: there is none */
bool sticks_lies_on(const struct stick *stick, const char *path);
/* with_copies NULL: the copies stay. */
void sticks_drop_bundles(const struct sticks *with_copies, struct stick *stick);
void sticks_forget_news(struct stick *stick);
struct trust sticks_trust(const struct sticks *sticks); /* as it is now; the caller's */

/* ---- sticks_copy.c */

/* What is to be taken is copied by a child, or nothing of it is missing and the stick goes on. */
void sticks_copy_bundles(struct sticks *sticks, struct stick *stick);
void sticks_copy_order(struct sticks *sticks, struct stick *stick);

/* ---- sticks_preview.c */

bool sticks_is_preview(const struct stick *stick); /* its order only wants it looked at */
/* The order is done; receipt NULL: in vain. */
void sticks_end_preview(struct sticks *sticks, struct stick *stick, const json_t *receipt);
/* What is ordered was copied for a preview and is there still. */
bool sticks_has_copy(const struct stick *stick);
/* Nobody looks any more: the drafts go when the door is free. */
void sticks_forget_preview(struct sticks *sticks, struct stick *stick);
bool sticks_drop_drafts(struct sticks *sticks); /* if they are stale; false: the library failed */
void sticks_finish_previews(struct sticks *sticks);

/* ---- sticks_write.c */

/* Goes on with all that is to be written, as far as it can be now. */
void sticks_write_on(struct sticks *sticks);
/* The child that made or wrote something has ended. */
void sticks_end_child(struct sticks *sticks, struct stick *stick);
/* The report of what was just taken from a stick, told to the request. */
void sticks_write_report(struct sticks *sticks, struct stick *stick, const char *uid);
/* It is forgotten: what was begun is not gone on with. */
void sticks_drop_writing(struct sticks *sticks, struct stick *stick);
