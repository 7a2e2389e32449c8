#include "display/stick_watch.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define STALE                                                                                      \
    (10 * MINUTE) /* what goes on so long without a sign of life is not shown any more             \
                   */

static const struct stick_kind kinds[] = {
    {"mounting", STALE, 0, true, false},
    {"found", STALE, 0, false, false},
    {"looking", STALE, 0, true, false},
    /* somebody has to come to the screen */
    {"asking", 2 * MINUTE, 30 * MINUTE, false, false},
    {"queued", STALE, 0, false, false},
    {"copying", STALE, 0, true, true},
    {"taking", STALE, 0, true, true},
    {"taken", 20 * SECOND, 10 * MINUTE, false, false},
    {"same", 20 * SECOND, 10 * MINUTE, false, false},
    {"nothing", 20 * SECOND, 10 * MINUTE, false, false},
    /* more to read, and somebody to be fetched */
    {"failed", MINUTE, 10 * MINUTE, false, false},
    {"ejecting", STALE, 0, true, false},
    {"safe", 20 * SECOND, 10 * MINUTE, false, false},
    {"pulled", MINUTE, 0, false, false},
    {NULL, 0, 0, false, false},
};
/* Whatever else the keeper knows: it goes on, or is over. */
static const struct stick_kind going_on = {NULL, STALE, 0, true, true};
static const struct stick_kind over = {NULL, 20 * SECOND, 10 * MINUTE, false, false};

static const struct stick_kind *kind_of(const char *state, bool may_go) {
    const struct stick_kind *kind = kinds;
    while (kind->state && strcmp(kind->state, state) != 0)
        kind++;
    return kind->state ? kind : may_go ? &over : &going_on;
}

static bool says_nothing(const char *state) {
    return !*state || strcmp(state, "new") == 0 || strcmp(state, "gone") == 0;
}

/* ---- what the JSON says */

const char *stick_seen_text(const struct stick_seen *seen, const char *key) {
    const char *text = json_string_value(json_object_get(seen->stick, key));
    return text ? text : "";
}

int64_t stick_seen_number(const struct stick_seen *seen, const char *key) {
    int64_t number = json_integer_value(json_object_get(seen->stick, key));
    return number > 0 ? number : 0;
}

bool stick_seen_is(const struct stick_seen *seen, const char *key) {
    return json_is_true(json_object_get(seen->stick, key));
}

/* Copying is counted in bytes of the stick; what is taken then, by the import's own progress: there
 * is only one at a time. */
static void read_progress(struct stick_seen *seen, const json_t *live) {
    const json_t *import = json_object_get(live, "progress");
    bool taking = seen->kind->state && strcmp(seen->kind->state, "taking") == 0;
    seen->done = seen->whole = 0;
    seen->counts_files = taking;
    if (taking) {
        seen->done = json_integer_value(json_object_get(import, "files_done"));
        seen->whole = json_integer_value(json_object_get(import, "files"));
    } else if (seen->kind->progress) {
        seen->done = stick_seen_number(seen, "done_bytes");
        seen->whole = stick_seen_number(seen, "bytes");
    }
    if (seen->whole <= 0 || seen->done < 0)
        seen->done = seen->whole = 0;
    seen->done = seen->done < seen->whole ? seen->done : seen->whole;
}

static char *outcome_of(const struct stick_seen *seen) {
    return xasprintf("%s %s %s", stick_seen_text(seen, "state"), stick_seen_text(seen, "path"),
                     stick_seen_text(seen, "error"));
}

/* ---- one after another */

static void drop(struct stick_seen *seen) {
    free(seen->name);
    free(seen->outcome);
}

static const struct stick_seen *find(const struct stick_seen *seen, size_t count,
                                     const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(seen[i].name, name) == 0)
            return seen + i;
    return NULL;
}

