/* How the keys of a source change: keys.json, signed with one of those believed until then. */
#include <dirent.h>

#include "ingest/keyring.h"
#include "sign_fixture.h"

struct fixture {
    struct secret_key *secret[3]; /* 0: the one that is configured */
    char line[3][PUBLIC_KEY_LINE_SIZE];
    struct keyring ring;
};

static int set_up(void **state) {
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    for (size_t i = 0; i < 3; i++) {
        fixture->secret[i] = i ? secret_key_create() : fixture_secret();
        struct public_key key = secret_key_public(fixture->secret[i]);
        public_key_format(&key, fixture->line[i]);
        if (i == 0)
            keyring_init(&fixture->ring, &key);
    }
    *state = fixture;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    for (size_t i = 0; i < 3; i++)
        secret_key_destroy(fixture->secret[i]);
    free(fixture);
    return 0;
}

static enum sign_fault rotate(struct fixture *fixture, int signer, const char *json) {
    char *signature = sign_text_of(fixture->secret[signer], json, strlen(json), "keys");
    enum sign_fault fault =
        keyring_rotate(&fixture->ring, json, strlen(json), signature, strlen(signature));
    free(signature);
    return fault;
}

static enum sign_fault believed(const struct fixture *fixture, int signer) {
    struct sign_digest digest = sign_digest_of(CONTENT, strlen(CONTENT));
    struct signature signature;
    assert_int_equal(secret_key_sign(fixture->secret[signer], &digest, "", &signature), SIGN_GOOD);
    return keyring_verify(&fixture->ring, &signature, &digest);
}

static char *keys_json(const char *a, const char *b, int serial) {
    return xasprintf("{\"format\": 1, \"keys\": [\"%s\"%s%s%s], \"serial\": %d}\n", a,
                     b ? ", \"" : "", b ? b : "", b ? "\"" : "", serial);
}

static void test_handing_over(void **state) {
    struct fixture *fixture = *state;
    char *both = keys_json(fixture->line[0], fixture->line[1], 1);
    char *only = keys_json(fixture->line[1], NULL, 2);
    char *back = keys_json(fixture->line[0], NULL, 3);
    assert_int_equal(believed(fixture, 0), SIGN_GOOD);
    assert_int_equal(believed(fixture, 1), SIGN_OTHER_KEY);

    assert_int_equal(rotate(fixture, 0, both), SIGN_GOOD);
    assert_int_equal(fixture->ring.count, 2);
    assert_int_equal(believed(fixture, 0), SIGN_GOOD);
    assert_int_equal(believed(fixture, 1), SIGN_GOOD);

    assert_int_equal(rotate(fixture, 1, only), SIGN_GOOD);
    assert_int_equal(fixture->ring.serial, 2);
    assert_int_equal(believed(fixture, 0), SIGN_OTHER_KEY);
    assert_int_equal(believed(fixture, 1), SIGN_GOOD);

    /* the old key is worth nothing any more, and the old file neither */
    assert_int_equal(rotate(fixture, 0, back), SIGN_OTHER_KEY);
    assert_int_equal(rotate(fixture, 0, both), SIGN_OTHER_KEY);
    assert_int_equal(rotate(fixture, 1, only), SIGN_KEYS_OLDER);
    assert_int_equal(rotate(fixture, 1, both), SIGN_KEYS_OLDER);
    assert_int_equal(fixture->ring.count, 1);
    assert_int_equal(believed(fixture, 1), SIGN_GOOD);

    struct keyring kept = {0};
    assert_int_equal(keyring_parse(only, strlen(only), &kept), SIGN_GOOD);
    assert_memory_equal(&kept.keys[0], &fixture->ring.keys[0], sizeof kept.keys[0]);
    assert_int_equal(kept.serial, 2);
    free(back);
    free(only);
    free(both);
}

static void test_signature_is_checked_first(void **state) {
    struct fixture *fixture = *state;
    struct keyring before = fixture->ring;
    char *json = keys_json(fixture->line[1], NULL, 1);
    char *other = sign_text_of(fixture->secret[1], json, strlen(json), "");
    char *good = sign_text_of(fixture->secret[0], json, strlen(json), "");
    size_t size = strlen(json), length = strlen(good);
    assert_int_equal(keyring_rotate(&fixture->ring, json, size, other, strlen(other)),
                     SIGN_OTHER_KEY);
    assert_int_equal(keyring_rotate(&fixture->ring, json, size, good, length - 1), SIGN_FORM);
    assert_int_equal(keyring_rotate(&fixture->ring, "", 0, good, length), SIGN_FORGED);
    for (size_t bit = 0; bit < size * 8; bit++) {
        json[bit / 8] ^= (char)(1 << bit % 8);
        assert_int_equal(keyring_rotate(&fixture->ring, json, size, good, length), SIGN_FORGED);
        json[bit / 8] ^= (char)(1 << bit % 8);
    }
    assert_memory_equal(&fixture->ring, &before, sizeof before);
    assert_int_equal(keyring_rotate(&fixture->ring, json, size, good, length), SIGN_GOOD);
    free(good);
    free(other);
    free(json);
}

