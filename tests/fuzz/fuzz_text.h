/* fuzz_text.h: text as the library keeps it (ingest/text.h), as something that must hold */
#pragma once

#include <string.h>

#include "fuzz.h"
#include "ingest/text.h"

#define must_be_normal(text) must(is_fixed((text), text_normalise))
#define must_be_line(text)   must(is_fixed((text), text_normalise_line))

static inline bool is_fixed(const char *text, char *(*normalise)(const char *)) {
    char *again = normalise(text);
    bool fixed = text_valid(text) && strcmp(text, again) == 0;
    free(again);
    return fixed;
}
