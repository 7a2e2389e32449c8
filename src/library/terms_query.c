#include "library/terms.h"

#include <string.h>

#include "library/match.h"
#include "library/pinyin.h"
#include "library/terms_parts.h"

#define QUERY_TERMS   8  /* of one run: more make the answer little smaller */
#define ALTERNATIVES  16 /* ways to read a run of letters as syllables */
#define SYLLABLE_SIZE 6
#define PARTS_MAX     6

static void join(struct str *into, const char *how, bool *first) {
    if (!*first)
        str_add(into, how);
    *first = false;
}

static void add_term(struct str *into, enum search_field field, const char *kind,
                     const char *letters, size_t size) {
    str_add_char(into, '"');
    str_add_char(into, terms_field_letter(field));
    str_add(into, kind);
    str_add_bytes(into, letters, size);
    str_add_char(into, '"');
}

static void add_characters_term(struct str *into, enum search_field field, const uint32_t *letters,
                                size_t count) {
    str_add_char(into, '"');
    str_add_char(into, terms_field_letter(field));
    for (size_t i = 0; i < count; i++)
        str_add_codepoint(into, letters[i]);
    str_add_char(into, '"');
}

/* Whether in that field it stands for itself only. */
static bool is_literal(enum search_field field, uint32_t letter) {
    return !terms_have_pinyin(field) || !fold_is_letter(letter);
}

/* The pairs of a word, and a character that is in none. */
static void ask_characters(struct str *into, enum search_field field, const uint32_t *word,
                           size_t size, bool *first) {
    bool paired = false; /* with the one before */
    for (size_t i = 0, asked = 0; i < size && asked < QUERY_TERMS; i++) {
        bool pairs = i + 1 < size && !(fold_is_alnum(word[i]) && fold_is_alnum(word[i + 1])) &&
                     is_literal(field, word[i]) && is_literal(field, word[i + 1]);
        if (pairs || (!paired && !fold_is_alnum(word[i]))) {
            join(into, " AND ", first);
            add_characters_term(into, field, word + i, pairs ? 2 : 1);
            asked++;
        }
        paired = pairs;
    }
}

