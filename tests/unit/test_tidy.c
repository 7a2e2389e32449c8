/* What is put right at the door, what must never be touched, and that it is its own fixed point */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/radicals.h"
#include "ingest/text.h"
#include "ingest/tidy.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef char *tidier(struct tidy *tidy, const char *text);

struct row {
    const char *in, *out; /* out NULL: untouched */
};

static void check(tidier *tidy_it, const struct row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct tidy tidy = {0}, again = {0};
        const char *expected = rows[i].out ? rows[i].out : rows[i].in;
        char *out = tidy_it(&tidy, rows[i].in), *twice = tidy_it(&again, out);
        if (strcmp(out, expected) != 0)
            fail_msg("[%s] gives [%s], not [%s]", rows[i].in, out, expected);
        if (strcmp(out, twice) != 0 || tidy_changes(&again))
            fail_msg("[%s] gives [%s], and that [%s]", rows[i].in, out, twice);
        assert_int_equal(tidy_changes(&tidy) != 0, rows[i].out != NULL);
        free(twice);
        free(out);
    }
}

static const struct row changed[] = {
    /* marks */
    {"报到,注册;领卡", "报到，注册；领卡"},
    {"会议时间:周三晚八点", "会议时间：周三晚八点"},
    {"真的吗?真的!", "真的吗？真的！"},
    {"真的吗?!", "真的吗？！"},
    {"甲, 乙,  丙", "甲，乙，丙"},
    {"甲 ,乙", "甲，乙"},
    {"好!", "好！"},
    {"主持人:“同学们好”", "主持人：“同学们好”"},
    {"《平凡的世界》,作者路遥", "《平凡的世界》，作者路遥"},
    {"他说,他会来的.", "他说，他会来的."}, /* a full stop may end a number or a word */
    {"共有1,280人,其中", "共有1,280人，其中"},
    {"时间:20:30开始,准时", "时间:20:30开始，准时"},
    {"一,二,三!", "一，二，三！"},
    {"𬭎,䶮", "𬭎，䶮"},
    /* brackets: both or neither */
    {"望川大学(东校区)举办", "望川大学（东校区）举办"},
    {"(一)总体情况", "（一）总体情况"},
    {"((甲)乙)", "（（甲）乙）"},
    {"学生(30人)参加", "学生（30人）参加"},
    {"(2026年)计划", "（2026年）计划"},
    {"志愿者(含VIP)名单", "志愿者（含VIP）名单"},
    {"（一)总体", "（一）总体"},
    {"(一）总体", "（一）总体"},
    {"（2)小结", "（2）小结"},
    {"Python(蟒蛇)入门", "Python（蟒蛇）入门"},
    {"一)总则", "一）总则"},
    {"地点:A座(B区)", "地点:A座（B区）"},
    {"甲(乙(丙)丁),戊", "甲（乙（丙）丁），戊"},
    {"参加(见附表).", "参加（见附表）."},
    {"(你好)", "（你好）"},
    /* quotes */
    {"他说:\"同学们好\"", "他说：“同学们好”"},
    {"\"同学们好!\"他说", "“同学们好！”他说"},
    {"包括\"甲\",\"乙\",\"丙\"等", "包括“甲”，“乙”，“丙”等"},
    {"所谓\"AI\"技术", "所谓“AI”技术"},
    {"用\"A\"和\"B\"", "用“A”和“B”"},
    {"(\"你好\")", "（“你好”）"},
    {"(\"你好!\"),世界", "（“你好！”），世界"},
    {"所谓'好'人", "所谓‘好’人"},
    {"\"他说'好',走了\"", "“他说‘好’，走了”"},
    {"don't 说\"好\"", "don't 说“好”"},
    /* …… and —— */
    {"等等...", "等等……"},
    {"等等......", "等等……"},
    {"...然后呢", "……然后呢"},
    {"等等...后来", "等等……后来"},
    {"等等。。。", "等等……"},
    {"等等。。。。。。后来", "等等……后来"},
    {"真的吗...?", "真的吗……？"},
    {"主持人--张三", "主持人——张三"},
    {"主持人 -- 张三", "主持人——张三"},
    {"主持人---张三", "主持人——张三"},
    {"--张三", "——张三"},
    /* spaces */
    {"我 们 的 宿 舍", "我们的宿舍"},
    {"值班的 同学", "值班的同学"},
    {"值班的\u00A0同学", "值班的同学"},
    {"值班的   同学。 每天", "值班的同学。每天"},
    {"说： “你好” 。", "说：“你好”。"},
    {"甲 （ 乙 ）", "甲（乙）"},
    {"第 3 层的 同学", "第 3 层的同学"},
    {"甲 **乙** 丙", "甲**乙**丙"},
    /* radicals */
    {"⼈⼯智能", "人工智能"},
    {"⻓⻔⻋⻢⻰", "长门车马龙"},
    {"⼈,⼈", "人，人"},
    /* within and beside what is not touched */
    {"详见https://a.edu/b?c=d,e:f(g)，谢谢,再见", "详见https://a.edu/b?c=d,e:f(g)，谢谢，再见"},
    {"用`a,b`或`甲,乙`,都可以,谢谢", "用`a,b`或`甲,乙`,都可以，谢谢"},
    {"[报名](https://a.b/c)的,请看", "[报名](https://a.b/c)的，请看"},
};

