/* Items of a feed of ours: what is taken, refused or left out, and by which name. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/str.h"
#include "feed_fixture.h"

/* ---- member by member */

static void test_case(void **state) {
    (void)state;
    struct feed feed = read_good(HEAD(HEAD_EXTENSION, CASE(SAMPLE_MEMBERS)), false);
    const struct feed_item *item = feed.items;
    assert_string_equal(item->id, "望川大学/2026/一盏灯");
    assert_false(item->removed || item->level);
    assert_true(item->has_unit);
    assert_int_equal(item->unit, UNIT_SAFETY);
    assert_int_equal(item->phase, PHASE_FEATURED);
    assert_int_equal(item->weight, 3);
    assert_string_equal(item->school, "望川大学");
    assert_string_equal(item->title, "一盏灯");
    assert_string_equal(item->summary, "摘要");
    assert_string_equal(item->body, "第一段\n第二段");
    assert_string_equal(item->url, "https://example.edu.cn/一盏灯");
    assert_null(item->html);
    assert_int_equal(item->published_ms, 1791331200000);
    assert_int_equal(item->modified_ms, 1791334801000);
    assert_int_equal(item->valid_from_ms, 1790812800000);
    assert_int_equal(item->valid_until_ms, 1793491199000);
    assert_int_equal(item->media_count, 2);
    assert_string_equal(item->media[0].url, "media/" SAMPLE_HASH ".jpg");
    assert_string_equal(item->media[0].caption, "夜里的 灯");
    assert_int_equal(item->media[0].bytes, 412345);
    assert_true(item->media[0].hashed && item->media[0].whole);
    assert_int_equal(item->media[0].kind, ASSET_PICTURE);
    assert_int_equal(item->media[1].kind, ASSET_CODE);
    feed_finish(&feed);
}

static void test_tombstone(void **state) {
    (void)state;
    struct feed feed =
        read_good(HEAD(HEAD_EXTENSION, "{\"id\": \"a\", \"title\": \" 题 \", \"_fengcai\": "
                                       "{\"removed\": true, \"school\": \"校\"}}"),
                  false);
    assert_int_equal(feed.item_count, 1);
    assert_true(feed.items[0].removed);
    assert_string_equal(feed.items[0].title, "题");
    assert_string_equal(feed.items[0].school, "校");
    assert_string_equal(feed.items[0].body, "");
    feed_finish(&feed);
}

/* ---- items that are refused, by name; the others count */

