#include "ingest/import.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/memory.h"
#include "ingest/brought.h"
#include "ingest/bundle.h"
#include "ingest/door.h"
#include "ingest/folder.h"
#include "ingest/parcel.h"
#include "ingest/parts.h"
#include "ingest/review.h"
#include "ingest/take.h"
#include "ingest/text.h"

/* Folders of cases on their way in. */
struct import {
    struct parcel parcel;
    struct manifest manifest;
    struct words documents;
    const char *const *words;
    size_t word_count, there; /* paths that were given, and that are there */
    json_t *removed;          /* what was replaced; NULL: nothing was to be */
    bool alone;               /* there is no other parcel of the same order */
    const char *unpacked;     /* where the only word, a zip file, lies unpacked; NULL: none does */
};

static bool school_known(void *user, const char *name) {
    struct door *door = user;
    return library_school_known(door->library, name);
}

static size_t count_there(const struct import *import) {
    size_t there = 0;
    for (size_t i = 0; i < import->word_count; i++)
        there += fs_exists(import->words[i]);
    return there;
}

/* A stick that was pulled out looks like so many unreadable files: what had pictures must not lose
 * them. */
static bool source_is_gone(struct import *import) {
    if (count_there(import) >= import->there)
        return false;
    parcel_break_off(&import->parcel, import->words[0], REJECT_SOURCE_GONE, NULL);
    return true;
}

