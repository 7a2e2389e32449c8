#include "base/hash.h"

#include <string.h>

void hash_init(struct hash_state *state) {
    crypto_hash_sha256_init(&state->inner);
}

void hash_add(struct hash_state *state, const void *bytes, size_t size) {
    crypto_hash_sha256_update(&state->inner, bytes, size);
}

void hash_add_text(struct hash_state *state, const char *text) {
    const char *value = text ? text : "";
    hash_add(state, value, strlen(value) + 1);
}

struct hash hash_end(struct hash_state *state) {
    struct hash hash;
    crypto_hash_sha256_final(&state->inner, hash.bytes);
    return hash;
}

struct hash hash_of(const void *bytes, size_t size) {
    struct hash hash;
    crypto_hash_sha256(hash.bytes, bytes, size);
    return hash;
}

bool hash_equal(struct hash a, struct hash b) {
    return memcmp(a.bytes, b.bytes, HASH_SIZE) == 0;
}

void hash_hex(struct hash hash, char hex[HASH_HEX_SIZE]) {
    sodium_bin2hex(hex, HASH_HEX_SIZE, hash.bytes, HASH_SIZE);
}

bool hash_parse(const char *hex, struct hash *hash) {
    size_t size = 0;
    return strspn(hex, "0123456789abcdef") == HASH_HEX_SIZE - 1 &&
           sodium_hex2bin(hash->bytes, HASH_SIZE, hex, strlen(hex), NULL, &size, NULL) == 0 &&
           size == HASH_SIZE;
}
