/* pinyin.h: how Han characters are read, in the letters that are typed for them. Pure, any thread.
 *
 * Readings are those of dictionaries that people use (packaging/readings); ü is typed v or u, and
 * both count. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PINYIN_READINGS 16 /* more than any character has, with both spellings of ü */

/* All readings of a character, as constant strings: "chang", "zhang". 0: it has none. */
size_t pinyin_readings(uint32_t character, const char *readings[PINYIN_READINGS]);
bool pinyin_is_syllable(const char *letters, size_t size); /* a whole one, ü as v or u */
static inline bool pinyin_is_vowel(uint32_t letter) {
    return letter == 'a' || letter == 'e' || letter == 'i' || letter == 'o' || letter == 'u' ||
           letter == 'v';
}
bool pinyin_begins(const char *letters, size_t size); /* one begins with it, or is it */

/* A key that sorts names as a Chinese index does (strcmp): by reading, tone and character, one
 * after the other; Latin letters, small, and digits as they are. The reading is the usual one in
 * names: 重庆 chongqing, 厦门 xiamen, 长春 changchun, 六安 luan. The caller's. */
char *pinyin_sort_key(const char *name);
/* The letter under which a name stands in an index bar, 'A' … 'Z'; '#' for anything else. */
char pinyin_initial(const char *name);
