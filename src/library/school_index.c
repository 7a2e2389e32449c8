#include "library/school_index.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "library/pinyin.h"

#define NO_LETTER '#'

struct row {
    char *key; /* owned; of pinyin_sort_key */
    size_t at;
    char letter;
};

static int compare_rows(const void *a, const void *b) {
    const struct row *one = a, *other = b;
    bool one_last = one->letter == NO_LETTER, other_last = other->letter == NO_LETTER;
    if (one_last != other_last)
        return one_last - other_last;
    int order = one->letter - other->letter;
    order = order ? order : strcmp(one->key, other->key);
    return order ? order : (one->at > other->at) - (one->at < other->at);
}

void school_index_init(struct school_index *index, char *const *names, size_t count) {
    struct row *rows = xcalloc(count ? count : 1, sizeof *rows);
    for (size_t i = 0; i < count; i++)
        rows[i] = (struct row){pinyin_sort_key(names[i]), i, pinyin_initial(names[i])};
    qsort(rows, count, sizeof *rows, compare_rows);
    *index = (struct school_index){.order = xcalloc(count ? count : 1, sizeof *index->order),
                                   .letters = xcalloc(count ? count : 1, 1),
                                   .count = count};
    for (size_t i = 0; i < count; i++) {
        index->order[i] = rows[i].at;
        index->letters[i] = rows[i].letter;
        free(rows[i].key);
    }
    free(rows);
}

void school_index_finish(struct school_index *index) {
    free(index->order);
    free(index->letters);
    *index = (struct school_index){0};
}
