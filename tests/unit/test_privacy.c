/* Numbers of persons: which are masked, which only look like one, and what is told of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/privacy.h"

static void expect(const char *text, const char *const *released, const char *expected) {
    struct privacy privacy = {0}, again = {0};
    char *got = privacy_mask(&privacy, "body", text, released);
    if (strcmp(got, expected) != 0)
        fail_msg("%s:\n\"%s\", not\n\"%s\"", text, got, expected);
    bool changed = strcmp(text, expected) != 0;
    if (changed != (privacy.count > 0))
        fail_msg("%s: %zu masks", text, privacy.count);
    char *twice = privacy_mask(&again, "body", got, released);
    assert_string_equal(twice, got);
    assert_int_equal(again.count, 0);
    free(twice);
    free(got);
    privacy_finish(&again);
    privacy_finish(&privacy);
}

static void test_masked(void **state) {
    static const struct {
        const char *text, *masked;
    } samples[] = {
        /* identity cards: GB 11643's own example, and its ways of being written */
        {"身份证440524188001010014。", "身份证440***************。"},
        {"11010519491231002X", "110***************"},
        {"11010519491231002x，", "110***************，"},
        {"１１０１０５１９４９１２３１００２Ｘ", "110***************"},
        {"110105 19491231 002X", "110***************"},
        {"110105-1949-1231-002X", "110***************"},
        {"110105194912310021", "110***************"}, /* the last one mistyped */
        {"130503670401001", "130************"},
        {"https://a.cn/110105194912310029", "https://a.cn/110***************"},
        /* mobile numbers */
        {"电话13812345678", "电话138****5678"},
        {"138 1234 5678或138-1234-5678", "138****5678或138****5678"},
        {"+86 13812345678、+8613812345678", "+138****5678、+138****5678"},
        {"1381234 5678", "138****5678"},
        {"13812345678 12", "138****5678 12"},
        {"2026 13812345678", "2026 138****5678"},
        {"138 1234 5678 2026", "138****5678 2026"},
        {"微信A13812345678b", "微信A138****5678b"},
        {"见 https://a.cn/x，13812345678", "见 https://a.cn/x，138****5678"},
        /* student numbers */
        {"学号：20210345", "学号：20****45"},
        {"学号为 20210345、20210346", "学号为 20****45、20****46"},
        {"（学号B20210345）", "（学号B2*****45）"},
        {"张三 2021012345", "张三 2021****45"},
        {"Student ID: 12345", "Student ID: 1***5"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        expect(samples[i].text, NULL, samples[i].masked);
}

static void test_left_alone(void **state) {
    static const char *const samples[] = {
        "",
        "2026年10月8日 20:30",
        "2026-10-08 20:30:00",
        "20261008",
        "12345678901",     /* no mobile number begins so */
        "138123456789",    /* twelve digits */
        "1 300-1 500 000", /* a range */
        "010-62781234",    /* an office */
        "400-810-8888",
        "999999194912310020",     /* no such province, and the wrong check digit */
        "110105194913310020",     /* no such month, and the wrong check digit */
        "1234567890123456789012", /* longer */
        "110105194912310020123",  /* a part of a longer number */
        "https://a.cn/13812345678.html www.b.cn/2021012345",
        "学号已收集，共12345人",
        "学号\n12345人参加",
        "面积13800平方米，投入1380万元",
        "3.14159265358979",
    };
    (void)state;
    for (size_t i = 0; i < sizeof samples / sizeof *samples; i++)
        expect(samples[i], NULL, samples[i]);
}

static void test_released(void **state) {
    static const char *const released[] = {"138****5678", "2021****45", "110***************", NULL};
    (void)state;
    expect("138 1234 5678、13912345678", released, "138 1234 5678、139****5678");
    expect("张三 2021012345", released, "张三 2021012345");
    expect("110105194912310020", released, "110***************"); /* never */
}

static void test_told(void **state) {
    struct privacy privacy = {0};
    (void)state;
    free(privacy_mask(&privacy, "title", "13812345678", NULL));
    free(privacy_mask(&privacy, "body", "13812345678 13812345678 学号20210345", NULL));
    json_t *list = privacy_json(&privacy);
    char *text = json_dumps(list, JSON_COMPACT);
    assert_string_equal(
        text, "[{\"kind\":\"mobile\",\"mask\":\"138****5678\",\"field\":\"title\",\"count\":1},"
              "{\"kind\":\"mobile\",\"mask\":\"138****5678\",\"field\":\"body\",\"count\":2},"
              "{\"kind\":\"student\",\"mask\":\"20****45\",\"field\":\"body\",\"count\":1}]");
    free(text);
    json_decref(list);
    privacy_finish(&privacy);
}

/* Every identity card with a right check digit, at any place in a text. */
static void test_every_digit(void **state) {
    static const int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    (void)state;
    for (int order = 0; order < 1000; order++) {
        char number[32], text[64], expected[64];
        snprintf(number, sizeof number, "33010220010229%03d", order);
        int sum = 0;
        for (int i = 0; i < 17; i++)
            sum += weights[i] * (number[i] - '0');
        snprintf(text, sizeof text, "%d号：%s%c人", order, number, "10X98765432"[sum % 11]);
        snprintf(expected, sizeof expected, "%d号：330***************人", order);
        expect(text, NULL, expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_masked),
                                       cmocka_unit_test(test_left_alone),
                                       cmocka_unit_test(test_released), cmocka_unit_test(test_told),
                                       cmocka_unit_test(test_every_digit)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
