/* answers.h: which requests of the desk were begun and answered: rows of ledger.db
 *
 * The keeper's side of desk.h. A request is begun before anything is done for it, and answered once
 * it is done; its receipt, where it has one, bears its uid. So a keeper that died finds out how far
 * it came: begun, receipt or not, answer or not. One thread, the ledger's writer; causes of a false
 * are reported. */
#pragma once

#include "library/desk.h"
#include "library/ledger.h"

/* More than station.db can hold: a request that is still there always finds its answer. */
#define ANSWERS_KEPT  1024
/* With the receipts that they have of their own: what was seen on a stick may be 300 KiB each time.
 */
#define ANSWERS_WHOLE 16

/* Notes that it is begun once more. *tries: how often, this time included. */
bool answers_begin(struct ledger *ledger, const char *uid, int *tries);
/* How often it was begun; 0: never, or the ledger failed. */
int answers_tries(struct ledger *ledger, const char *uid);
/* It was not its fault that it did not come to its end: this time does not count. */
bool answers_put_back(struct ledger *ledger, const char *uid);
/* On the disk when it returns true; one that was answered keeps its answer. receipt NULL: the
 * ledger's receipt of that request, or none. Drops the oldest but ANSWERS_KEPT, and the
 * receipts of all but ANSWERS_WHOLE. */
bool answers_end(struct ledger *ledger, const char *uid, const struct desk_answer *answer);
/* answer->done false: not yet. The caller's. */
bool answers_find(struct ledger *ledger, const char *uid, struct desk_answer *answer);
