#include "library/query.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "library/short_names.h"

#define ASKED                                                                                      \
    8 /* words that the index is asked for: the others are looked for in what it finds             \
       */

void query_parse(struct query *query, const char *text) {
    *query = (struct query){0};
    fold_text(&query->folded, text ? text : "", true);
    const struct folded *folded = &query->folded;
    query->words = xcalloc(folded->count, sizeof *query->words);
    for (size_t at = 0; at < folded->count;) {
        size_t end = at;
        while (end < folded->count && folded->letters[end] != FOLD_BREAK)
            end++;
        if (end > at)
            query->words[query->count++] = (struct query_word){folded->letters + at, end - at};
        at = end + 1;
    }
}

void query_finish(struct query *query) {
    folded_finish(&query->folded);
    free(query->words);
    *query = (struct query){0};
}

/* A single word is looked for in one field after the other. Of more, each in all fields up to the
 * last; the name of a unit then is a choice among what the others find, and does not count. */
static size_t list_fields(const struct query *query, enum search_field last,
                          enum search_field fields[SEARCH_FIELD_COUNT]) {
    size_t count = 0;
    for (enum search_field field = SEARCH_TITLE; field < SEARCH_FIELD_COUNT; field++)
        if (query->count == 1 ? field == last : field <= last || field == SEARCH_UNIT)
            fields[count++] = field;
    return count;
}

/* False: nothing was asked. */
static bool add_word(struct str *into, const struct query_word *word,
                     const enum search_field *fields, size_t count) {
    bool any = false;
    for (size_t i = 0; i < count; i++) {
        struct str part = {0};
        if (terms_add_query(&part, fields[i], word->letters, word->size)) {
            str_add(into, any ? " OR " : "");
            str_add(into, part.data);
            any = true;
        }
        str_finish(&part);
    }
    return any;
}

char *query_expression(const struct query *query, enum search_field last) {
    enum search_field fields[SEARCH_FIELD_COUNT];
    size_t count = list_fields(query, last, fields);
    struct str text = {0};
    bool any = query->count == 1 || last != SEARCH_UNIT;
    for (size_t i = 0; any && i < query->count && i < ASKED; i++) {
        str_add(&text, i ? " AND (" : "(");
        any = add_word(&text, query->words + i, fields, count);
        str_add_char(&text, ')');
    }
    if (any)
        return str_take(&text);
    str_finish(&text);
    return NULL;
}

/* One or two characters that are terms as they are. */
bool query_is_exact(const struct query *query) {
    bool exact = query->count <= ASKED;
    for (size_t i = 0; exact && i < query->count; i++) {
        exact = query->words[i].size <= 2;
        for (size_t k = 0; exact && k < query->words[i].size; k++)
            exact = !fold_is_alnum(query->words[i].letters[k]);
    }
    return exact;
}

void query_case_set(struct query_case *one, const char *const texts[SEARCH_FIELD_COUNT]) {
    memcpy((void *)one->texts, (const void *)texts, sizeof one->texts);
    memset(one->folded, 0, sizeof one->folded);
}

void query_case_finish(struct query_case *one) {
    for (int field = SEARCH_TITLE; field < SEARCH_FIELD_COUNT; field++)
        folded_finish(one->folds + field);
    folded_finish(&one->scratch);
}

static const struct folded *fold_of(struct query_case *one, enum search_field field) {
    if (!one->folded[field])
        fold_text(one->folds + field, one->texts[field], false);
    one->folded[field] = true;
    return one->folds + field;
}

static bool in_short_name(const struct query_word *word, struct query_case *one) {
    struct str names = {0};
    struct match match;
    bool found = false;
    short_names_add(&names, one->texts[SEARCH_SCHOOL]);
    for (char *at = names.data; at && *at && !found;) {
        char *end = strchr(at, '\n');
        *end = '\0';
        fold_text(&one->scratch, at, false);
        found = match_find(&one->scratch, word->letters, word->size, true, &match);
        at = end + 1;
    }
    str_finish(&names);
    return found;
}

static bool in_field(const struct query_word *word, struct query_case *one, enum search_field field,
                     struct search_mark *mark) {
    const struct folded *folded = fold_of(one, field);
    struct match match;
    bool pinyin = field == SEARCH_TITLE || field == SEARCH_SCHOOL;
    if (field == SEARCH_UNIT) {
        *mark = (struct search_mark){0, strlen(one->texts[field])};
        return match_whole(folded, word->letters, word->size);
    }
    if (match_find(folded, word->letters, word->size, pinyin, &match)) {
        *mark = (struct search_mark){folded->starts[match.from], folded->ends[match.to - 1]};
        return true;
    }
    *mark = (struct search_mark){0, strlen(one->texts[field])};
    return field == SEARCH_SCHOOL && in_short_name(word, one);
}

static bool find_word(const struct query_word *word, struct query_case *one,
                      const enum search_field *fields, size_t count, struct query_place *place) {
    for (size_t i = 0; i < count; i++)
        if (in_field(word, one, fields[i], &place->mark)) {
            place->field = fields[i];
            return true;
        }
    return false;
}

bool query_match(const struct query *query, struct query_case *one, enum search_field last,
                 struct query_place *place) {
    enum search_field fields[SEARCH_FIELD_COUNT];
    size_t count = list_fields(query, last, fields);
    for (size_t i = 0; i < query->count; i++) {
        struct query_place here;
        if (!find_word(query->words + i, one, fields, count, &here))
            return false;
        if (i == 0 || here.field < place->field)
            *place = here;
    }
    return true;
}
