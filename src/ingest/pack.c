#include "ingest/pack.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/pack_bundle.h"
#include "ingest/pack_cases.h"
#include "ingest/pack_media.h"
#include "ingest/pack_output.h"
#include "ingest/pack_plan.h"
#include "ingest/pack_publish.h"
#include "ingest/pack_quota.h"
#include "ingest/text.h"

#define MAX_SERIAL ((INT64_C(1) << 53) - 1) /* feed.h: what every JSON reader can hold */

struct pack {
    const struct paths *paths;
    const struct config *config;
    const struct pack_request *request;
    struct pack_output output;
    struct pack_bundle bundle;
    struct nursery *pictures, *videos, *documents;
    struct pack_media media;
    struct pack_cases cases;
    json_t *quota; /* NULL: not checked */
    struct pack_plan plan;
};

/* The bundle must not become a part of what it is made of. */
static bool is_apart(const struct pack *pack) {
    char *folder = realpath(pack->request->folder, NULL);
    char *out = realpath(pack->output.folder, NULL);
    size_t size = folder ? strlen(folder) : 0;
    bool inside =
        folder && out && strncmp(folder, out, size) == 0 && (out[size] == '/' || out[size] == '\0');
    if (inside)
        log_error(
            "%s: 在案例文件夹里面，请换一个位置 (lies within the folder of cases, choose another "
            "place)",
            pack->request->out);
    free(folder);
    free(out);
    return !inside;
}

static bool keeps_quota(struct pack *pack) {
    if (pack->request->check_quota)
        pack->quota = pack_quota_json(&pack->cases.manifest);
    return !json_array_size(pack->quota);
}

/* ---- planning */

static void build_plan(struct pack *pack) {
    pack_plan_build(&pack->plan, &pack->bundle.head, pack->bundle.pages,
                    pack->bundle.head.page_count, &pack->cases.wanted);
}

/* A tombstone tells thousands of screens that a case was withdrawn; a text that cannot be read just
 * now must not do that. What is gone stays as it is until everything can be read. */
static void make_plan(struct pack *pack) {
    build_plan(pack);
    if (!pack->plan.removed_count || !pack_cases_hide(&pack->cases))
        return;
    for (size_t i = 0; i < pack->plan.removed_count; i++)
        pack_cases_keep(&pack->cases, pack->plan.removed[i]);
    pack_plan_finish(&pack->plan);
    build_plan(pack);
}

/* ---- publishing */

/* As it was asked for, else as it is; at first the school's name, else the folder's. The caller's.
 */
static char *make_title(const struct pack *pack) {
    const struct feed *head = &pack->bundle.head;
    if (pack->request->title)
        return text_normalise_line(pack->request->title);
    if (head->serial)
        return xstrdup(head->title);
    if (!text_empty(pack->config->site.school))
        return text_normalise_line(pack->config->site.school);
    char *path = realpath(pack->request->folder, NULL);
    char *title = text_normalise_line(path ? path_name(path) : "");
    free(path);
    return title;
}

/* To the second, as it is written. */
static int64_t whole_second(int64_t ms) {
    return ms - ms % 1000;
}

static struct pack_edition next_edition(const struct pack *pack, const char *title) {
    const struct pack_request *request = pack->request;
    const struct feed *head = &pack->bundle.head;
    return (struct pack_edition){
        .feed = head->feed,
        .title = title,
        .serial = head->serial + 1,
        .published_ms = whole_second(request->published_ms),
        .expires_ms = request->has_expires ? whole_second(request->expires_ms) : head->expires_ms,
        .key = request->key,
    };
}

static bool is_published(const struct pack *pack, const struct pack_edition *edition) {
    const struct feed *head = &pack->bundle.head;
    return head->serial && !pack->plan.changed && strcmp(head->title, edition->title) == 0 &&
           head->expires_ms == edition->expires_ms &&
           pack->bundle.is_signed == (edition->key != NULL);
}

static bool is_valid(const struct pack *pack, const struct pack_edition *edition) {
    if (edition->expires_ms && edition->expires_ms <= edition->published_ms)
        log_error("%s: 有效期（--expires）已过，屏幕不会接收。请写一个将来的日期，或 none (it has "
                  "expired: no screen would take it; give a later date, or none)",
                  pack->request->out);
    else if (edition->serial > MAX_SERIAL)
        log_error("%s: 序号已用完 (there is no higher serial)", pack->request->out);
    else
        return true;
    return false;
}

/* *written false: nothing has changed. */
static bool publish(struct pack *pack, bool *written) {
    char *title = make_title(pack);
    struct pack_edition edition = next_edition(pack, title);
    *written = !is_published(pack, &edition);
    bool good = is_valid(pack, &edition) && pack_media_commit(&pack->media) &&
                (!*written || pack_publish(&pack->bundle, &pack->plan, &edition));
    if (good)
        pack_sweep(&pack->bundle, &pack->plan);
    if (good && *written) {
        pack->bundle.head.serial = edition.serial;
        pack->bundle.head.published_ms = edition.published_ms;
    }
    free(title);
    return good;
}

/* ---- the receipt */

static json_t *case_json(const struct pack *pack, size_t index) {
    static const char *const changes[] = {
        [CHANGE_ADDED] = "added", [CHANGE_CHANGED] = "changed", [CHANGE_UNCHANGED] = "unchanged"};
    const struct feed_item *item = pack->cases.wanted.items + index;
    const struct manifest_case *c = pack->cases.manifest.cases + pack->cases.sources[index];
    json_t *entry = json_pack("{s:s, s:s?, s:s*, s:s, s:s, s:s}", "id", item->id, "unit",
                              section_unit(item->level, item->unit), "level",
                              section_level(item->level), "school", item->school, "title",
                              item->title, "change", changes[pack->plan.changes[index]]);
    if (c->code)
        json_object_set_new(entry, "code", json_true());
    if (tidy_changes(&c->tidied))
        json_object_set_new(entry, "tidied", tidy_json(&c->tidied));
    if (c->masked.count)
        json_object_set_new(entry, "masked", privacy_json(&c->masked));
    return entry;
}

