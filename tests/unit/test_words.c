/* The words of the touched screens: none is missing, in either language. That none is cut is seen
 * where they are set (test_pages, test_page_case, test_page_search). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "display/words.h"

static bool has_han(const char *text) {
    for (; *text; text++)
        if ((unsigned char)*text >= 0xE4) /* U+4000 and above, in UTF-8 */
            return true;
    return false;
}

static void both_languages_have_every_word(void **state) {
    (void)state;
    for (enum word word = 0; word < WORD_COUNT; word++) {
        const char *zh = word_zh(word), *en = word_en(word);
        if (!*zh || !*en)
            fail_msg("word %d is missing: \"%s\", \"%s\"", (int)word, zh, en);
        if (word == WORD_LANGUAGE) /* leads away from either */
            continue;
        if (!has_han(zh) || has_han(en))
            fail_msg("word %d is in the wrong language: \"%s\", \"%s\"", (int)word, zh, en);
    }
}

static void english_stands_beside_chinese(void **state) {
    (void)state;
    struct manner chinese = {.english = false}, english = {.english = true};
    assert_string_equal(word_main(chinese, WORD_BACK), "返回");
    assert_string_equal(word_beside(chinese, WORD_BACK), "Back");
    assert_string_equal(word_main(english, WORD_BACK), "Back");
    assert_string_equal(word_beside(english, WORD_BACK), "");
}

static void units_and_phases_are_theirs(void **state) {
    (void)state;
    for (enum unit unit = 0; unit < UNIT_COUNT; unit++)
        assert_string_equal(word_zh(word_unit(unit)), unit_name(unit));
    for (enum level level = LEVEL_NOTICE; level < LEVEL_COUNT; level++)
        assert_string_equal(word_zh(word_section(level, UNIT_PARTY)), level_name(level));
    assert_int_equal(word_section(LEVEL_CASE, UNIT_SAFETY), WORD_SAFETY);
    for (enum phase phase = 0; phase < PHASE_COUNT; phase++)
        assert_string_equal(word_zh(word_phase(phase)), phase_name(phase));
}

static void amounts_are_said_as_people_say_them(void **state) {
    (void)state;
    struct manner manners[] = {{.english = false}, {.english = true}};
    const char *said[] = {"12个案例", "12 cases"};
    for (int i = 0; i < 2; i++) {
        char *text = word_counted(manners[i], 12, WORD_CASE, WORD_CASES);
        assert_string_equal(text, said[i]);
        free(text);
    }
    char *one = word_counted(manners[1], 1, WORD_CASE, WORD_CASES);
    assert_string_equal(one, "1 case");
    free(one);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_languages_have_every_word),
        cmocka_unit_test(english_stands_beside_chinese),
        cmocka_unit_test(units_and_phases_are_theirs),
        cmocka_unit_test(amounts_are_said_as_people_say_them),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
