/* twins.h: a set of twins (case.h), for asking it of 100,000 cases in a millisecond. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct twins {
    int64_t *slots; /* 0: free */
    size_t room;    /* a power of two; 0: empty */
    size_t count;
};

void twins_add(struct twins *twins, int64_t twin); /* 0 is never a member */
bool twins_has(const struct twins *twins, int64_t twin);
void twins_finish(struct twins *twins); /* zeroed is fine */
