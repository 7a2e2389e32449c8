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
#include "base/str.h"
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

/* By number or by name. */
static void test_screen(void **state) {
    (void)state;
    static const char *const good[] = {"0", "15", "HDMI-1", "DP-1-2", "eDP-1", "Virtual1", "A_b.c"};
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct config config;
        struct said said;
        char text[64];
        snprintf(text, sizeof text, "[display]\nscreen = %s\n", good[i]);
        assert_true(load(&config, text, &said));
        assert_string_equal(config.display.screen, good[i]);
        config_finish(&config);
    }
}

/* To libinih an indented line goes on with the value before it. */
static void test_indented(void **state) {
    (void)state;
    struct config config;
    struct said said;
    assert_true(load(&config,
                     "\xEF\xBB\xBF  [site]\n  school = 望川大学\n\tcontact = 值班室\n"
                     "   # 注释\n  [loop]\n \f cases = 3\n",
                     &said));
    assert_string_equal(said.text, "");
    assert_string_equal(config.site.school, "望川大学");
    assert_string_equal(config.site.contact, "值班室");
    assert_int_equal(config.loop.cases, 3);
    config_finish(&config);
    assert_false(load(&config, "[site]\nschool = 一\n  二\n", &said));
    assert_non_null(strstr(said.text, ":3: "));
    assert_string_equal(config.site.school, "一");
    config_finish(&config);
}

/* Nothing is taken of a line that cannot be read whole, nor of its end as if it were a line; but a
 * section begins, lest its keys fall into the one before. */
static void test_lines_at_fault(void **state) {
    (void)state;
    struct config config;
    struct said said;
    char text[1024];
    snprintf(text, sizeof text,
             "[site]\nschool = %0180d          contact = 1\n[loop] ; %0200d\ncases = 7\n", 0, 0);
    assert_false(load(&config, text, &said));
    assert_non_null(strstr(said.text, ":2: 这一行太长"));
    assert_non_null(strstr(said.text, ":3: 这一行太长"));
    assert_string_equal(config.site.school, "");
    assert_string_equal(config.site.contact, "");
    assert_int_equal(config.loop.cases, 7);
    config_finish(&config);
    snprintf(text, sizeof text, "[site]\nschool = %0189d\n", 0);
    assert_true(load(&config, text, &said)); /* 198 bytes */
    assert_int_equal(strlen(config.site.school), 189);
    config_finish(&config);
}

static void test_no_text(void **state) {
    (void)state;
    static const char utf16[] = "[\0l\0o\0o\0p\0]\0\n\0c\0a\0s\0e\0s\0=\0"
                                "3\0\n";
    struct config config;
    struct said said;
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    assert_int_equal(fwrite(utf16, sizeof utf16 - 1, 1, file), 1);
    fclose(file);
    said_begin(&said);
    config_init(&config);
    assert_false(config_load(&config, path, true));
    said_end(&said);
    assert_non_null(strstr(said.text, ":1: 不是文本"));
    assert_int_equal(config.loop.cases, 60);
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
        {"[display]\nscreen = 16\n",
         ":2: [display].screen: \"16\": not a number or a name like 0 … 15, HDMI-1（应为"},
        {"[display]\nscreen = -1\n", ":2: [display].screen: \"-1\""},
        {"[display]\nscreen =\n", ":2: [display].screen: \"\""},
        {"[display]\nscreen = 2nd\n", ":2: [display].screen: \"2nd\""},
        {"[display]\nscreen = HDMI 1\n", ":2: [display].screen: \"HDMI 1\""},
        {"[display]\nscreen = 左边\n", ":2: [display].screen: \"左边\""},
        {"[loop]\nslides = cover, vidoe\n", ":2: [loop].slides: \"cover, vidoe\": not a list of"},
        {"[loop]\nslides =\n", ":2: [loop].slides: \"\": not a list of"},
        {"[loop]\nslides = ,\n", ":2: [loop].slides: \",\": not a list of"},
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
        assert_string_equal(config.display.screen, "0");
        assert_int_equal(config.loop.slides,
                         SLIDES_COVER | SLIDES_STORY | SLIDES_GALLERY | SLIDES_UNIT);
        config_finish(&config);
    }
}

#define KEY "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3"

static void test_sources(void **state) {
    (void)state;
    struct config config;
    struct said said;
    assert_true(load(&config,
                     "[source head-office]\nurl = https://fengcai.example.cn/feed.json\n"
                     "key = " KEY "\nevery = 60\n"
                     "[storage]\nquota = 50\n"
                     "[source city_2]\nurl=http://[::1]:8080/a/feed.json\nkey=city.pub\n"
                     "[source plain]\nunit = safety\nurl = https://例子.example\n"
                     "[network]\nca_file = ca.pem\n",
                     &said));
    assert_string_equal(said.text, "");
    assert_int_equal(config.source_count, 3);
    const struct source_config *source = config.sources;
    assert_string_equal(source[0].name, "head-office");
    assert_string_equal(source[0].url, "https://fengcai.example.cn/feed.json");
    assert_string_equal(source[0].key, KEY);
    assert_int_equal(source[0].every_minutes, 60);
    assert_int_equal(source[0].unit, 0);
    assert_string_equal(source[1].name, "city_2");
    assert_string_equal(source[1].key, "/tmp/city.pub");
    assert_int_equal(source[1].every_minutes, 15);
    assert_string_equal(source[2].key, "");
    assert_int_equal(source[2].unit, 3);
    assert_int_equal(config.storage.quota, 50);
    assert_string_equal(config.network.ca_file, "/tmp/ca.pem");
    config_finish(&config);
    assert_int_equal(config.source_count, 0);
}

