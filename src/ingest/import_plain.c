#include "ingest/import_plain.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "ingest/door.h"
#include "ingest/folder.h"
#include "ingest/parcel.h"
#include "ingest/text.h"

/* Folders of cases on their way in. */
struct import {
    struct parcel parcel;
    struct manifest manifest;
    struct words documents;
    struct import_parts *parts; /* bundles among them */
    const char *source;
    size_t there;     /* plain parts that are there */
    json_t *removed;  /* what was replaced; NULL: nothing was to be */
    bool passed_over; /* only of the bundles something was chosen */
};

/* The next plain part; NULL: there is none. Begins with NULL. */
static struct import_part *next(const struct import *import, const struct import_part *part) {
    struct import_part *parts = import->parts->parts;
    size_t i = part ? (size_t)(part - parts) + 1 : 0;
    while (i < import->parts->count && parts[i].brought.bundle)
        i++;
    return i < import->parts->count ? parts + i : NULL;
}

static bool school_known(void *user, const char *name) {
    struct door *door = user;
    return library_school_known(door->library, name);
}

static size_t count_there(const struct import *import) {
    size_t there = 0;
    for (const struct import_part *part = NULL; (part = next(import, part));)
        there += fs_exists(part->path);
    return there;
}

/* A stick that was pulled out looks like so many unreadable files: what had pictures must not lose
 * them. */
static bool source_is_gone(struct import *import) {
    if (count_there(import) >= import->there)
        return false;
    parcel_break_off(&import->parcel, import->source, REJECT_SOURCE_GONE, NULL);
    return true;
}

static bool take_case(struct import *import, const struct manifest_case *c) {
    struct parcel *parcel = &import->parcel;
    struct import_part *part = import->parts->parts + c->part;
    size_t taken = parcel->taken, refused = parcel->rejects.count;
    parcel->waits.source = part->label;
    if (!parcel_take(parcel, c))
        return false;
    part->taken += parcel->taken - taken;
    part->refused += parcel->rejects.count - refused;
    return true;
}

static bool take_cases(struct import *import) {
    struct door *door = import->parcel.door;
    for (size_t i = 0; i < import->manifest.case_count; i++) {
        if (door->stopped || !take_case(import, import->manifest.cases + i))
            return false;
        door->progress.cases_done++;
    }
    return !source_is_gone(import);
}

/* ---- what a person chose (struct import_order) */

static bool is_chosen(const struct import_order *order, const char *id) {
    for (size_t i = 0; i < order->id_count; i++)
        if (strcmp(order->ids[i], id) == 0)
            return true;
    return false;
}

static bool is_of_bundle(const char *id) {
    char feed[CASE_FEED_SIZE];
    case_own_id(id, feed);
    return *feed;
}

bool import_wants(const struct import_order *order, bool of_bundle) {
    for (size_t i = 0; order && order->ids && i < order->id_count; i++)
        if (is_of_bundle(order->ids[i]) == of_bundle)
            return true;
    return !order || !order->ids;
}

static bool is_read(const struct manifest *manifest, const char *id) {
    for (size_t i = 0; i < manifest->case_count; i++)
        if (strcmp(manifest->cases[i].id, id) == 0)
            return true;
    return false;
}

/* Leaves what was not chosen out, and says what was chosen and is not there. What bundles hold is
 * not known here. */
static void choose(struct import *import, const struct import_order *order) {
    struct manifest *manifest = &import->manifest;
    for (size_t i = 0; i < order->id_count; i++)
        if (!is_read(manifest, order->ids[i]) &&
            !(import->parts->bundles && is_of_bundle(order->ids[i])))
            parcel_refuse(&import->parcel, order->ids[i], REJECT_NOTHING_FOUND, NULL);
    size_t kept = 0;
    for (size_t i = 0; i < manifest->case_count; i++)
        if (is_chosen(order, manifest->cases[i].id))
            manifest->cases[kept++] = manifest->cases[i];
        else
            manifest_case_finish(manifest->cases + i);
    manifest->case_count = kept;
    import->passed_over = import->parts->bundles && !import_wants(order, false);
}

static void note_replaced(void *user, const char *id) {
    struct import *import = user;
    if (!is_read(&import->manifest, id))
        json_array_append_new(import->removed, json_string(id));
}

bool import_remove_all(struct library *library, const json_t *ids) {
    bool good = true;
    size_t i = 0;
    json_t *id = NULL;
    json_array_foreach(ids, i, id) {
        bool found = false;
        good = good && library_remove(library, json_string_value(id), &found);
    }
    return good;
}

/* What no feed states makes room for what was taken, in the same generation. */
static bool replace(struct import *import) {
    struct library *library = import->parcel.door->library;
    const struct import_order *order = import->parcel.door->order;
    if (!order || !order->replace || import->parts->bundles || !import->parcel.taken ||
        parcel_waits(&import->parcel))
        return true;
    import->removed = json_array();
    return library_each_local(library, note_replaced, import) &&
           import_remove_all(library, import->removed);
}

/* ---- */

static bool commit(struct import *import) {
    bool changed = false;
    struct door *door = import->parcel.door;
    char *source = door_label(door, import->source);
    door_tell(door, "正在启用新内容 (making it current)");
    bool good = !door->stopped && library_commit(door->library, source, &changed);
    free(source);
    return good;
}

