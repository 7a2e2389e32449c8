#include "display/place.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

struct place place_of(enum place_kind kind, const char *text) {
    return (struct place){.kind = kind, .text = xstrdup(text), .phase = -1};
}

struct place place_copy(const struct place *place) {
    struct place copy = *place;
    copy.text = xstrdup(place->text);
    copy.before = place->before ? xstrdup(place->before) : NULL;
    copy.picks = place->picks ? picks_copy(place->picks) : NULL;
    return copy;
}

void place_finish(struct place *place) {
    free(place->text);
    free(place->before);
    picks_destroy(place->picks);
    *place = (struct place){.phase = -1};
}

bool place_same(const struct place *a, const struct place *b) {
    return a->kind == b->kind && strcmp(a->text, b->text) == 0 && a->unit == b->unit &&
           a->picture == b->picture && a->of_school == b->of_school && a->of_desk == b->of_desk &&
           a->phase == b->phase && a->year == b->year && a->order == b->order &&
           a->setup == b->setup && a->typed == b->typed && picks_same(a->picks, b->picks);
}

bool place_is_of_stick(enum place_kind kind) {
    return kind == PLACE_STICK || kind == PLACE_STICK_CASE || kind == PLACE_STICK_SCHOOL;
}

const char *place_key(enum place_kind kind) {
    static const char *const keys[] = {
        "home",         "unit",    "schools",    "school", "case",    "picture", "video",
        "search",       "notices", "about",      "pin",    "panel",   "stick",   "stick_case",
        "stick_school", "shelf",   "shelf_case", "review", "preview", "imports", "sources",
        "station",      "screen",  "turn",       "keep",   "test",    "clock",   "own_school",
        "building",     "new_pin", "finish",     "notice"};
    static_assert(sizeof keys / sizeof *keys == PLACE_KIND_COUNT, "a key for each place");
    return keys[kind];
}
