/* What the panel asks of the machine: the clock, the brightness, that settings count. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/time.h"
#include "keeper/machine.h"
#include "library/chosen.h"
#include "library_fixture.h"
#include "said_fixture.h"

static int64_t set_to;
static enum clock_result set_result;

static enum clock_result set_clock(int64_t now_ms) {
    set_to = now_ms;
    return set_result;
}

struct bench {
    struct fixture *fixture;
    struct config config;
    struct machine machine;
    struct clerk_skill skills[MACHINE_SKILLS];
};

static struct bench begin(void **state) {
    struct bench bench = {.fixture = *state};
    config_init(&bench.config);
    set_to = 0;
    set_result = CLOCK_SET;
    return bench;
}

static bool ask(struct bench *bench, const char *kind, const char *arguments, int64_t made_ms,
                const char *message) {
    bench->machine = (struct machine){&bench->fixture->paths, &bench->config, set_clock};
    machine_add_skills(&bench->machine, bench->skills);
    const struct desk_request request = {.kind = (char *)kind, .made_ms = made_ms};
    struct desk_answer answer = {.done = false};
    json_t *root = json_loads(arguments, 0, NULL);
    for (int i = 0; i < MACHINE_SKILLS; i++)
        if (strcmp(bench->skills[i].kind, kind) == 0)
            assert_int_equal(bench->skills[i].run(bench->skills[i].user, root, &request, &answer),
                             CLERK_DONE);
    assert_true(answer.done);
    assert_non_null(strstr(answer.message, message));
    bool good = answer.good;
    desk_answer_finish(&answer);
    json_decref(root);
    return good;
}

static bool ask_clock(struct bench *bench, int64_t time_ms, int64_t made_ms, const char *message) {
    char *arguments = xasprintf("{\"time_ms\": %lld}", (long long)time_ms);
    bool good = ask(bench, "clock", arguments, made_ms, message);
    free(arguments);
    return good;
}

static int64_t confirmed(const struct bench *bench) {
    struct clock clock;
    clock_init(&clock, &bench->fixture->paths);
    return clock_load(&clock).confirmed_ms;
}

static bool near(int64_t a, int64_t b) {
    return a - b > -30000 && a - b < 30000;
}

static void the_clock_is_confirmed_as_it_is(void **state) {
    struct bench bench = begin(state);
    int64_t now = time_now_ms();
    assert_true(ask(&bench, "clock", "{}", now, "confirmed"));
    assert_true(near(confirmed(&bench), now));
    assert_int_equal(set_to, 0);
    assert_true(ask_clock(&bench, now + 20000, now, "confirmed")); /* a minute was typed */
    assert_int_equal(set_to, 0);
    config_finish(&bench.config);
}

static void the_clock_is_set_and_confirmed(void **state) {
    struct bench bench = begin(state);
    int64_t now = time_now_ms(), to = now + 86400000;
    assert_true(ask_clock(&bench, to, now - 10000, "is set"));
    assert_true(set_to >= to + 10000 && near(set_to, to + 10000)); /* what passed meanwhile */
    assert_int_equal(confirmed(&bench), set_to);
    config_finish(&bench.config);
}

static void a_clock_that_may_not_be_set_is_not_confirmed(void **state) {
    struct bench bench = begin(state);
    int64_t now = time_now_ms();
    set_result = CLOCK_FORBIDDEN;
    assert_false(ask_clock(&bench, now + 86400000, now, "may not set"));
    set_result = CLOCK_UNSET;
    assert_false(ask_clock(&bench, now + 86400000, now, "could not be set"));
    assert_int_equal(confirmed(&bench), 0);
    config_finish(&bench.config);
}

static void an_old_or_odd_request_sets_nothing(void **state) {
    struct bench bench = begin(state);
    int64_t now = time_now_ms();
    assert_false(ask_clock(&bench, now, now - 3600000, "more than a minute"));
    assert_false(ask_clock(&bench, now, now + 3600000, "more than a minute"));
    assert_false(ask(&bench, "clock", "{}", now - 3600000, "more than a minute"));
    assert_false(ask_clock(&bench, 5, now, "no good"));
    assert_false(ask(&bench, "clock", "{\"time_ms\": \"now\"}", now, "no good"));
    assert_int_equal(set_to, 0);
    assert_int_equal(confirmed(&bench), 0);
    config_finish(&bench.config);
}

