#include "ingest/sign.h"

#include <assert.h>
#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/armour.h"
#include "ingest/text.h"

/* What is behind the base64 of a public key, and of a signature's second line. */
struct public_key_bytes {
    unsigned char algorithm[2];
    struct public_key key;
};

struct signature_bytes {
    unsigned char algorithm[2];
    unsigned char id[SIGN_ID_SIZE];
    unsigned char bytes[crypto_sign_BYTES];
};

static_assert(sizeof(struct public_key_bytes) == 42, "as in the file");
static_assert(sizeof(struct signature_bytes) == 74, "as in the file");
static_assert(PUBLIC_KEY_LINE_SIZE == ARMOUR_LINE_SIZE(42), "as in the file");

static const struct {
    const char *code, *text, *advice;
} table[] = {
#define S(name, code, zh, advice_zh, en, advice) {code, zh " (" en ")", advice_zh " (" advice ")"},
    SIGN_FAULTS(S)
#undef S
};

const char *sign_code(enum sign_fault fault) {
    return table[fault].code;
}

const char *sign_text(enum sign_fault fault) {
    return table[fault].text;
}

const char *sign_advice(enum sign_fault fault) {
    return table[fault].advice;
}

void sign_print_scdoc(FILE *to) {
    for (int i = SIGN_GOOD + 1; i < SIGN_FAULT_COUNT; i++)
        fprintf(to, "*%s*\n\t%s.++\n%s.\n\n", table[i].code, table[i].text, table[i].advice);
}

/* The line with the key, out of a whole file or of itself alone. */
static bool find_key_line(const char *text, size_t size, struct slice *line) {
    struct slice lines[2], comment;
    if (armour_split(text, size, lines, 2) && armour_comment(lines[0], ARMOUR_UNTRUSTED, &comment))
        *line = lines[1];
    else if (!armour_split(text, size, line, 1))
        *line = (struct slice){text, size};
    return line->size == PUBLIC_KEY_LINE_SIZE - 1;
}

enum sign_fault public_key_parse(const char *text, size_t size, struct public_key *key) {
    struct slice line;
    struct public_key_bytes bytes;
    if (size > MAX_PUBLIC_KEY_BYTES || !find_key_line(text, size, &line) ||
        !armour_decode(line, &bytes, sizeof bytes) || memcmp(bytes.algorithm, "Ed", 2) != 0 ||
        crypto_core_ed25519_is_valid_point(bytes.key.point) != 1)
        return SIGN_KEY_FORM;
    *key = bytes.key;
    return SIGN_GOOD;
}

void public_key_format(const struct public_key *key, char line[PUBLIC_KEY_LINE_SIZE]) {
    struct public_key_bytes bytes = {{'E', 'd'}, *key};
    armour_encode(&bytes, sizeof bytes, line);
}

char *public_key_file(const struct public_key *key) {
    char line[PUBLIC_KEY_LINE_SIZE];
    uint64_t number = 0; /* minisign shows the id as a little-endian number */
    for (int i = SIGN_ID_SIZE - 1; i >= 0; i--)
        number = number << 8 | key->id[i];
    public_key_format(key, line);
    return xasprintf(ARMOUR_UNTRUSTED "minisign public key %" PRIX64 "\n%s\n", number, line);
}

void sign_init(struct sign_state *state) {
    crypto_generichash_init(&state->inner, NULL, 0, crypto_generichash_BYTES_MAX);
}

void sign_add(struct sign_state *state, const void *bytes, size_t size) {
    crypto_generichash_update(&state->inner, bytes, size);
}

struct sign_digest sign_end(struct sign_state *state) {
    struct sign_digest digest;
    crypto_generichash_final(&state->inner, digest.bytes, sizeof digest.bytes);
    return digest;
}

struct sign_digest sign_digest_of(const void *bytes, size_t size) {
    struct sign_state state;
    sign_init(&state);
    sign_add(&state, bytes, size);
    return sign_end(&state);
}

bool sign_comment_valid(const char *comment) {
    for (const char *at = comment; *at; at++)
        if ((*at > 0 && *at < ' ' && *at != '\t') || *at == 0x7f)
            return false;
    return strlen(comment) <= MAX_TRUSTED_COMMENT && text_valid(comment);
}

enum sign_fault signature_parse(const char *text, size_t size, struct signature *signature) {
    struct slice lines[4], untrusted, trusted;
    struct signature_bytes bytes;
    if (size > MAX_SIGNATURE_BYTES || !armour_split(text, size, lines, 4) ||
        !armour_comment(lines[0], ARMOUR_UNTRUSTED, &untrusted) ||
        !armour_comment(lines[2], ARMOUR_TRUSTED, &trusted) ||
        !armour_decode(lines[1], &bytes, sizeof bytes) ||
        !armour_decode(lines[3], signature->global, sizeof signature->global))
        return SIGN_FORM;
    if (memcmp(bytes.algorithm, "Ed", 2) == 0)
        return SIGN_LEGACY;
    if (memcmp(bytes.algorithm, "ED", 2) != 0)
        return SIGN_FORM;
    if (trusted.size > MAX_TRUSTED_COMMENT)
        return SIGN_COMMENT_FORM;
    memcpy(signature->comment, trusted.text, trusted.size);
    signature->comment[trusted.size] = '\0';
    memcpy(signature->id, bytes.id, sizeof bytes.id);
    memcpy(signature->bytes, bytes.bytes, sizeof bytes.bytes);
    return sign_comment_valid(signature->comment) ? SIGN_GOOD : SIGN_COMMENT_FORM;
}

char *signature_format(const struct signature *signature) {
    struct signature_bytes bytes = {.algorithm = {'E', 'D'}};
    char line[ARMOUR_LINE_SIZE(sizeof bytes)];
    char global[ARMOUR_LINE_SIZE(sizeof signature->global)];
    memcpy(bytes.id, signature->id, sizeof bytes.id);
    memcpy(bytes.bytes, signature->bytes, sizeof bytes.bytes);
    armour_encode(&bytes, sizeof bytes, line);
    armour_encode(signature->global, sizeof signature->global, global);
    return xasprintf(ARMOUR_UNTRUSTED "signature from minisign secret key\n%s\n" ARMOUR_TRUSTED
                                      "%s\n%s\n",
                     line, signature->comment, global);
}

bool sign_ed25519_verify(const unsigned char signature[crypto_sign_BYTES], const void *message,
                         size_t size, const unsigned char *point) {
    return crypto_sign_verify_detached(signature, message, size, point) == 0;
}

size_t signature_global_message(const struct signature *signature,
                                unsigned char message[SIGNATURE_GLOBAL_SIZE]) {
    size_t length = strlen(signature->comment);
    memcpy(message, signature->bytes, sizeof signature->bytes);
    memcpy(message + sizeof signature->bytes, signature->comment, length);
    return sizeof signature->bytes + length;
}

enum sign_fault signature_verify(const struct signature *signature,
                                 const struct sign_digest *digest, const struct public_key *key) {
    unsigned char message[SIGNATURE_GLOBAL_SIZE];
    size_t size = signature_global_message(signature, message);
    if (memcmp(signature->id, key->id, sizeof key->id) != 0)
        return SIGN_OTHER_KEY;
    if (!sign_ed25519_verify(signature->bytes, digest->bytes, sizeof digest->bytes, key->point))
        return SIGN_FORGED;
    if (!sign_ed25519_verify(signature->global, message, size, key->point))
        return SIGN_COMMENT_FORGED;
    return SIGN_GOOD;
}