/* As it was before, where nothing happened to it. */
static void note(struct stick_seen *seen, const struct stick_seen *before, const json_t *live,
                 int64_t now_ms) {
    seen->kind = kind_of(stick_seen_text(seen, "state"), stick_seen_is(seen, "can_pull"));
    seen->name = xstrdup(stick_seen_text(seen, "name"));
    seen->outcome = outcome_of(seen);
    seen->since_ms = seen->moved_ms = now_ms;
    read_progress(seen, live);
    bool same = before && strcmp(before->outcome, seen->outcome) == 0;
    if (same) {
        seen->since_ms = before->since_ms;
        if (before->done == seen->done && before->whole == seen->whole)
            seen->moved_ms = before->moved_ms;
    }
    if (same && before->whole == seen->whole)
        seen->left = before->left;
    else
        time_left_begin(&seen->left, seen->done, now_ms);
}

void stick_watch_handle(struct stick_watch *watch, json_t *live, int64_t now_ms) {
    struct stick_watch before = *watch;
    *watch = (struct stick_watch){.live = live};
    size_t i = 0;
    json_t *stick = NULL;
    json_array_foreach(json_object_get(live, "sticks"), i, stick) {
        struct stick_seen seen = {.stick = stick};
        if (watch->count == STICK_WATCH_MOST || says_nothing(stick_seen_text(&seen, "state")))
            continue;
        note(&seen, find(before.seen, before.count, stick_seen_text(&seen, "name")), live, now_ms);
        watch->seen[watch->count++] = seen;
    }
    stick_watch_finish(&before);
}

void stick_watch_finish(struct stick_watch *watch) {
    for (size_t i = 0; i < watch->count; i++)
        drop(watch->seen + i);
    json_decref(watch->live);
    *watch = (struct stick_watch){0};
}

/* ---- which, and how long */

static int64_t full_until(const struct stick_seen *seen) {
    return (seen->kind->doing ? seen->moved_ms : seen->since_ms) + seen->kind->full_ms;
}

static int64_t small_until(const struct stick_seen *seen) {
    return full_until(seen) + (stick_seen_is(seen, "there") ? seen->kind->small_ms : 0);
}

enum stick_form stick_seen_form(const struct stick_seen *seen, int64_t now_ms) {
    return now_ms < full_until(seen)    ? STICK_FULL
           : now_ms < small_until(seen) ? STICK_SMALL
                                        : STICK_HIDDEN;
}

static bool comes_before(const struct stick_seen *a, const struct stick_seen *b, int64_t now_ms) {
    int a_form = (int)stick_seen_form(a, now_ms), b_form = (int)stick_seen_form(b, now_ms);
    if (a_form != b_form)
        return a_form > b_form;
    if (a->kind->progress != b->kind->progress)
        return a->kind->progress;
    return a->kind->doing != b->kind->doing ? a->kind->doing : a->since_ms > b->since_ms;
}

struct stick_seen *stick_watch_choose(struct stick_watch *watch, int64_t now_ms, size_t *others,
                                      int64_t *until_ms) {
    struct stick_seen *chosen = NULL;
    size_t count = 0;
    *until_ms = INT64_MAX;
    for (size_t i = 0; i < watch->count; i++) {
        struct stick_seen *seen = watch->seen + i;
        enum stick_form form = stick_seen_form(seen, now_ms);
        int64_t until = form == STICK_FULL ? full_until(seen) : small_until(seen);
        if (form == STICK_HIDDEN)
            continue;
        count++;
        *until_ms = until < *until_ms ? until : *until_ms;
        if (!chosen || comes_before(seen, chosen, now_ms))
            chosen = seen;
    }
    *others = count ? count - 1 : 0;
    return chosen;
}

bool stick_watch_is_asking(const struct stick_watch *watch) {
    for (size_t i = 0; i < watch->count; i++)
        if (strcmp(stick_seen_text(watch->seen + i, "state"), "asking") == 0)
            return true;
    return false;
}