/* Where there are several. */
static void add_parts(const struct import *import, json_t *receipt) {
    json_t *list = json_array();
    for (const struct import_part *part = NULL; (part = next(import, part));)
        json_array_append_new(list, import_part_json(part, receipt));
    json_object_set_new(receipt, "parts", list);
    json_object_set_new(receipt, "at_once", json_true());
}

static json_t *finish(struct import *import, const char *request) {
    bool otherwise = json_array_size(import->removed) > 0 || import->passed_over;
    json_t *receipt = parcel_receipt(&import->parcel, otherwise);
    if (import->removed)
        json_object_set(receipt, "removed", import->removed);
    if (import->parts->count - import->parts->bundles > 1)
        add_parts(import, receipt);
    if (!import->passed_over)
        door_record(import->parcel.door, "import", import->source, receipt, request);
    return receipt;
}

/* A folder is unsigned; signed text is shown as it was signed. */
static struct folder_options options_of(struct import *import) {
    struct door *door = import->parcel.door;
    const struct import_order *order = door->order;
    return (struct folder_options){
        .site_school = order && order->school ? order->school : door->config->site.school,
        .school_known = school_known,
        .user = door,
        .released = door->released,
        .words = &import->documents,
        .tidy = door->config->text.tidy == TIDY_ON,
        .has_unit = order && order->has_unit,
        .unit = order ? order->unit : UNIT_PARTY};
}

/* Of a zip file that cannot be unpacked. */
static void refuse_part(struct import *import, const struct import_part *part) {
    char *label = text_printable(part->path);
    reject_add(&import->manifest.rejects, label, part->reject, part->detail);
    free(label);
}

static void read_part(struct import *import, struct import_part *part) {
    struct manifest *manifest = &import->manifest;
    struct folder_options options = options_of(import);
    size_t cases = manifest->case_count, refused = manifest->rejects.count;
    options.shown = part->brought.unpacked ? part->path : NULL;
    options.parts_apart = !part->brought.unpacked;
    door_tell(import->parcel.door, part->path);
    if (part->brought.folder)
        folder_read(part->brought.folder, &options, manifest);
    else
        refuse_part(import, part);
    for (size_t i = cases; i < manifest->case_count; i++)
        manifest->cases[i].part = (size_t)(part - import->parts->parts);
    part->refused = manifest->rejects.count - refused;
}

static void read_parts(struct import *import) {
    struct door *door = import->parcel.door;
    const struct import_order *order = door->order;
    import->there = count_there(import);
    for (struct import_part *part = NULL; !door->stopped && (part = next(import, part));)
        read_part(import, part);
    /* The list is the parcel's from here on. */
    import->parcel.rejects = import->manifest.rejects;
    import->manifest.rejects = (struct reject_list){0};
    if (order && order->ids)
        choose(import, order);
    if (!import->manifest.case_count && !import->parcel.rejects.count && !import->passed_over)
        parcel_refuse(&import->parcel, import->source, REJECT_NOTHING_FOUND, NULL);
}

/* Whether it fits is said before anything is copied; zip files lie unpacked by then. */
static bool has_room(struct import *import) {
    struct parcel *parcel = &import->parcel;
    struct room_need need;
    enum reject reject = REJECT_NO_SPACE;
    char *detail = NULL;
    room_estimate(&parcel->room, &import->manifest, &need);
    if (!room_make(&parcel->room, &need, &reject, &detail))
        parcel_break_off(parcel, import->source, reject, detail);
    free(detail);
    return !parcel->broken_off;
}

/* Nothing of any part is there. */
static void take_back(struct import *import) {
    json_array_clear(import->removed);
    for (struct import_part *part = NULL; (part = next(import, part));) {
        part->taken = 0;
        part->refused++;
    }
}

static json_t *import_all(struct import *import, const char *request) {
    struct parcel *parcel = &import->parcel;
    if (parcel->door->stopped)
        return NULL;
    if (has_room(import) && parcel_open(parcel)) {
        if (!library_begin(parcel->door->library))
            return NULL;
        if (take_cases(import) && replace(import) && commit(import))
            return finish(import, request);
    }
    if (!parcel_abort(parcel, import->source))
        return NULL;
    take_back(import);
    return finish(import, request);
}

json_t *import_plain(struct door *door, struct import_parts *parts, const char *source,
                     const char *request) {
    struct import import = {.parts = parts, .source = source};
    char *label = door_label(door, source);
    parcel_init(&import.parcel, door);
    parcel_wait(&import.parcel, NULL, label);
    char *folder = path_join(door->paths->staging, "words", NULL);
    words_open(&import.documents, door->documents, folder);
    free(folder);
    read_parts(&import);
    door->progress.cases = (int64_t)import.manifest.case_count;
    manifest_measure(&import.manifest, &door->progress.files, &door->progress.bytes);
    json_t *receipt = import_all(&import, request);
    json_decref(import.removed);
    manifest_finish(&import.manifest);
    words_close(&import.documents);
    parcel_finish(&import.parcel);
    free(label);
    return receipt;
}
