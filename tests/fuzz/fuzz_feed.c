/* Feeds. An input begins with a letter: h(ead), p(age). What is taken keeps the limits, is plain
 * text, and prints to a text that is read as the same and prints to itself. */
#include "fuzz.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/feed.h"
#include "ingest/text.h"

static bool equal(const char *a, const char *b) {
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static void must_be_line(const char *text, size_t limit) {
    char *line = text_normalise_line(text);
    must(equal(line, text) && strlen(text) <= limit);
    free(line);
}

static void must_be_paragraphs(const char *text, size_t limit) {
    char *normal = text_normalise(text), *paragraphs = text_paragraphs(normal);
    must(equal(paragraphs, text) && strlen(text) <= limit);
    free(paragraphs);
    free(normal);
}

static void must_be_time(int64_t ms) {
    must(ms >= 0 && ms % 1000 == 0 && ms < 253402300800000);
}

static void check_media(const struct feed *feed, const struct feed_media *media) {
    must(*media->url && strlen(media->url) <= FEED_URL_BYTES);
    must_be_line(media->caption, FEED_CAPTION_BYTES);
    must(media->bytes >= 0 && media->bytes <= FEED_MEDIA_BYTES);
    must(!feed->ours || (media->hashed && media->bytes > 0));
    must(!feed->ours || !strncmp(media->url, "media/", 6) ||
         !strncasecmp(media->url, "https://", 8));
}

static void check_item(const struct feed *feed, const struct feed_item *item) {
    must(*item->id);
    must_be_line(item->id, FEED_ID_BYTES);
    must_be_line(item->title, FEED_TITLE_BYTES);
    must_be_line(item->school, FEED_SCHOOL_BYTES);
    must_be_paragraphs(item->summary, FEED_SUMMARY_BYTES);
    must_be_paragraphs(item->body, FEED_BODY_BYTES);
    must(strlen(item->url) <= FEED_URL_BYTES);
    must(!item->html || (*item->html && strlen(item->html) <= FEED_HTML_BYTES && !*item->body));
    must(feed->ours || (!item->removed && !item->level));
    if (feed->ours && !item->removed)
        must(*item->title && (item->level ? !item->has_unit : *item->school && item->has_unit));
    must(item->removed || (item->weight >= 1 && item->weight <= FEED_WEIGHT));
    const int64_t times[] = {item->published_ms, item->modified_ms, item->valid_from_ms,
                             item->valid_until_ms};
    for (size_t i = 0; i < sizeof times / sizeof *times; i++)
        must_be_time(times[i]);
    must(!item->valid_until_ms || item->valid_from_ms <= item->valid_until_ms);
    must(item->media_count <= FEED_ITEM_MEDIA);
    for (size_t i = 0; i < item->media_count; i++)
        check_media(feed, item->media + i);
}

static void check_feed(const struct feed *feed, bool page) {
    must(feed->ours ? feed_id_valid(feed->feed) : !*feed->feed);
    must(feed->ours && !page ? feed->serial >= 1 && feed->serial < (int64_t)1 << 53
                             : !feed->serial);
    must(feed->item_count <= (feed->ours ? FEED_PAGE_ITEMS : FEED_FOREIGN_ITEMS));
    must(feed->page_count <= FEED_PAGES && (!page || !feed->page_count));
    must_be_time(feed->published_ms);
    must_be_time(feed->expires_ms);
    must_be_line(feed->title, FEED_TITLE_BYTES);
    for (size_t i = 0; i < feed->item_count; i++)
        check_item(feed, feed->items + i);
    for (size_t i = 0; i < feed->rejects.count; i++)
        must(feed->rejects.entries[i].path && text_valid(feed->rejects.entries[i].path) &&
             (!feed->rejects.entries[i].detail || text_valid(feed->rejects.entries[i].detail)));
}

static void must_be_same(const struct feed_item *a, const struct feed_item *b) {
    must(equal(a->id, b->id) && equal(a->title, b->title) && equal(a->school, b->school) &&
         equal(a->summary, b->summary) && equal(a->body, b->body) && equal(a->url, b->url) &&
         equal(a->html, b->html));
    must(a->removed == b->removed && a->level == b->level && a->has_unit == b->has_unit &&
         a->unit == b->unit && a->phase == b->phase && a->weight == b->weight);
    must(a->published_ms == b->published_ms && a->modified_ms == b->modified_ms &&
         a->valid_from_ms == b->valid_from_ms && a->valid_until_ms == b->valid_until_ms);
    must(a->media_count == b->media_count);
    for (size_t i = 0; i < a->media_count; i++) {
        const struct feed_media *x = a->media + i, *y = b->media + i;
        must(equal(x->url, y->url) && equal(x->caption, y->caption) && x->kind == y->kind &&
             x->hashed == y->hashed && hash_equal(x->hash, y->hash) && x->bytes == y->bytes &&
             x->whole == y->whole && x->seconds == y->seconds);
    }
}

/* A document may grow by what we write and others leave out. */
static void check_printed(const struct feed *feed, bool page) {
    size_t size = 0, same_size = 0;
    char *text = feed_print(feed, page, NULL, &size), *detail = NULL;
    enum reject reject = REJECT_COUNT;
    struct feed again;
    must(feed_parse(text, size, page, &again, &reject, &detail));
    must(again.item_count == feed->item_count && !again.rejects.count);
    must(again.serial == feed->serial && again.page_count == feed->page_count &&
         again.published_ms == feed->published_ms && again.expires_ms == feed->expires_ms &&
         equal(again.feed, feed->feed) && equal(again.title, feed->title));
    for (size_t i = 0; i < feed->item_count; i++)
        must_be_same(feed->items + i, again.items + i);
    char *same = feed_print(&again, page, NULL, &same_size);
    must(size == same_size && equal(text, same));
    free(same);
    feed_finish(&again);
    free(text);
}

static void check_resolved(const struct feed *feed) {
    size_t count = 0;
    const struct feed_item **winners = feed_resolve(feed, feed, 1, &count);
    must(count == feed->item_count);
    for (size_t i = 0; i < count; i++)
        must(winners[i] == feed->items + i);
    free(winners);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct feed feed;
    enum reject reject = REJECT_COUNT;
    char *detail = NULL;
    if (sodium_init() < 0 || size < 1 || (bytes[0] != 'h' && bytes[0] != 'p'))
        return 0;
    bool page = bytes[0] == 'p';
    if (feed_parse((const char *)bytes + 1, size - 1, page, &feed, &reject, &detail)) {
        check_feed(&feed, page);
        check_printed(&feed, page);
        check_resolved(&feed);
    } else {
        must(reject < REJECT_COUNT && detail && text_valid(detail));
    }
    feed_finish(&feed);
    free(detail);
    return 0;
}
