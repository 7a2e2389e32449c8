/* digest.h: SHA-256 over the content of cases and renditions, to see what changed. Pure. */
#pragma once

#include "library/case.h"

/* Width, height, focus and renditions, in whatever order these stand. */
struct hash digest_renditions(const struct asset *asset);
/* Everything in a case but its generation. */
struct hash digest_case(const struct case_record *record);
