/* blend_rows.h: the mean of two rows of pixels; the inner loop of a fade. Any thread. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Each byte of to becomes (a * (256 - k) + b * k + 128) / 256, k from 0 (a) to 256 (b). to may be
 * a or b itself, but may not overlap them in another way. count is in pixels. */
void blend_rows(uint32_t *to, const uint32_t *a, const uint32_t *b, size_t count, unsigned k);
