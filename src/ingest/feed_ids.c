#include "ingest/feed_ids.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* The key is drawn anew, so that no feed can be written whose ids all fall into one place. */
void feed_ids_init(struct feed_ids *ids, size_t count) {
    size_t slots = 8;
    while (slots < count + count / 2)
        slots *= 2;
    *ids = (struct feed_ids){.slots = xcalloc(slots, sizeof *ids->slots), .mask = slots - 1};
    crypto_shorthash_keygen(ids->key);
}

void feed_ids_finish(struct feed_ids *ids) {
    free(ids->slots);
    *ids = (struct feed_ids){0};
}

static uint64_t hash_of_id(const struct feed_ids *ids, const char *id) {
    uint64_t hash = 0;
    static_assert(sizeof hash == crypto_shorthash_BYTES, "a hash is a number");
    crypto_shorthash((unsigned char *)&hash, (const unsigned char *)id, strlen(id), ids->key);
    return hash;
}

bool feed_ids_add(struct feed_ids *ids, const char *id) {
    uint64_t hash = hash_of_id(ids, id);
    struct feed_ids_slot *slot = ids->slots + (hash & ids->mask);
    while (slot->id) {
        if (slot->hash == hash && strcmp(slot->id, id) == 0)
            return false;
        slot = slot == ids->slots + ids->mask ? ids->slots : slot + 1;
    }
    *slot = (struct feed_ids_slot){id, hash};
    return true;
}
