#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/time.h"
#include "ingest/bundle.h"
#include "ingest/survey_private.h"

/* The cases of the feed that the library has. */
struct feed_ids {
    const char *feed;
    char **ids; /* owned; sorted once all are there */
    size_t count;
    size_t stay; /* those that a statement names */
};

static void on_case(void *user, const char *id, const char *school, int64_t published_ms) {
    struct feed_ids *known = user;
    char feed[CASE_FEED_SIZE];
    (void)school, (void)published_ms;
    case_own_id(id, feed);
    if (strcmp(feed, known->feed) != 0)
        return;
    if ((known->count & (known->count - 1)) == 0) /* full at each power of two */
        known->ids = xrealloc(known->ids, known->count ? known->count * 2 : 1, sizeof *known->ids);
    known->ids[known->count++] = xstrdup(id);
}

static void feed_ids_finish(struct feed_ids *known) {
    for (size_t i = 0; i < known->count; i++)
        free(known->ids[i]);
    free((void *)known->ids);
}

static int compare_ids(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool knows(const struct feed_ids *known, const char *id) {
    return known->count &&
           bsearch(&id, known->ids, known->count, sizeof *known->ids, compare_ids) != NULL;
}

static struct manifest_asset asset_of(const struct bundle *bundle, const struct feed_media *media) {
    return (struct manifest_asset){.kind = media->kind,
                                   .path = bundle_media_path(bundle, media),
                                   .caption = xstrdup(media->caption),
                                   .whole = media->whole || media->kind == ASSET_CODE,
                                   .hashed = media->hashed,
                                   .expected = media->hash};
}

static void add_media(struct manifest_case *c, const struct bundle *bundle,
                      const struct feed_item *item) {
    c->assets = xcalloc(item->media_count, sizeof *c->assets);
    for (size_t i = 0; i < item->media_count; i++) {
        const struct feed_media *media = item->media + i;
        if (media->kind != ASSET_CODE) {
            c->assets[c->asset_count++] = asset_of(bundle, media);
        } else if (!c->code) {
            c->code = xcalloc(1, sizeof *c->code);
            *c->code = asset_of(bundle, media);
        }
    }
}

/* HTML is left to whoever takes it: that it has some says that there is a text. */
static struct manifest_case case_of(const struct bundle *bundle, const struct feed_item *item,
                                    const char *id) {
    struct manifest_case c = {.path = xasprintf("%s › %s", bundle->head.title, item->title),
                              .id = xstrdup(id),
                              .level = item->level,
                              .unit = item->unit,
                              .phase = item->phase,
                              .school = xstrdup(feed_item_school(&bundle->head, item)),
                              .school_said = true,
                              .title = xstrdup(item->title),
                              .summary = xstrdup(item->summary),
                              .body = xstrdup(*item->body || !item->html ? item->body : "…"),
                              .url = xstrdup(item->url),
                              .published_ms = item->published_ms,
                              .valid_from_ms = item->valid_from_ms,
                              .valid_until_ms = item->valid_until_ms,
                              .weight = item->weight,
                              .statement = item->statement};
    add_media(&c, bundle, item);
    manifest_case_mask(&c, NULL); /* as whoever takes it does */
    return c;
}

static void add_item(struct surveyor *surveyor, const struct bundle *bundle,
                     const struct feed_item *item, struct feed_ids *known) {
    char *id = case_scoped_id(bundle->head.feed, item->id);
    bool there = knows(known, id);
    if (!item->removed && survey_tell(surveyor, item->title)) {
        struct case_record record = {0};
        struct manifest_case c = case_of(bundle, item, id);
        if (there)
            survey_load(surveyor, id, &record);
        survey_add(surveyor, &c, &record,
                   record.id && hash_equal(record.statement, item->statement));
        case_finish(&record);
        manifest_case_finish(&c);
    }
    known->stay += there && !item->removed;
    free(id);
}

static void add_rejects(struct surveyor *surveyor, const struct feed *feed) {
    for (size_t i = 0; i < feed->rejects.count; i++)
        survey_note(surveyor, feed->rejects.entries[i].path, feed->rejects.entries[i].reject,
                    feed->rejects.entries[i].detail);
}

static void add_items(struct surveyor *surveyor, const struct bundle *bundle) {
    struct feed_ids known = {.feed = bundle->head.feed};
    reader_origins(surveyor->reader, on_case, &known);
    if (known.count)
        qsort((void *)known.ids, known.count, sizeof *known.ids, compare_ids);
    add_rejects(surveyor, &bundle->head);
    for (size_t i = 0; i < bundle->head.page_count; i++)
        add_rejects(surveyor, bundle->pages + i);
    for (size_t i = 0; i < bundle->winner_count && !surveyor->stopped; i++)
        add_item(surveyor, bundle, bundle->winners[i], &known);
    surveyor->survey->removed += known.count - known.stay;
    feed_ids_finish(&known);
}

/* Without a ledger nothing was taken before. */
static enum bundle_verdict check(struct surveyor *surveyor, const struct bundle *bundle,
                                 enum reject *reject, char **detail) {
    struct clock clock;
    clock_init(&clock, surveyor->params->paths);
    int64_t now_ms = clock_now(&clock).believed_ms;
    if (surveyor->ledger)
        return bundle_check(bundle, surveyor->ledger, now_ms, reject, detail);
    bool expired = bundle->head.expires_ms && bundle->head.expires_ms < now_ms;
    *reject = REJECT_FEED_EXPIRED;
    return expired ? BUNDLE_REFUSED : BUNDLE_TAKE;
}

static bool may_be_taken(struct surveyor *surveyor, struct bundle *bundle, enum reject *reject,
                         char **detail) {
    if (!bundle->head.ours) {
        *reject = REJECT_FEED_FORM;
        *detail = xstrdup("_fengcai");
        return false;
    }
    switch (check(surveyor, bundle, reject, detail)) {
    case BUNDLE_TAKE:
        return bundle_load(bundle, reject, detail);
    case BUNDLE_WAITS:
        *reject = REJECT_FEED_OLDER;
        *detail =
            xstrdup("已回退到上一版，等待序号更大的内容 (rolled back: waits for a higher serial)");
        return false;
    case BUNDLE_REFUSED:
        break;
    }
    return false;
}

void survey_bundle(struct surveyor *surveyor, const char *folder, struct survey_part *part) {
    struct trust trust;
    struct bundle bundle = {0};
    enum reject reject = REJECT_UNREADABLE;
    char *detail = NULL;
    trust_load(&trust, surveyor->params->config, surveyor->ledger);
    trust.ledger = NULL; /* a handing over counts for this look alone */
    if (bundle_open(&bundle, folder, &trust, &reject, &detail) &&
        may_be_taken(surveyor, &bundle, &reject, &detail)) {
        part->signed_by_us = bundle.signer != NULL;
        add_items(surveyor, &bundle);
    } else {
        survey_note(surveyor, part->path, reject, detail);
    }
    free(detail);
    bundle_finish(&bundle);
    trust_finish(&trust);
}
