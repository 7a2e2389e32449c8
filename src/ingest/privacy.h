/* privacy.h: numbers of persons in a text, masked
 *
 *   110***************    identity cards (GB 11643: 18 characters, or 15 as before 1999): always
 *   138****5678           mobile numbers, unless released
 *   2021****45            student numbers, unless released: what is called one, and ten to twelve
 *                         digits that begin with a year of admission
 *
 * Digits of any width, in groups or not; never a part of a longer number, and but for identity
 * cards never in a web address. Masked text stays as it is. What was masked is told by its mask:
 * the number itself is kept nowhere. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

enum privacy_kind { PRIVACY_IDENTITY, PRIVACY_MOBILE, PRIVACY_STUDENT, PRIVACY_KIND_COUNT };

/* What was masked in one place, in order; the same number twice counts twice. */
struct privacy_mask {
    enum privacy_kind kind;
    char *mask;        /* owned */
    const char *field; /* of the case: "title", "body" …; static */
    size_t count;
};

struct privacy {
    struct privacy_mask *masks;
    size_t count;
};

/* text masked, the caller's. released: masks that are to be shown as they are, ended by NULL; may
 * be NULL. Adds what was masked to *privacy. */
char *privacy_mask(struct privacy *privacy, const char *field, const char *text,
                   const char *const *released);
void privacy_finish(struct privacy *privacy);

const char *privacy_kind_key(enum privacy_kind kind); /* "identity" … */
const char *privacy_key_chinese(const char *key); /* "身份证号" …, by its key; else the key */
const char *privacy_field_chinese(const char *field); /* "正文" …; NULL: unknown */
/* [{"kind", "mask", "field", "count"}], the caller's. */
json_t *privacy_json(const struct privacy *privacy);
