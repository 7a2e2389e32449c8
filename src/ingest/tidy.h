/* tidy.h: Chinese text as it was typed → as it is set
 *
 * What is put right is what typists mean and machines do not give them: paragraphs indented by
 * spaces, empty lines between them, spaces between Han, half-width marks between Han, ... and --
 * for …… and ——, radicals for ideographs. Marks after GB/T 15834 and CLREQ 3.1. Only between Han: a
 * mark with a letter or a digit on one side stays, and with it words, numbers, times, addresses,
 * Latin sentences and code; so does whatever stands in a web address or between `backticks`.
 *
 * All functions take normalised text (text.h), are their own fixed point (tidied text stays as it
 * is), and add what they did to *tidy. Results are the caller's, never NULL. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

enum tidy_kind {
    TIDY_INDENTS,     /* paragraphs that began with spaces */
    TIDY_LINES,       /* empty lines between paragraphs */
    TIDY_SPACES,      /* gaps between Han */
    TIDY_PUNCTUATION, /* , ; : ? ! ( ) " ' made full-width */
    TIDY_ELLIPSES,
    TIDY_DASHES,
    TIDY_RADICALS,
    TIDY_KIND_COUNT
};

struct tidy {
    size_t counts[TIDY_KIND_COUNT];
};

/* Paragraphs, separated by '\n', none empty. A full-width space within a line stays: it is typed on
 * purpose, to part what is listed. */
char *tidy_text(struct tidy *tidy, const char *text);
char *tidy_line(struct tidy *tidy, const char *line); /* the same for one line, ends untouched */
/* A title or a caption: a gap that parts phrases of two or more Han stays ("凝心聚力 共创未来"). */
char *tidy_name(struct tidy *tidy, const char *name);

size_t tidy_changes(const struct tidy *tidy); /* of all kinds */
void tidy_add(struct tidy *to, const struct tidy *more);
const char *tidy_kind_key(enum tidy_kind kind);     /* "indents" … */
const char *tidy_kind_chinese(enum tidy_kind kind); /* "段首空格" … */
/* {"spaces": 3, …}: what there was of it; the caller's. */
json_t *tidy_json(const struct tidy *tidy);
