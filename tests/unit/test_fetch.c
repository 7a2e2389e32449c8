/* Addresses, and the part of a file that came: what needs no server (tests/hostile does). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fs.h"
#include "ingest/fetch.h"
#include "ingest/fetch_part.h"
#include "ingest/fetch_url.h"

#define BASE "http://a/b/c/d;p?q"

/* RFC 3986, section 5.4, without what has another scheme or a fragment. */
static void test_resolve_examples(void **state) {
    (void)state;
    static const struct {
        const char *address, *resolved;
    } table[] = {
        {"g", "http://a/b/c/g"},
        {"./g", "http://a/b/c/g"},
        {"g/", "http://a/b/c/g/"},
        {"/g", "http://a/g"},
        {"//g", "http://g/"}, /* an empty path is "/" here */
        {"?y", "http://a/b/c/d;p?y"},
        {"g?y", "http://a/b/c/g?y"},
        {"#s", "http://a/b/c/d;p?q"},
        {"g#s", "http://a/b/c/g"},
        {"g?y#s", "http://a/b/c/g?y"},
        {";x", "http://a/b/c/;x"},
        {"g;x?y#s", "http://a/b/c/g;x?y"},
        {"", "http://a/b/c/d;p?q"},
        {".", "http://a/b/c/"},
        {"./", "http://a/b/c/"},
        {"..", "http://a/b/"},
        {"../", "http://a/b/"},
        {"../g", "http://a/b/g"},
        {"../..", "http://a/"},
        {"../../", "http://a/"},
        {"../../g", "http://a/g"},
        {"../../../g", "http://a/g"},
        {"../../../../g", "http://a/g"},
        {"/./g", "http://a/g"},
        {"/../g", "http://a/g"},
        {"g.", "http://a/b/c/g."},
        {".g", "http://a/b/c/.g"},
        {"g..", "http://a/b/c/g.."},
        {"..g", "http://a/b/c/..g"},
        {"./../g", "http://a/b/g"},
        {"./g/.", "http://a/b/c/g/"},
        {"g/./h", "http://a/b/c/g/h"},
        {"g/../h", "http://a/b/c/h"},
        {"g;x=1/./y", "http://a/b/c/g;x=1/y"},
        {"g;x=1/../y", "http://a/b/c/y"},
        {"g?y/./x", "http://a/b/c/g?y/./x"},
        {"g?y/../x", "http://a/b/c/g?y/../x"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char *resolved = fetch_resolve(BASE, table[i].address);
        assert_non_null(resolved);
        assert_string_equal(resolved, table[i].resolved);
        free(resolved);
    }
}

static void test_resolve_more(void **state) {
    (void)state;
    static const struct {
        const char *base, *address, *resolved;
    } table[] = {
        {"https://x.cn", "media/a.jpg", "https://x.cn/media/a.jpg"},
        {"https://x.cn?q", "media/a.jpg", "https://x.cn/media/a.jpg"},
        {"https://x.cn/f/feed.json", "media/a.jpg", "https://x.cn/f/media/a.jpg"},
        {"https://x.cn/f/", "https://cdn.cn:8443/a.jpg?x=1", "https://cdn.cn:8443/a.jpg?x=1"},
        {"https://x.cn/f/", "HTTP://CDN.cn", "http://CDN.cn/"},
        {"https://x.cn/f/", "图 1.jpg", "https://x.cn/f/%E5%9B%BE%201.jpg"},
        {"https://x.cn/f/", "a%20b.jpg", "https://x.cn/f/a%20b.jpg"},
        {"https://x.cn/f/", "\\a\"b", "https://x.cn/f/%5Ca%22b"},
        {"https://[::1]:80/f/", "a", "https://[::1]:80/f/a"},
        {"https://x.cn/f/", "1:2", "https://x.cn/f/1:2"},
        {"https://x.cn/f/", "file:///etc/passwd", NULL},
        {"https://x.cn/f/", "javascript:alert(1)", NULL},
        {"https://x.cn/f/", "data:text/plain,a", NULL},
        {"https://x.cn/f/", "http:a", NULL},
        {"https://x.cn/f/", "http:///a", NULL},
        {"https://x.cn/f/", "http://me:secret@y.cn/", NULL},
        {"https://x.cn/f/", "http://y.cn\r\nHost: z.cn/", NULL},
        {"https://x.cn/f/", "//:80/", NULL},
        {"file:///f/", "a", NULL},
        {"f/feed.json", "a", NULL},
        {"", "", NULL},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char *resolved = fetch_resolve(table[i].base, table[i].address);
        if (!table[i].resolved) {
            assert_null(resolved);
            continue;
        }
        assert_non_null(resolved);
        assert_string_equal(resolved, table[i].resolved);
        free(resolved);
    }
}

static void test_other_host(void **state) {
    (void)state;
    assert_false(url_other_host("https://x.cn/a", "http://X.CN:8080/b?c"));
    assert_false(url_other_host("https://me@x.cn", "https://x.cn"));
    assert_false(url_other_host("https://[::1]:1/", "https://[::1]:2/"));
    assert_true(url_other_host("https://x.cn/", "https://y.cn/"));
    assert_true(url_other_host("https://x.cn/", "https://x.cn.evil/"));
    assert_true(url_other_host("https://x.cn/", "https://x.cn@evil/"));
    assert_true(url_other_host("https://[::1]/", "https://[::2]/"));
    assert_false(url_other_host("https://x.cn/", "file:///x"));
    assert_true(fetch_is_https("HTTPS://x.cn"));
    assert_false(fetch_is_https("http://x.cn/?https://"));
}

static char folder[] = "/tmp/fengcai-part-XXXXXX";

static int make_folder(void **state) {
    (void)state;
    strcpy(folder + sizeof folder - 7, "XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state) {
    (void)state;
    return fs_remove_tree(folder) ? 0 : -1;
}

static char *place(const char *name) {
    return path_join(folder, name, NULL);
}

static void assert_content(const char *name, const char *content) {
    char *path = place(name), *data = NULL;
    size_t size = 0;
    assert_true(fs_read(path, 1000, &data, &size));
    assert_string_equal(data, content);
    free(data);
    free(path);
}

static void test_part(void **state) {
    (void)state;
    struct part part;
    char *path = place("file"), *data = place("file.part"), *note = place("file.part.json");
    assert_true(part_open(&part, path, "http://a/", false));
    assert_int_equal(part.size, 0);
    assert_true(part_begin(&part, "\"e\"", NULL));
    assert_true(part_add(&part, "half", 4));
    part_keep(&part);
    assert_false(fs_exists(path));

    assert_true(part_open(&part, path, "http://a/", false));
    assert_int_equal(part.size, 4);
    assert_string_equal(part.etag, "\"e\"");
    assert_true(part_resumable(&part, false));
    assert_true(part_add(&part, " and half", 9));
    assert_true(hash_equal(hash_end(&part.hash), hash_of("half and half", 13)));
    assert_true(part_commit(&part));
    assert_content("file", "half and half");
    assert_false(fs_exists(data));
    assert_false(fs_exists(note));
    free(note);
    free(data);
    free(path);
}

/* Which parts are believed: text of the note, whether a hash will tell, bytes that count of
 * "12345". */
static void test_part_believed(void **state) {
    (void)state;
    static const struct {
        const char *note;
        bool hashed;
        uint64_t size;
    } table[] = {
        {"{\"url\": \"http://a/\", \"etag\": \"\\\"e\\\"\", \"size\": 5}", false, 5},
        {"{\"url\": \"http://a/\", \"etag\": \"\\\"e\\\"\", \"size\": 3}", false,
         3}, /* a power cut */
        {"{\"url\": \"http://a/\", \"etag\": \"\\\"e\\\"\", \"size\": 6}", false, 0},
        {"{\"url\": \"http://a/\", \"etag\": \"\\\"e\\\"\"}", false, 0}, /* was not put aside */
        {"{\"url\": \"http://a/\", \"etag\": \"\\\"e\\\"\"}", true, 5},
        {"{\"url\": \"http://a/\", \"etag\": \"W/\\\"e\\\"\", \"size\": 5}", false, 0},
        {"{\"url\": \"http://a/\", \"last_modified\": \"x\", \"size\": 5}", false, 5},
        {"{\"url\": \"http://a/\", \"size\": 5}", false, 0},
        {"{\"url\": \"http://a/\"}", true, 5},
        {"{\"url\": \"http://b/\", \"etag\": \"\\\"e\\\"\", \"size\": 5}", true, 0},
        {"{\"url\": 7, \"size\": \"5\"}", true, 0},
        {"{\"url\": \"http://a/\", \"etag\"", true, 0},
        {"", true, 0},
    };
    char *path = place("file"), *data = place("file.part"), *note = place("file.part.json");
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct {
            const char *path, *text;
        } files[] = {{data, "12345"}, {note, table[i].note}};
        for (size_t j = 0; j < 2; j++) {
            FILE *file = fopen(files[j].path, "we");
            assert_non_null(file);
            fputs(files[j].text, file);
            fclose(file);
        }
        struct part part;
        assert_true(part_open(&part, path, "http://a/", table[i].hashed));
        assert_int_equal(part.size, table[i].size);
        assert_true(hash_equal(hash_end(&part.hash), hash_of("12345", table[i].size)));
        part_drop(&part);
        assert_false(fs_exists(data));
        assert_false(fs_exists(note));
    }
    free(note);
    free(data);
    free(path);
}

/* Every job says why, and nothing crashes without the module. */
static void test_no_module(void **state) {
    (void)state;
    struct fetch *fetch = fetch_create(&(struct fetch_options){.helpers = folder});
    struct fetch_job jobs[2] = {{.url = "http://a/", .limit = 1, .expected = -1},
                                {.url = "http://b/", .limit = 1, .expected = -1}};
    fetch_run(fetch, jobs, 2, NULL, NULL);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(jobs[i].outcome, FETCH_FAILED);
        assert_int_equal(jobs[i].reject, REJECT_NETWORK_MODULE);
        fetch_job_finish(jobs + i);
    }
    fetch_destroy(fetch);
    fetch_destroy(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resolve_examples),
        cmocka_unit_test(test_resolve_more),
        cmocka_unit_test(test_other_host),
        cmocka_unit_test_setup_teardown(test_part, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_part_believed, make_folder, remove_folder),
        cmocka_unit_test_setup_teardown(test_no_module, make_folder, remove_folder),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
