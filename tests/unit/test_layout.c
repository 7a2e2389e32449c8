/* The rules of typesetting, with metrics from a table: Han and marks one em, Latin half of one. */
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
#include "display/layout.h"

#define EM 40

static int any_face(void *user, enum text_weight weight, const char *text, size_t size) {
    (void)user, (void)weight, (void)size;
    const char *at = text;
    return utf8_next(&at) == 0x9FFF ? -1 : 0; /* all but one, and even those that are none */
}

static int table_width(void *user, int face, enum text_weight weight, int pixels, bool rtl,
                       const char *text, size_t size) {
    (void)user, (void)face, (void)weight, (void)rtl;
    int width = 0;
    bool single = true;
    for (const char *at = text; at < text + size;) {
        uint32_t c = utf8_next(&at);
        bool quote = c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D;
        single = at == text + size && width == 0;
        if (c == ' ')
            width += pixels / 4;
        else if (c >= 0x300 && c < 0x370)
            width += 0;
        else
            width += (c < 0x300 && c != 0xB7) || (quote && !single) ? pixels / 2 : pixels;
    }
    return width;
}

static void table_extent(void *user, enum text_weight weight, int pixels, int *ascent,
                         int *descent) {
    (void)user, (void)weight;
    *ascent = pixels * 88 / 100;
    *descent = pixels - *ascent;
}

static const struct text_metrics metrics = {
    .face = any_face, .width = table_width, .extent = table_extent};

static struct text_style body(void) {
    return (struct text_style){.size = EM, .leading = 64, .justify = true};
}

/* "first line|second line" */
static char *lines_of(const struct layout *layout) {
    struct str lines = {0};
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        if (i > 0)
            str_add_char(&lines, '|');
        str_add_bytes(&lines, layout->text + line->start, line->end - line->start);
    }
    return str_take(&lines);
}

static bool same_lines(const char *text, int ems, struct text_style style, const char *expected) {
    struct layout *layout = layout_build(&metrics, text, &style, ems * EM);
    char *lines = lines_of(layout);
    if (strcmp(lines, expected) != 0)
        print_error("%s in %d em: %s, not %s\n", text, ems, lines, expected);
    bool same = strcmp(lines, expected) == 0;
    free(lines);
    layout_destroy(layout);
    return same;
}

struct breaking {
    const char *text;
    int ems;
    const char *lines;
};

static const struct breaking breakings[] = {
    {"", 10, ""},
    {"\n\n", 10, ""},
    {"一二三", 10, "一二三"},
    {"一二三四五六七八", 4, "一二三四|五六七八"},
    {"一二\n三四", 10, "一二|三四"},
    {"一二\r\n\r\n三四", 10, "一二|三四"},
    {"  一二  \n", 10, "一二"},
    /* 避头: the comma takes half an em at the line's end and fits, or draws a character along */
    {"一二三四，五六七八", 5, "一二三四，|五六七八"},
    {"一二三四五，六七八九", 5, "一二三四|五，六七|八九"},
    /* 避尾 */
    {"一二三四（五六）七八九", 5, "一二三四|（五六）七|八九"},
    {"一二三四“五六”七八九", 5, "一二三四|“五六”七|八九"},
    /* 破折号, 省略号 */
    {"一二三四——五六七", 5, "一二三四|——五六七"},
    {"一二三四……五六七八", 5, "一二三|四……五六|七八"},
    /* a single Han is not left behind */
    {"一二三四五六", 5, "一二三四|五六"},
    {"一二三四五六。", 5, "一二三四|五六。"},
    /* numbers and what they count */
    {"一二三四12人五六七", 5, "一二三四|12人五|六七"},
    {"一二三四50%五六七", 5, "一二三四|50%五六七"},
    {"一二三四 25 kg 五六七", 6, "一二三四|25 kg 五六七"},
    {"电话0571-8888", 5, "电话|0571-8888"},
    /* connectors and dots do not begin a line */
    {"一二三四～五六七八", 4, "一二三|四～五六|七八"},
    {"一二三四·五六七八", 5, "一二三四·|五六七八"},
    {"一二三2019—2022年", 5, "一二三|2019—|2022年"},
    /* long words only as a last resort */
    {"ab abcdefghijklmnop", 5, "ab abcdefg|hijklmnop"},
    {"abc defgh", 3, "abc|defgh"},
    {"e\xCC\x81"
     "e\xCC\x81"
     "e\xCC\x81"
     "e\xCC\x81",
     1,
     "e\xCC\x81"
     "e\xCC\x81|e\xCC\x81"
     "e\xCC\x81"},
    {"见https://a.cn/b", 7, "见|https://a.cn/b"},
    /* too narrow for any rule: nothing is lost */
    {"一。二", 1, "一|。|二"},
};

