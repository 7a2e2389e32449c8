/* What layout says is what is drawn, to the pixel: with the bundled fonts, at many sizes. */
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
#include "display/font.h"

#define GROUND 0xFF000000u
#define INK    0xFFFFFFFFu

static int open_fonts(void **state) {
    *state =
        fontset_open(&(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    return *state ? 0 : -1;
}

static int close_fonts(void **state) {
    fontset_close(*state);
    return 0;
}

static const char *const texts[] = {
    "二〇二六年春天，宿舍楼里来了一群人：他们带着 3 台 3D 打印机和一箱旧书，说要在大厅里"
    "“开一家店”。大家都笑了起来，但没人走开……",
    "《平凡的世界》（上、中、下）是大家读得最多的一套书——共借出 1,204 次，占 36.5%；其次是"
    "《Introduction to Algorithms》。",
    "（一）辅导员每晚 19:30—21:00 在一楼值班，电话 0571-88880000，网址 https://example.cn/a/b。",
    "Office hours: Monday to Friday, “after class”; ask for Mr. Wágner (AVATAR Ltd.), 10⁵ Łódź.",
    "张䶮、𬭎 ＡＢＣ１２３～～你好！？·阿·",
};

static struct text_style style_of(int size, enum text_weight weight) {
    return (struct text_style){
        .size = size, .leading = size * 2, .weight = weight, .gap = size / 2};
}

/* Pixels that ink may be outside: soft edges, and strokes that reach over an em by a fortieth. */
static int tolerance(int size) {
    return size / 40 + 1;
}

/* ---- pictures ---- */

static struct buffer *ground(int width, int height) {
    struct buffer *buffer = buffer_create(width, height);
    assert_non_null(buffer);
    for (int i = 0; i < buffer->stride * height; i++)
        buffer->pixels[i] = GROUND;
    return buffer;
}

static bool is_inked(const struct buffer *buffer, int x, int y) {
    return buffer->pixels[(ptrdiff_t)y * buffer->stride + x] != GROUND;
}

struct columns {
    int left, right; /* right: behind the last; left == INT32_MAX: no ink */
};

static struct columns ink_between(const struct buffer *buffer, int top, int bottom) {
    struct columns ink = {.left = INT32_MAX};
    for (int y = top < 0 ? 0 : top; y < bottom && y < buffer->height; y++)
        for (int x = 0; x < buffer->width; x++)
            if (is_inked(buffer, x, y)) {
                ink.left = x < ink.left ? x : ink.left;
                ink.right = x >= ink.right ? x + 1 : ink.right;
            }
    return ink;
}

/* ---- lines ---- */

static void check_lines(struct fontset *fonts, const struct layout *layout) {
    int size = layout->style.size, margin = size, most = tolerance(size);
    struct buffer *buffer = ground(layout->width + 2 * margin, layout->height + 2 * margin);
    fontset_draw(fonts, layout, buffer, margin, margin, INK);
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        int baseline = margin + line->baseline;
        struct columns ink = ink_between(buffer, baseline - size * 11 / 10, baseline + size / 2);
        int left = margin + line->x, right = left + line->width + line->hang;
        if (ink.left < left - most || ink.right > right + most)
            fail_msg("%d pixels: line %zu says %d … %d, and has ink at %d … %d", size, i, left,
                     right, ink.left, ink.right);
        /* nor is it elsewhere: a line's first character is no space, nor its last */
        assert_in_range(ink.left, left - most, left + size);
        assert_in_range(ink.right, right - size, right + most);
        assert_true(line->hang <= (size + 1) / 2);
        assert_true(line->x >= 0 && line->x + line->width <= layout->width);
    }
    buffer_destroy(buffer);
}

static void check_text(struct fontset *fonts, const char *text, struct text_style style) {
    static const int ems[] = {9, 14, 23};
    for (size_t i = 0; i < sizeof ems / sizeof *ems; i++) {
        int width = ems[i] * style.size + style.size / 3;
        struct layout *layout = layout_build(fontset_metrics(fonts), text, &style, width);
        check_lines(fonts, layout);
        layout_destroy(layout);
    }
}

static void test_ink_lies_within_lines(void **state) {
    static const int sizes[] = {9, 12, 17, 26, 36, 51, 84, 120, 200};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            for (int kind = 0; kind < 8; kind++) {
                if (sizes[s] > 84 && (kind + (int)t) % 4 > 0) /* large pictures take time */
                    continue;
                struct text_style style = style_of(sizes[s], (enum text_weight)(kind % 2));
                style.justify = kind < 4;
                style.hang = kind < 2;
                style.indent = kind < 4 ? 2 * sizes[s] : 0;
                style.align = kind < 4 ? ALIGN_START : (enum text_align)(kind % 3);
                style.balance = kind > 6;
                check_text(*state, texts[t], style);
            }
}

/* Filled lines end where all others do, but for what hangs. */
static void test_edges_are_straight(void **state) {
    static const char few_marks[] = "二〇二六年春天宿舍楼里来了一群人，他们带着打印机和一箱旧书"
                                    "说要在大厅里开一家店，大家都笑了起来但是没有一个人走开。";
    int filled = 0, hanging = 0;
    for (int size = 9; size <= 200; size += 11) {
        struct text_style style = style_of(size, WEIGHT_REGULAR);
        style.justify = style.hang = true;
        struct layout *layout =
            layout_build(fontset_metrics(*state), size % 2 ? texts[0] : few_marks, &style,
                         (11 + size % 7) * size);
        for (size_t i = 0; i < layout->line_count; i++) {
            filled += layout->lines[i].width == layout->width;
            hanging += layout->lines[i].hang > 0;
            if (!layout->lines[i].paragraph_end)
                assert_int_equal(layout->lines[i].width, layout->width);
        }
        layout_destroy(layout);
    }
    assert_true(filled > 40);
    assert_true(hanging > 0);
}

/* ---- runs ---- */

/* Every run's ink is where the run is said to be; the last one's says where the pen went. */
static void check_runs(struct fontset *fonts, const struct layout *layout) {
    int size = layout->style.size, margin = size, most = tolerance(size);
    struct layout_line line = {.run_count = 1, .baseline = size * 3 / 2};
    struct layout alone = {.text = layout->text, .style = layout->style};
    alone.lines = &line;
    alone.line_count = 1;
    for (size_t i = 0; i < layout->run_count; i++) {
        struct layout_run run = layout->runs[i];
        const struct text_metrics *metrics = fontset_metrics(fonts);
        int width = metrics->width(metrics->user, run.face, layout->style.weight, size, run.rtl,
                                   layout->text + run.start, run.size);
        run.x = 0;
        alone.runs = &run;
        alone.run_count = 1;
        struct buffer *buffer = ground(width + 2 * margin, 2 * size);
        fontset_draw(fonts, &alone, buffer, margin, 0, INK);
        struct columns ink = ink_between(buffer, 0, buffer->height);
        assert_true(ink.left >= margin - most);
        assert_true(ink.right <= margin + width + most);
        buffer_destroy(buffer);
    }
}

/* From left to right each run begins where the one before ends; marks may give a white half up. */
static void check_pen(const struct layout *layout) {
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        int pen = line->x;
        for (size_t k = 0; k < line->run_count; k++) {
            const struct layout_run *run = &layout->runs[line->run + k];
            assert_in_range(pen - run->x, 0, (layout->style.size + 1) / 2);
            pen += run->width;
        }
        assert_int_equal(pen, line->x + line->width + line->hang);
    }
}

