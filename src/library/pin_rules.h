/* pin_rules.h: which digits make a PIN, and how long the next try waits. Pure, any thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* All alike, counted up or down, the same twice or more (1212), pairs (1122), mirrored halves
 * (123321), a year, a date of eight digits, or one of those that everybody takes (1314, 2580). */
bool pin_is_trivial(const char *digits);
/* After so many wrong ones in a row: 0 for the first four, 15 s for the fifth, twice as long each
 * time, 5 minutes at the most. */
int64_t pin_wait_ms(int64_t failures);
/* What is left of a wait that began at since_ms. Never more than all of it: a clock that was set
 * back begins it anew. */
int64_t pin_wait_left_ms(int64_t since_ms, int64_t wait_ms, int64_t now_ms);
