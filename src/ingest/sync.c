#include "ingest/sync.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/bundle.h"
#include "ingest/door.h"
#include "ingest/fetch.h"
#include "ingest/foreign.h"
#include "ingest/source_folder.h"
#include "ingest/take.h"
#include "library/sources.h"

#define IDLE_SECONDS 30 /* without a byte: the line is dead */
#define SIDE_BY_SIDE 4  /* downloads within one host: more is no faster and not polite */

struct sync {
    struct door *door;
    const struct paths *paths;
    const struct config *config;
    struct fetch *fetch;
};

/* One poll on its way. */
struct poll {
    struct sync *sync;
    const struct source_config *source;
    struct trust trust;
    struct source_state state;
    char *folder; /* owned */
    bool past_caches;
    struct fetch_job head;
    struct bundle bundle;
    json_t *receipt; /* owned; NULL: nothing was taken or held back */
    int requests;
    int64_t received;
    enum reject reject;  /* of an end that is not good */
    char *path, *detail; /* owned; may be NULL */
};

struct sync *sync_create(struct door *door, const struct paths *paths,
                         const struct config *config) {
    struct sync *sync = xcalloc(1, sizeof *sync);
    const struct fetch_options options = {.helpers = paths->helpers,
                                          .idle_seconds = IDLE_SECONDS,
                                          .side_by_side = SIDE_BY_SIDE,
                                          .ca_file = config->network.ca_file,
                                          .agent = "fengcai/" FENGCAI_VERSION};
    *sync = (struct sync){door, paths, config, fetch_create(&options)};
    return sync;
}

void sync_destroy(struct sync *sync) {
    if (sync)
        fetch_destroy(sync->fetch);
    free(sync);
}

/* ---- fetching */

static bool on_bytes(void *user, int64_t bytes) {
    struct poll *poll = user;
    poll->received += bytes;
    return door_tell_bytes(poll->sync->door, bytes);
}

static void run(struct poll *poll, struct fetch_job *jobs, size_t count) {
    poll->requests += (int)count;
    fetch_run(poll->sync->fetch, jobs, count, on_bytes, poll);
}

/* Why this poll ends, taken from a job that did not come to a good end. */
static enum sync_end end_of(struct poll *poll, const struct fetch_job *job) {
    static const enum sync_end ends[] = {[FETCH_DONE] = SYNC_TAKEN,
                                         [FETCH_UNCHANGED] = SYNC_UNCHANGED,
                                         [FETCH_REFUSED] = SYNC_REFUSED,
                                         [FETCH_FAILED] = SYNC_FAILED,
                                         [FETCH_STOPPED] = SYNC_STOPPED};
    if (job->outcome != FETCH_DONE && job->outcome != FETCH_UNCHANGED) {
        free(poll->path);
        free(poll->detail);
        poll->reject = job->reject;
        poll->path = xstrdup(job->url);
        poll->detail = xstrdup(job->detail);
    }
    return ends[job->outcome];
}

static enum sync_end refuse(struct poll *poll, enum sync_end end, enum reject reject,
                            char *detail) {
    free(poll->detail);
    poll->reject = reject;
    poll->detail = detail;
    return end;
}

/* ---- the head: fetched, verified, read, checked */

static enum sync_end get_head(struct poll *poll) {
    bool same = strcmp(poll->state.url, poll->source->url) == 0 && !poll->past_caches;
    poll->head = (struct fetch_job){
        .url = poll->source->url,
        .limit = FEED_PAGE_BYTES,
        .expected = -1,
        .etag = same && *poll->state.etag ? poll->state.etag : NULL,
        .last_modified = same && *poll->state.last_modified ? poll->state.last_modified : NULL,
        .past_caches = poll->past_caches};
    run(poll, &poll->head, 1);
    return end_of(poll, &poll->head);
}

/* A small file of the feed into memory. */
static bool get_beside(struct poll *poll, const char *url, size_t limit, struct fetch_job *job) {
    *job = (struct fetch_job){.url = url, .limit = limit, .expected = -1, .past_caches = true};
    run(poll, job, 1);
    return job->outcome == FETCH_DONE;
}

