/* Cases that wait for a person's word: seen by nobody else, released, declined, and what a crash or
 * an import that did not end leaves of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "library/pending.h"
#include "library/reader.h"
#include "library_fixture.h"

#define FEED "5f0c2f9e-1111-4222-8333-444455556666"

static struct library *open_library(void **state) {
    struct fixture *fixture = *state;
    struct library *library = library_open(&fixture->paths, NULL);
    assert_non_null(library);
    return library;
}

static enum change put_pending(struct library *library, enum pending_kind kind, const char *id,
                               const char *title) {
    const struct pending_origin origin = {
        .kind = kind, .by = "王老师", .source = "U盘", .at_ms = 5};
    struct case_record record = make_case(id, UNIT_PARTY, "青禾农业大学", title);
    enum change change = CHANGE_UNCHANGED;
    assert_true(library_put_pending(library, &record, &origin, &change));
    case_finish(&record);
    return change;
}

static bool commit(struct library *library) {
    bool changed = false;
    assert_true(library_commit(library, "", &changed));
    return changed;
}

static void show(struct library *library, const char *id, const char *title) {
    enum change change;
    assert_true(library_begin(library));
    assert_true(put(library, id, title, &change));
    assert_true(commit(library));
}

static void wait_for_word(struct library *library, enum pending_kind kind, const char *id,
                          const char *title) {
    assert_true(library_begin(library));
    put_pending(library, kind, id, title);
    assert_false(commit(library));
}

/* "id title by\n" of each, and "+" before an update. */
static bool add_line(void *user, const struct pending_case *pending) {
    char *list = user;
    size_t used = strlen(list);
    snprintf(list + used, 400 - used, "%s%s %s %s\n", pending->update ? "+" : "", pending->id,
             pending->title, pending->by);
    return true;
}

static void assert_waiting(void **state, enum pending_kind kind, const char *expected) {
    struct fixture *fixture = *state;
    char list[400] = "";
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_pending(reader, kind, add_line, list), READ_DONE);
    assert_string_equal(list, expected);
    reader_close(reader);
}

/* Title of what readers are shown under the id; "": nothing. */
static void assert_shown(void **state, const char *id, const char *title) {
    struct fixture *fixture = *state;
    struct reader *reader = reader_open(fixture->paths.library);
    struct case_record record = {0};
    assert_int_equal(reader_load(reader, &id, 1, &record), READ_DONE);
    assert_string_equal(record.id ? record.title : "", title);
    case_finish(&record);
    reader_close(reader);
}

static enum change release(struct library *library, enum pending_kind kind, const char *id) {
    bool found = false;
    enum change change = CHANGE_UNCHANGED;
    assert_true(library_release(library, id, kind, NOW, &found, &change));
    assert_true(found);
    return change;
}

static void nobody_sees_what_waits(void **state) {
    struct fixture *fixture = *state;
    struct library *library = open_library(state);
    show(library, "a", "旧");
    int64_t generation = library_generation(library);
    assert_true(library_begin(library));
    assert_int_equal(put_pending(library, PENDING_REVIEW, "a", "新"), CHANGE_CHANGED);
    assert_int_equal(put_pending(library, PENDING_REVIEW, "b", "另"), CHANGE_ADDED);
    assert_false(commit(library));
    assert_int_equal(library_generation(library), generation);
    assert_shown(state, "a", "旧");
    assert_shown(state, "b", "");
    assert_waiting(state, PENDING_REVIEW, "+a 新 王老师\nb 另 王老师\n");
    assert_waiting(state, PENDING_DRAFT, "");
    struct reader *reader = reader_open(fixture->paths.library);
    struct candidate_list list;
    struct counts counts;
    assert_int_equal(reader_candidates(reader, "", NOW, &list), READ_DONE);
    assert_int_equal(list.count, 1);
    candidate_list_finish(&list);
    assert_int_equal(reader_counts(reader, NOW, &counts), READ_DONE);
    assert_int_equal(counts.cases, 1);
    struct case_record record;
    assert_int_equal(reader_load_pending(reader, PENDING_REVIEW, "a", &record), READ_DONE);
    assert_string_equal(record.title, "新");
    case_finish(&record);
    reader_close(reader);
    library_close(library);
}

