/* fold.h: text as it is compared: small letters, half width, no marks of punctuation
 *
 * Each character that counts becomes one code point: compatibility forms and accented letters their
 * first (NFKD), letters small. Brackets, quotation marks, dashes and spaces are passed over, so
 * that 中国石油大学（华东） is found with either bracket and with none; but between two Latin
 * letters or digits they, and every other mark anywhere, end what can be found in one piece. Pure.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define FOLD_BREAK 0 /* among the letters: nothing is found across it */

struct folded {
    uint32_t *letters;
    uint32_t *starts, *ends; /* bytes of the text that each stands for */
    size_t count, room;
};

/* Replaces what was in it and keeps the memory. words: spaces are breaks too, as in a query. */
void fold_text(struct folded *folded, const char *text, bool words);
void folded_finish(struct folded *folded); /* zeroed is fine */

static inline bool fold_is_letter(uint32_t letter) { /* a … z: what can be pinyin */
    return letter >= 'a' && letter <= 'z';
}
static inline bool fold_is_alnum(uint32_t letter) {
    return fold_is_letter(letter) || (letter >= '0' && letter <= '9');
}
/* Whether something can be found from here on: not from within a Latin word or a number. */
bool fold_starts(const struct folded *folded, size_t at);
