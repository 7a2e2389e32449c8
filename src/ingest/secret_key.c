#include "ingest/secret_key.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "ingest/armour.h"

struct secret_key {
    unsigned char id[SIGN_ID_SIZE];
    unsigned char bytes[crypto_sign_SECRETKEYBYTES]; /* seed and public point */
};

/* minisign writes it whether there is a password or not. */
#define COMMENT ARMOUR_UNTRUSTED "minisign encrypted secret key\n"

/* What is encrypted. */
struct sealed {
    struct secret_key key;
    unsigned char checksum[crypto_generichash_BYTES];
};

/* What is behind the base64; numbers are little-endian. */
struct secret_bytes {
    unsigned char algorithm[2], kdf[2], checksum[2];
    unsigned char salt[crypto_pwhash_scryptsalsa208sha256_SALTBYTES], ops[8], memory[8];
    struct sealed sealed;
};

static_assert(sizeof(struct secret_bytes) == 158, "as in the file");

static void *guarded(size_t size) {
    void *memory = sodium_malloc(size);
    if (memory)
        return memory;
    log_error("内存不足 (out of memory)");
    abort();
}

static uint64_t load(const unsigned char bytes[8]) {
    uint64_t number = 0;
    for (int i = 7; i >= 0; i--)
        number = number << 8 | bytes[i];
    return number;
}

static void store(uint64_t number, unsigned char bytes[8]) {
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
}

static void compute_checksum(const struct secret_key *key,
                             unsigned char checksum[crypto_generichash_BYTES]) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, crypto_generichash_BYTES);
    crypto_generichash_update(&state, (const unsigned char *)"Ed", 2);
    crypto_generichash_update(&state, key->id, sizeof key->id);
    crypto_generichash_update(&state, key->bytes, sizeof key->bytes);
    crypto_generichash_final(&state, checksum, crypto_generichash_BYTES);
    sodium_memzero(&state, sizeof state);
}

/* Encrypts or decrypts in place, by the salt and cost that stand in the file. */
static enum sign_fault apply_password(struct secret_bytes *file, const char *password) {
    unsigned char *stream = guarded(sizeof file->sealed);
    unsigned char *sealed = (unsigned char *)&file->sealed;
    bool good = crypto_pwhash_scryptsalsa208sha256(stream, sizeof file->sealed, password,
                                                   strlen(password), file->salt, load(file->ops),
                                                   (size_t)load(file->memory)) == 0;
    for (size_t i = 0; good && i < sizeof file->sealed; i++)
        sealed[i] ^= stream[i];
    sodium_free(stream);
    return good ? SIGN_GOOD : SIGN_KDF_MEMORY;
}

static enum sign_fault decrypt(struct secret_bytes *file, const char *password) {
    if (!password)
        return SIGN_PASSWORD_NEEDED;
    if (load(file->ops) > SECRET_KEY_COST.ops || load(file->memory) > SECRET_KEY_COST.memory)
        return SIGN_KDF_COST;
    return apply_password(file, password);
}

static enum sign_fault check_sum(const struct sealed *sealed, bool encrypted) {
    unsigned char checksum[crypto_generichash_BYTES];
    /* minisign -G -W leaves it empty; -C -W, which takes a password away, does not. */
    if (!encrypted && sodium_is_zero(sealed->checksum, sizeof sealed->checksum))
        return SIGN_GOOD;
    compute_checksum(&sealed->key, checksum);
    if (sodium_memcmp(checksum, sealed->checksum, sizeof checksum) == 0)
        return SIGN_GOOD;
    return encrypted ? SIGN_PASSWORD_WRONG : SIGN_SECRET_DAMAGED;
}

/* A key whose public half is not that of its seed would give the seed away when it signs. */
static bool halves_agree(const struct secret_key *key) {
    unsigned char point[crypto_sign_PUBLICKEYBYTES];
    struct secret_key *again = guarded(sizeof *again);
    crypto_sign_seed_keypair(point, again->bytes, key->bytes);
    bool agree = sodium_memcmp(again->bytes, key->bytes, sizeof key->bytes) == 0;
    sodium_free(again);
    return agree;
}

