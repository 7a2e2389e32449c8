/* match.h: whether a word that was typed is in a text, letter by letter. Pure.
 *
 * A word stands in a text in one piece, from the beginning of a Latin word or number of it or from
 * any other character on. With pinyin a Han character is also what is typed for it: any of its
 * readings whole, its first letter, zh, ch or sh; and the beginning of a reading where the word's
 * letters end there. */
#pragma once

#include "library/fold.h"

#define MATCH_TYPED                                                                                \
    64 /* letters of a word that may be pinyin: longer ones are taken as they are                  \
        */

struct match {
    size_t from, to; /* letters of the text; the first place, and the shortest there */
};

bool match_find(const struct folded *text, const uint32_t *word, size_t size, bool pinyin,
                struct match *match);
