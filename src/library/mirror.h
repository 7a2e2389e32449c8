/* mirror.h: floors and withdrawn list of ledger.db once more, in STATE/floors (floors.h tells how)
 *
 * Part of the ledger: callers use floors.h and withdrawals.h. The text in the slots is JSON:
 *   {"changes": 7, "floors": [[key, feed, serial, head]],
 *    "withdrawn": [[id, twin, school, title, why, at_ms]]} */
#pragma once

#include <stdbool.h>

struct ledger;
struct withdrawal;

/* Reads path and makes both agree. False: reported. mirror_close it whatever comes back. */
bool mirror_open(struct ledger *ledger, const char *path);
void mirror_close(struct ledger *ledger); /* harmless where it was not opened */
/* Writes what ledger.db holds by now. */
bool mirror_save(struct ledger *ledger);
/* One row of the withdrawn list in ledger.db. */
bool mirror_add_withdrawal(struct ledger *ledger, const struct withdrawal *withdrawal);
