/* number_set.h: a set of numbers, to be asked of 100,000 rows in a millisecond. Pure.
 *
 * For numbers that are spread already: rows, or parts of hashes. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct number_set {
    int64_t *slots; /* 0: free */
    size_t room;    /* a power of two; 0: empty */
    size_t count;
};

void number_set_add(struct number_set *set, int64_t number); /* 0 is never a member */
bool number_set_has(const struct number_set *set, int64_t number);
void number_set_finish(struct number_set *set); /* zeroed is fine */
