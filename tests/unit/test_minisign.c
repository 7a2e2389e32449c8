/* Interchange with the minisign program. Skipped where it is not installed. */
#include <sys/stat.h>
#include <unistd.h>

#include "sign_fixture.h"

#define RUN "command -v minisign >/dev/null || exit 77; cd %s && "

struct fixture {
    char folder[32];
    struct secret_key *secret; /* k.key and k.pub in folder */
    struct public_key public;
};

/* The exit status of a shell command in the folder; skips the test without minisign. */
static int run(const struct fixture *fixture, const char *command) {
    char *line = xasprintf(RUN "%s", fixture->folder, command);
    int status = system(line);
    free(line);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        skip();
    return status;
}

static void save(const struct fixture *fixture, const char *name, const char *text) {
    char *path = path_join(fixture->folder, name, NULL);
    struct outfile out;
    assert_true(outfile_open(&out, path));
    fputs(text, out.stream);
    assert_true(outfile_commit(&out, false));
    free(path);
}

static char *load(const struct fixture *fixture, const char *name) {
    char *path = path_join(fixture->folder, name, NULL), *text = NULL;
    size_t size = 0;
    assert_true(fs_read(path, 1 << 20, &text, &size));
    assert_int_equal(strlen(text), size);
    free(path);
    return text;
}

static void save_key(const struct fixture *fixture, const char *name, const char *password) {
    char *text = NULL;
    assert_int_equal(secret_key_format(fixture->secret, password, CHEAP, &text), SIGN_GOOD);
    save(fixture, name, text);
    sodium_free(text);
}

static int set_up(void **state) {
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    snprintf(fixture->folder, sizeof fixture->folder, "/tmp/fengcai-minisign-XXXXXX");
    if (!mkdtemp(fixture->folder))
        return 1;
    fixture->secret = secret_key_create();
    fixture->public = secret_key_public(fixture->secret);
    char *public = public_key_file(&fixture->public);
    save(fixture, "k.pub", public);
    save(fixture, "content", CONTENT);
    save_key(fixture, "k.key", NULL);
    free(public);
    *state = fixture;
    return 0;
}

static int tear_down(void **state) {
    struct fixture *fixture = *state;
    secret_key_destroy(fixture->secret);
    fs_remove_tree(fixture->folder);
    free(fixture);
    return 0;
}

/* content.minisig is good under the fixture's key and has this comment. */
static void check(const struct fixture *fixture, const char *comment) {
    char *text = load(fixture, "content.minisig");
    struct signature signature;
    assert_int_equal(
        verify(text, strlen(text), CONTENT, strlen(CONTENT), &fixture->public, &signature),
        SIGN_GOOD);
    assert_string_equal(signature.comment, comment);
    free(text);
}

static void test_minisign_takes_ours(void **state) {
    struct fixture *fixture = *state;
    char *text = sign_text_of(fixture->secret, CONTENT, strlen(CONTENT), COMMENT);
    save(fixture, "content.minisig", text);
    free(text);
    assert_int_equal(run(fixture, "minisign -Vqm content -p k.pub"), 0);
    assert_int_equal(run(fixture, "minisign -VQm content -p k.pub >said"), 0);
    text = load(fixture, "said");
    assert_string_equal(text, COMMENT "\n");
    free(text);
    save(fixture, "content", CONTENT "more");
    assert_int_not_equal(run(fixture, "minisign -Vqm content -p k.pub 2>/dev/null"), 0);
}

static void test_we_take_minisigns(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(run(fixture, "minisign -Sm content -s k.key -t '" COMMENT "'"), 0);
    check(fixture, COMMENT);
    char *theirs = load(fixture, "content.minisig");
    char *ours = sign_text_of(fixture->secret, CONTENT, strlen(CONTENT), COMMENT);
    assert_string_equal(ours, theirs);
    free(ours);
    free(theirs);
}

static void test_legacy_of_minisign(void **state) {
    struct fixture *fixture = *state;
    struct signature signature;
    assert_int_equal(run(fixture, "minisign -Slm content -s k.key -t old"), 0);
    char *text = load(fixture, "content.minisig");
    assert_int_equal(signature_parse(text, strlen(text), &signature), SIGN_LEGACY);
    free(text);
}

/* Not from a terminal, minisign reads the password from stdin. */
static void test_minisign_uses_our_password(void **state) {
    struct fixture *fixture = *state;
    save_key(fixture, "locked.key", "口令 pw");
    assert_int_equal(
        run(fixture, "echo '口令 pw' | minisign -Sm content -s locked.key -t x >log 2>&1"), 0);
    check(fixture, "x");
    assert_int_not_equal(
        run(fixture, "echo '口令' | minisign -Sm content -s locked.key -t y >log 2>&1"), 0);
}

static void take_key(struct fixture *fixture, const char *name, const char *password) {
    char *text = load(fixture, name);
    secret_key_destroy(fixture->secret);
    fixture->secret = NULL;
    assert_int_equal(secret_key_parse(text, strlen(text), password, &fixture->secret), SIGN_GOOD);
    free(text);
    text = load(fixture, "k.pub");
    assert_int_equal(public_key_parse(text, strlen(text), &fixture->public), SIGN_GOOD);
    struct public_key public = secret_key_public(fixture->secret);
    assert_memory_equal(&public, &fixture->public, sizeof public);
    free(text);
}

static void test_minisigns_keys(void **state) {
    struct fixture *fixture = *state;
    assert_int_equal(run(fixture, "minisign -GfW -s k.key -p k.pub >log"), 0);
    take_key(fixture, "k.key", NULL);
}

/* -C -W takes the password away; unlike -G -W it leaves a checksum. */
static void test_password_taken_away(void **state) {
    struct fixture *fixture = *state;
    save_key(fixture, "k.key", "pw");
    assert_int_equal(run(fixture, "echo pw | minisign -CW -s k.key >log 2>&1"), 0);
    take_key(fixture, "k.key", NULL);
}

/* As minisign makes it: scrypt with 1 GB, some seconds. */
static void test_minisigns_password(void **state) {
    struct fixture *fixture = *state;
    struct secret_key *key = NULL;
    assert_int_equal(run(fixture, "printf 'pw\\npw\\n' | minisign -Gf -s k.key -p k.pub >log 2>&1"),
                     0);
    char *text = load(fixture, "k.key");
    assert_int_equal(secret_key_parse(text, strlen(text), NULL, &key), SIGN_PASSWORD_NEEDED);
    free(text);
    take_key(fixture, "k.key", "pw");
}

#define TEST(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_minisign_takes_ours), TEST(test_we_take_minisigns),
        TEST(test_legacy_of_minisign),  TEST(test_minisign_uses_our_password),
        TEST(test_minisigns_keys),      TEST(test_password_taken_away),
        TEST(test_minisigns_password),
    };
    return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
