#include "ingest/import.h"

#include <stdlib.h>

#include "base/fs.h"
#include "base/memory.h"
#include "ingest/door.h"
#include "ingest/folder.h"
#include "ingest/parcel.h"
#include "ingest/take.h"
#include "ingest/text.h"

/* Folders of cases on their way in. */
struct import {
    struct parcel parcel;
    struct manifest manifest;
    const char *const *words;
    size_t word_count, there; /* paths that were given, and that are there */
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
    for (size_t i = 0; i < import->manifest.case_count; i++)
        if (import->parcel.door->stopped ||
            !parcel_take(&import->parcel, import->manifest.cases + i))
            return false;
    return !source_is_gone(import);
}

static bool commit(struct import *import) {
    bool changed = false;
    struct door *door = import->parcel.door;
    char *source = text_printable(import->words[0]);
    door_tell(door, "正在启用新内容 (making it current)");
    bool good = !door->stopped && library_commit(door->library, source, &changed);
    free(source);
    return good;
}

static json_t *finish(struct import *import, const char *request) {
    json_t *receipt = parcel_receipt(&import->parcel, false);
    door_record(import->parcel.door, "import", import->words[0], receipt, request);
    return receipt;
}

static void read_words(struct import *import) {
    struct door *door = import->parcel.door;
    /* A folder is unsigned; signed text is shown as it was signed. */
    struct folder_options options = {.site_school = door->config->site.school,
                                     .school_known = school_known,
                                     .user = door,
                                     .tidy = door->config->text.tidy == TIDY_ON};
    import->there = count_there(import);
    for (size_t i = 0; i < import->word_count; i++) {
        door_tell(door, import->words[i]);
        folder_read(import->words[i], &options, &import->manifest);
    }
    /* The list is the parcel's from here on. */
    import->parcel.rejects = import->manifest.rejects;
    import->manifest.rejects = (struct reject_list){0};
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
        if (take_cases(import) && commit(import))
            return finish(import, request);
    }
    return parcel_abort(parcel, import->words[0]) ? finish(import, request) : NULL;
}

static json_t *import_folders(struct door *door, const char *const *words, size_t word_count,
                              const char *request) {
    struct import import = {.words = words, .word_count = word_count};
    parcel_init(&import.parcel, door);
    read_words(&import);
    manifest_measure(&import.manifest, &door->progress.files, &door->progress.bytes);
    json_t *receipt = import_all(&import, request);
    manifest_finish(&import.manifest);
    parcel_finish(&import.parcel);
    return receipt;
}

json_t *door_import(struct door *door, const char *const *words, size_t word_count,
                    const char *request) {
    door_begin_work(door);
    if (word_count == 1 && take_is_bundle(words[0]))
        return door_take_path(door, words[0], request);
    return import_folders(door, words, word_count, request);
}
