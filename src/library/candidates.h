/* candidates.h: the words that letters can stand for, gathered from what was found
 *
 * A word is the characters that the letters were typed for. Where all that was found goes on with
 * the same characters, these are part of it (dangj: not 党建 but 党建引领). Pure. Only search uses
 * it. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct candidate_word {
    char *word;     /* owned: the characters the letters stand for */
    char *more;     /* owned: what follows each of them wherever it was found; may be "" */
    size_t times;   /* how often */
    size_t order;   /* when it was found first */
    bool preferred; /* a unit or a school: before all others */
};

struct candidate_words {
    struct candidate_word *items;
    size_t count, room;
};

/* [start, end) of the text are the word. preferred: with what follows in any case. */
void candidate_words_add(struct candidate_words *words, const char *text, size_t start, size_t end,
                         bool preferred);
/* The best `limit` of them, each once: preferred ones, then the more frequent, then the first
 * found. The caller's; their number. */
size_t candidate_words_take(struct candidate_words *words, size_t limit, char ***taken);
void candidate_words_finish(struct candidate_words *words); /* zeroed is fine */
