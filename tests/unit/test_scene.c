#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "display/scene.h"

static char *printed(const struct scene *scene) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    scene_print(scene, stream);
    fclose(stream);
    return text;
}

static void assert_prints(const struct scene *scene, const char *expected) {
    char *text = printed(scene);
    assert_string_equal(text, expected);
    free(text);
}

/* Two lines of two characters, as layout would give them. */
static struct layout *two_lines(void) {
    struct layout *layout = xcalloc(1, sizeof(*layout));
    layout->text = xstrdup("平安社区");
    layout->style = (struct text_style){.size = 36, .leading = 58};
    layout->lines = xcalloc(2, sizeof(*layout->lines));
    layout->lines[0] = (struct layout_line){.start = 0, .end = 6, .width = 72};
    layout->lines[1] = (struct layout_line){.start = 6, .end = 12, .width = 72};
    layout->line_count = 2;
    layout->width = 80;
    layout->height = 116;
    return layout;
}

static void an_empty_scene_has_a_size(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene, 1920, 1080);
    assert_prints(&scene, "scene 1920x1080\n");
    scene.clear = true;
    assert_prints(&scene, "scene 1920x1080 clear\n");
    scene_finish(&scene);
    assert_int_equal(scene.count, 0);
    scene_finish(&scene);
}

static void every_kind_prints_on_a_line(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene, 1080, 1920);
    scene_add_fill(&scene, LAYER_GROUND, (struct rect){0, 0, 1080, 1920}, 0, 0xFF101418);
    scene_add_fill(&scene, LAYER_PICTURE, (struct rect){10, -20, 30, 40}, 12, 0x80C03030);
    scene_add_gradient(&scene, LAYER_PICTURE, (struct rect){0, 960, 1080, 960}, 0x00101418,
                       0xE0101418, false);
    scene_add_gradient(&scene, LAYER_PICTURE, (struct rect){0, 0, 9, 9}, 1, 2, true);
    scene_add_picture(&scene, LAYER_PICTURE, (struct rect){1, 2, 3, 4}, 8, "/media/ab/ab12.jpg",
                      (struct rect){5, 6, 7, 8}, false);
    scene_add_picture(&scene, LAYER_GROUND, (struct rect){1, 2, 3, 4}, 0, "ab12.jpg",
                      (struct rect){5, 6, 7, 8}, true);
    scene_add_text(&scene, (struct point){60, 70}, two_lines(), 0xFFFFFFFF);
    assert_prints(&scene, "scene 1080x1920\n"
                          "fill ground 0,0 1080x1920 #ff101418\n"
                          "fill picture 10,-20 30x40 radius 12 #80c03030\n"
                          "gradient picture 0,960 1080x960 #00101418 > #e0101418 downwards\n"
                          "gradient picture 0,0 9x9 #00000001 > #00000002 rightwards\n"
                          "picture picture 1,2 3x4 radius 8 ab12.jpg from 5,6 7x8\n"
                          "picture ground 1,2 3x4 ab12.jpg from 5,6 7x8 blurred\n"
                          "text text 60,70 80x116 #ffffffff size 36 平安 / 社区\n");
    scene_finish(&scene);
}

static void text_that_was_cut_says_so(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene, 100, 100);
    struct layout *layout = two_lines();
    layout->cut = true;
    scene_add_text(&scene, (struct point){0, 0}, layout, 0xFFFFFFFF);
    char *text = printed(&scene);
    assert_non_null(strstr(text, "平安 / 社区 (cut)\n"));
    free(text);
    scene_finish(&scene);
}

static void many_items_keep_their_order(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene, 100, 100);
    for (int i = 0; i < 1000; i++)
        scene_add_fill(&scene, LAYER_TEXT, (struct rect){i, 0, 1, 1}, 0, (colour)i);
    assert_int_equal(scene.count, 1000);
    for (int i = 0; i < 1000; i++)
        assert_int_equal(scene.items[i].place.x, i);
    scene_finish(&scene);
}

static void the_path_is_copied(void **state) {
    (void)state;
    struct scene scene;
    scene_init(&scene, 100, 100);
    char path[] = "a.jpg";
    scene_add_picture(&scene, LAYER_GROUND, (struct rect){0, 0, 1, 1}, 0, path,
                      (struct rect){0, 0, 1, 1}, false);
    path[0] = 'b';
    assert_string_equal(scene.items[0].picture.path, "a.jpg");
    scene_finish(&scene);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_scene_has_a_size), cmocka_unit_test(every_kind_prints_on_a_line),
        cmocka_unit_test(text_that_was_cut_says_so), cmocka_unit_test(many_items_keep_their_order),
        cmocka_unit_test(the_path_is_copied),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
