#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "base/time.h"
#include "ingest/info.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *said(const char *text) {
    return text ? text : "-";
}

/* What was understood, on one line. */
static char *describe(const struct info *info) {
    char published[TIME_TEXT_SIZE], from[TIME_TEXT_SIZE], until[TIME_TEXT_SIZE];
    time_format(info->published_ms, published);
    time_format(info->valid_from_ms, from);
    time_format(info->valid_until_ms, until);
    struct str out = {0};
    str_addf(&out, "%s %s %s %s %s %s %s %.10s %s %s", said(info->id), said(info->school),
             said(info->title), said(info->summary), said(info->url),
             info->has_unit ? unit_key(info->unit) : "-",
             info->has_phase ? phase_key(info->phase) : "-", published, from, until);
    str_trim(&out);
    return str_take(&out);
}

static void test_lines(void **state) {
    (void)state;
    static const struct {
        const char *text, *understood;
        size_t rejects;
    } table[] = {
        {"", "- - - - - - -", 0},
        {"# 注释\n\n学校：望川大学", "- 望川大学 - - - - -", 0},
        {"学校名称 : 望川大学 \n题目：楼道：课堂", "- 望川大学 楼道：课堂 - - - -", 0},
        {"案例名称：甲\n简介：乙\n编号：a/b/1", "a/b/1 - 甲 乙 - - -", 0},
        {"标　题：甲", "- - 甲 - - - -", 0},
        {"标题：甲\n标题：乙", "- - 乙 - - - -", 0},
        {"单元：1.三全育人", "- - - - - education -", 0},
        {"单元：其他", "- - - - - - -", 1},
        {"阶段：推荐案例", "- - - - - - recommended", 0},
        {"阶段：自主", "- - - - - - self", 0},
        {"阶段：精选", "- - - - - - featured", 0},
        {"阶段：Featured", "- - - - - - featured", 0},
        {"阶段：以后", "- - - - - - -", 1},
        {"链接：https://a.b/c?d=e", "- - - - https://a.b/c?d=e - -", 0},
        {"网址：HTTP://a.b", "- - - - HTTP://a.b - -", 0},
        {"链接：a.b/c", "- - - - - - -", 1},
        {"链接：javascript:alert(1)", "- - - - - - -", 1},
        {"链接：https://", "- - - - - - -", 1},
        {"日期：2026-05-12", "- - - - - - - 2026-05-12", 0},
        {"时间：２０２６ 年 5 月 12 日", "- - - - - - - 2026-05-12", 0},
        {"发布日期：2026.5.12", "- - - - - - - 2026-05-12", 0},
        {"日期：2026-13-12", "- - - - - - -", 1},
        {"日期：下周", "- - - - - - -", 1},
        {"开始：2026-09-01\n结束：2026-09-30",
         "- - - - - - -  2026-09-01T00:00:00+08:00 2026-09-30T23:59:59+08:00", 0},
        {"开始：2026-09-30\n结束：2026-09-30",
         "- - - - - - -  2026-09-30T00:00:00+08:00 2026-09-30T23:59:59+08:00", 0},
        {"开始：2026-09-30\n结束：2026-09-01", "- - - - - - -  2026-09-30T00:00:00+08:00", 1},
        {"结束：2026-09-01\n开始：2026-09-30", "- - - - - - -   2026-09-01T23:59:59+08:00", 1},
        {"开始：2026-09-30\n结束：2026-09-01\n结束：2026-10-01",
         "- - - - - - -  2026-09-30T00:00:00+08:00 2026-10-01T23:59:59+08:00", 1},
        {"开始：2026-09-30\n结束：长期", "- - - - - - -  2026-09-30T00:00:00+08:00", 0},
        {"有效期至：长期", "- - - - - - -", 0},
        {"结束：", "- - - - - - -", 0},
        {"没有冒号\n作者：某人\n学校：望川大学", "- 望川大学 - - - - -", 2},
        {"：空", "- - - - - - -", 1},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct info info = {0};
        struct reject_list rejects = {0};
        info_parse(table[i].text, "信息.txt", &info, &rejects);
        char *understood = describe(&info);
        if (strcmp(understood, table[i].understood) != 0 || rejects.count != table[i].rejects)
            fail_msg("%s: [%s], %zu rejects", table[i].text, understood, rejects.count);
        free(understood);
        info_finish(&info);
        reject_list_finish(&rejects);
    }
}

static void test_rejects(void **state) {
    (void)state;
    struct info info = {0};
    struct reject_list rejects = {0};
    info_parse("学校：甲\n\n作者：乙", "x/信息.txt", &info, &rejects);
    assert_int_equal(rejects.count, 1);
    assert_int_equal(rejects.entries[0].reject, REJECT_INFO_LINE);
    assert_string_equal(rejects.entries[0].path, "x/信息.txt");
    assert_string_equal(rejects.entries[0].detail, "第 3 行 (line 3): 作者：乙");
    info_parse("结束：2026-01-01\n开始：2026-02-01", "x", &info, &rejects);
    assert_int_equal(rejects.entries[1].reject, REJECT_INFO_DATES);
    assert_string_equal(rejects.entries[1].detail, "第 2 行 (line 2): 开始：2026-02-01");
    info_finish(&info);
    reject_list_finish(&rejects);
}

/* Values that are too long are refused, and prose does not fill the receipt. */
static void test_limits(void **state) {
    (void)state;
    struct info info = {0};
    struct reject_list rejects = {0};
    struct str text = {0};
    str_add(&text, "标题：");
    for (int i = 0; i < 300; i++)
        str_add_char(&text, 'a');
    str_add(&text, "\n链接：https://");
    for (int i = 0; i < 3000; i++)
        str_add_char(&text, 'a');
    info_parse(text.data, "x", &info, &rejects);
    assert_null(info.title);
    assert_null(info.url);
    assert_int_equal(rejects.count, 2);
    str_clear(&text);
    for (int i = 0; i < 1000; i++)
        str_add(&text, "散文\n");
    info_parse(text.data, "x", &info, &rejects);
    assert_int_equal(rejects.count, 2 + 21);
    str_finish(&text);
    info_finish(&info);
    reject_list_finish(&rejects);
}

int main(void) {
    setenv("TZ", "Asia/Shanghai", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_rejects),
        cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
