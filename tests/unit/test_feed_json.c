/* JSON of a stranger: what the parser of feeds takes, refuses, and where it says that it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/feed.h"
#include "ingest/feed_json.h"

#define MAX_CORPUS_FILE (1u << 20)

static bool loads(const char *bytes, size_t size, char **detail) {
    json_t *root = feed_json_load(bytes, size, JSON_DECODE_ANY, detail);
    bool good = root != NULL;
    assert_int_equal(good, *detail == NULL);
    json_decref(root);
    return good;
}

static void test_refused(void **state) {
    (void)state;
    static const struct {
        const char *text, *said;
    } rows[] = {
        {"", "第 1 行第 0 列"},
        {"{\"a\": 1,\n \"a\": 2}", "第 2 行第 4 列 (line 2, column 4): 不是 JSON (not JSON): "
                                   "duplicate object key"},
        {"{} {}", "第 1 行第 4 列"},
        {"{}x", "第 1 行第 3 列"},
        {"\xef\xbb\xbf{}", "BOM"},
        {"{\n\"案\": \xff}", "第 2 行第 5 列"},
        {"[\"\x01\"]", "第 1 行"},
        {"[1,]", "第 1 行第 4 列"},
        {"{\"a\": 18446744073709551616}", "too big"},
        {"[NaN]", "第 1 行"},
        {"['a']", "第 1 行"},
        {"[1] // 注", "第 1 行"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *detail = NULL;
        if (loads(rows[i].text, strlen(rows[i].text), &detail) || !strstr(detail, rows[i].said))
            fail_msg("%s: %s", rows[i].text, detail ? detail : "taken");
        free(detail);
    }
}

static void test_nul(void **state) {
    (void)state;
    static const char text[] = "{\"a\": 1\0}";
    char *detail = NULL;
    assert_false(loads(text, sizeof text - 1, &detail));
    assert_non_null(strstr(detail, "第 1 行第 8 列 (line 1, column 8): 空字节"));
    free(detail);
}

/* What is wrong stands in the middle of a line of what a stranger wrote: shown without its tricks.
 */
static void test_detail_is_printable(void **state) {
    (void)state;
    const char *const texts[] = {"[\"\x1b[31m", "[\x1b[31m]", "[\"\u202Ea\" x]", "[\u202E]"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *detail = NULL;
        assert_false(loads(texts[i], strlen(texts[i]), &detail));
        assert_null(strchr(detail, '\x1b'));
        assert_null(strstr(detail, "\u202E"));
        free(detail);
    }
}

/* ---- limits that hold before anything is allocated */

static char *nested(size_t depth, char open, char close) {
    struct str text = {0};
    for (size_t i = 0; i < depth; i++)
        str_add(&text, open == '{' ? "{\"a\":" : "[");
    str_add(&text, "\"]}\\\"[{[{\"");
    for (size_t i = 0; i < depth; i++)
        str_add_char(&text, close);
    return str_take(&text);
}

static void test_depth(void **state) {
    (void)state;
    static const struct {
        size_t depth;
        bool taken;
    } rows[] = {{1, true}, {FEED_DEPTH, true}, {FEED_DEPTH + 1, false}, {5000, false}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int kind = 0; kind < 2; kind++) {
            char *text = nested(rows[i].depth, "[{"[kind], "]}"[kind]), *detail = NULL;
            assert_int_equal(loads(text, strlen(text), &detail), rows[i].taken);
            if (detail)
                assert_non_null(
                    strstr(detail, kind ? "第 1 行第 161 列 (line 1, column 161): 嵌套太深"
                                        : "第 1 行第 33 列 (line 1, column 33): 嵌套太深"));
            free(detail);
            free(text);
        }
    char *detail = NULL; /* not even closed, as in JSONTestSuite's n_structure_100000_… */
    char *open = nested(100000, '[', '[');
    assert_false(loads(open, strlen(open), &detail));
    free(detail);
    free(open);
}

static void test_values(void **state) {
    (void)state;
    for (size_t count = FEED_VALUES - 2; count <= FEED_VALUES; count++) {
        struct str text = {0};
        char *detail = NULL;
        str_add(&text, "[[]");
        for (size_t i = 2; i < count; i++)
            str_add(&text, ",0");
        str_add(&text, "]");
        bool good = loads(text.data, text.size, &detail);
        assert_int_equal(good, count < FEED_VALUES);
        if (!good)
            assert_non_null(strstr(detail, "值太多 (too many values)"));
        free(detail);
        str_finish(&text);
    }
}

/* ---- texts, and the canonical text */

