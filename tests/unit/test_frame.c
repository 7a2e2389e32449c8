/* What lies over the slides: does it stay within its place, and can it be read over anything? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/config.h"
#include "base/memory.h"
#include "base/time.h"
#include "display/composer.h"
#include "display/contrast.h"
#include "display/font.h"
#include "display/frame.h"
#include "display/paint.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct size sizes[] = {{1920, 1080}, {1080, 1920}, {1024, 600}, {600, 1024},
                                    {1000, 1000}, {3840, 2160}, {1366, 768}, {2560, 1080}};

struct scenery {
    struct fontset *fonts;
    struct config config;
    struct theme theme;
    struct slide_stage stage;
};

static struct scenery *scenery;

static int set_up(void **state) {
    (void)state;
    setenv("TZ", "Asia/Shanghai", 1);
    scenery = xcalloc(1, sizeof *scenery);
    scenery->fonts =
        fontset_open(&(struct font_choice){.folder = SOURCE_DIR "/fonts", .bundled_only = true});
    config_init(&scenery->config);
    theme_init(&scenery->theme);
    scenery->stage = (struct slide_stage){.theme = &scenery->theme,
                                          .metrics = fontset_metrics(scenery->fonts),
                                          .icons = SOURCE_DIR "/assets/icons",
                                          .config = &scenery->config};
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    theme_finish(&scenery->theme);
    config_finish(&scenery->config);
    fontset_close(scenery->fonts);
    free(scenery);
    return 0;
}

static void set_building(const char *name) {
    free(scenery->config.site.building);
    scenery->config.site.building = xstrdup(name);
}

static int64_t at_minute(const char *text) {
    int64_t ms = 0;
    assert_true(time_parse_minute(text, &ms));
    return ms;
}

/* "text|text" of a scene, in order. */
static char *texts_of(const struct scene *scene) {
    char *all = xstrdup("");
    for (size_t i = 0; i < scene->count; i++) {
        if (scene->items[i].kind != ITEM_TEXT)
            continue;
        const struct layout *layout = scene->items[i].text.layout;
        char *longer = xasprintf("%s%s%.*s%s", all, *all ? "|" : "", (int)layout->lines[0].end,
                                 layout->text, layout->cut ? "……" : "");
        free(all);
        all = longer;
    }
    return all;
}

static void assert_corner_says(const char *building, int64_t clock_ms, struct size size,
                               const char *expected) {
    struct scene scene;
    struct point at;
    set_building(building);
    scenery->stage.size = size;
    bool any = frame_build_corner(&scene, &scenery->stage, clock_ms, &at);
    assert_int_equal(any, expected != NULL);
    if (!any)
        return;
    char *texts = texts_of(&scene);
    assert_string_equal(texts, expected);
    free(texts);
    scene_finish(&scene);
}

static void the_corner_says_where_and_when(void **state) {
    (void)state;
    struct size wide = {1920, 1080};
    int64_t saturday = at_minute("2026-08-15 14:05"), sunday = at_minute("2026-12-27 00:00");
    assert_corner_says("松园3号楼", saturday, wide, "松园3号楼|8月15日 星期六|14:05");
    assert_corner_says("", sunday, wide, "12月27日 星期日|00:00");
    assert_corner_says("松园3号楼", 0, wide, "松园3号楼"); /* a clock that cannot be right */
    assert_corner_says("", 0, wide, NULL);
}

/* A long name gives way, and date and clock never do. */
static void the_corner_stays_small(void **state) {
    (void)state;
    static const char *const buildings[] = {
        "", "松园3号楼", "西校区学生公寓松园三号楼东侧附属综合服务楼",
        "Graduate Student Residence Hall No. 12 (International)"};
    static const char *const times[] = {"2026-08-05 09:05", "2026-12-30 23:58", "0000-00-00 00:00"};
    for (size_t s = 0; s < COUNT(sizes); s++)
        for (size_t b = 0; b < COUNT(buildings); b++)
            for (size_t t = 0; t < COUNT(times); t++) {
                int64_t ms = 0;
                struct scene scene;
                struct point at;
                set_building(buildings[b]);
                scenery->stage.size = sizes[s];
                time_parse_minute(times[t], &ms);
                if (!frame_build_corner(&scene, &scenery->stage, ms, &at))
                    continue;
                assert_true(scene.clear);
                assert_true(scene.width * 100 <= sizes[s].width * 55);
                struct rect whole = {0, 0, scene.width, scene.height};
                for (size_t i = 0; i < scene.count; i++) {
                    const struct item *item = &scene.items[i];
                    struct rect ink = item->place;
                    if (item->kind != ITEM_TEXT)
                        continue;
                    int side = sizes[s].width < sizes[s].height ? sizes[s].width : sizes[s].height;
                    assert_true(item->text.layout->style.size * 1080 >= 26 * side);
                    ink.width = item->text.layout->widest;
                    struct rect seen = rect_meet(ink, whole);
                    assert_int_equal(seen.width, ink.width);
                    assert_int_equal(seen.height, ink.height);
                    assert_true(strchr(item->text.layout->text, ':') == NULL ||
                                !item->text.layout->cut);
                }
                scene_finish(&scene);
            }
}