static void test_runs_are_where_they_are_said_to_be(void **state) {
    static const int sizes[] = {9, 26, 37, 84};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t t = 0; t < sizeof texts / sizeof *texts; t++)
            for (enum text_weight weight = WEIGHT_REGULAR; weight <= WEIGHT_BOLD; weight++) {
                struct text_style style = style_of(sizes[s], weight);
                style.justify = style.hang = true;
                struct layout *layout =
                    layout_build(fontset_metrics(*state), texts[t], &style, 17 * sizes[s] + 5);
                check_runs(*state, layout);
                check_pen(layout);
                layout_destroy(layout);
            }
}

/* ---- words ---- */

/* How far the ink of a line of one word ends before the line does. */
static int rest_behind(struct fontset *fonts, const char *text, int size, enum text_weight weight) {
    struct text_style style = style_of(size, weight);
    struct layout *layout = layout_build(fontset_metrics(fonts), text, &style, 60 * size);
    assert_int_equal(layout->run_count, 1);
    struct buffer *buffer = ground(layout->lines[0].width + 2 * size, 3 * size);
    fontset_draw(fonts, layout, buffer, size, 0, INK);
    int rest = size + layout->lines[0].width - ink_between(buffer, 0, buffer->height).right;
    buffer_destroy(buffer);
    layout_destroy(layout);
    return rest;
}

