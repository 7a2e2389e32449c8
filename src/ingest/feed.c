#include "ingest/feed.h"

#include <stdlib.h>
#include <string.h>

#include <sodium.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/feed_ids.h"
#include "ingest/feed_item.h"
#include "ingest/feed_json.h"
#include "ingest/feed_member.h"
#include "ingest/text.h"

#define MAX_SERIAL        (((int64_t)1 << 53) - 1) /* what every JSON reader keeps (RFC 8259, 6) */
#define MAX_VERSION_BYTES 64
#define FORMAT            1

struct document {
    const json_t *root, *ours; /* ours: _fengcai; NULL in a foreign feed */
    bool page;
    struct feed *feed;
    struct feed_reading reading;
};

void feed_finish(struct feed *feed) {
    for (size_t i = 0; i < feed->item_count; i++)
        feed_item_finish(feed->items + i);
    free(feed->items);
    free(feed->pages);
    free(feed->title);
    reject_list_finish(&feed->rejects);
    *feed = (struct feed){0};
}

/* ---- our extension of a document */

static bool read_page(struct document *document, size_t index, const json_t *json) {
    struct feed_reading *reading = &document->reading;
    struct feed_page_ref *page = document->feed->pages + index;
    const char *hex = feed_json_text(json_object_get(json, "sha256"));
    snprintf(reading->where, sizeof reading->where, "_fengcai.pages[%zu].", index);
    if (!hex || !hash_parse(hex, &page->hash))
        return feed_refuse(reading, "sha256",
                           "缺少，或不是64位小写十六进制 (missing, or not 64 "
                           "hexadecimal digits in lower case)");
    return feed_get_integer(reading, json, "size", 1, FEED_PAGE_BYTES, &page->bytes) &&
           (page->bytes || feed_refuse(reading, "size", "缺少 (missing)"));
}

static bool read_pages(struct document *document) {
    struct feed *feed = document->feed;
    const json_t *pages = NULL;
    if (!feed_get_array(&document->reading, document->ours, "pages", &pages))
        return false;
    size_t count = json_array_size(pages);
    if (count > FEED_PAGES)
        return feed_refuse_as(&document->reading, REJECT_FEED_LIMIT, "pages", "太多 (too many)");
    feed->pages = xcalloc(count, sizeof *feed->pages);
    for (; feed->page_count < count; feed->page_count++)
        if (!read_page(document, feed->page_count, json_array_get(pages, feed->page_count)))
            return false;
    document->reading.where[0] = '\0';
    return true;
}

static bool read_head(struct document *document) {
    struct feed_reading *reading = &document->reading;
    struct feed *feed = document->feed;
    const json_t *ours = document->ours;
    return feed_get_integer(reading, ours, "serial", 1, MAX_SERIAL, &feed->serial) &&
           (feed->serial || feed_refuse(reading, "serial", "缺少 (missing)")) &&
           feed_get_time(reading, ours, "published", false, &feed->published_ms) &&
           feed_get_time(reading, ours, "expires", true, &feed->expires_ms) && read_pages(document);
}

static bool read_extension(struct document *document) {
    struct feed_reading *reading = &document->reading;
    const json_t *ours = document->ours;
    const char *id = feed_json_text(json_object_get(ours, "feed"));
    if (!json_is_object(ours))
        return feed_refuse(reading, "_fengcai", "不是对象 (no object)");
    snprintf(reading->where, sizeof reading->where, "_fengcai.");
    if (json_integer_value(json_object_get(ours, "format")) != FORMAT)
        return feed_refuse(reading, "format", "本程序只认 1 (this program reads 1)");
    if (!id || !feed_id_valid(id))
        return feed_refuse(reading, "feed", "不是小写的 UUID (not a UUID in lower case)");
    snprintf(document->feed->feed, FEED_ID_SIZE, "%s", id);
    if (document->page && json_object_get(ours, "serial"))
        return feed_refuse(reading, "serial", "旧页不应有 (an older page has none)");
    bool good = document->page || read_head(document);
    reading->where[0] = '\0';
    return good;
}

/* ---- items */

/* Of a foreign feed: whose items name no author. */
static char *read_author(const struct document *document) {
    struct feed_reading lenient = {0};
    const json_t *author = json_array_get(json_object_get(document->root, "authors"), 0);
    char *name = NULL;
    if (!author)
        author = json_object_get(document->root, "author"); /* version 1 */
    feed_get_line(&lenient, author, "name", FEED_SCHOOL_BYTES, &name);
    return name;
}

