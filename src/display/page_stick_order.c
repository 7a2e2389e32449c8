/* What is asked of the keeper about a stick, and what follows from a survey of it. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "display/page_stick.h"

#define SURE_AFTER_MS 2000 /* before that a rate is an accident */

const char *stick_text(const json_t *object, const char *key) {
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

enum level stick_level(const json_t *item) {
    enum level level = LEVEL_CASE;
    level_parse(stick_text(item, "level"), &level);
    return level;
}

/* ---- arguments */

static json_t *arguments_of(const struct picks *picks, const json_t *stick) {
    json_t *root = json_pack("{s:s, s:s, s:O*}", "path", stick_text(stick, "path"), "stick",
                             stick_text(stick, "name"), "since", json_object_get(stick, "since"));
    if (picks && picks->unit >= 0)
        json_object_set_new(root, "unit", json_string(unit_key((enum unit)picks->unit)));
    if (picks && *picks->school)
        json_object_set_new(root, "school", json_string(picks->school));
    return root;
}

static char *write_down(json_t *root) {
    char *text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(root);
    return text ? text : xstrdup("{}");
}

static json_t *list_of(const char *entries) {
    json_t *list = json_array();
    for (const char *at = entries; *at; at = strchr(at, '\n') + 1)
        json_array_append_new(list, json_stringn(at, strcspn(at, "\n")));
    return list;
}

char *stick_look_arguments(const struct picks *picks, const json_t *stick) {
    return write_down(arguments_of(picks, stick));
}

char *stick_preview_arguments(const struct picks *picks, const json_t *stick, const char *look) {
    json_t *root = arguments_of(picks, stick);
    json_object_set_new(root, "look", json_string(look));
    if (picks && *picks->lists[PICKS_RELEASED])
        json_object_set_new(root, "release", list_of(picks->lists[PICKS_RELEASED]));
    return write_down(root);
}

/* With replace what is there already is chosen, too, or it would go. */
static bool is_stated(const struct picks *picks, const json_t *item) {
    return stick_can_be_taken(item) ||
           (picks && picks->replace && strcmp(stick_text(item, "change"), "same") == 0);
}

char *stick_take_arguments(const struct picks *picks, const json_t *stick, const json_t *survey,
                           size_t *count) {
    json_t *ids = json_array(), *root = arguments_of(picks, stick), *item = NULL;
    size_t i = 0, all = 0;
    *count = 0;
    json_array_foreach(json_object_get(survey, "cases"), i, item) {
        bool stated = is_stated(picks, item), picked = stated && stick_is_picked(picks, item);
        all += stated;
        *count += picked && stick_can_be_taken(item);
        if (picked)
            json_array_append(ids, json_object_get(item, "id"));
    }
    if (json_array_size(ids) < all)
        json_object_set(root, "choose", ids);
    if (picks && picks->replace)
        json_object_set_new(root, "replace", json_true());
    if (picks && *picks->lists[PICKS_RELEASED])
        json_object_set_new(root, "release", list_of(picks->lists[PICKS_RELEASED]));
    json_decref(ids);
    return write_down(root);
}

/* ---- what a survey says */

bool stick_can_be_taken(const json_t *item) {
    const char *change = stick_text(item, "change");
    return strcmp(change, "new") == 0 || strcmp(change, "changed") == 0;
}

bool stick_is_bundle(const json_t *survey) {
    const json_t *part = json_array_get(json_object_get(survey, "parts"), 0);
    return json_is_true(json_object_get(part, "bundle")) &&
           strcmp(stick_text(part, "path"), stick_text(survey, "path")) == 0;
}

/* By what a case is remembered; the caller's. An id made of a school that somebody chooses changes
 * with that, its title does not. */
static char *key_of(const json_t *item) {
    return json_is_false(json_object_get(item, "has_school"))
               ? xasprintf("/%s", stick_text(item, "title"))
               : xstrdup(stick_text(item, "id"));
}

bool stick_is_picked(const struct picks *picks, const json_t *item) {
    char *key = key_of(item);
    bool left = picks_has(picks, PICKS_LEFT, key);
    free(key);
    return !left;
}

/* The cases of the bundle that one belongs to; of any other only itself. */
static void find_kin(const json_t *survey, size_t index, size_t *first, size_t *count) {
    size_t i = 0;
    const json_t *part = NULL;
    *first = index;
    *count = 1;
    json_array_foreach(json_object_get(survey, "parts"), i, part) {
        size_t from = (size_t)json_integer_value(json_object_get(part, "first"));
        size_t size = (size_t)json_integer_value(json_object_get(part, "count"));
        if (!json_is_true(json_object_get(part, "bundle")) || index < from || index >= from + size)
            continue;
        *first = from;
        *count = size;
    }
}

void stick_pick(struct picks *picks, const json_t *survey, size_t index, bool on) {
    const json_t *cases = json_object_get(survey, "cases");
    size_t first = 0, count = 0;
    find_kin(survey, index, &first, &count);
    for (size_t i = first; i < first + count; i++) {
        char *key = key_of(json_array_get(cases, i));
        picks_set(picks, PICKS_LEFT, key, !on);
        free(key);
    }
}

bool stick_lacks_unit(const struct picks *picks, const json_t *survey) {
    size_t i = 0;
    const json_t *item = NULL;
    bool lacks = picks && picks->unit >= 0;
    json_array_foreach(json_object_get(survey, "cases"), i, item) {
        lacks = lacks || (!*stick_text(item, "unit") && !stick_level(item));
    }
    return lacks;
}

bool stick_lacks_school(const struct picks *picks, const json_t *survey) {
    size_t i = 0;
    const json_t *item = NULL;
    bool lacks = picks && *picks->school;
    json_array_foreach(json_object_get(survey, "cases"), i, item) {
        lacks = lacks || (json_is_false(json_object_get(item, "has_school")) && !stick_level(item));
    }
    return lacks;
}

/* ---- the library's own */

struct stayers {
    const char **ids; /* sorted */
    size_t count;
    int gone;
};

static int compare_ids(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void on_origin(void *user, const char *id, const char *school, int64_t published_ms) {
    struct stayers *stayers = user;
    char feed[CASE_FEED_SIZE];
    (void)school, (void)published_ms;
    case_own_id(id, feed);
    stayers->gone += !*feed && !(stayers->count && bsearch(&id, stayers->ids, stayers->count,
                                                           sizeof *stayers->ids, compare_ids));
}

int stick_count_local(struct reader *reader, const struct picks *picks, const json_t *survey) {
    const json_t *cases = json_object_get(survey, "cases"), *item = NULL;
    struct stayers stayers = {.ids = xcalloc(json_array_size(cases) + 1, sizeof *stayers.ids)};
    size_t i = 0;
    json_array_foreach(cases, i, item) {
        if (strcmp(stick_text(item, "change"), "refused") != 0 && stick_is_picked(picks, item))
            stayers.ids[stayers.count++] = stick_text(item, "id");
    }
    qsort(stayers.ids, stayers.count, sizeof *stayers.ids, compare_ids);
    enum read_result result = reader_origins(reader, on_origin, &stayers);
    free(stayers.ids);
    return result == READ_DONE || result == READ_MISSING ? stayers.gone : -1;
}

/* ---- time */

int64_t stick_time_left_ms(int64_t done, int64_t all, int64_t for_ms) {
    if (done <= 0 || all < done || for_ms < SURE_AFTER_MS)
        return STICK_NO_TIME;
    return (int64_t)((double)(all - done) * (double)for_ms / (double)done);
}