/* All of them truly signed. */
static void test_files_refused(void **state) {
    struct fixture *fixture = *state;
    static const char *const table[] = {
        "",
        "null",
        "[]",
        "{}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\"]}",
        "{\"format\":1,\"serial\":1}",
        "{\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":1}",
        "{\"format\":2,\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":1}",
        "{\"format\":\"1\",\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":1}",
        "{\"format\":1,\"keys\":[],\"serial\":1}",
        "{\"format\":1,\"keys\":\"" PUBLIC_LINE "\",\"serial\":1}",
        "{\"format\":1,\"keys\":{\"0\":\"" PUBLIC_LINE "\"},\"serial\":1}",
        "{\"format\":1,\"keys\":[1],\"serial\":1}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\\n\"],\"serial\":1}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\\u0000\"],\"serial\":1}",
        "{\"format\":1,\"keys\":[\"RWQ\"],\"serial\":1}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\",\"" PUBLIC_LINE "\"],\"serial\":1}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":0}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":-1}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":1.0}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":\"1\"}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":9007199254740992}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":9223372036854775808}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":1,\"more\":1}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":1,\"serial\":2}",
        "{\"format\":1,\"keys\":[\"" PUBLIC_LINE "\"],\"serial\":1}x",
    };
    for (size_t i = 0; i < COUNT(table); i++)
        if (rotate(fixture, 0, table[i]) != SIGN_KEYS_FORM)
            fail_msg("%s", table[i]);
    assert_int_equal(fixture->ring.serial, 0);
    assert_int_equal(rotate(fixture, 0,
                            "{\"serial\":9007199254740991,\"keys\":[\"" PUBLIC_LINE
                            "\"],\"format\":1}"),
                     SIGN_GOOD);
}

static char *many_keys(size_t count) {
    struct str json = {0};
    str_add(&json, "{\"format\":1,\"serial\":1,\"keys\":[");
    for (size_t i = 0; i < count; i++) {
        struct secret_key *secret = secret_key_create();
        struct public_key key = secret_key_public(secret);
        char line[PUBLIC_KEY_LINE_SIZE];
        public_key_format(&key, line);
        str_addf(&json, "%s\"%s\"", i ? "," : "", line);
        secret_key_destroy(secret);
    }
    str_add(&json, "]}");
    return str_take(&json);
}

static void test_limits(void **state) {
    struct fixture *fixture = *state;
    char *json = many_keys(KEYRING_MAX_KEYS + 1);
    assert_int_equal(rotate(fixture, 0, json), SIGN_KEYS_FORM);
    free(json);
    json = many_keys(KEYRING_MAX_KEYS);
    char *padded = xasprintf("%s%*s", json, (int)(MAX_KEYS_BYTES + 1 - strlen(json)), "");
    assert_int_equal(rotate(fixture, 0, padded), SIGN_KEYS_FORM);
    padded[MAX_KEYS_BYTES] = '\0';
    assert_int_equal(rotate(fixture, 0, padded), SIGN_GOOD);
    assert_int_equal(fixture->ring.count, KEYRING_MAX_KEYS);
    free(padded);
    free(json);
}

/* Whatever stands in the files of JSONTestSuite, none is a keys.json. */
static void test_any_json(void **state) {
    (void)state;
    char *folder = corpus_folder("json");
    if (!folder)
        skip();
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    size_t count = 0;
    for (const struct dirent *entry; (entry = readdir(dir));) {
        struct keyring ring;
        char *path = path_join(folder, entry->d_name, NULL), *text = NULL;
        size_t size = 0;
        if (!fs_is_dir(path) && fs_read(path, 1 << 20, &text, &size)) {
            assert_int_equal(keyring_parse(text, size, &ring), SIGN_KEYS_FORM);
            count++;
        }
        free(text);
        free(path);
    }
    assert_true(count > 300);
    closedir(dir);
    free(folder);
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_handing_over),  TEST(test_signature_is_checked_first),
        TEST(test_files_refused), TEST(test_limits),
        TEST(test_any_json),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
