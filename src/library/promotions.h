/* promotions.h: of the ledger: the cases that come first on this screen, and more often
 *
 * The choice of an administrator here, kept through imports and rollbacks; whether the library has
 * the case does not matter. library.db has the ids too (library_set_promoted). Causes of a false
 * are reported. */
#pragma once

#include <stdbool.h>

struct ledger;

/* On the disk when it returns true; once more changes nothing. Writer only. */
bool ledger_promote(struct ledger *ledger, const char *id, bool on);
/* By id; the text is the callback's during the call only, which must not ask the ledger; false ends
 * it. Readers too. */
bool ledger_each_promoted(struct ledger *ledger, bool (*on_id)(void *user, const char *id),
                          void *user);
