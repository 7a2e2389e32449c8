#include "ingest/pack_quota.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* By school, then by unit, then as they come. */
static int compare(const void *a, const void *b) {
    const struct manifest_case *const *m = a, *const *n = b;
    int order = strcmp((*m)->school, (*n)->school);
    if (order == 0)
        order = ((*m)->unit > (*n)->unit) - ((*m)->unit < (*n)->unit);
    return order ? order : (*m > *n) - (*m < *n);
}

static size_t find_recommended(const struct manifest *manifest,
                               const struct manifest_case **cases) {
    size_t count = 0;
    for (size_t i = 0; i < manifest->case_count; i++)
        if (manifest->cases[i].phase == PHASE_RECOMMENDED)
            cases[count++] = manifest->cases + i;
    return count;
}

/* unit NULL: of the whole school. */
static void check(json_t *found, const struct manifest_case **cases, size_t count, int allowed,
                  const char *unit) {
    if (count <= (size_t)allowed)
        return;
    json_t *titles = json_array();
    for (size_t i = 0; i < count; i++)
        json_array_append_new(titles, json_string(cases[i]->title));
    json_array_append_new(found, json_pack("{s:s, s:s*, s:i, s:o}", "school", cases[0]->school,
                                           "unit", unit, "allowed", allowed, "titles", titles));
}

static bool same_school(const struct manifest_case *a, const struct manifest_case *b) {
    return strcmp(a->school, b->school) == 0;
}

static void check_school(json_t *found, const struct manifest_case **cases, size_t count) {
    check(found, cases, count, QUOTA_OF_SCHOOL, NULL);
    for (size_t from = 0, to = 0; from < count; from = to) {
        while (to < count && cases[to]->unit == cases[from]->unit)
            to++;
        check(found, cases + from, to - from, QUOTA_OF_UNIT, unit_key(cases[from]->unit));
    }
}

json_t *pack_quota_json(const struct manifest *manifest) {
    json_t *found = json_array();
    const struct manifest_case **cases =
        xcalloc(manifest->case_count, sizeof(struct manifest_case *));
    size_t count = find_recommended(manifest, cases);
    if (count)
        qsort(cases, count, sizeof(struct manifest_case *), compare);
    for (size_t from = 0, to = 0; from < count; from = to) {
        while (to < count && same_school(cases[to], cases[from]))
            to++;
        check_school(found, cases + from, to - from);
    }
    free(cases);
    return found;
}
