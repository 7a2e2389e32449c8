/* search.h: finding cases by what somebody types
 *
 * Read-only, of one thread at a time, no function waits (as reader.h). A query is words between
 * spaces; a case is found when each of them is in its title, school, summary or body, or names its
 * unit (match.h: in one piece; small and capital, half and full width are one, brackets and
 * quotation marks are passed over). In titles, schools and units letters are pinyin too: first
 * letters ("djyl"), whole ("dangjian"), mixed, the last syllable partly. Schools are also found by
 * their short forms (清华, 北航).
 *
 * Found is what is shown: not withdrawn, not a school's own case of a featured one, valid at
 * now_ms.
 *
 * Order: by the field in which the last of the words is found (title, school, summary, body, unit;
 * with other words a unit only chooses among what they find); within it what came in last first.
 * The same library, query and time give the same order. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "library/case.h"
#include "library/reader.h"

#define SEARCH_COUNT_LIMIT 100 /* each that is counted is looked at, as each hit is */

enum search_field {
    SEARCH_TITLE,
    SEARCH_SCHOOL,
    SEARCH_SUMMARY,
    SEARCH_BODY,
    SEARCH_UNIT, /* its whole name, 党建引领 or djyl: all cases of the unit */
    SEARCH_FIELD_COUNT
};

struct search_mark {
    size_t start, end; /* bytes of the excerpt */
};

struct search_hit {
    char *id, *school, *title; /* owned */
    enum unit unit;
    enum phase phase;
    enum search_field field; /* the first field with a word in it */
    char *excerpt; /* owned: that field's text, or the part of summary or body around the word, "…"
                      where it is cut */
    struct search_mark mark; /* the word in excerpt; the whole name for a short form of it */
};

struct search_hits {
    struct search_hit *items;
    size_t count;
    int64_t total; /* all that match; SEARCH_COUNT_LIMIT: that many or more */
};

struct search;

/* Opens nothing yet. Never NULL. */
struct search *search_open(const char *library_path);
void search_close(struct search *search); /* NULL is fine */

/* The first hits, at most limit. Any query is right: NULL, or one without words, finds nothing.
 * READ_UNREADY: also while the index is made, after an upgrade. After anything but READ_DONE there
 * are none. */
enum read_result search_find(struct search *search, const char *query, int64_t now_ms, size_t limit,
                             struct search_hits *hits);
void search_hits_finish(struct search_hits *hits); /* zeroed is fine */

/* Chinese words that the letters typed can stand for ("djyl", "dangj": 党建引领 …): the units and,
 * of what is shown, words of titles and names of schools; best first, each once, at most limit.
 * search_candidates_finish them. */
enum read_result search_candidates(struct search *search, const char *letters, int64_t now_ms,
                                   size_t limit, char ***words, size_t *count);
void search_candidates_finish(char **words, size_t count); /* NULL is fine */
