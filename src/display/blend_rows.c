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

/* Two bytes a step, each with eight bits of room above it: of a pixel the first and third, or the
 * second and fourth. */
#define PAIR 0x00FF00FFu
#define HALF 0x00800080u

static inline CLONE_BODY void lay_over_body(uint32_t *to, const uint32_t *over, size_t count,
                                            uint32_t k) {
    VECTOR_LOOP
    for (size_t i = 0; i < count; i++) {
        uint32_t odd = ((over[i] & PAIR) * k + HALF) >> 8 & PAIR;
        uint32_t even = ((over[i] >> 8 & PAIR) * k + HALF) >> 8 & PAIR;
        uint32_t alpha = even >> 16, keep = 256 - alpha - (alpha >> 7);
        odd += ((to[i] & PAIR) * keep + HALF) >> 8 & PAIR;
        even += ((to[i] >> 8 & PAIR) * keep + HALF) >> 8 & PAIR;
        to[i] = odd | even << 8;
    }
}

CLONES(lay_over, (uint32_t * to, const uint32_t *over, size_t count, uint32_t k),
       (to, over, count, k))

void blend_over(uint32_t *to, const uint32_t *over, size_t count, unsigned k) {
    lay_over(to, over, count, k < 256 ? k : 256);
}
