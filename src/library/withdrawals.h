/* withdrawals.h: of the ledger: what is not to be shown again until it is allowed (DESIGN: Trust)
 *
 * Kept in ledger.db and in STATE/floors, in the order and with the guarantees that floors.h tells.
 * library.db has the ids only (library_set_withdrawn). Writer only, but for reading as said. Causes
 * of a false are reported. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct ledger;

#define WITHDRAWN_REMOVE    "remove"    /* fengcai remove */
#define WITHDRAWN_TOMBSTONE "tombstone" /* its feed says that it is gone */
#define WITHDRAWN_HIDDEN    "hidden"    /* fengcai hide; the library keeps it */

struct withdrawal {
    char *id;             /* of the library (case_scoped_id) */
    int64_t twin;         /* case_twin of school and title; 0: not known */
    char *school, *title; /* "" when not known */
    char *why;            /* WITHDRAWN_* */
    int64_t at_ms;        /* 0 in what is handed in: now */
};
void withdrawal_finish(struct withdrawal *withdrawal); /* zeroed is fine */

/* All or none. What is withdrawn already keeps its entry, unless a person withdraws now what was a
 * tombstone: that counts for more, since its feed cannot lift it; or removes what was hidden. */
bool ledger_withdraw(struct ledger *ledger, const struct withdrawal *withdrawals, size_t count);
/* *found false: the id was not withdrawn. */
bool ledger_allow(struct ledger *ledger, const char *id, bool *found);
/* By id, else by twin (0 never matches). found->id NULL: not withdrawn. Readers too. */
bool ledger_find_withdrawal(struct ledger *ledger, const char *id, int64_t twin,
                            struct withdrawal *found);
/* The same for a case that comes in under this id: a tombstone of the id's own feed does not hold
 * it back. */
bool ledger_find_hold(struct ledger *ledger, const char *id, int64_t twin,
                      struct withdrawal *found);
/* By id. The withdrawal is the callback's during the call only, which must not ask the ledger;
 * false ends it. Readers too. */
bool ledger_each_withdrawal(struct ledger *ledger,
                            bool (*on)(void *user, const struct withdrawal *withdrawal),
                            void *user);