static void released_it_is_shown(void **state) {
    struct library *library = open_library(state);
    show(library, "a", "旧");
    wait_for_word(library, PENDING_REVIEW, "a", "新");
    wait_for_word(library, PENDING_REVIEW, "b", "另");
    assert_true(library_begin(library));
    assert_int_equal(release(library, PENDING_REVIEW, "a"), CHANGE_CHANGED);
    assert_true(commit(library));
    assert_shown(state, "a", "新");
    assert_waiting(state, PENDING_REVIEW, "b 另 王老师\n");
    bool moved = false;
    assert_true(library_rollback(library, &moved));
    assert_true(moved);
    assert_shown(state, "a", "旧");
    assert_waiting(state, PENDING_REVIEW, "b 另 王老师\n");
    struct sweep sweep;
    assert_true(library_sweep(library, false, &sweep));
    assert_waiting(state, PENDING_REVIEW, "b 另 王老师\n");
    assert_true(library_begin(library));
    assert_int_equal(release(library, PENDING_REVIEW, "b"), CHANGE_ADDED);
    assert_true(commit(library));
    assert_shown(state, "b", "另");
    library_close(library);
}

static void what_is_not_ended_is_undone(void **state) {
    struct library *library = open_library(state);
    show(library, "a", "旧");
    wait_for_word(library, PENDING_REVIEW, "a", "新");
    assert_true(library_begin(library));
    release(library, PENDING_REVIEW, "a");
    put_pending(library, PENDING_REVIEW, "c", "半途");
    assert_true(library_flush(library));
    library_abort(library);
    assert_shown(state, "a", "旧");
    assert_waiting(state, PENDING_REVIEW, "+a 新 王老师\n");
    library_close(library);
}

/* The rows of a process that died are as they were written. */
static void killed_between(void **state) {
    struct fixture *fixture = *state;
    struct library *library = open_library(state);
    show(library, "a", "旧");
    wait_for_word(library, PENDING_REVIEW, "a", "新");
    library_close(library);
    raw_sql(fixture->paths.library,
            "UPDATE cases SET from_generation = 2 WHERE from_generation > 1;"
            "INSERT INTO cases SELECT 99, 'c', unit, phase, school, weight, 0, 0, "
            "4611686018427387904, NULL, digest, twin, statement, 0, 0 FROM cases WHERE row = 1;"
            "INSERT INTO texts VALUES (99, '半途', '', '', '', 0);"
            "INSERT INTO pending VALUES (99, 1, 0, '', '', 0, 0);");
    library = open_library(state);
    assert_waiting(state, PENDING_REVIEW, "+a 新 王老师\n");
    assert_true(library_begin(library));
    assert_int_equal(release(library, PENDING_REVIEW, "a"), CHANGE_CHANGED);
    assert_true(commit(library));
    assert_shown(state, "a", "新");
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM pending"), 0);
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM cases WHERE row = 99"),
                     0);
    library_close(library);
}

static void the_newest_waits_alone(void **state) {
    struct fixture *fixture = *state;
    struct library *library = open_library(state);
    wait_for_word(library, PENDING_REVIEW, "a", "一");
    int64_t row = raw_sql(fixture->paths.library, "SELECT case_row FROM pending");
    wait_for_word(library, PENDING_REVIEW, "a", "一"); /* the same: nothing is written */
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT case_row FROM pending"), row);
    assert_true(library_begin(library));
    put_pending(library, PENDING_REVIEW, "a", "二");
    put_pending(library, PENDING_REVIEW, "a", "三");
    put_pending(library, PENDING_DRAFT, "a", "看看");
    commit(library);
    assert_waiting(state, PENDING_REVIEW, "a 三 王老师\n");
    assert_waiting(state, PENDING_DRAFT, "a 看看 王老师\n");
    assert_true(library_drop_drafts(library));
    assert_waiting(state, PENDING_DRAFT, "");
    assert_waiting(state, PENDING_REVIEW, "a 三 王老师\n");
    library_close(library);
}

/* What was shown meanwhile as it waits needs no release; and what is loaded again as it is shown
 * takes back what waits in its place. */
static void shown_meanwhile(void **state) {
    struct fixture *fixture = *state;
    struct library *library = open_library(state);
    wait_for_word(library, PENDING_REVIEW, "a", "新");
    show(library, "a", "新");
    assert_true(library_begin(library));
    assert_int_equal(release(library, PENDING_REVIEW, "a"), CHANGE_UNCHANGED);
    assert_false(commit(library));
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM pending"), 0);
    wait_for_word(library, PENDING_REVIEW, "a", "错的");
    assert_true(library_begin(library));
    assert_int_equal(put_pending(library, PENDING_REVIEW, "a", "新"), CHANGE_UNCHANGED);
    assert_false(commit(library));
    assert_waiting(state, PENDING_REVIEW, "");
    assert_shown(state, "a", "新");
    library_close(library);
}

