/* pinyin_names.h: what is read in names otherwise than character by character. Pure, any thread. */
#pragma once

#include <stddef.h>

/* The longest place, word or character that text begins with and that has a reading of its own:
 * a syllable with its tone for each of its characters, "chong2 qing4" for 重庆; *size gets its
 * bytes. NULL: there is none. */
const char *pinyin_name_reading(const char *text, size_t *size);
