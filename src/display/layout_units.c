#include "display/layout_units.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "display/layout_bidi.h"
#include "display/layout_class.h"

#define LOCALE "zh@lb=strict"

static UBreakIterator *open_iterator(UBreakIteratorType type) {
    UErrorCode error = U_ZERO_ERROR;
    UBreakIterator *iterator = ubrk_open(type, LOCALE, NULL, 0, &error);
    if (U_FAILURE(error)) {
        log_error("icu: %s: 没有断行数据 (no break data)", u_errorName(error));
        return NULL;
    }
    return iterator;
}

void units_init(struct units *units) {
    *units = (struct units){.lines = open_iterator(UBRK_LINE),
                            .clusters = open_iterator(UBRK_CHARACTER)};
}

static void close_iterator(UBreakIterator *iterator) {
    if (iterator)
        ubrk_close(iterator);
}

void units_finish(struct units *units) {
    close_iterator(units->lines);
    close_iterator(units->clusters);
    close_iterator(units->words);
    if (units->bidi)
        ubidi_close(units->bidi);
    free(units->data);
    free(units->offsets);
    free(units->flags);
    *units = (struct units){0};
}

static void reserve(struct units *units, size_t count) {
    if (count <= units->capacity)
        return;
    units->data = xrealloc(units->data, count, sizeof *units->data);
    units->offsets = xrealloc(units->offsets, count, sizeof *units->offsets);
    units->flags = xrealloc(units->flags, count, sizeof *units->flags);
    units->capacity = count;
}

/* What kinds of characters there are. */
struct kinds {
    bool cjk, shared, bidi;
};

static void add_unit(struct units *units, uint32_t c, uint32_t offset) {
    units->offsets[units->count] = offset;
    units->data[units->count++] = (UChar)c;
}

/* No more units than bytes: four bytes give two. */
static struct kinds decode(struct units *units, const char *text, size_t start, size_t end) {
    struct kinds kinds = {0};
    reserve(units, end - start + 1);
    units->count = 0;
    for (const char *at = text + start; at < text + end;) {
        uint32_t offset = (uint32_t)(at - text);
        uint32_t c = utf8_next(&at);
        kinds.cjk |= class_is_cjk(c);
        kinds.shared |= c >= 0xB7 && class_is_shared(c);
        kinds.bidi |= bidi_concerns(c);
        if (c > 0xFFFF)
            add_unit(units, 0xD7C0 + (c >> 10), offset);
        add_unit(units, c > 0xFFFF ? 0xDC00 | (c & 0x3FF) : c, offset);
    }
    units->offsets[units->count] = (uint32_t)end;
    memset(units->flags, 0, units->count + 1);
    return kinds;
}

/* The nearest character that is not a space, before or behind; 0: the paragraph's edge. */
static UChar neighbour(const struct units *units, size_t at, int step) {
    for (size_t i = at + (size_t)step; i < units->count; i += (size_t)step)
        if (!class_is_space(units->data[i]))
            return units->data[i];
    return 0;
}

static bool is_latin(UChar c) {
    return c > 0x20 && c < 0x2E80 && !class_is_shared(c);
}

/* The next closing mark, ” or ’, and the nearest character behind it. */
struct closing {
    size_t at; /* 0: there is none */
    UChar after;
};

/* In Chinese text a pair of quotation marks is Latin if it quotes Latin within Latin. */
static void mark_latin_pair(struct units *units, size_t open, const struct closing *close) {
    UChar before = neighbour(units, open, -1), after = close->after;
    bool outside =
        (is_latin(before) || !before) && (is_latin(after) || !after) && (before || after);
    if (close->at > 0 && outside && is_latin(units->data[open + 1]) &&
        is_latin(units->data[close->at - 1])) {
        units->flags[open] |= UNIT_LATIN;
        units->flags[close->at] |= UNIT_LATIN;
    }
}

/* m² is one too. */
static bool is_letter(UChar c) {
    return is_latin(c) && (u_isalnum(c) || c == 0xB2 || c == 0xB3);
}

