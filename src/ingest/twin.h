/* twin.h: which cases are the same one under different ids. Pure; any thread. */
#pragma once

#include <stdint.h>

#include "library/case.h"

/* 64 bits of SHA-256 over school and title as text_fold_letters gives them (white space, width,
 * case and punctuation do not count); never 0. */
int64_t twin_of(const char *school, const char *title);
/* The same of a case; of a notice 0, for the same title may well be another one. */
int64_t twin_if(enum level level, const char *school, const char *title);