static bool take_cases(struct import *import) {
    struct door *door = import->parcel.door;
    for (size_t i = 0; i < import->manifest.case_count; i++) {
        if (door->stopped || !parcel_take(&import->parcel, import->manifest.cases + i))
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

static bool is_read(const struct manifest *manifest, const char *id) {
    for (size_t i = 0; i < manifest->case_count; i++)
        if (strcmp(manifest->cases[i].id, id) == 0)
            return true;
    return false;
}

/* Leaves what was not chosen out, and says what was chosen and is not there. */
static void choose(struct import *import, const struct import_order *order) {
    struct manifest *manifest = &import->manifest;
    for (size_t i = 0; import->alone && i < order->id_count; i++)
        if (!is_read(manifest, order->ids[i]))
            parcel_refuse(&import->parcel, order->ids[i], REJECT_NOTHING_FOUND, NULL);
    size_t kept = 0;
    for (size_t i = 0; i < manifest->case_count; i++)
        if (is_chosen(order, manifest->cases[i].id))
            manifest->cases[kept++] = manifest->cases[i];
        else
            manifest_case_finish(manifest->cases + i);
    manifest->case_count = kept;
}

static void note_replaced(void *user, const char *id) {
    struct import *import = user;
    if (!is_read(&import->manifest, id))
        json_array_append_new(import->removed, json_string(id));
}

static bool remove_all(struct library *library, const json_t *ids) {
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
    if (!order || !order->replace || !import->alone || !import->parcel.taken ||
        parcel_waits(&import->parcel))
        return true;
    import->removed = json_array();
    return library_each_local(library, note_replaced, import) &&
           remove_all(library, import->removed);
}

/* ---- */

static bool commit(struct import *import) {
    bool changed = false;
    struct door *door = import->parcel.door;
    char *source = door_label(door, import->words[0]);
    door_tell(door, "正在启用新内容 (making it current)");
    bool good = !door->stopped && library_commit(door->library, source, &changed);
    free(source);
    return good;
}

static json_t *finish(struct import *import, const char *request) {
    json_t *receipt = parcel_receipt(&import->parcel, json_array_size(import->removed) > 0);
    if (import->removed)
        json_object_set(receipt, "removed", import->removed);
    door_record(import->parcel.door, "import", import->words[0], receipt, request);
    return receipt;
}

static void read_words(struct import *import) {
    struct door *door = import->parcel.door;
    /* A folder is unsigned; signed text is shown as it was signed. */
    const struct import_order *order = door->order;
    struct folder_options options = {
        .site_school = order && order->school ? order->school : door->config->site.school,
        .school_known = school_known,
        .user = door,
        .released = door->released,
        .words = &import->documents,
        .shown = import->unpacked ? import->words[0] : NULL,
        .parts_apart = !import->unpacked,
        .tidy = door->config->text.tidy == TIDY_ON,
        .has_unit = order && order->has_unit,
        .unit = order ? order->unit : UNIT_PARTY};
    import->there = count_there(import);
    for (size_t i = 0; i < import->word_count; i++) {
        door_tell(door, import->words[i]);
        folder_read(import->unpacked ? import->unpacked : import->words[i], &options,
                    &import->manifest);
    }
    /* The list is the parcel's from here on. */
    import->parcel.rejects = import->manifest.rejects;
    import->manifest.rejects = (struct reject_list){0};
    if (order && order->ids)
        choose(import, order);
    if (!import->manifest.case_count && !import->parcel.rejects.count)
        parcel_refuse(&import->parcel, import->words[0], REJECT_NOTHING_FOUND, NULL);
}

/* Whether it fits is said before anything is copied. */
static bool has_room(struct import *import) {
    struct parcel *parcel = &import->parcel;
    struct room_need need;
    enum reject reject = REJECT_NO_SPACE;
    char *detail = NULL;
    room_estimate(&parcel->room, &import->manifest, &need);
    if (!room_make(&parcel->room, &need, &reject, &detail))
        parcel_break_off(parcel, import->words[0], reject, detail);
    free(detail);
    return !parcel->broken_off;
}

static json_t *import_all(struct import *import, const char *request) {
    struct parcel *parcel = &import->parcel;
    if (has_room(import) && parcel_open(parcel)) {
        if (!library_begin(parcel->door->library))
            return NULL;
        if (take_cases(import) && replace(import) && commit(import))
            return finish(import, request);
    }
    return parcel_abort(parcel, import->words[0]) ? finish(import, request) : NULL;
}

static json_t *import_folders(struct door *door, const char *const *words, size_t word_count,
                              const char *unpacked, bool alone, const char *request) {
    struct import import = {
        .words = words, .word_count = word_count, .unpacked = unpacked, .alone = alone};
    char *source = door_label(door, words[0]);
    parcel_init(&import.parcel, door);
    parcel_wait(&import.parcel, NULL, source);
    char *folder = path_join(door->paths->staging, "words", NULL);
    words_open(&import.documents, door->documents, folder);
    free(folder);
    read_words(&import);
    door->progress.cases = (int64_t)import.manifest.case_count;
    manifest_measure(&import.manifest, &door->progress.files, &door->progress.bytes);
    json_t *receipt = import_all(&import, request);
    json_decref(import.removed);
    manifest_finish(&import.manifest);
    words_close(&import.documents);
    parcel_finish(&import.parcel);
    free(source);
    return receipt;
}

/* ------------------------------------------------------------------ bundles among them */

static bool stands_alone(const char *path) {
    return bundle_is(path) || brought_is_zip(path);
}

/* How many words from here on are one parcel: a bundle or zip file alone, or folders up to the next
 * of those. */
static size_t count_parcel(const char *const *words, size_t word_count) {
    size_t count = 0;
    while (count < word_count && !stands_alone(words[count]))
        count++;
    return count ? count : 1;
}

/* Whether a person who chose cases chose one of a bundle, which is then taken as a whole. */
static bool wants_bundles(const struct import_order *order) {
    for (size_t i = 0; order && order->ids && i < order->id_count; i++) {
        char feed[CASE_FEED_SIZE];
        case_own_id(order->ids[i], feed);
        if (*feed)
            return true;
    }
    return !order || !order->ids;
}

static json_t *pass_over(struct door *door) {
    json_t *receipt = door_receipt(door, "accepted");
    json_object_set_new(receipt, "cases", json_array());
    json_object_set_new(receipt, "rejects", json_array());
    return receipt;
}

static json_t *import_brought(struct door *door, const char *path, bool alone,
                              const char *request) {
    struct brought brought;
    enum reject reject = REJECT_UNREADABLE;
    char *detail = NULL;
    json_t *receipt = NULL;
    door_tell(door, path);
    if (!brought_open(&brought, path, door->paths->staging, door->documents, &reject, &detail))
        receipt = door_refuse(door, path, reject, detail, request);
    else if (brought.bundle && !alone && !wants_bundles(door->order))
        receipt = pass_over(door);
    else if (brought.bundle)
        receipt = door_take_path(door, path, &brought, request);
    else
        receipt = import_folders(door, &path, 1, brought.folder, alone, request);
    brought_close(&brought);
    free(detail);
    return receipt;
}

static json_t *import_parcel(struct door *door, const char *const *words, size_t word_count,
                             bool alone, const char *request) {
    door_begin_work(door);
    if (stands_alone(words[0]))
        return import_brought(door, words[0], alone, request);
    return import_folders(door, words, word_count, NULL, alone, request);
}

static void extend(json_t *whole, const json_t *part, const char *list) {
    json_t *more = json_object_get(part, list), *all = json_object_get(whole, list);
    if (more && !all)
        json_object_set_new(whole, list, json_copy(more));
    else if (more)
        json_array_extend(all, more);
}

static void add(json_t *whole, const json_t *part, const char *number) {
    json_t *more = json_object_get(part, number);
    json_int_t sum = json_integer_value(json_object_get(whole, number));
    if (more)
        json_object_set_new(whole, number, json_integer(sum + json_integer_value(more)));
}

static void add_part(json_t *whole, const char *path, const json_t *part) {
    static const char *const lists[] = {"cases",   "similar", "missing",
                                        "rejects", "held",    "removed"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        extend(whole, part, lists[i]);
    add(whole, part, "missing_more");
    add(whole, part, "unchanged");
    char *label = text_printable(path);
    json_array_append_new(json_object_get(whole, "parts"),
                          json_pack("{s:s, s:O, s:O, s:O*, s:O*, s:O*}", "path", label, "outcome",
                                    json_object_get(part, "outcome"), "generation",
                                    json_object_get(part, "generation"), "feed",
                                    json_object_get(part, "feed"), "serial",
                                    json_object_get(part, "serial"), "signed",
                                    json_object_get(part, "signed")));
    free(label);
}

static const char *outcome_of(const json_t *parts) {
    size_t i = 0, accepted = 0, refused = 0;
    json_t *part = NULL;
    json_array_foreach(parts, i, part) {
        const char *outcome = json_string_value(json_object_get(part, "outcome"));
        accepted += strcmp(outcome, "accepted") == 0;
        refused += strcmp(outcome, "refused") == 0;
    }
    return accepted == i ? "accepted" : refused == i ? "refused" : "partial";
}

/* What was replaced by several parcels goes after all of them, in a generation of its own. */
struct replacing {
    const json_t *cases; /* that were taken */
    json_t *removed;
};

static void note_not_taken(void *user, const char *id) {
    struct replacing *replacing = user;
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(replacing->cases, i, entry) {
        if (strcmp(json_string_value(json_object_get(entry, "id")), id) == 0)
            return;
    }
    json_array_append_new(replacing->removed, json_string(id));
}

static bool replace_after(struct door *door, const char *source, json_t *whole) {
    struct replacing replacing = {json_object_get(whole, "cases"), json_array()};
    bool wanted = door->order && door->order->replace &&
                  review_kind(door, NULL) == PENDING_KIND_COUNT && json_array_size(replacing.cases);
    bool good = !wanted || library_begin(door->library), changed = false;
    if (wanted && good) {
        char *label = door_label(door, source);
        good = library_each_local(door->library, note_not_taken, &replacing) &&
               remove_all(door->library, replacing.removed) &&
               library_commit(door->library, label, &changed);
        free(label);
        if (good)
            json_object_set(whole, "removed", replacing.removed);
        else
            library_abort(door->library);
    }
    json_decref(replacing.removed);
    return good;
}

/* Each parcel is a generation with a receipt of its own; what was asked is answered by all of them
 * together. */
static json_t *import_parcels(struct door *door, const char *const *words, size_t word_count,
                              const char *request) {
    json_t *whole = json_pack("{s:[]}", "parts");
    for (size_t i = 0, count = 0; i < word_count; i += count) {
        count = count_parcel(words + i, word_count - i);
        json_t *part = import_parcel(door, words + i, count, false, NULL);
        if (!part) {
            json_decref(whole);
            return NULL;
        }
        add_part(whole, words[i], part);
        json_decref(part);
    }
    if (!replace_after(door, words[0], whole)) {
        json_decref(whole);
        return NULL;
    }
    json_t *receipt = door_receipt(door, outcome_of(json_object_get(whole, "parts")));
    json_object_update(receipt, whole);
    json_decref(whole);
    door_record(door, "import", words[0], receipt, request);
    return receipt;
}

/* The parts of all words, one after another. */
static void find_parts(struct door *door, const char *const *words, size_t word_count,
                       struct part_list *all) {
    *all = (struct part_list){.paths = xcalloc(word_count, sizeof *all->paths)};
    for (size_t i = 0; i < word_count; i++) {
        struct part_list parts;
        door_tell(door, words[i]);
        parts_find(words[i], &parts);
        all->paths = xrealloc(all->paths, all->count + parts.count, sizeof *all->paths);
        for (size_t k = 0; k < parts.count; k++)
            all->paths[all->count++] = xstrdup(parts.paths[k]);
        part_list_finish(&parts);
    }
}

json_t *door_import(struct door *door, const char *const *words, size_t word_count,
                    const char *request) {
    struct part_list parts;
    door_begin_work(door);
    find_parts(door, words, word_count, &parts);
    const char *const *paths = (const char *const *)parts.paths;
    json_t *receipt = count_parcel(paths, parts.count) < parts.count
                          ? import_parcels(door, paths, parts.count, request)
                          : import_parcel(door, paths, parts.count, true, request);
    part_list_finish(&parts);
    return receipt;
}
