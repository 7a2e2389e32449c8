#include "ingest/review.h"

#include <stdlib.h>
#include <string.h>

#include "ingest/door.h"
#include "ingest/hold.h"
#include "ingest/twin.h"

enum pending_kind review_kind(const struct door *door, const struct source_config *source) {
    if (door->order && door->order->draft)
        return PENDING_DRAFT;
    bool waits =
        source ? source->approve == APPROVE_HOLD : door->config->approval.mode == APPROVAL_TWO;
    return waits ? PENDING_REVIEW : PENDING_KIND_COUNT;
}

bool door_drop_drafts(struct door *door) {
    return library_drop_drafts(door->library);
}

/* ---- what was asked for */

struct asked {
    int64_t until_ms; /* what came later was not seen; 0: all was */
    const char *const *ids;
    size_t count;    /* 0: all */
    json_t *waiting; /* [{"id", "unit", …}], those that are asked for, in the order they came */
    json_t *missing;
};

static bool is_asked(const struct asked *asked, const char *id) {
    for (size_t i = 0; i < asked->count; i++)
        if (strcmp(asked->ids[i], id) == 0)
            return true;
    return !asked->count;
}

static bool add_waiting(void *user, const struct pending_case *pending) {
    struct asked *asked = user;
    bool seen = !asked->until_ms || pending->at_ms <= asked->until_ms;
    if (seen && is_asked(asked, pending->id))
        json_array_append_new(asked->waiting,
                              json_pack("{s:s, s:s?, s:s*, s:s, s:s, s:s, s:s, s:b}", "id",
                                        pending->id, "unit",
                                        section_unit(pending->level, pending->unit), "level",
                                        section_level(pending->level), "school", pending->school,
                                        "title", pending->title, "by", pending->by, "source",
                                        pending->source, "signed", pending->is_signed));
    return true;
}

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static bool has_id(const json_t *list, const char *id) {
    for (size_t i = 0; i < json_array_size(list); i++)
        if (strcmp(text_of(json_array_get(list, i), "id"), id) == 0)
            return true;
    return false;
}

static bool find_asked(struct door *door, struct asked *asked) {
    asked->waiting = json_array();
    asked->missing = json_array();
    bool good = library_each_pending(door->library, PENDING_REVIEW, add_waiting, asked);
    for (size_t i = 0; i < asked->count; i++)
        if (!has_id(asked->waiting, asked->ids[i]))
            json_array_append_new(asked->missing, json_string(asked->ids[i]));
    return good;
}

static json_t *receipt_of(struct door *door, const struct asked *asked, const json_t *done,
                          const json_t *own) {
    bool all = !json_array_size(asked->missing) && !json_array_size(own);
    json_t *receipt = door_receipt(door, !json_array_size(done) ? "refused"
                                         : all                  ? "accepted"
                                                                : "partial");
    json_object_set(receipt, "missing", asked->missing);
    return receipt;
}

static void finish(struct asked *asked) {
    json_decref(asked->waiting);
    json_decref(asked->missing);
}

/* ---- approve */

/* Sorts out what the reviewer entered. */
static void choose(const struct asked *asked, const char *who, json_t *cases, json_t *own) {
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(asked->waiting, i, entry) {
        if (*who && strcmp(text_of(entry, "by"), who) == 0)
            json_array_append(own, json_object_get(entry, "id"));
        else
            json_array_append(cases, entry);
    }
}

/* What was withdrawn meanwhile is not shown for being approved. */
static bool sort_out_held(struct door *door, json_t *cases, json_t *held) {
    bool good = true;
    for (size_t i = json_array_size(cases); good && i-- > 0;) {
        const json_t *entry = json_array_get(cases, i);
        const char *id = text_of(entry, "id");
        enum level level = json_object_get(entry, "level") ? LEVEL_NOTICE : LEVEL_CASE;
        int64_t twin = twin_if(level, text_of(entry, "school"), text_of(entry, "title"));
        struct withdrawal by;
        good = hold_find(door->ledger, door->library, id, twin, &by);
        if (!good)
            break;
        if (by.id) {
            json_array_append_new(held, json_string(id));
            json_array_remove(cases, i);
        }
        withdrawal_finish(&by);
    }
    return good;
}

/* What the receipt says of an approval; the rest of it is of the moment. */
static json_t *approval_of(const char *who, json_t *cases) {
    return json_pack("{s:s, s:O}", "approved_by", who, "cases", cases);
}