static void test_breaks(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof breakings / sizeof *breakings; i++)
        wrong += !same_lines(breakings[i].text, breakings[i].ems, body(), breakings[i].lines);
    assert_int_equal(wrong, 0);
}

/* Runs as "x+width" in quarters of an em. */
static char *places_of(const struct layout *layout) {
    struct str places = {0};
    for (size_t i = 0; i < layout->run_count; i++)
        str_addf(&places, "%s%d+%d", i ? " " : "", layout->runs[i].x * 4 / EM,
                 layout->runs[i].width * 4 / EM);
    return str_take(&places);
}

static const struct breaking spacings[] = {
    {"一，二", 20, "0+4 4+4 8+4"},
    {"一，“二", 20, "0+4 4+4 6+2 10+4"}, /* ，“ takes 1.5 em */
    {"一”，二", 20, "0+4 4+2 6+4 10+4"}, /* ”， likewise */
    {"（“一", 20, "-2+2 0+2 4+4"},       /* opening marks begin a line in their ink */
    {"《一》《二》", 20, "-2+2 2+4 6+4 8+2 12+4 16+2"},
    {"一·二", 20, "0+5 4+3 8+4"},
    {"一——二", 20, "0+4 4+8 12+4"},
    {"一A二", 20, "0+5 5+3 8+4"},        /* a quarter em beside Latin */
    {"一 A 二", 20, "0+5 5+3 8+4"},      /* not doubled */
    {"一，A。", 20, "0+4 4+4 8+2 10+2"}, /* none beside punctuation */
    {"A B", 20, "0+3 3+2"},
    {"Say “Hi” twice", 20, "0+7 7+9 16+10"},     /* quotation marks of Latin are narrow */
    {"一“Hi”二", 20, "0+6 4+2 8+4 12+4 16+4"},   /* those of Chinese are not */
    {"ＡＢ１２，", 20, "0+4 4+4 8+4 12+4 16+2"}, /* full-width forms are set like Han */
    {"ＡB一Ａ", 20, "0+5 5+3 8+4 12+4"},
};

static void test_spaces(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof spacings / sizeof *spacings; i++) {
        struct text_style style = body();
        struct layout *layout =
            layout_build(&metrics, spacings[i].text, &style, spacings[i].ems * EM);
        char *places = places_of(layout);
        if (strcmp(places, spacings[i].lines) != 0)
            print_error("%s: %s, not %s\n", spacings[i].text, places, spacings[i].lines);
        wrong += strcmp(places, spacings[i].lines) != 0;
        free(places);
        layout_destroy(layout);
    }
    assert_int_equal(wrong, 0);
}

/* What no font has, what is private, and what is no character at all: each is one 〓. */
static void test_unknown(void **state) {
    (void)state;
    static const char *const shown[] = {"\u9FFF",     "\uE000",     "\uF8FF", "\U000F0000",
                                        "\U0010FFFD", "\u0378",     "\uFFFD", "\uFFFF",
                                        "\U0002FFFE", "\U0001F8FF", "\xFF"};
    struct text_style style = body();
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        char *text = xasprintf("张%s，ab%sc", shown[i], shown[i]);
        struct layout *layout = layout_build(&metrics, text, &style, 20 * EM);
        assert_int_equal(layout->run_count, 6);
        for (size_t k = 0; k < 6; k++)
            assert_int_equal(layout->runs[k].face, k == 1 || k == 4 ? -1 : 0);
        assert_int_equal(layout->runs[1].width, EM);
        assert_int_equal(layout->runs[1].size, strlen(shown[i]));
        layout_destroy(layout);
        free(text);
    }
    /* of the ideographs' planes any may be somebody's name */
    assert_true(
        same_lines("\U0002EBF0\U000323B0\U0002A6DD", 2, style, "\U0002EBF0|\U000323B0\U0002A6DD"));
    struct layout *layout = layout_build(&metrics, "\U0002EBF0", &style, 20 * EM);
    assert_int_equal(layout->runs[0].face, 0);
    layout_destroy(layout);
    assert_true(same_lines("一\uE000\uE001二三", 3, style, "一\uE000\uE001|二三"));
}

