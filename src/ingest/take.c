#include "ingest/take.h"

#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/document.h"
#include "ingest/door.h"
#include "ingest/fetch_part.h"
#include "ingest/hold.h"
#include "ingest/parcel.h"
#include "ingest/text.h"
#include "ingest/tidy.h"
#include "ingest/twin.h"
#include "library/withdrawals.h"

/* A few cases at a time are brought and prepared, and videos one by one: what waits on the disk is
 * bounded, and a cut costs no more than that. */
#define BATCH_CASES 32
#define BATCH_MEDIA 64
#define BATCH_BYTES (64 << 20) /* of pictures, as their feed says; ten photographs of a camera */

/* A case of this feed that the library shows. */
struct shown {
    char *id; /* owned */
    struct hash statement;
};

struct take {
    struct door *door;
    const struct bundle *bundle;
    const struct take_options *options;
    struct parcel parcel;
    struct shown *shown; /* ordered by id */
    size_t shown_count;
    bool *stays;           /* of each shown one: a statement names it */
    struct shown *pending; /* that waits for a review, or was declined; ordered by id */
    size_t pending_count;
    bool *waits_on; /* of each of these: it is still what the feed says, or has made way */
    struct manifest_case batch[BATCH_CASES];
    size_t batch_count, batch_media;
    int64_t batch_bytes;          /* of the pictures among the media */
    struct withdrawal *withdrawn; /* by tombstones of this bundle */
    size_t withdrawn_count;
    char **lifted; /* ids whose tombstone the feed takes back */
    size_t lifted_count;
    json_t *removed;
};

/* ---- what the library has of the feed */

static void add_shown(struct shown **list, size_t *count, const char *id, struct hash statement) {
    if ((*count & (*count - 1)) == 0) /* full at each power of two */
        *list = xrealloc(*list, *count ? *count * 2 : 1, sizeof **list);
    (*list)[(*count)++] = (struct shown){xstrdup(id), statement};
}

static void on_shown(void *user, const char *id, struct hash statement) {
    struct take *take = user;
    add_shown(&take->shown, &take->shown_count, id, statement);
}

static void on_pending(void *user, const char *id, struct hash statement) {
    struct take *take = user;
    add_shown(&take->pending, &take->pending_count, id, statement);
}

static int compare_shown(const void *key, const void *shown) {
    return strcmp(key, ((const struct shown *)shown)->id);
}

static struct shown *find_in(struct shown *list, size_t count, const char *id) {
    return list ? bsearch(id, list, count, sizeof *list, compare_shown) : NULL;
}

static struct shown *find_shown(const struct take *take, const char *id) {
    return find_in(take->shown, take->shown_count, id);
}

/* It waits, or was declined, just as this statement has it, and would have to wait again. */
static bool is_pending(const struct take *take, const char *id, const struct feed_item *item) {
    const struct shown *pending = find_in(take->pending, take->pending_count, id);
    return pending && take->parcel.waits.kind == PENDING_REVIEW &&
           hash_equal(pending->statement, item->statement);
}

/* ---- tombstones and their end */

static bool is_tombstone(const struct withdrawal *withdrawal) {
    return withdrawal->id && strcmp(withdrawal->why, WITHDRAWN_TOMBSTONE) == 0;
}

/* School and title are those that the library shows, not what a tombstone says: a feed withdraws
 * its own cases and nobody else's. */
static void on_withdrawn(void *user, const char *id, enum level level, const char *school,
                         const char *title) {
    struct take *take = user;
    take->withdrawn[take->withdrawn_count++] =
        (struct withdrawal){.id = xstrdup(id),
                            .twin = twin_if(level, school, title),
                            .school = xstrdup(school),
                            .title = xstrdup(title),
                            .why = xstrdup(WITHDRAWN_TOMBSTONE)};
}

/* A tombstone of what is shown is withdrawn; a statement of the same feed, which is newer than its
 * tombstone or the floor had refused it, takes that back. */
static bool settle_item(struct take *take, const struct feed_item *item) {
    struct withdrawal known;
    char *id = case_scoped_id(take->bundle->head.feed, item->id);
    bool good = ledger_find_withdrawal(take->door->ledger, id, 0, &known);
    if (good && item->removed && !known.id && find_shown(take, id))
        good = library_each_named(take->door->library, id, on_withdrawn, take);
    else if (good && !item->removed && is_tombstone(&known))
        take->lifted[take->lifted_count++] = xstrdup(id);
    if (good)
        withdrawal_finish(&known);
    free(id);
    return good;
}

