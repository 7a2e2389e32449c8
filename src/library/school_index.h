/* school_index.h: names in the order of a Chinese index, each under its letter; plain values */
#pragma once

#include <stddef.h>

struct school_index {
    size_t *order; /* which of the names stands there */
    char *letters; /* under which: 'A' … 'Z', and behind them '#' for what has no letter */
    size_t count;
};

/* Every name's reading is looked up once, here. */
void school_index_init(struct school_index *index, char *const *names, size_t count);
void school_index_finish(struct school_index *index); /* zeroed is fine */
