/* match.h: whether a word that was typed is in a text, letter by letter. Pure.
 *
 * A word stands in a text in one piece, from the beginning of a Latin word or number of it or from
 * any other character on. With pinyin a Han character is also what is typed for it: its first
 * letter (or zh, ch, sh), or any of its readings, whole, or broken off where the word's letters
 * end. First letters and whole readings go together (djianyl) but for a first letter before a
 * vowel, which is read with it: dan is not 大案; and Latin words of the text stand before them only
 * (aizhushou is AI助手). With first letters alone ca is 长安, and lday 理Day. Pure. */
#pragma once

#include "library/fold.h"

#define MATCH_TYPED                                                                                \
    64 /* letters of a word that may be pinyin: longer ones are taken as they are                  \
        */

struct match {
    size_t from, to; /* letters of the text; the first place, and the shortest there */
};

/* Whether the word stands for all of the text, with pinyin. */
bool match_whole(const struct folded *text, const uint32_t *word, size_t size);
bool match_find(const struct folded *text, const uint32_t *word, size_t size, bool pinyin,
                struct match *match);
