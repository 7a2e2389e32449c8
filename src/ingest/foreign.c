#include "ingest/foreign.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/document.h"
#include "ingest/fetch.h"
#include "ingest/text.h"

#define TITLE_CHARACTERS 40 /* of a sentence that stands in for a title: two lines of a cover */

/* ---- an id for the feed, the same for the same source (RFC 9562, version 8: of our own making) */

static void name_feed(struct feed *feed, const char *name) {
    struct hash_state state;
    char hex[HASH_HEX_SIZE];
    hash_init(&state);
    hash_add_text(&state, "fengcai-source");
    hash_add_text(&state, name);
    hash_hex(hash_end(&state), hex);
    snprintf(feed->feed, sizeof feed->feed, "%.8s-%.4s-8%.3s-a%.3s-%.12s", hex, hex + 8, hex + 12,
             hex + 15, hex + 18);
}

/* ---- addresses */

static void make_absolute(char **address, const char *base) {
    char *absolute = **address ? fetch_resolve(base, *address) : NULL;
    free(*address);
    *address = absolute ? absolute : xstrdup("");
}

static void media_finish(struct feed_media *media) {
    free(media->url);
    free(media->caption);
}

static bool has_medium(const struct feed_item *item, const char *url) {
    for (size_t i = 0; i < item->media_count; i++)
        if (strcmp(item->media[i].url, url) == 0)
            return true;
    return false;
}

/* The media whose address is one, each once. */
static void resolve_media(struct feed_item *item, const char *base) {
    size_t count = item->media_count;
    item->media_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct feed_media media = item->media[i];
        make_absolute(&media.url, base);
        if (*media.url && !has_medium(item, media.url))
            item->media[item->media_count++] = media;
        else
            media_finish(&media);
    }
}

static void add_picture(struct feed_item *item, const struct document_picture *picture) {
    if (item->media_count == FEED_ITEM_MEDIA)
        return;
    item->media = xrealloc(item->media, item->media_count + 1, sizeof *item->media);
    item->media[item->media_count++] = (struct feed_media){
        .url = xstrdup(picture->url), .caption = text_normalise_line(picture->alt)};
}

/* ---- texts */

/* False: *reject says why. */
static bool read_html(struct feed_item *item, struct nursery *documents, enum reject *reject,
                      char **detail) {
    struct document_text text;
    if (!item->html)
        return true;
    if (!document_html(documents, item->html, strlen(item->html), &text, reject, detail))
        return false;
    free(item->body);
    item->body = xstrdup(text.text);
    for (size_t i = 0; i < text.picture_count; i++)
        add_picture(item, text.pictures + i);
    document_text_finish(&text);
    free(item->html);
    item->html = NULL;
    return true;
}

/* The beginning of the text up to the end of its sentence, or as much as a title may be. */
static char *first_sentence(const char *text) {
    const char *at = text;
    for (int i = 0; i < TITLE_CHARACTERS; i++) {
        const char *before = at;
        uint32_t c = utf8_next(&at);
        if (c == 0 || c == '\n' || c == 0x3002 || c == 0xff01 || c == 0xff1f) /* 。！？ */
            return xstrndup(text, (size_t)(before - text));
    }
    return xasprintf("%.*s……", (int)(at - text), text);
}

static void fill_title(struct feed_item *item) {
    if (*item->title)
        return;
    free(item->title);
    item->title = first_sentence(*item->summary ? item->summary : item->body);
}

static void fill_text(char **text, const char *otherwise) {
    if (**text)
        return;
    free(*text);
    *text = xstrdup(otherwise);
}

/* With the unit and school that it got here: other ones make it another statement. */
static void restate(struct feed_item *item) {
    struct hash_state state;
    hash_init(&state);
    hash_add(&state, item->statement.bytes, HASH_SIZE);
    hash_add_text(&state, unit_key(item->unit));
    hash_add_text(&state, item->school);
    item->statement = hash_end(&state);
}

static bool complete(struct feed_item *item, const struct foreign_options *options,
                     enum reject *reject, char **detail) {
    if (!read_html(item, options->documents, reject, detail))
        return false;
    *reject = REJECT_UNIT_UNKNOWN;
    if (!item->has_unit && !options->has_unit)
        return false;
    if (!item->has_unit)
        item->unit = options->unit;
    make_absolute(&item->url, options->url);
    resolve_media(item, options->url);
    fill_title(item);
    *reject = REJECT_CASE_EMPTY;
    if (!*item->title)
        return false;
    fill_text(&item->school, options->school);
    restate(item);
    return true;
}

bool foreign_complete(struct feed *feed, const struct foreign_options *options) {
    size_t count = feed->item_count;
    name_feed(feed, options->name);
    feed->item_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct feed_item item = feed->items[i];
        enum reject reject = REJECT_COUNT;
        char *detail = NULL;
        bool good = complete(&item, options, &reject, &detail);
        if (good) {
            feed->items[feed->item_count++] = item;
        } else {
            reject_add(&feed->rejects, *item.title ? item.title : item.id, reject, detail);
            feed_item_finish(&item);
        }
        free(detail);
        if (!good && reject == REJECT_HELPER) {
            while (++i < count)
                feed_item_finish(feed->items + i);
            return false;
        }
    }
    return true;
}
