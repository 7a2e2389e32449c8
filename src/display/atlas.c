#include "display/atlas.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define BUCKETS 4096 /* a screen of 800 characters has about 400 different glyphs */

struct entry {
    struct atlas_key key;
    struct glyph glyph;
    size_t bytes;
    struct entry *chain;         /* in the bucket */
    struct entry *newer, *older; /* in order of use */
};

struct atlas {
    size_t budget, bytes;
    struct entry *newest, *oldest;
    struct entry *buckets[BUCKETS];
};

static bool same(struct atlas_key a, struct atlas_key b) {
    return a.glyph == b.glyph && a.pixels == b.pixels && a.face == b.face && a.phase == b.phase &&
           a.thick == b.thick;
}

static struct entry **bucket_of(struct atlas *atlas, struct atlas_key key) {
    uint64_t mixed = (uint64_t)key.glyph << 32 | (uint32_t)key.pixels << 16 |
                     (uint32_t)key.face << 8 | (uint32_t)key.phase << 1 | key.thick;
    mixed *= 0x9E3779B97F4A7C15u;
    return &atlas->buckets[mixed >> 52];
}

struct atlas *atlas_create(size_t budget) {
    struct atlas *atlas = xcalloc(1, sizeof *atlas);
    atlas->budget = budget;
    return atlas;
}

static void unlink_use(struct atlas *atlas, struct entry *entry) {
    *(entry->newer ? &entry->newer->older : &atlas->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &atlas->oldest) = entry->newer;
    entry->newer = entry->older = NULL;
}

static void link_newest(struct atlas *atlas, struct entry *entry) {
    entry->older = atlas->newest;
    *(atlas->newest ? &atlas->newest->newer : &atlas->oldest) = entry;
    atlas->newest = entry;
}

static void drop_oldest(struct atlas *atlas) {
    struct entry *entry = atlas->oldest;
    struct entry **link = bucket_of(atlas, entry->key);
    while (*link != entry)
        link = &(*link)->chain;
    *link = entry->chain;
    atlas->oldest = entry->newer;
    *(atlas->oldest ? &atlas->oldest->older : &atlas->newest) = NULL;
    atlas->bytes -= entry->bytes;
    glyph_finish(&entry->glyph);
    free(entry);
}

void atlas_destroy(struct atlas *atlas) {
    if (!atlas)
        return;
    while (atlas->oldest)
        drop_oldest(atlas);
    free(atlas);
}

const struct glyph *atlas_find(struct atlas *atlas, struct atlas_key key) {
    for (struct entry *entry = *bucket_of(atlas, key); entry; entry = entry->chain)
        if (same(entry->key, key)) {
            if (entry != atlas->newest) {
                unlink_use(atlas, entry);
                link_newest(atlas, entry);
            }
            return &entry->glyph;
        }
    return NULL;
}

const struct glyph *atlas_add(struct atlas *atlas, struct atlas_key key, struct glyph glyph) {
    struct entry *entry = xcalloc(1, sizeof *entry);
    size_t pixels = (size_t)glyph.width * (size_t)glyph.height;
    struct entry **bucket = bucket_of(atlas, key);
    entry->key = key;
    entry->glyph = glyph;
    entry->bytes = sizeof *entry + pixels * (glyph.colours ? sizeof *glyph.colours : 1);
    while (atlas->oldest && atlas->bytes + entry->bytes > atlas->budget)
        drop_oldest(atlas);
    entry->chain = *bucket;
    *bucket = entry;
    link_newest(atlas, entry);
    atlas->bytes += entry->bytes;
    return &entry->glyph;
}

size_t atlas_bytes(const struct atlas *atlas) {
    return atlas->bytes;
}
