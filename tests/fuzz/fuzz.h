/* fuzz.h: what libFuzzer, or replay.c in its place, calls; gives 0, aborts on a finding */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

/* What does not hold is a finding. */
#define must(holds) must_hold((holds), #holds, __FILE__, __LINE__)

static inline void must_hold(bool holds, const char *what, const char *file, int line) {
    if (holds)
        return;
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}