/* Latin words, where they can be nothing else, and numbers. */
static void ask_latin(struct str *into, enum search_field field, const char *run, size_t size,
                      bool *first) {
    for (size_t at = 0; at < size;) {
        size_t end = at;
        while (end < size && terms_same_kind((unsigned char)run[at], (unsigned char)run[end]))
            end++;
        if (is_literal(field, (unsigned char)run[at])) {
            join(into, " AND ", first);
            add_term(into, field, "1", run + at,
                     end - at < TERMS_LATIN_SIZE ? end - at : TERMS_LATIN_SIZE);
        }
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

static bool is_first(const char *run, size_t size) {
    return size == 1 || (size == 2 && run[1] == 'h' && strchr("zcs", run[0]));
}

/* Whether the first of the run can stand for one character, beside whole readings (match.h). */
static bool is_part(const char *run, size_t size) {
    bool ends = !fold_is_letter((unsigned char)run[size]);
    if (!fold_is_letter((unsigned char)run[0])) /* a digit */
        return size == 1;
    return (is_first(run, size) && !pinyin_is_vowel((unsigned char)run[size])) ||
           pinyin_is_syllable(run, size) || (ends && pinyin_begins(run, size));
}

static bool is_known(const struct readings *all, const struct reading *reading) {
    for (size_t i = 0; i < all->count; i++)
        if (all->items[i].count == reading->count &&
            memcmp(all->items[i].starts, reading->starts,
                   (reading->count + 1) * sizeof *reading->starts) == 0)
            return true;
    return false;
}

static void split(struct readings *all, bool (*is)(const char *run, size_t size),
                  struct reading reading, size_t at) {
    reading.starts[reading.count] = at;
    if (at == all->size || reading.count == all->parts) {
        all->overflow = all->overflow || all->count == ALTERNATIVES;
        if (!all->overflow && !is_known(all, &reading))
            all->items[all->count++] = reading;
        return;
    }
    size_t rest = all->size - at, most = rest < SYLLABLE_SIZE ? rest : SYLLABLE_SIZE;
    reading.count++;
    for (size_t size = most; size > 0 && !all->overflow; size--)
        if (is(all->run + at, size))
            split(all, is, reading, at + size);
}

/* Both ways of typing: as many parts as there is room for the ways to read them. */
static void split_all(struct readings *all) {
    for (all->parts = PARTS_MAX; all->parts > 0; all->parts--) {
        all->count = 0;
        all->overflow = false;
        split(all, is_part, (struct reading){0}, 0);
        split(all, is_first, (struct reading){0}, 0);
        if (!all->overflow)
            return;
    }
}

/* A whole syllable is asked for with what follows it; what is not asked for so, and says more than
 * its first letter does, alone. */
static void ask_syllables(struct str *into, enum search_field field, const struct readings *all,
                          const struct reading *reading, bool *first) {
    bool paired = false; /* with the one before */
    for (size_t i = 0; i < reading->count; i++) {
        const char *part = all->run + reading->starts[i];
        size_t size = reading->starts[i + 1] - reading->starts[i];
        bool pairs = size > 1 && i + 1 < reading->count &&
                     fold_is_letter((unsigned char)part[size]) && pinyin_is_syllable(part, size);
        if (pairs || (!paired && (size > 1 || reading->count == 1))) {
            join(into, " AND ", first);
            if (pairs)
                size = reading->starts[i + 2] - reading->starts[i];
            add_term(into, field, pairs ? "4" : "1", part, size);
        }
        paired = pairs;
    }
}

static void ask_reading(struct str *into, enum search_field field, const struct readings *all,
                        const struct reading *reading) {
    char firsts[PARTS_MAX];
    bool first = true;
    ask_syllables(into, field, all, reading, &first);
    for (size_t i = 0; i < reading->count; i++)
        firsts[i] = all->run[reading->starts[i]];
    size_t size = reading->count < 3 ? reading->count : 3;
    for (size_t i = 0; size > 1 && i + size <= reading->count; i++) {
        join(into, " AND ", &first);
        add_term(into, field, size == 2 ? "2" : "3", firsts + i, size);
    }
}

static void ask_or(struct str *into, enum search_field field, const char *kind, const char *letters,
                   size_t size) {
    str_add(into, " OR ");
    add_term(into, field, kind, letters, size < TERMS_LATIN_SIZE ? size : TERMS_LATIN_SIZE);
}

/* Each run of letters may be of a Latin word, or begin with one before what is typed for others
 * (AI助手). */
static void ask_latin_words(struct str *into, enum search_field field, const char *run) {
    for (size_t at = 0, size = 0; run[at]; at += size ? size : 1) {
        for (size = 0; fold_is_letter((unsigned char)run[at + size]); size++)
            if (size < TERMS_LATIN_SIZE)
                ask_or(into, field, "5", run + at, size + 1);
        if (size)
            ask_or(into, field, "1", run + at, size);
    }
}

static void ask_typed(struct str *into, enum search_field field, const char *run, size_t size,
                      bool *first) {
    struct readings all = {.run = run, .size = size};
    split_all(&all);
    join(into, " AND ", first);
    str_add_char(into, '(');
    for (size_t i = 0; i < all.count; i++) {
        str_add(into, i ? " OR (" : "(");
        ask_reading(into, field, &all, all.items + i);
        str_add_char(into, ')');
    }
    ask_latin_words(into, field, run);
    str_add_char(into, ')');
}

static void ask_run(struct str *into, enum search_field field, const uint32_t *word, size_t from,
                    size_t to, bool *first) {
    char run[MATCH_TYPED + 1];
    size_t size = 0;
    for (size_t i = from; i < to && size < MATCH_TYPED; i++)
        run[size++] = (char)word[i];
    run[size] = '\0';
    ask_latin(into, field, run, size, first);
    if (terms_have_pinyin(field))
        ask_typed(into, field, run, size, first);
}

/* The units whose name it is. */
static bool ask_units(struct str *into, const uint32_t *word, size_t size) {
    struct folded name = {0};
    bool first = true;
    for (int unit = 0; unit < UNIT_COUNT; unit++) {
        fold_text(&name, unit_name((enum unit)unit), false);
        if (!match_whole(&name, word, size))
            continue;
        join(into, " OR ", &first);
        add_term(into, SEARCH_UNIT, "", unit_name((enum unit)unit),
                 strlen(unit_name((enum unit)unit)));
    }
    folded_finish(&name);
    return !first;
}

bool terms_add_query(struct str *into, enum search_field field, const uint32_t *word, size_t size) {
    bool first = true;
    if (field == SEARCH_UNIT)
        return ask_units(into, word, size);
    str_add_char(into, '(');
    for (size_t at = 0, runs = 0; at < size && runs < QUERY_TERMS; runs++) {
        size_t end = at;
        while (end < size && fold_is_alnum(word[end]) == fold_is_alnum(word[at]))
            end++;
        if (fold_is_alnum(word[at]))
            ask_run(into, field, word, at, end, &first);
        at = end;
    }
    ask_characters(into, field, word, size, &first);
    str_add_char(into, ')');
    return true;
}
