/* Properties over feeds that nobody wrote: printed and read they are the same; strings that break
 * other programs go through plain or not at all; a million statements are resolved. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <jansson.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "feed_fixture.h"
#include "ingest/text.h"

#define FEEDS 300

/* xorshift64: the same feeds on every machine */
static uint64_t next(uint64_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

static size_t below(uint64_t *seed, size_t limit) {
    return (size_t)(next(seed) % limit);
}

static bool chance(uint64_t *seed) {
    return below(seed, 2) == 0;
}

/* Normalised lines of many scripts, quotes, escapes and what HTML would take apart. */
static char *words(uint64_t *seed, size_t most) {
    static const char *const pieces[] = {
        "风采", "a\"b",    "\\",    "é",  "👩‍🔬", "</script>", "〇",
        "नमस्ते", "'; --",   "&amp;", "／", "…",           "\u2029",    "\x7f",
        "{}[]", "e\u0301", "1",     "：", "ﷺ",           "\t",        "𠮷"};
    struct str text = {0};
    for (size_t i = below(seed, most + 1); i > 0; i--) {
        str_add(&text, pieces[below(seed, sizeof pieces / sizeof *pieces)]);
        str_add(&text, chance(seed) ? " " : "");
    }
    char *raw = str_take(&text), *line = text_normalise_line(raw);
    free(raw);
    return line;
}

static char *paragraphs(uint64_t *seed) {
    struct str text = {0};
    for (size_t i = below(seed, 4); i > 0; i--) {
        char *line = words(seed, 8);
        if (*line)
            str_addf(&text, "%s%s", text.size ? "\n" : "", line);
        free(line);
    }
    return str_take(&text);
}

static int64_t moment(uint64_t *seed) {
    return chance(seed) ? 0 : (int64_t)(1 + below(seed, 253402214400u)) * 1000;
}

static struct hash some_hash(uint64_t *seed) {
    uint64_t number = next(seed);
    return hash_of(&number, sizeof number);
}

static struct feed_media some_media(uint64_t *seed, bool ours, size_t index) {
    struct feed_media media = {.caption = words(seed, 5),
                               .kind = below(seed, 5) == 0 ? ASSET_VIDEO : ASSET_PICTURE};
    if (media.kind == ASSET_VIDEO && chance(seed))
        media.seconds = (int64_t)(1 + below(seed, FEED_MEDIA_SECONDS));
    if (ours) {
        char hex[HASH_HEX_SIZE];
        media.hashed = true;
        media.hash = some_hash(seed);
        media.whole = chance(seed);
        if (index == 0 && media.kind == ASSET_PICTURE && chance(seed))
            media.kind = ASSET_CODE;
        hash_hex(media.hash, hex);
        media.url =
            chance(seed) ? xasprintf("media/%s.png", hex) : xasprintf("https://e.cn/%s", hex);
    } else {
        media.url = xasprintf("../%zu.webp", index);
    }
    if (ours || chance(seed))
        media.bytes = (int64_t)(1 + below(seed, FEED_MEDIA_BYTES));
    return media;
}

static void add_some_media(uint64_t *seed, struct feed_item *item, bool ours) {
    item->media_count = below(seed, 4);
    item->media = xcalloc(item->media_count, sizeof *item->media);
    for (size_t i = 0; i < item->media_count; i++)
        item->media[i] = some_media(seed, ours, i);
}

static struct feed_item some_item(uint64_t *seed, bool ours, size_t index) {
    struct feed_item item = {.weight = 1, .school = words(seed, 3), .title = words(seed, 5)};
    item.id = xasprintf("%zu/案例", index);
    if (ours && chance(seed)) {
        item.removed = true;
        item.weight = 0;
        item.summary = xstrdup("");
        item.body = xstrdup("");
        item.url = xstrdup("");
        item.level = chance(seed) ? LEVEL_NOTICE : LEVEL_CASE;
        return item;
    }
    item.level = ours && below(seed, 5) == 0 ? (enum level)(1 + below(seed, 2)) : LEVEL_CASE;
    item.has_unit = !item.level && (ours || chance(seed));
    item.unit = item.has_unit ? (enum unit)below(seed, UNIT_COUNT) : UNIT_PARTY;
    item.summary = paragraphs(seed);
    item.body = paragraphs(seed);
    item.html = *item.body || chance(seed) ? NULL : xstrdup("<p>\t文\n</p>");
    item.url = xstrdup(chance(seed) ? "" : "https://example.edu.cn/案?a=1&b=%22");
    item.published_ms = moment(seed);
    item.modified_ms = moment(seed);
    add_some_media(seed, &item, ours);
    if (!ours)
        return item;
    item.weight = (int)(1 + below(seed, FEED_WEIGHT));
    item.phase = item.level ? PHASE_SELF : (enum phase)below(seed, PHASE_COUNT);
    item.valid_from_ms = moment(seed);
    item.valid_until_ms = item.valid_from_ms ? 0 : moment(seed);
    return item;
}

/* A case of ours must have a title and a school. */
static void fill(char **text) {
    if (**text)
        return;
    free(*text);
    *text = xstrdup("无");
}

static struct feed some_feed(uint64_t *seed, bool page) {
    struct feed feed = {.ours = page || chance(seed), .title = words(seed, 4)};
    if (feed.ours)
        feed_new_id(feed.feed);
    if (feed.ours && !page) {
        feed.serial = (int64_t)(1 + below(seed, ((size_t)1 << 53) - 1));
        feed.published_ms = moment(seed);
        feed.expires_ms = moment(seed);
        feed.page_count = below(seed, 3);
        feed.pages = xcalloc(feed.page_count, sizeof *feed.pages);
        for (size_t i = 0; i < feed.page_count; i++)
            feed.pages[i] = (struct feed_page_ref){some_hash(seed),
                                                   (int64_t)(1 + below(seed, FEED_PAGE_BYTES))};
    }
    feed.item_count = below(seed, 6);
    feed.items = xcalloc(feed.item_count, sizeof *feed.items);
    for (size_t i = 0; i < feed.item_count; i++) {
        feed.items[i] = some_item(seed, feed.ours, i);
        if (feed.ours && !feed.items[i].removed) {
            fill(&feed.items[i].title);
            fill(&feed.items[i].school);
        }
    }
    return feed;
}

static void test_printed_and_read(void **state) {
    (void)state;
    uint64_t seed = 20261008;
    for (int i = 0; i < FEEDS; i++) {
        bool page = i % 3 == 0;
        struct feed feed = some_feed(&seed, page);
        size_t size = 0, same_size = 0;
        char *text = feed_print(&feed, page, i % 2 ? "page-x.json" : NULL, &size);
        struct feed again = read_good(text, page);
        assert_int_equal(again.rejects.count, 0);
        assert_feeds_equal(&feed, &again);
        char *same = feed_print(&again, page, i % 2 ? "page-x.json" : NULL, &same_size);
        assert_int_equal(size, same_size);
        assert_string_equal(text, same);
        struct feed third = read_good(same, page);
        for (size_t k = 0; k < again.item_count; k++)
            assert_true(hash_equal(again.items[k].statement, third.items[k].statement));
        feed_finish(&third);
        free(same);
        feed_finish(&again);
        free(text);
        feed_finish(&feed);
    }
}

/* One item a line, and nothing that a line could hide. */
static void test_lines(void **state) {
    (void)state;
    uint64_t seed = 7;
    for (int i = 0; i < FEEDS; i++) {
        struct feed feed = some_feed(&seed, false);
        size_t size = 0, lines = 0;
        char *text = feed_print(&feed, false, NULL, &size);
        for (size_t k = 0; k < size; k++) {
            lines += text[k] == '\n';
            assert_true(text[k] == '\n' || (unsigned char)text[k] >= ' ');
        }
        assert_int_equal(lines, 7 + feed.ours + feed.item_count);
        free(text);
        feed_finish(&feed);
    }
}

/* ---- the Big List of Naughty Strings, as titles and ids */

static void try_string(const char *string) {
    json_t *item =
        json_pack("{s:s, s:s, s:s, s:s, s:{s:s, s:s}}", "id", string, "title", string, "summary",
                  string, "content_text", string, "_fengcai", "unit", "party", "school", string);
    if (!item)
        return; /* not UTF-8: jansson makes none of it, and reads none */
    json_t *root =
        json_pack("{s:s, s:{s:i, s:s, s:i}, s:[o]}", "version", "https://jsonfeed.org/version/1.1",
                  "_fengcai", "format", 1, "feed", SAMPLE_FEED, "serial", 1, "items", item);
    char *text = json_dumps(root, 0);
    struct feed feed = read_good(text, false);
    assert_int_equal(feed.item_count + feed.rejects.count, 1);
    for (size_t i = 0; i < feed.item_count; i++) {
        const char *const lines[] = {feed.items[i].id, feed.items[i].title, feed.items[i].school};
        for (size_t k = 0; k < sizeof lines / sizeof *lines; k++) {
            char *plain = text_normalise_line(lines[k]);
            assert_string_equal(plain, lines[k]);
            free(plain);
        }
        assert_string_equal(feed.items[i].id, string);
        size_t size = 0;
        char *printed = feed_print(&feed, false, NULL, &size);
        struct feed again = read_good(printed, false);
        assert_feeds_equal(&feed, &again);
        feed_finish(&again);
        free(printed);
    }
    feed_finish(&feed);
    free(text);
    json_decref(root);
}

static void test_naughty_strings(void **state) {
    (void)state;
    const char *corpus = getenv("FENGCAI_CORPUS");
    char *path = path_join(corpus ? corpus : SOURCE_DIR "/../shared/corpus", "text/blns.txt", NULL);
    char *text = NULL;
    size_t size = 0, count = 0;
    if (!fs_exists(path)) {
        free(path);
        skip();
        return;
    }
    assert_true(fs_read(path, 1 << 20, &text, &size));
    char *rest = NULL;
    for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
        if (*line != '#') {
            try_string(line);
            count++;
        }
    assert_true(count > 400);
    free(text);
    free(path);
}

/* ---- a million */

#define MILLION 1000000

static void test_resolve_a_million(void **state) {
    (void)state;
    static const size_t per_page = FEED_PAGE_ITEMS, page_count = MILLION / FEED_PAGE_ITEMS;
    struct feed head = {0}, *pages = xcalloc(page_count, sizeof *pages);
    struct feed_item *items = xcalloc(MILLION, sizeof *items);
    char(*ids)[16] = xcalloc(MILLION, sizeof *ids);
    for (size_t i = 0; i < MILLION; i++) { /* each id twice */
        snprintf(ids[i], sizeof ids[i], "%zu", i % (MILLION / 2));
        items[i].id = ids[i];
    }
    for (size_t p = 0; p < page_count; p++)
        pages[p] = (struct feed){.items = items + p * per_page, .item_count = per_page};
    size_t count = 0;
    const struct feed_item **winners = feed_resolve(&head, pages, page_count, &count);
    assert_int_equal(count, MILLION / 2);
    for (size_t i = 0; i < count; i++)
        assert_ptr_equal(winners[i], items + i);
    free(winners);
    free(ids);
    free(items);
    free(pages);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printed_and_read),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_naughty_strings),
        cmocka_unit_test(test_resolve_a_million),
    };
    return sodium_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
