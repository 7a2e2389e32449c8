#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <dirent.h>
#include <stdio.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/brought.h"
#include "ingest/bundle.h"
#include "ingest/door.h"
#include "ingest/errands.h"
#include "ingest/take.h"
#include "ingest/trust.h"
#include "keeper/clerk.h"
#include "keeper/sticks_private.h"

/* ---- what was seen is judged */

/* The same head again, as after a stick was pulled out: its media are not read twice. */
static void merge_media(const char *old, const char *fresh) {
    char *from = path_join(old, BUNDLE_MEDIA, NULL), *to = path_join(fresh, BUNDLE_MEDIA, NULL);
    if (fs_is_dir(from) && rename(from, to) != 0)
        log_warning("%s: 重新复制 (copied anew)", from);
    free(from);
    free(to);
    fs_remove_tree(old);
}

/* Named by its head, so that it is found again; what will be refused, by a number. */
static void settle(struct sticks *sticks, struct stick_bundle *bundle, const struct hash *head) {
    char hex[HASH_HEX_SIZE] = "";
    if (head)
        hash_hex(*head, hex);
    char *place = xasprintf("%s/" DOOR_STICK "%.16s", sticks->paths->staging, hex);
    if (!head) {
        free(place);
        place = xasprintf("%s/" DOOR_STICK "bad-%u", sticks->paths->staging, sticks->staged++);
    }
    if (fs_exists(place))
        merge_media(place, bundle->staged);
    if (rename(bundle->staged, place) == 0) {
        free(bundle->staged);
        bundle->staged = place;
        return;
    }
    free(place);
}

static bool is_in_use(const struct sticks *sticks, const char *path) {
    for (size_t i = 0; i < sticks->count; i++) {
        const struct stick *stick = sticks->sticks[i];
        if ((stick->staging && strcmp(stick->staging, path) == 0) ||
            (stick->writing.folder && strcmp(stick->writing.folder, path) == 0))
            return true;
        for (size_t k = 0; k < stick->bundle_count; k++)
            if (strcmp(stick->bundles[k].staged, path) == 0 ||
                (stick->bundles[k].zip && strcmp(stick->bundles[k].zip, path) == 0))
                return true;
    }
    return false;
}

/* Beside what is read first, so that it is not taken for a part of it. */
static void place_zip(struct stick_bundle *bundle) {
    if (bundle->zip_bytes)
        bundle->zip = xasprintf("%s.zip", bundle->staged);
}

/* What is left of a bundle that never came back would fill the disk. */
static void remove_others(const struct sticks *sticks) {
    DIR *dir = opendir(sticks->paths->staging);
    for (const struct dirent *entry; dir && (entry = readdir(dir));) {
        char *path = path_join(sticks->paths->staging, entry->d_name, NULL);
        if (text_starts(entry->d_name, DOOR_STICK) && !is_in_use(sticks, path))
            fs_remove_tree(path);
        free(path);
    }
    if (dir)
        closedir(dir);
}

struct trust sticks_trust(const struct sticks *sticks) {
    struct trust trust;
    trust_load(&trust, sticks->config, sticks->door->ledger);
    return trust;
}

static void settle_all(struct sticks *sticks, struct stick *stick) {
    struct trust trust = sticks_trust(sticks);
    for (size_t i = 0; i < stick->bundle_count; i++) {
        struct bundle bundle;
        enum reject reject = REJECT_COUNT;
        char *detail = NULL;
        bool good = bundle_open(&bundle, stick->bundles[i].staged, &trust, &reject, &detail);
        settle(sticks, stick->bundles + i, good ? &bundle.head_hash : NULL);
        place_zip(stick->bundles + i);
        bundle_finish(&bundle);
        free(detail);
    }
    trust_finish(&trust);
    fs_remove_tree(stick->staging);
    remove_others(sticks);
}

/* A bundle whose signature is not good goes through the door too, which refuses it by name. */
static void judge(struct sticks *sticks, struct stick *stick) {
    bool takes = sticks->config->stick.known == STICK_TAKE;
    enum stick_input input = stick->bundle_count && takes ? STICK_IN_SIGNED
                             : stick->bundle_count        ? STICK_IN_OTHER
                             : stick->content             ? STICK_IN_OTHER
                                                          : STICK_IN_NOTHING;
    stick->seen = false;
    if (input == STICK_IN_SIGNED)
        settle_all(sticks, stick);
    sticks_step(sticks, stick, input, STICK_FAULT_NONE);
}

/* ---- copying is started */

static bool does_order(const struct stick *stick) {
    return stick->ordered && !stick->order_waits;
}

