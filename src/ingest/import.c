#include "ingest/import.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/door.h"
#include "ingest/import_parts.h"
#include "ingest/import_plain.h"
#include "ingest/review.h"
#include "ingest/take.h"

/* ---- the receipt of several parcels */

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

static void add_parcel(json_t *whole, const json_t *receipt) {
    static const char *const lists[] = {"cases",   "similar", "missing",
                                        "rejects", "held",    "removed"};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        extend(whole, receipt, lists[i]);
    add(whole, receipt, "missing_more");
    add(whole, receipt, "unchanged");
}

static json_t *list_parts(const struct import_parts *parts, const json_t *plain) {
    json_t *list = json_array();
    for (size_t i = 0; i < parts->count; i++) {
        const struct import_part *part = parts->parts + i;
        json_array_append_new(list, import_part_json(part, part->receipt ? part->receipt : plain));
    }
    return list;
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

/* ---- replacing where bundles are among them */

/* Whatever is replaced goes after all of them, in a generation of its own. */
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
               import_remove_all(door->library, replacing.removed) &&
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

/* ---- */

static json_t *pass_over(struct door *door) {
    json_t *receipt = door_receipt(door, "accepted");
    json_object_set_new(receipt, "cases", json_array());
    json_object_set_new(receipt, "rejects", json_array());
    return receipt;
}

static json_t *import_bundle(struct door *door, const struct import_part *part) {
    if (door->stopped)
        return NULL;
    if (!import_wants(door->order, true))
        return pass_over(door);
    door_begin_work(door);
    door_tell(door, part->path);
    return door->stopped ? NULL : door_take_path(door, part->path, &part->brought, NULL);
}

/* False: it ends here. */
static bool import_bundles(struct door *door, struct import_parts *parts, json_t *whole) {
    for (size_t i = 0; i < parts->count; i++) {
        struct import_part *part = parts->parts + i;
        if (!part->brought.bundle)
            continue;
        part->receipt = import_bundle(door, part);
        if (!part->receipt)
            return false;
        add_parcel(whole, part->receipt);
    }
    return true;
}

/* The plain parts, then one bundle after another. Each parcel is a generation with a receipt of its
 * own; what was asked is answered by all of them together. */
static json_t *import_parcels(struct door *door, struct import_parts *parts, const char *source,
                              const char *request) {
    bool has_plain = parts->bundles < parts->count;
    json_t *whole = json_pack("{s:[]}", "parts"), *receipt = NULL;
    json_t *plain = has_plain ? import_plain(door, parts, source, NULL) : NULL;
    if (plain)
        add_parcel(whole, plain);
    if ((plain || !has_plain) && import_bundles(door, parts, whole) &&
        replace_after(door, source, whole)) {
        json_object_set_new(whole, "parts", list_parts(parts, plain));
        receipt = door_receipt(door, outcome_of(json_object_get(whole, "parts")));
        json_object_update(receipt, whole);
        door_record(door, "import", source, receipt, request);
    }
    json_decref(plain);
    json_decref(whole);
    return receipt;
}

static json_t *import_opened(struct door *door, struct import_parts *parts, const char *word,
                             const char *request) {
    const struct import_part *first = parts->parts;
    if (door->stopped)
        return NULL;
    if (parts->count == 1 && first->brought.bundle)
        return door_take_path(door, first->path, &first->brought, request);
    const char *source = parts->count == 1 ? first->path : word;
    return parts->bundles ? import_parcels(door, parts, source, request)
                          : import_plain(door, parts, source, request);
}

json_t *door_import(struct door *door, const char *const *words, size_t word_count,
                    const char *request) {
    struct import_parts parts;
    door_begin_work(door);
    import_parts_open(&parts, door, words, word_count);
    json_t *receipt = import_opened(door, &parts, words[0], request);
    import_parts_close(&parts);
    return receipt;
}
