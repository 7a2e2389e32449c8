/* ledger.h: receipts in ledger.db, chained by hashes, never rolled back
 *
 * The ledger remembers more: floors.h, withdrawals.h, sources.h.
 *
 * Each row holds the hash of the one before and its own: SHA-256 over a canonical form of all its
 * fields and the previous hash. A row changed, taken out or put in between breaks the chain; the
 * loss of the newest rows does not (nothing after them says that they were there).
 *
 * One process writes (the holder of keeper.lock), others may read: they wait for a commit, at most
 * 5 s. One thread at a time. Causes of a false are reported here. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "library/db.h"

struct ledger;

struct receipt {
    int64_t row;   /* from 1 */
    int64_t at_ms; /* when it was written */
    char *kind;    /* "import", "remove", "rollback", "allow" … */
    char *source;  /* path or address it came from */
    char *outcome; /* "accepted", "partial", "refused" */
    char *json;    /* the whole receipt */
    char *request; /* id of the request it answers; "" for none */
};
void receipt_finish(struct receipt *receipt); /* zeroed is fine */

/* Writing, it also opens the file "floors" beside it and makes the two agree (floors.h). NULL:
 * reported, but for DB_MISSING (reading, none there yet), which is quiet. result may be
 * NULL. access: DB_READ_WAITING or DB_WRITE. */
struct ledger *ledger_open(const char *path, enum db_access access, enum db_result *result);
void ledger_close(struct ledger *ledger); /* NULL is fine */

/* On the disk when it returns true. request may be NULL; an id that was answered already is
 * refused. row may be NULL. */
bool ledger_append(struct ledger *ledger, const char *kind, const char *source, const char *outcome,
                   const char *json, const char *request, int64_t *row);
/* The newest receipt of a kind, of any kind for NULL; receipt->row 0: there is none. */
bool ledger_last(struct ledger *ledger, const char *kind, struct receipt *receipt);
/* The receipt that answers a request, the caller's; *json NULL: not answered yet. */
bool ledger_find_request(struct ledger *ledger, const char *request, char **json);
/* Every receipt, oldest first; the receipt is the callback's during the call only, false ends it.
 * False: it could not be read. */
bool ledger_each(struct ledger *ledger,
                 bool (*on_receipt)(void *user, const struct receipt *receipt), void *user);
/* The same, newest first, of those whose json holds a text (NULL: all of them). */
bool ledger_each_newest(struct ledger *ledger, const char *holding,
                        bool (*on_receipt)(void *user, const struct receipt *receipt), void *user);
/* Goes through the whole chain. *bad_row: the first row that does not fit, 0 for none. False: it
 * could not be read. */
bool ledger_verify(struct ledger *ledger, int64_t *bad_row);
