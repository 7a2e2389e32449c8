/* terms_parts.h: what the terms of a case and those of a word have in common. Only they use it. */
#pragma once

#include "library/fold.h"
#include "library/search.h"

#define TERMS_LATIN_SIZE                                                                           \
    8 /* letters of a Latin word's beginning; longer ones are told apart later */

static inline char terms_field_letter(enum search_field field) {
    return (char)('a' + (int)field);
}

static inline bool terms_have_pinyin(enum search_field field) {
    return field == SEARCH_TITLE || field == SEARCH_SCHOOL;
}

/* Both Latin letters, or both digits: of one word. */
static inline bool terms_same_kind(uint32_t one, uint32_t other) {
    return fold_is_alnum(one) && fold_is_alnum(other) &&
           fold_is_letter(one) == fold_is_letter(other);
}