static bool between_letters(const struct units *units, size_t at) {
    return at > 0 && at + 1 < units->count && is_letter(units->data[at - 1]) &&
           is_letter(units->data[at + 1]);
}

/* From the end, so that the mark that closes a pair is known where it opens. */
static void mark_latin(struct units *units, bool cjk) {
    struct closing next[2] = {0}; /* double, single */
    for (size_t i = units->count; i-- > 0;) {
        UChar c = units->data[i];
        struct closing *close = &next[c == 0x2018 || c == 0x2019];
        if (c < 0xB7 || !class_is_shared(c))
            continue;
        if (!cjk || ((c == 0x2019 || c == 0xB7) && between_letters(units, i)))
            units->flags[i] |= UNIT_LATIN;
        else if (c == 0x201C || c == 0x2018)
            mark_latin_pair(units, i, close);
        if (c == 0x201D || c == 0x2019)
            *close = (struct closing){i, neighbour(units, i, 1)};
    }
}

static bool lone_dash(const struct units *units, size_t at) {
    UChar c = units->data[at];
    return (c == 0x2014 || c == 0x2015) && !(at > 0 && units->data[at - 1] == c) &&
           !(at + 1 < units->count && units->data[at + 1] == c);
}

/* UAX #14 leaves “ ” ambiguous, takes 7，€8 for one number, and does not know that · ～ ／ and the
 * 连接号 may not begin a line in Chinese (GB/T 15834, 5.1): ICU gets marks of the class that they
 * have. */
static void set_stand_ins(struct units *units) {
    for (size_t i = 0; i < units->count; i++) {
        if (units->data[i] < 0xB7 || (units->flags[i] & UNIT_LATIN))
            continue;
        if (lone_dash(units, i))
            units->data[i] = 0x30FB;
        else if (class_is_shared(units->data[i]) || units->data[i] >= 0x3001)
            units->data[i] = class_for_icu(units->data[i]);
    }
}

/* UAX #9: the paragraph's direction is that of its first strong character (P2, P3). */
static void find_levels(struct units *units) {
    UErrorCode error = U_ZERO_ERROR;
    if (!units->bidi)
        units->bidi = ubidi_open();
    if (!units->bidi)
        return;
    ubidi_setPara(units->bidi, units->data, (int32_t)units->count, UBIDI_DEFAULT_LTR, NULL, &error);
    units->levels = ubidi_getLevels(units->bidi, &error);
    if (U_FAILURE(error))
        units->levels = NULL;
    units->rtl = units->levels && ubidi_getParaLevel(units->bidi) % 2 == 1;
}

static void mark_breaks(struct units *units, UBreakIterator *iterator, uint8_t flag) {
    UErrorCode error = U_ZERO_ERROR;
    if (!iterator)
        return;
    ubrk_setText(iterator, units->data, (int32_t)units->count, &error);
    if (U_FAILURE(error))
        return;
    for (int32_t at = ubrk_first(iterator); at != UBRK_DONE; at = ubrk_next(iterator))
        units->flags[at] |= flag;
}

void units_read(struct units *units, const char *text, size_t start, size_t end) {
    struct kinds kinds = decode(units, text, start, end);
    units->levels = NULL;
    units->rtl = false;
    if (kinds.bidi)
        find_levels(units);
    if (kinds.shared)
        mark_latin(units, kinds.cjk);
    set_stand_ins(units);
    mark_breaks(units, units->lines, UNIT_LINE);
    mark_breaks(units, units->clusters, UNIT_CLUSTER);
    units->words_marked = false;
}

void units_mark_words(struct units *units) {
    if (units->words_marked)
        return;
    if (!units->words)
        units->words = open_iterator(UBRK_WORD);
    mark_breaks(units, units->words, UNIT_WORD);
    units->words_marked = true;
}

size_t units_at(const struct units *units, uint32_t offset) {
    size_t from = 0, to = units->count;
    while (from < to) {
        size_t middle = from + (to - from) / 2;
        if (units->offsets[middle] < offset)
            from = middle + 1;
        else
            to = middle;
    }
    return from;
}