/* Grapheme clusters (UAX #29) are never divided: accents, variants of Han, emoji. */
static void test_clusters(void **state) {
    (void)state;
    static const char *const clusters[] = {
        "字\u0304",                                   /* an accent on Han */
        "\u845B\U000E0100",                           /* a variant */
        "\U0001F468\u200D\U0001F469\u200D\U0001F467", /* a family */
        "\U0001F1E8\U0001F1F3",                       /* a flag */
        "\U0001F44D\U0001F3FD",                       /* a shade of skin */
        "\u2764\uFE0F",                               /* an emoji by a selector */
        "か\u3099",
    };
    struct text_style style = body();
    for (size_t i = 0; i < sizeof clusters / sizeof *clusters; i++) {
        char *text = xasprintf("甲%s%s乙", clusters[i], clusters[i]);
        for (int ems = 0; ems < 9; ems++) {
            struct layout *layout = layout_build(&metrics, text, &style, ems * EM);
            assert_int_equal(layout->run_count, 4);
            assert_int_equal(layout->runs[1].size, strlen(clusters[i]));
            assert_int_equal(layout->runs[2].size, strlen(clusters[i]));
            layout_destroy(layout);
        }
        free(text);
    }
}

/* An accent by itself is typed on a space; on a joiner that is not seen it is lost no less. */
static void test_marks_alone(void **state) {
    (void)state;
    struct text_style style = body();
    static const char *const texts[] = {"甲 \u0301乙", "甲\u3000\u0301乙", "\u034F\u0301"};
    static const char *const drawn[] = {"甲| \u0301|乙|", "甲|\u3000\u0301|乙|", "\u034F\u0301|"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct layout *layout = layout_build(&metrics, texts[i], &style, 20 * EM);
        struct str runs = {0};
        for (size_t k = 0; k < layout->run_count; k++) {
            str_add_bytes(&runs, layout->text + layout->runs[k].start, layout->runs[k].size);
            str_add_char(&runs, '|');
        }
        assert_string_equal(str_text(&runs), drawn[i]);
        str_finish(&runs);
        layout_destroy(layout);
    }
}

static void test_justified_edges_are_straight(void **state) {
    (void)state;
    static const char text[] = "二〇二六年的春天，宿舍楼里来了一群人，他们带着 3 台 3D 打印机"
                               "和一箱旧书，说要在大厅里“开一家店”，大家都笑了起来，但没人走开。";
    struct text_style style = body();
    for (int width = 9 * EM; width < 25 * EM; width += 7) {
        struct layout *layout = layout_build(&metrics, text, &style, width);
        for (size_t i = 0; i + 1 < layout->line_count; i++) {
            assert_int_equal(layout->lines[i].x, 0);
            assert_int_equal(layout->lines[i].width, width);
        }
        assert_true(layout->lines[layout->line_count - 1].width <= width);
        layout_destroy(layout);
    }
}

/* One character moves by at most a pixel more than its neighbours. */
static void test_leftover_is_spread_evenly(void **state) {
    (void)state;
    struct text_style style = body();
    struct layout *layout =
        layout_build(&metrics, "一二三四五六七八九十一二三四五六七八九十", &style, 10 * EM + 13);
    for (size_t i = 0; i + 1 < 10; i++) {
        int step = layout->runs[i + 1].x - layout->runs[i].x;
        assert_in_range(step, EM + 1, EM + 2);
    }
    layout_destroy(layout);
}

/* Where there is nothing else, words stand up to an em apart; beyond it the line is ragged. */
static void test_lines_of_words(void **state) {
    (void)state;
    struct text_style style = body();
    struct layout *layout = layout_build(&metrics, "abcd efgh ijkl mnopqrstuv", &style, 8 * EM);
    assert_int_equal(layout->lines[0].width, 8 * EM);
    assert_int_equal(layout->runs[1].x, 3 * EM);
    layout_destroy(layout);
    layout = layout_build(&metrics, "abcd efgh ijkl mnopqrstuv", &style, 9 * EM);
    assert_int_equal(layout->lines[0].width, 6 * EM + EM / 2);
    layout_destroy(layout);
}

static void test_squeezing_order(void **state) {
    (void)state;
    struct text_style style = body();
    /* half an em too much: the bracket gives way before the comma, the full stop is left alone */
    struct layout *layout = layout_build(&metrics, "（一）二。三，四五", &style, 8 * EM);
    assert_int_equal(layout->line_count, 1);
    char *places = places_of(layout);
    assert_string_equal(places, "-2+2 2+4 6+2 8+4 12+4 16+4 20+4 24+4 28+4");
    free(places);
    layout_destroy(layout);
}

