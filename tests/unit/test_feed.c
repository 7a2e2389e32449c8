/* Feeds: what is read, what is refused and by which name, which statement wins, what is printed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "feed_fixture.h"
#include "ingest/feed.h"

/* ---- a head of ours, member by member */

static void test_head(void **state) {
    (void)state;
    struct feed feed = read_good(HEAD(HEAD_EXTENSION, CASE(SAMPLE_MEMBERS)), false);
    assert_true(feed.ours);
    assert_string_equal(feed.feed, SAMPLE_FEED);
    assert_int_equal(feed.serial, 42);
    assert_int_equal(feed.published_ms, 1791417600000);
    assert_int_equal(feed.expires_ms, 1799193600000);
    assert_string_equal(feed.title, "案例展播");
    assert_int_equal(feed.page_count, 1);
    assert_int_equal(feed.pages[0].bytes, 81234);
    assert_int_equal(feed.pages[0].hash.bytes[0], 0xAB);
    assert_int_equal(feed.item_count, 1);
    assert_int_equal(feed.rejects.count, 0);
    feed_finish(&feed);
    feed_finish(&feed); /* zeroed is fine */
}

/* ---- documents that are refused, by name */

#define WITH(member) HEAD(MINIMAL ", " member, "")
#define PAGES(page)  WITH("\"pages\": [" page "]")

static const struct {
    const char *text;
    bool page;
    const char *said;
} bad_documents[] = {
    {"[]", false, "version: "},
    {"\"feed\"", false, "不是 JSON"},
    {"{\"items\": []}", false, "version: "},
    {"{\"version\": 1, \"items\": []}", false, "version: "},
    {"{\"version\": \"https://jsonfeed.org/version/2\", \"items\": []}", false, "version: "},
    {"{\"version\": \"https://jsonfeed.org/version/11\", \"items\": []}", false, "version: "},
    {"{\"version\": \"https://jsonfeed.org/version/1\"}", false, "items: 缺少"},
    {"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": {}}", false, "items: 缺少"},
    {"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": []}", true, "_fengcai: 缺少"},
    {"{\"version\": \"https://jsonfeed.org/version/1.1\", \"_fengcai\": null, \"items\": []}",
     false, "_fengcai: 不是对象"},
    {"{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": 1, \"_fengcai\": {" MINIMAL
     "}, \"items\": []}",
     false, "title: 不是文字"},
    {HEAD("", ""), false, "_fengcai.format: "},
    {HEAD("\"format\": 2, \"feed\": \"" SAMPLE_FEED "\", \"serial\": 1", ""), false,
     "_fengcai.format: 本程序只认 1"},
    {HEAD("\"format\": \"1\", \"feed\": \"" SAMPLE_FEED "\", \"serial\": 1", ""), false,
     "_fengcai.format: "},
    {HEAD("\"format\": 1, \"serial\": 1", ""), false, "_fengcai.feed: "},
    {HEAD("\"format\": 1, \"feed\": \"5F2C1B0E-8D1F-4B58-9A51-0C7C2A8E7F10\", \"serial\": 1", ""),
     false, "_fengcai.feed: "},
    {HEAD(OLDER, ""), false, "_fengcai.serial: 缺少"},
    {HEAD(OLDER ", \"serial\": 0", ""), false, "_fengcai.serial: 应为"},
    {HEAD(OLDER ", \"serial\": -1", ""), false, "_fengcai.serial: 应为"},
    {HEAD(OLDER ", \"serial\": 1.0", ""), false, "_fengcai.serial: 应为"},
    {HEAD(OLDER ", \"serial\": \"1\"", ""), false, "_fengcai.serial: 应为"},
    {HEAD(OLDER ", \"serial\": true", ""), false, "_fengcai.serial: 应为"},
    {HEAD(OLDER ", \"serial\": 9007199254740992", ""), false,
     "_fengcai.serial: 应为 1 至 9007199254740991"},
    {HEAD(MINIMAL, ""), true, "_fengcai.serial: 旧页不应有"},
    {WITH("\"published\": \"昨天\""), false, "_fengcai.published: 不是"},
    {WITH("\"published\": 1791417600"), false, "_fengcai.published: 不是文字"},
    {WITH("\"published\": \"1970-01-01T00:00:00Z\""), false, "_fengcai.published: 不是"},
    {WITH("\"published\": \"9999-12-31T23:59:59-01:00\""), false, "_fengcai.published: 不是"},
    {WITH("\"published\": \"2026-10-08T00:00:00Z\\u0000\""), false, "_fengcai.published: 不是文字"},
    {WITH("\"expires\": \"\""), false, "_fengcai.expires: 不是"},
    {WITH("\"pages\": {}"), false, "_fengcai.pages: 不是数组"},
    {PAGES("1"), false, "_fengcai.pages[0].sha256: "},
    {PAGES("{\"sha256\": \"AB\", \"size\": 1}"), false, "_fengcai.pages[0].sha256: "},
    {PAGES("{\"sha256\": \"" SAMPLE_HASH "\", \"size\": 1}, {\"sha256\": \"" SAMPLE_HASH "\"}"),
     false, "_fengcai.pages[1].size: 缺少"},
    {PAGES("{\"sha256\": \"" SAMPLE_HASH "\", \"size\": 0}"), false,
     "_fengcai.pages[0].size: 应为"},
    {PAGES("{\"sha256\": \"" SAMPLE_HASH "\", \"size\": 16777217}"), false,
     "_fengcai.pages[0].size: 应为"},
    {PAGES("{\"sha256\": \"" SAMPLE_HASH "\", \"size\": \"1\"}"), false,
     "_fengcai.pages[0].size: 应为"},
};

