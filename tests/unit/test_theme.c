/* The theme: the shipped files, what is said of each mistake, and that text can always be read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "display/contrast.h"
#include "display/theme.h"
#include "said_fixture.h"

static char folder[] = "/tmp/fengcai-theme-XXXXXX";

static char *write_file(const char *name, const char *text) {
    char *path = path_join(folder, name, NULL);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    return path;
}

/* Loads text as the theme file. */
static bool load(struct theme *theme, const char *text, struct said *said) {
    char *path = write_file("theme.ini", text);
    said_begin(said);
    bool good = theme_load(theme, path, SOURCE_DIR, false);
    said_end(said);
    free(path);
    return good;
}

static void test_contrast(void **state) {
    (void)state;
    assert_float_equal(contrast_ratio(0xFF000000, 0xFFFFFFFF), 21, 0.001);
    assert_float_equal(contrast_ratio(0xFF123456, 0x00123456), 1, 0.001);
    assert_float_equal(contrast_ratio(0xFF767676, 0xFFFFFFFF), 4.54, 0.01);
    assert_float_equal(contrast_ratio(0xFFFFFFFF, 0xFFFF0000), 4.00, 0.01);
}

/* Text on each ground that theme.h names for it. */
static void assert_contrast(const struct theme *theme, double least) {
    assert_true(contrast_ratio(theme->text, theme->ground) >= least);
    assert_true(contrast_ratio(theme->text, theme->panel) >= least);
    assert_true(contrast_ratio(theme->dim, theme->ground) >= least);
    assert_true(contrast_ratio(theme->dim, theme->panel) >= least);
    assert_true(contrast_ratio(theme->over_picture, theme->scrim) >= least);
    assert_true(contrast_ratio(theme->over_picture_dim, theme->scrim) >= least);
    for (int i = 0; i < UNIT_COUNT + LEVEL_URGENT; i++) {
        const struct unit_theme *unit =
            i < UNIT_COUNT ? &theme->units[i] : &theme->notices[i - UNIT_COUNT + LEVEL_NOTICE];
        assert_true(contrast_ratio(unit->light, theme->ground) >= least);
        assert_true(contrast_ratio(unit->light, theme->panel) >= least);
        assert_true(contrast_ratio(theme->on_unit, unit->fill) >= least);
        assert_true(contrast_ratio(theme->on_unit, unit->deep) >= least);
    }
}

static void assert_readable(const struct theme *theme) {
    assert_contrast(theme, 4.5);
}

/* WCAG 2.1, 1.4.6, whatever the school's own theme says. */
static void test_high_contrast(void **state) {
    (void)state;
    struct theme theme;
    struct said said;
    load(&theme, "[theme]\nbase = light\n[party]\nfill = #8c1f5a\n", &said);
    theme_set_contrast(&theme);
    assert_contrast(&theme, 7);
    theme_finish(&theme);
}

/* The file in the tree is what the theme prints. */
static void assert_printed(const struct theme *theme, const char *name) {
    char *path = path_join(SOURCE_DIR "/config", name, NULL), *file = NULL, *printed = NULL;
    size_t file_size = 0, size = 0;
    assert_true(fs_read(path, 1 << 20, &file, &file_size));
    FILE *to = open_memstream(&printed, &size);
    theme_print(theme, to);
    fclose(to);
    assert_string_equal(printed, file);
    free(printed);
    free(file);
    free(path);
}

static void test_shipped(void **state) {
    (void)state;
    struct theme dark, same, light;
    struct said said;
    said_begin(&said);
    bool good = theme_load(&dark, "dark", SOURCE_DIR, false) &&
                theme_load(&same, SOURCE_DIR "/config/theme.ini", SOURCE_DIR, false) &&
                theme_load(&light, "light", SOURCE_DIR, false);
    said_end(&said);
    assert_true(good);
    assert_string_equal(said.text, "");
    assert_readable(&dark);
    assert_readable(&light);
    assert_printed(&dark, "theme.ini");
    assert_printed(&same, "theme.ini");
    assert_printed(&light, "theme-light.ini");
    assert_int_equal(dark.margin, 48);
    assert_int_equal(dark.ground, 0xFF11151A);
    assert_int_equal(dark.scrim, 0x000A0C0F);
    assert_true(contrast_ratio(dark.ground, light.ground) > 10);
    theme_finish(&dark);
    theme_finish(&same);
    theme_finish(&light);
}

