#include "library/terms.h"

#include <string.h>

#include "library/pinyin.h"
#include "library/short_names.h"
#include "library/terms_parts.h"

#define FIRSTS 8 /* different first letters of one character's readings */

static void begin(struct str *into, enum search_field field) {
    str_add_char(into, ' ');
    str_add_char(into, terms_field_letter(field));
}

/* Letters other than Latin ones and digits, each and with the next; and with what is before it. */
static void add_characters(struct str *into, enum search_field field, const struct folded *text) {
    for (size_t i = 0; i < text->count; i++) {
        uint32_t here = text->letters[i], next = i + 1 < text->count ? text->letters[i + 1] : 0;
        if (here == FOLD_BREAK)
            continue;
        if (!fold_is_alnum(here)) {
            begin(into, field);
            str_add_codepoint(into, here);
        }
        if (next == FOLD_BREAK || (fold_is_alnum(here) && fold_is_alnum(next)))
            continue;
        begin(into, field);
        str_add_codepoint(into, here);
        str_add_codepoint(into, next);
    }
}

static size_t size_of_run(const struct folded *text, size_t at) {
    size_t size = 1;
    while (at + size < text->count && terms_same_kind(text->letters[at], text->letters[at + size]))
        size++;
    return size;
}

static void add_latin_term(struct str *into, enum search_field field, char kind,
                           const struct folded *text, size_t at, size_t size) {
    begin(into, field);
    str_add_char(into, kind);
    for (size_t i = 0; i < size; i++)
        str_add_char(into, (char)text->letters[at + i]);
}

static void add_latin(struct str *into, enum search_field field, const struct folded *text) {
    for (size_t i = 0; i < text->count; i++) {
        if (!fold_is_alnum(text->letters[i]) || !fold_starts(text, i))
            continue;
        size_t whole = size_of_run(text, i);
        for (size_t size = 1; size <= whole && size <= TERMS_LATIN_SIZE; size++)
            add_latin_term(into, field, '1', text, i, size);
        if (terms_have_pinyin(field) && whole <= TERMS_LATIN_SIZE)
            add_latin_term(into, field, '5', text, i, whole);
    }
}

/* The letters that can be typed first for a character. */
static size_t firsts_of(uint32_t letter, char firsts[FIRSTS]) {
    const char *readings[PINYIN_READINGS];
    size_t count = 0, number = fold_is_alnum(letter) ? 0 : pinyin_readings(letter, readings);
    if (fold_is_alnum(letter))
        firsts[count++] = (char)letter;
    for (size_t i = 0; i < number && count < FIRSTS; i++)
        if (!memchr(firsts, readings[i][0], count))
            firsts[count++] = readings[i][0];
    return count;
}

static void add_readings(struct str *into, enum search_field field, uint32_t letter) {
    const char *readings[PINYIN_READINGS];
    size_t number = fold_is_alnum(letter) ? 0 : pinyin_readings(letter, readings);
    for (size_t i = 0; i < number; i++)
        for (size_t size = 1; size <= strlen(readings[i]); size++) {
            begin(into, field);
            str_add_char(into, '1');
            str_add_bytes(into, readings[i], size);
        }
}

/* The first letters of the characters from `at` on, in each way: `size` of them. */
static void add_firsts(struct str *into, enum search_field field, const struct folded *text,
                       size_t at, char *letters, size_t done, size_t size) {
    char firsts[FIRSTS];
    if (done == size) {
        begin(into, field);
        str_add_char(into, (char)('0' + size));
        str_add_bytes(into, letters, size);
        return;
    }
    size_t count = at < text->count ? firsts_of(text->letters[at], firsts) : 0;
    for (size_t i = 0; i < count; i++) {
        letters[done] = firsts[i];
        add_firsts(into, field, text, at + 1, letters, done + 1, size);
    }
}

static void add_pair(struct str *into, enum search_field field, const char *reading,
                     const char *next) {
    for (size_t size = 1; size <= strlen(next); size++) {
        begin(into, field);
        str_add_char(into, '4');
        str_add(into, reading);
        str_add_bytes(into, next, size);
    }
}

/* Each reading of a character with each beginning of each of the next one's. */
static void add_reading_pairs(struct str *into, enum search_field field, uint32_t letter,
                              uint32_t next) {
    const char *readings[PINYIN_READINGS], *others[PINYIN_READINGS];
    const char latin[2] = {(char)next, '\0'};
    bool is_latin = fold_is_alnum(next);
    size_t number = fold_is_alnum(letter) ? 0 : pinyin_readings(letter, readings);
    size_t count = is_latin ? 1 : pinyin_readings(next, others);
    if (is_latin)
        others[0] = latin;
    for (size_t i = 0; i < number; i++)
        for (size_t k = 0; k < count; k++)
            add_pair(into, field, readings[i], others[k]);
}

static void add_typed(struct str *into, enum search_field field, const struct folded *text) {
    char letters[3];
    for (size_t i = 0; i < text->count; i++) {
        add_readings(into, field, text->letters[i]);
        if (i + 1 < text->count)
            add_reading_pairs(into, field, text->letters[i], text->letters[i + 1]);
        add_firsts(into, field, text, i, letters, 0, 2);
        add_firsts(into, field, text, i, letters, 0, 3);
    }
}

static void add_text(struct str *into, enum search_field field, const char *text,
                     struct folded *scratch) {
    fold_text(scratch, text, false);
    add_characters(into, field, scratch);
    add_latin(into, field, scratch);
    if (terms_have_pinyin(field))
        add_typed(into, field, scratch);
}

static void add_short_names(struct str *into, const char *school, struct folded *scratch) {
    struct str names = {0};
    short_names_add(&names, school);
    for (char *at = names.data; at && *at;) {
        char *end = strchr(at, '\n');
        *end = '\0';
        add_text(into, SEARCH_SCHOOL, at, scratch);
        at = end + 1;
    }
    str_finish(&names);
}

void terms_of_case(struct str *into, const struct terms_case *texts, struct folded *scratch) {
    str_clear(into);
    for (int field = SEARCH_TITLE; field <= SEARCH_BODY; field++)
        add_text(into, (enum search_field)field, texts->texts[field], scratch);
    add_short_names(into, texts->texts[SEARCH_SCHOOL], scratch);
    begin(into, SEARCH_UNIT);
    str_add(into, texts->texts[SEARCH_UNIT]);
}
