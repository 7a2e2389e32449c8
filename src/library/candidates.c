#include "library/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "library/fold.h"

#define MORE 6 /* characters of what may follow a word: with it no longer than a line of keys */

/* The Han characters that follow at once, at most MORE. */
static size_t following(const char *text) {
    const char *at = text;
    for (int i = 0; i < MORE; i++) {
        const char *next = at;
        uint32_t c = utf8_next(&next);
        if (c < 0x3400 || (c > 0x9FFF && c < 0x20000))
            break;
        at = next;
    }
    return (size_t)(at - text);
}

/* What two texts begin with, in whole characters. */
static size_t common(const char *a, const char *b) {
    size_t size = 0;
    while (a[size] && a[size] == b[size])
        size++;
    return utf8_cut(a, size);
}

static struct candidate_word *find(struct candidate_words *words, const char *text, size_t size) {
    for (size_t i = 0; i < words->count; i++)
        if (strlen(words->items[i].word) == size && memcmp(words->items[i].word, text, size) == 0)
            return words->items + i;
    return NULL;
}

static struct candidate_word *add(struct candidate_words *words) {
    if (words->count == words->room) {
        words->room = words->room ? words->room * 2 : 32;
        words->items = xrealloc(words->items, words->room, sizeof *words->items);
    }
    return words->items + words->count++;
}

void candidate_words_add(struct candidate_words *words, const char *text, size_t start, size_t end,
                         bool preferred) {
    if (preferred)
        end = strlen(text);
    size_t more = following(text + end);
    struct candidate_word *word = find(words, text + start, end - start);
    if (!word) {
        word = add(words);
        *word = (struct candidate_word){.word = xstrndup(text + start, end - start),
                                        .more = xstrndup(text + end, more),
                                        .order = words->count};
    }
    word->more[common(word->more, text + end)] = '\0';
    word->preferred = word->preferred || preferred;
    word->times++;
}

static int better(const void *a, const void *b) {
    const struct candidate_word *x = a, *y = b;
    if (x->preferred != y->preferred)
        return x->preferred ? -1 : 1;
    if (x->times != y->times)
        return x->times > y->times ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static bool has(char **taken, size_t count, const char *word) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(taken[i], word) == 0)
            return true;
    return false;
}

size_t candidate_words_take(struct candidate_words *words, size_t limit, char ***taken) {
    size_t count = 0;
    *taken = xcalloc(limit < words->count ? limit : words->count, sizeof **taken);
    if (words->count)
        qsort(words->items, words->count, sizeof *words->items, better);
    for (size_t i = 0; i < words->count && count < limit; i++) {
        /* of a word found once nobody knows where it ends */
        const struct candidate_word *word = words->items + i;
        char *whole = xasprintf("%s%s", word->word, word->times > 1 ? word->more : "");
        if (has(*taken, count, whole))
            free(whole);
        else
            (*taken)[count++] = whole;
    }
    return count;
}

void candidate_words_finish(struct candidate_words *words) {
    for (size_t i = 0; i < words->count; i++) {
        free(words->items[i].word);
        free(words->items[i].more);
    }
    free(words->items);
    *words = (struct candidate_words){0};
}
