#include "display/kin.h"

#include <stdlib.h>

/* Where it stands in a list; SIZE_MAX: nowhere. */
static size_t find(const size_t *order, size_t count, size_t entry) {
    for (size_t i = 0; i < count; i++)
        if (order[i] == entry)
            return i;
    return SIZE_MAX;
}

static void add_neighbours(struct kin *kin, const struct catalogue *catalogue, size_t self,
                           const struct catalogue_filter *filter) {
    size_t *order = NULL, count = catalogue_select(catalogue, filter, &order);
    size_t at = find(order, count, self);
    if (at != SIZE_MAX) {
        kin->number = at + 1;
        kin->of = count;
    }
    if (at != SIZE_MAX && count > 1) {
        kin->previous = catalogue->entries + order[(at + count - 1) % count];
        kin->next = catalogue->entries + order[(at + 1) % count];
    }
    free(order);
}

static bool has(const struct kin *kin, const struct entry *entry) {
    for (size_t i = 0; i < kin->related_count; i++)
        if (kin->related[i] == entry)
            return true;
    return false;
}

/* Those behind it, and on from the first again. */
static void add_related(struct kin *kin, const struct catalogue *catalogue, size_t self,
                        const struct catalogue_filter *filter) {
    size_t *order = NULL, count = catalogue_select(catalogue, filter, &order);
    size_t at = find(order, count, self);
    for (size_t i = 1; at != SIZE_MAX && i < count && kin->related_count < KIN_RELATED; i++) {
        const struct entry *entry = catalogue->entries + order[(at + i) % count];
        if (!has(kin, entry))
            kin->related[kin->related_count++] = entry;
    }
    free(order);
}

struct kin kin_build(const struct catalogue *catalogue, const char *id,
                     const struct catalogue_filter *filter) {
    struct kin kin = {0};
    size_t self = catalogue_find(catalogue, id);
    if (self == SIZE_MAX)
        return kin;
    const struct entry *entry = catalogue->entries + self;
    struct catalogue_filter like = {.unit = -1, .school = entry->school, .phase = -1};
    add_neighbours(&kin, catalogue, self, filter);
    if (entry->school != ANY_SCHOOL) /* else it is not known */
        add_related(&kin, catalogue, self, &like);
    kin.of_school = kin.related_count;
    like.unit = (int)entry->unit;
    like.school = ANY_SCHOOL;
    add_related(&kin, catalogue, self, &like);
    return kin;
}