static bool settle_tombstones(struct take *take) {
    const struct bundle *bundle = take->bundle;
    bool good = true;
    take->withdrawn = xcalloc(bundle->winner_count, sizeof *take->withdrawn);
    take->lifted = xcalloc(bundle->winner_count, sizeof *take->lifted);
    for (size_t i = 0; good && i < bundle->winner_count; i++)
        good = settle_item(take, bundle->winners[i]);
    return good;
}

/* ---- statements as cases */

static struct manifest_asset asset_of(const struct take *take, const struct feed_media *media) {
    return (struct manifest_asset){.kind = media->kind,
                                   .path = bundle_media_path(take->bundle, media),
                                   .caption = xstrdup(media->caption),
                                   .whole = media->whole || media->kind == ASSET_CODE,
                                   .url = xstrdup(media->url),
                                   .hashed = media->hashed,
                                   .expected = media->hash,
                                   .bytes = media->bytes};
}

static void add_media(struct take *take, struct manifest_case *c, const struct feed_item *item) {
    c->assets = xcalloc(item->media_count, sizeof *c->assets);
    for (size_t i = 0; i < item->media_count; i++) {
        const struct feed_media *media = item->media + i;
        if (media->kind == ASSET_CODE && !c->code) {
            c->code = xcalloc(1, sizeof *c->code);
            *c->code = asset_of(take, media);
        } else if (media->kind != ASSET_CODE) {
            c->assets[c->asset_count++] = asset_of(take, media);
        }
    }
}

/* The text, or what the HTML says where there is no other; the caller's. */
static char *body_of(struct take *take, const struct feed_item *item) {
    struct document_text text = {0};
    enum reject reject = REJECT_HTML;
    char *detail = NULL;
    if (*item->body || !item->html)
        return xstrdup(item->body);
    if (!document_html(take->door->documents, item->html, strlen(item->html), &text, &reject,
                       &detail))
        parcel_refuse(&take->parcel, item->title, reject, detail);
    char *body = xstrdup(text.text ? text.text : "");
    document_text_finish(&text);
    free(detail);
    return body;
}

/* What is signed is shown as it was signed. */
static void add_texts(struct take *take, struct manifest_case *c, const struct feed_item *item) {
    bool tidy = !take->bundle->signer && take->door->config->text.tidy == TIDY_ON;
    c->title = tidy ? tidy_name(&c->tidied, item->title) : xstrdup(item->title);
    c->summary = tidy ? tidy_text(&c->tidied, item->summary) : xstrdup(item->summary);
    char *body = body_of(take, item);
    c->body = tidy ? tidy_text(&c->tidied, body) : xstrdup(body);
    free(body);
}

static struct manifest_case case_of(struct take *take, const struct feed_item *item) {
    const struct feed *head = &take->bundle->head;
    struct manifest_case c = {.path = xasprintf("%s › %s", head->title, item->title),
                              .id = case_scoped_id(head->feed, item->id),
                              .level = item->level,
                              .unit = item->unit,
                              .phase = item->phase,
                              .school = xstrdup(feed_item_school(head, item)),
                              .url = xstrdup(item->url),
                              .published_ms = item->published_ms,
                              .valid_from_ms = item->valid_from_ms,
                              .valid_until_ms = item->valid_until_ms,
                              .weight = item->weight,
                              .statement = item->statement};
    add_texts(take, &c, item);
    add_media(take, &c, item);
    manifest_case_mask(&c, take->door->released);
    return c;
}

/* Whatever waited under its id is as this statement has it now, or has made way. */
static bool take_case(struct take *take, const struct manifest_case *c) {
    const struct shown *pending = find_in(take->pending, take->pending_count, c->id);
    bool good = parcel_take(&take->parcel, c);
    if (good && pending && parcel_waits(&take->parcel))
        take->waits_on[pending - take->pending] = true;
    return good;
}

/* Of parcel.h. */
static bool on_video(void *user, struct manifest_asset *video) {
    const struct take_options *options = ((struct take *)user)->options;
    return options->bring(options->user, &video, 1);
}

/* A cut after this one costs nothing of it: its rows are undone, but not what was prepared. */
static bool on_video_taken(void *user, const struct manifest_asset *video) {
    struct take *take = user;
    if (!library_flush(take->door->library))
        return false;
    take->options->taken(take->options->user, video);
    return true;
}