/* The address of the head with this behind its path. */
static char *beside_head(const struct poll *poll, const char *suffix) {
    const char *url = poll->head.final_url;
    return xasprintf("%.*s%s", (int)strcspn(url, "?#"), url, suffix);
}

/* keys.json, if there is one, which one of the old keys has signed. */
static void rotate(struct poll *poll) {
    char *keys_url = fetch_resolve(poll->head.final_url, BUNDLE_KEYS);
    char *signature_url = fetch_resolve(poll->head.final_url, BUNDLE_KEYS_SIGNATURE);
    struct fetch_job keys = {0}, signature = {0};
    if (keys_url && signature_url && get_beside(poll, keys_url, MAX_KEYS_BYTES, &keys) &&
        get_beside(poll, signature_url, MAX_SIGNATURE_BYTES, &signature))
        trust_rotate(
            &poll->trust, poll->source->name,
            &(struct signed_bytes){keys.bytes, keys.size, signature.bytes, signature.size});
    fetch_job_finish(&keys);
    fetch_job_finish(&signature);
    free(keys_url);
    free(signature_url);
}

static bool read_bundle(struct poll *poll, const struct fetch_job *signature,
                        enum sign_fault *fault) {
    const struct bundle_bytes bytes = {poll->head.bytes, poll->head.size,
                                       signature ? signature->bytes : NULL,
                                       signature ? signature->size : 0};
    free(poll->detail);
    poll->detail = NULL;
    return bundle_read(&poll->bundle, poll->folder, &bytes, &poll->trust, poll->source->name,
                       &poll->reject, &poll->detail, fault);
}

static enum sync_end read_signed(struct poll *poll) {
    enum sign_fault fault = SIGN_GOOD;
    struct fetch_job signature;
    char *url = beside_head(poll, ".minisig");
    bool there = get_beside(poll, url, MAX_SIGNATURE_BYTES, &signature);
    enum sync_end end = end_of(poll, &signature);
    if (there && !read_bundle(poll, &signature, &fault)) {
        end = fault == SIGN_GOOD ? SYNC_REFUSED : SYNC_SIGNATURE;
        if (fault == SIGN_OTHER_KEY) {
            rotate(poll);
            if (read_bundle(poll, &signature, &fault))
                end = SYNC_TAKEN;
        }
    } else if (!there && end == SYNC_REFUSED) {
        /* Published in the wrong order, or not signed. */
        end = refuse(poll, SYNC_SIGNATURE, REJECT_UNSIGNED, NULL);
    }
    fetch_job_finish(&signature);
    free(url);
    return end;
}

static enum sync_end read_foreign(struct poll *poll) {
    const struct config *config = poll->sync->config;
    const struct foreign_options options = {
        .url = poll->head.final_url,
        .name = poll->source->name,
        .has_unit = poll->source->unit > 0,
        .unit = (enum unit)(poll->source->unit > 0 ? poll->source->unit - 1 : 0),
        .school = *config->site.school ? config->site.school : "本校",
        .documents = poll->sync->door->documents};
    return foreign_complete(&poll->bundle.head, &options)
               ? SYNC_TAKEN
               : refuse(poll, SYNC_FAILED, REJECT_HELPER, NULL);
}

static enum sync_end read_head(struct poll *poll) {
    free(poll->path);
    poll->path = xstrdup(poll->source->url);
    if (*poll->source->key)
        return read_signed(poll);
    if (!read_bundle(poll, NULL, NULL))
        return SYNC_REFUSED;
    return poll->bundle.head.ours ? SYNC_TAKEN : read_foreign(poll);
}

static enum sync_end check_head(struct poll *poll) {
    const struct feed *head = &poll->bundle.head;
    if (poll->bundle.signer && !head->ours)
        return refuse(poll, SYNC_REFUSED, REJECT_FEED_FORM, xstrdup("_fengcai"));
    struct ledger *ledger = poll->sync->door->ledger;
    switch (bundle_check(&poll->bundle, ledger, door_now_ms(poll->sync->door), &poll->reject,
                         &poll->detail)) {
    case BUNDLE_TAKE:
        return SYNC_TAKEN;
    case BUNDLE_WAITS:
        return SYNC_UNCHANGED;
    case BUNDLE_REFUSED:
        break;
    }
    return SYNC_REFUSED;
}

