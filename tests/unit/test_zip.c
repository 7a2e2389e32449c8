/* The helper that writes bundles as zip files: what it writes is what the door reads, and the same
 * every time. */
#include "document_fixture.h"

#include <spawn.h>
#include <sys/wait.h>
#include <utime.h>

extern char **environ;

static int run_zip(const char *folder, const char *out) {
    static char program[] = HELPER_DIR "/zip";
    char *arguments[] = {program, (char *)folder, (char *)out, NULL};
    posix_spawn_file_actions_t actions;
    pid_t child = -1;
    int status = -1;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    assert_int_equal(posix_spawn(&child, program, &actions, NULL, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static char *in_root(const struct fixture *fixture, const char *name) {
    return path_join(fixture->root, name, NULL);
}

static void put(const struct fixture *fixture, const char *name, const char *content) {
    char *path = in_root(fixture, name);
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    assert_true(fd >= 0 && write_all(fd, content, strlen(content)));
    close(fd);
    free(path);
}

static void make_bundle(const struct fixture *fixture) {
    char *media = in_root(fixture, "bundle/media");
    assert_true(fs_make_dirs(media));
    put(fixture, "bundle/media/b.jpg", "not packed, not packed, not packed");
    put(fixture, "bundle/media/图.jpg", "2");
    put(fixture, "bundle/feed.json", "{\"a\": \"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}");
    put(fixture, "bundle/empty", "");
    free(media);
}

static char *zip_of(const struct fixture *fixture, const char *name, size_t *size) {
    char *folder = in_root(fixture, "bundle"), *out = in_root(fixture, name), *bytes = NULL;
    assert_int_equal(run_zip(folder, out), 0);
    assert_true(fs_read(out, 1 << 20, &bytes, size));
    free(folder);
    free(out);
    return bytes;
}

static void test_comes_back(void **state) {
    struct fixture *fixture = *state;
    size_t size = 0;
    make_bundle(fixture);
    char *zip = zip_of(fixture, "a.zip", &size);
    assert_non_null(memmem(zip, size, "not packed, not", 15));
    assert_null(memmem(zip, size, "aaaaaaaaaaaaaaaaaaaaaaaa", 24));
    assert_true(unzip_bytes(fixture, zip, size, LIMITS));
    assert_string_equal(str_text(&fixture->names), "empty\nfeed.json\nmedia/b.jpg\nmedia/图.jpg\n");
    expect_content(fixture, "media/图.jpg", "2", 1);
    free(zip);
}

static void test_same_bytes(void **state) {
    struct fixture *fixture = *state;
    size_t sizes[2];
    make_bundle(fixture);
    char *first = zip_of(fixture, "a.zip", &sizes[0]), *path = in_root(fixture, "bundle/feed.json");
    const struct utimbuf times = {1000000000, 1000000000};
    assert_int_equal(utime(path, &times), 0);
    assert_int_equal(chmod(path, 0777), 0);
    char *second = zip_of(fixture, "b.zip", &sizes[1]);
    assert_int_equal(sizes[0], sizes[1]);
    assert_memory_equal(first, second, sizes[0]);
    free(path);
    free(first);
    free(second);
}

static void test_failure_leaves_nothing(void **state) {
    struct fixture *fixture = *state;
    char *folder = in_root(fixture, "bundle"), *out = in_root(fixture, "c.zip");
    char *link = in_root(fixture, "bundle/link");
    assert_int_equal(run_zip(folder, out), 1); /* there is none */
    assert_int_equal(mkdir(folder, 0700), 0);
    assert_int_equal(run_zip(folder, out), 1); /* nothing is in it */
    make_bundle(fixture);
    assert_int_equal(symlink("/etc/passwd", link), 0);
    assert_int_equal(run_zip(folder, out), 1);
    assert_false(fs_exists(out));
    unlink(link);
    assert_int_equal(run_zip(folder, "/nonexistent/c.zip"), 1);
    free(folder);
    free(out);
    free(link);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_comes_back),
        TEST(test_same_bytes),
        TEST(test_failure_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