static char *make_program(const struct bench *bench, const char *body) {
    char *path = path_join(bench->fixture->paths.state, "bright.sh", NULL);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\n%s\n", body);
    fclose(file);
    assert_int_equal(chmod(path, 0700), 0);
    return path;
}

static void set_command(struct bench *bench, char *path) {
    free(bench->config.display.brightness_command);
    bench->config.display.brightness_command = path;
}

static void the_program_is_called_with_the_percentage(void **state) {
    struct bench bench = begin(state);
    char *text = NULL, *out = path_join(bench.fixture->paths.state, "out", NULL);
    size_t size = 0;
    assert_false(ask(&bench, "brightness", "{\"percent\": 60}", 0, "no program"));
    char *body = xasprintf("echo \"$# $1\" > %s", out);
    set_command(&bench, make_program(&bench, body));
    free(body);
    assert_true(ask(&bench, "brightness", "{\"percent\": 60}", 0, "is set"));
    assert_true(fs_read(out, 100, &text, &size));
    assert_string_equal(text, "1 60\n");
    free(text);
    bench.config.display.brightness = 40;
    machine_start(&bench.machine);
    assert_true(fs_read(out, 100, &text, &size));
    assert_string_equal(text, "1 40\n");
    free(text);
    assert_false(ask(&bench, "brightness", "{\"percent\": 0}", 0, "not within"));
    assert_false(ask(&bench, "brightness", "{\"percent\": 101}", 0, "not within"));
    free(out);
    config_finish(&bench.config);
}

static void silence_is_a_volume(void **state) {
    struct bench bench = begin(state);
    char *text = NULL, *out = path_join(bench.fixture->paths.state, "out", NULL);
    size_t size = 0;
    assert_false(ask(&bench, "volume", "{\"percent\": 50}", 0, "no program"));
    char *body = xasprintf("echo \"$# $1\" >> %s", out);
    free(bench.config.sound.volume_command);
    bench.config.sound.volume_command = make_program(&bench, body);
    free(body);
    machine_start(&bench.machine); /* the brightness has no program */
    assert_true(ask(&bench, "volume", "{\"percent\": 0}", 0, "volume is set"));
    assert_false(ask(&bench, "volume", "{\"percent\": \"loud\"}", 0, "not within"));
    assert_false(ask(&bench, "volume", "{}", 0, "not within"));
    assert_true(fs_read(out, 100, &text, &size));
    assert_string_equal(text, "1 70\n1 0\n");
    free(text);
    free(out);
    config_finish(&bench.config);
}

static void a_program_that_fails_is_told(void **state) {
    struct bench bench = begin(state);
    struct said said;
    set_command(&bench, make_program(&bench, "exit 3"));
    said_begin(&said);
    bool failed = ask(&bench, "brightness", "{\"percent\": 60}", 0, "failed");
    set_command(&bench, xstrdup("/nowhere/bright"));
    bool missing = ask(&bench, "brightness", "{\"percent\": 60}", 0, "failed");
    said_end(&said);
    assert_false(failed || missing);
    assert_non_null(strstr(said.text, "/nowhere/bright"));
    config_finish(&bench.config);
}

static void settings_count_from_now_on(void **state) {
    struct bench bench = begin(state);
    const struct chosen chosen = {"site", "school", "望川大学", "王老师", 1};
    assert_true(chosen_set(bench.fixture->paths.station, &chosen));
    assert_string_equal(bench.config.site.school, "");
    assert_true(ask(&bench, "settings", "{}", 0, "count"));
    assert_string_equal(bench.config.site.school, "望川大学");
    config_finish(&bench.config);
}

#define TEST(function) cmocka_unit_test_setup_teardown(function, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(the_clock_is_confirmed_as_it_is),
        TEST(the_clock_is_set_and_confirmed),
        TEST(a_clock_that_may_not_be_set_is_not_confirmed),
        TEST(an_old_or_odd_request_sets_nothing),
        TEST(the_program_is_called_with_the_percentage),
        TEST(silence_is_a_volume),
        TEST(a_program_that_fails_is_told),
        TEST(settings_count_from_now_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