/* ---- the pages that are not here yet */

static void free_jobs(struct fetch_job *jobs, size_t count) {
    for (size_t i = 0; i < count; i++) {
        free((char *)jobs[i].url);
        free((char *)jobs[i].path);
        fetch_job_finish(jobs + i);
    }
    free(jobs);
}

static enum sync_end get_pages(struct poll *poll) {
    const struct feed *head = &poll->bundle.head;
    struct fetch_job *jobs = xcalloc(head->page_count, sizeof *jobs);
    size_t count = 0;
    for (size_t i = 0; i < head->page_count; i++) {
        if (bundle_has_page(&poll->bundle, i))
            continue;
        char *path = bundle_page_path(&poll->bundle, i);
        jobs[count++] =
            (struct fetch_job){.url = fetch_resolve(poll->head.final_url, path_name(path)),
                               .path = path,
                               .limit = FEED_PAGE_BYTES,
                               .expected = head->pages[i].bytes,
                               .hash = &head->pages[i].hash};
    }
    run(poll, jobs, count);
    enum sync_end end = SYNC_TAKEN;
    for (size_t i = 0; end == SYNC_TAKEN && i < count; i++)
        end = end_of(poll, jobs + i);
    free_jobs(jobs, count);
    return end;
}

static enum sync_end load(struct poll *poll) {
    return bundle_load(&poll->bundle, &poll->reject, &poll->detail) ? SYNC_TAKEN : SYNC_REFUSED;
}

/* ---- media, for the cases that come next */

struct bringing {
    struct fetch_job *jobs;
    struct manifest_asset **assets; /* whose job it is */
    size_t count;
};

static bool is_asked(const struct bringing *bringing, const char *path) {
    for (size_t i = 0; i < bringing->count; i++)
        if (strcmp(bringing->jobs[i].path, path) == 0)
            return true;
    return false;
}

static void ask(struct poll *poll, struct bringing *bringing, struct manifest_asset *asset) {
    if (!asset->url || asset->refused || is_asked(bringing, asset->path) ||
        (asset->hashed && (fs_exists(asset->path) || door_knows(poll->sync->door, asset))))
        return;
    char *url = fetch_resolve(poll->head.final_url, asset->url);
    if (!url) {
        asset->refused = true;
        asset->reject = REJECT_HTTP;
        return;
    }
    bringing->assets[bringing->count] = asset;
    bringing->jobs[bringing->count++] =
        (struct fetch_job){.url = url,
                           .path = xstrdup(asset->path),
                           .limit = asset->bytes ? (uint64_t)asset->bytes : FEED_MEDIA_BYTES,
                           .expected = asset->bytes ? asset->bytes : -1,
                           .hash = asset->hashed ? &asset->expected : NULL};
}

/* A file that the server does not have costs its case a picture; a dead line ends the poll, and a
 * full disk all that the poll takes (parcel.h). */
static bool settle(struct poll *poll, const struct bringing *bringing, enum sync_end *end) {
    for (size_t i = 0; i < bringing->count; i++) {
        const struct fetch_job *job = bringing->jobs + i;
        struct manifest_asset *asset = bringing->assets[i];
        if (job->outcome == FETCH_DONE)
            continue;
        *end = end_of(poll, job);
        if (job->outcome != FETCH_REFUSED && job->reject != REJECT_NO_SPACE)
            return false;
        asset->refused = true;
        asset->reject = job->reject;
        asset->detail = xstrdup(job->detail);
    }
    *end = SYNC_TAKEN;
    return true;
}

struct bring_user {
    struct poll *poll;
    enum sync_end end; /* why bringing failed */
};