static void test_documents_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad_documents / sizeof *bad_documents; i++) {
        enum reject reject = REJECT_COUNT;
        char *detail = read_bad(bad_documents[i].text, bad_documents[i].page, &reject);
        assert_int_equal(reject, REJECT_FEED_FORM);
        if (!detail || !strstr(detail, bad_documents[i].said))
            fail_msg("%s: %s", bad_documents[i].text, detail ? detail : "");
        free(detail);
    }
}

static void test_documents_taken(void **state) {
    (void)state;
    static const struct {
        const char *text;
        bool page;
    } rows[] = {
        {HEAD(MINIMAL, ""), false},
        {HEAD(OLDER, ""), true},
        {HEAD(OLDER ", \"serial\": 9007199254740991", ""), false},
        {HEAD(MINIMAL ", \"state\": [], \"新\": {\"a\": null}", ""), false},
        {WITH("\"expires\": \"2026-10-08\""), false},
        {PAGES("{\"sha256\": \"" SAMPLE_HASH "\", \"size\": 16777216}"), false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct feed feed = read_good(rows[i].text, rows[i].page);
        assert_true(feed.ours);
        assert_int_equal(feed.rejects.count, 0);
        feed_finish(&feed);
    }
}

/* So many pieces between start and end; # in a piece is its number. */
static char *many(const char *start, const char *piece, size_t count, const char *end) {
    struct str text = {0};
    str_add(&text, start);
    for (size_t i = 0; i < count; i++) {
        str_add(&text, i ? ", " : "");
        const char *mark = strchr(piece, '#');
        str_add_bytes(&text, piece, mark ? (size_t)(mark - piece) : strlen(piece));
        if (mark)
            str_addf(&text, "%zu%s", i, mark + 1);
    }
    str_add(&text, end);
    return str_take(&text);
}

static void test_counts(void **state) {
    (void)state;
    static const char page[] = "{\"sha256\": \"" SAMPLE_HASH "\", \"size\": 1}";
    static const struct {
        const char *start, *piece, *end;
        size_t limit;
    } rows[] = {
        {"{\"version\": \"https://jsonfeed.org/version/1.1\", \"_fengcai\": {" MINIMAL
         ", \"pages\": [",
         page, "]}, \"items\": []}", FEED_PAGES},
        {"{\"version\": \"https://jsonfeed.org/version/1.1\", \"_fengcai\": {" MINIMAL
         "}, \"items\": [",
         "{\"id\": \"#\", \"_fengcai\": {\"removed\": true}}", "]}", FEED_PAGE_ITEMS},
        {"{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [", "{\"id\": #}", "]}",
         FEED_FOREIGN_ITEMS},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = many(rows[i].start, rows[i].piece, rows[i].limit, rows[i].end);
        struct feed feed = read_good(text, false);
        assert_int_equal(feed.page_count + feed.item_count, rows[i].limit);
        feed_finish(&feed);
        free(text);
        enum reject reject = REJECT_COUNT;
        text = many(rows[i].start, rows[i].piece, rows[i].limit + 1, rows[i].end);
        char *detail = read_bad(text, false, &reject);
        assert_int_equal(reject, REJECT_FEED_LIMIT);
        assert_non_null(strstr(detail, "太多 (too many)"));
        free(detail);
        free(text);
    }
}

static void test_size(void **state) {
    (void)state;
    static const char head[] = HEAD(MINIMAL, "");
    char *bytes = xmalloc(FEED_PAGE_BYTES + 1), *detail = NULL;
    struct feed feed;
    enum reject reject = REJECT_COUNT;
    memset(bytes, ' ', FEED_PAGE_BYTES + 1);
    memcpy(bytes, head, strlen(head));
    assert_true(feed_parse(bytes, FEED_PAGE_BYTES, false, &feed, &reject, &detail));
    feed_finish(&feed);
    assert_false(feed_parse(bytes, FEED_PAGE_BYTES + 1, false, &feed, &reject, &detail));
    assert_int_equal(reject, REJECT_FEED_LIMIT);
    assert_non_null(detail);
    free(detail);
    free(bytes);
}

static void test_every_truncation(void **state) {
    (void)state;
    static const char text[] = HEAD(HEAD_EXTENSION, CASE(SAMPLE_MEMBERS));
    for (size_t size = 0; size < strlen(text); size++) {
        struct feed feed;
        enum reject reject = REJECT_COUNT;
        char *detail = NULL, *part = xstrndup(text, size);
        if (feed_parse(part, size, false, &feed, &reject, &detail))
            fail_msg("%.*s: taken", (int)size, text);
        assert_int_equal(reject, REJECT_FEED_FORM);
        assert_non_null(detail);
        free(detail);
        free(part);
    }
}

/* ---- the man page's list */

static char *scdoc_name(const char *name) {
    struct str text = {0};
    str_add_char(&text, '*');
    for (; *name; name++)
        str_addf(&text, "%s%c", *name == '_' ? "\\" : "", *name);
    str_add(&text, "* = ");
    return str_take(&text);
}

static void test_limits_are_printed(void **state) {
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&text, &size);
    assert_non_null(to);
    feed_print_limits_scdoc(to);
    fclose(to);
    char *path = path_join(SOURCE_DIR, "src/ingest/feed.h", NULL), *header = NULL;
    assert_true(fs_read(path, 1 << 16, &header, &size));
    size_t count = 0;
    for (char *line = header; (line = strstr(line, "#define FEED_")); line++) {
        char *name = xstrndup(line + 8, strcspn(line + 8, " "));
        char *named = scdoc_name(name);
        if (strcmp(name, "FEED_ID_SIZE") != 0 && !strstr(text, named))
            fail_msg("%s is not printed", name);
        count++;
        free(named);
        free(name);
    }
    assert_true(count > 10);
    assert_non_null(strstr(text, "*FEED\\_PAGE\\_BYTES* = 16777216\n"));
    free(header);
    free(path);
    free(text);
}

