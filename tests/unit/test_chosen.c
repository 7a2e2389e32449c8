/* Settings made at the screen, over the configuration file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "library/chosen.h"
#include "library/pins.h"
#include "library_fixture.h"
#include "said_fixture.h"

static bool set(const struct fixture *fixture, const char *section, const char *key,
                const char *value) {
    const struct chosen chosen = {section, key, value, "王老师", 1800000000000LL};
    return chosen_set(fixture->paths.station, &chosen);
}

static void add_text(void *user, const struct chosen *chosen) {
    str_addf(user, "[%s] %s = %s %s %lld\n", chosen->section, chosen->key, chosen->value,
             chosen->by, (long long)chosen->at_ms);
}

static void assert_all(const struct fixture *fixture, const char *text) {
    struct str all = {0};
    assert_true(chosen_each(fixture->paths.station, add_text, &all));
    assert_string_equal(str_text(&all), text);
    str_finish(&all);
}

static void only_some_keys_may_be_set(void **state) {
    (void)state;
    static const struct {
        const char *section, *key;
        bool may;
    } rows[] = {
        {"display", "brightness", true}, {"display", "brightness_command", false},
        {"sound", "volume", true},       {"sound", "volume_command", false},
        {"site", "school", true},        {"site", "building", true},
        {"display", "rotate", true},     {"site", "contact", false},
        {"display", "theme", false},     {"display", "school", false},
        {"network", "ca_file", false},   {"stick", "signed", false},
        {"stick", "folder", false},      {"source x", "url", false},
        {"source", "key", false},        {"", "", false},
        {"text", "fallback", false},
    };
    for (size_t i = 0; i < COUNT(rows); i++)
        if (config_may_choose(rows[i].section, rows[i].key) != rows[i].may)
            fail_msg("[%s] %s", rows[i].section, rows[i].key);
}

static void none_without_a_station(void **state) {
    const struct fixture *fixture = *state;
    struct config config;
    config_init(&config);
    assert_all(fixture, "");
    assert_true(chosen_apply(fixture->paths.station, true, &config));
    assert_true(chosen_reset(fixture->paths.station));
    assert_false(fs_exists(fixture->paths.station));
    config_finish(&config);
}

static void they_lie_over_the_file(void **state) {
    const struct fixture *fixture = *state;
    struct config config;
    config_init(&config);
    assert_true(set(fixture, "site", "building", "松园3号楼"));
    assert_true(set(fixture, "site", "building", "松园4号楼"));
    assert_true(set(fixture, "display", "rotate", "90"));
    assert_all(fixture, "[display] rotate = 90 王老师 1800000000000\n"
                        "[site] building = 松园4号楼 王老师 1800000000000\n");
    assert_true(chosen_apply(fixture->paths.station, false, &config));
    assert_string_equal(config.site.building, "松园4号楼");
    assert_string_equal(config.site.school, "");
    assert_int_equal(config.display.rotate, 1);
    assert_true(chosen_reset(fixture->paths.station));
    assert_all(fixture, "");
    config_finish(&config);
}

static void a_bad_one_is_not_saved(void **state) {
    const struct fixture *fixture = *state;
    struct said said;
    said_begin(&said);
    bool theme = set(fixture, "display", "theme", "light"),
         rotate = set(fixture, "display", "rotate", "45");
    said_end(&said);
    assert_false(theme || rotate);
    assert_non_null(strstr(said.text, "[display].theme: \"light\": not to be set at the screen"));
    assert_non_null(strstr(said.text, "[display].rotate: \"45\": not one of 0, 90, 180, 270"));
    assert_all(fixture, "");
}

/* Whoever wrote them: an older program, or somebody by hand. */
static void a_bad_row_is_told_and_ignored(void **state) {
    const struct fixture *fixture = *state;
    struct config config;
    struct said said;
    config_init(&config);
    assert_true(set(fixture, "site", "school", "望川大学"));
    raw_sql(fixture->paths.station,
            "INSERT INTO settings VALUES ('display', 'rotate', 'up', '', 1);"
            "INSERT INTO settings VALUES ('stick', 'folder', '/', '', 1);"
            "INSERT INTO settings VALUES ('source x', 'url', 'https://x.cn', '', 1);");
    said_begin(&said);
    bool good = chosen_apply(fixture->paths.station, false, &config);
    said_end(&said);
    assert_false(good);
    assert_non_null(strstr(said.text, "station.db: [display].rotate: \"up\""));
    assert_non_null(strstr(said.text, "[stick].folder"));
    assert_string_equal(config.site.school, "望川大学");
    assert_int_equal(config.display.rotate, 0);
    assert_string_equal(config.stick.folder, "/run/fengcai-usb");
    assert_int_equal(config.source_count, 0);
    config_finish(&config);
}

/* A power cut leaves a journal that only the writer may roll back. */
static void the_writer_mends_what_it_reads(void **state) {
    const struct fixture *fixture = *state;
    struct config config;
    config_init(&config);
    assert_true(set(fixture, "display", "rotate", "270"));
    set_schema_version(fixture->paths.station, 3); /* the simplest that a reader must leave */
    raw_sql(fixture->paths.station, "DROP TABLE settings; DROP TABLE code");
    assert_true(chosen_apply(fixture->paths.station, false, &config));
    assert_int_equal(config.display.rotate, 0);
    assert_true(chosen_apply(fixture->paths.station, true, &config));
    assert_true(set(fixture, "display", "rotate", "180"));
    assert_true(chosen_apply(fixture->paths.station, false, &config));
    assert_int_equal(config.display.rotate, 2);
    config_finish(&config);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_some_keys_may_be_set),
        TEST(none_without_a_station),
        TEST(they_lie_over_the_file),
        TEST(a_bad_one_is_not_saved),
        TEST(a_bad_row_is_told_and_ignored),
        TEST(the_writer_mends_what_it_reads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
