/* Public keys, signatures and secret keys in minisign's formats: what is taken and what is not. */
#include <jansson.h>

#include "sign_fixture.h"

static void test_minisign_signature(void **state) {
    (void)state;
    struct public_key key = fixture_public();
    struct signature signature;
    assert_int_equal(
        verify(SIGNATURE_FILE, strlen(SIGNATURE_FILE), CONTENT, strlen(CONTENT), &key, &signature),
        SIGN_GOOD);
    assert_string_equal(signature.comment, COMMENT);
}

/* Ed25519 is deterministic: ours is minisign's file, byte for byte. */
static void test_same_bytes_as_minisign(void **state) {
    (void)state;
    struct secret_key *secret = fixture_secret();
    char *text = sign_text_of(secret, CONTENT, strlen(CONTENT), COMMENT);
    assert_string_equal(text, SIGNATURE_FILE);
    free(text);
    secret_key_destroy(secret);
}

static void test_digest_in_pieces(void **state) {
    (void)state;
    char bytes[1000];
    memset(bytes, 'x', sizeof bytes);
    struct sign_digest whole = sign_digest_of(bytes, sizeof bytes);
    for (size_t piece = 1; piece < 300; piece += 37) {
        struct sign_state pieces;
        sign_init(&pieces);
        for (size_t at = 0; at < sizeof bytes; at += piece)
            sign_add(&pieces, bytes + at, piece < sizeof bytes - at ? piece : sizeof bytes - at);
        struct sign_digest digest = sign_end(&pieces);
        assert_memory_equal(digest.bytes, whole.bytes, sizeof whole.bytes);
    }
}

static void test_signature_files(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
        enum sign_fault fault;
    } table[] = {
        {"signature from minisign secret key", "", SIGN_GOOD},
        {"signature from minisign secret key", "什么都可以", SIGN_GOOD},
        {"untrusted comment: ", "untrusted comment:", SIGN_FORM},
        {"untrusted comment: ", "Untrusted comment: ", SIGN_FORM},
        {"trusted comment: 第", "trusted comment:第", SIGN_FORM},
        {"\ntrusted comment: ", "\nuntrusted comment: ", SIGN_FORM},
        {COMMENT, "第43期 serial:43", SIGN_COMMENT_FORGED},
        {COMMENT, COMMENT " ", SIGN_COMMENT_FORGED},
        {COMMENT, "", SIGN_COMMENT_FORGED},
        {COMMENT, "\033[31m", SIGN_COMMENT_FORM},
        {COMMENT, "\x7f", SIGN_COMMENT_FORM},
        {COMMENT, "\xFF", SIGN_COMMENT_FORM},
        {COMMENT, COMMENT "\r", SIGN_FORM},
        {COMMENT, COMMENT "\n" COMMENT, SIGN_FORM},
        {"\n", "\r\n", SIGN_FORM},
        {"\n", "\n\n", SIGN_FORM},
        {"\n" SIGNATURE_LINE, "", SIGN_FORM},
        {"\n" GLOBAL_LINE, "", SIGN_FORM},
        {GLOBAL_LINE "\n", GLOBAL_LINE, SIGN_FORM},
        {GLOBAL_LINE "\n", GLOBAL_LINE "\n\n", SIGN_FORM},
        {GLOBAL_LINE "\n", GLOBAL_LINE "\nx", SIGN_FORM},
        {GLOBAL_LINE, GLOBAL_LINE " ", SIGN_FORM},
        {GLOBAL_LINE, " " GLOBAL_LINE, SIGN_FORM},
        {"zCA==", "zCA=", SIGN_FORM},
        {"zCA==", "zCA", SIGN_FORM},
        {"zCA==", "zCA===", SIGN_FORM},
        {"zCA==", "zCB==", SIGN_FORM}, /* a bit that is not used is set */
        {"zCA==", "zCAAA", SIGN_FORM},
        {"zCA==", "zC=A=", SIGN_FORM},
        {"NWDCzQI=", "NWDCzQJ=", SIGN_FORM},
        {"Zj8T", "Zj8=", SIGN_FORM},
        {"/XfTV", "_XfTV", SIGN_FORM},       /* the alphabet of URLs */
        {"/XfTV", "\xAFXfTV", SIGN_FORM},    /* '/' to libsodium 1.0.18, as all from 0x80 */
        {"RUQf", "RWQf", SIGN_LEGACY},       /* "Ed" */
        {"RUQf", "RUUf", SIGN_FORM},         /* "EE" */
        {"RUQf", "RUQg", SIGN_OTHER_KEY},    /* the id */
        {"0sA4", "0sB4", SIGN_FORGED},       /* R */
        {"WDCzQI=", "WDCzRI=", SIGN_FORGED}, /* S, its highest byte 0x12 */
        {"Zj8T", "Zj9T", SIGN_COMMENT_FORGED},
    };
    struct public_key key = fixture_public();
    for (size_t i = 0; i < COUNT(table); i++) {
        struct signature signature;
        char *text = replaced(SIGNATURE_FILE, table[i].from, table[i].to);
        enum sign_fault fault =
            verify(text, strlen(text), CONTENT, strlen(CONTENT), &key, &signature);
        if (fault != table[i].fault)
            fail_msg("%s for %s: %s, not %s", table[i].to, table[i].from, sign_code(fault),
                     sign_code(table[i].fault));
        free(text);
    }
}

