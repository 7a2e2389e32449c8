/* What keeps the look legible: contrast, scrims, codes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "display/code.h"
#include "display/contrast.h"
#include "display/paint.h"
#include "display/paint_scrim.h"

static void test_contrast(void **state) {
    (void)state;
    static const struct {
        colour a, b;
        double ratio;
    } table[] = {
        /* values of WCAG's own examples and of any contrast checker */
        {0xFFFFFFFF, 0xFF000000, 21.0}, {0xFFFFFFFF, 0xFF777777, 4.48},
        {0xFF767676, 0xFFFFFFFF, 4.54}, {0xFFFF0000, 0xFFFFFFFF, 4.00},
        {0xFF123456, 0xFF123456, 1.0},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        assert_float_equal(contrast_ratio(table[i].a, table[i].b), table[i].ratio, 0.005);
}

/* Just as strong as needed: enough everywhere, and one step less would not be. */
static void test_scrim(void **state) {
    (void)state;
    static const colour grounds[] = {0xFFFFFFFF, 0xFFC0C0C0, 0xFF20A0F0, 0xFF808080, 0xFF101010};
    const colour shade = 0x0A0C0F, ink = 0xFFFFFFFF;
    const struct rect text = {100, 200, 300, 120};
    int before = 256;
    for (size_t i = 0; i < sizeof grounds / sizeof *grounds; i++) {
        struct buffer *buffer = buffer_create(640, 360);
        paint_fill(buffer, (struct rect){0, 0, 640, 360}, 0, grounds[i]);
        int strength = scrim_strength(buffer, text, shade, ink);
        assert_true(strength < before);
        before = strength > 0 ? strength : 1;
        paint_scrim(buffer, text, shade, strength, 60);
        double worst = 21, far = 21;
        for (int y = text.y; y < text.y + text.height; y++)
            for (int x = text.x; x < text.x + text.width; x++) {
                double now = contrast_ratio(ink, buffer->pixels[y * buffer->stride + x]);
                worst = now < worst ? now : worst;
            }
        far = contrast_ratio(grounds[i], buffer->pixels[20 * buffer->stride + 620]);
        assert_true(worst >= CONTRAST_LEAST);
        assert_true(strength == 0 || worst < CONTRAST_LEAST * 1.12);
        assert_true(far < 1.001); /* where there is no text the picture is as it was */
        buffer_destroy(buffer);
    }
    assert_int_equal(before, 1); /* a dark picture needs none */
}

static void test_code(void **state) {
    (void)state;
    char longest[400];
    memset(longest, 'a', sizeof longest);
    longest[sizeof longest - 1] = '\0';
    assert_null(code_build(""));
    assert_null(code_build(longest)); /* too fine to be read from where people stand */
    struct code *code = code_build("https://example.org/cases/42");
    assert_non_null(code);
    assert_int_equal(code->side, 25); /* version 2: 26 bytes at level M would be 25 too */
    /* The finder pattern's corner: a black ring, a white one (ISO/IEC 18004, 6.3.3). */
    for (int i = 0; i < 7; i++)
        assert_int_equal(code->dark[i], 1);
    assert_int_equal(code->dark[7], 0);
    assert_int_equal(code->dark[code->side + 1], 0);
    code_destroy(code);
    code_destroy(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_contrast),
                                       cmocka_unit_test(test_scrim), cmocka_unit_test(test_code)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