static void test_text(void **state) {
    (void)state;
    char *detail = NULL;
    static const char json[] = "[\"a\", \"a\\u0000b\", \"\", 1, null]";
    json_t *root = feed_json_load(json, strlen(json), 0, &detail);
    assert_non_null(root);
    assert_string_equal(feed_json_text(json_array_get(root, 0)), "a");
    assert_null(feed_json_text(json_array_get(root, 1)));
    assert_string_equal(feed_json_text(json_array_get(root, 2)), "");
    assert_null(feed_json_text(json_array_get(root, 3)));
    assert_null(feed_json_text(json_array_get(root, 4)));
    assert_null(feed_json_text(NULL));
    json_decref(root);
}

static struct hash hash_of_json(const char *text) {
    char *detail = NULL;
    json_t *root = feed_json_load(text, strlen(text), 0, &detail);
    assert_non_null(root);
    struct hash hash = feed_json_hash(root);
    json_decref(root);
    return hash;
}

static void test_canonical(void **state) {
    (void)state;
    static const char same[] = "{\"a\":[1,{\"b\":\"案/é\",\"c\":null}],\"z\":1.5}";
    struct hash hash = hash_of_json(same);
    assert_true(hash_equal(hash, hash_of(same, strlen(same))));
    assert_true(hash_equal(hash, hash_of_json("{ \"z\" : 15e-1,\n\t\"a\": [1, {\"c\": null, \"b\": "
                                              "\"\\u6848\\/\\u00e9\"}]}\n")));
    assert_false(
        hash_equal(hash, hash_of_json("{\"a\":[{\"b\":\"案/é\",\"c\":null},1],\"z\":1.5}")));
    assert_false(hash_equal(hash, hash_of_json("{\"a\":[1,{\"b\":\"案/é\"}],\"z\":1.5}")));
}

/* ---- JSONTestSuite */

/* What RFC 8259 allows and we do not: the first two because a key that stands twice means one thing
 * to one reader and another to the next, and both would be signed; the third because jansson knows
 * no such keys, and no feed needs one. */
static const char *const not_for_us[] = {"y_object_duplicated_key.json",
                                         "y_object_duplicated_key_and_value.json",
                                         "y_object_escaped_null_in_key.json"};

static bool is_not_for_us(const char *name) {
    for (size_t i = 0; i < sizeof not_for_us / sizeof *not_for_us; i++)
        if (strcmp(name, not_for_us[i]) == 0)
            return true;
    return false;
}

struct tally {
    int y, n, i, excepted;
};

static void try_file(const char *folder, const char *name, struct tally *tally) {
    char *path = path_join(folder, name, NULL), *bytes = NULL, *detail = NULL;
    size_t size = 0;
    assert_true(fs_read(path, MAX_CORPUS_FILE, &bytes, &size));
    bool good = loads(bytes, size, &detail);
    bool wanted = name[0] == 'y' && !is_not_for_us(name);
    if (name[0] != 'i' && good != wanted)
        fail_msg("%s: %s", name, detail ? detail : "taken");
    tally->y += name[0] == 'y';
    tally->n += name[0] == 'n';
    tally->i += name[0] == 'i';
    tally->excepted += is_not_for_us(name);

    struct feed feed; /* and through the whole of it, where it may be anything but a crash */
    enum reject reject = REJECT_COUNT;
    free(detail);
    if (feed_parse(bytes, size, false, &feed, &reject, &detail))
        fail_msg("%s: a feed", name);
    free(detail);
    free(bytes);
    free(path);
}

static void test_json_test_suite(void **state) {
    (void)state;
    const char *corpus = getenv("FENGCAI_CORPUS");
    char *folder = path_join(corpus ? corpus : SOURCE_DIR "/../shared/corpus", "json", NULL);
    DIR *dir = opendir(folder);
    struct tally tally = {0};
    if (!dir) {
        free(folder);
        skip();
        return;
    }
    for (const struct dirent *entry; (entry = readdir(dir));)
        if (text_ends(entry->d_name, ".json"))
            try_file(folder, entry->d_name, &tally);
    closedir(dir);
    free(folder);
    assert_int_equal(tally.y, 95);
    assert_int_equal(tally.n, 188);
    assert_int_equal(tally.i, 35);
    assert_int_equal(tally.excepted, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_refused),
        cmocka_unit_test(test_nul),
        cmocka_unit_test(test_detail_is_printable),
        cmocka_unit_test(test_depth),
        cmocka_unit_test(test_values),
        cmocka_unit_test(test_text),
        cmocka_unit_test(test_canonical),
        cmocka_unit_test(test_json_test_suite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
