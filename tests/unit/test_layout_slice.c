/* Parts of a layout: do the lines stand as they did, and is none lost? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "display/font.h"

#define TEXT                                                                                                                           \
    "每天晚上九点，值班的同学会在一楼大厅摆好桌椅，等着大家把当天的问题带过来。\n最初只有 6 " \
    "个人，"                                                                                                                        \
    "后来整栋楼的寝室长都加入了进来，排班表也从一页变成了四页。\n散了。"

static int set_up(void **state) {
    *state =
        fontset_open(&(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    return *state ? 0 : 1;
}

static int tear_down(void **state) {
    fontset_close(*state);
    return 0;
}

static struct layout *set(void **state) {
    struct text_style style = {.size = 30, .leading = 48, .justify = true, .hang = true, .gap = 14};
    return layout_build(fontset_metrics(*state), TEXT, &style, 400);
}

/* The text of a run, of a line. */
static void assert_same_text(const struct layout *a, size_t start, const struct layout *b,
                             size_t other, size_t size) {
    assert_memory_equal(a->text + start, b->text + other, size);
}

static void lines_stand_as_they_did(void **state) {
    struct layout *whole = set(state);
    assert_true(whole->line_count > 5);
    for (size_t first = 0; first < whole->line_count; first++)
        for (size_t count = 1; first + count <= whole->line_count; count++) {
            struct layout *part = layout_slice(whole, first, count);
            int top = whole->lines[first].baseline - whole->lines[0].baseline;
            assert_int_equal(part->line_count, count);
            assert_int_equal(part->width, whole->width);
            for (size_t i = 0; i < count; i++) {
                const struct layout_line *line = part->lines + i, *was = whole->lines + first + i;
                assert_int_equal(line->baseline, was->baseline - top);
                assert_int_equal(line->x, was->x);
                assert_int_equal(line->width, was->width);
                assert_int_equal(line->hang, was->hang);
                assert_int_equal(line->end - line->start, was->end - was->start);
                assert_same_text(part, line->start, whole, was->start, was->end - was->start);
                assert_int_equal(line->run_count, was->run_count);
                for (size_t r = 0; r < line->run_count; r++) {
                    const struct layout_run *run = part->runs + line->run + r;
                    const struct layout_run *old = whole->runs + was->run + r;
                    assert_true(line->run + r < part->run_count);
                    assert_int_equal(run->x, old->x);
                    assert_int_equal(run->size, old->size);
                    assert_same_text(part, run->start, whole, old->start, old->size);
                }
            }
            layout_destroy(part);
        }
    layout_destroy(whole);
}

/* Parts on end are as high as the whole, whatever stands between paragraphs. */
static void parts_are_as_high_as_the_whole(void **state) {
    struct layout *whole = set(state);
    static const int heights[] = {1, 48, 96, 100, 150, 500, 5000};
    for (size_t i = 0; i < sizeof heights / sizeof *heights; i++) {
        int height = 0;
        for (size_t line = 0; line < whole->line_count;) {
            size_t count = layout_fitting(whole, line, heights[i]);
            struct layout *part = layout_slice(whole, line, count);
            assert_true(count == 1 || part->height <= heights[i]);
            height += part->height;
            line += count;
            layout_destroy(part);
        }
        assert_int_equal(height, whole->height);
    }
    layout_destroy(whole);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_stand_as_they_did),
        cmocka_unit_test(parts_are_as_high_as_the_whole),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
