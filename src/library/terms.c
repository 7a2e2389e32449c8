#include "library/terms.h"

#include <string.h>

#include "library/match.h"
#include "library/pinyin.h"
#include "library/short_names.h"

#define LATIN_SIZE    8  /* letters of a Latin word's beginning; longer ones are told apart later */
#define FIRSTS        8  /* different first letters of one character's readings */
#define QUERY_TERMS   8  /* of one run: more make the answer little smaller */
#define ALTERNATIVES  16 /* ways to read a run of letters as syllables */
#define SYLLABLE_SIZE 6
#define PARTS_MAX     6

static const char fields[] = {
    [SEARCH_TITLE] = 'a', [SEARCH_SCHOOL] = 'b', [SEARCH_SUMMARY] = 'c', [SEARCH_BODY] = 'd'};

static bool has_pinyin(enum search_field field) {
    return field == SEARCH_TITLE || field == SEARCH_SCHOOL;
}

/* ---- of a case */

static void begin(struct str *into, enum search_field field) {
    str_add_char(into, ' ');
    str_add_char(into, fields[field]);
}

/* Letters other than Latin ones and digits. */
static void add_characters(struct str *into, enum search_field field, const struct folded *text) {
    for (size_t i = 0; i < text->count; i++) {
        uint32_t here = text->letters[i], next = i + 1 < text->count ? text->letters[i + 1] : 0;
        if (here == FOLD_BREAK || fold_is_alnum(here))
            continue;
        begin(into, field);
        str_add_codepoint(into, here);
        if (next == FOLD_BREAK || fold_is_alnum(next))
            continue;
        begin(into, field);
        str_add_codepoint(into, here);
        str_add_codepoint(into, next);
    }
}

static bool same_kind(uint32_t one, uint32_t other) {
    return fold_is_alnum(one) && fold_is_alnum(other) &&
           fold_is_letter(one) == fold_is_letter(other);
}