static const struct row untouched[] = {
    {"", NULL},
    {"十月的一个晚上，宿舍楼下。", NULL},
    {"He said, \"Hello (again)!\" -- and left...", NULL},
    {"It's 5 o'clock; don't wait: go!", NULL},
    {"I like Beijing (北京).", NULL},
    {"the so-called 三全育人, in short", NULL},
    {"He said \"你好\" loudly", NULL},
    {"“Hello” “World”", NULL},
    {"20:30", NULL},
    {"每天20:30到22:00", NULL},
    {"比分3:2", NULL},
    {"1,280", NULL},
    {"共1,280,000元", NULL},
    {"电话:010-12345678", NULL},
    {"邮箱:a.b@c.edu.cn", NULL},
    {"3号楼(2)", NULL},
    {"(1)第一", NULL},
    {"1)第一", NULL},
    {"中文(English)", NULL},
    {"5(含)", NULL},
    {"版本1.2.3...4", NULL},
    {"目录......12", NULL},
    {"1--2", NULL},
    {"2020--2024年", NULL},
    {"请用 --json 选项", NULL},
    {"-----", NULL},
    {"甲-----乙", NULL}, /* a line drawn across */
    {"------ 甲 ------", NULL},
    {"3-201室", NULL},
    {"a, b; c: d? e! (f) \"g\" 'h'", NULL},
    {":-) ;) :(", NULL},
    {"哈哈:)", NULL},
    {"使用 App 报名", NULL},
    {"第 3 层", NULL},
    {"· 甲", NULL},
    {"* 甲", NULL},
    {"张三　李四　王五", NULL}, /* gaps typed on purpose */
    {"55\"电视和65\"电视", NULL},
    {"一个\"引号", NULL},
    {"{\"name\": \"张三\", \"age\": 3}", NULL},
    {"print(\"你好\")输出", NULL},
    {"if (a != b) { c = d ? e : f; }", NULL},
    {"https://例子.中国/路径:甲,乙?丙=丁(戊)", NULL},
    {"www.例子.中国/甲,乙", NULL},
    {"ftp://甲:乙@丙", NULL},
    {"`甲,乙(丙)...`", NULL},
    {"``甲`,乙``", NULL},
    {"[甲](图 片/乙,丙.jpg)", NULL},
    {"甲 | 乙 | 丙", NULL},
    {"甲, B", NULL},
    {"今天,I said hello, and left.", NULL},
    {"A, 乙", NULL},
    {"増やす。カタカナ, ひらがな", NULL},
    {"مرحبا, سلام (1)", NULL},
    {"🎓, 🎓", NULL},
    {"\u2E80\u2E87", NULL}, /* radicals that are no ideograph, or one that few fonts have */
    {",,,", NULL},
    {"...", NULL},
    {"--", NULL},
    {"\"\"", NULL},
    {"((((((", NULL},
    {"``````", NULL},
};

static void test_lines(void **state) {
    (void)state;
    check(tidy_line, changed, COUNT(changed));
    check(tidy_line, untouched, COUNT(untouched));
}

static void test_text(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"　　第一段,好\n　　第二段", "第一段，好\n第二段"},
        {"  第一段", "第一段"},
        {"第一段\n\n\n第二段", "第一段\n第二段"},
        {"第一段\n　\n第二段\n", "第一段\n第二段"},
        {"(甲\n乙)", NULL}, /* brackets of two paragraphs */
        {"\"甲\n乙\"", NULL},
        {"甲,\n乙", "甲，\n乙"},
    };
    static const struct row ends[] = {{"\n\n甲\n\n", "甲"}, {"甲 \n", "甲"}, {" \n　\n", ""}};
    check(tidy_text, rows, COUNT(rows));
    for (size_t i = 0; i < COUNT(ends); i++) { /* dropped and not counted */
        struct tidy tidy = {0};
        char *out = tidy_text(&tidy, ends[i].in);
        assert_string_equal(out, ends[i].out);
        assert_int_equal(tidy_changes(&tidy), 0);
        free(out);
    }
}

static void test_names(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"凝心聚力 共创未来", NULL},
        {"青春 梦想 奋斗", NULL},
        {"开幕式 现场", NULL},
        {"我 们 的 宿 舍", "我们的宿舍"},
        {"读 书角", "读书角"},
        {"凝心聚力， 共创未来", "凝心聚力，共创未来"},
        {"第3期:晾衣房", "第3期：晾衣房"},
        {"第三期:晾衣房(试点)", "第三期：晾衣房（试点）"},
        {"夜归灯--凌晨一点的守候", "夜归灯——凌晨一点的守候"},
        {"⼤学", "大学"},
    };
    check(tidy_name, rows, COUNT(rows));
}