/* The pictures and codes of the batch, as many as batch_media at most; the caller's. */
static struct manifest_asset **list_pictures(struct take *take, size_t *count) {
    struct manifest_asset **list = xcalloc(take->batch_media, sizeof(struct manifest_asset *));
    for (size_t i = 0; i < take->batch_count; i++) {
        struct manifest_case *c = take->batch + i;
        for (size_t k = 0; k < c->asset_count; k++)
            if (c->assets[k].kind != ASSET_VIDEO)
                list[(*count)++] = c->assets + k;
        if (c->code)
            list[(*count)++] = c->code;
    }
    return list;
}

/* The same of pictures. */
static bool take_batch(struct take *take) {
    const struct take_options *options = take->options;
    size_t count = 0;
    struct manifest_asset **pictures = list_pictures(take, &count);
    bool good = !count || !options->bring || options->bring(options->user, pictures, count);
    for (size_t i = 0; i < take->batch_count; i++)
        good = good && !take->door->stopped && take_case(take, take->batch + i);
    good = good && library_flush(take->door->library);
    for (size_t i = 0; good && options->taken && i < count; i++)
        options->taken(options->user, pictures[i]);
    for (size_t i = 0; i < take->batch_count; i++)
        manifest_case_finish(take->batch + i);
    free((void *)pictures);
    take->batch_count = take->batch_media = 0;
    take->batch_bytes = 0;
    return good;
}

static bool batch_is_full(const struct take *take) {
    return take->batch_count == BATCH_CASES || take->batch_media >= BATCH_MEDIA ||
           take->batch_bytes >= BATCH_BYTES;
}

static bool is_held(const struct take *take, const struct manifest_case *c, bool *held) {
    struct withdrawal by;
    int64_t twin = twin_if(c->level, c->school, c->title);
    if (!hold_find(take->door->ledger, take->door->library, c->id, twin, &by))
        return false;
    *held = by.id != NULL;
    withdrawal_finish(&by);
    return true;
}

/* Of a case that is held back nothing is fetched. */
static bool refuse_held(struct take *take, struct manifest_case *c) {
    bool good = parcel_take(&take->parcel, c);
    manifest_case_finish(c);
    take->batch_count--;
    return good;
}

static bool take_item(struct take *take, const struct feed_item *item) {
    struct manifest_case *c = take->batch + take->batch_count++;
    *c = case_of(take, item);
    bool held = false;
    if (!is_held(take, c, &held))
        return false;
    if (held)
        return refuse_held(take, c);
    take->batch_media += c->asset_count + (c->code != NULL);
    for (size_t i = 0; i < c->asset_count; i++)
        take->batch_bytes += c->assets[i].kind == ASSET_VIDEO ? 0 : c->assets[i].bytes;
    return !batch_is_full(take) || take_batch(take);
}

/* What is only looked at takes nothing away. */
static bool remove_case(struct take *take, const char *id) {
    bool found = false;
    if (take->parcel.waits.kind == PENDING_DRAFT)
        return true;
    if (!library_remove(take->door->library, id, &found))
        return false;
    if (found)
        json_array_append_new(take->removed, json_string(id));
    return true;
}

/* What a statement is not about any more waits in vain (drop_stale). */
static bool note_pending(struct take *take, const char *id, const struct feed_item *item) {
    const struct shown *pending = find_in(take->pending, take->pending_count, id);
    bool same = !item->removed && is_pending(take, id, item);
    if (pending)
        take->waits_on[pending - take->pending] = same;
    return same;
}

static bool apply(struct take *take, const struct feed_item *item) {
    char *id = case_scoped_id(take->bundle->head.feed, item->id);
    const struct shown *shown = find_shown(take, id);
    bool good = true, waits = note_pending(take, id, item);
    if (shown && !item->removed)
        take->stays[shown - take->shown] = true;
    if (item->removed)
        good = remove_case(take, id);
    else if (waits || (shown && hash_equal(shown->statement, item->statement)))
        take->parcel.unchanged++, take->parcel.taken++;
    else
        good = take_item(take, item);
    free(id);
    return good;
}

/* A foreign feed names only its newest items: what it no longer names stays. */
static bool remove_gone(struct take *take) {
    for (size_t i = 0; i < take->shown_count; i++)
        if (take->bundle->head.ours && !take->stays[i] && !remove_case(take, take->shown[i].id))
            return false;
    return true;
}

