#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "display/blend_rows.h"

/* Not a multiple of any vector. */
#define COUNT 1037

struct rows {
    uint32_t a[COUNT + 1], b[COUNT + 1], to[COUNT + 1];
};

static uint32_t random32(uint32_t *seed) {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 17;
    *seed ^= *seed << 5;
    return *seed;
}

static void fill(struct rows *rows, uint32_t seed) {
    for (int i = 0; i <= COUNT; i++) {
        rows->a[i] = random32(&seed);
        rows->b[i] = random32(&seed);
        rows->to[i] = random32(&seed);
    }
}

static uint32_t blended(uint32_t a, uint32_t b, uint32_t k) {
    uint32_t result = 0;
    for (int shift = 0; shift < 32; shift += 8)
        result |= (((a >> shift & 255) * (256 - k) + (b >> shift & 255) * k + 128) >> 8) << shift;
    return result;
}

static void assert_blended(const struct rows *rows, const uint32_t *to, size_t count, unsigned k) {
    for (size_t i = 0; i < count; i++)
        if (to[i] != blended(rows->a[i], rows->b[i], k))
            fail_msg("k %u, pixel %zu: %08x instead of %08x", k, i, to[i],
                     blended(rows->a[i], rows->b[i], k));
}

static void every_k_is_the_formula(void **state) {
    (void)state;
    struct rows rows;
    for (unsigned k = 0; k <= 256; k++) {
        fill(&rows, k + 1);
        uint32_t behind = rows.to[COUNT];
        blend_rows(rows.to, rows.a, rows.b, COUNT, k);
        assert_blended(&rows, rows.to, COUNT, k);
        assert_int_equal(rows.to[COUNT], behind);
    }
}

static void the_ends_are_exact(void **state) {
    (void)state;
    struct rows rows;
    fill(&rows, 7);
    blend_rows(rows.to, rows.a, rows.b, COUNT, 0);
    assert_memory_equal(rows.to, rows.a, COUNT * 4);
    blend_rows(rows.to, rows.a, rows.b, COUNT, 256);
    assert_memory_equal(rows.to, rows.b, COUNT * 4);
}

static void the_target_may_be_a_source(void **state) {
    (void)state;
    struct rows rows, kept;
    fill(&kept, 9);
    rows = kept;
    blend_rows(rows.a, rows.a, rows.b, COUNT, 99);
    assert_blended(&kept, rows.a, COUNT, 99);
    rows = kept;
    blend_rows(rows.b, rows.a, rows.b, COUNT, 99);
    assert_blended(&kept, rows.b, COUNT, 99);
}

static void short_rows_are_not_overrun(void **state) {
    (void)state;
    struct rows rows;
    for (size_t count = 0; count < 40; count++) {
        fill(&rows, (uint32_t)count + 3);
        uint32_t behind = rows.to[count];
        blend_rows(rows.to, rows.a, rows.b, count, 131);
        assert_blended(&rows, rows.to, count, 131);
        assert_int_equal(rows.to[count], behind);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_k_is_the_formula),
        cmocka_unit_test(the_ends_are_exact),
        cmocka_unit_test(the_target_may_be_a_source),
        cmocka_unit_test(short_rows_are_not_overrun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