/* The last letter stands as far from the end as it does by itself: letters, kerning and all, were
 * drawn as wide as they were measured. A pixel is lost by rounding. */
static void test_words_end_where_they_are_measured(void **state) {
    static const struct {
        const char *word, *last;
    } words[] = {{"HamburgefontsivI", "I"}, {"AVATARI", "I"},  {"fiflffI", "I"}, {"10:45I", "I"},
                 {"МоскваМ", "М"},          {"ŁódźKłI", "łI"}, {"……", "…"}};
    for (int size = 9; size <= 200; size += size < 40 ? 1 : 13)
        for (size_t i = 0; i < sizeof words / sizeof *words; i++)
            for (enum text_weight weight = WEIGHT_REGULAR; weight <= WEIGHT_BOLD; weight++) {
                int alone = rest_behind(*state, words[i].last, size, weight);
                int behind = rest_behind(*state, words[i].word, size, weight);
                if (abs(alone - behind) > 1)
                    fail_msg("%s at %d pixels: %d behind it, not %d", words[i].word, size, behind,
                             alone);
            }
}

/* ---- turned ---- */

/* Where a pixel of the upright picture is on a panel that is turned. */
static bool is_inked_turned(const struct buffer *turned, enum rotation rotation, int x, int y,
                            int width, int height) {
    switch (rotation) {
    case ROTATE_90:
        return is_inked(turned, height - 1 - y, x);
    case ROTATE_180:
        return is_inked(turned, width - 1 - x, height - 1 - y);
    case ROTATE_270:
        return is_inked(turned, y, width - 1 - x);
    default:
        return is_inked(turned, x, y);
    }
}

/* Text is set upright and turned whole: no rotation moves a pixel of it against another. */
static void test_rotation(void **state) {
    struct text_style style = style_of(37, WEIGHT_BOLD);
    style.justify = style.hang = true;
    struct layout *layout = layout_build(fontset_metrics(*state), texts[1], &style, 501);
    struct buffer *upright = ground(601, 433);
    fontset_draw(*state, layout, upright, 40, 10, INK);
    for (enum rotation rotation = ROTATE_0; rotation <= ROTATE_270; rotation++) {
        struct buffer *turned = buffer_rotate(upright, rotation);
        assert_non_null(turned);
        for (int y = 0; y < upright->height; y++)
            for (int x = 0; x < upright->width; x++)
                assert_true(is_inked(upright, x, y) == is_inked_turned(turned, rotation, x, y,
                                                                       upright->width,
                                                                       upright->height));
        buffer_destroy(turned);
    }
    buffer_destroy(upright);
    layout_destroy(layout);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ink_lies_within_lines),
        cmocka_unit_test(test_edges_are_straight),
        cmocka_unit_test(test_runs_are_where_they_are_said_to_be),
        cmocka_unit_test(test_words_end_where_they_are_measured),
        cmocka_unit_test(test_rotation),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