/* Marks that hang, as "|" for the measure's edge: what stands behind it is outside. */
static const struct breaking hangings[] = {
    {"一二三四五，六七八九十一二三四", 5, "一二三四五|，"},
    {"一二三四五。", 5, "一二三四五|。"}, /* a paragraph's last line too */
    {"一二三四五、六七", 5, "一二三四五|、"},
    {"一二三四五．六七", 5, "一二三四五|．"},
    {"一二三四，五六七八", 5, "一二三四，|"},   /* it fits */
    {"一，二三四，五六七", 5, "一，二三四，|"}, /* or can be squeezed in */
    {"一二三四五；六七八", 5, "一二三四|"},     /* not these */
    {"一二三四五！六七八", 5, "一二三四|"},
    {"一二三“四”，五六七八", 5, "一二三|"}, /* not where marks stand in a row */
    {"abcdefghij，五六七", 5, "abcdefghij|，"},
};

static char *edge_of(const struct layout *layout, const struct layout_line *line) {
    struct str text = {0};
    bool outside = false;
    for (size_t i = 0; i < line->run_count; i++) {
        const struct layout_run *run = &layout->runs[line->run + i];
        if (!outside && run->x >= line->x + line->width)
            str_add_char(&text, '|');
        outside |= run->x >= line->x + line->width;
        str_add_bytes(&text, layout->text + run->start, run->size);
    }
    if (!outside)
        str_add_char(&text, '|');
    return str_take(&text);
}

static void test_hanging(void **state) {
    (void)state;
    struct text_style style = body();
    style.hang = true;
    int wrong = 0;
    for (size_t i = 0; i < sizeof hangings / sizeof *hangings; i++) {
        struct layout *layout =
            layout_build(&metrics, hangings[i].text, &style, hangings[i].ems * EM);
        char *edge = edge_of(layout, &layout->lines[0]);
        if (strcmp(edge, hangings[i].lines) != 0)
            print_error("%s: %s, not %s\n", hangings[i].text, edge, hangings[i].lines);
        wrong += strcmp(edge, hangings[i].lines) != 0;
        for (size_t k = 0; k < layout->line_count; k++) {
            assert_true(layout->lines[k].x + layout->lines[k].width <= layout->width);
            assert_true(layout->lines[k].hang == 0 || layout->lines[k].hang == EM / 2);
            assert_true(layout->lines[k].hang == 0 || layout->lines[k].width == layout->width);
        }
        free(edge);
        layout_destroy(layout);
    }
    assert_int_equal(wrong, 0);
    style.justify = false;
    assert_true(same_lines("一二三四五，六七", 5, style, "一二三四|五，六七"));
}

/* The whole paragraph gains by it, not only the line: all lines are as full as they can be. */
static void test_hanging_is_weighed(void **state) {
    (void)state;
    struct text_style style = body();
    static const char text[] = "一二三四五，六七八九十。一二三四五、六七八九十。";
    assert_true(same_lines(text, 5, style, "一二三四|五，六七八|九十。一二|三四五、六|七八九十。"));
    style.hang = true;
    assert_true(same_lines(text, 5, style, "一二三四五，|六七八九十。|一二三四五、|六七八九十。"));
}

static void test_places(void **state) {
    (void)state;
    struct text_style style = body();
    style.align = ALIGN_CENTRE;
    style.justify = false;
    style.gap = 10;
    struct layout *layout = layout_build(&metrics, "一二\n三", &style, 6 * EM);
    assert_int_equal(layout->lines[0].x, 2 * EM);
    assert_int_equal(layout->lines[0].baseline, 12 + 35);
    assert_int_equal(layout->lines[1].baseline, 64 + 10 + 12 + 35);
    assert_int_equal(layout->height, 138);
    assert_int_equal(layout->widest, 2 * EM);
    layout_destroy(layout);
    style.align = ALIGN_END;
    style.indent = EM;
    layout = layout_build(&metrics, "一二", &style, 6 * EM);
    assert_int_equal(layout->lines[0].x, 4 * EM);
    assert_false(layout->cut);
    layout_destroy(layout);
}

