/* feed_ids.h: a set of ids, to know which was met before; private to feed*.c */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sodium.h>

struct feed_ids {
    struct feed_ids_slot {
        const char *id; /* borrowed; NULL: free */
        uint64_t hash;
    } * slots;
    size_t mask;
    unsigned char key[crypto_shorthash_KEYBYTES];
};

/* Room for so many ids. */
void feed_ids_init(struct feed_ids *ids, size_t count);
void feed_ids_finish(struct feed_ids *ids);
/* False: it was there already. The id stays where it is while the set is used. */
bool feed_ids_add(struct feed_ids *ids, const char *id);