static void add_ended(const struct pack *pack, json_t *ended) {
    for (size_t i = 0; i < pack->cases.packed; i++) {
        const struct feed_item *item = pack->cases.wanted.items + i;
        char until[TIME_TEXT_SIZE];
        time_format(item->valid_until_ms, until);
        if (item->valid_until_ms && item->valid_until_ms < pack->request->published_ms)
            json_array_append_new(ended, json_pack("{s:s, s:s}", "id", item->id, "until", until));
    }
}

/* What every receipt ends with. */
static void end_receipt(const struct pack *pack, json_t *receipt) {
    const struct pack_cases *cases = &pack->cases;
    if (pack->quota)
        json_object_set(receipt, "quota", pack->quota);
    json_object_set_new(receipt, "missing", missing_json(&cases->missing));
    if (cases->missing.more)
        json_object_set_new(receipt, "missing_more", json_integer((json_int_t)cases->missing.more));
    json_object_set_new(receipt, "rejects", reject_list_json(&cases->manifest.rejects));
}

static json_t *refused_receipt(const struct pack *pack) {
    json_t *receipt = json_pack("{s:s, s:b, s:[], s:[], s:[], s:[]}", "outcome", "refused",
                                "written", 0, "cases", "removed", "kept", "ended");
    end_receipt(pack, receipt);
    return receipt;
}

static json_t *packed_receipt(const struct pack *pack, bool written) {
    const struct pack_cases *packed = &pack->cases;
    const struct feed *head = &pack->bundle.head;
    char published[TIME_TEXT_SIZE];
    time_format(head->published_ms, published);
    json_t *cases = json_array(), *removed = json_array(), *kept = json_array();
    json_t *ended = json_array();
    for (size_t i = 0; i < packed->packed; i++)
        json_array_append_new(cases, case_json(pack, i));
    for (size_t i = packed->packed; i < packed->wanted.item_count; i++)
        json_array_append_new(kept, json_string(packed->wanted.items[i].id));
    for (size_t i = 0; i < pack->plan.removed_count; i++)
        json_array_append_new(removed, json_string(pack->plan.removed[i]->id));
    add_ended(pack, ended);
    json_t *receipt = json_pack(
        "{s:s, s:b, s:b, s:s, s:I, s:s, s:o, s:o, s:o, s:o}", "outcome",
        packed->manifest.rejects.count ? "partial" : "accepted", "written", (int)written, "signed",
        pack->request->key != NULL, "feed", head->feed, "serial", (json_int_t)head->serial,
        "published", published, "cases", cases, "removed", removed, "kept", kept, "ended", ended);
    end_receipt(pack, receipt);
    return receipt;
}

/* ---- from the beginning to the end */

static json_t *pack_all(struct pack *pack) {
    struct pack_cases *cases = &pack->cases;
    if (!pack_media_open(&pack->media, pack->output.folder, pack->config, pack->pictures,
                         pack->videos))
        return NULL;
    if (!pack_cases_take(cases, &pack->media, pack->paths->data))
        return cases->broken_off ? refused_receipt(pack) : NULL;
    if (!cases->packed)
        return refused_receipt(pack);
    bool written = false;
    make_plan(pack);
    if (!publish(pack, &written))
        return NULL;
    pack_media_close(&pack->media); /* nothing of it may go into a zip */
    words_close(&cases->words);
    if (written && !pack_output_commit(&pack->output))
        return NULL;
    return packed_receipt(pack, written);
}

static json_t *run(struct pack *pack) {
    pack->cases.bundle = &pack->bundle;
    if (!is_apart(pack) ||
        !pack_bundle_open(&pack->bundle, pack->output.folder, pack->request->key))
        return NULL;
    if (!pack->bundle.head.serial)
        feed_new_id(pack->bundle.head.feed);
    if (!pack_cases_read(&pack->cases) || !keeps_quota(pack))
        return refused_receipt(pack);
    return pack_all(pack);
}

static void finish(struct pack *pack) {
    pack_plan_finish(&pack->plan);
    json_decref(pack->quota);
    pack_cases_finish(&pack->cases);
    pack_media_close(&pack->media);
    nursery_destroy(pack->pictures);
    nursery_destroy(pack->videos);
    nursery_destroy(pack->documents);
    pack_bundle_finish(&pack->bundle);
    pack_output_close(&pack->output);
}

static struct nursery *helper_of(const struct paths *paths, const char *name) {
    char *path = path_join(paths->helpers, name, NULL);
    struct nursery *nursery = nursery_create(path);
    free(path);
    return nursery;
}

json_t *pack_run(const struct paths *paths, const struct config *config,
                 const struct pack_request *request, import_on_progress on_progress, void *user) {
    struct pack pack = {
        .paths = paths,
        .config = config,
        .request = request,
        .cases = {
            .folder = request->folder, .config = config, .on_progress = on_progress, .user = user}};
    if (!pack_output_open(&pack.output, request->out, paths))
        return NULL;
    pack.pictures = helper_of(paths, "picture");
    pack.videos = helper_of(paths, "video");
    pack.documents = helper_of(paths, "document");
    char *words = path_join(pack.output.folder, PACK_WORDS, NULL);
    words_open(&pack.cases.words, pack.documents, words);
    free(words);
    json_t *receipt = run(&pack);
    finish(&pack);
    return receipt;
}
