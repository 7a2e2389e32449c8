/* What of a parcel's texts the bundled fonts do not have */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/fonts.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/missing.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int open_coverage(void **state) {
    size_t count;
    char **files = fonts_list(
        &(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true}, &count);
    *state = coverage_open(files, count);
    fonts_free(files, count);
    return 0;
}

static int close_coverage(void **state) {
    coverage_close(*state);
    return 0;
}

static const char *text_of(const json_t *object, const char *key) {
    return json_string_value(json_object_get(object, key));
}

static long long number_of(const json_t *object, const char *key) {
    return (long long)json_integer_value(json_object_get(object, key));
}

/* "kind code count: id/field count, …;" for each entry. */
static char *describe(const struct missing *missing) {
    struct str out = {0};
    json_t *array = missing_json(missing), *entry = NULL, *place = NULL;
    size_t i = 0, k = 0;
    json_array_foreach(array, i, entry) {
        str_addf(&out, "%s %s %lld:", text_of(entry, "kind"), text_of(entry, "code"),
                 number_of(entry, "count"));
        json_array_foreach(json_object_get(entry, "places"), k, place) {
            str_addf(&out, " %s/%s %lld", text_of(place, "id"), text_of(place, "field"),
                     number_of(place, "count"));
        }
        if (json_object_get(entry, "more_places"))
            str_addf(&out, " +%lld", number_of(entry, "more_places"));
        str_add_char(&out, ';');
    }
    json_decref(array);
    return str_take(&out);
}

static void test_kinds(void **state) {
    static const struct {
        const char *text, *expected;
    } rows[] = {
        {"", ""},
        {"党建引领 ABC 123，。——……“”é　\n", ""},
        {"𬭎䶮㛃𫖯", ""},           /* rare, and in the bundled font */
        {"葛\U000E0100\u200D\uFE0F", ""}, /* invisible */
        {"\U0003131C好\U0003131C", "character U+3131C 2: a/body 2;"},
        {"\uE000\U000F0000\U0010FFFD", "private U+E000 1: a/body 1;private U+F0000 1: a/body 1;"
                                       "private U+10FFFD 1: a/body 1;"},
        {"\uFFFD", "character U+FFFD 1: a/body 1;"}, /* shown as 〓 though the font has a sign */
        {"\u0378", "unassigned U+0378 1: a/body 1;"},
        {"\U0001F389开学\U0001F389", "emoji U+1F389 2: a/body 2;"},
        {"ئۇيغۇر سلام", "script Arab 10: a/body 10;"},
        {"བོད་སྐད ᠮᠣᠩᠭᠣᠯ", "script Tibt 7: a/body 7;script Mong 6: a/body 6;"},
        {"ᥖᥭᥰ ᦺᦑᦟ ꆈꌠ",
         "script Tale 3: a/body 3;script Talu 3: a/body 3;script Yiii 2: a/body 2;"},
        {"\u2A00\u2A00", "character U+2A00 2: a/body 2;"}, /* a sign of no script */
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct missing missing = {0};
        missing_scan(&missing, *state, "a", MISSING_BODY, rows[i].text);
        char *got = describe(&missing);
        if (strcmp(got, rows[i].expected) != 0)
            fail_msg("%s: %s", rows[i].text, got);
        assert_int_equal(missing.more, 0);
        free(got);
        missing_finish(&missing);
    }
}

static void test_places(void **state) {
    struct missing missing = {0};
    missing_scan(&missing, *state, "a", MISSING_TITLE, "\uE000\uE000");
    missing_scan(&missing, *state, "a", MISSING_BODY, "\uE000\uE001");
    missing_scan(&missing, *state, "b", MISSING_CAPTION, "\uE000");
    missing_scan(&missing, *state, "b", MISSING_SUMMARY, "好");
    missing_scan(&missing, *state, "b", MISSING_SCHOOL, "\uE001");
    char *got = describe(&missing);
    assert_string_equal(got, "private U+E000 4: a/title 2 a/body 1 b/caption 1;"
                             "private U+E001 2: a/body 1 b/school 1;");
    free(got);
    missing_finish(&missing);
    for (int i = 0; i < 13; i++)
        missing_scan(&missing, *state, i % 2 ? "a" : "b", MISSING_BODY, "\uE000\uE000");
    got = describe(&missing);
    assert_string_equal(got, "private U+E000 26: b/body 2 a/body 2 b/body 2 a/body 2 b/body 2 "
                             "a/body 2 b/body 2 a/body 2 b/body 2 a/body 2 +3;");
    free(got);
    missing_finish(&missing);
}

/* A hundred kinds, and then only how often there was something else. */
static void test_many(void **state) {
    struct missing missing = {0};
    struct str text = {0};
    for (uint32_t c = 0; c < 150; c++) {
        str_add_codepoint(&text, 0xE000 + c);
        str_add_codepoint(&text, 0xE000 + c);
    }
    missing_scan(&missing, *state, "a", MISSING_BODY, text.data);
    json_t *array = missing_json(&missing);
    assert_int_equal(json_array_size(array), 100);
    assert_int_equal(missing.more, 100);
    json_decref(array);
    missing_finish(&missing);
    str_finish(&text);
}

static void test_words(void **state) {
    (void)state;
    assert_string_equal(missing_kind_chinese("private"), "自造字");
    assert_string_equal(missing_field_chinese("caption"), "图片说明");
    assert_null(missing_kind_chinese("?"));
    assert_null(missing_field_chinese(""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_many),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, open_coverage, close_coverage);
}
