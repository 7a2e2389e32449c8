/* Slides in a theme of a school's own: is what it says followed, and has all its room? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/config.h"
#include "base/memory.h"
#include "display/font.h"
#include "display/slide_parts.h"

struct scenery {
    struct fontset *fonts;
    struct config config;
    struct theme theme;
    struct slide_stage stage;
    struct case_record record;
};

static int set_up(void **state) {
    struct scenery *scenery = xcalloc(1, sizeof *scenery);
    scenery->fonts =
        fontset_open(&(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    config_init(&scenery->config);
    theme_init(&scenery->theme);
    scenery->stage = (struct slide_stage){.size = {1080, 1920},
                                          .theme = &scenery->theme,
                                          .metrics = fontset_metrics(scenery->fonts),
                                          .config = &scenery->config,
                                          .media = "media",
                                          .icons = "icons",
                                          .frame = true};
    scenery->record = (struct case_record){.id = xstrdup("a"),
                                           .school = xstrdup("望川大学"),
                                           .title = xstrdup("读书角"),
                                           .summary = xstrdup(""),
                                           .body = xstrdup(""),
                                           .url = xstrdup("https://a.cn/1")};
    *state = scenery;
    return scenery->fonts ? 0 : 1;
}

static int tear_down(void **state) {
    struct scenery *scenery = *state;
    case_finish(&scenery->record);
    theme_finish(&scenery->theme);
    config_finish(&scenery->config);
    fontset_close(scenery->fonts);
    free(scenery);
    return 0;
}

static const struct item *find_text(const struct scene *scene, const char *text) {
    for (size_t i = 0; i < scene->count; i++)
        if (scene->items[i].kind == ITEM_TEXT &&
            strcmp(scene->items[i].text.layout->text, text) == 0)
            return &scene->items[i];
    fail_msg("not on the slide: %s", text);
    abort();
}

static void a_title_is_as_large_as_the_theme_says(void **state) {
    struct scenery *scenery = *state;
    const struct slide slide = {.kind = SLIDE_COVER};
    static const int sizes[] = {52, 84, 100, 120};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct scene scene;
        scenery->theme.title = sizes[i];
        slide_build(&scene, &scenery->stage, &scenery->record, &slide);
        const struct item *title = find_text(&scene, scenery->record.title);
        assert_int_equal(title->text.layout->style.size, sizes[i]);
        scene_finish(&scene);
    }
}

/* With the widest margins and the largest labels that a theme may have. */
static void a_badge_is_clear_of_the_corner(void **state) {
    struct scenery *scenery = *state;
    scenery->theme.margin = 160;
    scenery->theme.label = 40;
    struct scene scene;
    scene_init(&scene, 1080, 1920);
    struct rect safe = slide_safe(&scenery->stage), corner = slide_corner(&scenery->stage);
    int width = slide_add_badge(&scene, &scenery->stage, &(struct case_record){.unit = UNIT_PARTY},
                                (struct point){safe.x, safe.y});
    assert_true(safe.x + width < corner.x);
    scene_finish(&scene);
}

static void the_words_of_a_code_are_whole(void **state) {
    struct scenery *scenery = *state;
    const struct slide slide = {.kind = SLIDE_COVER};
    static const int labels[] = {28, 40};
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++) {
        struct scene scene;
        scenery->theme.label = labels[i];
        slide_build(&scene, &scenery->stage, &scenery->record, &slide);
        const struct item *label = find_text(&scene, "扫码看全文");
        assert_false(label->text.layout->cut);
        assert_true(label->text.layout->widest < label->place.width);
        scene_finish(&scene);
    }
}

/* Neither its height nor its width may stick out, and then there is none. */
static void a_code_stays_where_it_may_be(void **state) {
    struct scenery *scenery = *state;
    struct rect hint = slide_hint(&scenery->stage);
    for (int height = 100; height < 600; height += 20) {
        struct rect within = {600, hint.y + hint.height - height, 400, height};
        struct slide_code code = slide_code_of(&scenery->record);
        struct scene scene;
        scene_init(&scene, 1080, 1920);
        struct rect place = slide_add_code(&scene, &scenery->stage, &code, within);
        struct rect both = rect_meet(place, within);
        assert_int_equal(rect_empty(place), scene.count == 0);
        assert_true(rect_empty(place) || (both.height == place.height && place.y >= within.y));
        assert_true(height < 500 || scene.count > 0);
        scene_finish(&scene);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_title_is_as_large_as_the_theme_says, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_badge_is_clear_of_the_corner, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_words_of_a_code_are_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_code_stays_where_it_may_be, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
