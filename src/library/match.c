#include "library/match.h"

#include <string.h>

#include "library/pinyin.h"

/* How many letters of the word can be typed for a character: bit n says that n can. */
struct typed {
    unsigned first; /* as a first letter */
    unsigned whole; /* as a reading, or where the letters end as the beginning of one */
};

/* Places of the word that are reached, as bits. */
struct places {
    uint64_t firsts; /* by first letters and Latin ones alone */
    uint64_t plain;  /* else, where this run of letters has been Latin ones so far */
    uint64_t mixed;  /* else */
};

/* run: letters a to z from `at` on. */
static struct typed typed_for(uint32_t character, const uint32_t *at, size_t run) {
    const char *readings[PINYIN_READINGS];
    size_t count = run ? pinyin_readings(character, readings) : 0;
    struct typed typed = {0};
    for (size_t i = 0; i < count; i++) {
        const char *reading = readings[i];
        size_t same = 0;
        while (same < run && reading[same] && at[same] == (unsigned char)reading[same])
            same++;
        if (same && (!reading[same] || same == run))
            typed.whole |= 1u << same;
        if (same)
            typed.first |= 1u << 1;
        if (same > 1 && reading[1] == 'h')
            typed.first |= 1u << 2;
    }
    return typed;
}

static size_t run_of(const uint32_t *word, size_t size, size_t at) {
    size_t run = 0;
    while (at + run < size && fold_is_letter(word[at + run]))
        run++;
    return run;
}

/* From place `at` on by the numbers of letters in `typed`; the end is a place, too. */
static uint64_t move(uint64_t places, size_t at, unsigned typed) {
    return places >> at & 1 ? (uint64_t)typed << at : 0;
}

/* Without those of them that a vowel follows. */
static unsigned without_vowels(unsigned typed, const uint32_t *at, size_t run) {
    for (size_t n = 1; typed >> n; n++)
        if (n < run && pinyin_is_vowel(at[n]))
            typed &= ~(1u << n);
    return typed;
}

static uint64_t all_of(struct places places) {
    return places.firsts | places.plain | places.mixed;
}

/* Where letters that were typed for a character end, another run begins. */
static void add_typed(struct places *to, const uint32_t *word, size_t size, size_t at,
                      unsigned typed) {
    for (size_t n = 1; typed >> n; n++)
        if (typed >> n & 1 && at + n < size && fold_is_letter(word[at + n]))
            to->mixed |= UINT64_C(1) << (at + n);
        else if (typed >> n & 1)
            to->plain |= UINT64_C(1) << (at + n);
}

/* Over one more letter of the text. */
static struct places step(uint32_t letter, const uint32_t *word, size_t size, struct places from) {
    struct places to = {0};
    for (size_t at = 0; at < size && all_of(from) >> at; at++) {
        if (!(all_of(from) >> at & 1))
            continue;
        size_t run = fold_is_alnum(letter) ? 0 : run_of(word, size, at);
        struct typed typed = typed_for(letter, word + at, run);
        unsigned literal = word[at] == letter ? 1u << 1 : 0;
        to.firsts |= move(from.firsts, at, literal | typed.first);
        to.plain |= move(from.plain, at, literal);
        if ((from.plain | from.mixed) >> at & 1)
            add_typed(&to, word, size, at,
                      typed.whole | without_vowels(typed.first, word + at, run));
    }
    return to;
}

/* The end of the shortest match from `from` on; 0: there is none. */
static size_t end_typed(const struct folded *text, const uint32_t *word, size_t size, size_t from) {
    struct places places = {.firsts = 1, .plain = 1};
    for (size_t at = from; all_of(places) && at < text->count; at++) {
        if (text->letters[at] == FOLD_BREAK)
            break;
        places = step(text->letters[at], word, size, places);
        if (all_of(places) >> size & 1)
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

bool match_whole(const struct folded *text, const uint32_t *word, size_t size) {
    return size && size <= MATCH_TYPED && text->count &&
           end_typed(text, word, size, 0) == text->count;
}