static const struct {
    const char *item, *path;
    enum reject reject;
    const char *said;
} bad_items[] = {
    {"1", "items[0]", REJECT_FEED_ITEM, "不是对象"},
    {"{}", "items[0]", REJECT_FEED_ITEM, "id: 缺少"},
    {"{\"id\": 7}", "items[0]", REJECT_FEED_ITEM, "id: 缺少"},
    {"{\"id\": \"\"}", "items[0]", REJECT_FEED_ITEM, "id: 缺少"},
    {"{\"id\": \"a\\u0000\"}", "items[0]", REJECT_FEED_ITEM, "id: 缺少"},
    {"{\"id\": \" a\"}", "items[0]", REJECT_FEED_ITEM, "id: 含有"},
    {"{\"id\": \"a\\n\"}", "items[0]", REJECT_FEED_ITEM, "id: 含有"},
    {"{\"id\": \"a\\u200bb\"}", "items[0]", REJECT_FEED_ITEM, "id: 含有"},
    {"{\"id\": \"a\\u202eb\"}", "items[0]", REJECT_FEED_ITEM, "id: 含有"},
    {"{\"id\": \"e\\u0301\"}", "items[0]", REJECT_FEED_ITEM, "id: 含有"},
    {"{\"id\": \"a\"}", "a", REJECT_FEED_ITEM, "_fengcai: 缺少"},
    {"{\"id\": \"a\", \"_fengcai\": []}", "a", REJECT_FEED_ITEM, "_fengcai: 缺少"},
    {"{\"id\": \"a\", \"_fengcai\": {\"school\": \"s\"}}", "a", REJECT_FEED_ITEM, "title: 缺少"},
    {"{\"id\": \"a\", \"title\": \"\\u3000\", \"_fengcai\": {\"school\": \"s\"}}", "a",
     REJECT_FEED_ITEM, "title: 缺少"},
    {"{\"id\": \"a\", \"title\": 5, \"_fengcai\": {\"school\": \"s\"}}", "a", REJECT_FEED_ITEM,
     "title: 不是文字"},
    {ITEM("", "\"unit\": \"party\""), "a", REJECT_FEED_ITEM, "school: 缺少"},
    {ITEM("", "\"unit\": \"party\", \"school\": null"), "a", REJECT_FEED_ITEM, "school: 不是文字"},
    {ITEM("", "\"school\": \"s\""), "a", REJECT_UNIT_UNKNOWN, "unit: 缺少"},
    {ITEM(", \"tags\": [\"新闻\", 5]", "\"school\": \"s\""), "a", REJECT_UNIT_UNKNOWN,
     "unit: 缺少"},
    {ITEM(", \"tags\": [\"党建引领\"]", "\"unit\": \"党建\", \"school\": \"s\""), "a",
     REJECT_UNIT_UNKNOWN, "unit: 应为"},
    {CASE_OF(", \"kind\": \"poster\""), "a", REJECT_FEED_ITEM, "kind: 应为"},
    {CASE_OF(", \"kind\": 1"), "a", REJECT_FEED_ITEM, "kind: 不是文字"},
    {CASE_OF(", \"removed\": 1"), "a", REJECT_FEED_ITEM, "removed: 应为"},
    {CASE_OF(", \"removed\": \"true\""), "a", REJECT_FEED_ITEM, "removed: 应为"},
    {CASE_OF(", \"phase\": \"集中\""), "a", REJECT_FEED_ITEM, "phase: 应为"},
    {CASE_OF(", \"weight\": 0"), "a", REJECT_FEED_ITEM, "weight: 应为 1 至 100"},
    {CASE_OF(", \"weight\": 101"), "a", REJECT_FEED_ITEM, "weight: 应为"},
    {CASE_OF(", \"weight\": 1.5"), "a", REJECT_FEED_ITEM, "weight: 应为"},
    {CASE_OF(", \"valid_from\": \"2026-02-30\""), "a", REJECT_FEED_ITEM, "valid_from: 不是"},
    {CASE_OF(", \"valid_until\": 7"), "a", REJECT_FEED_ITEM, "valid_until: 不是文字"},
    {CASE_OF(", \"valid_from\": \"2026-10-09T00:00:00Z\", \"valid_until\": "
             "\"2026-10-08T23:59:59Z\""),
     "a", REJECT_FEED_ITEM, "valid_until: 早于"},
    {MEMBERS(", \"summary\": []"), "a", REJECT_FEED_ITEM, "summary: 不是文字"},
    {MEMBERS(", \"content_text\": {}"), "a", REJECT_FEED_ITEM, "content_text: 不是文字"},
    {MEMBERS(", \"content_html\": 1"), "a", REJECT_FEED_ITEM, "content_html: 不是文字"},
    {MEMBERS(", \"url\": 1"), "a", REJECT_FEED_ITEM, "url: 不是文字"},
    {MEMBERS(", \"date_published\": \"gestern\""), "a", REJECT_FEED_ITEM, "date_published: 不是"},
    {MEMBERS(", \"date_modified\": 1"), "a", REJECT_FEED_ITEM, "date_modified: 不是文字"},
    {MEMBERS(", \"attachments\": {}"), "a", REJECT_FEED_ITEM, "attachments: 不是数组"},
    {MEMBERS(", \"attachments\": [1]"), "a", REJECT_FEED_ITEM, "attachments[0].url: 缺少"},
    {PICTURE(""), "a", REJECT_FEED_ITEM, "attachments[0].url: 缺少"},
    {PICTURE(LOCAL ", \"size_in_bytes\": 1"), "a", REJECT_FEED_ITEM, "attachments[0].sha256: 缺少"},
    {PICTURE(LOCAL ", \"size_in_bytes\": 1, \"_fengcai\": {\"sha256\": \"AB5DF625BC76DBD4E163BED2DD"
                   "888DF828F90159BB93556525C31821B6541D46\"}"),
     "a", REJECT_FEED_ITEM, "attachments[0].sha256: 缺少"},
    {PICTURE(LOCAL SHA), "a", REJECT_FEED_ITEM, "attachments[0].size_in_bytes: 缺少"},
    {PICTURE(LOCAL ", \"size_in_bytes\": 0" SHA), "a", REJECT_FEED_ITEM,
     "attachments[0].size_in_bytes: 应为"},
    {PICTURE(LOCAL ", \"size_in_bytes\": 536870913" SHA), "a", REJECT_FEED_ITEM,
     "attachments[0].size_in_bytes: 应为 1 至 536870912"},
    {PICTURE(LOCAL ", \"title\": 1, \"size_in_bytes\": 1" SHA), "a", REJECT_FEED_ITEM,
     "attachments[0].title: 不是文字"},
    {PICTURE(LOCAL ", \"size_in_bytes\": 1, \"_fengcai\": {\"sha256\": \"" SAMPLE_HASH
                   "\", \"whole\": 1}"),
     "a", REJECT_FEED_ITEM, "attachments[0].whole: 应为"},
    {PICTURE(LOCAL ", \"size_in_bytes\": 1, \"_fengcai\": {\"sha256\": \"" SAMPLE_HASH
                   "\", \"role\": \"poster\"}"),
     "a", REJECT_FEED_ITEM, "attachments[0].role: 应为"},
};

