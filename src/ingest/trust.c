#include "ingest/trust.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "library/sources.h"

static struct trusted trusted_of(const char *source, const struct public_key *key) {
    struct trusted trusted = {.source = source};
    char hex[HASH_HEX_SIZE];
    hash_hex(hash_of(key, sizeof *key), hex);
    snprintf(trusted.root, sizeof trusted.root, "%.*s", TRUST_ROOT_SIZE - 1, hex);
    keyring_init(&trusted.ring, key);
    return trusted;
}

bool trust_read_key(const char *text, const char *what, struct public_key *key) {
    if (public_key_parse(text, strlen(text), key) == SIGN_GOOD)
        return true;
    char *file = NULL;
    size_t size = 0;
    if (!fs_read(text, MAX_PUBLIC_KEY_BYTES, &file, &size))
        return false;
    enum sign_fault fault = public_key_parse(file, size, key);
    free(file);
    if (fault != SIGN_GOOD)
        log_error("%s: %s: %s，%s", what, text, sign_text(fault), sign_advice(fault));
    return fault == SIGN_GOOD;
}

/* keys.json was verified when it was taken. */
static void recall(struct trusted *trusted, struct ledger *ledger) {
    struct source_state state = {0};
    if (ledger && ledger_load_source(ledger, trusted->source, &state) && *state.keys)
        keyring_parse(state.keys, strlen(state.keys), &trusted->ring);
    source_state_finish(&state);
}

void trust_load(struct trust *trust, const struct config *config, struct ledger *ledger) {
    *trust = (struct trust){.ledger = ledger};
    trust->keys = xcalloc(config->source_count, sizeof *trust->keys);
    for (size_t i = 0; i < config->source_count; i++) {
        const struct source_config *source = config->sources + i;
        struct public_key key;
        if (!*source->key || !trust_read_key(source->key, source->name, &key))
            continue;
        trust->keys[trust->count] = trusted_of(source->name, &key);
        recall(trust->keys + trust->count++, ledger);
    }
}

void trust_init(struct trust *trust, const struct public_key *key) {
    *trust = (struct trust){.keys = xcalloc(1, sizeof *trust->keys), .count = 1};
    trust->keys[0] = trusted_of("", key);
}

void trust_finish(struct trust *trust) {
    free(trust->keys);
    *trust = (struct trust){0};
}

static bool is_asked(const struct trusted *trusted, const char *source) {
    return !source || strcmp(trusted->source, source) == 0;
}

enum sign_fault trust_verify(const struct trust *trust, const char *source,
                             const struct signed_bytes *what, const struct trusted **who,
                             char **comment) {
    struct signature signature;
    *who = NULL;
    *comment = NULL;
    enum sign_fault fault = signature_parse(what->signature, what->signature_size, &signature);
    if (fault != SIGN_GOOD)
        return fault;
    struct sign_digest digest = sign_digest_of(what->bytes, what->size);
    fault = SIGN_OTHER_KEY;
    for (size_t i = 0; !*who && i < trust->count; i++) {
        enum sign_fault own = is_asked(trust->keys + i, source)
                                  ? keyring_verify(&trust->keys[i].ring, &signature, &digest)
                                  : SIGN_OTHER_KEY;
        if (own == SIGN_GOOD)
            *who = trust->keys + i;
        if (own != SIGN_OTHER_KEY)
            fault = own;
    }
    if (fault == SIGN_GOOD)
        *comment = xstrdup(signature.comment);
    return fault;
}

static void keep(const struct trust *trust, const struct trusted *trusted,
                 const struct signed_bytes *keys) {
    struct source_state state = {0};
    if (!trust->ledger || !ledger_load_source(trust->ledger, trusted->source, &state))
        return;
    free(state.keys);
    state.keys = xstrndup(keys->bytes, keys->size);
    ledger_save_source(trust->ledger, trusted->source, &state);
    source_state_finish(&state);
    log_info("%s: 密钥已更换 (handed over to other keys), serial %lld", trusted->source,
             (long long)trusted->ring.serial);
}

/* Sources may have the same key: each of them is handed over. */
enum sign_fault trust_rotate(struct trust *trust, const char *source,
                             const struct signed_bytes *keys) {
    enum sign_fault result = SIGN_OTHER_KEY;
    for (size_t i = 0; i < trust->count; i++) {
        struct trusted *trusted = trust->keys + i;
        if (!is_asked(trusted, source))
            continue;
        enum sign_fault fault = keyring_rotate(&trusted->ring, keys->bytes, keys->size,
                                               keys->signature, keys->signature_size);
        if (fault == SIGN_GOOD)
            keep(trust, trusted, keys);
        if (result != SIGN_GOOD && fault != SIGN_OTHER_KEY)
            result = fault;
    }
    return result;
}
