/* keyring.h: the keys that a source is believed under, and how they change
 *
 * A source begins with the key of the configuration. keys.json hands over to others; beside it lies
 * keys.json.minisig, made with one of the keys that were believed until then:
 *
 *     {"format": 1, "keys": ["RW…", "RW…"], "serial": 2}
 *
 * format is 1. keys are 1 to KEYRING_MAX_KEYS public keys, each as in a .pub file's second line, no
 * id twice: these and no others are believed from then on; to name the old one too makes a time of
 * change. serial is 1 to 2^53 - 1 and above that of the keys.json taken last, so that an older one
 * does not bring the old keys back. There are exactly these members, once each, and at most
 * MAX_KEYS_BYTES. Any thread, one keyring by one thread at a time. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "ingest/sign.h"

#define KEYRING_MAX_KEYS 8    /* a change of keys needs two */
#define MAX_KEYS_BYTES   4096 /* eight keys are under 600 bytes */

struct keyring {
    struct public_key keys[KEYRING_MAX_KEYS];
    size_t count;
    int64_t serial; /* of the keys.json taken last; 0: none yet */
};

void keyring_init(struct keyring *ring, const struct public_key *key);
/* What keys.json says, unverified: for bytes that keyring_rotate took earlier and the caller kept.
 * SIGN_KEYS_FORM or SIGN_GOOD; ring is changed only then. */
enum sign_fault keyring_parse(const char *json, size_t size, struct keyring *ring);
/* SIGN_OTHER_KEY: none of the ring has the signature's id; else as signature_verify. */
enum sign_fault keyring_verify(const struct keyring *ring, const struct signature *signature,
                               const struct sign_digest *digest);
/* Verifies keys.json by its signature file, then reads it; ring is changed only with SIGN_GOOD.
 * SIGN_FORM, SIGN_LEGACY, SIGN_COMMENT_FORM, SIGN_OTHER_KEY, SIGN_FORGED, SIGN_COMMENT_FORGED,
 * SIGN_KEYS_FORM, SIGN_KEYS_OLDER. The caller remembers what it took and does not hand in the same
 * bytes again: the key that signed them may be gone from the ring. */
enum sign_fault keyring_rotate(struct keyring *ring, const char *json, size_t size,
                               const char *signature, size_t signature_size);
