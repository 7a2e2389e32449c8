/* How characters are read, what stands for what is typed, and short forms of schools. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/str.h"
#include "library/fold.h"
#include "library/match.h"
#include "library/pinyin.h"
#include "library/short_names.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_fold(void **state) {
    static const struct {
        const char *text, *folded; /* breaks as '|' */
    } cases[] = {
        {"", ""},
        {"中国石油大学（华东）", "中国石油大学华东"},
        {"ＡＢＣ　１２３", "abc|123"},
        {"Open Day，2026！", "open|day|2026|"},
        {"“反诈”小分队—夜归·灯", "反诈小分队夜归灯"},
        {"学生。大家", "学生|大家"},
        {"AI 助手 5G", "ai助手5g"},
        {"B3-12", "b3|12"},
        {"café Été", "cafe|ete"},
        {"cafe\xCC\x81", "cafe"}, /* a combining accent */
        {"⼤学", "大学"},         /* a radical */
        {"𠮷野家", "𠮷野家"},
        {"🎉开学🎉", "🎉开学🎉"},
        {"坏\xFF字\xC3", "坏|字|"},
        {"一\n二", "一|二"},
        {"。。一", "一"},
        {"C++", "c"},
        {"don't", "dont"},
    };
    struct folded folded = {0};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str text = {0};
        fold_text(&folded, cases[i].text, false);
        for (size_t k = 0; k < folded.count; k++)
            str_add_codepoint(&text, folded.letters[k] ? folded.letters[k] : '|');
        assert_string_equal(str_text(&text), cases[i].folded);
        str_finish(&text);
    }
    fold_text(&folded, "（一）二 三", true); /* in a query a space parts words */
    assert_int_equal(folded.count, 4);
    assert_int_equal(folded.letters[2], FOLD_BREAK);
    assert_int_equal(folded.starts[0], 3);
    assert_int_equal(folded.ends[0], 6);
    folded_finish(&folded);
}

static bool is_read(uint32_t c, const char *reading) {
    const char *readings[PINYIN_READINGS];
    size_t count = pinyin_readings(c, readings);
    for (size_t i = 0; i < count; i++)
        if (strcmp(readings[i], reading) == 0)
            return true;
    return false;
}

static void test_readings(void **state) {
    static const struct {
        const char *character, *readings; /* between spaces */
    } cases[] = {
        {"厦", "xia sha"}, {"长", "chang zhang"}, {"藏", "cang zang"},   {"重", "chong zhong"},
        {"乐", "le yue"},  {"行", "xing hang"},   {"率", "lv lu shuai"}, {"女", "nv nu"},
        {"略", "lve lue"}, {"党", "dang"},        {"六", "liu lu"},      {"单", "dan shan chan"},
        {"阿", "a e"},     {"会", "hui kuai"},    {"柏", "bai bo"},      {"〇", "ling"},
    };
    const char *readings[PINYIN_READINGS];
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *at = cases[i].character;
        uint32_t c = utf8_next(&at);
        for (const char *want = cases[i].readings; *want;) {
            size_t size = strcspn(want, " ");
            char *reading = xstrndup(want, size);
            if (!is_read(c, reading))
                fail_msg("%s: %s", cases[i].character, reading);
            free(reading);
            want += size + (want[size] == ' ');
        }
    }
    assert_int_equal(pinyin_readings('a', readings), 0);
    assert_int_equal(pinyin_readings(0x10FFFF, readings), 0);
    assert_int_equal(pinyin_readings(0x3042, readings), 0);
    for (uint32_t c = 0; c < 0x40000; c++) /* each is a syllable, and fits */
        for (size_t i = 0, count = pinyin_readings(c, readings); i < count; i++)
            assert_true(pinyin_is_syllable(readings[i], strlen(readings[i])));
}

