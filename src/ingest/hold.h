/* hold.h: what the door holds back, since it was withdrawn (DESIGN: Trust)
 *
 * The ledger knows what is withdrawn and why (withdrawals.h); library.db is told the ids, so that
 * readers do not show them in any generation. A case that comes in under an id that is withdrawn,
 * or with the school and title (twin) of one, is held back, but for two:
 *   - what the library shows under that id with that twin already is no case that comes back under
 *     another id: the twin does not hold it (else a school's own case that is removed since it
 *     was featured would keep out every later correction of the featured one);
 *   - a tombstone of a feed does not hold back that feed's own cases; the tombstone is then lifted
 *     (hold_lift), or readers would still not show what came back.
 *
 * Functions returning bool report the cause of a false. One thread, the writer's. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "ingest/reject.h"
#include "library/ledger.h"
#include "library/library.h"
#include "library/withdrawals.h"

/* Tells library.db the ids that the ledger has. When the door opens, and after every change; the
 * ledger changes first where something is withdrawn, and where it is allowed: after a crash in
 * between the door tells it when it opens. */
bool hold_sync(struct ledger *ledger, struct library *library);

/* What holds a case back that comes in under this id. by->id NULL: nothing. */
bool hold_find(struct ledger *ledger, struct library *library, const char *id, int64_t twin,
               struct withdrawal *by);

/* Withdraws and tells library.db. Before the rows go, so that a crash in between shows nothing that
 * was to go. */
bool hold_add(struct ledger *ledger, struct library *library, const struct withdrawal *withdrawals,
              size_t count);
/* Lifts the tombstones of these ids, which their own feed brings back; others stay. Just before
 * library_commit. */
bool hold_lift(struct ledger *ledger, struct library *library, const char *const *ids,
               size_t count);

/* For receipts: {"id", "title", "school", "why", "at", "withdrawn"}; withdrawn: the id on the list,
 * to be allowed; why and when in words, the caller's. */
json_t *hold_json(const char *id, const char *school, const char *title,
                  const struct withdrawal *by);
char *hold_text(const char *title, const struct withdrawal *by);
const char *hold_why_name(const char *why); /* "由管理员删除 (removed)" … */
