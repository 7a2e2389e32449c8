/* Mosaics: nothing overlaps, nothing leaves its place, and what is chosen crops least. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "display/mosaic.h"

#define GAP   24
#define STRIP 60

static const struct mosaic wide = {{56, 144, 1808, 880}, GAP, STRIP, 35};
static const struct mosaic tall = {{56, 144, 968, 1720}, GAP, STRIP, 35};

static void describe(const struct mosaic *mosaic, const double *ratios, size_t count, char *out,
                     size_t size) {
    struct rect cells[MOSAIC_MAX];
    mosaic_build(mosaic, ratios, count, cells);
    out[0] = '\0';
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        used += (size_t)snprintf(out + used, size - used, "%s%s%s", i ? " " : "",
                                 cells[i].x == mosaic->place.x ? "L" : "-",
                                 cells[i].y == mosaic->place.y ? "T" : "-");
}

/* Which cells touch the left and the top edge tells the partition. */
static void test_choice(void **state) {
    (void)state;
    static const struct {
        const struct mosaic *mosaic;
        double ratios[MOSAIC_MAX];
        size_t count;
        const char *want;
    } table[] = {
        {&wide, {1.5, 1.5}, 2, "LT -T"},                 /* side by side */
        {&tall, {1.5, 1.5}, 2, "LT L-"},                 /* one above the other */
        {&wide, {0.6, 0.75, 1.0}, 3, "LT -T -T"},        /* three upright ones in a row */
        {&wide, {2.2, 2.2, 2.2, 2.2}, 4, "LT -T L- --"}, /* two by two */
        {&tall, {1.5, 0.75, 0.75}, 3, "LT L- --"},       /* one over a pair */
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char got[64];
        describe(table[i].mosaic, table[i].ratios, table[i].count, got, sizeof got);
        assert_string_equal(got, table[i].want);
    }
}

static bool inside(struct rect cell, struct rect place) {
    return cell.x >= place.x && cell.y >= place.y && cell.width > 0 && cell.height > 0 &&
           cell.x + cell.width <= place.x + place.width &&
           cell.y + cell.height + STRIP <= place.y + place.height;
}

static bool apart(struct rect a, struct rect b) {
    return a.x + a.width + GAP <= b.x || b.x + b.width + GAP <= a.x ||
           a.y + a.height + STRIP + GAP <= b.y || b.y + b.height + STRIP + GAP <= a.y;
}

static void test_geometry(void **state) {
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 2000; round++) {
        const struct mosaic *mosaic = round % 2 ? &wide : &tall;
        double ratios[MOSAIC_MAX];
        size_t count = 1 + (size_t)round % MOSAIC_MAX;
        for (size_t i = 0; i < count; i++) {
            seed = seed * 1664525 + 1013904223;
            ratios[i] = 0.4 + (seed >> 8) % 1000 / 1000.0 * 2.1;
        }
        struct rect cells[MOSAIC_MAX];
        mosaic_build(mosaic, ratios, count, cells);
        for (size_t i = 0; i < count; i++) {
            assert_true(inside(cells[i], mosaic->place));
            for (size_t k = 0; k < i; k++)
                assert_true(apart(cells[i], cells[k]));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_geometry),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
