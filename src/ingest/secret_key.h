/* secret_key.h: minisign's secret keys, and signing with them
 *
 * The file is a comment line and base64 of: "Ed"; "Sc" (scrypt) or 00 00 (no password); "B2"; salt,
 * opslimit and memlimit of libsodium's crypto_pwhash_scryptsalsa208sha256; then key id, key and the
 * BLAKE2b-256 checksum of "Ed", id and key, xored with scrypt's output where there is a password.
 *
 * Keys and texts of keys lie in memory from sodium_malloc: locked where the system allows it,
 * wiped when freed. Any thread, one key by one thread at a time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/sign.h"

#define MAX_SECRET_KEY_BYTES 4096 /* two lines, minisign writes 262 bytes */
#define MAX_PASSWORD_BYTES   1023 /* minisign reads no more of it */

/* What scrypt may take; minisign, and fengcai keygen, use the most that is accepted. */
struct secret_key_cost {
    uint64_t ops;
    uint64_t memory; /* bytes */
};

#define SECRET_KEY_COST                                                                            \
    ((struct secret_key_cost){crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_SENSITIVE,               \
                              crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_SENSITIVE})

struct secret_key;

struct secret_key *secret_key_create(void); /* a new one, by chance; never NULL */
/* password NULL: SIGN_PASSWORD_NEEDED tells, before any work, that the file wants one. Otherwise
 * takes as long as the file's cost says: minisign's is some seconds and 1 GB. *key is the caller's
 * and set only with SIGN_GOOD. The other faults: SIGN_SECRET_FORM, SIGN_SECRET_DAMAGED,
 * SIGN_PASSWORD_WRONG, SIGN_KDF_COST (above SECRET_KEY_COST), SIGN_KDF_MEMORY. */
enum sign_fault secret_key_parse(const char *text, size_t size, const char *password,
                                 struct secret_key **key);
void secret_key_destroy(struct secret_key *key); /* NULL is fine */

struct public_key secret_key_public(const struct secret_key *key);
/* The .key file's text, NUL-terminated, to be freed by sodium_free; password NULL: not encrypted,
 * cost is then not used. *text is set only with SIGN_GOOD, else SIGN_KDF_MEMORY. */
enum sign_fault secret_key_format(const struct secret_key *key, const char *password,
                                  struct secret_key_cost cost, char **text);
/* The same digest, comment and key give the same signature. SIGN_COMMENT_FORM: the comment is not
 * one (sign_comment_valid). */
enum sign_fault secret_key_sign(const struct secret_key *key, const struct sign_digest *digest,
                                const char *comment, struct signature *signature);