static void start_copying(struct sticks *sticks, struct stick *stick) {
    stick->bytes = stick->bytes_done = stick->cases = 0;
    sticks_forget_news(stick);
    sticks_step(sticks, stick, STICK_IN_TURN, STICK_FAULT_NONE);
    if (does_order(stick))
        sticks_copy_order(sticks, stick);
    else
        sticks_copy_bundles(sticks, stick);
}

/* ---- what was copied is taken */

static const char *text_of(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

/* New ones before changed ones, and of either the first. */
static void note_title(struct stick_news *news, const char *title, bool is_new) {
    size_t at = is_new ? news->new_title_count : news->title_count;
    if (at == STICK_TITLES)
        return;
    if (news->title_count == STICK_TITLES)
        free(news->titles[--news->title_count]);
    memmove(news->titles + at + 1, news->titles + at,
            (news->title_count - at) * sizeof *news->titles);
    news->titles[at] = xstrdup(title);
    news->title_count++;
    news->new_title_count += is_new;
}

/* What waits for a review is named nowhere before that. */
static void add_case(struct stick_news *news, const json_t *entry) {
    const char *change = text_of(entry, "change");
    bool is_new = strcmp(change, "added") == 0;
    if (strcmp(change, "unchanged") == 0)
        return;
    if (json_is_true(json_object_get(entry, "waits"))) {
        news->waiting++;
        return;
    }
    news->added += is_new;
    news->changed += !is_new;
    note_title(news, text_of(entry, "title"), is_new);
}

static void add_news(struct stick_news *news, const json_t *receipt) {
    size_t i = 0;
    json_t *entry = NULL;
    news->removed += (int64_t)json_array_size(json_object_get(receipt, "removed"));
    json_array_foreach(json_object_get(receipt, "cases"), i, entry) {
        add_case(news, entry);
    }
}

/* What the first reject says. */
static void note_refusal(struct stick *stick, const json_t *receipt) {
    const json_t *reject = json_array_get(json_object_get(receipt, "rejects"), 0);
    if (!reject || !reject_parse(text_of(reject, "code"), &stick->reject))
        stick->reject = REJECT_COUNT;
}

static json_t *take_zip(struct door *door, const char *zip) {
    struct brought brought;
    enum reject reject = REJECT_ZIP;
    char *detail = NULL;
    bool good =
        brought_open(&brought, zip, door->paths->staging, door->documents, &reject, &detail);
    json_t *receipt = good ? door_take_path(door, zip, &brought, NULL)
                           : door_refuse(door, zip, reject, detail, NULL);
    brought_close(&brought);
    free(detail);
    return receipt;
}

/* NULL: stopped, or the library failed. */
static json_t *take_one(struct sticks *sticks, const struct stick_bundle *bundle) {
    struct door *door = sticks->door;
    const struct brought brought = {.folder = bundle->staged, .bundle = true};
    bool copied = bundle->zip && fs_exists(bundle->zip);
    const char *lies = copied ? bundle->zip : bundle->staged;
    door_show_as(door, lies, bundle->from);
    door_begin_work(door);
    json_t *receipt = copied ? take_zip(door, lies) : door_take_path(door, lies, &brought, NULL);
    door_show_as(door, NULL, NULL);
    return receipt;
}

/* Of more than are named it is said how many they are. */
static void end_refusals(struct stick *stick) {
    if (!stick->refused_more)
        return;
    char *more = xasprintf("另有%zu项 (and %zu more)", stick->refused_more, stick->refused_more);
    reject_add(&stick->refused, stick->path, REJECT_UNREADABLE, more);
    stick->refused_more = 0;
    free(more);
}

static json_t *take_order(struct sticks *sticks, struct stick *stick) {
    struct door *door = sticks->door;
    const struct request *order = &stick->order;
    char **words = xcalloc(order->count, sizeof *words);
    size_t root = strlen(stick->path);
    for (size_t i = 0; i < order->count; i++)
        words[i] = xasprintf("%s%s", stick->staging, order->words[i] + root);
    door_show_as(door, stick->staging, stick->path);
    sticks->taking = stick;
    end_refusals(stick);
    door_also_refused(door, &stick->refused);
    json_t *receipt = *stick->desk.uid
                          ? clerk_import(door, &stick->desk, words[0])
                          : door_import(door, (const char *const *)words, order->count, order->id);
    door_also_refused(door, NULL);
    sticks->taking = NULL;
    door_show_as(door, NULL, NULL);
    for (size_t i = 0; i < order->count; i++)
        free(words[i]);
    free(words);
    return receipt;
}

struct outcome {
    size_t refused, whole;
};

static void add_outcome(struct outcome *outcome, struct stick *stick, const json_t *receipt) {
    bool refused = strcmp(text_of(receipt, "outcome"), "refused") == 0;
    add_news(&stick->news, receipt);
    outcome->refused += refused;
    outcome->whole++;
    if (refused)
        note_refusal(stick, receipt);
}

static void end_taking(struct sticks *sticks, struct stick *stick, const struct outcome *outcome) {
    const struct stick_news *news = &stick->news;
    stick->cases = news->added + news->changed + news->removed + news->waiting;
    if (outcome->refused == outcome->whole)
        sticks_step(sticks, stick, STICK_IN_FAILED, STICK_FAULT_REFUSED);
    else
        sticks_step(sticks, stick, stick->cases ? STICK_IN_TOOK : STICK_IN_SAME, STICK_FAULT_NONE);
}

void sticks_finish_order(struct stick *stick) {
    request_finish(&stick->order);
    desk_request_finish(&stick->desk);
}

static void end_order(struct sticks *sticks, struct stick *stick) {
    if (!*stick->desk.uid)
        request_drop(sticks->paths, &stick->order);
    sticks_finish_order(stick);
    stick->ordered = stick->order_waits = stick->given_up = false;
}

/* What was asked for while something else was being done. */
static void start_order(struct sticks *sticks, struct stick *stick) {
    if (!stick->order_waits)
        return;
    sticks_step(sticks, stick, STICK_IN_ORDERED, STICK_FAULT_NONE);
    stick->order_waits = stick->machine.state != STICK_QUEUED;
}

/* It waits as before, for somebody who may. */
static bool prepare(struct sticks *sticks, struct stick *stick) {
    json_t *receipt = take_order(sticks, stick);
    if (!receipt)
        return stick->given_up && door_was_stopped(sticks->door) && !fs_sync_has_failed();
    sticks_end_preview(sticks, stick, receipt);
    json_decref(receipt);
    end_order(sticks, stick);
    stick->bytes = stick->bytes_done = 0;
    sticks_step(sticks, stick, STICK_IN_CANCELLED, STICK_FAULT_NONE);
    return true;
}

static bool take(struct sticks *sticks, struct stick *stick) {
    if (does_order(stick) && sticks_is_preview(stick))
        return prepare(sticks, stick);
    struct outcome outcome = {0};
    bool ordered = does_order(stick);
    char uid[DESK_UID_SIZE] = "";
    if (ordered && !text_empty(stick->desk.by))
        snprintf(uid, sizeof uid, "%s", stick->desk.uid);
    for (size_t i = 0; i < (ordered ? 1 : stick->bundle_count); i++) {
        json_t *receipt =
            ordered ? take_order(sticks, stick) : take_one(sticks, stick->bundles + i);
        if (!receipt)
            return stick->given_up && door_was_stopped(sticks->door) && !fs_sync_has_failed();
        add_outcome(&outcome, stick, receipt);
        json_decref(receipt);
    }
    sticks_forget_preview(sticks, stick);
    if (ordered)
        end_order(sticks, stick);
    else
        sticks_drop_bundles(sticks, stick);
    end_taking(sticks, stick, &outcome);
    if (*uid && sticks->config->stick.report == REPORT_AUTO)
        sticks_write_report(sticks, stick, uid);
    return true;
}

/* What was given up waits for sticks_cancel. */
static bool is_to_be_taken(const struct stick *stick) {
    return stick->machine.state == STICK_TAKING && !stick->given_up;
}

/* ---- what was asked for and cannot be done is answered all the same */

static bool is_stranded(const struct stick *stick) {
    enum stick_state state = stick->machine.state;
    bool gone = state == STICK_PULLED || state == STICK_GONE || state == STICK_SAFE;
    return stick->ordered && (gone || (!stick->order_waits && state != STICK_QUEUED &&
                                       state != STICK_COPYING && state != STICK_TAKING));
}

static bool refuse_order(struct sticks *sticks, struct stick *stick) {
    if (sticks_is_preview(stick)) {
        sticks_end_preview(sticks, stick, NULL);
        end_order(sticks, stick);
        return true;
    }
    enum stick_fault fault = stick->machine.fault;
    enum reject reject = fault == STICK_FAULT_ROOM ? REJECT_NO_SPACE
                         : fault == STICK_FAULT_READ || fault == STICK_FAULT_STUCK
                             ? REJECT_UNREADABLE
                         : fault == STICK_FAULT_DISK ? REJECT_DISK
                                                     : REJECT_SOURCE_GONE;
    const char *detail = fault == STICK_FAULT_STUCK ? stick_fault_text(fault, true) : NULL;
    json_t *receipt =
        door_refuse(sticks->door, stick->order.words[0], reject, detail, stick->order.id);
    json_decref(receipt);
    end_order(sticks, stick);
    return receipt != NULL;
}

static struct stick *next_queued(const struct sticks *sticks) {
    for (size_t i = 0; i < sticks->count; i++)
        if (stick_waits_turn(sticks->sticks[i]->machine.state))
            return sticks->sticks[i]->machine.state == STICK_QUEUED ? sticks->sticks[i] : NULL;
    return NULL;
}

bool sticks_wait_for_door(const struct sticks *sticks) {
    for (size_t i = 0; i < sticks->count; i++) {
        const struct stick *stick = sticks->sticks[i];
        bool ordered = stick->order_waits && stick_rests(stick->machine.state);
        if (is_to_be_taken(stick) || is_stranded(stick) || ordered ||
            (stick->machine.state == STICK_LOOKING && stick->seen))
            return true;
    }
    return sticks->stale_drafts || (!sticks_are_read(sticks) && next_queued(sticks));
}

bool sticks_run(struct sticks *sticks) {
    if (!sticks_drop_drafts(sticks))
        return false;
    for (size_t i = 0; i < sticks->count; i++) {
        struct stick *stick = sticks->sticks[i];
        if (stick->machine.state == STICK_LOOKING && stick->seen)
            judge(sticks, stick);
        if (is_to_be_taken(stick) && !take(sticks, stick))
            return false;
        start_order(sticks, stick);
        if (is_stranded(stick) && !refuse_order(sticks, stick))
            return false;
    }
    struct stick *queued = sticks_are_read(sticks) ? NULL : next_queued(sticks);
    if (queued)
        start_copying(sticks, queued);
    return true;
}

/* ---- requests */

bool sticks_lies_on(const struct stick *stick, const char *path) {
    size_t root = stick->path ? strlen(stick->path) : 0;
    return root && strncmp(path, stick->path, root) == 0 && strchr("/", path[root]) &&
           !strstr(path + root, "/../") && !text_ends(path, "/..");
}

static struct stick *stick_of(const struct sticks *sticks, const struct request *request) {
    for (size_t i = 0; i < sticks->count; i++) {
        struct stick *stick = sticks->sticks[i];
        size_t on = 0;
        while (on < request->count && sticks_lies_on(stick, request->words[on]))
            on++;
        if (on == request->count && on && stick->machine.mounted)
            return stick;
    }
    return NULL;
}

static void order(struct sticks *sticks, struct stick *stick, struct request *request) {
    stick->order = *request;
    stick->ordered = stick->order_waits = true;
    *request = (struct request){0};
    start_order(sticks, stick);
}

bool sticks_take(struct sticks *sticks, struct request *request) {
    struct stick *stick = request->kind == REQUEST_IMPORT ? stick_of(sticks, request) : NULL;
    if (!stick || stick->ordered)
        return false;
    order(sticks, stick, request);
    return true;
}

bool sticks_take_for(struct sticks *sticks, const struct desk_request *request, const char *path,
                     bool *busy) {
    struct request import;
    char *const words[] = {(char *)path};
    request_init(&import, REQUEST_IMPORT, words, 1);
    free(import.id);
    import.id = xstrdup(request->uid);
    struct stick *stick = stick_of(sticks, &import);
    *busy = stick && stick->ordered;
    bool good = stick && !stick->ordered;
    if (good) {
        stick->desk = desk_request_copy(request);
        order(sticks, stick, &import);
    }
    request_finish(&import);
    return good;
}

/* ---- and taken back */

bool sticks_cancel(struct sticks *sticks, const char *uid) {
    for (size_t i = 0; i < sticks->count; i++) {
        struct stick *stick = sticks->sticks[i];
        if (!stick->ordered || strcmp(stick->desk.uid, uid) != 0)
            continue;
        bool begun = does_order(stick);
        sticks->stale_drafts = sticks->stale_drafts || sticks_is_preview(stick);
        end_order(sticks, stick);
        stick->bytes = stick->bytes_done = 0;
        if (begun)
            sticks_step(sticks, stick, STICK_IN_CANCELLED, STICK_FAULT_NONE);
        return true;
    }
    return false;
}

const char *sticks_taking(const struct sticks *sticks) {
    const struct stick *stick = sticks->taking;
    return stick && *stick->desk.uid ? stick->desk.uid : NULL;
}

void sticks_give_up(struct sticks *sticks) {
    if (sticks->taking)
        sticks->taking->given_up = true;
}
