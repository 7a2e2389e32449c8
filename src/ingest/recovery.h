/* recovery.h: opening what the door writes, whatever a bad disk has made of it
 *
 * A damaged or lost library.db is restored from its copy, a damaged ledger.db is moved aside and
 * begun anew (library/recover.h). Sources are asked anew for what the copy lacks. A receipt of kind
 * "recovery" says so:
 *   {"time", "database": "library.db", "from": "library.backup.db" or null,
 *    "kept": "library.damaged.db" or null}
 * The holder of keeper.lock only. */
#pragma once

#include "base/paths.h"
#include "library/ledger.h"
#include "library/library.h"

/* Opens both for writing. False: reported, nothing is open; *result (may be NULL) says why. paths
 * must outlive them. */
bool recovery_open(const struct paths *paths, struct library **library, struct ledger **ledger,
                   enum db_result *result);
/* quick_check of both; what is damaged is recovered and opened anew. Not during an import. False:
 * reported; one that could not be recovered may then be closed (NULL), and the process must end. */
bool recovery_check(const struct paths *paths, struct library **library, struct ledger **ledger);
