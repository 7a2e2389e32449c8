/* picture_cache.h: decoded pictures, the least recently used go first
 *
 * One thread owns a cache. */
#pragma once

#include "display/buffer.h"

struct picture_cache;

/* budget: bytes of pixels that are kept. */
struct picture_cache *picture_cache_create(size_t budget);
void picture_cache_destroy(struct picture_cache *cache); /* NULL is fine */

/* The JPEG that we wrote at path, as the library has it: upright, opaque. It belongs to the cache
 * and is valid until the next call. NULL: reported, naming the file. */
const struct buffer *picture_cache_get(struct picture_cache *cache, const char *path);
