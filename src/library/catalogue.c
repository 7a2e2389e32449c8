#include "library/catalogue.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/time.h"
#include "library/playlist.h"

static int compare_ids(const void *a, const void *b) {
    return strcmp(((const struct entry *)a)->id, ((const struct entry *)b)->id);
}

size_t catalogue_find(const struct catalogue *catalogue, const char *id) {
    struct entry key = {.id = id};
    const struct entry *found =
        catalogue->count
            ? bsearch(&key, catalogue->entries, catalogue->count, sizeof key, compare_ids)
            : NULL;
    return found ? (size_t)(found - catalogue->entries) : SIZE_MAX;
}

bool catalogue_has(const struct catalogue *catalogue, const char *id) {
    bool has = catalogue_find(catalogue, id) != SIZE_MAX;
    for (size_t i = 0; !has && i < catalogue->notice_count; i++)
        has = strcmp(catalogue->notices[i].id, id) == 0;
    return has;
}

static int compare_names(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

size_t catalogue_school(const struct catalogue *catalogue, const char *name) {
    char **found = catalogue->school_count
                       ? bsearch(&name, catalogue->schools, catalogue->school_count,
                                 sizeof *catalogue->schools, compare_names)
                       : NULL;
    return found ? (size_t)(found - catalogue->schools) : SIZE_MAX;
}

static int compare_notices(const void *a, const void *b) {
    const struct entry *one = a, *other = b;
    if (one->level != other->level)
        return one->level > other->level ? -1 : 1;
    if (one->generation != other->generation)
        return one->generation > other->generation ? -1 : 1;
    return strcmp(one->id, other->id);
}

static void take_candidates(struct catalogue *catalogue, struct candidate_list *list,
                            int64_t now_ms) {
    size_t notices = 0;
    for (size_t i = 0; i < list->count; i++)
        notices += list->items[i].level != LEVEL_CASE;
    catalogue->entries = xcalloc(list->count ? list->count : 1, sizeof *catalogue->entries);
    catalogue->notices = xcalloc(notices ? notices : 1, sizeof *catalogue->notices);
    catalogue->texts = list->texts;
    list->texts = NULL;
    for (size_t i = 0; i < list->count; i++) {
        const struct candidate *candidate = list->items + i;
        if (!case_is_valid(candidate->valid_from_ms, candidate->valid_until_ms, now_ms))
            continue;
        struct entry *entry = candidate->level ? catalogue->notices + catalogue->notice_count++
                                               : catalogue->entries + catalogue->count++;
        *entry = (struct entry){.id = candidate->id,
                                .school = ANY_SCHOOL,
                                .level = candidate->level,
                                .unit = candidate->unit,
                                .phase = candidate->phase,
                                .promoted = candidate->promoted,
                                .weight = candidate->weight,
                                .generation = candidate->generation};
    }
    qsort(catalogue->entries, catalogue->count, sizeof *catalogue->entries, compare_ids);
    qsort(catalogue->notices, catalogue->notice_count, sizeof *catalogue->notices, compare_notices);
}

static void on_origin(void *user, const char *id, const char *school, int64_t published_ms) {
    struct catalogue *catalogue = user;
    size_t at = catalogue_find(catalogue, id);
    if (at == SIZE_MAX)
        return;
    struct entry *entry = catalogue->entries + at;
    entry->school = catalogue_school(catalogue, school);
    entry->published_ms = published_ms;
    int month = 0, day = 0;
    if (published_ms)
        time_local_date(published_ms, &entry->year, &month, &day);
}

enum read_result catalogue_load(struct reader *reader, int64_t now_ms, struct catalogue *out) {
    struct candidate_list list = {0};
    *out = (struct catalogue){0};
    enum read_result result = reader_begin(reader, &out->generation);
    if (result != READ_DONE)
        return result;
    out->withdrawals = reader_withdrawals(reader);
    result = reader_candidates(reader, "", now_ms, &list);
    if (result == READ_DONE) {
        out->next_change_ms = playlist_next_change(list.items, list.count, now_ms);
        take_candidates(out, &list, now_ms);
        result = reader_schools(reader, &out->schools, &out->school_count);
    }
    if (result == READ_DONE)
        result = reader_origins(reader, on_origin, out);
    reader_end(reader);
    candidate_list_finish(&list);
    if (result == READ_DONE)
        school_index_init(&out->index, out->schools, out->school_count);
    else
        catalogue_finish(out);
    return result;
}

void catalogue_finish(struct catalogue *catalogue) {
    school_index_finish(&catalogue->index);
    schools_free(catalogue->schools, catalogue->school_count);
    free(catalogue->entries);
    free(catalogue->notices);
    free(catalogue->texts);
    *catalogue = (struct catalogue){0};
}

/* ---- lists */

static int compare_numbers(int64_t a, int64_t b) { /* the greater first */
    return (a < b) - (a > b);
}

static int compare_age(const struct entry *a, const struct entry *b) {
    int order = compare_numbers(a->published_ms, b->published_ms);
    if (!order)
        order = compare_numbers(a->weight, b->weight);
    return order ? order : strcmp(a->id, b->id);
}

static int compare_newest(const void *a, const void *b) {
    const struct entry *one = *(const struct entry *const *)a,
                       *other = *(const struct entry *const *)b;
    int order = other->promoted - one->promoted;
    return order ? order : compare_age(one, other);
}

static int compare_featured(const void *a, const void *b) {
    const struct entry *one = *(const struct entry *const *)a,
                       *other = *(const struct entry *const *)b;
    int order = other->promoted - one->promoted;
    if (!order)
        order = compare_numbers(one->phase, other->phase);
    return order ? order : compare_age(one, other);
}

static bool passes(const struct entry *entry, const struct catalogue_filter *filter) {
    return (filter->unit < 0 || (int)entry->unit == filter->unit) &&
           (filter->school == ANY_SCHOOL || entry->school == filter->school) &&
           (filter->phase < 0 || (int)entry->phase == filter->phase) &&
           (!filter->year || entry->year == filter->year);
}

size_t catalogue_select(const struct catalogue *catalogue, const struct catalogue_filter *filter,
                        size_t **order) {
    const struct entry **found =
        xcalloc(catalogue->count ? catalogue->count : 1, sizeof(struct entry *));
    size_t count = 0;
    for (size_t i = 0; i < catalogue->count; i++)
        if (passes(catalogue->entries + i, filter))
            found[count++] = catalogue->entries + i;
    qsort((void *)found, count, sizeof(struct entry *),
          filter->newest ? compare_newest : compare_featured);
    *order = count ? xcalloc(count, sizeof **order) : NULL;
    for (size_t i = 0; i < count; i++)
        (*order)[i] = (size_t)(found[i] - catalogue->entries);
    free((void *)found);
    return count;
}