/* A section with a mistake is left out whole, and no other. */
static void test_source_mistakes(void **state) {
    (void)state;
    static const struct {
        const char *text, *said;
    } table[] = {
        {"[source a]\nkey = " KEY "\n", ":3: [source a].url: missing"},
        {"[source a]\n", ":3: [source a].url: missing"},
        {"[source a]\nurl = ftp://example.com/\nkey = " KEY "\n",
         ":4: [source a].url: \"ftp://example.com/\": not an address like http://…, https://…"},
        {"[source a]\nurl = https://me:secret@example.com/\n", ":4: [source a].url: "},
        {"[source a]\nurl = https:///feed.json\n", ":4: [source a].url: "},
        {"[source a]\nurl = https://example.com/a b\n", ":4: [source a].url: "},
        {"[source a]\nurl = http://example.com/\n",
         ":3: [source a].key: missing: unsigned only over https"},
        {"[source a]\nurl = https://x.cn/\nkye = " KEY "\n", ":5: [source a].kye: "},
        {"[source a]\nurl = https://x.cn/\nkey " KEY "\n", ":5: "},
        {"[source a]\nurl = https://x.cn/\nevery = 0\n",
         ":5: [source a].every: \"0\": not a number within 1 … 1440"},
        {"[source a]\nurl = https://x.cn/\nunit = partyy\n",
         ":5: [source a].unit: \"partyy\": not one of \"\", party, education, safety, service"},
        {"[source 总部]\nurl = https://x.cn/\n", ":3: [source 总部]: the name must be 1 to 32"},
        {"[source]\nurl = https://x.cn/\n", ":3: [source]: the name must be"},
        {"[source a b]\nurl = https://x.cn/\n", ":3: [source a b]: the name must be"},
        {"[source 123456789012345678901234567890123]\nurl = https://x.cn/\n", ": the name must be"},
        {"[source 12345678901234567890123456789012345678901234567890]\nurl = https://x.cn/\n",
         ": the name must be"},
        {"[source good]\nurl = https://x.cn/\n", ":3: [source good]: the name is taken"},
        {"[source a\nurl = https://x.cn/\n", ":3: "}, /* its url is good's now */
        {"[sources a]\nurl = https://x.cn/\n",
         ":4: [sources a].url: \"https://x.cn/\": no such key"},
        {"[storage]\nquota = 96\n", ":4: [storage].quota: \"96\": not a number within 5 … 95"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct config config;
        struct said said;
        char text[1024];
        snprintf(text, sizeof text, "[source good]\nurl = https://good.cn/\n%s", table[i].text);
        assert_false(load(&config, text, &said));
        if (!strstr(said.text, table[i].said))
            fail_msg("“%s” said: %s", text, said.text);
        if (strchr(said.text, '\n') != strrchr(said.text, '\n'))
            fail_msg("“%s” said more than once: %s", text, said.text);
        if (text_starts(table[i].text, "[source a\n")) {
            assert_int_equal(config.source_count, 0);
        } else {
            assert_int_equal(config.source_count, 1);
            assert_string_equal(config.sources[0].url, "https://good.cn/");
        }
        config_finish(&config);
    }
}

static void test_source_limit(void **state) {
    (void)state;
    struct config config;
    struct said said;
    struct str text = {0};
    for (int i = 1; i <= MAX_SOURCES + 1; i++)
        str_addf(&text, "[source s%d]\nurl = https://x.cn/%d\n", i, i);
    assert_false(load(&config, str_text(&text), &said));
    assert_non_null(strstr(said.text, ":65: [source s33]: at most 32 of them"));
    assert_int_equal(config.source_count, MAX_SOURCES);
    assert_string_equal(config.sources[31].url, "https://x.cn/32");
    config_finish(&config);
    str_finish(&text);
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
    assert_int_equal(config.source_count, 1); /* the example's */
    assert_string_equal(config.sources[0].name, "NAME");
    config_print(&config, again);
    config_finish(&config);
    config_init(&config);
    config_print(&config, plain);
    config_finish(&config);
    rewind(plain);
    rewind(again);
    first[fread(first, 1, sizeof first - 1, plain)] = '\0';
    second[fread(second, 1, sizeof second - 1, again)] = '\0';
    const char *source = strstr(second, "\n[source NAME]\n");
    assert_non_null(source);
    assert_string_equal(source, "\n[source NAME]\nurl = https://example.com/feed.json\nkey = \n"
                                "every = 15\nunit = \napprove = now\n");
    assert_int_equal(source - second, strlen(first));
    assert_memory_equal(first, second, strlen(first));
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
        cmocka_unit_test(test_good),           cmocka_unit_test(test_screen),
        cmocka_unit_test(test_mistakes),       cmocka_unit_test(test_indented),
        cmocka_unit_test(test_lines_at_fault), cmocka_unit_test(test_no_text),
        cmocka_unit_test(test_sources),        cmocka_unit_test(test_source_mistakes),
        cmocka_unit_test(test_source_limit),   cmocka_unit_test(test_theme),
        cmocka_unit_test(test_missing),        cmocka_unit_test(test_defaults_are_defaults),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    unlink(path);
    return failed;
}
