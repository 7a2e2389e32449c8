#include "ingest/parcel.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "ingest/hold.h"
#include "ingest/naming.h"
#include "ingest/review.h"
#include "ingest/text.h"
#include "ingest/twin.h"

#define DAY_MS (24 * 3600 * INT64_C(1000))

void parcel_init(struct parcel *parcel, struct door *door) {
    *parcel = (struct parcel){.door = door,
                              .waits = {.kind = PENDING_KIND_COUNT},
                              .cases = json_array(),
                              .similar = json_array(),
                              .held = json_array()};
    room_init(&parcel->room, door->paths, door->config, door->library);
}

void parcel_wait(struct parcel *parcel, const struct source_config *source, const char *label) {
    const struct door *door = parcel->door;
    parcel->waits = (struct pending_origin){.kind = review_kind(door, source),
                                            .by = door->by ? door->by : "",
                                            .source = label,
                                            .at_ms = time_now_ms()};
}

bool parcel_waits(const struct parcel *parcel) {
    return parcel->waits.kind != PENDING_KIND_COUNT;
}

static void on_bytes(void *user, size_t bytes) {
    struct door *door = user;
    door->progress.bytes_done += (int64_t)bytes;
    door_tell(door, door->progress.doing);
}

bool parcel_open(struct parcel *parcel) {
    struct door *door = parcel->door;
    if (!stage_open(&parcel->stage, door->paths, door->config, door->library, door->pictures,
                    door->videos))
        return false;
    parcel->stage.on_bytes = on_bytes;
    parcel->stage.user = door;
    return true;
}

void parcel_finish(struct parcel *parcel) {
    stage_close(&parcel->stage);
    missing_finish(&parcel->missing);
    reject_list_finish(&parcel->rejects);
    json_decref(parcel->cases);
    json_decref(parcel->similar);
    json_decref(parcel->held);
    *parcel = (struct parcel){0};
}

void parcel_refuse(struct parcel *parcel, const char *path, enum reject reject,
                   const char *detail) {
    char *label = text_printable(path);
    reject_add(&parcel->rejects, label, reject, detail);
    free(label);
}

static int64_t files_left(const struct parcel *parcel) {
    return parcel->door->progress.files - parcel->door->progress.files_done;
}

/* The disk is full, or the library's share of it is used up. */
void parcel_break_off(struct parcel *parcel, const char *path, enum reject reject,
                      const char *detail) {
    parcel_refuse(parcel, path, reject, detail);
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
        parcel_break_off(parcel, manifest_asset_label(from), reject, detail);
    free(detail);
    return !parcel->broken_off;
}

/* With another try it may be right. */
static bool is_transport(enum reject reject) {
    static const enum reject transport[] = {
        REJECT_HASH, REJECT_LENGTH, REJECT_HTTP,    REJECT_REDIRECT,   REJECT_SLOW,
        REJECT_TLS,  REJECT_PORTAL, REJECT_NETWORK, REJECT_UNREADABLE, REJECT_FEED_LIMIT};
    for (size_t i = 0; i < sizeof transport / sizeof *transport; i++)
        if (transport[i] == reject)
            return true;
    return false;
}

static enum stage_result stage(struct parcel *parcel, const struct manifest_asset *from,
                               struct asset *into, enum reject *reject, char **detail) {
    if (!from->refused)
        return stage_asset(&parcel->stage, from, into, reject, detail);
    *reject = from->reject;
    *detail = xstrdup(from->detail);
    return STAGE_REFUSED;
}

/* False: the import ends. *taken false: refused, said so. */
static bool take_asset(struct parcel *parcel, const struct manifest_asset *from, struct asset *into,
                       bool *taken) {
    enum reject reject = REJECT_UNREADABLE;
    char *detail = NULL;
    door_tell(parcel->door, from->label ? from->label : from->path);
    enum stage_result result = stage(parcel, from, into, &reject, &detail);
    *taken = result == STAGE_TAKEN;
    if (reject == REJECT_NO_SPACE && result == STAGE_REFUSED) {
        char *missing =
            room_missing(&parcel->room, from->path, from->kind == ASSET_VIDEO, files_left(parcel));
        if (missing) {
            free(detail);
            detail = missing;
        }
    }
    parcel->door->progress.files_done++;
    if (*taken) {
        into->caption = coverage_keep_emoji(parcel->door->coverage, from->caption);
        if (reject == REJECT_VIDEO_SOUND)
            parcel_refuse(parcel, manifest_asset_label(from), reject, detail);
        count_room(parcel, from, into);
    } else if (result == STAGE_REFUSED) {
        parcel_refuse(parcel, manifest_asset_label(from), reject, detail);
        parcel->damaged = parcel->damaged || (from->url && is_transport(reject));
        parcel->broken_off =
            reject == REJECT_NO_SPACE || reject == REJECT_DISK || reject == REJECT_HELPER;
    }
    free(detail);
    return result != STAGE_FAILED && !parcel->broken_off && !parcel->door->stopped;
}

/* As take_asset; from can be refused by whoever brings it. */
static bool take_seen(struct parcel *parcel, struct manifest_asset *from, struct asset *into,
                      bool *taken) {
    if (from->kind != ASSET_VIDEO || !parcel->on_video)
        return take_asset(parcel, from, into, taken);
    *taken = false;
    return parcel->on_video(parcel->user, from) && take_asset(parcel, from, into, taken) &&
           parcel->on_video_taken(parcel->user, from);
}

