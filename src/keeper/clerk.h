/* clerk.h: does what lies on the desk (library/desk.h), each request once
 *
 * The keeper's thread. A request is begun in ledger.db before anything is done for it; what changes
 * the library bears its uid in the same transaction, its receipt likewise, and the answer comes
 * last. Whatever of these is there when a keeper starts again tells how far the one before it came:
 * what was done is answered, anything else is done now. One that was begun five times in vain is
 * answered as failed: it may be what kills the keeper. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/paths.h"
#include "ingest/import.h"
#include "library/desk.h"

/* What the process around it does. */
struct clerk_host {
    bool (*must_stop)(void *user); /* the process is told to end */
    /* A request is being done; NULL: no more. */
    void (*on_request)(void *user, const struct desk_request *request);
    void *user;
};

enum clerk_end {
    CLERK_DONE,    /* *answer is filled, its texts the clerk's from here on */
    CLERK_STOPPED, /* told to stop, or the library failed (reported): it waits as it was */
    CLERK_LATER,   /* it is being done, beside the keeper: clerk_answer or its receipt follow */
    CLERK_PASS     /* not mine: the next one's that does this kind */
};

/* Somebody else who does requests of a kind. run must be fit to be called again for one that a
 * keeper died of. */
struct clerk_skill {
    const char *kind;
    enum clerk_end (*run)(void *user, const json_t *arguments, const struct desk_request *request,
                          struct desk_answer *answer);
    /* Takes back what was CLERK_LATER. False: too late. NULL: it cannot. */
    bool (*cancel)(void *user, const struct desk_request *request);
    /* Fills the answer of what was CLERK_LATER; where it has its receipt, the answer is told of
     * that (done) and may be added to. False: not yet. NULL: the receipt says all. */
    bool (*complete)(void *user, const struct desk_request *request, struct desk_answer *answer);
    void *user;
};

struct clerk;

/* All must outlive it. skills come before the clerk's own kinds of that name. NULL: reported. */
struct clerk *clerk_create(struct door *door, const struct paths *paths,
                           const struct clerk_host *host, const struct clerk_skill *skills,
                           size_t skill_count);
void clerk_destroy(struct clerk *clerk); /* NULL is fine */

/* Becomes readable when something may lie on the desk; clerk_handle says that it did. */
int clerk_fd(const struct clerk *clerk);
void clerk_handle(struct clerk *clerk);
/* ms until the desk is to be looked at again, though nothing came; -1: only then. */
int clerk_wait_ms(const struct clerk *clerk);
/* A request waits; looks where something came. For who does something else meanwhile. */
bool clerk_is_asked(struct clerk *clerk);
/* Somebody took back what is being done: it is to stop. */
bool clerk_is_cancelled(struct clerk *clerk);
/* Likewise of a request that is done beside the keeper, by its uid. */
bool clerk_takes_back(struct clerk *clerk, const char *uid);
/* Does all that waits, oldest first. False: told to stop, or the library could not be written
 * (reported); what was not done waits. */
bool clerk_work(struct clerk *clerk);

/* ---- for what is CLERK_LATER */

/* The kind of a request to take that only wants its cases looked at, as drafts. */
#define CLERK_PREVIEW "preview"
/* Whether clerk_import can do what a take's arguments say; else the clerk says what is wrong. */
bool clerk_can_import(struct door *door, const json_t *arguments);

/* The door's import of path for a request to take, as its arguments choose and in its name. The
 * receipt, the caller's, is its answer too (clerk_work gives it); NULL as door_import. */
json_t *clerk_import(struct door *door, const struct desk_request *request, const char *path);
/* The answer where there is no receipt. The texts stay the caller's. False: the ledger failed. */
bool clerk_answer(struct clerk *clerk, const char *uid, const struct desk_answer *answer);
