#include "ingest/twin.h"

#include <stdlib.h>

#include "base/hash.h"
#include "ingest/text.h"

/* A title of nothing but marks is compared as it stands. */
static void add(struct hash_state *state, const char *text) {
    char *letters = text_fold_letters(text);
    char *folded = *letters ? NULL : text_fold(text);
    hash_add_text(state, folded ? folded : letters);
    free(folded);
    free(letters);
}

int64_t twin_of(const char *school, const char *title) {
    struct hash_state state;
    hash_init(&state);
    add(&state, school);
    add(&state, title);
    struct hash hash = hash_end(&state);
    uint64_t twin = 0;
    for (int i = 0; i < 8; i++)
        twin |= (uint64_t)hash.bytes[i] << (8 * i);
    return twin ? (int64_t)twin : 1;
}

int64_t twin_if(enum level level, const char *school, const char *title) {
    return level ? 0 : twin_of(school, title);
}
