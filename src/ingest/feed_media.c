#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/feed_item.h"
#include "ingest/feed_json.h"

#define MAX_MIME_BYTES   100
#define MAX_WORD_BYTES   32
#define MAX_SUFFIX_BYTES 5 /* avif, webp, jpeg */

struct taking {
    const json_t *json; /* of the item */
    struct feed_reading *reading;
    struct feed_item *item;
    struct reject_list *rejects;
};

void feed_media_finish(struct feed_media *media) {
    free(media->url);
    free(media->caption);
    *media = (struct feed_media){0};
}

static bool has_url(const struct feed_item *item, const char *url) {
    for (size_t i = 0; i < item->media_count; i++)
        if (strcmp(item->media[i].url, url) == 0)
            return true;
    return false;
}

/* Takes *media, of a foreign feed each address once: its picture is often an attachment too. */
static void add_media(struct taking *taking, struct feed_media *media) {
    struct feed_item *item = taking->item;
    bool ours = taking->reading->strict, full = item->media_count == FEED_ITEM_MEDIA;
    if (!full && (ours || !has_url(item, media->url))) {
        item->media = xrealloc(item->media, item->media_count + 1, sizeof *item->media);
        item->media[item->media_count++] = *media;
    } else {
        feed_media_finish(media);
    }
}

/* ---- ours */

/* "media/SHA256.ext": the name is the content's, so that no two files of a bundle are one. */
static bool is_in_bundle(const char *url, struct hash hash) {
    char hex[HASH_HEX_SIZE];
    hash_hex(hash, hex);
    char *start = xasprintf("media/%s.", hex);
    const char *suffix = text_starts(url, start) ? url + strlen(start) : "";
    size_t size = strlen(suffix);
    free(start);
    return size && size <= MAX_SUFFIX_BYTES &&
           strspn(suffix, "abcdefghijklmnopqrstuvwxyz0123456789") == size;
}

static bool read_hash(struct feed_reading *reading, const json_t *extension,
                      struct feed_media *media) {
    const char *hex = feed_json_text(json_object_get(extension, "sha256"));
    media->hashed = hex && hash_parse(hex, &media->hash);
    return media->hashed || feed_refuse(reading, "sha256",
                                        "缺少，或不是64位小写十六进制 (missing, or not 64 "
                                        "hexadecimal digits in lower case)");
}

static bool read_role(struct feed_reading *reading, const json_t *extension,
                      struct feed_media *media) {
    const char *role = NULL;
    if (!feed_get_text(reading, extension, "role", MAX_WORD_BYTES, &role) ||
        !feed_get_flag(reading, extension, "whole", &media->whole))
        return false;
    bool code = role && strcmp(role, "code") == 0;
    if (code && media->kind == ASSET_PICTURE)
        media->kind = ASSET_CODE;
    return code || !role || strcmp(role, "picture") == 0 ||
           feed_refuse(reading, "role", "应为 code (not code)");
}

static bool read_own(struct feed_reading *reading, const json_t *json, struct feed_media *media) {
    const json_t *extension = json_object_get(json, "_fengcai");
    if (!read_hash(reading, extension, media) ||
        !feed_get_integer(reading, json, "size_in_bytes", 1, FEED_MEDIA_BYTES, &media->bytes) ||
        !read_role(reading, extension, media))
        return false;
    if (!media->bytes)
        return feed_refuse(reading, "size_in_bytes", "缺少 (missing)");
    return is_in_bundle(media->url, media->hash) || feed_is_https(media->url) ||
           feed_refuse(reading, "url",
                       "应为 media/SHA256.后缀 或 https 地址 "
                       "(neither media/SHA256.ext nor an https address)");
}

static size_t count_of(const struct feed_item *item, enum asset_kind kind) {
    size_t count = 0;
    for (size_t i = 0; i < item->media_count; i++)
        count += item->media[i].kind == kind;
    return count;
}

static bool take_own(struct taking *taking, const json_t *json, struct feed_media *media) {
    if (!read_own(taking->reading, json, media)) {
        feed_media_finish(media);
        return false;
    }
    if (media->kind == ASSET_CODE && count_of(taking->item, ASSET_CODE)) {
        feed_leave_out(taking->rejects, taking->item, "attachments", REJECT_CODE_TWICE, media->url);
        feed_media_finish(media);
    } else {
        add_media(taking, media);
    }
    return true;
}