static void test_items_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad_items / sizeof *bad_items; i++) {
        char *text =
            xasprintf(HEAD(MINIMAL, "%s, {\"id\": \"b\", \"_fengcai\": {\"removed\": true}}"),
                      bad_items[i].item);
        struct feed feed = read_good(text, false);
        if (feed.item_count != 1 || feed.rejects.count != 1)
            fail_msg("%s: %zu items, %zu rejects", bad_items[i].item, feed.item_count,
                     feed.rejects.count);
        const struct reject_entry *entry = feed.rejects.entries;
        if (entry->reject != bad_items[i].reject || strcmp(entry->path, bad_items[i].path) != 0 ||
            !strstr(entry->detail, bad_items[i].said))
            fail_msg("%s: %s: %s: %s", bad_items[i].item, entry->path, reject_code(entry->reject),
                     entry->detail);
        assert_string_equal(feed.items[0].id, "b");
        feed_finish(&feed);
        free(text);
    }
}

/* Where a picture of ours may lie. */
static const struct {
    const char *url;
    bool taken;
} media_addresses[] = {
    {"media/" SAMPLE_HASH ".jpg", true},
    {"media/" SAMPLE_HASH ".webp", true},
    {"media/" SAMPLE_HASH ".mp4", true},
    {"https://cdn.example.edu.cn/a.jpg?x=1", true},
    {"media/" SAMPLE_HASH, false},
    {"media/" SAMPLE_HASH ".", false},
    {"media/" SAMPLE_HASH ".JPG", false},
    {"media/" SAMPLE_HASH ".jpg/..", false},
    {"media/" SAMPLE_HASH ".abcdef", false},
    {"media/0" SAMPLE_HASH ".jpg", false},
    {"media/cd5df625bc76dbd4e163bed2dd888df828f90159bb93556525c31821b6541d46.jpg", false},
    {"./media/" SAMPLE_HASH ".jpg", false},
    {"/media/" SAMPLE_HASH ".jpg", false},
    {"media/../media/" SAMPLE_HASH ".jpg", false},
    {"../" SAMPLE_HASH ".jpg", false},
    {"http://example.edu.cn/a.jpg", false},
    {"https://", false},
    {"https:///a.jpg", false},
    {"https://a b/", false},
    {"https://a/\\u202egpj.exe", false},
    {"//example.edu.cn/a.jpg", false},
    {"file:///etc/passwd", false},
    {"data:image/png;base64,AAAA", false},
    {"javascript:alert(1)", false},
};

static void test_media_addresses(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof media_addresses / sizeof *media_addresses; i++) {
        char *text =
            xasprintf(HEAD(MINIMAL, PICTURE(", \"url\": \"%s\", \"size_in_bytes\": 1" SHA)),
                      media_addresses[i].url);
        struct feed feed = read_good(text, false);
        if ((feed.item_count == 1) != media_addresses[i].taken)
            fail_msg("%s: %s", media_addresses[i].url,
                     media_addresses[i].taken ? "refused" : "taken");
        if (!media_addresses[i].taken)
            assert_non_null(strstr(feed.rejects.entries[0].detail, "attachments[0].url: 应为"));
        feed_finish(&feed);
        free(text);
    }
}

/* ---- what is left out of an item that is taken */