static void add_latin(struct str *into, enum search_field field, const struct folded *text) {
    for (size_t i = 0; i < text->count; i++) {
        if (!fold_is_alnum(text->letters[i]) || !fold_starts(text, i))
            continue;
        for (size_t size = 1; size <= LATIN_SIZE; size++) {
            begin(into, field);
            str_add_char(into, '1');
            for (size_t k = 0; k < size; k++)
                str_add_char(into, (char)text->letters[i + k]);
            if (i + size >= text->count || !same_kind(text->letters[i], text->letters[i + size]))
                break;
        }
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
    if (fold_is_alnum(letter)) {
        begin(into, field);
        str_add_char(into, '1');
        str_add_char(into, (char)letter);
    }
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

static void add_typed(struct str *into, enum search_field field, const struct folded *text) {
    char letters[3];
    for (size_t i = 0; i < text->count; i++) {
        add_readings(into, field, text->letters[i]);
        add_firsts(into, field, text, i, letters, 0, 2);
        add_firsts(into, field, text, i, letters, 0, 3);
    }
}

static void add_text(struct str *into, enum search_field field, const char *text,
                     struct folded *scratch) {
    fold_text(scratch, text, false);
    add_characters(into, field, scratch);
    if (has_pinyin(field))
        add_typed(into, field, scratch);
    else
        add_latin(into, field, scratch);
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
}

/* ---- of a word */

static void join(struct str *into, const char *how, bool *first) {
    if (!*first)
        str_add(into, how);
    *first = false;
}

static void add_term(struct str *into, enum search_field field, const char *kind,
                     const char *letters, size_t size) {
    str_add_char(into, '"');
    str_add_char(into, fields[field]);
    str_add(into, kind);
    str_add_bytes(into, letters, size);
    str_add_char(into, '"');
}

/* Characters [from, to) of the word, none of them Latin or a digit. */
static void ask_characters(struct str *into, enum search_field field, const uint32_t *word,
                           size_t from, size_t to, bool *first) {
    for (size_t i = from; i < to && i < from + QUERY_TERMS; i++) {
        if (to - from > 1 && i + 1 == to)
            break;
        join(into, " AND ", first);
        str_add_char(into, '"');
        str_add_char(into, fields[field]);
        str_add_codepoint(into, word[i]);
        if (i + 1 < to)
            str_add_codepoint(into, word[i + 1]);
        str_add_char(into, '"');
    }
}

static void ask_latin(struct str *into, enum search_field field, const char *run, size_t size,
                      bool *first) {
    char letters[LATIN_SIZE];
    for (size_t at = 0; at < size;) {
        size_t end = at, count = 0;
        while (end < size && same_kind((unsigned char)run[at], (unsigned char)run[end])) {
            if (count < LATIN_SIZE)
                letters[count++] = run[end];
            end++;
        }
        join(into, " AND ", first);
        add_term(into, field, "1", letters, count);
        at = end;
    }
}

/* A run of letters and digits, read as syllables. */
struct reading {
    size_t starts[PARTS_MAX + 1]; /* of the parts, in the run */
    size_t count;
};

struct readings {
    const char *run; /* ended by NUL */
    size_t size;
    size_t parts; /* after so many the rest is left open */
    struct reading items[ALTERNATIVES];
    size_t count;
    bool overflow;
};

/* Whether the first of the run can stand for one character. */
static bool is_part(const char *run, size_t size) {
    if (size == 1 || (size == 2 && run[1] == 'h' && strchr("zcs", run[0])))
        return true;
    bool ends = !fold_is_letter((unsigned char)run[size]);
    return pinyin_is_syllable(run, size) || (ends && pinyin_begins(run, size));
}

static void split(struct readings *all, struct reading reading, size_t at) {
    reading.starts[reading.count] = at;
    if (at == all->size || reading.count == all->parts) {
        all->overflow = all->overflow || all->count == ALTERNATIVES;
        if (!all->overflow)
            all->items[all->count++] = reading;
        return;
    }
    size_t rest = all->size - at, most = rest < SYLLABLE_SIZE ? rest : SYLLABLE_SIZE;
    reading.count++;
    for (size_t size = most; size > 0 && !all->overflow; size--)
        if (is_part(all->run + at, size))
            split(all, reading, at + size);
}

static void ask_reading(struct str *into, enum search_field field, const struct readings *all,
                        const struct reading *reading) {
    char firsts[PARTS_MAX];
    bool first = true;
    for (size_t i = 0; i < reading->count; i++) {
        size_t from = reading->starts[i], to = reading->starts[i + 1];
        firsts[i] = all->run[from];
        if (to - from > 1 || reading->count == 1) {
            join(into, " AND ", &first);
            add_term(into, field, "1", all->run + from, to - from);
        }
    }
    size_t size = reading->count < 3 ? reading->count : 3;
    for (size_t i = 0; size > 1 && i + size <= reading->count; i++) {
        join(into, " AND ", &first);
        add_term(into, field, size == 2 ? "2" : "3", firsts + i, size);
    }
}

static void ask_typed(struct str *into, enum search_field field, const char *run, size_t size,
                      bool *first) {
    struct readings all = {.run = run, .size = size};
    for (size_t parts = PARTS_MAX; parts && !all.count; parts--) {
        all.parts = parts;
        all.overflow = false;
        split(&all, (struct reading){0}, 0);
        if (all.overflow)
            all.count = 0;
    }
    join(into, " AND ", first);
    str_add_char(into, '(');
    for (size_t i = 0; i < all.count; i++) {
        str_add(into, i ? " OR (" : "(");
        ask_reading(into, field, &all, all.items + i);
        str_add_char(into, ')');
    }
    str_add_char(into, ')');
}

static void ask_run(struct str *into, enum search_field field, const uint32_t *word, size_t from,
                    size_t to, bool *first) {
    char run[MATCH_TYPED + 1];
    size_t size = 0;
    for (size_t i = from; i < to && size < MATCH_TYPED; i++)
        run[size++] = (char)word[i];
    run[size] = '\0';
    if (has_pinyin(field))
        ask_typed(into, field, run, size, first);
    else
        ask_latin(into, field, run, size, first);
}

void terms_add_query(struct str *into, enum search_field field, const uint32_t *word, size_t size) {
    bool first = true;
    str_add_char(into, '(');
    for (size_t at = 0, runs = 0; at < size && runs < QUERY_TERMS; runs++) {
        size_t end = at;
        while (end < size && fold_is_alnum(word[end]) == fold_is_alnum(word[at]))
            end++;
        if (fold_is_alnum(word[at]))
            ask_run(into, field, word, at, end, &first);
        else
            ask_characters(into, field, word, at, end, &first);
        at = end;
    }
    str_add_char(into, ')');
}