static void test_legacy_is_refused(void **state) {
    (void)state;
    struct signature signature;
    assert_int_equal(signature_parse(LEGACY_FILE, strlen(LEGACY_FILE), &signature), SIGN_LEGACY);
}

/* At every place of the two lines of base64, every byte but those of its alphabet. */
static void test_alphabet(void **state) {
    (void)state;
    static const char *const lines[] = {SIGNATURE_LINE, GLOBAL_LINE};
    static const char alphabet[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    char *text = xstrdup(SIGNATURE_FILE);
    for (size_t line = 0; line < COUNT(lines); line++) {
        char *start = strstr(text, lines[line]);
        for (char *at = start; *at != '\n'; at++) {
            char kept = *at;
            for (int byte = 0; byte < 256; byte++) {
                struct signature signature;
                *at = (char)byte;
                bool may = *at == kept || (kept != '=' && *at && strchr(alphabet, *at));
                if (!may && signature_parse(text, strlen(SIGNATURE_FILE), &signature) != SIGN_FORM)
                    fail_msg("byte 0x%02X at %zu", (unsigned)byte, (size_t)(at - text));
            }
            *at = kept;
        }
    }
    free(text);
}

/* Only the untrusted comment may change, and it stays a line of text. */
static bool may_change(size_t at, char to) {
    size_t prefix = strlen("untrusted comment: ");
    size_t end = (size_t)(strchr(SIGNATURE_FILE, '\n') - SIGNATURE_FILE);
    return at >= prefix && at < end && to != '\n' && to != '\r' && to != '\0';
}

static void test_every_bit_of_the_signature(void **state) {
    (void)state;
    struct public_key key = fixture_public();
    struct signature signature;
    size_t size = strlen(SIGNATURE_FILE), taken = 0;
    char *text = xstrdup(SIGNATURE_FILE);
    for (size_t bit = 0; bit < size * 8; bit++) {
        text[bit / 8] ^= (char)(1 << bit % 8);
        bool good = verify(text, size, CONTENT, strlen(CONTENT), &key, &signature) == SIGN_GOOD;
        if (good != may_change(bit / 8, text[bit / 8]))
            fail_msg("bit %zu of byte %zu: %s", bit % 8, bit / 8, good ? "taken" : "refused");
        taken += good;
        text[bit / 8] ^= (char)(1 << bit % 8);
    }
    assert_true(taken > 0); /* the loop does reach the comparison */
    free(text);
}

static void test_every_bit_of_the_content(void **state) {
    (void)state;
    struct secret_key *secret = fixture_secret();
    struct public_key key = secret_key_public(secret);
    struct signature signature;
    char content[200];
    for (size_t i = 0; i < sizeof content; i++)
        content[i] = (char)(i * 7);
    char *text = sign_text_of(secret, content, sizeof content, "");
    assert_int_equal(verify(text, strlen(text), content, sizeof content, &key, &signature),
                     SIGN_GOOD);
    for (size_t bit = 0; bit < sizeof content * 8; bit++) {
        content[bit / 8] ^= (char)(1 << bit % 8);
        assert_int_equal(verify(text, strlen(text), content, sizeof content, &key, &signature),
                         SIGN_FORGED);
        content[bit / 8] ^= (char)(1 << bit % 8);
    }
    for (size_t size = 0; size < sizeof content; size++)
        assert_int_equal(verify(text, strlen(text), content, size, &key, &signature), SIGN_FORGED);
    free(text);
    secret_key_destroy(secret);
}

static void test_every_truncation(void **state) {
    (void)state;
    struct signature signature;
    for (size_t size = 0; size < strlen(SIGNATURE_FILE); size++) {
        char *text = xstrndup(SIGNATURE_FILE, size); /* so that ASan sees a byte too many */
        assert_int_equal(signature_parse(text, size, &signature), SIGN_FORM);
        free(text);
    }
    /* a NUL is no end of the text */
    char text[] = SIGNATURE_FILE "\nmore";
    text[strlen(SIGNATURE_FILE)] = '\0';
    assert_int_equal(signature_parse(text, sizeof text, &signature), SIGN_FORM);
}

static void test_comment_limits(void **state) {
    (void)state;
    struct secret_key *secret = fixture_secret();
    struct public_key key = secret_key_public(secret);
    struct sign_digest digest = sign_digest_of("", 0);
    struct signature signature;
    char comment[MAX_TRUSTED_COMMENT + 2];
    memset(comment, 'c', sizeof comment);
    comment[MAX_TRUSTED_COMMENT + 1] = '\0';
    assert_int_equal(secret_key_sign(secret, &digest, comment, &signature), SIGN_COMMENT_FORM);
    comment[MAX_TRUSTED_COMMENT] = '\0';
    char *text = sign_text_of(secret, "", 0, comment);
    assert_int_equal(verify(text, strlen(text), "", 0, &key, &signature), SIGN_GOOD);
    assert_string_equal(signature.comment, comment);
    char *longer = replaced(text, "cc", "ccc");
    assert_int_equal(signature_parse(longer, strlen(longer), &signature), SIGN_COMMENT_FORM);
    free(longer);
    free(text);

    assert_int_equal(secret_key_sign(secret, &digest, "two\nlines", &signature), SIGN_COMMENT_FORM);
    assert_int_equal(secret_key_sign(secret, &digest, "\xC0\xAF", &signature), SIGN_COMMENT_FORM);
    assert_int_equal(secret_key_sign(secret, &digest, "a\ttab", &signature), SIGN_GOOD);
    secret_key_destroy(secret);
}

static void test_public_keys(void **state) {
    (void)state;
    static const struct {
        const char *text;
        enum sign_fault fault;
    } table[] = {
        {PUBLIC_FILE, SIGN_GOOD},
        {PUBLIC_LINE, SIGN_GOOD},
        {PUBLIC_LINE "\n", SIGN_GOOD},
        {"", SIGN_KEY_FORM},
        {"\n", SIGN_KEY_FORM},
        {PUBLIC_LINE "\n\n", SIGN_KEY_FORM},
        {PUBLIC_LINE "\r\n", SIGN_KEY_FORM},
        {" " PUBLIC_LINE, SIGN_KEY_FORM},
        {PUBLIC_LINE "=", SIGN_KEY_FORM},
        {"comment: x\n" PUBLIC_LINE "\n", SIGN_KEY_FORM},
        {PUBLIC_FILE PUBLIC_LINE "\n", SIGN_KEY_FORM},
        {SECRET_FILE, SIGN_KEY_FORM},
        {SIGNATURE_FILE, SIGN_KEY_FORM},
        {"RUQf6lFTuK4mu7Da/gyZRjoohHzafrWFCq9JQ0+pILMYE4XtPHKjkrl0", SIGN_KEY_FORM}, /* "ED" */
        /* points: zero, one (of order 1), p (zero again), 2 (not on the curve) */
        {"RWQf6lFTuK4muwAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", SIGN_KEY_FORM},
        {"RWQf6lFTuK4muwEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", SIGN_KEY_FORM},
        {"RWQf6lFTuK4mu+3///////////////////////////////////////9/", SIGN_KEY_FORM},
        {"RWQf6lFTuK4muwIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", SIGN_KEY_FORM},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct public_key key;
        if (public_key_parse(table[i].text, strlen(table[i].text), &key) != table[i].fault)
            fail_msg("%s", table[i].text);
    }
    struct public_key key = fixture_public();
    char *file = public_key_file(&key);
    assert_string_equal(file, PUBLIC_FILE);
    free(file);
}

static void test_secret_key_without_password(void **state) {
    (void)state;
    struct secret_key *key = fixture_secret(), *again = NULL;
    struct public_key public = secret_key_public(key), fixture = fixture_public();
    assert_memory_equal(&public, &fixture, sizeof public);
    char *text = NULL;
    assert_int_equal(secret_key_format(key, NULL, CHEAP, &text), SIGN_GOOD);
    size_t size = strlen(text), line = (size_t)(strchr(text, '\n') + 1 - text);
    assert_int_equal(secret_key_parse(text, size, NULL, &again), SIGN_GOOD);
    secret_key_destroy(again);

    for (size_t i = 0; i < size; i++) /* truncated */
        assert_int_equal(secret_key_parse(text, i, NULL, &again), SIGN_SECRET_FORM);
    for (size_t i = line + 72; i < size - 2; i++) { /* 54 bytes before id, key and checksum */
        char kept = text[i];
        text[i] = kept == 'A' ? 'B' : 'A';
        if (secret_key_parse(text, size, NULL, &again) == SIGN_GOOD)
            fail_msg("taken with character %zu changed", i);
        text[i] = kept;
    }
    sodium_free(text);
    secret_key_destroy(key);
}

static void test_secret_key_with_password(void **state) {
    (void)state;
    struct secret_key *key = fixture_secret(), *again = NULL;
    char *text = NULL;
    assert_int_equal(secret_key_format(key, "口令", CHEAP, &text), SIGN_GOOD);
    size_t size = strlen(text);
    assert_int_equal(secret_key_parse(text, size, NULL, &again), SIGN_PASSWORD_NEEDED);
    assert_int_equal(secret_key_parse(text, size, "口令2", &again), SIGN_PASSWORD_WRONG);
    assert_int_equal(secret_key_parse(text, size, "", &again), SIGN_PASSWORD_WRONG);
    assert_int_equal(secret_key_parse(text, size, "口令", &again), SIGN_GOOD);
    struct public_key public = secret_key_public(again), fixture = fixture_public();
    assert_memory_equal(&public, &fixture, sizeof public);
    char *signature = sign_text_of(again, CONTENT, strlen(CONTENT), COMMENT);
    assert_string_equal(signature, SIGNATURE_FILE);
    free(signature);
    secret_key_destroy(again);
    secret_key_destroy(key);
    sodium_free(text);
}

/* A stranger's file does not choose how long and how much. */
static void test_secret_key_cost(void **state) {
    (void)state;
    struct secret_key *key = fixture_secret(), *again = NULL;
    char *text = NULL;
    assert_int_equal(secret_key_format(key, "x", CHEAP, &text), SIGN_GOOD);
    char *line = strchr(text, '\n') + 1;
    line[59] = 'I'; /* in the upper bytes of opslimit, 38 to 45 */
    assert_int_equal(secret_key_parse(text, strlen(text), "x", &again), SIGN_KDF_COST);
    line[59] = 'A';
    assert_int_equal(secret_key_parse(text, strlen(text), "x", &again), SIGN_GOOD);
    secret_key_destroy(again);
    line[70] = 'I'; /* of memlimit, 46 to 53 */
    assert_int_equal(secret_key_parse(text, strlen(text), "x", &again), SIGN_KDF_COST);
    sodium_free(text);
    secret_key_destroy(key);
}

static void test_secret_key_files(void **state) {
    (void)state;
    static const struct {
        const char *from, *to;
        enum sign_fault fault;
    } table[] = {
        {"untrusted", "trusted", SIGN_SECRET_FORM},
        {"\nRWQ", "\nRUQ", SIGN_SECRET_FORM},    /* "ED" */
        {"AAEIy", "AAEIz", SIGN_SECRET_FORM},    /* "B3" */
        {"RWQAAE", "RWQAAU", SIGN_SECRET_FORM},  /* kdf 00 01 */
        {"IBr4V", "IBr4W", SIGN_SECRET_DAMAGED}, /* the seed is not that of the point */
        {"jkrl0", "jkrl1", SIGN_SECRET_DAMAGED},
        {"AAA=\n", "AAE=\n", SIGN_SECRET_DAMAGED}, /* a checksum that is not empty */
        {"AAA=\n", "AAA=\n\n", SIGN_SECRET_FORM},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct secret_key *key = NULL;
        char *text = replaced(SECRET_FILE, table[i].from, table[i].to);
        enum sign_fault fault = secret_key_parse(text, strlen(text), NULL, &key);
        if (fault != table[i].fault)
            fail_msg("%s: %s", table[i].to, sign_code(fault));
        free(text);
    }
}

static void test_new_keys_differ(void **state) {
    (void)state;
    struct secret_key *a = secret_key_create(), *b = secret_key_create();
    struct public_key first = secret_key_public(a), second = secret_key_public(b);
    struct signature signature;
    assert_memory_not_equal(first.id, second.id, sizeof first.id);
    assert_memory_not_equal(first.point, second.point, sizeof first.point);
    char *text = sign_text_of(a, CONTENT, strlen(CONTENT), "");
    assert_int_equal(verify(text, strlen(text), CONTENT, strlen(CONTENT), &first, &signature),
                     SIGN_GOOD);
    assert_int_equal(verify(text, strlen(text), CONTENT, strlen(CONTENT), &second, &signature),
                     SIGN_OTHER_KEY);
    memcpy(second.id, first.id, sizeof second.id); /* the id alone makes no key */
    assert_int_equal(verify(text, strlen(text), CONTENT, strlen(CONTENT), &second, &signature),
                     SIGN_FORGED);
    free(text);
    secret_key_destroy(b);
    secret_key_destroy(a);
}

/* Under a key of small order a verifier that is lax takes (identity, 0) for any message; with S and
 * S + order it takes two signatures for one. */
static void test_points_of_small_order(void **state) {
    (void)state;
    static const unsigned char order[] = {0xED, 0xD3, 0xF5, 0x5C, 0x1A, 0x63, 0x12, 0x58,
                                          0xD6, 0x9C, 0xF7, 0xA2, 0xDE, 0xF9, 0xDE, 0x14,
                                          0,    0,    0,    0,    0,    0,    0,    0,
                                          0,    0,    0,    0,    0,    0,    0,    0x10};
    static const unsigned char eighth[] = {0xC7, 0x17, 0x6A, 0x70, 0x3D, 0x4D, 0xD8, 0x4F,
                                           0xBA, 0x3C, 0x0B, 0x76, 0x0D, 0x10, 0x67, 0x0F,
                                           0x2A, 0x20, 0x53, 0xFA, 0x2C, 0x39, 0xCC, 0xC6,
                                           0x4E, 0xC7, 0xFD, 0x77, 0x92, 0xAC, 0x03, 0x7A};
    unsigned char identity[32] = {1}, signature[crypto_sign_BYTES] = {1};
    assert_false(sign_ed25519_verify(signature, CONTENT, strlen(CONTENT), identity));
    assert_false(sign_ed25519_verify(signature, CONTENT, strlen(CONTENT), eighth));

    struct secret_key *secret = fixture_secret();
    struct public_key key = secret_key_public(secret);
    struct sign_digest digest = sign_digest_of(CONTENT, strlen(CONTENT));
    struct signature good;
    assert_int_equal(secret_key_sign(secret, &digest, "", &good), SIGN_GOOD);
    assert_int_equal(signature_verify(&good, &digest, &key), SIGN_GOOD);
    sodium_add(good.bytes + 32, order, sizeof order);
    assert_int_equal(signature_verify(&good, &digest, &key), SIGN_FORGED);
    secret_key_destroy(secret);
}

static size_t from_hex(const json_t *hex, unsigned char *bytes, size_t room) {
    size_t size = 0;
    assert_int_equal(sodium_hex2bin(bytes, room, json_string_value(hex), json_string_length(hex),
                                    NULL, &size, NULL),
                     0);
    return size;
}

/* What verifiers differ in (S not below the order, R or key of small order or not canonical) is in
 * the vectors; libsodium says what Wycheproof says in every one. */
static void test_wycheproof(void **state) {
    (void)state;
    char *folder = corpus_folder("ed25519");
    if (!folder)
        skip();
    char *path = path_join(folder, "ed25519_test.json", NULL);
    json_t *root = json_load_file(path, 0, NULL), *group = NULL, *test = NULL;
    size_t i = 0, k = 0, valid = 0, invalid = 0;
    json_array_foreach(json_object_get(root, "testGroups"), i, group) {
        unsigned char point[crypto_sign_PUBLICKEYBYTES], message[4096], signature[256];
        json_t *pk = json_object_get(json_object_get(group, "publicKey"), "pk");
        assert_int_equal(from_hex(pk, point, sizeof point), sizeof point);
        assert_int_equal(crypto_core_ed25519_is_valid_point(point), 1);
        json_array_foreach(json_object_get(group, "tests"), k, test) {
            size_t size = from_hex(json_object_get(test, "msg"), message, sizeof message);
            size_t length = from_hex(json_object_get(test, "sig"), signature, sizeof signature);
            /* Other lengths do not come out of signature_parse. */
            bool good =
                length == crypto_sign_BYTES && sign_ed25519_verify(signature, message, size, point);
            bool wanted = !strcmp(json_string_value(json_object_get(test, "result")), "valid");
            if (good != wanted)
                fail_msg("vector %lld", json_integer_value(json_object_get(test, "tcId")));
            ++*(wanted ? &valid : &invalid);
        }
    }
    assert_int_equal(valid, 88);
    assert_int_equal(invalid, 63);
    json_decref(root);
    free(path);
    free(folder);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_minisign_signature),
        cmocka_unit_test(test_same_bytes_as_minisign),
        cmocka_unit_test(test_digest_in_pieces),
        cmocka_unit_test(test_signature_files),
        cmocka_unit_test(test_legacy_is_refused),
        cmocka_unit_test(test_alphabet),
        cmocka_unit_test(test_every_bit_of_the_signature),
        cmocka_unit_test(test_every_bit_of_the_content),
        cmocka_unit_test(test_every_truncation),
        cmocka_unit_test(test_comment_limits),
        cmocka_unit_test(test_public_keys),
        cmocka_unit_test(test_secret_key_without_password),
        cmocka_unit_test(test_secret_key_with_password),
        cmocka_unit_test(test_secret_key_cost),
        cmocka_unit_test(test_secret_key_files),
        cmocka_unit_test(test_new_keys_differ),
        cmocka_unit_test(test_points_of_small_order),
        cmocka_unit_test(test_wycheproof),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
