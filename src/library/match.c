#include "library/match.h"

#include <string.h>

#include "library/pinyin.h"

/* How many letters of the word, from its place `at` on, can be typed for a character: bit n of the
 * result says that n can. run: letters a to z there. */
static unsigned typed_for(uint32_t character, const uint32_t *at, size_t run) {
    const char *readings[PINYIN_READINGS];
    size_t count = run ? pinyin_readings(character, readings) : 0;
    unsigned typed = 0;
    for (size_t i = 0; i < count; i++) {
        const char *reading = readings[i];
        size_t same = 0;
        while (same < run && reading[same] && at[same] == (unsigned char)reading[same])
            same++;
        if (same && (!reading[same] || same == run))
            typed |= 1u << same;
        if (same)
            typed |= 1u << 1;
        if (same > 1 && reading[1] == 'h')
            typed |= 1u << 2;
    }
    return typed;
}

static size_t run_of(const uint32_t *word, size_t size, size_t at) {
    size_t run = 0;
    while (at + run < size && fold_is_letter(word[at + run]))
        run++;
    return run;
}

/* Places of the word that can be reached over one more letter of the text, as bits; *done: its end
 * can. */
static uint64_t step(uint32_t letter, const uint32_t *word, size_t size, uint64_t places,
                     bool *done) {
    uint64_t next = 0;
    for (size_t at = 0; at < size && places >> at; at++) {
        if (!(places >> at & 1))
            continue;
        unsigned typed = word[at] == letter ? 1u << 1 : 0;
        if (!fold_is_alnum(letter))
            typed |= typed_for(letter, word + at, run_of(word, size, at));
        for (size_t n = 1; typed >> n; n++)
            if (typed >> n & 1 && at + n == size)
                *done = true;
            else if (typed >> n & 1)
                next |= UINT64_C(1) << (at + n);
    }
    return next;
}

/* The end of the shortest match from `from` on; 0: there is none. */
static size_t end_typed(const struct folded *text, const uint32_t *word, size_t size, size_t from) {
    uint64_t places = 1;
    for (size_t at = from; places && at < text->count && text->letters[at] != FOLD_BREAK; at++) {
        bool done = false;
        places = step(text->letters[at], word, size, places, &done);
        if (done)
            return at + 1;
    }
    return 0;
}

static size_t end_literal(const struct folded *text, const uint32_t *word, size_t size,
                          size_t from) {
    bool same =
        size <= text->count - from && memcmp(text->letters + from, word, size * sizeof *word) == 0;
    return same ? from + size : 0;
}

bool match_find(const struct folded *text, const uint32_t *word, size_t size, bool pinyin,
                struct match *match) {
    pinyin = pinyin && size <= MATCH_TYPED;
    for (size_t from = 0; size && from < text->count; from++) {
        if ((!pinyin && text->letters[from] != word[0]) || !fold_starts(text, from))
            continue;
        size_t end =
            pinyin ? end_typed(text, word, size, from) : end_literal(text, word, size, from);
        if (end) {
            *match = (struct match){from, end};
            return true;
        }
    }
    return false;
}
