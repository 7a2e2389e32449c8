/* What a stick of several parts is told to hold, and that a person's choice takes just that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "ingest/import.h"
#include "ingest/parts.h"
#include "ingest/survey.h"
#include "library/reader.h"
#include "library_fixture.h"

static struct config config;

static char *on_stick(const struct fixture *fixture, const char *name) {
    return path_join(fixture->paths.state, "stick", name, NULL);
}

static void lay(const struct fixture *fixture, const char *name, const char *text) {
    char *path = on_stick(fixture, name), *folder = xstrdup(path);
    *strrchr(folder, '/') = '\0';
    assert_true(fs_make_dirs(folder));
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
    free(folder);
    free(path);
}

/* Packs a folder, and removes it. */
static void lay_zip(const struct fixture *fixture, const char *folder, const char *zip) {
    char *from = on_stick(fixture, folder), *to = on_stick(fixture, zip);
    char *command = xasprintf("python3 -c 'import sys, zipfile, os\n"
                              "with zipfile.ZipFile(sys.argv[2], \"w\") as z:\n"
                              "    for d, _, names in os.walk(sys.argv[1]):\n"
                              "        for n in names:\n"
                              "            p = os.path.join(d, n)\n"
                              "            z.write(p, os.path.relpath(p, sys.argv[1]))\n"
                              "' '%s' '%s'",
                              from, to);
    assert_int_equal(system(command), 0);
    assert_true(fs_remove_tree(from));
    free(command);
    free(to);
    free(from);
}

static void fill(const struct fixture *fixture) {
    lay(fixture, "zip/智慧服务/夜灯/正文.txt", "开灯。");
    lay_zip(fixture, "zip", "夜.zip");
    lay(fixture, "党建引领/读书角（某某大学）/正文.txt", "书角。");
    lay(fixture, "党建引领/读书角（某某大学）/附件/素材.zip", "not a part");
    lay(fixture, "随便/正文.txt", "没有单元。");
}

/* "change id;" of each case, then "!code" of each note outside of them. */
static char *look(const struct fixture *fixture, const struct survey_params *params) {
    struct survey survey;
    struct str text = {0};
    char *path = path_join(fixture->paths.state, "stick", NULL);
    survey_look(&survey, params, path);
    for (size_t i = 0; i < survey.count; i++)
        str_addf(&text, "%s %s;", survey_change_key(survey.cases[i].change), survey.cases[i].id);
    for (size_t i = 0; i < survey.note_count; i++)
        str_addf(&text, "!%s", reject_code(survey.notes[i].reject));
    if (survey.cut)
        str_add(&text, "…");
    survey_finish(&survey);
    free(path);
    return str_take(&text);
}

static void expect(const struct fixture *fixture, const char *expected) {
    const struct survey_params params = {.paths = &fixture->paths, .config = &config};
    char *text = look(fixture, &params);
    assert_string_equal(text, expected);
    free(text);
}

static void order(const struct fixture *fixture, const struct import_order *order) {
    struct door *door = door_open(&fixture->paths, &config, NULL);
    char *path = path_join(fixture->paths.state, "stick", NULL);
    const char *word = path;
    assert_non_null(door);
    door_order(door, order);
    json_t *receipt = door_import(door, &word, 1, NULL);
    assert_non_null(receipt);
    json_decref(receipt);
    door_close(door);
    free(path);
}

static void test_parts(void **state) {
    struct fixture *fixture = *state;
    struct part_list parts;
    fill(fixture);
    char *path = path_join(fixture->paths.state, "stick", NULL);
    parts_find(path, &parts);
    assert_int_equal(parts.count, 2); /* the folder, and the zip that is nobody's attachment */
    assert_string_equal(parts.paths[0], path);
    assert_string_equal(path_name(parts.paths[1]), "夜.zip");
    part_list_finish(&parts);
    free(path);
}

/* What was looked at is what is taken: by the same ids, of all parts; a unit can be given. */
static void test_choice(void **state) {
    const struct fixture *fixture = *state;
    const char *const ids[] = {"本校/夜灯", "本校/随便"};
    fill(fixture);
    expect(fixture, "new 某某大学/读书角;refused 本校/随便;new 本校/夜灯;");
    order(fixture,
          &(struct import_order){.ids = ids, .id_count = 2, .has_unit = true, .unit = UNIT_SAFETY});
    expect(fixture, "new 某某大学/读书角;refused 本校/随便;same 本校/夜灯;");
    struct reader *reader = reader_open(fixture->paths.library);
    struct case_record records[2];
    assert_int_equal(reader_load(reader, ids, 2, records), READ_DONE);
    assert_int_equal(records[0].unit, UNIT_SERVICE); /* its folder says so */
    assert_int_equal(records[1].unit, UNIT_SAFETY);
    case_finish(records);
    case_finish(records + 1);
    reader_close(reader);
}

/* 照片/ is a part of what lies around it, but not where it only holds folders. */
static void test_folders_of_photos(void **state) {
    const struct fixture *fixture = *state;
    lay(fixture, "照片/迎新/说明.txt", "新同学来了。");
    lay(fixture, "照片/军训/正文.txt", "操场上。");
    expect(fixture, "refused 本校/军训;refused 本校/迎新;");
}

/* Replacing by several parts leaves what each of them brought. */
static void test_replace(void **state) {
    const struct fixture *fixture = *state;
    lay(fixture, "平安社区/旧/正文.txt", "旧的。");
    order(fixture, NULL);
    char *old = on_stick(fixture, "平安社区");
    assert_true(fs_remove_tree(old));
    fill(fixture);
    order(fixture, &(struct import_order){.replace = true});
    expect(fixture, "same 某某大学/读书角;refused 本校/随便;same 本校/夜灯;");
    struct reader *reader = reader_open(fixture->paths.library);
    struct case_record record;
    assert_int_equal(reader_load(reader, &(const char *){"本校/旧"}, 1, &record), READ_DONE);
    assert_null(record.id);
    reader_close(reader);
    free(old);
}

static bool stop(void *user, const char *doing) {
    (void)doing;
    return --*(int *)user > 0;
}

/* Stopped anywhere it says that it is not all, and leaves nothing in staging. */
static void test_stop(void **state) {
    const struct fixture *fixture = *state;
    fill(fixture);
    for (int after = 1; after <= 5; after++) {
        int left = after;
        const struct survey_params params = {
            .paths = &fixture->paths, .config = &config, .on_progress = stop, .user = &left};
        char *text = look(fixture, &params);
        assert_true(text_ends(text, "…"));
        free(text);
    }
    assert_int_equal(rmdir(fixture->paths.staging), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {T(test_parts), T(test_choice), T(test_replace),
                                       T(test_folders_of_photos), T(test_stop)};
    config_init(&config);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    config_finish(&config);
    return failed;
}
