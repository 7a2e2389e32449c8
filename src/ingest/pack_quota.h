/* pack_quota.h: the campaign's rule for recommended cases (推荐): few from each school
 *
 * Pure; any thread. */
#pragma once

#include <jansson.h>

#include "ingest/manifest.h"

#define QUOTA_OF_SCHOOL 4 /* recommended cases */
#define QUOTA_OF_UNIT   1 /* of them, in one unit */

/* What breaks the rule, an empty array if nothing does:
 *   {"school", "unit": "party", "allowed": 1, "titles": ["…", "…"]}, or, of a school as a whole,
 *   without "unit". The caller's. */
json_t *pack_quota_json(const struct manifest *manifest);