static void test_indent(void **state) {
    (void)state;
    struct text_style style = body();
    style.indent = 2 * EM;
    assert_true(same_lines("一二三四五六七八\n九十", 5, style, "一二三|四五六七八|九十"));
    style.flush = true; /* of the first paragraph only */
    assert_true(same_lines("一二三四五六七八", 5, style, "一二三四五|六七八"));
    struct layout *layout = layout_build(&metrics, "一二\n三四\n“五”", &style, 8 * EM);
    assert_int_equal(layout->lines[0].x, 0);
    assert_int_equal(layout->lines[1].x, 2 * EM);
    /* CLREQ, Compression of punctuation marks at line start: the bracket gives its white half up */
    assert_int_equal(layout->lines[2].x, 2 * EM);
    assert_int_equal(layout->runs[4].x, 2 * EM - EM / 2);
    assert_int_equal(layout->runs[5].x, 2 * EM + EM / 2);
    layout_destroy(layout);
}

static const struct breaking titles[] = {
    {"导师进楼：每周三晚八点的围炉夜话", 13, "导师进楼：|每周三晚八点的围炉夜话"},
    {"党员先锋岗，把服务送到寝室门口", 13, "党员先锋岗，|把服务送到寝室门口"},
    {"共享晾衣房的智慧改造", 13, "共享晾衣房的智慧改造"},
    {"国家奖学金获得者谈学习方法与时间管理的经验", 13,
     "国家奖学金获得者谈学习|方法与时间管理的经验"},
    {"我们一起读《平凡的世界》这本书", 10, "我们一起读|《平凡的世界》这本书"},
    {"社区育人润无声——一站式社区建设纪实", 13, "社区育人润无声|——一站式社区建设纪实"},
};

static void test_titles(void **state) {
    (void)state;
    struct text_style style = {.size = EM, .leading = 50, .balance = true};
    int wrong = 0;
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        wrong += !same_lines(titles[i].text, titles[i].ems, style, titles[i].lines);
    assert_int_equal(wrong, 0);
}

static void test_names_in_titles(void **state) {
    (void)state;
    static const char *const names[] = {"", "North Isle University", "南屿中学", "南屿理工大学",
                                        "南屿理工大学附属小学"};
    static const char text[] = "欢迎来到南屿理工大学学生社区",
                      latin[] = "Together at North Isle University today";
    struct text_style style = {.size = EM, .leading = 50, .balance = true};
    assert_true(same_lines(text, 11, style, "欢迎来到南屿理工|大学学生社区"));
    assert_true(same_lines(latin, 13, style, "Together at North|Isle University today"));
    style.names = names;
    style.name_count = sizeof names / sizeof *names;
    assert_true(same_lines(text, 11, style, "欢迎来到南屿理工大学|学生社区"));
    assert_true(same_lines(latin, 13, style, "Together at|North Isle University today"));
    /* where no other break serves */
    assert_true(same_lines("南屿理工大学", 4, style, "南屿理工|大学"));
    struct layout *layout = layout_build(&metrics, text, &style, 11 * EM);
    assert_null(layout->style.names);
    layout_destroy(layout);
}

static void test_cut(void **state) {
    (void)state;
    struct text_style style = body();
    style.max_lines = 2;
    assert_true(same_lines("一二三四五六七八", 4, style, "一二三四|五六七八"));
    assert_true(same_lines("一二三四五六七八九十", 4, style, "一二三四|五六……"));
    assert_true(same_lines("一二三四五，六七八九十", 4, style, "一二三|四五……"));
    style.max_lines = 1;
    assert_true(same_lines("一\u0100二三四五", 4, style, "一\u0100……")); /* a letter, no mark */
    assert_true(same_lines("ab\u060C cdefgh", 3, style, "ab……"));
    assert_true(same_lines("一二三四五六七八九十", 2, style, "……"));
    struct layout *layout = layout_build(&metrics, "一二三四五六", &style, 4 * EM);
    assert_true(layout->cut);
    layout_destroy(layout);
}

struct cutting {
    const char *text;
    size_t characters;
    const char *before;
};

static const struct cutting sentences[] = {
    {"一二三。", 10, "一二三。"},
    {"一二三。四五六。", 6, "一二三。"},
    {"一二三。四五六。", 8, "一二三。四五六。"},
    {"他说：“一二三。”四五六七八九。", 10, "他说：“一二三。”"},
    {"他说：“一二三。”四五六七八九。", 8, "他说：“一二"},
    {"一二三四五。“六。七八九”十一二", 10, "一二三四五。"},
    {"一二三，四五六七八", 6, "一二三，"},
    {"一二三四五六七八", 5, "一二三四五"},
    {"一二三四……五六", 7, "一二三四……"},
    {"It is so. And so on", 12, "It is so."},
    {"\u0626\u06C7\u061F \u0626\u06C7\u0626\u06C7", 6, "\u0626\u06C7\u061F"},
    {"\u0F56\u0F7C\u0F51\u0F0D \u0F56\u0F7C\u0F51", 6, "\u0F56\u0F7C\u0F51\u0F0D"},
    {"", 5, ""},
};

