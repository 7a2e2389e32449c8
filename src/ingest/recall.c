#include "ingest/recall.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/chosen.h"
#include "ingest/door.h"
#include "ingest/hold.h"
#include "ingest/twin.h"
#include "library/case.h"
#include "library/floors.h"

/* ---- remove */

static bool withdraw(struct door *door, struct chosen *chosen, const char *why) {
    struct withdrawal *withdrawals = xcalloc(chosen->count, sizeof *withdrawals);
    for (size_t i = 0; i < chosen->count; i++) {
        const struct chosen_case *c = chosen->cases + i;
        withdrawals[i] = (struct withdrawal){.id = c->id,
                                             .twin = twin_if(c->level, c->school, c->title),
                                             .school = c->school,
                                             .title = c->title,
                                             .why = (char *)why};
    }
    bool good = hold_add(door->ledger, door->library, withdrawals, chosen->count);
    free(withdrawals);
    return good;
}

static bool remove_rows(struct door *door, const struct chosen *chosen, json_t *removed) {
    bool changed = false, good = library_begin(door->library);
    for (size_t i = 0; good && i < chosen->count; i++) {
        bool found = false;
        good = library_remove(door->library, chosen->cases[i].id, &found);
        json_array_append_new(removed, json_string(chosen->cases[i].id));
    }
    good = good && library_commit(door->library, "remove", &changed);
    if (!good)
        library_abort(door->library);
    return good;
}

json_t *door_remove(struct door *door, const char *const *ids, size_t count, const char *request) {
    struct chosen chosen;
    json_t *removed = json_array(), *receipt = NULL;
    chosen_init(&chosen);
    if (chosen_find(door, ids, count, chosen_in_library, &chosen) &&
        withdraw(door, &chosen, WITHDRAWN_REMOVE) && remove_rows(door, &chosen, removed)) {
        receipt = chosen_receipt(door, &chosen, "removed", removed);
        door_record(door, "remove", ids[0], receipt, request);
    }
    json_decref(removed);
    chosen_finish(&chosen);
    return receipt;
}

/* ---- hide */

json_t *door_hide(struct door *door, const char *const *ids, size_t count, const char *request) {
    struct chosen chosen;
    json_t *hidden = json_array(), *receipt = NULL;
    chosen_init(&chosen);
    if (chosen_find(door, ids, count, chosen_in_library, &chosen) &&
        withdraw(door, &chosen, WITHDRAWN_HIDDEN)) {
        for (size_t i = 0; i < chosen.count; i++)
            json_array_append_new(hidden, json_string(chosen.cases[i].id));
        receipt = chosen_receipt(door, &chosen, "hidden", hidden);
        door_record(door, "hide", ids[0], receipt, request);
    }
    json_decref(hidden);
    chosen_finish(&chosen);
    return receipt;
}

/* ---- allow */

struct seeking {
    const char *id;
    struct chosen *bearers;
};

static bool on_withdrawal(void *user, const struct withdrawal *withdrawal) {
    struct seeking *seeking = user;
    if (strcmp(withdrawal->id, seeking->id) == 0 ||
        strcmp(case_own_id(withdrawal->id, NULL), seeking->id) == 0)
        chosen_add(seeking->bearers, withdrawal->id, LEVEL_CASE, withdrawal->school,
                   withdrawal->title);
    return true;
}

static bool find_withdrawn(struct door *door, const char *id, struct chosen *bearers) {
    struct seeking seeking = {id, bearers};
    return ledger_each_withdrawal(door->ledger, on_withdrawal, &seeking);
}

static void on_exact(void *user, const char *id, enum level level, const char *school,
                     const char *title) {
    struct seeking *seeking = user;
    if (strcmp(id, seeking->id) == 0)
        chosen_add(seeking->bearers, id, level, school, title);
}

static bool allow(struct door *door, const struct chosen_case *withdrawn, json_t *allowed) {
    struct chosen bearers;
    struct seeking seeking = {withdrawn->id, &bearers};
    bool found = false;
    chosen_init(&bearers);
    bool good = ledger_allow(door->ledger, withdrawn->id, &found) &&
                library_each_named(door->library, withdrawn->id, on_exact, &seeking);
    json_array_append_new(allowed, json_pack("{s:s, s:s, s:s, s:b}", "id", withdrawn->id, "title",
                                             withdrawn->title, "school", withdrawn->school, "shown",
                                             bearers.count != 0));
    chosen_finish(&bearers);
    return good;
}

static bool allow_all(struct door *door, const struct chosen *chosen, json_t *allowed) {
    for (size_t i = 0; i < chosen->count; i++)
        if (!allow(door, chosen->cases + i, allowed))
            return false;
    return hold_sync(door->ledger, door->library);
}

json_t *door_allow(struct door *door, const char *const *ids, size_t count, const char *request) {
    struct chosen chosen;
    json_t *allowed = json_array(), *receipt = NULL;
    chosen_init(&chosen);
    if (chosen_find(door, ids, count, find_withdrawn, &chosen) &&
        allow_all(door, &chosen, allowed)) {
        receipt = chosen_receipt(door, &chosen, "allowed", allowed);
        door_record(door, "allow", ids[0], receipt, request);
    }
    json_decref(allowed);
    chosen_finish(&chosen);
    return receipt;
}

/* ---- rollback */

json_t *door_rollback(struct door *door, const char *const *words, size_t count,
                      const char *request) {
    (void)words;
    (void)count;
    int64_t from = library_generation(door->library);
    bool moved = false;
    if (!library_rollback(door->library, &moved) || (moved && !ledger_hold_floors(door->ledger)))
        return NULL;
    json_t *receipt = door_receipt(door, moved ? "accepted" : "refused");
    json_object_set_new(receipt, "from", json_integer((json_int_t)from));
    door_record(door, "rollback", "", receipt, request);
    return receipt;
}

/* ---- what a keeper that died did not write down */

json_t *door_settle(struct door *door, const char *kind, const char *request) {
    bool rollback = strcmp(kind, "rollback") == 0;
    if (rollback && !ledger_hold_floors(door->ledger))
        return NULL;
    json_t *receipt = door_receipt(door, "accepted");
    json_object_set_new(receipt, "interrupted", json_true());
    door_record(door, kind, "", receipt, request);
    return receipt;
}
