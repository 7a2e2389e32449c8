/* twin.h: which cases are the same one under different ids. Pure; any thread. */
#pragma once

#include <stdint.h>

/* 64 bits of SHA-256 over school and title as text_fold_letters gives them (white space, width,
 * case and punctuation do not count); never 0. */
int64_t twin_of(const char *school, const char *title);