static void test_sentence_end(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        size_t end = layout_sentence_end(sentences[i].text, sentences[i].characters);
        assert_int_equal(end, strlen(sentences[i].before));
    }
}

/* Face 1 has all but 不, and 䶮 and 㛃; face 2 has ABC and 𬭎, and no more Han than 王. */
static int several_faces(void *user, enum text_weight weight, const char *text, size_t size) {
    (void)user, (void)weight;
    bool first = true, second = true, third = true;
    for (const char *at = text; at < text + size;) {
        uint32_t c = utf8_next(&at);
        bool rare = c == 0x4DAE || c == 0x36C3, rarest = c == 0x2CB4E;
        first &= !rare && !rarest;
        second &= c != 0x4E0D && !rarest;
        third &= rarest || c == 0x738B || c < 0x80;
    }
    return first ? 0 : second ? 1 : third ? 2 : -1;
}

/* "[name]" for what is set in face 1, "<name>" for face 2. */
static char *faces_of(const struct layout *layout) {
    static const char open[] = " [<", close[] = " ]>";
    struct str text = {0};
    int face = 0;
    for (size_t i = 0; i <= layout->run_count; i++) {
        const struct layout_run *run = &layout->runs[i];
        int next = i < layout->run_count ? run->face : 0;
        if (next != face && face > 0)
            str_add_char(&text, close[face]);
        if (next != face && next > 0)
            str_add_char(&text, open[next]);
        face = next;
        if (i < layout->run_count)
            str_add_bytes(&text, layout->text + run->start, run->size);
    }
    return str_take(&text);
}

static const struct {
    const char *text, *faces;
} names_in_faces[] = {
    {"张䶮", "[张䶮]"},
    {"主持人：欧阳晓䶮、李四", "主持人：[欧阳晓䶮]、李四"},
    {"这一活动由张䶮老师主持并得到大家的好评", "这一活动[由张䶮老师]主持并得到大家的好评"},
    {"同学们认为䶮晓明说得很好", "同学[们认为䶮晓明]说得很好"},
    {"获奖者有张㛃和李䶮等人并合影留念", "获奖[者有张㛃和李䶮等人]并合影留念"},
    {"王𬭎", "<王𬭎>"},
    {"张𬭎", "张<𬭎>"}, /* no face has both */
    {"不䶮", "不[䶮]"},
    {"张䶮是ABC", "[张䶮是]ABC"}, /* other scripts are left alone */
    {"张三 䶮", "张三[䶮]"},
};

static void test_names_in_one_face(void **state) {
    (void)state;
    struct text_metrics several = metrics;
    struct text_style style = body();
    several.face = several_faces;
    int wrong = 0;
    for (size_t i = 0; i < sizeof names_in_faces / sizeof *names_in_faces; i++) {
        struct layout *layout = layout_build(&several, names_in_faces[i].text, &style, 40 * EM);
        char *faces = faces_of(layout);
        if (strcmp(faces, names_in_faces[i].faces) != 0)
            print_error("%s: %s\n", names_in_faces[i].faces, faces);
        wrong += strcmp(faces, names_in_faces[i].faces) != 0;
        free(faces);
        layout_destroy(layout);
    }
    assert_int_equal(wrong, 0);
}

static void test_page_end(void **state) {
    (void)state;
    static const char text[] = "一二三四五六七。八九十一二三四五六。七八九十一二三四五六七八九。\n"
                               "一二三四五六七八九十，一二三四五六七八九十。";
    struct text_style style = body();
    size_t at = 0, pages = 0, whole = strlen(text);
    for (; at < whole; pages++) {
        size_t size = layout_page_end(&metrics, text + at, &style, 8 * EM, 3);
        assert_true(size > 0);
        char *page = xstrndup(text + at, size);
        struct layout *layout = layout_build(&metrics, page, &style, 8 * EM);
        assert_true(layout->line_count <= 3);
        assert_true(strcmp(page + strcspn(page, "\n"), "\n") <= 0);
        layout_destroy(layout);
        free(page);
        at += size;
    }
    assert_int_equal(at, whole);
    assert_in_range(pages, 3, 4);
    assert_int_equal(layout_page_end(&metrics, text, &style, 8 * EM, 100), whole);
    assert_int_equal(layout_page_end(&metrics, "", &style, 8 * EM, 3), 0);
}