static void test_counts(void **state) {
    (void)state;
    static const size_t expected[] = {2, 1, 2, 6, 2, 1, 3};
    struct tidy tidy = {0}, all = {0};
    char *out = tidy_text(&tidy, "　　⼈,⼈(⼈) 好\n\n  他 说:\"好\"...\n再见--等等。。。");
    assert_string_equal(out, "人，人（人）好\n他说：“好”……\n再见——等等……");
    tidy_add(&all, &tidy);
    tidy_add(&all, &tidy);
    for (int i = 0; i < TIDY_KIND_COUNT; i++) {
        assert_int_equal(tidy.counts[i], expected[i]);
        assert_int_equal(all.counts[i], 2 * expected[i]);
        assert_true(*tidy_kind_key((enum tidy_kind)i) && *tidy_kind_chinese((enum tidy_kind)i));
    }
    free(out);
}

/* Whatever the marks stand among: tidied text stays, its words are those it had, and it is text. */
static void test_any_mixture(void **state) {
    (void)state;
    static const char *const pieces[] = {
        "甲", "乙", "丙", "A",    "1",  " ",   "　", ",",  ";",      ":",  "?", "!",  "(",
        ")",  "\"", "'",  "...",  ".",  "-",   "--", "。", "，",     "“",  "”", "（", "）",
        "《", "》", "`",  "www.", "](", "://", "*",  "…",  "\u00A0", "⼈", "\n"};
    unsigned seed = 7;
    for (int round = 0; round < 20000; round++) {
        struct str text = {0};
        for (int i = 0; i < 1 + round % 14; i++) {
            seed = seed * 1664525u + 1013904223u;
            str_add(&text, pieces[(seed >> 8) % COUNT(pieces)]);
        }
        tidier *const tidiers[] = {tidy_text, tidy_name};
        for (size_t k = 0; k < COUNT(tidiers); k++) {
            struct tidy tidy = {0}, again = {0};
            char *out = tidiers[k](&tidy, text.data), *twice = tidiers[k](&again, out);
            char *words = text_fold_letters(text.data), *kept = text_fold_letters(out);
            if (strcmp(out, twice) != 0 || tidy_changes(&again))
                fail_msg("[%s] gives [%s], and that [%s]", text.data, out, twice);
            assert_string_equal(words, kept);
            assert_true(text_valid(out));
            free(kept);
            free(words);
            free(twice);
            free(out);
        }
        str_finish(&text);
    }
}

/* A mebibyte of what is worst for each rule must not take noticeably long. */
static void test_hostile(void **state) {
    (void)state;
    static const char *const patterns[] = {"(",  "甲(", ")", "\"",  ",",   "甲,", "(甲\"", "`",
                                           "` ", "](",  " ", "甲 ", "://", "...", "-",     "'甲"};
    for (size_t i = 0; i < COUNT(patterns); i++) {
        struct str text = {0};
        while (text.size < (1u << 20))
            str_add(&text, patterns[i]);
        struct tidy tidy = {0};
        char *out = tidy_text(&tidy, text.data);
        assert_true(text_valid(out));
        free(out);
        str_finish(&text);
    }
}

static size_t check_radicals(const char *line) {
    unsigned first = 0, last = 0, ideograph = 0;
    size_t checked = 0;
    if (sscanf(line, "%x..%x ; %x", &first, &last, &ideograph) != 3) {
        if (sscanf(line, "%x ; %x", &first, &ideograph) != 2)
            return 0;
        last = first;
    }
    for (unsigned c = first; c <= last && c < 0x2FE0; c++, checked++)
        if (radical_ideograph(c) != (ideograph > 0xFFFF ? c : ideograph))
            fail_msg("U+%04X gives U+%04X", c, (unsigned)radical_ideograph(c));
    return checked;
}

/* Against the database itself (Debian: unicode-data). */
static void test_radicals(void **state) {
    (void)state;
    assert_int_equal(radical_ideograph(0x2F08), 0x4EBA);
    assert_int_equal(radical_ideograph(0x2FD5), 0x9FA0);
    assert_int_equal(radical_ideograph(0x2ED3), 0x957F);
    for (uint32_t c = 0; c < 0x110000; c++)
        if ((c < 0x2E81 || c > 0x2FD5) && radical_ideograph(c) != c)
            fail_msg("U+%04X is no radical", (unsigned)c);
    FILE *file = fopen("/usr/share/unicode/EquivalentUnifiedIdeograph.txt", "re");
    if (!file) {
        print_message("SKIP: no unicode-data\n");
        return;
    }
    char *line = NULL;
    size_t room = 0, checked = 0;
    while (getline(&line, &room, file) >= 0)
        checked += *line == '2' ? check_radicals(line) : 0;
    assert_int_equal(checked, 114 + 214);
    free(line);
    fclose(file);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines),       cmocka_unit_test(test_text),
        cmocka_unit_test(test_names),       cmocka_unit_test(test_counts),
        cmocka_unit_test(test_any_mixture), cmocka_unit_test(test_hostile),
        cmocka_unit_test(test_radicals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
