/* What a stick of several parts is told to hold, and that a person's choice takes just that. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "ingest/import.h"
#include "ingest/pack.h"
#include "ingest/parts.h"
#include "ingest/survey.h"
#include "library/ledger.h"
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

static bool break_off(void *user, const struct import_progress *progress) {
    (void)progress;
    return --*(int *)user > 0;
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

/* The receipt, the caller's; left: how often it may tell of itself before it is stopped, 0: it is
 * not. */
static json_t *take(const struct fixture *fixture, const char *name,
                    const struct import_order *order, int left) {
    struct door *door = door_open(&fixture->paths, &config, NULL);
    char *path = on_stick(fixture, name);
    assert_non_null(door);
    door_order(door, order);
    door_watch(door, left ? break_off : NULL, &left);
    json_t *receipt = door_import(door, &(const char *){path}, 1, NULL);
    assert_true(receipt || (left <= 0 && door_was_stopped(door)));
    door_close(door);
    free(path);
    return receipt;
}

static void order(const struct fixture *fixture, const struct import_order *order) {
    json_t *receipt = take(fixture, "", order, 0);
    assert_non_null(receipt);
    json_decref(receipt);
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

static int64_t library(const struct fixture *fixture, const char *sql) {
    return raw_sql(fixture->paths.library, sql);
}

static int64_t receipts(const struct fixture *fixture) {
    return raw_sql(fixture->paths.ledger, "SELECT count(*) FROM receipt");
}

/* Of a receipt: "code path;" of each reject, its path from the last slash on. */
static char *rejects(const json_t *receipt) {
    struct str text = {0};
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "rejects"), i, entry) {
        const char *path = json_string_value(json_object_get(entry, "path"));
        str_addf(&text, "%s %s;", json_string_value(json_object_get(entry, "code")),
                 path_name(path));
    }
    return str_take(&text);
}

/* Likewise "outcome path;" of each part. */
static char *parts(const json_t *receipt) {
    struct str text = {0};
    size_t i = 0;
    json_t *entry = NULL;
    json_array_foreach(json_object_get(receipt, "parts"), i, entry) {
        const char *path = json_string_value(json_object_get(entry, "path"));
        str_addf(&text, "%s %s;", json_string_value(json_object_get(entry, "outcome")),
                 path_name(path));
    }
    return str_take(&text);
}

static void expect_text(char *text, const char *expected) {
    assert_string_equal(text, expected);
    free(text);
}

/* Folders and zip files are one parcel: a generation and a receipt, and what is replaced goes in
 * it. A zip that is none is a reject among the others. */
static void test_one_parcel(void **state) {
    const struct fixture *fixture = *state;
    lay(fixture, "平安社区/旧/正文.txt", "旧的。");
    order(fixture, NULL);
    char *old = on_stick(fixture, "平安社区");
    assert_true(fs_remove_tree(old));
    fill(fixture);
    lay(fixture, "假.zip", "not a zip");
    int64_t before = library(fixture, "SELECT current FROM pointer");
    int64_t count = receipts(fixture);
    json_t *receipt = take(fixture, "", &(struct import_order){.replace = true}, 0);
    assert_int_equal(library(fixture, "SELECT current FROM pointer"), before + 1);
    assert_int_equal(receipts(fixture), count + 1);
    assert_int_equal(json_array_size(json_object_get(receipt, "cases")), 2);
    assert_int_equal(json_array_size(json_object_get(receipt, "removed")), 1);
    assert_true(json_is_true(json_object_get(receipt, "at_once")));
    expect_text(parts(receipt), "partial ;refused 假.zip;accepted 夜.zip;");
    expect_text(rejects(receipt), "archive 素材.zip;unit_unknown 随便;zip 假.zip;");
    json_decref(receipt);
    free(old);
}

/* What is there twice is taken from where it is met first, and told to be so. */
static void test_twice(void **state) {
    const struct fixture *fixture = *state;
    fill(fixture);
    lay(fixture, "智慧服务/夜灯/正文.txt", "灯。");
    expect(fixture, "new 某某大学/读书角;new 本校/夜灯;refused 本校/随便;!duplicate");
    json_t *receipt = take(fixture, "", NULL, 0);
    expect_text(rejects(receipt), "archive 素材.zip;unit_unknown 随便;duplicate 夜灯;");
    json_decref(receipt);
    expect(fixture, "same 某某大学/读书角;same 本校/夜灯;refused 本校/随便;!duplicate");
}

static const char unsigned_bundle[] = "案例包";

static void lay_bundle(const struct fixture *fixture) {
    char *from = on_stick(fixture, "来源"), *to = on_stick(fixture, unsigned_bundle);
    lay(fixture, "来源/党建引领/先锋站/正文.txt", "先锋。");
    lay(fixture, "来源/党建引领/宣讲团/正文.txt", "宣讲。");
    json_t *packed = pack_run(&fixture->paths, &config,
                              &(struct pack_request){.folder = from, .out = to}, NULL, NULL);
    assert_non_null(packed);
    assert_true(fs_remove_tree(from));
    json_decref(packed);
    free(to);
    free(from);
}

/* An id that no part has is told, but one of a feed where there is a bundle; of which nothing is
 * taken where nothing of it was chosen, as of the plain parts. */
