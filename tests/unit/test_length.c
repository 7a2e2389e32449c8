/* How long a video is, as it is written. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "display/length.h"

static void whole_seconds(void **state) {
    (void)state;
    static const struct {
        int64_t ms;
        const char *text;
    } table[] = {
        {0, "0:00"},          {-5000, "0:00"},         {999, "0:00"},      {1000, "0:01"},
        {59999, "0:59"},      {60000, "1:00"},         {3599999, "59:59"}, {3600000, "1:00:00"},
        {3723000, "1:02:03"}, {359999000, "99:59:59"}, {INT64_MAX, NULL}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        char text[LENGTH_TEXT_SIZE];
        size_t count = length_text(table[i].ms, text);
        assert_int_equal(count, strlen(text));
        if (table[i].text)
            assert_string_equal(text, table[i].text);
    }
}

static void each_character_is_one_of_the_glyphs(void **state) {
    (void)state;
    for (int64_t ms = 0; ms < 8000000; ms += 977) {
        char text[LENGTH_TEXT_SIZE];
        length_text(ms, text);
        for (const char *at = text; *at; at++)
            assert_true(LENGTH_ALL[length_glyph(*at)] == *at);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_seconds),
        cmocka_unit_test(each_character_is_one_of_the_glyphs),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
