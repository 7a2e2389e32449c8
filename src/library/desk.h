/* desk.h: what the panel asks of the keeper, and blackout: rows of station.db
 *
 * The display (or a command) leaves a request; the keeper, which only reads station.db, does each
 * once, oldest first, and answers in ledger.db (answers.h). Neither waits for the other: a request
 * outlives a crash of either side. What is being done and how far it is stands in the keeper's live
 * state. Blackout needs no keeper: it is a row that the display reads. The man page fengcai(1),
 * TALK, documents all of it as the interface it is.
 *
 * Functions returning bool report the cause of a false. One thread at a time. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "library/station.h"

#define DESK_UID_SIZE 33 /* 32 hex digits and the NUL */

struct desk_request {
    char uid[DESK_UID_SIZE]; /* never used twice */
    char *kind;              /* "take", "look" … */
    char *arguments;         /* a JSON object; NULL: none */
    char *by;                /* the name of whose PIN it was; "" for nobody's */
    int64_t made_ms;
};
void desk_request_finish(struct desk_request *request); /* zeroed is fine */
struct desk_request desk_request_copy(const struct desk_request *request);

/* Leaves a request, on the disk when it returns true; fills its uid and, where it is 0, made_ms.
 * Refused: more than DESK_MAX_REQUESTS that wait, or arguments of more than
 * DESK_MAX_ARGUMENTS bytes. station: opened for writing. */
#define DESK_MAX_REQUESTS  256
#define DESK_MAX_ARGUMENTS (4 << 20)
bool desk_ask(struct station *station, struct desk_request *request);
/* All of them, oldest first, as they are at one moment; on_request returns false to end. Those that
 * were answered are among them until they are dropped. */
bool desk_each(struct station *station,
               bool (*on_request)(void *user, const struct desk_request *request), void *user);
/* Takes away those that were answered; their answers stay. desk_ask does it by itself. */
bool desk_tidy(struct station *station, const char *ledger_path);

struct desk_answer {
    bool done;                  /* false: it still waits or is being done; nothing else is set */
    bool good;                  /* what was asked was done, at least in part */
    char *message_zh, *message; /* for people */
    char *receipt;              /* a JSON object as import.h and recall.h say; "{}": none */
};
void desk_answer_finish(struct desk_answer *answer); /* zeroed is fine */
/* The answer to a request, the caller's. Only reads; no ledger yet, or one that is busy, is no
 * answer yet. */
bool desk_answer(const char *ledger_path, const char *uid, struct desk_answer *answer);

/* Whether nothing may be shown. */
bool desk_black(struct station *station, bool *on);
/* by: whose PIN it was. station: opened for writing. */
bool desk_set_black(struct station *station, bool on, const char *by);
