/* clerk_kinds.h: the kinds of requests, each with what it does and says; the clerk's only
 *
 * fengcai(1), TALK, describes them to the world. */
#pragma once

#include <stdbool.h>

#include <jansson.h>

#include "base/paths.h"
#include "ingest/import.h"
#include "library/desk.h"

struct clerk_work {
    struct door *door;
    const struct paths *paths;
    const struct desk_request *request;
    const json_t *arguments; /* an object */
    bool again;              /* it was begun before, by a keeper that died */
    bool (*must_stop)(void *user);
    void *user;
};

struct clerk_kind {
    const char *name;
    /* False: stopped, or the library failed (reported). Else *answer is filled, its texts the
     * caller's; answer->receipt NULL: the ledger's receipt of the request. */
    bool (*run)(const struct clerk_work *work, struct desk_answer *answer);
    /* An answer from what was done for it before the keeper died. NULL: it is not settled so. */
    void (*tell)(const json_t *receipt, struct desk_answer *answer);
    bool marks; /* the library's pointer, moved for it, says that it is done */
};

/* Mends an answer that was told from a receipt, where the request was begun more than once. */
void clerk_tell_again(const struct clerk_kind *kind, struct desk_answer *answer);
const struct clerk_kind *clerk_kind_find(const char *name); /* NULL: there is none */
/* Fills the texts; both are copied. */
void clerk_say(struct desk_answer *answer, bool good, const char *message_zh, const char *message);
/* The same of what cannot be done; always true, for a run to return. */
bool clerk_refuse(struct desk_answer *answer, const char *message_zh, const char *message);
/* Tells of a receipt of the door, and lets go of it. False: there is none. */
bool clerk_finish(json_t *receipt, void (*tell)(const json_t *receipt, struct desk_answer *answer),
                  struct desk_answer *answer);
bool clerk_is_refused(const json_t *receipt);
bool clerk_was_interrupted(const json_t *receipt); /* clerk_settle made it */

/* ---- clerk_take.c */
bool clerk_take(const struct clerk_work *work, struct desk_answer *answer);
bool clerk_preview(const struct clerk_work *work, struct desk_answer *answer);
void clerk_tell_take(const json_t *receipt, struct desk_answer *answer);
/* ---- clerk_review.c */
bool clerk_approve(const struct clerk_work *work, struct desk_answer *answer);
bool clerk_decline(const struct clerk_work *work, struct desk_answer *answer);
void clerk_tell_approve(const json_t *receipt, struct desk_answer *answer);
void clerk_tell_decline(const json_t *receipt, struct desk_answer *answer);
/* ---- clerk_look.c: what lies at a path, by a child, so that a stick that hangs stalls nobody */
bool clerk_look(const struct clerk_work *work, struct desk_answer *answer);

/* The receipt of what was done and not yet written down; the caller's. NULL: the ledger failed. */
json_t *clerk_settle(const struct clerk_work *work, const struct clerk_kind *kind);