static bool apply_all(struct take *take) {
    const struct bundle *bundle = take->bundle;
    for (size_t i = 0; i < bundle->winner_count; i++)
        if (take->door->stopped || !apply(take, bundle->winners[i]))
            return false;
    return take_batch(take) && remove_gone(take);
}

/* The floor first: should the power go now, the same bundle is taken again, an older one not. */
static bool admit(struct take *take) {
    struct door *door = take->door;
    return bundle_admit(take->bundle, door->ledger) &&
           (!take->withdrawn_count ||
            hold_add(door->ledger, door->library, take->withdrawn, take->withdrawn_count)) &&
           hold_lift(door->ledger, door->library, (const char *const *)take->lifted,
                     take->lifted_count);
}

/* What the feed has taken back or said otherwise waits no more. */
static bool drop_stale(const struct take *take) {
    bool good = true, found = false;
    for (size_t i = 0; i < take->pending_count; i++)
        if (!take->waits_on[i])
            good = library_forget_pending(take->door->library, take->pending[i].id,
                                          take->pending[i].statement, &found) &&
                   good;
    return good;
}

/* A draft is looked at, and nothing is changed by that. */
static bool commit(struct take *take) {
    struct door *door = take->door;
    bool changed = false, draft = take->parcel.waits.kind == PENDING_DRAFT;
    door_tell(door, "正在启用新内容 (making it current)");
    return !door->stopped && (draft || admit(take)) &&
           library_commit(door->library, take->options->source, &changed) &&
           (draft || drop_stale(take));
}

static json_t *finish(struct take *take) {
    const struct bundle *bundle = take->bundle;
    bool broken_off = take->parcel.broken_off;
    json_t *receipt = parcel_receipt(&take->parcel, !broken_off);
    json_object_set_new(receipt, "kind", json_string(take->options->kind));
    json_object_set_new(receipt, "source", json_string(take->options->source));
    json_object_set_new(receipt, "feed", json_string(bundle->head.feed));
    json_object_set_new(receipt, "serial", json_integer(bundle->head.serial));
    json_object_set_new(receipt, "signed", json_boolean(bundle->signer != NULL));
    if (bundle->comment)
        json_object_set_new(receipt, "comment", json_string(bundle->comment));
    json_object_set_new(receipt, "unchanged", json_integer((json_int_t)take->parcel.unchanged));
    json_object_set(receipt, "removed", take->removed);
    door_record(take->door, take->options->kind, take->options->source, receipt,
                take->options->request);
    return receipt;
}

/* ---- whether it fits, before anything is fetched or copied */

static bool is_news(const struct take *take, const struct feed_item *item) {
    char *id = case_scoped_id(take->bundle->head.feed, item->id);
    const struct shown *shown = find_shown(take, id);
    bool known =
        (shown && hash_equal(shown->statement, item->statement)) || is_pending(take, id, item);
    free(id);
    return !item->removed && !known;
}

/* Counts the files to come for the progress, and those that are not known yet. */
static void measure(struct take *take, const struct feed_item *item, struct room_sum *sum) {
    struct import_progress *progress = &take->door->progress;
    for (size_t i = 0; i < item->media_count; i++) {
        const struct feed_media *media = item->media + i;
        const struct manifest_asset asset = {
            .kind = media->kind, .hashed = media->hashed, .expected = media->hash};
        progress->files++;
        if (door_knows(take->door, &asset))
            continue;
        char *path = bundle_media_path(take->bundle, media);
        const struct room_file file = {.kind = media->kind,
                                       .bytes = media->bytes,
                                       .comes = take->options->bring != NULL,
                                       .here = take->options->bring ? part_bytes(path) : 0};
        room_add(sum, &file);
        free(path);
    }
}

static bool has_room(struct take *take) {
    const struct bundle *bundle = take->bundle;
    struct room_sum sum = {0};
    enum reject reject = REJECT_NO_SPACE;
    char *detail = NULL;
    for (size_t i = 0; i < bundle->winner_count; i++)
        if (is_news(take, bundle->winners[i]))
            measure(take, bundle->winners[i], &sum);
    struct room_need need = room_need_of(&sum);
    if (!room_make(&take->parcel.room, &need, &reject, &detail))
        parcel_break_off(&take->parcel, take->options->source, reject, detail);
    free(detail);
    return !take->parcel.broken_off;
}