/* A statement that is another one of the same content: it waits on, under the new one. */
static void stated_anew(void **state) {
    struct library *library = open_library(state);
    const struct pending_origin origin = {
        .kind = PENDING_REVIEW, .by = "", .source = "总部", .at_ms = 5};
    const struct hash statements[] = {hash_text("旧"), hash_text("新")};
    enum change change;
    bool found = false;
    for (size_t i = 0; i < COUNT(statements); i++) {
        struct case_record record = make_case(FEED ":x", UNIT_PARTY, "青禾农业大学", "题");
        record.statement = statements[i];
        assert_true(library_begin(library));
        assert_true(library_put_pending(library, &record, &origin, &change));
        commit(library);
        case_finish(&record);
    }
    assert_true(library_forget_pending(library, FEED ":x", statements[0], &found));
    assert_false(found);
    assert_waiting(state, PENDING_REVIEW, FEED ":x 题 \n");
    assert_true(library_forget_pending(library, FEED ":x", statements[1], &found));
    assert_true(found);
    assert_waiting(state, PENDING_REVIEW, "");
    library_close(library);
}

static int64_t end_of(void **state, const char *id) {
    struct fixture *fixture = *state;
    struct reader *reader = reader_open(fixture->paths.library);
    struct case_record record = {0};
    assert_int_equal(reader_load(reader, &id, 1, &record), READ_DONE);
    int64_t ends_ms = record.ends_ms;
    case_finish(&record);
    reader_close(reader);
    return ends_ms;
}

/* What is over waits like a change, and the time that it waited is not lost. */
static void over_and_loaded_again(void **state) {
    struct library *library = open_library(state);
    struct case_record record = make_case("a", UNIT_PARTY, "青禾农业大学", "题");
    struct pending_origin origin = {
        .kind = PENDING_REVIEW, .by = "王老师", .source = "", .at_ms = 5000};
    enum change change;
    bool found = false;
    record.ends_ms = 100;
    assert_true(library_begin(library) && library_put(library, &record, &change));
    assert_true(commit(library));
    record.ends_ms = 9000;
    assert_true(library_begin(library));
    assert_true(library_put_pending(library, &record, &origin, &change));
    assert_int_equal(change, CHANGE_CHANGED);
    assert_false(commit(library));
    assert_true(library_begin(library));
    assert_true(library_release(library, "a", PENDING_REVIEW, 7000, &found, &change));
    assert_true(found && change == CHANGE_CHANGED);
    assert_true(commit(library));
    assert_int_equal(end_of(state, "a"), 11000);
    case_finish(&record);
    library_close(library);
}

static void count_case(void *user, const char *id, struct hash statement) {
    (void)id;
    (void)statement;
    ++*(int *)user;
}

static void declined(void **state) {
    struct library *library = open_library(state);
    bool found = false;
    int of_feed = 0;
    wait_for_word(library, PENDING_REVIEW, FEED ":x", "源的");
    wait_for_word(library, PENDING_REVIEW, "b", "本机的");
    assert_true(library_drop_pending(library, FEED ":x", PENDING_REVIEW, &found));
    assert_true(found);
    assert_true(library_drop_pending(library, "b", PENDING_REVIEW, &found));
    assert_true(found);
    assert_true(library_drop_pending(library, "b", PENDING_REVIEW, &found));
    assert_false(found);
    assert_waiting(state, PENDING_REVIEW, "");
    assert_waiting(state, PENDING_DECLINED, FEED ":x 源的 王老师\n");
    assert_true(library_each_pending_of_feed(library, FEED, count_case, &of_feed));
    assert_int_equal(of_feed, 1);
    wait_for_word(library, PENDING_REVIEW, FEED ":x", "改过的");
    assert_waiting(state, PENDING_DECLINED, "");
    assert_waiting(state, PENDING_REVIEW, FEED ":x 改过的 王老师\n");
    library_close(library);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(nobody_sees_what_waits),
        T(released_it_is_shown),
        T(what_is_not_ended_is_undone),
        T(killed_between),
        T(the_newest_waits_alone),
        T(shown_meanwhile),
        T(declined),
        T(stated_anew),
        T(over_and_loaded_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
