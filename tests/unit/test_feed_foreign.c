/* JSON Feeds that know nothing of us (https://www.jsonfeed.org/version/1/ and /1.1/). */
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

#define FOREIGN(members, items)                                                                    \
    "{\"version\": \"https://jsonfeed.org/version/1.1\"" members ", \"items\": [" items "]}"
#define ONE(members) FOREIGN("", "{\"id\": \"a\"" members "}")

static void test_whole_feed(void **state) {
    (void)state;
    struct feed feed = read_good(
        FOREIGN(
            ", \"title\": \"学工处\", \"home_page_url\": \"https://example.edu.cn/\", \"authors\": "
            "[{\"name\": \"望川大学\"}]",
            "{\"id\": \"https://example.edu.cn/7\", \"url\": \"https://example.edu.cn/7\", "
            "\"title\": \"题\", \"content_html\": \"<p>文</p>\", \"summary\": \"摘要\", "
            "\"image\": \"https://example.edu.cn/7.jpg\", \"date_published\": "
            "\"2026-10-08T08:00:00+08:00\", \"tags\": [\"新闻\", \"2.平安社区单元\"]}"),
        false);
    const struct feed_item *item = feed.items;
    assert_false(feed.ours);
    assert_string_equal(feed.feed, "");
    assert_int_equal(feed.serial, 0);
    assert_string_equal(feed.title, "学工处");
    assert_int_equal(feed.item_count, 1);
    assert_string_equal(item->id, "https://example.edu.cn/7");
    assert_string_equal(item->school, "望川大学");
    assert_string_equal(item->title, "题");
    assert_string_equal(item->html, "<p>文</p>");
    assert_string_equal(item->body, "");
    assert_string_equal(item->summary, "摘要");
    assert_int_equal(item->published_ms, 1791417600000);
    assert_true(item->has_unit);
    assert_int_equal(item->unit, UNIT_SAFETY);
    assert_int_equal(item->phase, PHASE_SELF);
    assert_int_equal(item->weight, 1);
    assert_int_equal(item->media_count, 1);
    assert_false(item->media[0].hashed);
    feed_finish(&feed);
}

/* JSON Feed: an id that is a number is taken as its text. */
static void test_ids(void **state) {
    (void)state;
    static const struct {
        const char *json, *id; /* NULL: refused */
    } rows[] = {
        {"7", "7"},     {"-3", "-3"}, {"1.5", "1.5"},   {"\"7\"", "7"}, {"null", NULL},
        {"true", NULL}, {"[]", NULL}, {"\" 7\"", NULL}, {"\"\"", NULL}, {"\"a\\u0000\"", NULL},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = xasprintf(FOREIGN("", "{\"id\": %s}"), rows[i].json);
        struct feed feed = read_good(text, false);
        assert_int_equal(feed.item_count, rows[i].id != NULL);
        assert_int_equal(feed.rejects.count, rows[i].id == NULL);
        if (rows[i].id)
            assert_string_equal(feed.items[0].id, rows[i].id);
        feed_finish(&feed);
        free(text);
    }
    struct feed same = read_good(FOREIGN("", "{\"id\": 7}, {\"id\": \"7\"}"), false);
    assert_int_equal(same.item_count, 1);
    assert_int_equal(same.rejects.entries[0].reject, REJECT_DUPLICATE);
    feed_finish(&same);
}

