/* The configuration: what is taken, and what is said of each mistake. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/config.h"
#include "base/fs.h"
#include "said_fixture.h"

static char path[] = "/tmp/fengcai-conf-XXXXXX";

/* Loads text as the file; gives what was said on stderr. */
static bool load(struct config *config, const char *text, struct said *said) {
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    said_begin(said);
    config_init(config);
    bool good = config_load(config, path, true);
    said_end(said);
    return good;
}

static void test_good(void **state) {
    (void)state;
    struct config config;
    struct said said;
    assert_true(load(&config,
                     "\xEF\xBB\xBF# 注释\n[site]\nschool = 望川大学\n\n[loop]\ncases=12\n"
                     "transition = slide\nslides = gallery\n[display]\nrotate = 270\n",
                     &said));
    assert_string_equal(said.text, "");
    assert_string_equal(config.site.school, "望川大学");
    assert_string_equal(config.site.contact, "");
    assert_int_equal(config.loop.cases, 12);
    assert_int_equal(config.loop.minimum_seconds, 8);
    assert_int_equal(config.loop.transition, TRANSITION_SLIDE);
    assert_int_equal(config.loop.slides, SLIDES_GALLERY);
    assert_int_equal(config.display.rotate, 3);
    config_finish(&config);
}

static void test_mistakes(void **state) {
    (void)state;
    static const struct {
        const char *text, *said;
    } table[] = {
        {"[loop]\n\ntransition = fadde\n",
         ":3: [loop].transition: \"fadde\": not one of cut, fade, slide"},
        {"[loop]\ncases = 0\n", ":2: [loop].cases: \"0\": not a number within 1 … 500"},
        {"[loop]\ncases = many\n", ":2: [loop].cases: \"many\""},
        {"[loop]\ncasse = 3\n", ":2: [loop].casse: \"3\": no such key"},
        {"[lop]\ncases = 3\n", ":2: [lop].cases"},
        {"[loop]\nslides = cover, vidoe\n", ":2: [loop].slides: \"cover, vidoe\": not a list of"},
        {"[loop\ncases = 3\n", ":1:"},
        {"nonsense\n", ":1:"},
        {"[loop]\nminimum_seconds = 50\n", "larger than maximum_seconds 40"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct config config;
        struct said said;
        assert_false(load(&config, table[i].text, &said));
        if (!strstr(said.text, table[i].said))
            fail_msg("“%s” said: %s", table[i].text, said.text);
        assert_int_equal(config.loop.transition, TRANSITION_FADE); /* the built-in value stays */
        assert_int_equal(config.loop.cases, 60);
        config_finish(&config);
    }
}

/* The name of a theme file is seen from the folder of the configuration. */
static void test_theme(void **state) {
    (void)state;
    static const struct {
        const char *text, *theme;
    } table[] = {
        {"", "dark"},
        {"[display]\ntheme = light\n", "light"},
        {"[display]\ntheme = school.ini\n", "/tmp/school.ini"},
        {"[display]\ntheme = /srv/school.ini\n", "/srv/school.ini"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct config config;
        struct said said;
        assert_true(load(&config, table[i].text, &said));
        assert_string_equal(config.display.theme, table[i].theme);
        config_finish(&config);
    }
}

static void test_missing(void **state) {
    (void)state;
    struct config config;
    config_init(&config);
    assert_true(config_load(&config, "/nowhere/fengcai.conf", false));
    assert_false(config_load(&config, "/nowhere/fengcai.conf", true));
    assert_false(config_load(&config, "/", false)); /* a folder */
    config_finish(&config);
}

/* What `config --defaults` prints, with its keys uncommented, is what the program does anyway. */
static void test_defaults_are_defaults(void **state) {
    (void)state;
    FILE *all = tmpfile(), *plain = tmpfile(), *again = tmpfile();
    struct config config;
    char text[16384] = "", line[1024], first[8192], second[8192];
    struct said said;
    config_print_defaults(all);
    rewind(all);
    while (fgets(line, sizeof line, all))
        if (line[0] != '#' || line[1] != ' ')
            strncat(text, line + (line[0] == '#'), sizeof text - strlen(text) - 1);
    assert_true(load(&config, text, &said));
    config_print(&config, again);
    config_finish(&config);
    config_init(&config);
    config_print(&config, plain);
    config_finish(&config);
    rewind(plain);
    rewind(again);
    first[fread(first, 1, sizeof first - 1, plain)] = '\0';
    second[fread(second, 1, sizeof second - 1, again)] = '\0';
    assert_string_equal(first, second);
    fclose(all);
    fclose(plain);
    fclose(again);
}

int main(void) {
    int fd = mkstemp(path);
    if (fd < 0)
        return 2;
    close(fd);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_good),
        cmocka_unit_test(test_mistakes),
        cmocka_unit_test(test_theme),
        cmocka_unit_test(test_missing),
        cmocka_unit_test(test_defaults_are_defaults),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