static bool bring(void *user, struct manifest_asset *const *assets, size_t count) {
    struct bring_user *bringer = user;
    struct bringing bringing = {.jobs = xcalloc(count, sizeof *bringing.jobs),
                                .assets = xcalloc(count, sizeof(struct manifest_asset *))};
    for (size_t i = 0; i < count; i++)
        ask(bringer->poll, &bringing, assets[i]);
    bool good = !bringing.count || source_folder_make(bringer->poll->folder, true);
    if (!good)
        bringer->end = SYNC_LIBRARY;
    if (good)
        run(bringer->poll, bringing.jobs, bringing.count);
    good = good && settle(bringer->poll, &bringing, &bringer->end);
    free_jobs(bringing.jobs, bringing.count);
    free((void *)bringing.assets);
    return good;
}

/* What was brought is in the library now, or is not what it should be. */
static void clear_away(void *user, const struct manifest_asset *asset) {
    (void)user;
    unlink(asset->path);
}

static enum sync_end take(struct poll *poll) {
    struct bring_user bringer = {poll, SYNC_TAKEN};
    const struct take_options options = {.kind = "sync",
                                         .source = poll->source->name,
                                         .from = poll->source,
                                         .bring = bring,
                                         .taken = clear_away,
                                         .user = &bringer};
    struct take_fault fault;
    poll->receipt = door_take(poll->sync->door, &poll->bundle, &options, &fault);
    if (poll->receipt && fault.broken_off) {
        poll->reject = fault.reject;
        return SYNC_FAILED;
    }
    if (poll->receipt)
        return fault.damaged ? SYNC_REFUSED : SYNC_TAKEN;
    if (bringer.end != SYNC_TAKEN)
        return bringer.end;
    return door_was_stopped(poll->sync->door) ? SYNC_STOPPED : SYNC_LIBRARY;
}

/* ---- what is left behind */

static void set(char **text, const char *to) {
    free(*text);
    *text = xstrdup(to ? to : "");
}

/* An ETag is kept only of what was taken whole: anything else is asked for again. */
static void remember(struct poll *poll, enum sync_end end) {
    struct source_state *state = &poll->state;
    struct source_state now;
    bool good = end == SYNC_TAKEN || end == SYNC_UNCHANGED;
    /* keys.json may have been taken meanwhile */
    if (ledger_load_source(poll->sync->door->ledger, poll->source->name, &now)) {
        set(&state->keys, now.keys);
        source_state_finish(&now);
    }
    state->polled_ms = time_now_ms();
    state->failures = good ? 0 : state->failures + (end != SYNC_STOPPED);
    set(&state->fault, good || end == SYNC_STOPPED ? "" : reject_code(poll->reject));
    set(&state->fault_text, good || end == SYNC_STOPPED ? "" : reject_text(poll->reject));
    if (good)
        state->taken_ms = state->polled_ms;
    if (end == SYNC_TAKEN) {
        set(&state->url, poll->source->url);
        set(&state->etag, poll->head.new_etag);
        set(&state->last_modified, poll->head.new_last_modified);
        set(&state->feed, poll->bundle.head.feed);
        state->serial = poll->bundle.head.serial;
        state->is_signed = poll->bundle.signer != NULL;
    } else if (end != SYNC_UNCHANGED) {
        set(&state->etag, "");
        set(&state->last_modified, "");
    }
    ledger_save_source(poll->sync->door->ledger, poll->source->name, state);
}

static const char *outcome_of(const struct poll *poll, enum sync_end end) {
    switch (end) {
    case SYNC_UNCHANGED:
        return "unchanged";
    case SYNC_REFUSED:
        return poll->receipt ? "partial" : "refused";
    case SYNC_SIGNATURE:
        return "refused";
    case SYNC_STOPPED:
        return "stopped";
    case SYNC_FAILED:
    case SYNC_LIBRARY:
        return "failed";
    case SYNC_TAKEN:
        break;
    }
    return json_array_size(json_object_get(poll->receipt, "rejects")) ? "partial" : "accepted";
}