static void test_schools(void **state) {
    (void)state;
    static const struct {
        const char *text, *school;
    } rows[] = {
        {ONE(""), ""},
        {ONE(", \"authors\": [{\"name\": \"甲\"}, {\"name\": \"乙\"}]"), "甲"},
        {ONE(", \"author\": {\"name\": \" 丙 \"}"), "丙"},
        {ONE(", \"authors\": [], \"author\": {\"name\": \"丙\"}"), "丙"},
        {ONE(", \"authors\": [{\"name\": \"甲\"}], \"author\": {\"name\": \"丙\"}"), "甲"},
        {ONE(", \"authors\": {\"name\": \"甲\"}"), ""},
        {ONE(", \"authors\": [{\"name\": 7}]"), ""},
        {FOREIGN(", \"authors\": [{\"name\": \"丁\"}]", "{\"id\": \"a\"}"), "丁"},
        {FOREIGN(", \"author\": {\"name\": \"戊\"}", "{\"id\": \"a\", \"authors\": [{}]}"), "戊"},
        {FOREIGN(", \"author\": {\"name\": \"戊\"}",
                 "{\"id\": \"a\", \"author\": {\"name\": \"己\"}}"),
         "己"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct feed feed = read_good(rows[i].text, false);
        assert_int_equal(feed.item_count, 1);
        assert_string_equal(feed.items[0].school, rows[i].school);
        feed_finish(&feed);
    }
}

static void test_units(void **state) {
    (void)state;
    static const struct {
        const char *tags;
        int unit; /* -1: none */
    } rows[] = {
        {"[]", -1},
        {"[\"新闻\"]", -1},
        {"{}", -1},
        {"[1, null]", -1},
        {"[\"通知\"]", -1},
        {"[\"#党建\"]", UNIT_PARTY},
        {"[\"育人\", \"平安\"]", UNIT_EDUCATION},
        {"[7, \"Service\"]", UNIT_SERVICE},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = xasprintf(ONE(", \"tags\": %s"), rows[i].tags);
        struct feed feed = read_good(text, false);
        assert_int_equal(feed.item_count, 1);
        assert_int_equal(feed.items[0].has_unit, rows[i].unit >= 0);
        if (rows[i].unit >= 0)
            assert_int_equal(feed.items[0].unit, rows[i].unit);
        feed_finish(&feed);
        free(text);
    }
}

/* Which pictures, in which order, and what is left out. */
static void test_media(void **state) {
    (void)state;
    static const struct {
        const char *members, *urls;
        size_t left_out;
    } rows[] = {
        {"", "", 0},
        {", \"banner_image\": \"b.jpg\", \"image\": \"/a.jpg\", \"attachments\": [{\"url\": "
         "\"https://e.cn/c.png\", \"mime_type\": \"image/png\"}]",
         "/a.jpg b.jpg https://e.cn/c.png ", 0},
        {", \"image\": \"a.jpg\", \"banner_image\": \"a.jpg\", \"attachments\": [{\"url\": "
         "\"a.jpg\", "
         "\"mime_type\": \"image/jpeg\"}]",
         "a.jpg ", 0},
        {", \"attachments\": [{\"url\": \"a.mp3\", \"mime_type\": \"audio/mpeg\"}, {\"url\": "
         "\"a.mp4\", \"mime_type\": \"Video/MP4\"}, {\"url\": \"a\"}, {\"mime_type\": "
         "\"image/png\"}, 5, {\"url\": 5, \"mime_type\": \"image/png\"}]",
         "a.mp4* ", 0},
        {", \"image\": \"data:image/png;base64,AAAA\"", "", 1},
        {", \"image\": \"file:///etc/passwd\", \"banner_image\": \"\"", "", 1},
        {", \"image\": \"a b.jpg\"", "", 1},
        {", \"image\": 5, \"attachments\": {}", "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = xasprintf(ONE("%s"), rows[i].members);
        struct feed feed = read_good(text, false);
        struct str urls = {0};
        assert_int_equal(feed.item_count, 1);
        for (size_t m = 0; m < feed.items[0].media_count; m++)
            str_addf(&urls, "%s%s ", feed.items[0].media[m].url,
                     feed.items[0].media[m].kind == ASSET_VIDEO ? "*" : "");
        assert_string_equal(str_text(&urls), rows[i].urls);
        assert_int_equal(feed.rejects.count, rows[i].left_out);
        str_finish(&urls);
        feed_finish(&feed);
        free(text);
    }
}

static void test_many_media(void **state) {
    (void)state;
    struct str text = {0};
    str_add(&text, "{\"version\": \"https://jsonfeed.org/version/1\", \"items\": [{\"id\": \"a\", "
                   "\"image\": \"a.jpg\", \"attachments\": [");
    for (int i = 0; i <= FEED_ITEM_MEDIA; i++)
        str_addf(&text, "%s{\"url\": \"%d.jpg\", \"mime_type\": \"image/jpeg\"}", i ? ", " : "", i);
    str_add(&text, "]}]}");
    struct feed feed = read_good(text.data, false);
    assert_int_equal(feed.items[0].media_count, FEED_ITEM_MEDIA);
    assert_string_equal(feed.items[0].media[0].url, "a.jpg");
    assert_string_equal(feed.items[0].media[FEED_ITEM_MEDIA - 1].url, "198.jpg");
    feed_finish(&feed);
    str_finish(&text);
}

static void test_addresses(void **state) {
    (void)state;
    static const struct {
        const char *members, *url;
        size_t left_out;
    } rows[] = {
        {", \"url\": \"https://e.cn/a\", \"external_url\": \"https://f.cn/\"", "https://e.cn/a", 0},
        {", \"external_url\": \"https://f.cn/\"", "https://f.cn/", 0},
        {", \"url\": \"../a.html\"", "../a.html", 0},
        {", \"url\": \"mailto:a@e.cn\"", "", 1},
        {", \"url\": \"mailto:a@e.cn\", \"external_url\": \"http://f.cn/\"", "http://f.cn/", 1},
        {", \"url\": 5", "", 0},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *text = xasprintf(ONE("%s"), rows[i].members);
        struct feed feed = read_good(text, false);
        assert_string_equal(feed.items[0].url, rows[i].url);
        assert_int_equal(feed.rejects.count, rows[i].left_out);
        feed_finish(&feed);
        free(text);
    }
}

/* What is wrong counts as not said, but for id and content. */
static void test_leniency(void **state) {
    (void)state;
    struct str long_title = {0};
    for (int i = 0; i <= FEED_TITLE_BYTES; i++)
        str_add_char(&long_title, 'x');
    char *text =
        xasprintf(FOREIGN(", \"title\": 5",
                          "{\"id\": \"a\", \"title\": \"%s\", \"summary\": [], \"url\": {}, "
                          "\"date_published\": \"gestern\", \"date_modified\": 1, "
                          "\"content_text\": \"文\", \"_other\": {}}, "
                          "{\"id\": \"b\", \"content_html\": 5}, {\"id\": \"c\"}"),
                  long_title.data);
    struct feed feed = read_good(text, false);
    assert_string_equal(feed.title, "");
    assert_int_equal(feed.item_count, 2);
    assert_string_equal(feed.items[0].title, "");
    assert_string_equal(feed.items[0].summary, "");
    assert_string_equal(feed.items[0].body, "文");
    assert_int_equal(feed.items[0].published_ms, 0);
    assert_string_equal(feed.items[1].id, "c");
    assert_int_equal(feed.rejects.count, 1);
    assert_string_equal(feed.rejects.entries[0].path, "b");
    assert_non_null(strstr(feed.rejects.entries[0].detail, "content_html: 不是文字"));
    feed_finish(&feed);
    free(text);
    str_finish(&long_title);
}

/* Nobody may take away what is ours by leaving out our extension. */
static void test_no_tombstones(void **state) {
    (void)state;
    struct feed feed = read_good(
        ONE(", \"_fengcai\": {\"removed\": true, \"unit\": \"party\", \"phase\": \"featured\"}"),
        false);
    assert_int_equal(feed.item_count, 1);
    assert_false(feed.items[0].removed || feed.items[0].has_unit);
    assert_int_equal(feed.items[0].phase, PHASE_SELF);
    feed_finish(&feed);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_whole_feed),    cmocka_unit_test(test_ids),
        cmocka_unit_test(test_schools),       cmocka_unit_test(test_units),
        cmocka_unit_test(test_media),         cmocka_unit_test(test_many_media),
        cmocka_unit_test(test_addresses),     cmocka_unit_test(test_leniency),
        cmocka_unit_test(test_no_tombstones),
    };
    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