/* A page that goes on holds two characters more. */
static void test_flush_page(void **state) {
    (void)state;
    static const char text[] = "一二三四五六七八九。十一。";
    struct text_style style = body();
    style.indent = 2 * EM;
    assert_int_equal(layout_page_end(&metrics, text, &style, 9 * EM + EM / 2, 1), 21);
    style.flush = true;
    assert_int_equal(layout_page_end(&metrics, text, &style, 9 * EM + EM / 2, 1), 30);
}

/* Without the Han behind them its marks are Latin ones, and the page is set in another way. */
static void test_page_by_itself(void **state) {
    (void)state;
    struct text_style style = body();
    static const struct {
        const char *text;
        int width;
    } table[] = {{"——·…（一", 151}, {"··😀\uFFFD“一二三", 118}, {"·écd ——一", 91}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        size_t end = layout_page_end(&metrics, table[i].text, &style, table[i].width, 1);
        char *page = xstrndup(table[i].text, end);
        struct layout *layout = layout_build(&metrics, page, &style, table[i].width);
        assert_true(end > 0);
        assert_int_equal(layout->line_count, 1);
        layout_destroy(layout);
        free(page);
    }
}

static void test_goes_on(void **state) {
    (void)state;
    static const char text[] = "一。\n　二。三";
    assert_false(layout_goes_on(text, 0));
    assert_true(layout_goes_on(text, 3));
    assert_false(layout_goes_on(text, 7));
    assert_false(layout_goes_on(text, 10));
    assert_true(layout_goes_on(text, 16));
}

/* A rule drawn across with dashes stays within the lines. */
static void test_long_dash(void **state) {
    (void)state;
    struct text_style style = body();
    assert_true(same_lines("字————————————字", 8, style, "字——————|——————字"));
    assert_true(same_lines("字——字", 2, style, "字|——|字"));
}

/* One cluster, however long, is shaped in pieces and stays in one line. */
static void test_marks_without_end(void **state) {
    (void)state;
    struct text_style style = body();
    struct str text = {0};
    str_add(&text, "字e");
    for (int i = 0; i < 100000; i++)
        str_add(&text, "\u0301");
    struct layout *layout = layout_build(&metrics, str_text(&text), &style, 8 * EM);
    assert_int_equal(layout->line_count, 1);
    for (size_t i = 0; i < layout->run_count; i++)
        assert_true(layout->runs[i].size < 2000);
    layout_destroy(layout);
    str_finish(&text);
}

/* What takes no place fills no line: it is looked through once, not again from each mark. */
static void test_nothing_to_see(void **state) {
    (void)state;
    struct text_style style = body();
    struct str text = {0};
    for (int i = 0; i < 20000; i++)
        str_add(&text, "\u0301\u200B");
    struct layout *layout = layout_build(&metrics, str_text(&text), &style, 8 * EM);
    assert_int_equal(layout->run_count, 20000);
    assert_in_range(layout->line_count, 20000 / 1000, 20000 / 100);
    for (size_t i = 0; i < layout->line_count; i++)
        assert_int_equal(layout->lines[i].width, 0);
    layout_destroy(layout);
    str_finish(&text);
}

/* However many of its lines cannot be set well, the next is set as the first. */
static void test_lines_that_never_fit(void **state) {
    (void)state;
    struct text_style style = body();
    struct str text = {0};
    for (int i = 0; i < 5000; i++)
        str_add(&text, "字——");
    struct layout *layout = layout_build(&metrics, str_text(&text), &style, EM);
    assert_int_equal(layout->line_count, 10000);
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        assert_int_equal(line->end - line->start, i % 2 == 0 ? 3 : 6);
    }
    layout_destroy(layout);
    str_finish(&text);
}

static void test_broken_input(void **state) {
    (void)state;
    static const char *const inputs[] = {"\xFF\xFE",
                                         "一\xE4\xB8",
                                         "\xF0\x9F\x98\x80\xE2\x80\x8D",
                                         "\xCC\x81",
                                         "a\xCC",
                                         "”“",
                                         "……",
                                         "，，，，，，",
                                         "（（（（（（",
                                         "\xE2\x80\x8F一",
                                         "\x01\x02"};
    struct text_style style = body();
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        for (int width = 0; width < 4 * EM; width += EM / 2) {
            struct layout *layout = layout_build(&metrics, inputs[i], &style, width);
            size_t end = 0;
            for (size_t k = 0; k < layout->run_count; k++) {
                assert_true(layout->runs[k].start >= end);
                end = layout->runs[k].start + layout->runs[k].size;
            }
            assert_true(end <= strlen(inputs[i]));
            layout_destroy(layout);
        }
}