/* ---- others' */

static void take_foreign(struct taking *taking, const char *key, struct feed_media *media) {
    if (feed_is_web(media->url) || feed_is_relative(media->url)) {
        add_media(taking, media);
        return;
    }
    feed_leave_out(taking->rejects, taking->item, key, REJECT_FEED_PART, media->url);
    feed_media_finish(media);
}

static bool take_picture(struct taking *taking, const char *key) {
    const char *url = NULL;
    if (!feed_get_text(taking->reading, taking->json, key, FEED_URL_BYTES, &url))
        return false;
    struct feed_media media = {.url = xstrdup(url ? url : ""), .caption = xstrdup("")};
    if (*media.url)
        take_foreign(taking, key, &media);
    else
        feed_media_finish(&media);
    return true;
}

/* ---- both */

static bool starts_with_type(const char *mime, const char *type) {
    return mime && strncasecmp(mime, type, strlen(type)) == 0;
}

/* Whole seconds: what we say of it ourselves is read as it was. */
static bool read_seconds(struct feed_reading *reading, const json_t *json,
                         struct feed_media *media) {
    static const char key[] = "duration_in_seconds";
    const json_t *value = json_object_get(json, key);
    double seconds = json_number_value(value);
    if (!value)
        return true;
    if (!json_is_number(value) || seconds < 0 || seconds > FEED_MEDIA_SECONDS)
        return feed_wrong(reading, key, "不是秒数 (no number of seconds)");
    if (media->kind == ASSET_VIDEO)
        media->seconds = (int64_t)ceil(seconds);
    return true;
}

static bool take_attachment(struct taking *taking, const json_t *json) {
    struct feed_reading *reading = taking->reading;
    const char *mime = NULL, *url = NULL;
    struct feed_media media = {.kind = ASSET_PICTURE};
    if (!feed_get_text(reading, json, "mime_type", MAX_MIME_BYTES, &mime) ||
        !feed_get_text(reading, json, "url", FEED_URL_BYTES, &url))
        return false;
    if (starts_with_type(mime, "video/"))
        media.kind = ASSET_VIDEO;
    if (!url || !*url)
        return feed_wrong(reading, "url", "缺少 (missing)");
    if (media.kind != ASSET_VIDEO && !starts_with_type(mime, "image/")) {
        if (reading->strict) /* others' are of every kind, and nobody here can change that */
            feed_leave_out(taking->rejects, taking->item, "attachments", REJECT_FILE_TYPE, url);
        return true;
    }
    if (media.kind == ASSET_VIDEO && count_of(taking->item, ASSET_VIDEO) >= FEED_ITEM_VIDEOS) {
        feed_leave_out(taking->rejects, taking->item, "attachments", REJECT_TOO_MANY_FILES, url);
        return true;
    }
    bool good = feed_get_line(reading, json, "title", FEED_CAPTION_BYTES, &media.caption) &&
                read_seconds(reading, json, &media) &&
                (reading->strict || feed_get_integer(reading, json, "size_in_bytes", 1,
                                                     FEED_MEDIA_BYTES, &media.bytes));
    media.url = xstrdup(url);
    if (good && reading->strict)
        return take_own(taking, json, &media);
    if (good)
        take_foreign(taking, "attachments", &media);
    else
        feed_media_finish(&media);
    return good;
}

bool feed_media_parse(const json_t *json, struct feed_reading *reading, struct feed_item *item,
                      struct reject_list *rejects) {
    struct taking taking = {json, reading, item, rejects};
    const json_t *attachments = NULL;
    bool good = feed_get_array(reading, json, "attachments", &attachments) &&
                (reading->strict ||
                 (take_picture(&taking, "image") && take_picture(&taking, "banner_image")));
    size_t count = json_array_size(attachments);
    if (good && count > FEED_ITEM_MEDIA) {
        good = feed_wrong(reading, "attachments", "太多 (too many)");
        count = FEED_ITEM_MEDIA;
    }
    for (size_t i = 0; good && i < count; i++) {
        snprintf(reading->where, sizeof reading->where, "attachments[%zu].", i);
        good = take_attachment(&taking, json_array_get(attachments, i));
    }
    reading->where[0] = '\0';
    return good;
}
