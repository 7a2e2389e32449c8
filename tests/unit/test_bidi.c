/* UAX #9 as layout follows it, with metrics from a table: every character takes one em.
 *
 * As in the annex's examples capital letters stand for ones that run from right to left. */
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

#define EM   40
#define ALEF 0x5D0

static int one_face(void *user, enum text_weight weight, const char *text, size_t size) {
    (void)user, (void)weight, (void)text, (void)size;
    return 0;
}

static int one_em_each(void *user, int face, enum text_weight weight, int pixels, bool rtl,
                       const char *text, size_t size) {
    (void)user, (void)face, (void)weight, (void)rtl;
    int count = 0;
    for (const char *at = text; at < text + size; utf8_next(&at))
        count++;
    return count * pixels;
}

static void no_extent(void *user, enum text_weight weight, int pixels, int *ascent, int *descent) {
    (void)user, (void)weight;
    *ascent = pixels;
    *descent = 0;
}

static const struct text_metrics metrics = {
    .face = one_face, .width = one_em_each, .extent = no_extent};

static struct text_style body(void) {
    return (struct text_style){.size = EM, .leading = EM, .justify = true};
}

/* A … V become Hebrew letters. */
static char *to_hebrew(const char *text) {
    struct str hebrew = {0};
    for (; *text; text++)
        if (*text >= 'A' && *text <= 'V')
            str_add_codepoint(&hebrew, ALEF + (uint32_t)(*text - 'A'));
        else
            str_add_char(&hebrew, *text);
    return str_take(&hebrew);
}

static uint32_t mirrored(uint32_t c) {
    static const uint32_t pairs[] = {'(', ')', 0xFF08, 0xFF09, 0xAB, 0xBB};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        if (c == pairs[i])
            return pairs[i ^ 1];
    return c;
}

static uint32_t from_hebrew(uint32_t c) {
    return c >= ALEF && c < ALEF + 22 ? 'A' + c - ALEF : c;
}

/* A run as it is seen. */
static void add_seen(struct str *to, const char *text, const struct layout_run *run) {
    uint32_t characters[64];
    size_t count = 0;
    for (const char *at = text + run->start; at < text + run->start + run->size;)
        characters[count++] = utf8_next(&at);
    for (size_t i = 0; i < count; i++) {
        uint32_t c = characters[run->rtl ? count - 1 - i : i];
        str_add_codepoint(to, from_hebrew(run->rtl ? mirrored(c) : c));
    }
}

static int by_place(const void *a, const void *b) {
    const struct layout_run *left = a, *right = b;
    return (left->x > right->x) - (left->x < right->x);
}

/* Lines by "|", runs by a space, each from left to right. */
static char *seen(const struct layout *layout) {
    struct str text = {0};
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        struct layout_run runs[64];
        assert_in_range(line->run_count, 1, 64);
        memcpy(runs, layout->runs + line->run, line->run_count * sizeof *runs);
        qsort(runs, line->run_count, sizeof *runs, by_place);
        if (i > 0)
            str_add_char(&text, '|');
        for (size_t k = 0; k < line->run_count; k++) {
            if (k > 0)
                str_add_char(&text, ' ');
            add_seen(&text, layout->text, &runs[k]);
        }
    }
    return str_take(&text);
}

static struct layout *set(const char *text, struct text_style style, int width) {
    char *hebrew = to_hebrew(text);
    struct layout *layout = layout_build(&metrics, hebrew, &style, width);
    free(hebrew);
    return layout;
}

static const struct {
    const char *text;
    int ems;
    const char *seen;
} orders[] = {
    {"甲 ABC 乙", 20, "甲 CBA 乙"},
    {"甲 AB CD EF 乙", 20, "甲 FE DC BA 乙"},
    {"甲AB乙CD丙", 20, "甲 BA 乙 DC 丙"},
    {"AB CD", 20, "DC BA"},
    {"AB 甲乙 CD", 20, "DC 甲 乙 BA"}, /* P2, P3: the first strong character decides */
    {"12 AB 甲", 20, "甲 BA 12"},
    {"AB 12 CD", 20, "DC 12 BA"}, /* numbers keep their order, and what stands between two not */
    {"AB 12 34 CD", 20, "DC 34 12 BA"},
    {"AB 12-34 CD", 20, "DC 12-34 BA"},
    {"甲AB12乙", 20, "甲 12 BA 乙"},
    {"AB(CD)EF", 20, "FE(DC)BA"}, /* L4 */
    {"（AB）CD", 20, "DC （ BA ）"},
    {"甲(AB)乙", 20, "甲 ( BA ) 乙"}, /* N0 */
    {"甲“AB”乙", 20, "甲 “ BA ” 乙"},
    {"AB，甲。", 20, "。 甲 ， BA"},
    {"甲\xE2\x80\x8F"
     "12乙",
     20, "甲 12 乙"},                  /* RLM is not seen */
    {"ABC DEF GHI", 7, "FED CBA|IHG"}, /* L1, L2: by line */
    {"甲乙 ABC DEF 丙", 6, "甲 乙 CBA|FED 丙"},
    {"甲乙\nAB CD\n丙", 20, "甲 乙|DC BA|丙"}, /* by paragraph */
};

