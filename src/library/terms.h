/* terms.h: the terms by which the search index finds a case, and what a word asks of them
 *
 * The index (FTS5, detail=none) knows which terms a case has, not where: what it finds is a little
 * more than what matches, and match.h decides. A term begins with the letter of its field:
 *     Han and other letters: each, and each with what is next to it;
 *     Latin words and numbers: their beginnings ("1open");
 *     in titles and schools, what can be typed: each beginning of each reading ("1dang"), the first
 *         letters of each two and three that follow each other ("2dj", "3djy"; Latin letters and
 *         digits as they are), each reading with each beginning of the next ("4dangjia"), and short
 *         Latin words whole ("5ai").
 * Of the unit there is its name. A change of any of this, of match.h or of fold.h takes another
 * TERMS_VERSION. Pure. */
#pragma once

#include "base/str.h"
#include "library/fold.h"
#include "library/search.h"

#define TERMS_VERSION 1

struct terms_case {
    const char *texts[SEARCH_FIELD_COUNT]; /* by field; of SEARCH_UNIT its name */
};

/* Replaces `into` with the terms of a case, between spaces; scratch keeps its memory. */
void terms_of_case(struct str *into, const struct terms_case *texts, struct folded *scratch);
/* Adds the expression (of FTS5) that a word of at least one letter asks of a field. False: nothing
 * can match there, and nothing was added. */
bool terms_add_query(struct str *into, enum search_field field, const uint32_t *word, size_t size);