static bool within(struct rect inner, struct rect outer) {
    struct rect both = rect_meet(inner, outer);
    return both.width == inner.width && both.height == inner.height;
}

static struct rect moved(const struct scene *scene, struct point at, struct point shift) {
    return (struct rect){at.x + shift.x, at.y + shift.y, scene->width, scene->height};
}

/* What slides leave free is enough, wherever burn-in's remedy moves it to, and lies on the screen
 * with something of the margin left. */
static void the_reserved_places_are_enough(void **state) {
    (void)state;
    const struct theme *theme = &scenery->theme;
    set_building("西校区学生公寓松园三号楼东侧附属综合服务楼");
    for (size_t s = 0; s < COUNT(sizes); s++) {
        struct size size = sizes[s];
        int side = size.width < size.height ? size.width : size.height;
        int margin = (theme->margin - 8) * side / 1080;
        struct rect safe = {margin, margin, size.width - 2 * margin, size.height - 2 * margin};
        struct rect corner = frame_corner(theme, size), hint = frame_hint(theme, size);
        assert_true(within(corner, safe));
        assert_true(within(hint, safe));
        assert_true(rect_empty(rect_meet(corner, hint)));
        scenery->stage.size = size;
        for (int minutes = 0; minutes < 100; minutes++) {
            struct point shift = frame_shift(theme, minutes, size), at;
            struct scene scene;
            assert_true(
                frame_build_corner(&scene, &scenery->stage, at_minute("2026-12-30 23:58"), &at));
            assert_true(within(moved(&scene, at, shift), corner));
            scene_finish(&scene);
            for (int lit = 0; lit < 2; lit++) {
                frame_build_hint(&scene, &scenery->stage, lit, &at);
                assert_true(within(moved(&scene, at, shift), hint));
                char *texts = texts_of(&scene);
                assert_string_equal(texts, "触摸屏幕 了解更多");
                free(texts);
                scene_finish(&scene);
            }
        }
    }
}

/* A theme with larger labels: nothing of the hint is cut, nor of date and clock. */
static void larger_labels_have_their_room(void **state) {
    (void)state;
    struct theme theme = scenery->theme;
    struct slide_stage stage = scenery->stage;
    theme.label = 36;
    stage.theme = &theme;
    set_building("松园3号楼");
    for (size_t s = 0; s < COUNT(sizes); s++) {
        struct scene scene;
        struct point at;
        stage.size = sizes[s];
        frame_build_hint(&scene, &stage, true, &at);
        char *texts = texts_of(&scene);
        assert_string_equal(texts, "触摸屏幕 了解更多");
        free(texts);
        scene_finish(&scene);
        assert_true(frame_build_corner(&scene, &stage, at_minute("2026-12-30 23:58"), &at));
        texts = texts_of(&scene);
        assert_non_null(strstr(texts, "12月30日 星期三|23:58"));
        free(texts);
        scene_finish(&scene);
    }
}

static void the_shift_is_a_closed_path(void **state) {
    (void)state;
    struct theme theme = scenery->theme;
    struct size size = {1080, 1080}; /* a pixel is a u */
    theme.shift_minutes = 5;
    int places = 0;
    struct point last = {0, 0};
    for (int minute = 0; minute < 45; minute++) {
        struct point at = frame_shift(&theme, minute, size);
        struct point again = frame_shift(&theme, minute + 45 * 1000000LL, size);
        bool changed = at.x != last.x || at.y != last.y;
        assert_true(at.x * at.x + at.y * at.y <= 8 * 8);
        assert_true(at.x == again.x && at.y == again.y);
        assert_true(!changed || minute % 5 == 0);
        places += changed;
        last = at;
    }
    assert_int_equal(places, 8);
    theme.shift_minutes = 0;
    assert_int_equal(frame_shift(&theme, 12345, size).x, 0);
}