/* ---- which statement wins */

static struct feed feed_of(const char *words) {
    struct feed feed = {.ours = true, .title = xstrdup("")};
    for (const char *at = words; *at; at++) {
        feed.items = xrealloc(feed.items, feed.item_count + 1, sizeof *feed.items);
        feed.items[feed.item_count++] = (struct feed_item){.id = xstrndup(at, 1)};
    }
    return feed;
}

static void test_resolve(void **state) {
    (void)state;
    static const struct {
        const char *head, *pages[3], *winners, *from; /* from: 0 head, 1 the first page … */
    } rows[] = {
        {"", {"", "", ""}, "", ""},
        {"ab", {"", "", ""}, "ab", "00"},
        {"ab", {"bc", "", "ca"}, "abc", "001"},
        {"", {"a", "a", "a"}, "a", "1"},
        {"z", {"yx", "xw", "zv"}, "zyxwv", "01123"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct feed head = feed_of(rows[i].head), pages[3];
        for (size_t p = 0; p < 3; p++)
            pages[p] = feed_of(rows[i].pages[p]);
        size_t count = 0;
        const struct feed_item **winners = feed_resolve(&head, pages, 3, &count);
        assert_int_equal(count, strlen(rows[i].winners));
        for (size_t w = 0; w < count; w++) {
            const struct feed *from =
                rows[i].from[w] == '0' ? &head : pages + (rows[i].from[w] - '1');
            assert_int_equal(winners[w]->id[0], rows[i].winners[w]);
            assert_true(winners[w] >= from->items && winners[w] < from->items + from->item_count);
        }
        free(winners);
        feed_finish(&head);
        for (size_t p = 0; p < 3; p++)
            feed_finish(pages + p);
    }
}

/* ---- printing */

static void test_print_and_parse(void **state) {
    (void)state;
    struct feed feed = read_good(HEAD(HEAD_EXTENSION, CASE(SAMPLE_MEMBERS)), false);
    size_t size = 0, again_size = 0;
    char *text = feed_print(&feed, false, "page-1.json", &size);
    struct feed again = read_good(text, false);
    char *same = feed_print(&again, false, "page-1.json", &again_size);
    assert_int_equal(size, strlen(text));
    assert_string_equal(text, same);
    assert_int_equal(text[size - 1], '\n');
    assert_feeds_equal(&feed, &again);
    free(same);
    free(text);
    feed_finish(&again);
    feed_finish(&feed);
}

static void test_print_page(void **state) {
    (void)state;
    struct feed feed = read_good(HEAD(HEAD_EXTENSION, CASE(SAMPLE_MEMBERS)), false);
    size_t size = 0;
    char *text = feed_print(&feed, true, NULL, &size);
    static const char *const head_only[] = {"serial", "\"published\"", "expires", "pages",
                                            "next_url"};
    for (size_t i = 0; i < sizeof head_only / sizeof *head_only; i++)
        assert_null(strstr(text, head_only[i]));
    struct feed page = read_good(text, true);
    assert_int_equal(page.serial, 0);
    assert_int_equal(page.item_count, 1);
    feed_finish(&page);
    free(text);
    feed_finish(&feed);
}

/* ---- ids of feeds */

static void test_new_id(void **state) {
    (void)state;
    char a[FEED_ID_SIZE], b[FEED_ID_SIZE];
    feed_new_id(a);
    feed_new_id(b);
    assert_true(feed_id_valid(a) && feed_id_valid(b));
    assert_int_equal(a[14], '4');
    assert_non_null(strchr("89ab", a[19]));
    assert_string_not_equal(a, b);
}

static void test_id_valid(void **state) {
    (void)state;
    assert_true(feed_id_valid(SAMPLE_FEED));
    static const char *const bad[] = {"",
                                      "5f2c",
                                      "5F2C1B0E-8d1f-4b58-9a51-0c7c2a8e7f10",
                                      "5f2c1b0e-8d1f-4b58-9a51-0c7c2a8e7f1",
                                      "5f2c1b0e-8d1f-4b58-9a51-0c7c2a8e7f100",
                                      "5f2c1b0e08d1f-4b58-9a51-0c7c2a8e7f10",
                                      "5f2c1b0e-8d1f-4b58-9a51-0c7c2a8e7g10"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(feed_id_valid(bad[i]));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_head),
        cmocka_unit_test(test_documents_refused),
        cmocka_unit_test(test_documents_taken),
        cmocka_unit_test(test_counts),
        cmocka_unit_test(test_size),
        cmocka_unit_test(test_every_truncation),
        cmocka_unit_test(test_limits_are_printed),
        cmocka_unit_test(test_resolve),
        cmocka_unit_test(test_print_and_parse),
        cmocka_unit_test(test_print_page),
        cmocka_unit_test(test_new_id),
        cmocka_unit_test(test_id_valid),
    };
    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
