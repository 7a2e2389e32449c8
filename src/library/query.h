/* query.h: what somebody typed, as words, and where they are in a case. Pure. Only search uses it.
 */
#pragma once

#include "library/match.h"
#include "library/search.h"
#include "library/terms.h"

struct query_word {
    const uint32_t *letters; /* into the query's */
    size_t size;
};

struct query {
    struct folded folded;
    struct query_word *words;
    size_t count; /* 0: nothing to look for */
};

void query_parse(struct query *query, const char *text); /* NULL is no words */
void query_finish(struct query *query);                  /* zeroed is fine */
/* The expression (of FTS5) of cases that have every word in one of the fields up to `last`, or in
 * the name of their unit; of one word, in `last`. The caller's. NULL: there are no more of them. */
char *query_expression(const struct query *query, enum search_field last);

/* Whether the expression finds nothing that does not match. */
bool query_is_exact(const struct query *query);

/* The texts of a case as far as they were looked at; folded texts keep their memory from case to
 * case. */
struct query_case {
    const char *texts[SEARCH_FIELD_COUNT];
    bool folded[SEARCH_FIELD_COUNT];
    struct folded folds[SEARCH_FIELD_COUNT];
    struct folded scratch;
};

/* Where the query is in a case: the first field that has a word of it, and the bytes there. */
struct query_place {
    enum search_field field;
    struct search_mark mark;
};

/* texts: by field, borrowed until the next case. */
void query_case_set(struct query_case *one, const char *const texts[SEARCH_FIELD_COUNT]);
void query_case_finish(struct query_case *one);
/* Whether it has what the expression asks for. */
bool query_match(const struct query *query, struct query_case *one, enum search_field last,
                 struct query_place *place);