static void test_own_file(void **state) {
    (void)state;
    struct theme theme;
    struct said said;
    struct config config;
    free(write_file("emblem.svg", ""));
    free(write_file("bold.otf", ""));
    assert_true(load(&theme,
                     "[theme]\nbase = light\n[school]\nname = 望川大学\nemblem = emblem.svg\n"
                     "[colour]\nscrim = #010203\n[party]\nfill = #8C1F5A\n[font]\nbold = bold.otf\n"
                     "[type]\nhang = off\n[motion]\nstep_seconds = 0\neasing = out\n",
                     &said));
    assert_string_equal(said.text, "");
    char *emblem = path_join(folder, "emblem.svg", NULL),
         *bold = path_join(folder, "bold.otf", NULL);
    assert_string_equal(theme.emblem, emblem);
    assert_string_equal(theme.font_bold, bold);
    assert_string_equal(theme.font_regular, "");
    assert_int_equal(theme.units[UNIT_PARTY].fill, 0xFF8C1F5A);
    assert_int_equal(theme.ground, 0xFFF7F3EB);
    assert_int_equal(theme.scrim, 0x010203);
    assert_int_equal(theme.hang, 0);
    assert_int_equal(theme.step_seconds, 0);
    assert_int_equal(theme.easing, EASING_OUT);
    config_init(&config);
    free(config.site.school);
    config.site.school = xstrdup("明山艺术学院");
    assert_string_equal(theme_school(&theme, &config), "望川大学");
    free(config.display.theme);
    config.display.theme = path_join(folder, "theme.ini", NULL);
    theme_fill_fonts(&config, SOURCE_DIR);
    assert_string_equal(config.text.bold, bold);
    theme_finish(&theme);
    theme_init(&theme);
    assert_string_equal(theme_school(&theme, &config), "明山艺术学院");
    theme_finish(&theme);
    config_finish(&config);
    free(emblem);
    free(bold);
}

/* One of before there were notices, light on the base of the dark one, stays as it is. */
static void test_own_file_without_notices(void **state) {
    (void)state;
    struct theme theme;
    struct said said;
    assert_true(load(&theme,
                     "[colour]\nground = #f7f3eb\npanel = #ebe4d7\ntext = #1d2127\ndim = #4c535c\n"
                     "[party]\naccent = #a3201a\n[education]\naccent = #704600\n"
                     "[safety]\naccent = #145c35\n[service]\naccent = #134680\n",
                     &said));
    assert_string_equal(said.text, "");
    assert_int_equal(theme.ground, 0xFFF7F3EB);
    assert_int_equal(theme.notices[LEVEL_NOTICE].light, 0xFF134680);
    assert_int_equal(theme.notices[LEVEL_URGENT].light, 0xFFA3201A);
    assert_int_equal(theme.notices[LEVEL_URGENT].fill, 0xFF7A2B00);
    assert_readable(&theme);
    theme_finish(&theme);
    assert_false(
        load(&theme, "[notice]\naccent = #202020\n", &said)); /* but what it says is judged */
    assert_true(strstr(said.text, "[notice].accent"));
    theme_finish(&theme);
}

static void test_mistakes(void **state) {
    (void)state;
    static const struct {
        const char *text, *said;
    } table[] = {
        {"[colour]\n\nground = #12\n",
         "theme.ini:3: [colour].ground: \"#12\": not a colour of the form #rrggbb（应为"},
        {"[colour]\nground = 11151a\n", "theme.ini:2: [colour].ground: \"11151a\""},
        {"[colour]\nground = #11151g\n", "theme.ini:2: [colour].ground"},
        {"[colour]\nground = #11151aff\n", "theme.ini:2: [colour].ground"},
        {"[color]\nground = #000000\n",
         "theme.ini:2: [color].ground: \"#000000\": no such key; `fengcai config --theme`"},
        {"[type]\nlabel = 20\n", "theme.ini:2: [type].label: \"20\": not a number within 26 … 40"},
        {"[type]\nhang = yes\n", "theme.ini:2: [type].hang: \"yes\": not one of off, on"},
        {"[motion]\nstep_seconds = 1\n",
         "theme.ini:2: [motion].step_seconds: \"1\": not a number within 0, 2 … 60"},
        {"[school]\nemblem = theme.ini\n",
         "theme.ini:2: [school].emblem: \"theme.ini\": not an .svg or .png file"},
        {"[school]\nemblem = gone.png\n", "theme.ini:2: [school].emblem: \"gone.png\": /tmp/"},
        {"[font]\nbold = gone.otf\n", "theme.ini:2: [font].bold: \"gone.otf\": /tmp/"},
        {"nonsense\n", "theme.ini:1:"},
        /* contrast: at the key that the file sets, with the other one and the ratio */
        {"\n[colour]\ntext = #333333\n", "theme.ini:3: [colour].text: \"#333333\": its contrast "
                                         "with [colour].ground \"#11151a\" is "
                                         "1.45:1, less than 4.5:1"},
        {"[colour]\npanel = #cccccc\n",
         "theme.ini:2: [colour].panel: \"#cccccc\": its contrast with [colour].dim \"#b4bac2\" is"},
        {"[safety]\nfill = #00c060\n",
         "theme.ini:2: [safety].fill: \"#00c060\": its contrast with [colour].on_unit \"#ffffff\""},
        {"[colour]\nover_picture = #444444\n",
         "theme.ini:2: [colour].over_picture: \"#444444\": its contrast with [colour].scrim"},
    };
    char *built_in = NULL, *got = NULL;
    size_t size = 0;
    FILE *to = open_memstream(&built_in, &size);
    struct theme theme;
    theme_init(&theme);
    theme_print(&theme, to);
    theme_finish(&theme);
    fclose(to);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct said said;
        assert_false(load(&theme, table[i].text, &said));
        if (!strstr(said.text, table[i].said))
            fail_msg("“%s” said: %s", table[i].text, said.text);
        to = open_memstream(&got, &size);
        theme_print(&theme, to);
        fclose(to);
        assert_string_equal(got, built_in); /* the built-in value stays */
        free(got);
        theme_finish(&theme);
    }
    free(built_in);
}

