/* What the bundled fonts have, and the emoji that they leave */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/fonts.h"
#include "ingest/coverage.h"

static int open_coverage(void **state) {
    size_t count;
    char **files = fonts_list(
        &(struct font_choice){
            .folder = SOURCE_DIR "/fonts", .fallback = "/nonexistent.ttf::", .bundled_only = true},
        &count);
    *state = coverage_open(files, count);
    fonts_free(files, count);
    return count == 5 ? 0 : -1;
}

static int close_coverage(void **state) {
    coverage_close(*state);
    return 0;
}

static void test_characters(void **state) {
    static const struct {
        uint32_t codepoint;
        bool there;
    } rows[] = {
        {'A', true},
        {0x515A, true} /* 党 */,
        {0x2CB4E, true} /* 𬭎 */,
        {0x160, true} /* Š */,
        {0x11F, true} /* ğ */,
        {0x2075, true} /* ⁵ */,
        {0x20BD, true} /* ₽ */,
        {0x2600, true} /* ☀ */,
        {0x1F389, false},
        {0x627, false} /* alef */,
        {0xE000, false},
        {0x10FFFF, false},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (coverage_has(*state, rows[i].codepoint) != rows[i].there)
            fail_msg("U+%04X: %d expected", (unsigned)rows[i].codepoint, rows[i].there);
}

#define MAN    "\U0001F468"
#define WOMAN  "\U0001F469"
#define GIRL   "\U0001F467"
#define PARTY  "\U0001F389"
#define JOINER "\u200D"
#define COLOUR "\uFE0F"

static void test_emoji(void **state) {
    static const char *const rows[][2] = {
        {"", ""},
        {"党建", "党建"},
        {PARTY "开学了" PARTY PARTY "！", "开学了！"},
        {MAN JOINER WOMAN JOINER GIRL "好", "好"},
        {"\u2600好", "\u2600好"}, /* the font for Chinese has it */
        {"\u2600" COLOUR "好", "\u2600" COLOUR "好"},
        {"\u2764" COLOUR JOINER "\U0001F525好", "好"},              /* a heart, but in flames */
        {"\U0001F1E8\U0001F1F3\U0001F1E8\U0001F1F3中国", "中国"},   /* two flags */
        {"\U0001F44D\U0001F3FD赞", "赞"},                           /* a tone of skin */
        {"\U0001F3F4\U000E0067\U000E0062\U000E007F旗", "旗"},       /* tags */
        {PARTY JOINER "好", "好"},                                  /* joined to nothing */
        {"#1 *2 \u00A9\u2122 \u3299", "#1 *2 \u00A9\u2122 \u3299"}, /* text all the same */
        {"\u0627\u200D\u0644\uE000", "\u0627\u200D\u0644\uE000"},   /* missing, but no emoji */
        {"a\xFFz" PARTY, "a\xFFz"},                                 /* malformed */
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        char *kept = coverage_keep_emoji(*state, rows[i][0]);
        assert_string_equal(kept, rows[i][1]);
        free(kept);
    }
}

static void test_theme_fonts(void **state) {
    (void)state;
    size_t count = 0;
    const struct font_choice choice = {
        .folder = SOURCE_DIR "/fonts", .bold = "/theme/bold.otf", .bundled_only = true};
    char **files = fonts_list(&choice, &count);
    assert_int_equal(count, 6);
    assert_int_equal(fonts_pairs(&choice), 3);
    assert_string_equal(files[0], SOURCE_DIR "/fonts/NotoSansSC-Regular.otf");
    assert_string_equal(files[1], "/theme/bold.otf");
    assert_string_equal(files[2], files[0]);
    fonts_free(files, count);
}

static void test_no_fonts(void **state) {
    (void)state;
    struct coverage *none = coverage_open(NULL, 0);
    assert_false(coverage_has(none, 'A'));
    char *kept = coverage_keep_emoji(none, "\u2600A");
    assert_string_equal(kept, "A");
    free(kept);
    coverage_close(none);
    coverage_close(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_characters),
        cmocka_unit_test(test_emoji),
        cmocka_unit_test(test_theme_fonts),
        cmocka_unit_test(test_no_fonts),
    };
    return cmocka_run_group_tests(tests, open_coverage, close_coverage);
}
