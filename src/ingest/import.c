#include "ingest/import.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"
#include "ingest/door.h"
#include "ingest/folder.h"
#include "ingest/hold.h"
#include "ingest/missing.h"
#include "ingest/naming.h"
#include "ingest/recovery.h"
#include "ingest/room.h"
#include "ingest/stage.h"
#include "ingest/text.h"
#include "ingest/twin.h"

struct door *door_open(const struct paths *paths, const struct config *config,
                       enum db_result *result) {
    struct door *door = xcalloc(1, sizeof *door);
    door->paths = paths;
    door->config = config;
    bool told = recovery_open(paths, &door->library, &door->ledger, result) &&
                hold_sync(door->ledger, door->library);
    if (door->ledger && !told && result && *result == DB_DONE)
        *result = DB_FAILED;
    if (!told) {
        door_close(door);
        return NULL;
    }
    char *helper = path_join(paths->helpers, "picture", NULL);
    door->pictures = nursery_create(helper);
    free(helper);
    door->coverage = coverage_open_for(paths->data, config);
    return door;
}

void door_close(struct door *door) {
    if (!door)
        return;
    coverage_close(door->coverage);
    nursery_destroy(door->pictures);
    ledger_close(door->ledger);
    library_close(door->library);
    free(door);
}

json_t *door_receipt(struct door *door, const char *outcome) {
    char now[TIME_TEXT_SIZE];
    time_format(time_now_ms(), now);
    return json_pack("{s:s, s:I, s:s}", "outcome", outcome, "generation",
                     (json_int_t)library_generation(door->library), "time", now);
}

