#include "ingest/door.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/hold.h"
#include "ingest/picture.h"
#include "ingest/promotion.h"
#include "ingest/recovery.h"
#include "ingest/review.h"
#include "ingest/room.h"
#include "ingest/source_folder.h"
#include "ingest/stage.h"
#include "ingest/text.h"

static struct nursery *helper_of(const struct paths *paths, const char *name) {
    char *path = path_join(paths->helpers, name, NULL);
    struct nursery *nursery = nursery_create(path);
    free(path);
    return nursery;
}

struct door *door_open(const struct paths *paths, const struct config *config,
                       enum db_result *result) {
    struct door *door = xcalloc(1, sizeof *door);
    door->paths = paths;
    door->config = config;
    bool told = recovery_open(paths, &door->library, &door->ledger, result) &&
                hold_sync(door->ledger, door->library) &&
                promotion_sync(door->ledger, door->library) && door_settle_review(door);
    if (door->ledger && !told && result && *result == DB_DONE)
        *result = DB_FAILED;
    if (!told) {
        door_close(door);
        return NULL;
    }
    door->pictures = helper_of(paths, "picture");
    door->videos = helper_of(paths, "video");
    door->documents = helper_of(paths, "document");
    door->coverage = coverage_open_for(paths->data, config);
    return door;
}

void door_close(struct door *door) {
    if (!door)
        return;
    coverage_close(door->coverage);
    nursery_destroy(door->documents);
    nursery_destroy(door->videos);
    nursery_destroy(door->pictures);
    ledger_close(door->ledger);
    library_close(door->library);
    free(door->by);
    free(door);
}

void door_work_for(struct door *door, const char *request, const char *by) {
    if (door->library)
        library_work_for(door->library, request);
    free(door->by);
    door->by = xstrdup(by);
}

void door_order(struct door *door, const struct import_order *order) {
    door->order = order;
}

static json_t *list_json(const char *const *texts) {
    json_t *list = json_array();
    for (; *texts; texts++)
        json_array_append_new(list, json_string(*texts));
    return list;
}

json_t *door_receipt(struct door *door, const char *outcome) {
    char now[TIME_TEXT_SIZE];
    time_format(time_now_ms(), now);
    json_t *receipt =
        json_pack("{s:s, s:I, s:s, s:s*}", "outcome", outcome, "generation",
                  (json_int_t)library_generation(door->library), "time", now, "by", door->by);
    if (door->released && *door->released)
        json_object_set_new(receipt, "released", list_json(door->released));
    return receipt;
}

void door_show_as(struct door *door, const char *lies, const char *shown) {
    door->lies = lies;
    door->shown = shown;
}

char *door_label(const struct door *door, const char *path) {
    size_t length = door->lies ? strlen(door->lies) : 0;
    if (!length || strncmp(path, door->lies, length) != 0 || !strchr("/", path[length]))
        return text_printable(path);
    char *shown = xasprintf("%s%s", door->shown, path + length), *label = text_printable(shown);
    free(shown);
    return label;
}

static void relabel(const struct door *door, json_t *object, const char *key) {
    const char *path = json_string_value(json_object_get(object, key));
    char *label = path ? door_label(door, path) : NULL;
    if (label)
        json_object_set_new(object, key, json_string(label));
    free(label);
}

/* What was copied from a stick is told of as it lies there. */
static void relabel_all(const struct door *door, json_t *receipt) {
    static const char *const lists[] = {"rejects", "parts"};
    for (size_t list = 0; list < sizeof lists / sizeof *lists; list++) {
        size_t i = 0;
        json_t *entry = NULL;
        json_array_foreach(json_object_get(receipt, lists[list]), i, entry) {
            relabel(door, entry, "path");
        }
    }
    relabel(door, receipt, "source");
}

json_t *door_refuse(struct door *door, const char *path, enum reject reject, const char *detail,
                    const char *request) {
    struct reject_list rejects = {0};
    char *label = text_printable(path);
    reject_add(&rejects, label, reject, detail);
    json_t *receipt = door_receipt(door, "refused");
    json_object_set_new(receipt, "cases", json_array());
    json_object_set_new(receipt, "rejects", reject_list_json(&rejects));
    door_record(door, "import", path, receipt, request);
    reject_list_finish(&rejects);
    free(label);
    return receipt;
}

void door_also_refused(struct door *door, const struct reject_list *rejects) {
    door->also = rejects && rejects->count ? rejects : NULL;
}

