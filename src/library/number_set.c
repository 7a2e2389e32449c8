#include "library/number_set.h"

#include <stdlib.h>

#include "base/memory.h"

/* The slot that holds the number or would: it is as good as its own hash. */
static int64_t *slot_of(const struct number_set *set, int64_t number) {
    size_t at = (size_t)number & (set->room - 1);
    while (set->slots[at] && set->slots[at] != number)
        at = (at + 1) & (set->room - 1);
    return set->slots + at;
}

static void grow(struct number_set *set) {
    struct number_set larger = {.room = set->room ? set->room * 2 : 64, .count = set->count};
    larger.slots = xcalloc(larger.room, sizeof *larger.slots);
    for (size_t i = 0; i < set->room; i++)
        if (set->slots[i])
            *slot_of(&larger, set->slots[i]) = set->slots[i];
    free(set->slots);
    *set = larger;
}

void number_set_add(struct number_set *set, int64_t number) {
    if (!number || number_set_has(set, number))
        return;
    if (set->count * 2 >= set->room)
        grow(set);
    *slot_of(set, number) = number;
    set->count++;
}

bool number_set_has(const struct number_set *set, int64_t number) {
    return number && set->room && *slot_of(set, number) == number;
}

void number_set_finish(struct number_set *set) {
    free(set->slots);
    *set = (struct number_set){0};
}
