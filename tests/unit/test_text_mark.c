/* Where a part of a text stands, in a font of squares: Han an em wide, all else half of that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/str.h"
#include "display/text_mark.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))
#define MOST         8

static int square_face(void *user, enum text_weight weight, const char *text, size_t size) {
    (void)user;
    (void)weight;
    (void)text;
    (void)size;
    return 0;
}

static int square_width(void *user, int face, enum text_weight weight, int pixels, bool rtl,
                        const char *text, size_t size) {
    (void)user;
    (void)face;
    (void)weight;
    (void)rtl;
    int width = 0;
    for (const char *at = text; at < text + size;)
        width += utf8_next(&at) >= 0x2E80 ? pixels : pixels / 2;
    return width;
}

static void square_extent(void *user, enum text_weight weight, int pixels, int *ascent,
                          int *descent) {
    (void)user;
    (void)weight;
    *ascent = pixels * 8 / 10;
    *descent = pixels - *ascent;
}

static const struct text_metrics squares = {
    .face = square_face, .width = square_width, .extent = square_extent};

/* "x+width@line" of each box, lines from 0. */
static void print_boxes(const struct rect *boxes, size_t count, char *text, size_t room) {
    *text = '\0';
    for (size_t i = 0; i < count; i++) {
        size_t used = strlen(text);
        snprintf(text + used, room - used, "%s%d+%d@%d", i ? " " : "", boxes[i].x, boxes[i].width,
                 boxes[i].y / 30);
    }
}

static const struct {
    const char *text, *part;
    int width, lines;
    const char *boxes;
} marks[] = {
    {"党建引领", "党建", 400, 0, "0+40@0"},
    {"党建引领", "建引", 400, 0, "20+40@0"},
    {"党建引领", "党建引领", 400, 0, "0+80@0"},
    {"abcdef", "cd", 400, 0, "20+20@0"},  /* within a run */
    {"abcdef", "def", 400, 0, "30+30@0"}, /* to its end */
    {"楼abc栋", "楼", 400, 0, "0+20@0"},  /* not the space between Han and Latin */
    {"楼abc栋", "楼abc栋", 400, 0, "0+80@0"},
    {"一二三四五六", "三四五", 80, 0, "40+40@0 0+20@1"}, /* over two lines */
    {"一二三四五六", "", 400, 0, ""},
    {"一二三四五六七八九", "二三", 100, 1, "20+40@0"}, /* cut behind it */
    {"一二三四五六七八九", "七八", 100, 1, ""},        /* cut off */
    {"一二三四五六七八九", "四五", 100, 1, "60+20@0"}, /* not the dots */
    {"\xD7\xA9\xD7\x9C\xD7\x95\xD7\x9D", "\xD7\xA9\xD7\x9C", 400, 0,
     "380+20@0"}, /* from the right */
};

static void a_mark_stands_where_its_text_does(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(marks); i++) {
        const struct text_style style = {.size = 20, .leading = 30, .max_lines = marks[i].lines};
        struct layout *layout = layout_build(&squares, marks[i].text, &style, marks[i].width);
        size_t start = (size_t)(strstr(marks[i].text, marks[i].part) - marks[i].text);
        struct rect boxes[MOST];
        char text[200];
        size_t count =
            text_mark_build(&squares, layout, start, start + strlen(marks[i].part), boxes, MOST);
        print_boxes(boxes, count, text, sizeof text);
        assert_string_equal(text, marks[i].boxes);
        for (size_t k = 0; k < count; k++)
            assert_int_equal(boxes[k].height, 20);
        layout_destroy(layout);
    }
}

static void no_more_than_there_is_room_for(void **state) {
    (void)state;
    const struct text_style style = {.size = 20, .leading = 30};
    struct layout *layout = layout_build(&squares, "一二三四五六", &style, 40);
    struct rect boxes[2] = {{0}};
    assert_int_equal(text_mark_build(&squares, layout, 0, 18, boxes, 2), 2);
    assert_int_equal(text_mark_build(&squares, layout, 0, 18, boxes, 0), 0);
    assert_int_equal(text_mark_build(&squares, layout, 18, 99, boxes, 2), 0);
    assert_int_equal(text_mark_build(&squares, layout, 6, 3, boxes, 2), 0);
    layout_destroy(layout);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_stands_where_its_text_does),
        cmocka_unit_test(no_more_than_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
