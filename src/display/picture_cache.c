#include "display/picture_cache.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <SDL_image.h>

#include "base/fs.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "display/clones.h"

/* More than the helper may write (ingest/picture_wire.h: 24 MiB). */
#define MAX_PICTURE_BYTES (64u << 20)

/* Kept from the most recently used to the least. */
struct entry {
    char *path;
    struct buffer *picture;
    struct entry *next;
};

struct picture_cache {
    struct entry *first;
    size_t budget, used; /* bytes */
};

struct picture_cache *picture_cache_create(size_t budget) {
    struct picture_cache *cache = xcalloc(1, sizeof(*cache));
    cache->budget = budget;
    return cache;
}

/* Drops everything from *link on. */
static void drop(struct picture_cache *cache, struct entry **link) {
    struct entry *entry = *link;
    *link = NULL;
    while (entry) {
        struct entry *next = entry->next;
        cache->used -= buffer_bytes(entry->picture);
        buffer_destroy(entry->picture);
        free(entry->path);
        free(entry);
        entry = next;
    }
}

void picture_cache_destroy(struct picture_cache *cache) {
    if (!cache)
        return;
    drop(cache, &cache->first);
    free(cache);
}

/* Three bytes to four. */
static inline CLONE_BODY void widen_body(uint32_t *to, const uint8_t *from, size_t count) {
    for (size_t i = 0; i < count; i++)
        to[i] = 0xFF000000u | (uint32_t)from[3 * i] << 16 | (uint32_t)from[3 * i + 1] << 8 |
                from[3 * i + 2];
}

CLONES(widen, (uint32_t * to, const uint8_t *from, size_t count), (to, from, count))

/* What libjpeg gives for all but the oddest JPEGs is RGB24; SDL converts the rest. */
static struct buffer *take_surface(SDL_Surface *surface) {
    struct buffer *buffer = buffer_create(surface->w, surface->h);
    if (!buffer)
        return NULL;
    if (surface->format->format == SDL_PIXELFORMAT_RGB24) {
        for (int y = 0; y < surface->h; y++)
            widen(buffer->pixels + (size_t)y * (size_t)buffer->stride,
                  (const uint8_t *)surface->pixels + (size_t)y * (size_t)surface->pitch,
                  (size_t)surface->w);
    } else if (SDL_ConvertPixels(surface->w, surface->h, surface->format->format, surface->pixels,
                                 surface->pitch, SDL_PIXELFORMAT_ARGB8888, buffer->pixels,
                                 buffer->stride * 4) != 0) {
        buffer_destroy(buffer);
        return NULL;
    }
    return buffer;
}

/* A file named by its SHA-256 must have it: libjpeg draws what a power cut left of a picture with
 * a grey rest. 1 ms for 400 KB. */
static bool is_whole(const char *path, const char *data, size_t size) {
    char hex[HASH_HEX_SIZE];
    struct hash named;
    snprintf(hex, sizeof hex, "%s", path_name(path));
    if (!hash_parse(hex, &named) || hash_equal(named, hash_of(data, size)))
        return true;
    log_error("%s: 图片文件已损坏 (the file is damaged)", path);
    return false;
}

static struct buffer *load(const char *path) {
    char *data = NULL;
    size_t size = 0;
    if (!fs_read(path, MAX_PICTURE_BYTES, &data, &size))
        return NULL;
    if (!is_whole(path, data, size)) {
        free(data);
        return NULL;
    }
    struct buffer *picture = NULL;
    SDL_RWops *stream = size ? SDL_RWFromConstMem(data, (int)size) : NULL;
    bool code = text_ends(path, ".png"); /* no other decoder than these is asked */
    SDL_Surface *surface = !stream ? NULL : code ? IMG_LoadPNG_RW(stream) : IMG_LoadJPG_RW(stream);
    if (surface)
        picture = take_surface(surface);
    if (!picture)
        log_error("%s: 图片无法解码 (cannot be decoded): %s", path,
                  size ? SDL_GetError() : "empty file");
    SDL_FreeSurface(surface);
    if (stream)
        SDL_RWclose(stream);
    free(data);
    return picture;
}

/* The first entry is in use, however large it is. */
static void shrink(struct picture_cache *cache) {
    size_t bytes = buffer_bytes(cache->first->picture);
    struct entry **link = &cache->first->next;
    while (*link && bytes + buffer_bytes((*link)->picture) <= cache->budget) {
        bytes += buffer_bytes((*link)->picture);
        link = &(*link)->next;
    }
    drop(cache, link);
}

const struct buffer *picture_cache_get(struct picture_cache *cache, const char *path) {
    struct entry **link = &cache->first;
    while (*link && strcmp((*link)->path, path) != 0)
        link = &(*link)->next;
    struct entry *entry = *link;
    if (entry) {
        *link = entry->next;
    } else {
        struct buffer *picture = load(path);
        if (!picture)
            return NULL;
        entry = xcalloc(1, sizeof(*entry));
        *entry = (struct entry){.path = xstrdup(path), .picture = picture};
        cache->used += buffer_bytes(picture);
    }
    entry->next = cache->first;
    cache->first = entry;
    shrink(cache);
    return entry->picture;
}