static void the_line_shows_what_is_left(void **state) {
    (void)state;
    struct size size = {1080, 1080};
    scenery->stage.size = size;
    struct scene scene;
    frame_build_line(&scene, &scenery->stage, &(struct case_record){.unit = UNIT_SAFETY});
    assert_int_equal(scene.width, 1080);
    assert_int_equal(scene.height, 6);
    assert_int_equal(scene.items[0].fill, scenery->theme.units[UNIT_SAFETY].light);
    scene_finish(&scene);
    static const int table[][3] = {{30, 30, 0}, {15, 30, -540}, {0, 30, -1080}, {0, 0, -1080}};
    for (size_t i = 0; i < COUNT(table); i++) {
        struct point at = frame_line_at(size, table[i][0], table[i][1]);
        assert_int_equal(at.x, table[i][2]);
        assert_int_equal(at.y, 1074);
    }
}

/* The lowest contrast between the texts of a pill and what its ground became over a picture. */
static double lowest_contrast(const struct scene *scene, const struct buffer *over) {
    double lowest = 21;
    for (size_t i = 0; i < scene->count; i++)
        for (int x = scene->height / 2; x < over->width - scene->height / 2; x++) {
            if (scene->items[i].kind != ITEM_TEXT)
                continue;
            double ratio =
                contrast_ratio(scene->items[i].text.colour, over->pixels[over->stride + x]);
            lowest = ratio < lowest ? ratio : lowest;
        }
    return lowest;
}

/* Composed as it will be, and laid over every grey and some loud colours. */
static void assert_readable_over_all(struct composer *composer, struct scene *scene) {
    struct buffer *pill = composer_flatten(composer, scene);
    struct buffer *picture = buffer_create(pill->width, pill->height);
    assert_true(pill->translucent);
    assert_int_equal(pill->pixels[0], 0); /* round, and clear outside */
    static const colour loud[] = {0xFFFF0000, 0xFF00FF00, 0xFF0000FF, 0xFFFFFF00, 0xFF00FFFF};
    for (uint32_t i = 0; i < 256 + COUNT(loud); i++) {
        colour ground = i < 256 ? 0xFF000000u | i * 0x010101u : loud[i - 256];
        paint_fill(picture, (struct rect){0, 0, picture->width, picture->height}, 0, ground);
        paint_over(picture, (struct point){0, 0}, pill, 256);
        double lowest = lowest_contrast(scene, picture);
        if (lowest < 4.5)
            fail_msg("over %08x: %.2f", ground, lowest);
    }
    buffer_destroy(picture);
    buffer_destroy(pill);
}

static void it_can_be_read_over_anything(void **state) {
    (void)state;
    struct theme themes[3] = {scenery->theme, scenery->theme, scenery->theme};
    themes[1].scrim = 0x00FFFFFF; /* a light look */
    themes[1].over_picture = 0xFF101010;
    themes[1].over_picture_dim = 0xFF333333;
    themes[2].over_picture_dim = 0xFF909090; /* needs more of a ground */
    struct composer *composer = composer_create(scenery->fonts, 0);
    struct slide_stage stage = scenery->stage;
    stage.size = (struct size){1920, 1080};
    for (size_t i = 0; i < COUNT(themes); i++) {
        struct scene scene;
        struct point at;
        stage.theme = &themes[i];
        assert_true(frame_build_corner(&scene, &stage, at_minute("2026-08-15 14:05"), &at));
        assert_readable_over_all(composer, &scene);
        scene_finish(&scene);
        frame_build_hint(&scene, &stage, false, &at);
        assert_readable_over_all(composer, &scene);
        scene_finish(&scene);
    }
    composer_destroy(composer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_corner_says_where_and_when),
        cmocka_unit_test(the_corner_stays_small),
        cmocka_unit_test(the_reserved_places_are_enough),
        cmocka_unit_test(larger_labels_have_their_room),
        cmocka_unit_test(the_shift_is_a_closed_path),
        cmocka_unit_test(the_line_shows_what_is_left),
        cmocka_unit_test(it_can_be_read_over_anything),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