static bool take_assets(struct parcel *parcel, const struct manifest_case *from,
                        struct case_record *record) {
    bool taken = false;
    record->assets = xcalloc(from->asset_count, sizeof *record->assets);
    for (size_t i = 0; i < from->asset_count; i++) {
        bool good =
            take_seen(parcel, from->assets + i, record->assets + record->asset_count, &taken);
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

/* A feed says itself how long its cases are shown. */
static int64_t end_of(struct door *door, const struct manifest_case *from) {
    char feed[CASE_FEED_SIZE];
    case_own_id(from->id, feed);
    int64_t begins_ms = door_now_ms(door);
    int days = from->level ? door->config->local.notice_days : door->config->local.days;
    bool ends = !*feed && !from->valid_until_ms && days;
    if (from->valid_from_ms > begins_ms)
        begins_ms = from->valid_from_ms;
    return ends ? begins_ms + days * DAY_MS : 0;
}

static void fill_record(struct door *door, struct case_record *record,
                        const struct manifest_case *from, int64_t twin) {
    *record = (struct case_record){
        .id = xstrdup(from->id),
        .level = from->level,
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
        .ends_ms = end_of(door, from),
        .twin = twin,
        .statement = from->statement,
        .weight = from->weight ? from->weight : 1,
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
    bool waits = parcel_waits(parcel);
    if (waits ? !library_put_pending(library, record, &parcel->waits, &change)
              : !library_put(library, record, &change))
        return false;
    json_t *entry =
        json_pack("{s:s, s:s?, s:s*, s:s, s:s, s:s}", "id", record->id, "unit",
                  section_unit(record->level, record->unit), "level", section_level(record->level),
                  "school", record->school, "title", record->title, "change", changes[change]);
    add_feed(entry, record->id);
    if (waits && change != CHANGE_UNCHANGED)
        json_object_set_new(entry, "waits", json_true());
    if (record->code)
        json_object_set_new(entry, "code", json_true());
    if (tidy_changes(&from->tidied))
        json_object_set_new(entry, "tidied", tidy_json(&from->tidied));
    if (from->masked.count)
        json_object_set_new(entry, "masked", privacy_json(&from->masked));
    json_array_append_new(parcel->cases, entry);
    missing_scan_case(&parcel->missing, parcel->door->coverage, from);
    parcel->taken++;
    struct similar similar = {record, parcel->similar};
    return change != CHANGE_ADDED || record->level ||
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
        parcel_refuse(parcel, from->id, REJECT_WITHDRAWN, text);
        free(text);
    }
    withdrawal_finish(&by);
    return true;
}

bool parcel_take(struct parcel *parcel, const struct manifest_case *from) {
    struct case_record record;
    int64_t twin = from->twin ? from->twin : twin_if(from->level, from->school, from->title);
    bool held = false;
    door_tell(parcel->door, from->title);
    if (!hold(parcel, from, twin, &held) || held)
        return held;
    fill_record(parcel->door, &record, from, twin);
    bool damaged = parcel->damaged;
    parcel->damaged = false;
    bool good = take_assets(parcel, from, &record);
    if (parcel->damaged) /* so that the next poll takes it again */
        record.statement = (struct hash){0};
    parcel->damaged = parcel->damaged || damaged;
    bool empty = !record.asset_count && !*record.body && !*record.summary;
    if (good && empty)
        parcel_refuse(parcel, from->path, REJECT_CASE_EMPTY, NULL);
    else if (good)
        good = put(parcel, from, &record);
    case_finish(&record);
    return good;
}

json_t *parcel_receipt(struct parcel *parcel, bool otherwise) {
    const char *outcome = !parcel->taken && !otherwise ? "refused"
                          : parcel->rejects.count      ? "partial"
                                                       : "accepted";
    json_t *receipt = door_receipt(parcel->door, outcome);
    json_object_set(receipt, "cases", parcel->cases);
    json_object_set(receipt, "similar", parcel->similar);
    json_object_set_new(receipt, "missing", missing_json(&parcel->missing));
    if (parcel->missing.more)
        json_object_set_new(receipt, "missing_more",
                            json_integer((json_int_t)parcel->missing.more));
    json_object_set_new(receipt, "rejects", reject_list_json(&parcel->rejects));
    json_object_set(receipt, "held", parcel->held);
    return receipt;
}

/* Nothing but rejects is left. */
static void clear(struct parcel *parcel) {
    json_array_clear(parcel->cases);
    json_array_clear(parcel->similar);
    json_array_clear(parcel->held);
    missing_finish(&parcel->missing);
    parcel->taken = parcel->unchanged = 0;
}

/* On a full disk what this import has prepared is in the way of the next, smaller one; else it is
 * kept, for when the same comes again. A feed does come again, and does not fetch it again then. */
static void make_room(const struct parcel *parcel) {
    const struct reject_list *rejects = &parcel->rejects;
    struct sweep sweep;
    enum reject last = rejects->count ? rejects->entries[rejects->count - 1].reject : REJECT_COUNT;
    if (last == REJECT_NO_SPACE || last == REJECT_QUOTA)
        library_sweep(parcel->door->library, parcel->on_video != NULL, &sweep);
}

/* A folder, a row or a journal did not fit any more. */
static bool disk_is_full(struct parcel *parcel, const char *path) {
    if (parcel->door->stopped || !room_is_full(&parcel->room))
        return false;
    char *detail = room_missing(&parcel->room, path, false, files_left(parcel));
    parcel_break_off(parcel, path, REJECT_NO_SPACE, detail);
    free(detail);
    return true;
}

bool parcel_abort(struct parcel *parcel, const char *path) {
    if (parcel->door->library)
        library_abort(parcel->door->library);
    if (!parcel->broken_off && !disk_is_full(parcel, path))
        return false;
    make_room(parcel);
    clear(parcel);
    return true;
}
