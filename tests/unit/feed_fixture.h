/* feed_fixture.h: feeds as text, and whether two that were read are the same */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "ingest/feed.h"

#define SAMPLE_FEED "5f2c1b0e-8d1f-4b58-9a51-0c7c2a8e7f10"
#define SAMPLE_HASH "ab5df625bc76dbd4e163bed2dd888df828f90159bb93556525c31821b6541d46"

/* A document of ours around its extension's members and its items; a case around its own. */
#define HEAD(extension, items)                                                                     \
    "{\"version\": \"https://jsonfeed.org/version/1.1\", \"title\": \"案例展播\", "            \
    "\"_fengcai\": {" extension "}, \"items\": [" items "]}"
#define HEAD_EXTENSION                                                                             \
    "\"format\": 1, \"feed\": \"" SAMPLE_FEED "\", \"serial\": 42, \"published\": "                \
    "\"2026-10-08T08:00:00+08:00\", \"expires\": \"2027-01-06T00:00:00Z\", \"pages\": [{"          \
    "\"sha256\": \"" SAMPLE_HASH "\", \"size\": 81234}]"
#define CASE(members) "{" members "}"
#define SAMPLE_MEMBERS                                                                             \
    "\"id\": \"望川大学/2026/一盏灯\", \"url\": \"https://example.edu.cn/一盏灯\", "     \
    "\"title\": \" 一盏灯\", \"summary\": \"摘要\", \"content_text\": "                       \
    "\"　　第一段\\r\\n\\n第二段\\n\", "                                                   \
    "\"date_published\": \"2026-10-07T00:00:00Z\", \"date_modified\": "                            \
    "\"2026-10-07T01:00:01.999Z\", \"tags\": [\"党建引领\"], \"attachments\": [" SAMPLE_PICTURE    \
    ", " SAMPLE_CODE "], \"_fengcai\": {\"kind\": \"case\", \"unit\": \"safety\", \"school\": "    \
    "\"望川大学\", \"phase\": \"featured\", \"level\": \"normal\", \"valid_from\": "           \
    "\"2026-10-01T00:00:00Z\", \"valid_until\": \"2026-10-31T23:59:59Z\", \"weight\": 3}"
#define SAMPLE_PICTURE                                                                             \
    "{\"url\": \"media/" SAMPLE_HASH ".jpg\", \"mime_type\": \"image/jpeg\", \"title\": "          \
    "\"夜里的\\n灯\", \"size_in_bytes\": 412345, \"_fengcai\": {\"sha256\": \"" SAMPLE_HASH        \
    "\", \"whole\": true}}"
#define SAMPLE_CODE                                                                                \
    "{\"url\": \"https://example.edu.cn/code.png\", \"mime_type\": \"image/png\", "                \
    "\"size_in_bytes\": 1, \"_fengcai\": {\"sha256\": \"" SAMPLE_HASH "\", \"role\": \"code\"}}"

/* The least of an extension, of a head and of an older page; of an item, around more members. */
#define MINIMAL             "\"format\": 1, \"feed\": \"" SAMPLE_FEED "\", \"serial\": 1"
#define OLDER               "\"format\": 1, \"feed\": \"" SAMPLE_FEED "\""
#define ITEM(members, ours) "{\"id\": \"a\", \"title\": \"t\"" members ", \"_fengcai\": {" ours "}}"
#define CASE_OF(members)    ITEM("", "\"unit\": \"party\", \"school\": \"s\"" members)
#define MEMBERS(members)    ITEM(members, "\"unit\": \"party\", \"school\": \"s\"")
#define SHA                 ", \"_fengcai\": {\"sha256\": \"" SAMPLE_HASH "\"}"
#define PICTURE(members)    MEMBERS(", \"attachments\": [{\"mime_type\": \"image/jpeg\"" members "}]")
#define LOCAL               ", \"url\": \"media/" SAMPLE_HASH ".jpg\""

static inline struct feed read_good(const char *text, bool page) {
    struct feed feed;
    enum reject reject = REJECT_COUNT;
    char *detail = NULL;
    if (!feed_parse(text, strlen(text), page, &feed, &reject, &detail))
        fail_msg("%s: %s: %s", text, reject_code(reject), detail ? detail : "");
    free(detail);
    return feed;
}

/* Refused as a whole; the detail is the caller's. */
static inline char *read_bad(const char *text, bool page, enum reject *reject) {
    struct feed feed, zeroed = {0};
    char *detail = NULL;
    if (feed_parse(text, strlen(text), page, &feed, reject, &detail))
        fail_msg("%s: taken", text);
    assert_memory_equal(&feed, &zeroed, sizeof feed);
    return detail;
}

static inline void assert_media_equal(const struct feed_media *a, const struct feed_media *b) {
    assert_string_equal(a->url, b->url);
    assert_string_equal(a->caption, b->caption);
    assert_int_equal(a->kind, b->kind);
    assert_int_equal(a->hashed, b->hashed);
    assert_true(hash_equal(a->hash, b->hash));
    assert_int_equal(a->bytes, b->bytes);
    assert_int_equal(a->whole, b->whole);
    assert_int_equal(a->seconds, b->seconds);
}

/* All but the statement, which is that of the text it was read from. */
static inline void assert_items_equal(const struct feed_item *a, const struct feed_item *b) {
    assert_string_equal(a->id, b->id);
    assert_string_equal(a->school, b->school);
    assert_string_equal(a->title, b->title);
    assert_string_equal(a->summary, b->summary);
    assert_string_equal(a->body, b->body);
    assert_string_equal(a->url, b->url);
    assert_string_equal(a->html ? a->html : "", b->html ? b->html : "");
    assert_int_equal(a->removed, b->removed);
    assert_int_equal(a->level, b->level);
    assert_int_equal(a->has_unit, b->has_unit);
    assert_int_equal(a->unit, b->unit);
    assert_int_equal(a->phase, b->phase);
    assert_int_equal(a->weight, b->weight);
    assert_int_equal(a->published_ms, b->published_ms);
    assert_int_equal(a->modified_ms, b->modified_ms);
    assert_int_equal(a->valid_from_ms, b->valid_from_ms);
    assert_int_equal(a->valid_until_ms, b->valid_until_ms);
    assert_int_equal(a->media_count, b->media_count);
    for (size_t i = 0; i < a->media_count; i++)
        assert_media_equal(a->media + i, b->media + i);
}

static inline void assert_feeds_equal(const struct feed *a, const struct feed *b) {
    assert_int_equal(a->ours, b->ours);
    assert_string_equal(a->feed, b->feed);
    assert_string_equal(a->title, b->title);
    assert_int_equal(a->serial, b->serial);
    assert_int_equal(a->published_ms, b->published_ms);
    assert_int_equal(a->expires_ms, b->expires_ms);
    assert_int_equal(a->page_count, b->page_count);
    for (size_t i = 0; i < a->page_count; i++) {
        assert_true(hash_equal(a->pages[i].hash, b->pages[i].hash));
        assert_int_equal(a->pages[i].bytes, b->pages[i].bytes);
    }
    assert_int_equal(a->item_count, b->item_count);
    for (size_t i = 0; i < a->item_count; i++)
        assert_items_equal(a->items + i, b->items + i);
}
