#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/feed_item.h"

static void set_text(json_t *object, const char *key, const char *text) {
    if (!text_empty(text))
        json_object_set_new(object, key, json_string(text));
}

static void set_time(json_t *object, const char *key, int64_t ms) {
    char text[TIME_TEXT_SIZE];
    time_format_utc(ms, text);
    set_text(object, key, text);
}

static void set_number(json_t *object, const char *key, int64_t number) {
    json_object_set_new(object, key, json_integer(number));
}

static void set_hash(json_t *object, const char *key, struct hash hash) {
    char hex[HASH_HEX_SIZE];
    hash_hex(hash, hex);
    set_text(object, key, hex);
}

/* ---- media */

/* By the suffix; what the suffix does not tell is a JPEG or MP4. */
static const char *mime_of(const struct feed_media *media) {
    static const struct {
        const char *suffix, *mime;
    } types[] = {{".png", "image/png"},   {".webp", "image/webp"}, {".gif", "image/gif"},
                 {".avif", "image/avif"}, {".heic", "image/heic"}, {".webm", "video/webm"}};
    const char *mime = media->kind == ASSET_VIDEO ? "video/mp4" : "image/jpeg";
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (text_ends(media->url, types[i].suffix) && types[i].mime[0] == mime[0])
            mime = types[i].mime;
    return mime;
}

static json_t *media_json(const struct feed_media *media, bool ours) {
    json_t *object = json_object(), *extension = json_object();
    set_text(object, "url", media->url);
    set_text(object, "mime_type", mime_of(media));
    set_text(object, "title", media->caption);
    if (media->bytes)
        set_number(object, "size_in_bytes", media->bytes);
    if (media->seconds)
        set_number(object, "duration_in_seconds", media->seconds);
    set_hash(extension, "sha256", media->hash);
    if (media->kind == ASSET_CODE)
        set_text(extension, "role", "code");
    if (media->whole)
        json_object_set_new(extension, "whole", json_true());
    if (ours)
        json_object_set(object, "_fengcai", extension);
    json_decref(extension);
    return object;
}

/* ---- items */

static json_t *tombstone_json(const struct feed_item *item) {
    json_t *object = json_object(), *extension = json_object();
    set_text(object, "id", item->id);
    set_text(object, "title", item->title);
    json_object_set_new(object, "content_text", json_string("")); /* JSON Feed asks for one */
    set_text(extension, "kind", item->level ? "notice" : "case");
    set_text(extension, "school", item->school);
    json_object_set_new(extension, "removed", json_true());
    json_object_set_new(object, "_fengcai", extension);
    return object;
}

static json_t *extension_json(const struct feed_item *item) {
    json_t *extension = json_object();
    set_text(extension, "kind", item->level ? "notice" : "case");
    if (item->level)
        set_text(extension, "level", item->level == LEVEL_URGENT ? "urgent" : "normal");
    else if (item->has_unit)
        set_text(extension, "unit", unit_key(item->unit));
    set_text(extension, "school", item->school);
    if (!item->level)
        set_text(extension, "phase", phase_key(item->phase));
    set_time(extension, "valid_from", item->valid_from_ms);
    set_time(extension, "valid_until", item->valid_until_ms);
    if (item->weight > 1)
        set_number(extension, "weight", item->weight);
    return extension;
}

static void set_media(json_t *object, const struct feed_item *item, bool ours) {
    json_t *attachments = json_array();
    for (size_t i = 0; i < item->media_count; i++)
        json_array_append_new(attachments, media_json(item->media + i, ours));
    if (item->media_count)
        json_object_set(object, "attachments", attachments);
    json_decref(attachments);
}

json_t *feed_item_json(const struct feed_item *item, bool ours) {
    if (item->removed)
        return tombstone_json(item);
    json_t *object = json_object();
    set_text(object, "id", item->id);
    set_text(object, "url", item->url);
    set_text(object, "title", item->title);
    set_text(object, "summary", item->summary);
    if (item->html)
        set_text(object, "content_html", item->html);
    else
        json_object_set_new(object, "content_text", json_string(item->body));
    set_time(object, "date_published", item->published_ms);
    set_time(object, "date_modified", item->modified_ms);
    if (*item->school)
        json_object_set_new(object, "authors", json_pack("[{s:s}]", "name", item->school));
    if (item->has_unit || item->level)
        json_object_set_new(object, "tags",
                            json_pack("[s]", section_name(item->level, item->unit)));
    set_media(object, item, ours);
    if (ours)
        json_object_set_new(object, "_fengcai", extension_json(item));
    return object;
}

/* ---- the document */

static json_t *pages_json(const struct feed *feed) {
    json_t *pages = json_array();
    for (size_t i = 0; i < feed->page_count; i++) {
        json_t *page = json_object();
        set_hash(page, "sha256", feed->pages[i].hash);
        set_number(page, "size", feed->pages[i].bytes);
        json_array_append_new(pages, page);
    }
    return pages;
}

static json_t *head_json(const struct feed *feed, bool page) {
    json_t *extension = json_object();
    set_text(extension, "about", "fengcai-bundle(5)");
    set_number(extension, "format", 1);
    set_text(extension, "feed", feed->feed);
    if (page)
        return extension;
    set_number(extension, "serial", feed->serial);
    set_time(extension, "published", feed->published_ms);
    set_time(extension, "expires", feed->expires_ms);
    json_object_set_new(extension, "pages", pages_json(feed));
    return extension;
}

static void add_json(struct str *text, json_t *value) {
    char *dump = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    str_add(text, dump ? dump : "null");
    free(dump);
    json_decref(value);
}

/* "key": value, on a line of its own */
static void add_member(struct str *text, const char *key, json_t *value) {
    str_addf(text, "\"%s\": ", key);
    add_json(text, value);
    str_add(text, ",\n");
}

char *feed_print(const struct feed *feed, bool page, const char *next_url, size_t *size) {
    struct str text = {0};
    str_add(&text, "{\n");
    add_member(&text, "version", json_string("https://jsonfeed.org/version/1.1"));
    add_member(&text, "title", json_string(feed->title));
    add_member(&text, "language", json_string("zh-CN"));
    if (next_url)
        add_member(&text, "next_url", json_string(next_url));
    if (feed->ours)
        add_member(&text, "_fengcai", head_json(feed, page));
    str_add(&text, "\"items\": [");
    for (size_t i = 0; i < feed->item_count; i++) {
        str_add(&text, i ? ",\n" : "\n");
        add_json(&text, feed_item_json(feed->items + i, feed->ours));
    }
    str_add(&text, "\n]\n}\n");
    *size = text.size;
    return str_take(&text);
}
