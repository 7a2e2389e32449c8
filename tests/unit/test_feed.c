/* Feeds: what is read, what is refused and by which name, which statement wins, what is printed. */
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

static void test_case(void **state) {
    (void)state;
    struct feed feed = read_good(HEAD(HEAD_EXTENSION, CASE(SAMPLE_MEMBERS)), false);
    const struct feed_item *item = feed.items;
    assert_string_equal(item->id, "望川大学/2026/一盏灯");
    assert_false(item->removed || item->notice);
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
        cmocka_unit_test(test_case),
        cmocka_unit_test(test_tombstone),
        cmocka_unit_test(test_resolve),
        cmocka_unit_test(test_print_and_parse),
        cmocka_unit_test(test_print_page),
        cmocka_unit_test(test_new_id),
        cmocka_unit_test(test_id_valid),
    };
    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