/* What no line end may part, and where it parts what no line can hold. */
static const struct breaking bonds[] = {
    {"一二三 5 公里四五六", 5, "一二三|5 公里四|五六"},
    {"一二三3.5万元四五六", 6, "一二三|3.5万元四|五六"},
    {"一二2100多人次三四五", 6, "一二|2100多人次|三四五"},
    {"一二三8 km/h四五六", 5, "一二三|8 km/h四|五六"},
    {"一二三四1 W/(m²·K)五", 8, "一二三四|1 W/(m²·K)五"},
    {"一二三7个工作日四五", 6, "一二三|7个工作日|四五"},
    {"一二三四五8:30停水了", 8, "一二三四五8:30|停水了"},
    {"一二三四五六12和七八九", 8, "一二三四五六12|和七八九"},
    {"一二三四五六12级七八九", 8, "一二三四五六|12级七八九"},
    {"一二三四C++五六七", 6, "一二三四|C++五六七"},
    {"一二￥7，€8，￥9", 5, "一二￥7，|€8，￥9"},
    {"一二三／四五六七", 4, "一二|三／四五|六七"}, /* nor does ／ end a line */
    {"一二三四吗……", 5, "一二三|四吗……"},
    {"一二三四五吗!", 6, "一二三四|五吗!"},
    {"见https://abc.cn/def", 6, "见https://|abc.cn/def"},
    {"见abcdefg@hijk.cn一", 6, "见abcdefg|@hijk.cn一"},
    {"abcdefghijkl，一二", 6, "abcdefghijk|l，一二"}, /* the word alone would fit */
};

static void test_bonds(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof bonds / sizeof *bonds; i++)
        wrong += !same_lines(bonds[i].text, bonds[i].ems, body(), bonds[i].lines);
    assert_int_equal(wrong, 0);
}

/* The space is that behind the second run, in pixels. */
static void test_loud_stops(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int x; /* of the character behind, in half ems */
    } stops[] = {{"！一", 2}, {"？！一", 2}, {"！！！一", 4}, {"？！”一", 4}, {"。！一", 3}};
    struct text_style style = body();
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        struct layout *layout = layout_build(&metrics, stops[i].text, &style, 20 * EM);
        assert_int_equal(layout->runs[layout->run_count - 1].x, stops[i].x * EM / 2);
        layout_destroy(layout);
    }
}

static void test_space_beside_dash_grows(void **state) {
    (void)state;
    struct text_style style = body();
    struct layout *layout = layout_build(&metrics, "一二——三四五六", &style, 6 * EM + 8);
    assert_int_equal(layout->lines[0].width, 6 * EM + 8);
    assert_int_equal(layout->runs[3].x, 4 * EM + 6); /* a quarter of it between each two */
    layout_destroy(layout);
}

/* The first line is filled where it can be, not left ragged with the second. */
static void test_short_line_is_not_sought(void **state) {
    (void)state;
    assert_true(
        same_lines("一二三四，五六1234人七八，", 6, body(), "一二三四，五|六1234人|七八，"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_breaks),
        cmocka_unit_test(test_spaces),
        cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_clusters),
        cmocka_unit_test(test_marks_alone),
        cmocka_unit_test(test_justified_edges_are_straight),
        cmocka_unit_test(test_leftover_is_spread_evenly),
        cmocka_unit_test(test_lines_of_words),
        cmocka_unit_test(test_squeezing_order),
        cmocka_unit_test(test_hanging),
        cmocka_unit_test(test_hanging_is_weighed),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_indent),
        cmocka_unit_test(test_titles),
        cmocka_unit_test(test_names_in_titles),
        cmocka_unit_test(test_cut),
        cmocka_unit_test(test_sentence_end),
        cmocka_unit_test(test_names_in_one_face),
        cmocka_unit_test(test_page_end),
        cmocka_unit_test(test_page_by_itself),
        cmocka_unit_test(test_flush_page),
        cmocka_unit_test(test_goes_on),
        cmocka_unit_test(test_long_dash),
        cmocka_unit_test(test_marks_without_end),
        cmocka_unit_test(test_nothing_to_see),
        cmocka_unit_test(test_lines_that_never_fit),
        cmocka_unit_test(test_broken_input),
        cmocka_unit_test(test_bonds),
        cmocka_unit_test(test_loud_stops),
        cmocka_unit_test(test_space_beside_dash_grows),
        cmocka_unit_test(test_short_line_is_not_sought),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
