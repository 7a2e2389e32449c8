/* What the tests of signatures share. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/secret_key.h"
#include "sign_sample.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* The least that scrypt takes, so that tests of passwords are quick. */
#define CHEAP ((struct secret_key_cost){32768, 1 << 20})

static inline struct secret_key *fixture_secret(void) {
    struct secret_key *key = NULL;
    assert_int_equal(secret_key_parse(SECRET_FILE, strlen(SECRET_FILE), NULL, &key), SIGN_GOOD);
    return key;
}

static inline struct public_key fixture_public(void) {
    struct public_key key;
    assert_int_equal(public_key_parse(PUBLIC_FILE, strlen(PUBLIC_FILE), &key), SIGN_GOOD);
    return key;
}

/* The .minisig of some bytes, the caller's. */
static inline char *sign_text_of(const struct secret_key *key, const char *bytes, size_t size,
                                 const char *comment) {
    struct sign_digest digest = sign_digest_of(bytes, size);
    struct signature signature;
    assert_int_equal(secret_key_sign(key, &digest, comment, &signature), SIGN_GOOD);
    return signature_format(&signature);
}

/* Parses and verifies, as whoever takes a file in does. */
static inline enum sign_fault verify(const char *text, size_t text_size, const char *bytes,
                                     size_t size, const struct public_key *key,
                                     struct signature *signature) {
    struct sign_digest digest = sign_digest_of(bytes, size);
    enum sign_fault fault = signature_parse(text, text_size, signature);
    return fault == SIGN_GOOD ? signature_verify(signature, &digest, key) : fault;
}

/* text with the first `from` in it replaced; the caller's. */
static inline char *replaced(const char *text, const char *from, const char *to) {
    const char *at = strstr(text, from);
    assert_non_null(at);
    return xasprintf("%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
}

/* A folder of the corpus, the caller's; NULL where there is none. */
static inline char *corpus_folder(const char *name) {
    const char *corpus = getenv("FENGCAI_CORPUS");
    char *folder = path_join(corpus ? corpus : SOURCE_DIR "/../shared/corpus", name, NULL);
    if (fs_is_dir(folder))
        return folder;
    free(folder);
    return NULL;
}
