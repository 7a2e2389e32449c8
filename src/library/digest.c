#include "library/digest.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Eight bytes, lowest first, on every machine. */
static void add_number(struct hash_state *state, int64_t number) {
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    hash_add(state, bytes, sizeof bytes);
}

static int compare(const void *a, const void *b) {
    const struct rendition *x = a, *y = b;
    return x->role != y->role ? (x->role > y->role) - (x->role < y->role)
                              : (x->tile > y->tile) - (x->tile < y->tile);
}

static void add_rendition(struct hash_state *state, const struct rendition *rendition) {
    const int64_t numbers[] = {rendition->role, rendition->tile, rendition->width,
                               rendition->height, rendition->bytes};
    for (size_t i = 0; i < COUNT(numbers); i++)
        add_number(state, numbers[i]);
    hash_add(state, rendition->hash.bytes, HASH_SIZE);
}

struct hash digest_renditions(const struct asset *asset) {
    struct rendition *sorted = xcalloc(asset->rendition_count, sizeof *sorted);
    struct hash_state state;
    hash_init(&state);
    add_number(&state, asset->width);
    add_number(&state, asset->height);
    add_number(&state, asset->focus_x);
    add_number(&state, asset->focus_y);
    if (asset->duration_ms) /* a picture's digest is as it was before there were videos */
        add_number(&state, asset->duration_ms);
    for (size_t i = 0; i < asset->rendition_count; i++)
        sorted[i] = asset->renditions[i];
    qsort(sorted, asset->rendition_count, sizeof *sorted, compare);
    for (size_t i = 0; i < asset->rendition_count; i++)
        add_rendition(&state, sorted + i);
    free(sorted);
    return hash_end(&state);
}

static void add_asset(struct hash_state *state, const struct asset *asset) {
    struct hash renditions = digest_renditions(asset);
    add_number(state, asset->kind);
    add_number(state, asset->whole);
    hash_add_text(state, asset->caption);
    hash_add(state, asset->source.bytes, HASH_SIZE);
    hash_add(state, renditions.bytes, HASH_SIZE);
}

struct hash digest_case(const struct case_record *record) {
    const char *const texts[] = {record->id,      record->school, record->title,
                                 record->summary, record->body,   record->url};
    const int64_t numbers[] = {record->unit,          record->phase,          record->published_ms,
                               record->valid_from_ms, record->valid_until_ms, record->weight};
    struct hash_state state;
    hash_init(&state);
    for (size_t i = 0; i < COUNT(texts); i++)
        hash_add_text(&state, texts[i]);
    for (size_t i = 0; i < COUNT(numbers); i++)
        add_number(&state, numbers[i]);
    if (record->level) /* a case's digest is as it was before there were notices */
        add_number(&state, record->level);
    for (size_t i = 0; i < record->asset_count; i++)
        add_asset(&state, record->assets + i);
    if (record->code)
        add_asset(&state, record->code);
    return hash_end(&state);
}
