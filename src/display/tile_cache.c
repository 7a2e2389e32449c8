#include "display/tile_cache.h"

#include <stdlib.h>

#include "base/memory.h"

struct cached_tile {
    uint64_t key, used; /* used: the round */
    struct buffer *buffer;
};

void tile_cache_init(struct tile_cache *cache, size_t budget) {
    *cache = (struct tile_cache){.budget = budget};
}

void tile_cache_clear(struct tile_cache *cache) {
    for (size_t i = 0; i < cache->count; i++)
        buffer_destroy(cache->items[i].buffer);
    free(cache->items);
    cache->items = NULL;
    cache->count = cache->room = 0;
    cache->bytes = 0;
}

void tile_cache_begin(struct tile_cache *cache) {
    cache->round++;
}

const struct buffer *tile_cache_find(struct tile_cache *cache, uint64_t key, bool *known) {
    *known = false;
    for (size_t i = 0; i < cache->count; i++)
        if (cache->items[i].key == key) {
            cache->items[i].used = cache->round;
            *known = true;
            return cache->items[i].buffer;
        }
    return NULL;
}

static size_t bytes_of(const struct buffer *buffer) {
    return buffer ? buffer_bytes(buffer) : 0;
}

/* Of this frame and the last one nothing goes: it is on the screen. */
static void make_room(struct tile_cache *cache, size_t bytes) {
    while (cache->bytes + bytes > cache->budget) {
        size_t oldest = SIZE_MAX;
        for (size_t i = 0; i < cache->count; i++)
            if (cache->items[i].used + 1 < cache->round &&
                (oldest == SIZE_MAX || cache->items[i].used < cache->items[oldest].used))
                oldest = i;
        if (oldest == SIZE_MAX)
            return;
        cache->bytes -= bytes_of(cache->items[oldest].buffer);
        buffer_destroy(cache->items[oldest].buffer);
        cache->items[oldest] = cache->items[--cache->count];
    }
}

void tile_cache_add(struct tile_cache *cache, uint64_t key, struct buffer *buffer) {
    bool known = false;
    tile_cache_find(cache, key, &known);
    if (known) { /* asked for twice, by two pages */
        buffer_destroy(buffer);
        return;
    }
    make_room(cache, bytes_of(buffer));
    if (cache->count == cache->room) {
        cache->room = cache->room ? cache->room * 2 : 32;
        cache->items = xrealloc(cache->items, cache->room, sizeof *cache->items);
    }
    cache->items[cache->count++] =
        (struct cached_tile){.key = key, .used = cache->round, .buffer = buffer};
    cache->bytes += bytes_of(buffer);
}
