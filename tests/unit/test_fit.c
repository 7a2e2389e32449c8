#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "display/fit.h"
#include "library/case.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_crop(void **state) {
    (void)state;
    static const struct {
        struct size size, place;
        struct point focus;
        int loss;
        struct rect crop;
    } table[] = {
        {{1920, 1080}, {1920, 1080}, {FOCUS_X, FOCUS_Y}, 0, {0, 0, 1920, 1080}},
        {{1920, 1080}, {1920, 1080}, {0, 1000}, 0, {0, 0, 1920, 1080}},
        /* cut above and below */
        {{4000, 3000}, {1920, 1080}, {FOCUS_X, FOCUS_Y}, 25, {0, 135, 4000, 2250}},
        {{4000, 3000}, {1920, 1080}, {FOCUS_X, 500}, 25, {0, 375, 4000, 2250}},
        {{4000, 3000}, {1920, 1080}, {900, 600}, 25, {0, 675, 4000, 2250}},
        {{4000, 3000}, {1920, 1080}, {900, 0}, 25, {0, 0, 4000, 2250}},
        {{4000, 3000}, {1920, 1080}, {900, 1000}, 25, {0, 750, 4000, 2250}},
        {{1500, 2000}, {1920, 1080}, {FOCUS_X, FOCUS_Y}, 58, {0, 418, 1500, 844}},
        /* cut left and right */
        {{2400, 1600}, {1080, 1920}, {FOCUS_X, FOCUS_Y}, 63, {750, 0, 900, 1600}},
        {{2400, 1600}, {1080, 1920}, {250, 900}, 63, {150, 0, 900, 1600}},
        {{2400, 1600}, {1080, 1920}, {0, 900}, 63, {0, 0, 900, 1600}},
        {{2400, 1600}, {1080, 1920}, {1000, 900}, 63, {1500, 0, 900, 1600}},
        {{131072, 2}, {1920, 1080}, {1000, 500}, 100, {131068, 0, 4, 2}},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        int loss = -1;
        struct rect place = {0, 0, table[i].place.width, table[i].place.height};
        struct rect crop = fit_crop(table[i].size, place, table[i].focus, &loss);
        const struct rect *right = &table[i].crop;
        if (crop.x != right->x || crop.y != right->y || crop.width != right->width ||
            crop.height != right->height || loss != table[i].loss)
            fail_msg("row %zu: %d %d %d %d, %d %% lost", i, crop.x, crop.y, crop.width, crop.height,
                     loss);
    }
}

static void test_inside(void **state) {
    (void)state;
    static const struct {
        struct size size, place;
        int most;
        struct rect inside;
    } table[] = {
        {{1920, 1080}, {1920, 1080}, 0, {0, 0, 1920, 1080}},
        {{4000, 3000}, {1920, 1080}, 0, {240, 0, 1440, 1080}},
        {{1500, 2000}, {1920, 1080}, 0, {555, 0, 810, 1080}},
        {{2400, 1600}, {1080, 1920}, 0, {0, 600, 1080, 720}},
        {{10, 5}, {1000, 1000}, 250, {487, 494, 25, 12}}, /* never enlarged without bound */
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct rect place = {0, 0, table[i].place.width, table[i].place.height};
        struct rect inside = fit_inside(table[i].size, place, table[i].most);
        assert_memory_equal(&inside, &table[i].inside, sizeof inside);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_crop), cmocka_unit_test(test_inside)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
