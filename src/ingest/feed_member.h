/* feed_member.h: members of a JSON object, checked while they are taken; private to feed*.c
 *
 * A member that is missing is good: its text is then NULL or "", its number and time as they were.
 * One that is wrong refuses what is read where that is strict, and counts as missing elsewhere. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "ingest/reject.h"

struct feed_reading {
    bool strict;        /* ours: nothing is guessed at */
    enum reject reject; /* what a wrong member makes of it */
    char where[48];     /* stands before the key in messages: "attachments[3]." */
    char *detail;       /* owned; of the first thing that is wrong; NULL: nothing yet */
};

/* Both false, with a detail. feed_refuse holds for foreign feeds too. */
bool feed_refuse(struct feed_reading *reading, const char *key, const char *why);
bool feed_refuse_as(struct feed_reading *reading, enum reject reject, const char *key,
                    const char *why);
/* As feed_refuse where it is strict, else true: as if the member were missing. */
bool feed_wrong(struct feed_reading *reading, const char *key, const char *why);

/* A text of at most limit bytes, as it stands; of the object. */
bool feed_get_text(struct feed_reading *reading, const json_t *object, const char *key,
                   size_t limit, const char **text);
/* The same normalised, as one line or as paragraphs; the caller's, never NULL. The limit holds for
 * what comes out, too. */
bool feed_get_line(struct feed_reading *reading, const json_t *object, const char *key,
                   size_t limit, char **line);
bool feed_get_paragraphs(struct feed_reading *reading, const json_t *object, const char *key,
                         size_t limit, char **paragraphs);
/* To the second; a bare date is local, and means its end where end is set. */
bool feed_get_time(struct feed_reading *reading, const json_t *object, const char *key, bool end,
                   int64_t *ms);
bool feed_get_flag(struct feed_reading *reading, const json_t *object, const char *key, bool *flag);
bool feed_get_integer(struct feed_reading *reading, const json_t *object, const char *key,
                      int64_t from, int64_t to, int64_t *number);
/* NULL: missing, or (where it is not strict) no array. */
bool feed_get_array(struct feed_reading *reading, const json_t *object, const char *key,
                    const json_t **array);

/* Whether a text is as text_normalise_line makes it, and not "". */
bool feed_is_plain(const char *text);
/* An address http://… or https://… as browsers and codes take it. */
bool feed_is_web(const char *url);
bool feed_is_https(const char *url);
/* An address that means something only beside its document: "../a.jpg", "/a.jpg", "//host/a.jpg".
 */
bool feed_is_relative(const char *url);
