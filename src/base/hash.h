/* hash.h: SHA-256, as content address and as digest of rows. Any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <sodium.h>

#define HASH_SIZE     32
#define HASH_HEX_SIZE 65 /* with the NUL */

struct hash {
    unsigned char bytes[HASH_SIZE];
};

struct hash_state {
    crypto_hash_sha256_state inner;
};

void hash_init(struct hash_state *state);
void hash_add(struct hash_state *state, const void *bytes, size_t size);
void hash_add_text(struct hash_state *state, const char *text); /* with its NUL; NULL as "" */
struct hash hash_end(struct hash_state *state);
struct hash hash_of(const void *bytes, size_t size);
bool hash_equal(struct hash a, struct hash b);
void hash_hex(struct hash hash, char hex[HASH_HEX_SIZE]); /* lower case */
bool hash_parse(const char *hex, struct hash *hash);      /* false: not 64 lower-case digits */