static enum sign_fault unseal(struct secret_bytes *file, const char *password) {
    bool encrypted = memcmp(file->kdf, "Sc", 2) == 0;
    if (memcmp(file->algorithm, "Ed", 2) != 0 || memcmp(file->checksum, "B2", 2) != 0 ||
        (!encrypted && memcmp(file->kdf, "\0\0", 2) != 0))
        return SIGN_SECRET_FORM;
    enum sign_fault fault = encrypted ? decrypt(file, password) : SIGN_GOOD;
    if (fault == SIGN_GOOD)
        fault = check_sum(&file->sealed, encrypted);
    if (fault == SIGN_GOOD && !halves_agree(&file->sealed.key))
        fault = SIGN_SECRET_DAMAGED;
    return fault;
}

struct secret_key *secret_key_create(void) {
    struct secret_key *key = guarded(sizeof *key);
    unsigned char point[crypto_sign_PUBLICKEYBYTES];
    randombytes_buf(key->id, sizeof key->id);
    crypto_sign_keypair(point, key->bytes);
    return key;
}

enum sign_fault secret_key_parse(const char *text, size_t size, const char *password,
                                 struct secret_key **key) {
    struct slice lines[2], comment;
    struct secret_bytes *file = guarded(sizeof *file);
    enum sign_fault fault = SIGN_SECRET_FORM;
    if (size <= MAX_SECRET_KEY_BYTES && armour_split(text, size, lines, 2) &&
        armour_comment(lines[0], ARMOUR_UNTRUSTED, &comment) &&
        armour_decode(lines[1], file, sizeof *file))
        fault = unseal(file, password);
    if (fault == SIGN_GOOD) {
        *key = guarded(sizeof **key);
        **key = file->sealed.key;
    }
    sodium_free(file);
    return fault;
}

void secret_key_destroy(struct secret_key *key) {
    sodium_free(key);
}

struct public_key secret_key_public(const struct secret_key *key) {
    struct public_key public;
    memcpy(public.id, key->id, sizeof public.id);
    crypto_sign_ed25519_sk_to_pk(public.point, key->bytes);
    return public;
}

enum sign_fault secret_key_format(const struct secret_key *key, const char *password,
                                  struct secret_key_cost cost, char **text) {
    enum sign_fault fault = SIGN_GOOD;
    struct secret_bytes *file = guarded(sizeof *file);
    sodium_memzero(file, sizeof *file);
    memcpy(file->algorithm, "Ed", 2);
    memcpy(file->checksum, "B2", 2);
    file->sealed.key = *key;
    compute_checksum(key, file->sealed.checksum);
    if (password) {
        memcpy(file->kdf, "Sc", 2);
        randombytes_buf(file->salt, sizeof file->salt);
        store(cost.ops, file->ops);
        store(cost.memory, file->memory);
        fault = apply_password(file, password);
    }
    if (fault == SIGN_GOOD) {
        size_t prefix = sizeof COMMENT - 1, line = ARMOUR_LINE_SIZE(sizeof *file) - 1;
        *text = guarded(prefix + line + 2);
        memcpy(*text, COMMENT, prefix);
        armour_encode(file, sizeof *file, *text + prefix);
        memcpy(*text + prefix + line, "\n", 2);
    }
    sodium_free(file);
    return fault;
}

enum sign_fault secret_key_sign(const struct secret_key *key, const struct sign_digest *digest,
                                const char *comment, struct signature *signature) {
    unsigned char message[SIGNATURE_GLOBAL_SIZE];
    if (!sign_comment_valid(comment))
        return SIGN_COMMENT_FORM;
    *signature = (struct signature){0};
    memcpy(signature->id, key->id, sizeof key->id);
    snprintf(signature->comment, sizeof signature->comment, "%s", comment);
    crypto_sign_detached(signature->bytes, NULL, digest->bytes, sizeof digest->bytes, key->bytes);
    size_t size = signature_global_message(signature, message);
    crypto_sign_detached(signature->global, NULL, message, size, key->bytes);
    return SIGN_GOOD;
}
