#include "library/twins.h"

#include <stdlib.h>

#include "base/memory.h"

/* The slot that holds the twin or would: a twin is part of a hash itself. */
static int64_t *slot_of(const struct twins *twins, int64_t twin) {
    size_t at = (size_t)twin & (twins->room - 1);
    while (twins->slots[at] && twins->slots[at] != twin)
        at = (at + 1) & (twins->room - 1);
    return twins->slots + at;
}

static void grow(struct twins *twins) {
    struct twins larger = {.room = twins->room ? twins->room * 2 : 64, .count = twins->count};
    larger.slots = xcalloc(larger.room, sizeof *larger.slots);
    for (size_t i = 0; i < twins->room; i++)
        if (twins->slots[i])
            *slot_of(&larger, twins->slots[i]) = twins->slots[i];
    free(twins->slots);
    *twins = larger;
}

void twins_add(struct twins *twins, int64_t twin) {
    if (!twin || twins_has(twins, twin))
        return;
    if (twins->count * 2 >= twins->room)
        grow(twins);
    *slot_of(twins, twin) = twin;
    twins->count++;
}

bool twins_has(const struct twins *twins, int64_t twin) {
    return twin && twins->room && *slot_of(twins, twin) == twin;
}

void twins_finish(struct twins *twins) {
    free(twins->slots);
    *twins = (struct twins){0};
}