/* It is the note of its generation, for door_settle_review. */
static bool commit_release(struct door *door, const char *who, json_t *cases) {
    bool changed = false;
    json_t *approval = approval_of(who, cases);
    char *note = json_dumps(approval, JSON_COMPACT);
    bool good = note && library_commit(door->library, note, &changed);
    free(note);
    json_decref(approval);
    return good;
}

static bool release(struct door *door, const char *who, json_t *cases) {
    static const char *const changes[] = {"added", "changed", "unchanged"};
    bool good = library_begin(door->library);
    int64_t now_ms = door_now_ms(door);
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(cases, i, entry) {
        bool found = false;
        enum change change = CHANGE_UNCHANGED;
        good = good && library_release(door->library, text_of(entry, "id"), PENDING_REVIEW, now_ms,
                                       &found, &change);
        json_object_set_new(entry, "change", json_string(changes[change]));
    }
    good = good && commit_release(door, who, cases);
    if (!good)
        library_abort(door->library);
    return good;
}

static json_t *approve(struct door *door, const char *who, struct asked *asked,
                       const char *request) {
    json_t *cases = json_array(), *own = json_array(), *held = json_array(), *receipt = NULL;
    bool good = find_asked(door, asked);
    choose(asked, who, cases, own);
    good = good && sort_out_held(door, cases, held);
    if (good && (!json_array_size(cases) || release(door, who, cases))) {
        json_t *approval = approval_of(who, cases);
        receipt = receipt_of(door, asked, cases, own);
        json_object_update(receipt, approval);
        json_decref(approval);
        json_object_set(receipt, "own", own);
        json_object_set(receipt, "withdrawn", held);
        door_record(door, "approve", who, receipt, request);
    }
    json_decref(held);
    json_decref(own);
    json_decref(cases);
    finish(asked);
    return receipt;
}

json_t *door_approve(struct door *door, const char *const *words, size_t count,
                     const char *request) {
    struct asked asked = {.ids = words + 1, .count = count - 1};
    return approve(door, words[0], &asked, request);
}

json_t *door_approve_seen(struct door *door, const char *const *words, size_t count,
                          int64_t until_ms, const char *request) {
    struct asked asked = {.until_ms = until_ms, .ids = words + 1, .count = count - 1};
    return approve(door, words[0], &asked, request);
}

/* The newest approval written down is of that generation or of a later one. */
static bool is_written_down(struct door *door, bool *is) {
    struct receipt last = {0};
    if (!ledger_last(door->ledger, "approve", &last))
        return false;
    json_t *receipt = last.row ? json_loads(last.json, 0, NULL) : NULL;
    *is = json_integer_value(json_object_get(receipt, "generation")) >=
          library_generation(door->library);
    json_decref(receipt);
    receipt_finish(&last);
    return true;
}

static bool write_down(struct door *door, json_t *approval) {
    char *request = NULL, *answered = NULL;
    if (!library_last_request(door->library, &request) ||
        !ledger_find_request(door->ledger, request, &answered)) {
        free(request);
        return false;
    }
    json_t *receipt = door_receipt(door, "accepted");
    json_object_update(receipt, approval);
    door_record(door, "approve", text_of(receipt, "approved_by"), receipt,
                *request && !answered ? request : NULL);
    json_decref(receipt);
    free(answered);
    free(request);
    return true;
}

bool door_settle_review(struct door *door) {
    char *note = NULL;
    bool good = library_note(door->library, &note), is = false;
    json_t *approval = good && *note == '{' ? json_loads(note, 0, NULL) : NULL;
    if (approval)
        good = is_written_down(door, &is) && (is || write_down(door, approval));
    json_decref(approval);
    free(note);
    return good;
}

/* ---- decline */

json_t *door_decline(struct door *door, const char *const *words, size_t count,
                     const char *request) {
    struct asked asked = {.ids = words + 1, .count = count - 1};
    json_t *receipt = NULL, *entry = NULL;
    bool good = find_asked(door, &asked);
    size_t i = 0;
    json_array_foreach(asked.waiting, i, entry) {
        bool found = false;
        good = good &&
               library_drop_pending(door->library, text_of(entry, "id"), PENDING_REVIEW, &found);
    }
    if (good) {
        receipt = receipt_of(door, &asked, asked.waiting, NULL);
        json_object_set_new(receipt, "declined_by", json_string(words[0]));
        json_object_set(receipt, "declined", asked.waiting);
        door_record(door, "decline", words[0], receipt, request);
    }
    finish(&asked);
    return receipt;
}
