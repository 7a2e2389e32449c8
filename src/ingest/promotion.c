#include "ingest/promotion.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/chosen.h"
#include "ingest/door.h"
#include "library/promotions.h"

struct id_list {
    char **ids;
    size_t count;
};

static bool add_id(void *user, const char *id) {
    struct id_list *list = user;
    list->ids = xrealloc((void *)list->ids, list->count + 1, sizeof *list->ids);
    list->ids[list->count++] = xstrdup(id);
    return true;
}

bool promotion_sync(struct ledger *ledger, struct library *library) {
    struct id_list list = {0};
    bool good = ledger_each_promoted(ledger, add_id, &list) &&
                library_set_promoted(library, (const char *const *)list.ids, list.count);
    for (size_t i = 0; i < list.count; i++)
        free(list.ids[i]);
    free((void *)list.ids);
    return good;
}

/* Notices come first as they are. */
static bool promote(struct door *door, const struct chosen *chosen, bool on, json_t *done,
                    json_t *notices) {
    bool good = true;
    for (size_t i = 0; good && i < chosen->count; i++) {
        if (chosen->cases[i].level) {
            json_array_append_new(notices, json_string(chosen->cases[i].id));
            continue;
        }
        good = ledger_promote(door->ledger, chosen->cases[i].id, on);
        json_array_append_new(done, json_string(chosen->cases[i].id));
    }
    return good && promotion_sync(door->ledger, door->library);
}

static json_t *run(struct door *door, const char *const *ids, size_t count, bool on,
                   const char *request) {
    struct chosen chosen;
    json_t *done = json_array(), *notices = json_array(), *receipt = NULL;
    chosen_init(&chosen);
    if (chosen_find(door, ids, count, chosen_in_library, &chosen) &&
        promote(door, &chosen, on, done, notices)) {
        receipt = chosen_receipt(door, &chosen, on ? "featured" : "unfeatured", done);
        if (json_array_size(notices)) {
            json_object_set(receipt, "notices", notices);
            json_object_set_new(receipt, "outcome",
                                json_string(json_array_size(done) ? "partial" : "refused"));
        }
        door_record(door, on ? "feature" : "unfeature", ids[0], receipt, request);
    }
    json_decref(notices);
    json_decref(done);
    chosen_finish(&chosen);
    return receipt;
}

json_t *door_feature(struct door *door, const char *const *ids, size_t count, const char *request) {
    return run(door, ids, count, true, request);
}

json_t *door_unfeature(struct door *door, const char *const *ids, size_t count,
                       const char *request) {
    return run(door, ids, count, false, request);
}
