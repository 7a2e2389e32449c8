#include "ingest/keyring.h"

#include <stdbool.h>
#include <string.h>

#include <jansson.h>

#define MAX_SERIAL ((json_int_t)1 << 53) /* what every JSON reader keeps exactly (RFC 8259, 6) */

static const struct public_key *find(const struct keyring *ring, const unsigned char *id) {
    for (size_t i = 0; i < ring->count; i++)
        if (memcmp(ring->keys[i].id, id, SIGN_ID_SIZE) == 0)
            return ring->keys + i;
    return NULL;
}

void keyring_init(struct keyring *ring, const struct public_key *key) {
    *ring = (struct keyring){.keys = {*key}, .count = 1};
}

static bool add_key(struct keyring *ring, const json_t *value) {
    struct public_key key;
    /* Of this length it is the bare line: no file, no '\n'. */
    if (json_string_length(value) != PUBLIC_KEY_LINE_SIZE - 1 ||
        public_key_parse(json_string_value(value), PUBLIC_KEY_LINE_SIZE - 1, &key) != SIGN_GOOD ||
        ring->count == KEYRING_MAX_KEYS || find(ring, key.id))
        return false;
    ring->keys[ring->count++] = key;
    return true;
}

static bool read_members(const json_t *root, struct keyring *ring) {
    const json_t *keys = json_object_get(root, "keys"), *serial = json_object_get(root, "serial");
    if (json_object_size(root) != 3 || json_integer_value(json_object_get(root, "format")) != 1 ||
        json_integer_value(serial) < 1 || json_integer_value(serial) >= MAX_SERIAL)
        return false;
    ring->serial = json_integer_value(serial);
    for (size_t i = 0; i < json_array_size(keys); i++)
        if (!add_key(ring, json_array_get(keys, i)))
            return false;
    return ring->count > 0;
}

enum sign_fault keyring_parse(const char *json, size_t size, struct keyring *ring) {
    struct keyring read = {0};
    json_t *root =
        size <= MAX_KEYS_BYTES ? json_loadb(json, size, JSON_REJECT_DUPLICATES, NULL) : NULL;
    bool good = read_members(root, &read);
    json_decref(root);
    if (!good)
        return SIGN_KEYS_FORM;
    *ring = read;
    return SIGN_GOOD;
}

enum sign_fault keyring_verify(const struct keyring *ring, const struct signature *signature,
                               const struct sign_digest *digest) {
    const struct public_key *key = find(ring, signature->id);
    return key ? signature_verify(signature, digest, key) : SIGN_OTHER_KEY;
}

enum sign_fault keyring_rotate(struct keyring *ring, const char *json, size_t size,
                               const char *signature, size_t signature_size) {
    struct keyring next;
    struct signature parsed;
    enum sign_fault fault = signature_parse(signature, signature_size, &parsed);
    struct sign_digest digest = sign_digest_of(json, size);
    if (fault == SIGN_GOOD)
        fault = keyring_verify(ring, &parsed, &digest);
    if (fault == SIGN_GOOD)
        fault = keyring_parse(json, size, &next);
    if (fault == SIGN_GOOD && next.serial <= ring->serial)
        fault = SIGN_KEYS_OLDER;
    if (fault == SIGN_GOOD)
        *ring = next;
    return fault;
}