static void test_order(void **state) {
    (void)state;
    int wrong = 0;
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        struct layout *layout = set(orders[i].text, body(), orders[i].ems * EM);
        char *text = seen(layout);
        if (strcmp(text, orders[i].seen) != 0)
            print_error("%s: %s, not %s\n", orders[i].text, text, orders[i].seen);
        wrong += strcmp(text, orders[i].seen) != 0;
        free(text);
        layout_destroy(layout);
    }
    assert_int_equal(wrong, 0);
}

/* Runs are listed in the order of the text, wherever they stand. */
static void test_runs_follow_the_text(void **state) {
    (void)state;
    struct layout *layout = set("甲 AB 12 CD 乙", body(), 20 * EM);
    for (size_t i = 0; i + 1 < layout->run_count; i++)
        assert_true(layout->runs[i].start < layout->runs[i + 1].start);
    assert_false(layout->runs[0].rtl);
    assert_true(layout->runs[1].rtl);
    assert_false(layout->runs[2].rtl);
    layout_destroy(layout);
}

/* A quarter em beside Han, and the white halves of marks outside, as for Latin. */
static void test_places(void **state) {
    (void)state;
    struct layout *layout = set("甲AB乙", body(), 20 * EM);
    assert_int_equal(layout->runs[1].x, EM + EM / 4);
    assert_int_equal(layout->runs[2].x, 3 * EM + EM / 2);
    layout_destroy(layout);
    layout = set("甲 CD AB 乙", body(), 20 * EM);
    assert_int_equal(layout->runs[2].x, EM + EM / 4);     /* AB */
    assert_int_equal(layout->runs[1].x, 4 * EM + EM / 4); /* CD, behind a space of one em */
    assert_int_equal(layout->runs[3].x, 6 * EM + EM / 2);
    layout_destroy(layout);
    /* ") BA (CD" : the marks are turned round, and so are their halves */
    layout = set("（AB）CD", body(), 20 * EM);
    int right = 20 * EM;
    assert_int_equal(layout->runs[0].x, right - EM / 2);
    assert_int_equal(layout->runs[1].x, right - EM / 2 - 2 * EM);
    assert_int_equal(layout->runs[2].x, right - 3 * EM - EM / 2);
    assert_int_equal(layout->runs[3].x, right - 3 * EM - EM / 2 - 2 * EM);
    layout_destroy(layout);
    /* “ ” have no mirror image: their ink stays where it was */
    layout = set("AB甲“CD”乙AB", body(), 20 * EM);
    assert_true(layout->runs[2].rtl);
    int open = layout->runs[2].x + EM / 2;
    assert_int_equal(open, layout->runs[3].x + 2 * EM);
    layout_destroy(layout);
}

static int left_of(const char *text, enum text_align align, int indent) {
    struct text_style style = body();
    style.align = align;
    style.indent = indent;
    struct layout *layout = set(text, style, 10 * EM);
    assert_int_equal(layout->lines[0].width, 2 * EM);
    assert_true(layout->lines[0].rtl == (*text == 'A'));
    int x = layout->lines[0].x;
    layout_destroy(layout);
    return x;
}

static void test_sides(void **state) {
    (void)state;
    assert_int_equal(left_of("甲乙", ALIGN_START, 2 * EM), 2 * EM);
    assert_int_equal(left_of("甲乙", ALIGN_END, 2 * EM), 8 * EM);
    assert_int_equal(left_of("甲乙", ALIGN_CENTRE, 2 * EM), 5 * EM);
    assert_int_equal(left_of("AB", ALIGN_START, 0), 8 * EM);
    assert_int_equal(left_of("AB", ALIGN_START, 2 * EM), 6 * EM);
    assert_int_equal(left_of("AB", ALIGN_END, 2 * EM), 0);
    assert_int_equal(left_of("AB", ALIGN_CENTRE, 2 * EM), 3 * EM);
}

