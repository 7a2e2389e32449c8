#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
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

/* ---- a row with alpha over another */

static bool near(double ideal, uint32_t is) {
    double off = ideal - is;
    return off > -2 && off < 2;
}

static void assert_over(uint32_t before, uint32_t over, unsigned k, uint32_t is) {
    double strength = k / 256.0, alpha = (over >> 24) / 255.0 * strength;
    for (int shift = 0; shift < 24; shift += 8) {
        double ideal = (over >> shift & 255) * strength + (before >> shift & 255) * (1 - alpha);
        if (!near(ideal, is >> shift & 255))
            fail_msg("k %u, %08x over %08x is %08x", k, over, before, is);
    }
    if (is >> 24 != 255)
        fail_msg("k %u, %08x over %08x is %08x: not opaque", k, over, before, is);
}

/* Premultiplied: no colour is more than its alpha. */
static uint32_t random_over(uint32_t *seed) {
    uint32_t value = random32(seed), alpha = value >> 24, pixel = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8)
        pixel |= (value >> shift & 255) * alpha / 255 << shift;
    return pixel;
}

static void over_is_the_formula(void **state) {
    (void)state;
    struct rows rows;
    uint32_t seed = 77;
    for (unsigned k = 0; k <= 256; k++) {
        fill(&rows, k + 1);
        for (int i = 0; i <= COUNT; i++) {
            rows.a[i] |= 0xFF000000u;
            rows.b[i] = random_over(&seed);
            rows.to[i] = rows.a[i];
        }
        /* the extremes too */
        rows.a[0] = rows.to[0] = 0xFFFFFFFF;
        rows.b[0] = 0xFFFFFFFF;
        rows.b[1] = 0xFF000000;
        blend_over(rows.to, rows.b, COUNT, k);
        for (int i = 0; i < COUNT; i++)
            assert_over(rows.a[i], rows.b[i], k, rows.to[i]);
        assert_int_equal(rows.to[COUNT], rows.a[COUNT]);
    }
}

static void over_is_exact_at_its_ends(void **state) {
    (void)state;
    uint32_t seed = 5;
    for (int i = 0; i < 1000; i++) {
        uint32_t before = random32(&seed) | 0xFF000000u, clear = 0, solid = random32(&seed);
        uint32_t to = before;
        solid |= 0xFF000000u;
        blend_over(&to, &clear, 1, 256);
        assert_int_equal(to, before);
        blend_over(&to, &solid, 1, 0);
        assert_int_equal(to, before);
        blend_over(&to, &solid, 1, 256);
        assert_int_equal(to, solid);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_k_is_the_formula),     cmocka_unit_test(the_ends_are_exact),
        cmocka_unit_test(the_target_may_be_a_source), cmocka_unit_test(short_rows_are_not_overrun),
        cmocka_unit_test(over_is_the_formula),        cmocka_unit_test(over_is_exact_at_its_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