void door_record(struct door *door, const char *kind, const char *source, json_t *receipt,
                 const char *request) {
    char *label = text_printable(source);
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

static void tell(struct door *door, const char *doing) {
    door->progress.doing = doing;
    if (door->on_progress && !door->on_progress(door->user, &door->progress))
        door->stopped = true;
}

static void on_bytes(void *user, size_t bytes) {
    struct door *door = user;
    door->progress.bytes_done += (int64_t)bytes;
    tell(door, door->progress.doing);
}

static bool school_known(void *user, const char *name) {
    struct door *door = user;
    return library_school_known(door->library, name);
}

/* Files and bytes of the pictures to come, for the progress. */
static void count(struct door *door, const struct manifest *manifest) {
    door->progress = (struct import_progress){0};
    for (size_t i = 0; i < manifest->case_count; i++)
        for (size_t k = 0; k <= manifest->cases[i].asset_count; k++) {
            const struct manifest_case *c = manifest->cases + i;
            const struct manifest_asset *asset = k < c->asset_count ? c->assets + k : c->code;
            struct stat st;
            door->progress.files += asset != NULL;
            if (asset && stat(asset->path, &st) == 0)
                door->progress.bytes += st.st_size;
        }
}

/* What an import collects on its way. */
struct parcel {
    struct door *door;
    struct stage stage;
    struct room room;
    struct manifest manifest;
    const char *const *words;
    size_t word_count, there; /* paths that were given, and that are there */
    json_t *cases, *similar, *held;
    struct missing missing;
    size_t taken;
    bool broken_off; /* for a reason that is not one file's; a reject says which */
};

static size_t count_there(const struct parcel *parcel) {
    size_t there = 0;
    for (size_t i = 0; i < parcel->word_count; i++)
        there += fs_exists(parcel->words[i]);
    return there;
}

static void refuse(struct parcel *parcel, const char *path, enum reject reject,
                   const char *detail) {
    char *label = text_printable(path);
    reject_add(&parcel->manifest.rejects, label, reject, detail);
    free(label);
}

/* A stick that was pulled out looks like so many unreadable files: what had pictures must not lose
 * them. */
static bool source_is_gone(struct parcel *parcel) {
    if (count_there(parcel) >= parcel->there)
        return false;
    refuse(parcel, parcel->words[0], REJECT_SOURCE_GONE, NULL);
    parcel->broken_off = true;
    return true;
}

static int64_t files_left(const struct parcel *parcel) {
    return parcel->door->progress.files - parcel->door->progress.files_done;
}

/* The disk is full, or the library's share of it is used up. */
static void break_off(struct parcel *parcel, const char *path, enum reject reject,
                      const char *detail) {
    refuse(parcel, path, reject, detail);
    parcel->broken_off = true;
}

static bool count_room(struct parcel *parcel, const struct manifest_asset *from,
                       const struct asset *asset) {
    enum reject reject = REJECT_QUOTA;
    char *detail = NULL;
    int64_t bytes = 0;
    for (size_t i = 0; i < asset->rendition_count; i++)
        bytes += asset->renditions[i].bytes;
    if (!room_spend(&parcel->room, bytes, files_left(parcel), &reject, &detail))
        break_off(parcel, from->path, reject, detail);
    free(detail);
    return !parcel->broken_off;
}

/* False: the import ends. *taken false: refused, said so. */
static bool take_asset(struct parcel *parcel, const struct manifest_asset *from, struct asset *into,
                       bool *taken) {
    enum reject reject = REJECT_UNREADABLE;
    char *detail = NULL;
    tell(parcel->door, from->path);
    enum stage_result result = stage_picture(&parcel->stage, from, into, &reject, &detail);
    *taken = result == STAGE_TAKEN;
    if (reject == REJECT_NO_SPACE && result == STAGE_REFUSED) {
        char *missing = room_missing(&parcel->room, from->path, files_left(parcel));
        if (missing)
            free(detail);
        detail = missing ? missing : detail;
    }
    parcel->door->progress.files_done++;
    if (*taken) {
        into->caption = coverage_keep_emoji(parcel->door->coverage, from->caption);
        count_room(parcel, from, into);
    } else if (result == STAGE_REFUSED) {
        refuse(parcel, from->path, reject, detail);
        parcel->broken_off =
            reject == REJECT_NO_SPACE || reject == REJECT_DISK || reject == REJECT_HELPER;
    }
    free(detail);
    return result != STAGE_FAILED && !parcel->broken_off && !parcel->door->stopped;
}

static bool take_assets(struct parcel *parcel, const struct manifest_case *from,
                        struct case_record *record) {
    bool taken = false;
    record->assets = xcalloc(from->asset_count, sizeof *record->assets);
    for (size_t i = 0; i < from->asset_count; i++) {
        bool good =
            take_asset(parcel, from->assets + i, record->assets + record->asset_count, &taken);
        record->asset_count += taken;
        if (!good)
            return false;
    }
    if (!from->code)
        return true;
    record->code = xcalloc(1, sizeof *record->code);
    bool good = take_asset(parcel, from->code, record->code, &taken);
    if (!taken) {
        free(record->code);
        record->code = NULL;
    }
    return good;
}

static void fill_record(struct door *door, struct case_record *record,
                        const struct manifest_case *from, int64_t twin) {
    *record = (struct case_record){
        .id = xstrdup(from->id),
        .unit = from->unit,
        .phase = from->phase,
        .school = xstrdup(from->school),
        .title = coverage_keep_emoji(door->coverage, from->title),
        .summary = coverage_keep_emoji(door->coverage, from->summary),
        .body = coverage_keep_emoji(door->coverage, from->body),
        .url = xstrdup(from->url),
        .published_ms = from->published_ms,
        .valid_from_ms = from->valid_from_ms,
        .valid_until_ms = from->valid_until_ms,
        .twin = twin,
        .statement = from->statement,
        .weight = 1,
    };
}

struct similar {
    const struct case_record *record;
    json_t *list;
};

static void on_case_of_school(void *user, const char *id, const char *title) {
    struct similar *similar = user;
    if (strcmp(id, similar->record->id) != 0 && titles_nearly_equal(title, similar->record->title))
        json_array_append_new(similar->list,
                              json_pack("{s:s, s:s}", "id", similar->record->id, "to", id));
}

/* {"spaces": 3, …}: what there was of it. */
static json_t *tidied_json(const struct tidy *tidied) {
    json_t *object = json_object();
    for (int i = 0; i < TIDY_KIND_COUNT; i++)
        if (tidied->counts[i])
            json_object_set_new(object, tidy_kind_key((enum tidy_kind)i),
                                json_integer((json_int_t)tidied->counts[i]));
    return object;
}

/* Of an item of a feed: which one. */
static void add_feed(json_t *entry, const char *id) {
    char feed[CASE_FEED_SIZE];
    case_own_id(id, feed);
    if (*feed)
        json_object_set_new(entry, "feed", json_string(feed));
}

static bool put(struct parcel *parcel, const struct manifest_case *from,
                const struct case_record *record) {
    static const char *const changes[] = {"added", "changed", "unchanged"};
    struct library *library = parcel->door->library;
    enum change change = CHANGE_UNCHANGED;
    if (!library_put(library, record, &change))
        return false;
    json_t *entry =
        json_pack("{s:s, s:s, s:s, s:s, s:s}", "id", record->id, "unit", unit_key(record->unit),
                  "school", record->school, "title", record->title, "change", changes[change]);
    add_feed(entry, record->id);
    if (record->code)
        json_object_set_new(entry, "code", json_true());
    if (tidy_changes(&from->tidied))
        json_object_set_new(entry, "tidied", tidied_json(&from->tidied));
    json_array_append_new(parcel->cases, entry);
    missing_scan_case(&parcel->missing, parcel->door->coverage, from);
    parcel->taken++;
    struct similar similar = {record, parcel->similar};
    return change != CHANGE_ADDED ||
           library_each_of_school(library, record->school, on_case_of_school, &similar);
}

/* *held: it was withdrawn, and is refused. */
static bool hold(struct parcel *parcel, const struct manifest_case *from, int64_t twin,
                 bool *held) {
    struct door *door = parcel->door;
    struct withdrawal by;
    *held = false;
    if (!hold_find(door->ledger, door->library, from->id, twin, &by))
        return false;
    *held = by.id != NULL;
    if (*held) {
        char *text = hold_text(from->title, &by);
        json_t *entry = hold_json(from->id, from->school, from->title, &by);
        add_feed(entry, from->id);
        json_array_append_new(parcel->held, entry);
        refuse(parcel, from->id, REJECT_WITHDRAWN, text);
        free(text);
    }
    withdrawal_finish(&by);
    return true;
}

static bool take_case(struct parcel *parcel, const struct manifest_case *from) {
    struct case_record record;
    int64_t twin = from->twin ? from->twin : twin_of(from->school, from->title);
    bool held = false;
    tell(parcel->door, from->title);
    if (!hold(parcel, from, twin, &held) || held)
        return held;
    fill_record(parcel->door, &record, from, twin);
    bool good = take_assets(parcel, from, &record);
    bool empty = !record.asset_count && !*record.body && !*record.summary;
    if (good && empty)
        refuse(parcel, from->path, REJECT_CASE_EMPTY, NULL);
    else if (good)
        good = put(parcel, from, &record);
    case_finish(&record);
    return good;
}

static json_t *finish_import(struct parcel *parcel, const char *request) {
    const char *outcome = !parcel->taken                   ? "refused"
                          : parcel->manifest.rejects.count ? "partial"
                                                           : "accepted";
    json_t *receipt = door_receipt(parcel->door, outcome);
    json_object_set(receipt, "cases", parcel->cases);
    json_object_set(receipt, "similar", parcel->similar);
    json_object_set_new(receipt, "missing", missing_json(&parcel->missing));
    if (parcel->missing.more)
        json_object_set_new(receipt, "missing_more",
                            json_integer((json_int_t)parcel->missing.more));
    json_object_set_new(receipt, "rejects", reject_list_json(&parcel->manifest.rejects));
    json_object_set(receipt, "held", parcel->held);
    door_record(parcel->door, "import", parcel->words[0], receipt, request);
    return receipt;
}

static bool take_cases(struct parcel *parcel) {
    for (size_t i = 0; i < parcel->manifest.case_count; i++)
        if (parcel->door->stopped || !take_case(parcel, parcel->manifest.cases + i))
            return false;
    return !source_is_gone(parcel);
}

/* What a feed brings again is no longer held by what it said of it before. */
static bool lift(struct parcel *parcel) {
    const char **ids = xcalloc(parcel->taken, sizeof *ids);
    size_t i = 0, count = 0;
    json_t *entry = NULL;
    json_array_foreach(parcel->cases, i, entry) {
        if (json_object_get(entry, "feed"))
            ids[count++] = json_string_value(json_object_get(entry, "id"));
    }
    bool good = hold_lift(parcel->door->ledger, parcel->door->library, ids, count);
    free((void *)ids);
    return good;
}

static bool commit(struct parcel *parcel) {
    bool changed = false;
    char *source = text_printable(parcel->words[0]);
    tell(parcel->door, "正在启用新内容 (making it current)");
    bool good = !parcel->door->stopped && lift(parcel) &&
                library_commit(parcel->door->library, source, &changed);
    free(source);
    return good;
}

/* On a full disk what this import has prepared is in the way of the next, smaller one; else it is
 * kept, for when the same comes again. */
static void make_room(const struct parcel *parcel) {
    const struct reject_list *rejects = &parcel->manifest.rejects;
    struct sweep sweep;
    enum reject last = rejects->count ? rejects->entries[rejects->count - 1].reject : REJECT_COUNT;
    if (last == REJECT_NO_SPACE || last == REJECT_QUOTA)
        library_sweep(parcel->door->library, &sweep);
}

/* A folder, a row or a journal did not fit any more. */
static bool disk_is_full(struct parcel *parcel) {
    if (parcel->door->stopped || !room_is_full(&parcel->room))
        return false;
    char *detail = room_missing(&parcel->room, parcel->words[0], files_left(parcel));
    break_off(parcel, parcel->words[0], REJECT_NO_SPACE, detail);
    free(detail);
    return true;
}

/* A receipt of nothing but why nothing was taken. */
static json_t *refuse_all(struct parcel *parcel, const char *request) {
    json_array_clear(parcel->cases);
    json_array_clear(parcel->similar);
    json_array_clear(parcel->held);
    missing_finish(&parcel->missing);
    parcel->taken = 0;
    return finish_import(parcel, request);
}

static json_t *import_parcel(struct parcel *parcel, const char *request) {
    if (!library_begin(parcel->door->library))
        return NULL;
    if (take_cases(parcel) && commit(parcel))
        return finish_import(parcel, request);
    library_abort(parcel->door->library);
    if (!parcel->broken_off && !disk_is_full(parcel))
        return NULL;
    make_room(parcel);
    return refuse_all(parcel, request);
}

static void read_words(struct parcel *parcel) {
    const struct config *config = parcel->door->config;
    const bool is_unsigned = true; /* a folder is; signed text is shown as it was signed */
    struct folder_options options = {.site_school = config->site.school,
                                     .school_known = school_known,
                                     .user = parcel->door,
                                     .tidy = is_unsigned && config->text.tidy == TIDY_ON};
    parcel->there = count_there(parcel);
    for (size_t i = 0; i < parcel->word_count; i++) {
        tell(parcel->door, parcel->words[i]);
        folder_read(parcel->words[i], &options, &parcel->manifest);
    }
    if (!parcel->manifest.case_count && !parcel->manifest.rejects.count)
        refuse(parcel, parcel->words[0], REJECT_NOTHING_FOUND, NULL);
}

/* Whether it fits is said before anything is copied. */
static bool has_room(struct parcel *parcel) {
    struct room_need need;
    enum reject reject = REJECT_NO_SPACE;
    char *detail = NULL;
    room_estimate(&parcel->room, &parcel->manifest, &need);
    if (!room_make(&parcel->room, &need, &reject, &detail))
        break_off(parcel, parcel->words[0], reject, detail);
    free(detail);
    return !parcel->broken_off;
}

static json_t *import_staged(struct parcel *parcel, const char *request) {
    struct door *door = parcel->door;
    if (!stage_open(&parcel->stage, door->paths, door->config, door->library, door->pictures))
        return disk_is_full(parcel) ? refuse_all(parcel, request) : NULL;
    parcel->stage.on_bytes = on_bytes;
    parcel->stage.user = door;
    json_t *receipt = import_parcel(parcel, request);
    stage_close(&parcel->stage);
    return receipt;
}

json_t *door_import(struct door *door, const char *const *words, size_t word_count,
                    const char *request) {
    struct parcel parcel = {.door = door,
                            .words = words,
                            .word_count = word_count,
                            .cases = json_array(),
                            .similar = json_array(),
                            .held = json_array()};
    door->progress = (struct import_progress){0};
    door->stopped = false;
    room_init(&parcel.room, door->paths, door->config, door->library);
    read_words(&parcel);
    count(door, &parcel.manifest);
    json_t *receipt =
        has_room(&parcel) ? import_staged(&parcel, request) : refuse_all(&parcel, request);
    manifest_finish(&parcel.manifest);
    missing_finish(&parcel.missing);
    json_decref(parcel.cases);
    json_decref(parcel.similar);
    json_decref(parcel.held);
    return receipt;
}

bool door_make_room(struct door *door, int64_t bytes, enum reject *reject, char **detail) {
    const struct room_need need = {.least = bytes, .likely = bytes};
    struct room room;
    room_init(&room, door->paths, door->config, door->library);
    return room_make(&room, &need, reject, detail);
}

bool door_was_stopped(const struct door *door) {
    return door->stopped;
}

bool door_is_open(const struct door *door) {
    return door->library && door->ledger;
}

bool door_sweep(struct door *door) {
    DIR *dir = opendir(door->paths->staging);
    for (struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.') {
            char *path = path_join(door->paths->staging, entry->d_name, NULL);
            fs_remove_tree(path);
            free(path);
        }
    if (dir)
        closedir(dir);
    struct sweep sweep = {0};
    if (!library_sweep(door->library, &sweep))
        return false;
    log_info("清扫 (sweep): %lld 案例 (cases), %lld 来源 (sources), %lld 文件 (files), %lld 字节 "
             "(bytes)",
             (long long)sweep.cases, (long long)sweep.sources, (long long)sweep.files,
             (long long)sweep.media_bytes);
    return true;
}

bool door_check(struct door *door) {
    return recovery_check(door->paths, &door->library, &door->ledger) &&
           hold_sync(door->ledger, door->library) && library_backup(door->library);
}