static void refuse_item(struct feed *feed, size_t index, const struct feed_item *item,
                        enum reject reject, const char *detail) {
    char *path = item->id ? xstrdup(item->id) : xasprintf("items[%zu]", index);
    reject_add(&feed->rejects, path, reject, detail);
    free(path);
}

static void read_item(struct feed *feed, size_t index, const json_t *json, const char *school,
                      struct feed_ids *ids) {
    struct feed_item *item = feed->items + feed->item_count;
    struct feed_reading reading = {.strict = feed->ours, .reject = REJECT_FEED_ITEM};
    bool good = feed_item_parse(json, &reading, school, item, &feed->rejects);
    bool twice = good && !feed_ids_add(ids, item->id);
    if (good && !twice) {
        feed->item_count++;
        return;
    }
    refuse_item(feed, index, item, twice ? REJECT_DUPLICATE : reading.reject, reading.detail);
    feed_item_finish(item);
    free(reading.detail);
}

static bool read_items(struct document *document) {
    struct feed *feed = document->feed;
    const json_t *items = json_object_get(document->root, "items");
    size_t count = json_array_size(items);
    if (!json_is_array(items))
        return feed_refuse(&document->reading, "items", "缺少，或不是数组 (missing, or no array)");
    if (count > (feed->ours ? FEED_PAGE_ITEMS : FEED_FOREIGN_ITEMS))
        return feed_refuse_as(&document->reading, REJECT_FEED_LIMIT, "items", "太多 (too many)");
    struct feed_ids ids;
    feed_ids_init(&ids, count);
    char *school = read_author(document);
    feed->items = xcalloc(count, sizeof *feed->items);
    for (size_t i = 0; i < count; i++)
        read_item(feed, i, json_array_get(items, i), school, &ids);
    free(school);
    feed_ids_finish(&ids);
    return true;
}

/* ---- the document */

/* Version 1 and whatever 1.x adds to it. */
static bool read_version(struct document *document) {
    static const char version_1[] = "https://jsonfeed.org/version/1";
    const char *version = NULL;
    if (!feed_get_text(&document->reading, document->root, "version", MAX_VERSION_BYTES, &version))
        return false;
    const char *minor =
        version && text_starts(version, version_1) ? version + strlen(version_1) : "?";
    return !*minor || *minor == '.' ||
           feed_refuse(&document->reading, "version",
                       "应为 https://jsonfeed.org/version/1.1 (not a JSON Feed)");
}

static bool read_document(struct document *document) {
    document->ours = json_object_get(document->root, "_fengcai");
    document->feed->ours = document->reading.strict = document->ours != NULL;
    return read_version(document) &&
           feed_get_line(&document->reading, document->root, "title", FEED_TITLE_BYTES,
                         &document->feed->title) &&
           (document->ours || !document->page ||
            feed_refuse(&document->reading, "_fengcai", "缺少 (missing)")) &&
           (!document->ours || read_extension(document)) && read_items(document);
}

bool feed_parse(const char *bytes, size_t size, bool page, struct feed *feed, enum reject *reject,
                char **detail) {
    struct document document = {
        .page = page, .feed = feed, .reading = {.reject = REJECT_FEED_FORM}};
    *feed = (struct feed){0};
    if (size > FEED_PAGE_BYTES) {
        *reject = REJECT_FEED_LIMIT;
        *detail = xasprintf("%zu > %u 字节 (bytes)", size, FEED_PAGE_BYTES);
        return false;
    }
    json_t *root = feed_json_load(bytes, size, 0, &document.reading.detail);
    document.root = root;
    bool good = root && read_document(&document);
    json_decref(root);
    if (!good)
        feed_finish(feed);
    *reject = document.reading.reject;
    *detail = document.reading.detail;
    return good;
}

/* ---- whose it is */

void feed_new_id(char id[FEED_ID_SIZE]) {
    unsigned char bytes[16];
    char hex[33];
    randombytes_buf(bytes, sizeof bytes);
    bytes[6] = (unsigned char)((bytes[6] & 0x0F) | 0x40); /* RFC 9562, section 5.4 */
    bytes[8] = (unsigned char)((bytes[8] & 0x3F) | 0x80);
    sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
    snprintf(id, FEED_ID_SIZE, "%.8s-%.4s-%.4s-%.4s-%.12s", hex, hex + 8, hex + 12, hex + 16,
             hex + 20);
}

bool feed_id_valid(const char *id) {
    static const char form[] = "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx";
    if (strlen(id) != FEED_ID_SIZE - 1)
        return false;
    for (size_t i = 0; i < FEED_ID_SIZE - 1; i++)
        if (form[i] == 'x' ? !strchr("0123456789abcdef", id[i]) : id[i] != '-')
            return false;
    return true;
}