static bool is_told(const json_t *rejects, const json_t *reject) {
    size_t i = 0;
    const json_t *entry = NULL;
    json_array_foreach(rejects, i, entry) {
        if (json_equal(entry, reject))
            return true;
    }
    return false;
}

/* What is too deep is met on the stick and in its copy. */
static void add_also(struct door *door, json_t *receipt) {
    const char *outcome = json_string_value(json_object_get(receipt, "outcome"));
    json_t *rejects = json_object_get(receipt, "rejects"), *also = NULL, *entry = NULL;
    size_t i = 0;
    if (!door->also || !rejects)
        return;
    also = reject_list_json(door->also);
    json_array_foreach(also, i, entry) {
        if (!is_told(rejects, entry))
            json_array_append(rejects, entry);
    }
    json_decref(also);
    door->also = NULL;
    if (strcmp(outcome, "accepted") == 0)
        json_object_set_new(receipt, "outcome", json_string("partial"));
}

void door_record(struct door *door, const char *kind, const char *source, json_t *receipt,
                 const char *request) {
    if (door->lies)
        relabel_all(door, receipt);
    add_also(door, receipt);
    if (door->order && door->order->draft)
        return;
    char *label = door_label(door, source);
    char *text = json_dumps(receipt, JSON_COMPACT);
    const char *outcome = json_string_value(json_object_get(receipt, "outcome"));
    if (!text || !ledger_append(door->ledger, kind, label, outcome, text, request, NULL))
        json_object_set_new(receipt, "recorded", json_false());
    free(text);
    free(label);
}

void door_watch(struct door *door, import_on_progress on_progress, void *user) {
    door->on_progress = on_progress;
    door->user = user;
}

void door_tell(struct door *door, const char *doing) {
    door->progress.doing = doing;
    if (door->on_progress && !door->on_progress(door->user, &door->progress))
        door->stopped = true;
}

bool door_tell_bytes(struct door *door, int64_t bytes) {
    door->progress.bytes_done += bytes;
    door_tell(door, door->progress.doing);
    return !door->stopped;
}

void door_begin_work(struct door *door) {
    door->progress = (struct import_progress){0};
    door->stopped = false;
}

int64_t door_now_ms(struct door *door) {
    struct clock clock;
    clock_init(&clock, door->paths);
    return clock_now(&clock).believed_ms;
}

bool door_knows(struct door *door, const struct manifest_asset *asset) {
    struct asset known = {.kind = asset->kind};
    bool found = false;
    if (!asset->hashed || !library_find_renditions(door->library, asset->expected,
                                                   stage_recipe(asset->kind), &known, &found))
        return false;
    if (found)
        asset_finish(&known);
    return found;
}

bool door_make_room(struct door *door, int64_t bytes, enum reject *reject, char **detail) {
    const struct room_need need = {.least = bytes, .likely = bytes};
    struct room room;
    room_init(&room, door->paths, door->config, door->library);
    return room_make(&room, &need, reject, detail);
}

void door_release(struct door *door, const char *const *masks) {
    door->released = masks;
}

bool door_was_stopped(const struct door *door) {
    return door->stopped;
}

bool door_is_open(const struct door *door) {
    return door->library && door->ledger;
}

/* A screen that is switched off each night takes a large feed in over many days. */
static bool is_waited_for(const struct door *door) {
    for (size_t i = 0; i < door->config->source_count; i++)
        if (source_folder_pending(door->paths, door->config->sources[i].name))
            return true;
    return false;
}

bool door_sweep(struct door *door) {
    DIR *dir = opendir(door->paths->staging);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.' && !text_starts(entry->d_name, DOOR_STICK)) {
            char *path = path_join(door->paths->staging, entry->d_name, NULL);
            fs_remove_tree(path);
            free(path);
        }
    if (dir)
        closedir(dir);
    struct sweep sweep = {0};
    if (!library_sweep(door->library, is_waited_for(door), &sweep))
        return false;
    log_info("清扫 (sweep): %lld 案例 (cases), %lld 来源 (sources), %lld 文件 (files), %lld 字节 "
             "(bytes)",
             (long long)sweep.cases, (long long)sweep.sources, (long long)sweep.files,
             (long long)sweep.media_bytes);
    return true;
}

bool door_check(struct door *door) {
    return recovery_check(door->paths, &door->library, &door->ledger) &&
           hold_sync(door->ledger, door->library) && promotion_sync(door->ledger, door->library) &&
           library_index(door->library) && library_backup(door->library);
}