/* Lines are filled whichever way they run, and nothing lies over anything. */
static void test_justified(void **state) {
    (void)state;
    static const char text[] = "AB CDE FGH IJ 甲乙，KLM NOP 12 QRS TUV，丙丁戊己 AB CD 庚辛壬癸。";
    for (int width = 9 * EM; width < 16 * EM; width += 7) {
        struct layout *layout = set(text, body(), width);
        for (size_t i = 0; i < layout->line_count; i++) {
            const struct layout_line *line = &layout->lines[i];
            struct layout_run runs[64];
            int end = line->x;
            assert_true(line->x >= 0 && line->x + line->width == width); /* flush right */
            memcpy(runs, layout->runs + line->run, line->run_count * sizeof *runs);
            qsort(runs, line->run_count, sizeof *runs, by_place);
            for (size_t k = 0; k < line->run_count; k++) {
                int ink = runs[k].x + (runs[k].x < end ? EM / 2 : 0); /* a white half */
                assert_true(ink >= end);
                end = ink + 1;
            }
        }
        layout_destroy(layout);
    }
}

/* Scripts are shaped apart; syllables of Tibetan are places for breaks, its letters are not. */
static void test_scripts(void **state) {
    (void)state;
    struct text_style style = body();
    struct layout *layout = layout_build(&metrics, "ab\u0F56\u0F7C\u0F51 cd", &style, 20 * EM);
    assert_int_equal(layout->run_count, 3);
    assert_int_equal(layout->runs[1].size, 9);
    layout_destroy(layout);
    layout = layout_build(&metrics, "甲\u0F56\u0F7C\u0F51\u0F0B\u0F63\u0F97\u0F7C\u0F44\u0F66",
                          &style, 6 * EM);
    assert_int_equal(layout->line_count, 2);
    assert_int_equal(layout->lines[0].end, 3 + 4 * 3); /* behind the tsheg */
    layout_destroy(layout);
}

/* Face 0 has no Hebrew, face 1 nothing else, face 2 all. */
static int three_faces(void *user, enum text_weight weight, const char *text, size_t size) {
    (void)user, (void)weight;
    bool hebrew = false, other = false;
    for (const char *at = text; at < text + size;) {
        uint32_t c = utf8_next(&at);
        hebrew |= c >= ALEF;
        other |= c < ALEF;
    }
    return !hebrew ? 0 : !other ? 1 : 2;
}

/* A hyphen that the letters' font lacks does not move them into another. */
static void test_marks_of_words(void **state) {
    (void)state;
    struct text_metrics three = metrics;
    struct text_style style = body();
    three.face = three_faces;
    char *text = to_hebrew("AB-CD!");
    struct layout *layout = layout_build(&three, text, &style, 20 * EM);
    static const int faces[] = {1, 0, 1, 0};
    assert_int_equal(layout->run_count, 4);
    for (size_t i = 0; i < 4; i++)
        assert_int_equal(layout->runs[i].face, faces[i]);
    char *shown = seen(layout);
    assert_string_equal(shown, "! DC - BA");
    free(shown);
    free(text);
    layout_destroy(layout);
}

/* Levels that are meant to confuse. */
static void test_controls(void **state) {
    (void)state;
    static const char *const inputs[] = {
        "\u202E甲乙\u202C丙", "\u2067AB\u2069甲", "\u202B",      "\u2067\u2067\u2067甲",
        "\u202C\u2069AB",     "A\u2029甲\u2029B", "\u200F\u200F"};
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++)
        for (int width = 0; width < 4 * EM; width += EM / 2) {
            struct layout *layout = set(inputs[i], body(), width);
            for (size_t k = 0; k < layout->line_count; k++)
                assert_true(layout->lines[k].run_count > 0);
            layout_destroy(layout);
        }
    struct layout *layout = set(inputs[0], body(), 20 * EM);
    char *text = seen(layout);
    assert_string_equal(text, "乙 甲 丙");
    free(text);
    layout_destroy(layout);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),          cmocka_unit_test(test_runs_follow_the_text),
        cmocka_unit_test(test_places),         cmocka_unit_test(test_sides),
        cmocka_unit_test(test_justified),      cmocka_unit_test(test_scripts),
        cmocka_unit_test(test_marks_of_words), cmocka_unit_test(test_controls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