static json_t *result_of(const struct poll *poll, enum sync_end end) {
    struct reject_list rejects = {0};
    bool good = end == SYNC_TAKEN || end == SYNC_UNCHANGED || end == SYNC_STOPPED;
    if (!good && !poll->receipt && end != SYNC_LIBRARY)
        reject_add(&rejects, poll->path ? poll->path : poll->source->url, poll->reject,
                   poll->detail);
    json_t *result =
        json_pack("{s:s, s:s, s:s, s:b, s:I, s:i, s:I, s:o, s:O?}", "source", poll->source->name,
                  "url", poll->source->url, "outcome", outcome_of(poll, end), "signed",
                  poll->bundle.signer != NULL || (end == SYNC_UNCHANGED && poll->state.is_signed),
                  "serial", (json_int_t)poll->state.serial, "requests", poll->requests, "received",
                  (json_int_t)poll->received, "rejects", reject_list_json(&rejects), "receipt",
                  poll->receipt);
    reject_list_finish(&rejects);
    return result;
}

static enum sync_end poll_steps(struct poll *poll) {
    static enum sync_end (*const steps[])(struct poll *) = {get_head,  read_head, check_head,
                                                            get_pages, load,      take};
    enum sync_end end = SYNC_TAKEN;
    for (size_t i = 0; end == SYNC_TAKEN && i < sizeof steps / sizeof *steps; i++)
        end = steps[i](poll);
    return end;
}

static bool begin(struct poll *poll) {
    return source_folder_make(poll->folder, false) &&
           ledger_load_source(poll->sync->door->ledger, poll->source->name, &poll->state);
}

static void tidy(const struct poll *poll, enum sync_end end) {
    if (end == SYNC_TAKEN || end == SYNC_UNCHANGED)
        source_folder_settle(poll->folder);
    if (end == SYNC_TAKEN)
        source_folder_tidy(poll->folder, &poll->bundle);
}

enum sync_end sync_poll(struct sync *sync, size_t source, bool past_caches, json_t **result) {
    struct poll poll = {.sync = sync,
                        .source = sync->config->sources + source,
                        .folder =
                            source_folder_path(sync->paths, sync->config->sources[source].name),
                        .past_caches = past_caches,
                        .reject = REJECT_NETWORK};
    enum sync_end end = SYNC_LIBRARY;
    trust_load(&poll.trust, sync->config, sync->door->ledger);
    door_begin_work(sync->door);
    if (begin(&poll)) {
        end = poll_steps(&poll);
        if (fs_sync_has_failed())
            end = SYNC_LIBRARY;
        remember(&poll, end);
        tidy(&poll, end);
    }
    *result = result_of(&poll, end);
    json_decref(poll.receipt);
    bundle_finish(&poll.bundle);
    fetch_job_finish(&poll.head);
    source_state_finish(&poll.state);
    trust_finish(&poll.trust);
    free(poll.folder);
    free(poll.path);
    free(poll.detail);
    return end;
}

/* ---- all sources */

static bool went_well(const json_t *result) {
    const char *outcome = json_string_value(json_object_get(result, "outcome"));
    return strcmp(outcome, "refused") != 0 && strcmp(outcome, "failed") != 0;
}

json_t *door_sync(struct door *door, const char *const *words, size_t count, const char *request) {
    struct sync *sync = sync_create(door, door->paths, door->config);
    bool past_caches = count && strcmp(words[0], SYNC_PAST_CACHES) == 0, good = true;
    json_t *sources = json_array();
    size_t well = 0, all = door->config->source_count;
    for (size_t i = 0; good && i < all; i++) {
        json_t *result = NULL;
        enum sync_end end = sync_poll(sync, i, past_caches, &result);
        good = end != SYNC_LIBRARY && end != SYNC_STOPPED;
        well += went_well(result);
        json_array_append_new(sources, result);
    }
    sync_destroy(sync);
    json_t *receipt = NULL;
    if (good) {
        receipt = door_receipt(door, well == all ? "accepted" : well ? "partial" : "refused");
        json_object_set(receipt, "sources", sources);
        door_record(door, "poll", "sources", receipt, request);
    }
    json_decref(sources);
    return receipt;
}
