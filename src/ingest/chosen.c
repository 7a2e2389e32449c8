#include "ingest/chosen.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ingest/door.h"

void chosen_init(struct chosen *chosen) {
    *chosen = (struct chosen){.missing = json_array(), .ambiguous = json_array()};
}

static void finish_case(struct chosen_case *c) {
    free(c->id);
    free(c->school);
    free(c->title);
}

void chosen_finish(struct chosen *chosen) {
    for (size_t i = 0; i < chosen->count; i++)
        finish_case(chosen->cases + i);
    free(chosen->cases);
    json_decref(chosen->missing);
    json_decref(chosen->ambiguous);
}

void chosen_add(struct chosen *to, const char *id, enum level level, const char *school,
                const char *title) {
    to->cases = xrealloc(to->cases, to->count + 1, sizeof *to->cases);
    to->cases[to->count++] = (struct chosen_case){
        .id = xstrdup(id), .school = xstrdup(school), .title = xstrdup(title), .level = level};
}

static bool has(const struct chosen *chosen, const char *id) {
    for (size_t i = 0; i < chosen->count; i++)
        if (strcmp(chosen->cases[i].id, id) == 0)
            return true;
    return false;
}

/* Of those that bear the id: the one that is called so in full, else the only one. */
static const struct chosen_case *pick(const struct chosen *bearers, const char *id) {
    for (size_t i = 0; i < bearers->count; i++)
        if (strcmp(bearers->cases[i].id, id) == 0)
            return bearers->cases + i;
    return bearers->count == 1 ? bearers->cases : NULL;
}

static void choose(struct chosen *chosen, const char *id, const struct chosen *bearers) {
    const struct chosen_case *picked = pick(bearers, id);
    if (picked && !has(chosen, picked->id))
        chosen_add(chosen, picked->id, picked->level, picked->school, picked->title);
    if (picked)
        return;
    if (!bearers->count) {
        json_array_append_new(chosen->missing, json_string(id));
        return;
    }
    json_t *candidates = json_array();
    for (size_t i = 0; i < bearers->count; i++)
        json_array_append_new(candidates, json_string(bearers->cases[i].id));
    json_array_append_new(chosen->ambiguous,
                          json_pack("{s:s, s:o}", "id", id, "candidates", candidates));
}

/* find adds to *bearers whatever bears the id. */
bool chosen_find(struct door *door, const char *const *ids, size_t count,
                 bool (*find)(struct door *door, const char *id, struct chosen *bearers),
                 struct chosen *chosen) {
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        struct chosen bearers;
        chosen_init(&bearers);
        good = find(door, ids[i], &bearers);
        if (good)
            choose(chosen, ids[i], &bearers);
        chosen_finish(&bearers);
    }
    return good;
}

static void on_named(void *user, const char *id, enum level level, const char *school,
                     const char *title) {
    chosen_add(user, id, level, school, title);
}

bool chosen_in_library(struct door *door, const char *id, struct chosen *bearers) {
    return library_each_named(door->library, id, on_named, bearers);
}

json_t *chosen_receipt(struct door *door, const struct chosen *chosen, const char *what,
                       json_t *done) {
    bool all = !json_array_size(chosen->missing) && !json_array_size(chosen->ambiguous);
    json_t *receipt = door_receipt(door, all                      ? "accepted"
                                         : !json_array_size(done) ? "refused"
                                                                  : "partial");
    json_object_set(receipt, what, done);
    json_object_set(receipt, "missing", chosen->missing);
    if (json_array_size(chosen->ambiguous))
        json_object_set(receipt, "ambiguous", chosen->ambiguous);
    return receipt;
}
