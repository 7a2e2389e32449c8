/* layout_units.h: a paragraph as ICU sees it, and what ICU says of it; inside layout only
 *
 * UTF-16, with stand-ins for the marks that UAX #14 does not know as Chinese ones. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <unicode/ubidi.h>
#include <unicode/ubrk.h>

enum {
    UNIT_LINE = 1,    /* a line may break before it */
    UNIT_CLUSTER = 2, /* a grapheme cluster begins */
    UNIT_WORD = 4,    /* a word begins; once units_mark_words was called */
    UNIT_LATIN = 8    /* a mark that Chinese and Latin share, and here is Latin */
};

struct units {
    UBreakIterator *lines, *clusters, *words; /* words, NULL: not needed yet */
    bool words_marked;                        /* in flags */
    UBiDi *bidi;                              /* NULL: not needed yet */
    const UBiDiLevel *levels;                 /* of bidi, one a unit; NULL: all are 0 */
    bool rtl;                                 /* the paragraph runs from right to left */
    size_t count;
    UChar *data;       /* owned */
    uint32_t *offsets; /* owned: bytes in the text, one a unit and one behind */
    uint8_t *flags;    /* owned: UNIT_…, one a unit and one behind */
    size_t capacity;
};

void units_init(struct units *units);
void units_finish(struct units *units);
/* Replaces what is there by the paragraph between two offsets of the text. */
void units_read(struct units *units, const char *text, size_t start, size_t end);
/* Words are rarely asked for, and ICU's dictionary takes its time. */
void units_mark_words(struct units *units);
/* The unit of the character that begins at this byte of the paragraph's text. */
size_t units_at(const struct units *units, uint32_t offset);
