#include "ingest/errands.h"

#include <assert.h>

#include "ingest/promotion.h"
#include "ingest/recall.h"
#include "ingest/review.h"
#include "ingest/sync.h"

typedef json_t *errand(struct door *door, const char *const *words, size_t count,
                       const char *request);

static errand *const errands[] = {
    [REQUEST_IMPORT] = door_import,       [REQUEST_REMOVE] = door_remove,
    [REQUEST_ROLLBACK] = door_rollback,   [REQUEST_ALLOW] = door_allow,
    [REQUEST_APPROVE] = door_approve,     [REQUEST_DECLINE] = door_decline,
    [REQUEST_HIDE] = door_hide,           [REQUEST_FEATURE] = door_feature,
    [REQUEST_UNFEATURE] = door_unfeature, [REQUEST_SYNC] = door_sync};
static_assert(sizeof errands / sizeof *errands == REQUEST_KIND_COUNT, "errands");

json_t *errand_do(struct door *door, const struct request *request) {
    return errands[request->kind](door, (const char *const *)request->words, request->count,
                                  request->id);
}
