/* floors.h: of the ledger: which serial of a feed was taken, and whose the feed is
 *
 * What must not be forgotten is kept twice: in ledger.db and, once more, in STATE/floors beside it
 * (slots.h), so that an older ledger.db put in its place (a restored backup, a card exchanged)
 * brings nothing back. Order of writes: first ledger.db commits, then STATE/floors is written and
 * synced, then the function returns true. After a crash in between, ledger_open makes the two
 * agree: of each floor the higher one counts, of the withdrawn list (withdrawals.h) the one that
 * was changed more often; a floor that ledger.db had lost gives its feed its owner back. With
 * STATE/floors missing, or both of its slots damaged (a warning), it is made anew of ledger.db.
 *
 * Writer only. Causes of a false are reported; what was asked for may then hold after the next
 * ledger_open, or not. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/hash.h"

struct ledger;

struct floor {
    int64_t serial;   /* 0: none yet */
    struct hash head; /* SHA-256 of the head that was taken with it */
};

/* key: 16 hex digits of the root key's id (the configured key of a source, whatever keys.json
 * handed over to later), "" for unsigned. */
bool ledger_find_floor(struct ledger *ledger, const char *key, const char *feed,
                       struct floor *floor);
/* A serial that is not above the floor changes nothing. */
bool ledger_raise_floor(struct ledger *ledger, const char *key, const char *feed,
                        const struct floor *floor);

/* After a rollback: every floor stays, but its head is forgotten (zeros), so that its own serial is
 * not taken again either, only a higher one. */
bool ledger_hold_floors(struct ledger *ledger);

/* A feed's UUID belongs to the first key that it was taken under. *owner is the caller's: a key,
 * "" for unsigned, NULL: nobody's yet. */
bool ledger_find_owner(struct ledger *ledger, const char *feed, char **owner);
/* An unsigned owner ("") gives way to a key, a key to nobody: then nothing changes. */
bool ledger_set_owner(struct ledger *ledger, const char *feed, const char *key);
