/* tile_cache.h: composed tiles by their looks, under a byte budget. Main thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "display/buffer.h"

struct tile_cache {
    struct cached_tile *items; /* owned */
    size_t count, room;
    size_t bytes, budget;
    uint64_t round; /* frames so far: what this one uses is never dropped */
};

void tile_cache_init(struct tile_cache *cache, size_t budget);
void tile_cache_clear(struct tile_cache *cache);
void tile_cache_begin(struct tile_cache *cache); /* a new frame */
/* The buffer of that key, which is used now; NULL: none. *known: it was tried; else it is to be
 * asked for. */
const struct buffer *tile_cache_find(struct tile_cache *cache, uint64_t key, bool *known);
/* Takes the buffer over (NULL: it could not be made). What was not used for longest makes room. */
void tile_cache_add(struct tile_cache *cache, uint64_t key, struct buffer *buffer);
