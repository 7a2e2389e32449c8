/* The files of minisign, and keys.json. An input begins with a letter: p(ublic key), k (secret
 * key), s(ignature), j(son of keys). What is taken has one text only, and nothing verifies but what
 * the sample's key signed. */
#include "fuzz.h"

#include <string.h>

#include "../unit/sign_sample.h"
#include "ingest/keyring.h"
#include "ingest/secret_key.h"

/* The same from the first line's end on: the untrusted comment is anybody's. */
static void must_end_alike(const char *text, size_t size, const char *again) {
    const char *ours = strchr(again, '\n'), *theirs = memchr(text, '\n', size);
    must(theirs && (size_t)(text + size - theirs) == strlen(ours) &&
         memcmp(ours, theirs, strlen(ours)) == 0);
}

static void try_public(const char *text, size_t size) {
    struct public_key key;
    char line[PUBLIC_KEY_LINE_SIZE];
    if (public_key_parse(text, size, &key) != SIGN_GOOD)
        return;
    public_key_format(&key, line);
    size -= text[size - 1] == '\n';
    must(size >= strlen(line) && memcmp(text + size - strlen(line), line, strlen(line)) == 0);
}

static struct secret_key *sample_secret(void) {
    struct secret_key *key = NULL;
    must(secret_key_parse(SECRET_FILE, strlen(SECRET_FILE), NULL, &key) == SIGN_GOOD);
    return key;
}

static void try_secret(const char *text, size_t size) {
    struct secret_key *key = NULL, *again = NULL;
    char *file = NULL;
    if (secret_key_parse(text, size, NULL, &key) != SIGN_GOOD)
        return;
    must(secret_key_format(key, NULL, SECRET_KEY_COST, &file) == SIGN_GOOD);
    must(secret_key_parse(file, strlen(file), NULL, &again) == SIGN_GOOD);
    struct public_key public = secret_key_public(key), same = secret_key_public(again);
    must(memcmp(&public, &same, sizeof public) == 0);
    sodium_free(file);
    secret_key_destroy(again);
    secret_key_destroy(key);
}

static void try_signature(const char *text, size_t size) {
    struct signature signature;
    struct public_key key;
    if (signature_parse(text, size, &signature) != SIGN_GOOD)
        return;
    char *again = signature_format(&signature);
    must_end_alike(text, size, again);
    struct sign_digest digest = sign_digest_of(CONTENT, strlen(CONTENT));
    must(public_key_parse(PUBLIC_LINE, strlen(PUBLIC_LINE), &key) == SIGN_GOOD);
    if (signature_verify(&signature, &digest, &key) == SIGN_GOOD)
        must(strcmp(again, SIGNATURE_FILE) == 0);
    free(again);
}

/* Signed here, so that it is read at all. */
static void try_keys(const char *text, size_t size) {
    struct keyring ring;
    struct signature signature;
    struct secret_key *secret = sample_secret();
    struct public_key key = secret_key_public(secret);
    struct sign_digest digest = sign_digest_of(text, size);
    keyring_init(&ring, &key);
    ring.serial = 7;
    must(secret_key_sign(secret, &digest, "", &signature) == SIGN_GOOD);
    char *file = signature_format(&signature);
    if (keyring_rotate(&ring, text, size, file, strlen(file)) == SIGN_GOOD)
        must(ring.serial > 7 && ring.count >= 1 && ring.count <= KEYRING_MAX_KEYS);
    else
        must(ring.serial == 7 && ring.count == 1 && memcmp(ring.keys, &key, sizeof key) == 0);
    free(file);
    secret_key_destroy(secret);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    if (sodium_init() < 0 || size < 1)
        return 0;
    const char *text = (const char *)bytes + 1;
    switch (bytes[0]) {
    case 'p':
        try_public(text, size - 1);
        break;
    case 'k':
        try_secret(text, size - 1);
        break;
    case 's':
        try_signature(text, size - 1);
        break;
    case 'j':
        try_keys(text, size - 1);
        break;
    default:
        break;
    }
    return 0;
}
