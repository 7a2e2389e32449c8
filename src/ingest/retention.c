#include "ingest/retention.h"

#include <stdlib.h>

#include "base/memory.h"

/* How much a case is worth keeping. */
static int rank(const struct stored_case *stored) {
    return stored->withdrawn ? -1 : (int)stored->phase;
}

static int compare(const void *a, const void *b, void *user) {
    const struct stored_case *cases = user;
    const struct stored_case *x = cases + *(const size_t *)a, *y = cases + *(const size_t *)b;
    if (rank(x) != rank(y))
        return rank(x) < rank(y) ? -1 : 1;
    if (x->until != y->until)
        return x->until < y->until ? -1 : 1;
    return x->row < y->row ? -1 : x->row > y->row;
}

static int64_t above(int64_t value, int64_t limit) {
    return value > limit ? value - limit : 0;
}

void retention_build(const struct stored_case *cases, size_t count, const struct space *space,
                     int64_t needed, struct retention_plan *plan) {
    *plan = (struct retention_plan){.remove = xcalloc(count, sizeof *plan->remove)};
    int64_t over_quota = above(space->used + needed, space->quota);
    int64_t over_disk = above(needed, space->free);
    int64_t over = over_quota > over_disk ? over_quota : over_disk;
    size_t removable = 0;
    for (size_t i = 0; i < count; i++)
        if (!cases[i].shown && cases[i].bytes > 0)
            plan->remove[removable++] = i;
    qsort_r(plan->remove, removable, sizeof *plan->remove, compare, (void *)cases);
    while (plan->count < removable && plan->freed < over)
        plan->freed += cases[plan->remove[plan->count++]].bytes;
    plan->over_quota = above(over_quota, plan->freed);
    plan->over_disk = above(over_disk, plan->freed);
}

void retention_finish(struct retention_plan *plan) {
    free(plan->remove);
    *plan = (struct retention_plan){0};
}
