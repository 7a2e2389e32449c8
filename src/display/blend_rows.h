/* blend_rows.h: rows of pixels over each other; the inner loops of the presenter. Any thread. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Each byte of to becomes (a * (256 - k) + b * k + 128) / 256, k from 0 (a) to 256 (b). to may be
 * a or b itself, but may not overlap them in another way. count is in pixels. */
void blend_rows(uint32_t *to, const uint32_t *a, const uint32_t *b, size_t count, unsigned k);
/* Lays a row with alpha (premultiplied) over an opaque one, which stays opaque; k from 0 (nothing
 * of it) to 256. Within 2 of over * k + to * (1 - alpha * k) for each byte; where over has no alpha
 * nothing changes, and where all of it, to becomes it at k 256. */
void blend_over(uint32_t *to, const uint32_t *over, size_t count, unsigned k);
