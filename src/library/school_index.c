#include "library/school_index.h"

#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define NO_LETTER '#'

struct row {
    char *key; /* owned */
    size_t at;
    char letter;
};

/* ---- how names are read: to be taken from library/pinyin.h (pinyin_sort_key, pinyin_initial) */

/* The commoner Han characters of GB 2312 stand in the order of their reading; by its letter, the
 * first code of each. */
static const struct {
    unsigned code;
    char letter;
} firsts[] = {{0xB0A1, 'A'}, {0xB0C5, 'B'}, {0xB2C1, 'C'}, {0xB4EE, 'D'}, {0xB6EA, 'E'},
              {0xB7A2, 'F'}, {0xB8C1, 'G'}, {0xB9FE, 'H'}, {0xBBF7, 'J'}, {0xBFA6, 'K'},
              {0xC0AC, 'L'}, {0xC2E8, 'M'}, {0xC4C3, 'N'}, {0xC5B6, 'O'}, {0xC5BE, 'P'},
              {0xC6DA, 'Q'}, {0xC8BB, 'R'}, {0xC8F6, 'S'}, {0xCBFA, 'T'}, {0xCDDA, 'W'},
              {0xCEF4, 'X'}, {0xD1B9, 'Y'}, {0xD4D1, 'Z'}, {0xD7FA, '#'}};

static char *sort_key(const char *name) {
    size_t left = strlen(name), room = left * 2 + 1;
    char *key = xcalloc(room + 1, 1), *in = (char *)name, *out = key;
    iconv_t codec = iconv_open("GB18030", "UTF-8");
    if (codec != (iconv_t)-1) {
        iconv(codec, &in, &left, &out, &room);
        iconv_close(codec);
    }
    return key;
}

static char initial(const char *name) {
    char *key = sort_key(name), letter = NO_LETTER;
    unsigned first = (unsigned char)key[0], code = first << 8 | (first ? (unsigned char)key[1] : 0);
    if ((first | 32) >= 'a' && (first | 32) <= 'z')
        letter = (char)(first & ~32u);
    else
        for (size_t i = 0; i < sizeof firsts / sizeof *firsts && firsts[i].code <= code; i++)
            letter = firsts[i].letter;
    free(key);
    return letter;
}

/* ---- */

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
        rows[i] = (struct row){sort_key(names[i]), i, initial(names[i])};
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