static void test_syllables(void **state) {
    (void)state;
    static const char *const whole[] = {"a", "dang", "zhuang", "lv", "lu", "lve", "lue", "nue"};
    static const char *const parts[] = {"d", "da", "zhuan", "zh", "nu", "lu"};
    static const char *const neither[] = {"i", "u", "v", "dangj", "dx", "zhuangs", "q1"};
    for (size_t i = 0; i < COUNT(whole); i++)
        assert_true(pinyin_is_syllable(whole[i], strlen(whole[i])));
    for (size_t i = 0; i < COUNT(parts); i++)
        assert_true(pinyin_begins(parts[i], strlen(parts[i])));
    for (size_t i = 0; i < COUNT(neither); i++) {
        assert_false(pinyin_is_syllable(neither[i], strlen(neither[i])));
        assert_false(pinyin_begins(neither[i], strlen(neither[i])));
    }
}

/* Sorted as an index of places is. */
static void test_sort(void **state) {
    static const char *const sorted[] = {
        "2026年",   "AI社",     "安徽大学", "北京大学", "蚌埠学院", "长春大学", "长沙学院",
        "重庆大学", "大连大学", "贵州大学", "济南大学", "乐山师院", "丽水学院", "六安学院",
        "西南大学", "西藏大学", "厦门大学", "新疆大学", "燕山大学", "中山大学"};
    (void)state;
    static const char *const others[][2] = {{"山东大学", "单县一中"},
                                            {"山东大学", "陕西大学"},
                                            {"西安", "先进"},
                                            {"北京大学", "北京师范大学"}};
    for (size_t i = 0; i + 1 < COUNT(sorted); i++) {
        char *a = pinyin_sort_key(sorted[i]), *b = pinyin_sort_key(sorted[i + 1]);
        if (strcmp(a, b) >= 0)
            fail_msg("%s before %s", sorted[i], sorted[i + 1]);
        free(a);
        free(b);
    }
    for (size_t i = 0; i < COUNT(others); i++) {
        char *a = pinyin_sort_key(others[i][0]), *b = pinyin_sort_key(others[i][1]);
        assert_true(strcmp(a, b) < 0);
        free(a);
        free(b);
    }
}

static void test_initials(void **state) {
    static const struct {
        const char *name;
        char initial;
    } cases[] = {{"重庆大学", 'C'}, {"厦门大学", 'X'}, {"长春大学", 'C'}, {"六安学院", 'L'},
                 {"乐山师院", 'L'}, {"清华大学", 'Q'}, {"西藏大学", 'X'}, {"单县一中", 'S'},
                 {"番禺学院", 'P'}, {"MIT", 'M'},      {"abc", 'A'},      {"12", '#'},
                 {"", '#'},         {"《书》", '#'},   {"ü", '#'},        {"\xFF", '#'}};
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_int_equal(pinyin_initial(cases[i].name), cases[i].initial);
}

