/* radicals.h: the Han ideographs that radicals stand for
 *
 * What is copied out of PDFs often has ⼈ (U+2F08) for 人 (U+4EBA): it looks right, is found by no
 * search and is in few fonts. Source: Equivalent_Unified_Ideograph (UAX #44), Unicode 15.0. Pure.
 */
#pragma once

#include <stdint.h>

/* The ideograph of a Kangxi radical or one of the CJK Radicals Supplement; c itself for everything
 * else, also for the 14 radicals of the supplement whose ideograph is beyond the first plane: fonts
 * have the radical sooner. */
uint32_t radical_ideograph(uint32_t c);
