#include "display/blend_rows.h"

#include "display/clones.h"

/* 16-bit steps are wide enough: 255 * 256 + 128 < 65536. */
static inline CLONE_BODY void blend_bytes_body(uint8_t *to, const uint8_t *a, const uint8_t *b,
                                               size_t size, uint16_t k) {
    uint16_t rest = (uint16_t)(256 - k);
    VECTOR_LOOP
    for (size_t i = 0; i < size; i++)
        to[i] = (uint8_t)((uint16_t)(a[i] * rest + b[i] * k + 128) >> 8);
}

CLONES(blend_bytes, (uint8_t * to, const uint8_t *a, const uint8_t *b, size_t size, uint16_t k),
       (to, a, b, size, k))

void blend_rows(uint32_t *to, const uint32_t *a, const uint32_t *b, size_t count, unsigned k) {
    blend_bytes((uint8_t *)to, (const uint8_t *)a, (const uint8_t *)b, count * sizeof(*to),
                (uint16_t)(k < 256 ? k : 256));
}