static void tell_missing(struct take *take, const struct feed_item *item,
                         void (*on_missing)(void *user, const struct feed_media *media,
                                            const char *at),
                         void *user) {
    for (size_t i = 0; i < item->media_count; i++) {
        const struct feed_media *media = item->media + i;
        const struct manifest_asset asset = {
            .kind = media->kind, .hashed = media->hashed, .expected = media->hash};
        if (!media->hashed || door_knows(take->door, &asset))
            continue;
        char *at = bundle_media_path(take->bundle, media);
        on_missing(user, media, at);
        free(at);
    }
}

static void free_shown(struct take *take) {
    for (size_t i = 0; i < take->shown_count; i++)
        free(take->shown[i].id);
    for (size_t i = 0; i < take->pending_count; i++)
        free(take->pending[i].id);
    free(take->shown);
    free(take->pending);
}

static bool list_known(struct take *take) {
    struct library *library = take->door->library;
    const char *feed = take->bundle->head.feed;
    return library_each_of_feed(library, feed, on_shown, take) &&
           library_each_pending_of_feed(library, feed, on_pending, take);
}

bool take_each_missing(struct door *door, const struct bundle *bundle,
                       void (*on_missing)(void *user, const struct feed_media *media,
                                          const char *at),
                       void *user) {
    struct take take = {.door = door, .bundle = bundle};
    bool good = list_known(&take);
    for (size_t i = 0; good && i < bundle->winner_count; i++)
        if (is_news(&take, bundle->winners[i]))
            tell_missing(&take, bundle->winners[i], on_missing, user);
    free_shown(&take);
    return good;
}

static void add_rejects(struct take *take, const struct feed *feed) {
    for (size_t i = 0; i < feed->rejects.count; i++)
        parcel_refuse(&take->parcel, feed->rejects.entries[i].path, feed->rejects.entries[i].reject,
                      feed->rejects.entries[i].detail);
}

static json_t *take_all(struct take *take) {
    struct door *door = take->door;
    add_rejects(take, &take->bundle->head);
    for (size_t i = 0; take->bundle->pages && i < take->bundle->head.page_count; i++)
        add_rejects(take, take->bundle->pages + i);
    if (parcel_open(&take->parcel) && list_known(take) && settle_tombstones(take) &&
        has_room(take) && library_begin(door->library)) {
        take->stays = xcalloc(take->shown_count, sizeof *take->stays);
        take->waits_on = xcalloc(take->pending_count, sizeof *take->waits_on);
        for (size_t i = 0; i < take->pending_count; i++) /* as remove_gone has it */
            take->waits_on[i] = !take->bundle->head.ours;
        if (apply_all(take) && commit(take)) {
            if (take->bundle->signer)
                clock_note_published(door->paths, take->bundle->head.published_ms);
            return finish(take);
        }
    }
    if (!parcel_abort(&take->parcel, take->options->source))
        return NULL;
    json_array_clear(take->removed);
    return finish(take);
}

json_t *door_take(struct door *door, const struct bundle *bundle,
                  const struct take_options *options, struct take_fault *fault) {
    struct take take = {
        .door = door, .bundle = bundle, .options = options, .removed = json_array()};
    parcel_init(&take.parcel, door);
    if (options->bring) {
        take.parcel.on_video = on_video;
        take.parcel.on_video_taken = on_video_taken;
        take.parcel.user = &take;
    }
    parcel_wait(&take.parcel, options->from, options->source);
    take.parcel.waits.is_signed = bundle->signer != NULL;
    if (options->bring) /* it was fetched, whoever wanted that at once */
        take.parcel.waits.by = "";
    json_t *receipt = take_all(&take);
    const struct reject_list *rejects = &take.parcel.rejects;
    *fault = (struct take_fault){
        .damaged = take.parcel.damaged,
        .broken_off = take.parcel.broken_off,
        .reject = rejects->count ? rejects->entries[rejects->count - 1].reject : REJECT_DISK};
    for (size_t i = 0; i < take.batch_count; i++)
        manifest_case_finish(take.batch + i);
    parcel_finish(&take.parcel);
    for (size_t i = 0; i < take.lifted_count; i++)
        free(take.lifted[i]);
    for (size_t i = 0; i < take.withdrawn_count; i++)
        withdrawal_finish(take.withdrawn + i);
    free(take.withdrawn);
    free((void *)take.lifted);
    free_shown(&take);
    free(take.stays);
    free(take.waits_on);
    json_decref(take.removed);
    return receipt;
}
