/* feed_json.h: JSON that a stranger wrote, bounded; private to feed*.c and its tests
 *
 * Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/hash.h"

/* RFC 8259 in UTF-8 without a byte order mark, no key twice, at most FEED_DEPTH levels and
 * FEED_VALUES values, nothing behind the value; a text may hold U+0000 (feed_json_text refuses it).
 * flags: more of jansson's (JSON_DECODE_ANY). The caller's reference; NULL: *detail (the caller's)
 * says what is wrong, in which line and column. */
json_t *feed_json_load(const char *bytes, size_t size, size_t flags, char **detail);

/* NULL: it is no text, or one that holds U+0000. */
const char *feed_json_text(const json_t *value);
/* SHA-256 of the canonical text: keys sorted, no white space, nothing escaped that need not be. */
struct hash feed_json_hash(const json_t *value);
