/* natural.h: numbers inside names, and the order of names that people expect
 *
 * Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number at the start of a text. */
struct natural_number {
    uint64_t value;
    size_t bytes;      /* how long it stands in the text */
    size_t characters; /* digits or numerals */
    bool chinese;      /* 十一, not 11 */
    bool leading_zero; /* 01 */
};

/* Digits, full-width too (at most 18; further ones are another number), or Chinese numerals up to
 * the hundreds (十一, 二十, 一百零二, 二〇二六). False: no number stands there. */
bool natural_number_parse(const char *text, struct natural_number *number);

/* What names are ordered by: 2 before 10, （一） before （二） before （十一）, numbers before
 * letters, width and case ignored, else by code point. The key is the caller's. */
char *natural_key(const char *name);
int natural_compare(const char *key, const char *other); /* of two keys, like strcmp */
