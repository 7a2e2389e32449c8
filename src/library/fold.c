#include "library/fold.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>

#include "base/memory.h"
#include "base/str.h"

#define DECOMPOSED 20 /* UTF-16 units; the longest of Unicode has 18 */

enum kind { KIND_LETTER, KIND_NOTHING, KIND_SOFT, KIND_SPACE, KIND_BREAK };

#define TYPE(name) (1u << (name))
static const uint32_t nothing_types =
    TYPE(U_NON_SPACING_MARK) | TYPE(U_ENCLOSING_MARK) | TYPE(U_FORMAT_CHAR);
static const uint32_t soft_types = TYPE(U_DASH_PUNCTUATION) | TYPE(U_START_PUNCTUATION) |
                                   TYPE(U_END_PUNCTUATION) | TYPE(U_CONNECTOR_PUNCTUATION) |
                                   TYPE(U_INITIAL_PUNCTUATION) | TYPE(U_FINAL_PUNCTUATION);
static const uint32_t space_types = TYPE(U_SPACE_SEPARATOR);
static const uint32_t symbol_types =
    TYPE(U_MATH_SYMBOL) | TYPE(U_CURRENCY_SYMBOL) | TYPE(U_MODIFIER_SYMBOL) | TYPE(U_OTHER_SYMBOL);
static const uint32_t break_types = TYPE(U_UNASSIGNED) | TYPE(U_OTHER_PUNCTUATION) |
                                    TYPE(U_LINE_SEPARATOR) | TYPE(U_PARAGRAPH_SEPARATOR) |
                                    TYPE(U_CONTROL_CHAR) | TYPE(U_SURROGATE);

static bool is_han(uint32_t c) {
    return c >= 0x4E00 && c <= 0x9FFF;
}

/* The first of what it is made of, if the others are marks on it. */
static uint32_t decompose(uint32_t c) {
    UErrorCode error = U_ZERO_ERROR;
    UChar text[DECOMPOSED];
    int32_t at = 0, size = unorm2_getDecomposition(unorm2_getNFKDInstance(&error), (UChar32)c, text,
                                                   DECOMPOSED, &error);
    UChar32 first = (UChar32)c, next = 0;
    if (U_FAILURE(error) || size <= 0)
        return c;
    U16_NEXT(text, at, size, first);
    while (at < size) {
        U16_NEXT(text, at, size, next);
        if (!(TYPE(u_charType(next)) & nothing_types))
            return c;
    }
    return (uint32_t)first;
}

static uint32_t fold(uint32_t c) {
    if (c >= 0xFF01 && c <= 0xFF5E) /* full width */
        c -= 0xFF01 - '!';
    if (c >= 'A' && c <= 'Z')
        return c + ('a' - 'A');
    return c < 0x80 || is_han(c) ? c
                                 : (uint32_t)u_foldCase((UChar32)decompose(c), U_FOLD_CASE_DEFAULT);
}

static enum kind kind_of(uint32_t c) {
    if (is_han(c) || fold_is_alnum(c))
        return KIND_LETTER;
    if (c == 0xFFFD)
        return KIND_BREAK;
    uint32_t type = TYPE(u_charType((UChar32)c));
    if (type & space_types || c == '\t')
        return KIND_SPACE;
    if (type & nothing_types || c == '\'' || c == 0x2019) /* xi'an, don't */
        return KIND_NOTHING;
    if (type & soft_types || c == '"' || c == 0xB7 || c == 0x30FB ||
        (c < 0x80 && type & symbol_types))
        return KIND_SOFT;
    return type & break_types ? KIND_BREAK : KIND_LETTER;
}

/* No character gives more than two letters, a break and itself, and none has less than a byte. */
static void reserve(struct folded *folded, size_t bytes) {
    size_t room = bytes * 2;
    if (room <= folded->room)
        return;
    folded->room = room;
    folded->letters = xrealloc(folded->letters, room, sizeof *folded->letters);
    folded->starts = xrealloc(folded->starts, room, sizeof *folded->starts);
    folded->ends = xrealloc(folded->ends, room, sizeof *folded->ends);
}

static void add(struct folded *folded, uint32_t letter, size_t start, size_t end) {
    folded->letters[folded->count] = letter;
    folded->starts[folded->count] = (uint32_t)start;
    folded->ends[folded->count++] = (uint32_t)end;
}

static void add_break(struct folded *folded, size_t at) {
    if (folded->count && folded->letters[folded->count - 1] != FOLD_BREAK)
        add(folded, FOLD_BREAK, at, at);
}

/* Most of a text: U+4E00 to U+9FFF, well-formed; 0: something else. */
static uint32_t han_at(const char *text) {
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] < 0xE4 || at[0] > 0xE9 || (at[1] & 0xC0) != 0x80 || (at[2] & 0xC0) != 0x80)
        return 0;
    uint32_t c = (uint32_t)(at[0] & 0x0F) << 12 | (uint32_t)(at[1] & 0x3F) << 6 | (at[2] & 0x3F);
    return is_han(c) ? c : 0;
}

/* passed: a soft mark or space since the last letter. */
static void add_other(struct folded *folded, uint32_t c, size_t start, size_t end, bool words,
                      bool *passed) {
    enum kind kind = kind_of(c);
    if (kind == KIND_LETTER) {
        if (*passed && fold_is_alnum(c) && folded->count &&
            fold_is_alnum(folded->letters[folded->count - 1]))
            add_break(folded, start);
        add(folded, c, start, end);
        *passed = false;
    } else if (kind == KIND_BREAK || (kind == KIND_SPACE && words)) {
        add_break(folded, start);
    } else if (kind != KIND_NOTHING) {
        *passed = true;
    }
}

void fold_text(struct folded *folded, const char *text, bool words) {
    bool passed = false;
    folded->count = 0;
    reserve(folded, strlen(text));
    for (const char *at = text; *at;) {
        size_t start = (size_t)(at - text);
        uint32_t han = han_at(at);
        if (han) {
            at += 3;
            add(folded, han, start, start + 3);
            passed = false;
        } else {
            uint32_t c = fold(utf8_next(&at));
            add_other(folded, c, start, (size_t)(at - text), words, &passed);
        }
    }
}

void folded_finish(struct folded *folded) {
    free(folded->letters);
    free(folded->starts);
    free(folded->ends);
    *folded = (struct folded){0};
}

bool fold_starts(const struct folded *folded, size_t at) {
    uint32_t letter = folded->letters[at], before = at ? folded->letters[at - 1] : FOLD_BREAK;
    return letter != FOLD_BREAK && (!fold_is_alnum(letter) || !fold_is_alnum(before) ||
                                    fold_is_letter(letter) != fold_is_letter(before));
}