static void test_left_out(void **state) {
    (void)state;
    static const struct {
        const char *item, *path;
        enum reject reject;
        const char *said;
    } rows[] = {
        {MEMBERS(", \"url\": \"ftp://example.edu.cn/\""), "a › url", REJECT_FEED_PART,
         "ftp://example.edu.cn/"},
        {MEMBERS(", \"url\": \"javascript:alert(1)\""), "a › url", REJECT_FEED_PART, "javascript:"},
        {MEMBERS(", \"url\": \"/a\""), "a › url", REJECT_FEED_PART, "/a"},
        {MEMBERS(", \"url\": \"https://a\\u202e/\""), "a › url", REJECT_FEED_PART,
         "https://a\\u{202E}/"},
        {MEMBERS(", \"attachments\": [{\"mime_type\": \"application/pdf\", \"url\": \"a.pdf\"}]"),
         "a › attachments", REJECT_FILE_TYPE, "a.pdf"},
        {MEMBERS(", \"attachments\": [" SAMPLE_CODE ", " SAMPLE_CODE "]"), "a › attachments",
         REJECT_CODE_TWICE, "code.png"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = xasprintf(HEAD(MINIMAL, "%s"), rows[i].item);
        struct feed feed = read_good(text, false);
        if (feed.item_count != 1 || feed.rejects.count != 1)
            fail_msg("%s: %zu items, %zu rejects", rows[i].item, feed.item_count,
                     feed.rejects.count);
        const struct reject_entry *entry = feed.rejects.entries;
        assert_string_equal(entry->path, rows[i].path);
        assert_int_equal(entry->reject, rows[i].reject);
        assert_non_null(strstr(entry->detail, rows[i].said));
        assert_string_equal(feed.items[0].url, "");
        feed_finish(&feed);
        free(text);
    }
}

static void test_duplicate_ids(void **state) {
    (void)state;
    struct feed feed = read_good(
        HEAD(MINIMAL, "{\"id\": \"a\", \"title\": \"first\", \"_fengcai\": {\"removed\": true}}, "
                      "{\"id\": \"a\", \"title\": \"second\", \"_fengcai\": {\"removed\": true}}"),
        false);
    assert_int_equal(feed.item_count, 1);
    assert_string_equal(feed.items[0].title, "first");
    assert_int_equal(feed.rejects.count, 1);
    assert_int_equal(feed.rejects.entries[0].reject, REJECT_DUPLICATE);
    assert_string_equal(feed.rejects.entries[0].path, "a");
    feed_finish(&feed);
}

/* ---- limits of texts: as long as allowed is taken, one byte more is not, nor what grows */

static const struct {
    const char *start, *end;
    size_t limit;
    const char *said;
} texts[] = {
    {"{\"id\": \"", "\", \"_fengcai\": {\"removed\": true}}", FEED_ID_BYTES, "id: 太长"},
    {"{\"id\": \"a\", \"title\": \"", "\", \"_fengcai\": {\"unit\": \"party\", \"school\": \"s\"}}",
     FEED_TITLE_BYTES, "title: 超过 400 字节 (over 400 bytes)"},
    {"{\"id\": \"a\", \"title\": \"t\", \"_fengcai\": {\"unit\": \"party\", \"school\": \"", "\"}}",
     FEED_SCHOOL_BYTES, "school: 超过"},
    {"{\"id\": \"a\", \"title\": \"t\", \"_fengcai\": {\"unit\": \"party\", \"school\": "
     "\"s\"}, "
     "\"summary\": \"",
     "\"}", FEED_SUMMARY_BYTES, "summary: 超过"},
    {"{\"id\": \"a\", \"title\": \"t\", \"_fengcai\": {\"unit\": \"party\", \"school\": "
     "\"s\"}, "
     "\"content_text\": \"",
     "\"}", FEED_BODY_BYTES, "content_text: 超过"},
    {"{\"id\": \"a\", \"title\": \"t\", \"_fengcai\": {\"unit\": \"party\", \"school\": "
     "\"s\"}, "
     "\"content_html\": \"",
     "\"}", FEED_HTML_BYTES, "content_html: 超过"},
    {"{\"id\": \"a\", \"title\": \"t\", \"_fengcai\": {\"unit\": \"party\", \"school\": "
     "\"s\"}, "
     "\"url\": \"https://",
     "\"}", FEED_URL_BYTES - 8, "url: 超过"},
};

static void test_text_limits(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        for (size_t more = 0; more < 2; more++) {
            size_t size = texts[i].limit + more;
            char *filler = xmalloc(size + 1);
            memset(filler, 'x', size);
            filler[size] = '\0';
            char *text = xasprintf(HEAD(MINIMAL, "%s%s%s"), texts[i].start, filler, texts[i].end);
            struct feed feed = read_good(text, false);
            if (feed.item_count != 1 - more || feed.rejects.count != more)
                fail_msg("%s of %zu: %zu items", texts[i].said, size, feed.item_count);
            if (more)
                assert_non_null(strstr(feed.rejects.entries[0].detail, texts[i].said));
            feed_finish(&feed);
            free(text);
            free(filler);
        }
}

/* U+FB2C in NFC is three code points, twice as many bytes. */
static void test_text_that_grows(void **state) {
    (void)state;
    struct str title = {0};
    for (int i = 0; i < 100; i++)
        str_add(&title, "\uFB2C");
    assert_true(title.size <= FEED_TITLE_BYTES);
    char *text = xasprintf(HEAD(MINIMAL, "{\"id\": \"a\", \"title\": \"%s\", \"_fengcai\": "
                                         "{\"removed\": true}}"),
                           title.data);
    struct feed feed = read_good(text, false);
    assert_int_equal(feed.item_count, 0);
    assert_non_null(strstr(feed.rejects.entries[0].detail, "title: 超过"));
    feed_finish(&feed);
    free(text);
    str_finish(&title);
}

/* ---- what an item says beyond its required members */

static void test_unit_from_tags(void **state) {
    (void)state;
    static const struct {
        const char *item;
        enum unit unit;
    } rows[] = {
        {ITEM(", \"tags\": [\"新闻\", \"#平安社区\", \"党建\"]", "\"school\": \"s\""), UNIT_SAFETY},
        {ITEM(", \"tags\": [\"党建引领\"]", "\"unit\": \"service\", \"school\": \"s\""),
         UNIT_SERVICE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = xasprintf(HEAD(MINIMAL, "%s"), rows[i].item);
        struct feed feed = read_good(text, false);
        assert_int_equal(feed.item_count, 1);
        assert_true(feed.items[0].has_unit);
        assert_int_equal(feed.items[0].unit, rows[i].unit);
        feed_finish(&feed);
        free(text);
    }
}

static void test_notice(void **state) {
    (void)state;
    static const struct {
        const char *ours;
        int level; /* -1: refused */
    } rows[] = {
        {"\"kind\": \"notice\"", LEVEL_NOTICE},
        {"\"kind\": \"notice\", \"level\": \"normal\"", LEVEL_NOTICE},
        {"\"kind\": \"notice\", \"level\": \"urgent\", \"unit\": \"safety\"", LEVEL_URGENT},
        {"\"kind\": \"notice\", \"phase\": \"featured\"", LEVEL_NOTICE},
        {"\"kind\": \"notice\", \"removed\": true, \"level\": \"urgent\"", LEVEL_NOTICE},
        {"\"kind\": \"notice\", \"level\": \"紧急\"", -1},
        {"\"kind\": \"notice\", \"level\": 2", -1},
        {"\"unit\": \"safety\", \"school\": \"某大学\", \"level\": \"urgent\"", LEVEL_CASE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = xasprintf(HEAD(MINIMAL, ITEM("", "%s")), rows[i].ours);
        struct feed feed = read_good(text, false);
        assert_int_equal(feed.item_count, rows[i].level >= 0);
        assert_int_equal(feed.rejects.count, rows[i].level < 0);
        if (feed.item_count) {
            assert_int_equal(feed.items[0].level, rows[i].level);
            assert_int_equal(feed.items[0].has_unit, rows[i].level == LEVEL_CASE);
            assert_int_equal(feed.items[0].phase, PHASE_SELF);
            assert_string_equal(feed_item_school(&feed, feed.items),
                                rows[i].level ? feed.title : "某大学");
        }
        feed_finish(&feed);
        free(text);
    }
}

static void test_html(void **state) {
    (void)state;
    static const struct {
        const char *item, *html, *body;
    } rows[] = {
        {MEMBERS(", \"content_html\": \"<p>a</p>\""), "<p>a</p>", ""},
        {MEMBERS(", \"content_html\": \"<p>a</p>\", \"content_text\": \"b\""), NULL, "b"},
        {MEMBERS(", \"content_html\": \"<p>a</p>\", \"content_text\": \" \""), "<p>a</p>", ""},
        {MEMBERS(", \"content_html\": \"\""), NULL, ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = xasprintf(HEAD(MINIMAL, "%s"), rows[i].item);
        struct feed feed = read_good(text, false);
        assert_int_equal(feed.item_count, 1);
        if (rows[i].html)
            assert_string_equal(feed.items[0].html, rows[i].html);
        else
            assert_null(feed.items[0].html);
        assert_string_equal(feed.items[0].body, rows[i].body);
        feed_finish(&feed);
        free(text);
    }
}

/* A bare date is a day of this place; until is the end of it. */
static void test_bare_dates(void **state) {
    (void)state;
    setenv("TZ", "Asia/Shanghai", 1);
    struct feed feed = read_good(
        HEAD(MINIMAL, CASE_OF(", \"valid_from\": \"2026-10-08\", \"valid_until\": \"2026-10-08\"")),
        false);
    assert_int_equal(feed.item_count, 1);
    assert_int_equal(feed.items[0].valid_from_ms, 1791388800000);
    assert_int_equal(feed.items[0].valid_until_ms, 1791388800000 + (24 * 3600 - 1) * 1000LL);
    feed_finish(&feed);
}

static void test_video(void **state) {
    (void)state;
    struct feed feed = read_good(
        HEAD(MINIMAL,
             MEMBERS(", \"attachments\": [{\"mime_type\": \"video/mp4\", \"url\": "
                     "\"media/" SAMPLE_HASH
                     ".mp4\", \"size_in_bytes\": 5, \"duration_in_seconds\": 61.2" SHA "}]")),
        false);
    assert_int_equal(feed.item_count, 1);
    assert_int_equal(feed.items[0].media[0].kind, ASSET_VIDEO);
    assert_int_equal(feed.items[0].media[0].seconds, 62);
    feed_finish(&feed);
}

static void test_many_videos(void **state) {
    struct str list = {0};
    (void)state;
    for (int i = 0; i <= FEED_ITEM_VIDEOS; i++)
        str_addf(&list,
                 "%s{\"mime_type\": \"video/mp4\", \"url\": \"media/" SAMPLE_HASH
                 ".mp4\", \"size_in_bytes\": 5" SHA "}",
                 i ? "," : "");
    char *text = xasprintf(HEAD(MINIMAL, MEMBERS(", \"attachments\": [%s]")), str_text(&list));
    struct feed feed = read_good(text, false);
    assert_int_equal(feed.items[0].media_count, FEED_ITEM_VIDEOS);
    assert_int_equal(feed.rejects.count, 1);
    assert_int_equal(feed.rejects.entries[0].reject, REJECT_TOO_MANY_FILES);
    feed_finish(&feed);
    free(text);
    str_finish(&list);
}

/* ---- the statement: what an item says, however it is written */

static struct hash statement_of(const char *item) {
    char *text = xasprintf(HEAD(MINIMAL, "%s"), item);
    struct feed feed = read_good(text, false);
    assert_int_equal(feed.item_count, 1);
    struct hash statement = feed.items[0].statement;
    feed_finish(&feed);
    free(text);
    return statement;
}

static void test_statement(void **state) {
    (void)state;
    struct hash hash = statement_of(
        "{\"id\":\"a\",\"title\":\"题\",\"_fengcai\":{\"school\":\"s\",\"removed\":true}}");
    assert_true(hash_equal(
        hash, statement_of("{ \"_fengcai\" : {\"removed\": true,\n\"school\": \"s\"},\t\"title\": "
                           "\"\\u9898\", \"id\": \"a\" }")));
    assert_false(hash_equal(hash, statement_of("{\"id\":\"a\",\"title\":\"题。\",\"_fengcai\":{"
                                               "\"school\":\"s\",\"removed\":true}}")));
    assert_false(
        hash_equal(hash, statement_of("{\"id\":\"a\",\"title\":\"题\",\"new\":1,\"_fengcai\":{"
                                      "\"school\":\"s\",\"removed\":true}}")));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_case),           cmocka_unit_test(test_tombstone),
        cmocka_unit_test(test_items_refused),  cmocka_unit_test(test_media_addresses),
        cmocka_unit_test(test_left_out),       cmocka_unit_test(test_duplicate_ids),
        cmocka_unit_test(test_text_limits),    cmocka_unit_test(test_text_that_grows),
        cmocka_unit_test(test_unit_from_tags), cmocka_unit_test(test_notice),
        cmocka_unit_test(test_html),           cmocka_unit_test(test_bare_dates),
        cmocka_unit_test(test_video),          cmocka_unit_test(test_statement),
        cmocka_unit_test(test_many_videos),
    };
    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