/* What is typed, and the part of the text it stands for; NULL: none. */
static void test_match(void **state) {
    static const struct {
        const char *text, *typed, *part;
        bool pinyin;
    } cases[] = {
        {"党建引领共同体", "djyl", "党建引领", true},
        {"党建引领共同体", "dangjian", "党建", true},
        {"党建引领共同体", "dangjianyl", "党建引领", true},
        {"党建引领共同体", "dangj", "党建", true},
        {"党建引领共同体", "djyinl", "党建引领", true},
        {"党建引领共同体", "danj", NULL, true}, /* only the last may be broken off */
        {"党建引领共同体", "dan", "党", true},
        {"党建引领共同体", "DangJian", "党建", true},
        {"党建引领共同体", "djgl", NULL, true},
        {"党建引领共同体", "djyl", NULL, false},
        {"党建引领共同体", "建引", "建引", false},
        {"党建引领共同体", "党jian", "党建", true},
        {"党建引领共同体", "dang建y", "党建引", true},
        {"大案", "dan", NULL, true}, /* a first letter goes with the vowel behind it */
        {"大案", "daan", "大案", true},
        {"大案", "da", "大", true},
        {"六安", "la", "六安", true},
        {"西安交大", "xajd", "西安交大", true},
        {"西安交大", "xianjd", "西安交大", true},
        {"西安交大", "xajiaod", NULL, true},
        {"西安交大", "xanjd", NULL, true},
        {"厦门", "xm", "厦门", true},
        {"厦门", "sm", "厦门", true},
        {"长安", "ca", "长安", true},
        {"西藏", "xz", "西藏", true},
        {"重庆", "cq", "重庆", true},
        {"乐山", "ls", "乐山", true},
        {"西安", "xian", "西安", true},
        {"先进", "xian", "先", true},
        {"西安", "xi'an", "西安", true},
        {"中国", "zhg", "中国", true},
        {"中国", "zg", "中国", true},
        {"女生绿地", "nvsheng", "女生", true},
        {"女生绿地", "nushengld", "女生绿地", true},
        {"AI 助手", "aizs", "AI 助手", true},
        {"AI 助手", "aizhush", "AI 助手", true},
        {"用VR眼镜", "vryanj", "VR眼镜", true},
        {"理Day", "lday", "理Day", true},
        {"理Day", "liday", NULL, true},
        {"理Day", "理day", "理Day", true},
        {"AI 助手", "izs", NULL, true}, /* not from within a word */
        {"5G智慧楼", "5gzh", "5G智", true},
        {"Open Day 2026", "ope", "Ope", false},
        {"Open Day 2026", "pen", NULL, false},
        {"Open Day 2026", "openday", NULL, false},
        {"第13号楼", "13号", "13号", false},
        {"第13号楼", "3号", NULL, false},
        {"B3楼", "3", "3", false},
        {"COVID19", "19", "19", false},
        {"中国石油大学（华东）", "石油大学(华东)", "石油大学（华东", false},
        {"中国石油大学（华东）", "syhd", NULL, true},
        {"学生。大家", "生大", NULL, false},
        {"“平安”社区", "平安社区", "平安”社区", false},
        {"清华", "清华大学", NULL, false},
        {"吱吱吱吱", "zhzhzh", "吱吱吱", true},
    };
    (void)state;
    struct folded text = {0}, typed = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct match match;
        fold_text(&text, cases[i].text, false);
        fold_text(&typed, cases[i].typed, true);
        bool found = match_find(&text, typed.letters, typed.count, cases[i].pinyin, &match);
        if (found != (cases[i].part != NULL))
            fail_msg("%s in %s", cases[i].typed, cases[i].text);
        if (!found)
            continue;
        size_t from = text.starts[match.from], to = text.ends[match.to - 1];
        char *part = xstrndup(cases[i].text + from, to - from);
        assert_string_equal(part, cases[i].part);
        free(part);
    }
    folded_finish(&text);
    folded_finish(&typed);
}

static void test_short_names(void **state) {
    static const struct {
        const char *school, *form;
        bool is;
    } cases[] = {
        {"清华大学", "清华", true},
        {"北京航空航天大学", "北航", true},
        {"中国石油大学（华东）", "石大", true},
        {"中国石油大学（华东）", "石大（华东）", true},
        {"中国石油大学(北京)", "石大(北京)", true},
        {"哈尔滨工业大学（深圳）", "哈工大（深圳）", true},
        {"松湖师范大学", "松师", true},
        {"松湖师范大学", "松师大", true},
        {"松湖师范大学", "松湖师大", true},
        {"松湖师范大学", "松大", false},
        {"青禾农业大学", "青农", true},
        {"星河工业大学", "星工大", true},
        {"南屿理工大学", "南理工", true},
        {"望川大学", "望大", true},
        {"中国科学院大学", "国科大", true},
        {"中国科学院大学", "中大", false},
        {"电子科技大学", "成电", true},
        {"电子科技大学", "电大", false},
        {"澄江医科大学", "澄医", true},
        {"明山艺术学院", "明艺", true},
        {"大学", "大", false},
        {"", "", false},
        {"师范大学", "师大", true},
        {"（华东）", "华", false},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str names = {0};
        char *line = xasprintf("\n%s\n", cases[i].form);
        str_add_char(&names, '\n');
        short_names_add(&names, cases[i].school);
        if ((strstr(names.data, line) != NULL) != cases[i].is)
            fail_msg("%s: %s", cases[i].school, cases[i].form);
        free(line);
        str_finish(&names);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold),        cmocka_unit_test(test_readings),
        cmocka_unit_test(test_syllables),   cmocka_unit_test(test_sort),
        cmocka_unit_test(test_initials),    cmocka_unit_test(test_match),
        cmocka_unit_test(test_short_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