/* Over the light theme its values stand in, not the dark ones. */
static void test_mistake_over_light(void **state) {
    (void)state;
    struct theme theme, light;
    struct said said;
    assert_false(
        load(&theme, "[theme]\nbase = light\n[colour]\ntext = #1\ndim = #cccccc\n", &said));
    assert_non_null(strstr(said.text, "theme.ini:4: [colour].text"));
    assert_non_null(strstr(said.text, "theme.ini:5: [colour].dim"));
    assert_true(theme_load(&light, "light", SOURCE_DIR, false));
    assert_int_equal(theme.text, light.text);
    assert_int_equal(theme.dim, light.dim);
    assert_int_equal(theme.ground, light.ground);
    theme_finish(&theme);
    theme_finish(&light);
}

static void test_missing(void **state) {
    (void)state;
    struct theme theme;
    struct said said;
    said_begin(&said);
    assert_false(theme_load(&theme, "light", "/nowhere", false));
    said_end(&said);
    assert_non_null(strstr(said.text, "/nowhere/config/theme-light.ini: "));
    assert_int_equal(theme.ground, 0xFF11151A);
    theme_finish(&theme);
    said_begin(&said);
    assert_false(theme_load(&theme, "/nowhere/theme.ini", SOURCE_DIR, true));
    theme_finish(&theme);
    assert_true(theme_load(&theme, "", SOURCE_DIR, false));
    said_end(&said);
    assert_string_equal(said.text, "");
    theme_finish(&theme);
}

/* Whatever colours a file has, what is used can be read. */
static void test_any_colours(void **state) {
    (void)state;
    static const char *const names[] = {"[colour]\nground",
                                        "panel",
                                        "text",
                                        "dim",
                                        "on_unit",
                                        "over_picture",
                                        "over_picture_dim",
                                        "scrim",
                                        "[party]\nfill",
                                        "deep",
                                        "accent",
                                        "[service]\nfill",
                                        "deep",
                                        "accent"};
    uint32_t seed = 1;
    for (int round = 0; round < 300; round++) {
        char text[1024] = "";
        size_t size = (size_t)snprintf(text, sizeof text, "[theme]\nbase = %s\n",
                                       round % 2 ? "light" : "dark");
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            seed = seed * 1664525 + 1013904223;
            size += (size_t)snprintf(text + size, sizeof text - size, "%s = #%06x\n", names[i],
                                     (unsigned)(seed >> 8));
        }
        struct theme theme;
        struct said said;
        load(&theme, text, &said);
        assert_readable(&theme);
        theme_finish(&theme);
    }
}

int main(void) {
    if (!mkdtemp(folder))
        return 2;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contrast),      cmocka_unit_test(test_shipped),
        cmocka_unit_test(test_own_file),      cmocka_unit_test(test_own_file_without_notices),
        cmocka_unit_test(test_mistakes),      cmocka_unit_test(test_mistake_over_light),
        cmocka_unit_test(test_missing),       cmocka_unit_test(test_any_colours),
        cmocka_unit_test(test_high_contrast),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    fs_remove_tree(folder);
    return failed;
}
