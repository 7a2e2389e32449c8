/* trust.h: the keys of the configuration's sources, each with what it was handed over to
 *
 * A source's configured key is its root: floors and feeds are kept by it, whatever keys.json
 * (keyring.h) handed over to later. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/config.h"
#include "ingest/keyring.h"
#include "ingest/sign.h"
#include "library/ledger.h"

#define TRUST_ROOT_SIZE 33 /* 32 hex digits and the NUL */

struct trusted {
    const char *source; /* its name in the configuration; borrowed; "" for a key of its own */
    char root[TRUST_ROOT_SIZE]; /* SHA-256 of the configured key, cut: ids alone prove nothing */
    struct keyring ring;        /* the keys that are believed now */
};

struct trust {
    struct trusted *keys;
    size_t count;
    struct ledger *ledger; /* where a handing over is kept; NULL: nowhere */
};

/* The keys of all sources that have one. A key that cannot be read is reported, and its source
 * takes nothing; the others count. config and ledger must outlive it. */
void trust_load(struct trust *trust, const struct config *config, struct ledger *ledger);
/* One key alone, by `trust_read_key`. */
void trust_init(struct trust *trust, const struct public_key *key);
void trust_finish(struct trust *trust); /* zeroed is fine */

/* A public key as the configuration or an option names it: a line "RW…", or a .pub file. False:
 * reported, naming `what`. */
bool trust_read_key(const char *text, const char *what, struct public_key *key);

/* A signature file and what it signs. */
struct signed_bytes {
    const char *bytes;
    size_t size;
    const char *signature;
    size_t signature_size;
};
/* Who signed: one of trust, only that of `source` unless NULL. SIGN_GOOD, with the trusted comment
 * (the caller's); else *who is NULL and the fault says why. */
enum sign_fault trust_verify(const struct trust *trust, const char *source,
                             const struct signed_bytes *what, const struct trusted **who,
                             char **comment);
/* Hands over by keys.json: to whoever's key signed it, and keeps that in the ledger. SIGN_GOOD: it
 * was taken; a keys.json that was taken before is SIGN_KEYS_OLDER. */
enum sign_fault trust_rotate(struct trust *trust, const char *source,
                             const struct signed_bytes *keys);
