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

char *query_expression(const struct query *query, enum search_field last) {
    struct str text = {0};
    enum search_field first = query->count == 1 ? last : SEARCH_TITLE;
    for (size_t i = 0; i < query->count && i < ASKED; i++) {
        str_add(&text, i ? " AND (" : "(");
        for (enum search_field field = first; field <= last; field++) {
            if (field != first)
                str_add(&text, " OR ");
            terms_add_query(&text, field, query->words[i].letters, query->words[i].size);
        }
        str_add_char(&text, ')');
    }
    return str_take(&text);
}

void query_case_set(struct query_case *one, const char *const texts[SEARCH_BODY + 1]) {
    memcpy((void *)one->texts, (const void *)texts, sizeof one->texts);
    memset(one->folded, 0, sizeof one->folded);
}

void query_case_finish(struct query_case *one) {
    for (int field = SEARCH_TITLE; field <= SEARCH_BODY; field++)
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
    if (match_find(folded, word->letters, word->size, pinyin, &match)) {
        *mark = (struct search_mark){folded->starts[match.from], folded->ends[match.to - 1]};
        return true;
    }
    *mark = (struct search_mark){0, strlen(one->texts[field])};
    return field == SEARCH_SCHOOL && in_short_name(word, one);
}

static bool find_word(const struct query_word *word, struct query_case *one, enum search_field last,
                      struct query_place *place) {
    for (enum search_field field = SEARCH_TITLE; field <= last; field++)
        if (in_field(word, one, field, &place->mark)) {
            place->field = field;
            return true;
        }
    return false;
}

bool query_match(const struct query *query, struct query_case *one, enum search_field last,
                 struct query_place *place) {
    for (size_t i = 0; i < query->count; i++) {
        struct query_place here;
        if (!find_word(query->words + i, one, last, &here))
            return false;
        if (i == 0 || here.field < place->field)
            *place = here;
    }
    return true;
}
