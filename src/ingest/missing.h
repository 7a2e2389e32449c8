/* missing.h: which characters of a parcel no font of the screen has, where and how often
 *
 * A script without any font is one entry, not hundreds. Private-use and unassigned code points and
 * U+FFFD are missing whatever a font says: what it has for them is its own matter; but for those in
 * the planes of Han, where a font may be newer than ICU. As layout shows them. Emoji are left out
 * of the texts (coverage.h), the others are shown as 〓. One thread. */
#pragma once

#include <stdint.h>

#include <jansson.h>

#include "ingest/coverage.h"
#include "ingest/manifest.h"

enum missing_kind {
    MISSING_CHARACTER,
    MISSING_EMOJI,
    MISSING_PRIVATE,    /* 自造字 */
    MISSING_UNASSIGNED, /* a code point that Unicode has not given to anything (ICU's version) */
    MISSING_SCRIPT,
    MISSING_KIND_COUNT
};

enum missing_field {
    MISSING_TITLE,
    MISSING_SUMMARY,
    MISSING_BODY,
    MISSING_CAPTION,
    MISSING_SCHOOL,
    MISSING_FIELD_COUNT
};

struct missing {
    struct missing_entry *entries; /* owned; in the order they were met */
    size_t count;
    size_t more;  /* times that others were met after the list was full */
    size_t scans; /* calls of missing_scan */
};

/* Adds what is missing of a field of the case with this id. */
void missing_scan(struct missing *missing, struct coverage *coverage, const char *id,
                  enum missing_field field, const char *text);
/* All fields of a case, as they were typed. */
void missing_scan_case(struct missing *missing, struct coverage *coverage,
                       const struct manifest_case *c);
void missing_finish(struct missing *missing); /* zeroed is fine */
/* [{"kind": "character|emoji|private|unassigned", "text", "code": "U+2A6A5", "name", "count",
 *   "places": [{"id", "field": "title|summary|body|caption|school", "count"}], "more_places"}],
 * at most 100, each with at most ten places; more_places only where there are. A script:
 * {"kind": "script", "text": "藏文", "code": "Tibt", "name": "Tibetan", "count", …} */
json_t *missing_json(const struct missing *missing);

/* For people: 自造字, 正文; NULL for a word that is no kind or field. */
const char *missing_kind_chinese(const char *kind);
const char *missing_field_chinese(const char *field);
