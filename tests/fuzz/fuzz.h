/* fuzz.h: what libFuzzer, or replay.c in its place, calls; gives 0, aborts on a finding */
#pragma once

#include <stddef.h>
#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
