/* pinyin_table.h: the readings of Han characters, made at build time by packaging/readings */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define PINYIN_SIZE        7 /* the longest syllable has six letters */
#define PINYIN_DENSE_FIRST 0x3400
#define PINYIN_DENSE_LAST  0x9FFF

struct pinyin_place {
    uint32_t character;
    uint16_t place;
};

extern const char pinyin_syllables[][PINYIN_SIZE]; /* sorted; ü is v */
extern const size_t pinyin_syllable_count;
/* The readings of a character lie together: number of the syllable, tone (1 to 5) << 9, and
 * PINYIN_LAST in the last of them. The first is the usual one; no syllable is there twice. */
#define PINYIN_SYLLABLE(entry) ((entry)&0x1FF)
#define PINYIN_TONE(entry)     ((entry) >> 9 & 7)
#define PINYIN_LAST            0x8000
extern const uint16_t pinyin_pool[];
extern const uint16_t pinyin_dense[];             /* places in the pool; 0: no reading */
extern const struct pinyin_place pinyin_others[]; /* outside of the dense range, sorted */
extern const size_t pinyin_other_count;
extern const uint32_t pinyin_version; /* another one when the readings are others */