static void test_choice_of_nothing(void **state) {
    const struct fixture *fixture = *state;
    static const char feed[] = "11111111-2222-3333-4444-555555555555:1";
    const char *const ids[] = {"本校/夜灯", "本校/没有", feed};
    fill(fixture);
    json_t *receipt = take(fixture, "", &(struct import_order){.ids = ids, .id_count = 3}, 0);
    assert_int_equal(json_array_size(json_object_get(receipt, "cases")), 1);
    char *text =
        xasprintf("archive 素材.zip;unit_unknown 随便;nothing_found 没有;nothing_found %s;", feed);
    expect_text(rejects(receipt), text);
    free(text);
    json_decref(receipt);
    lay_bundle(fixture);
    receipt = take(fixture, "", &(struct import_order){.ids = ids, .id_count = 2}, 0);
    expect_text(rejects(receipt), "archive 素材.zip;unit_unknown 随便;nothing_found 没有;");
    expect_text(parts(receipt), "refused ;accepted 夜.zip;accepted 案例包;");
    assert_int_equal(library(fixture, "SELECT count(*) FROM cases"), 1);
    json_decref(receipt);
    receipt = take(fixture, "", &(struct import_order){.ids = ids + 2, .id_count = 1}, 0);
    assert_int_equal(json_array_size(json_object_get(receipt, "cases")), 2);
    expect_text(rejects(receipt), "archive 素材.zip;unit_unknown 随便;");
    json_decref(receipt);
}

static bool add_pending(void *user, const struct pending_case *pending) {
    str_addf(user, "%s;", pending->id);
    return true;
}

/* What is shown, what waits, and how many rows and receipts there are. */
static char *contents(const struct fixture *fixture) {
    struct reader *reader = reader_open(fixture->paths.library);
    struct candidate_list list = {0};
    struct str text = {0};
    reader_candidates(reader, "", INT64_C(1) << 42, &list);
    for (size_t i = 0; i < list.count; i++)
        str_addf(&text, "%s;", list.items[i].id);
    str_add(&text, "|");
    reader_pending(reader, PENDING_REVIEW, add_pending, &text);
    str_addf(&text, "|%lld|%lld", (long long)library(fixture, "SELECT count(*) FROM cases"),
             (long long)receipts(fixture));
    candidate_list_finish(&list);
    reader_close(reader);
    return str_take(&text);
}

/* A take of all parts that is stopped wherever it tells of itself leaves what was there before. */
static void break_off_everywhere(const struct fixture *fixture) {
    json_t *receipt = NULL;
    for (int after = 1; !receipt; after++) {
        char *before = contents(fixture);
        receipt = take(fixture, "", NULL, after);
        if (!receipt)
            expect_text(contents(fixture), before);
        assert_in_range(after, 1, 1000);
        free(before);
    }
    assert_int_equal(json_array_size(json_object_get(receipt, "cases")), 4);
    json_decref(receipt);
}

static void lay_more(const struct fixture *fixture) {
    fill(fixture);
    lay(fixture, "更多/智慧服务/取件/正文.txt", "放在门口。");
    lay_zip(fixture, "更多", "更多.zip");
    lay(fixture, "平安社区/旧/正文.txt", "旧的，改过。");
}

static void test_break_off(void **state) {
    const struct fixture *fixture = *state;
    lay(fixture, "平安社区/旧/正文.txt", "旧的。");
    order(fixture, NULL);
    lay_more(fixture);
    break_off_everywhere(fixture);
}

static void test_break_off_the_first(void **state) {
    const struct fixture *fixture = *state;
    lay_more(fixture);
    order(fixture, &(struct import_order){.draft = true}); /* makes the library */
    break_off_everywhere(fixture);
}

static bool add_source(void *user, const struct pending_case *pending) {
    str_addf(user, "%s %s;", path_name(pending->source), pending->id);
    return true;
}

/* What waited for a review waits on. Each that comes is told to be of its own part. */
static void test_break_off_for_two(void **state) {
    const struct fixture *fixture = *state;
    config.approval.mode = APPROVAL_TWO;
    lay(fixture, "平安社区/旧/正文.txt", "旧的。");
    order(fixture, NULL);
    lay_more(fixture);
    break_off_everywhere(fixture);
    struct reader *reader = reader_open(fixture->paths.library);
    struct str text = {0};
    assert_int_equal(reader_pending(reader, PENDING_REVIEW, add_source, &text), READ_DONE);
    reader_close(reader);
    expect_text(str_take(&text), " 某某大学/读书角; 本校/旧;夜.zip 本校/夜灯;更多.zip 本校/取件;");
    config.approval.mode = APPROVAL_ONE;
}

/* The plain parts come first, all or nothing; a bundle of before can be taken again after any stop.
 */
static void test_break_off_with_bundle(void **state) {
    const struct fixture *fixture = *state;
    lay_bundle(fixture);
    json_decref(take(fixture, unsigned_bundle, NULL, 0));
    assert_int_equal(library(fixture, "SELECT count(*) FROM cases"), 2);
    lay_more(fixture);
    json_t *receipt = NULL;
    for (int after = 1; !receipt; after++) {
        receipt = take(fixture, "", NULL, after);
        int64_t shown = library(fixture, "SELECT count(*) FROM cases");
        assert_true(shown == 2 || shown == 6);
        json_t *again = take(fixture, unsigned_bundle, NULL, 0);
        assert_string_equal(json_string_value(json_object_get(again, "outcome")), "accepted");
        json_decref(again);
        assert_in_range(after, 1, 1000);
    }
    expect_text(parts(receipt), "partial ;accepted 夜.zip;accepted 更多.zip;accepted 案例包;");
    assert_null(json_object_get(receipt, "at_once"));
    json_decref(receipt);
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
    const struct CMUnitTest tests[] = {T(test_parts),
                                       T(test_choice),
                                       T(test_choice_of_nothing),
                                       T(test_replace),
                                       T(test_one_parcel),
                                       T(test_twice),
                                       T(test_folders_of_photos),
                                       T(test_break_off),
                                       T(test_break_off_the_first),
                                       T(test_break_off_for_two),
                                       T(test_break_off_with_bundle),
                                       T(test_stop)};
    config_init(&config);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    config_finish(&config);
    return failed;
}
