/* What readers are shown: going back a generation, what is withdrawn, what a featured case stands
 * for; and what the writer tells of feeds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "library/number_set.h"
#include "library/reader.h"
#include "library/schema.h"
#include "library_fixture.h"

#define FEED  "6f1c2a34-0b5d-4e6f-8a9b-0c1d2e3f4a5b"
#define OTHER "6f1c2a34-0b5d-4e6f-8a9b-0c1d2e3f4a5c"

static struct library *open_library(const struct fixture *fixture) {
    struct library *library = library_open(&fixture->paths, NULL);
    assert_non_null(library);
    return library;
}

static bool add_line(void *user, const struct case_record *record) {
    str_addf(user, "%s=%s;", record->id, record->title);
    return true;
}

static void assert_listed(const struct fixture *fixture, const char *expected) {
    struct str text = {0};
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_each(reader, NOW, add_line, &text), READ_DONE);
    assert_string_equal(str_text(&text), expected);
    reader_close(reader);
    str_finish(&text);
}

/* The ids of the loop, in no order that matters: sorted here. */
static int by_id(const void *a, const void *b) {
    return strcmp(((const struct candidate *)a)->id, ((const struct candidate *)b)->id);
}

static void assert_candidates(const struct fixture *fixture, const char *expected) {
    struct str text = {0};
    struct candidate_list list;
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_candidates(reader, "", NOW, &list), READ_DONE);
    qsort(list.items, list.count, sizeof *list.items, by_id);
    for (size_t i = 0; i < list.count; i++)
        str_addf(&text, "%s;", list.items[i].id);
    assert_string_equal(str_text(&text), expected);
    candidate_list_finish(&list);
    reader_close(reader);
    str_finish(&text);
}

static void roll_back(struct library *library, bool expected, int64_t generation) {
    bool moved = !expected;
    assert_true(library_rollback(library, &moved));
    assert_int_equal(moved, expected);
    assert_int_equal(library_generation(library), generation);
}

/* Generation n shows case a with title n. */
static void import_generations(const struct fixture *fixture, int from, int to) {
    static const char *const ids[] = {"a"};
    for (int n = from; n <= to; n++) {
        char title[16];
        snprintf(title, sizeof title, "%d", n);
        assert_true(import_ids(&fixture->paths, ids, 1, title));
    }
}

/* Back and back, never forth; nothing is there before the first. */
static void test_rollback(void **state) {
    const struct fixture *fixture = *state;
    struct library *library = open_library(fixture);
    roll_back(library, false, 0);
    library_close(library);
    import_generations(fixture, 1, 3);
    library = open_library(fixture);
    roll_back(library, true, 2);
    assert_listed(fixture, "a=2;");
    library_close(library);
    library = open_library(fixture);
    roll_back(library, true, 1);
    assert_listed(fixture, "a=1;");
    roll_back(library, false, 1);
    assert_listed(fixture, "a=1;");
    library_close(library);
    /* what comes next has a number of its own, and goes back to where it came from */
    import_generations(fixture, 4, 4);
    assert_listed(fixture, "a=4;");
    library = open_library(fixture);
    assert_int_equal(library_generation(library), 4);
    roll_back(library, true, 1);
    assert_listed(fixture, "a=1;");
    library_close(library);
}

/* A sweep keeps one step back, and no step leads to what it took. */
static void test_rollback_after_sweep(void **state) {
    const struct fixture *fixture = *state;
    struct sweep sweep;
    import_generations(fixture, 1, 3);
    struct library *library = open_library(fixture);
    assert_true(library_sweep(library, false, &sweep));
    assert_int_equal(sweep.cases, 1);
    roll_back(library, true, 2);
    assert_listed(fixture, "a=2;");
    roll_back(library, false, 2);
    assert_listed(fixture, "a=2;");
    assert_true(library_sweep(library, false, &sweep));
    assert_int_equal(sweep.cases, 1); /* of the generation that was left */
    roll_back(library, false, 2);
    library_close(library);
    import_generations(fixture, 5, 5);
    library = open_library(fixture);
    assert_true(library_sweep(library, false, &sweep));
    roll_back(library, true, 2);
    roll_back(library, false, 2);
    assert_listed(fixture, "a=2;");
    library_close(library);
}

/* Not swept in between: the second step leads to a whole generation. */
static void test_sweep_between(void **state) {
    const struct fixture *fixture = *state;
    struct sweep sweep;
    import_generations(fixture, 1, 3);
    struct library *library = open_library(fixture);
    roll_back(library, true, 2);
    assert_true(library_sweep(library, false, &sweep));
    roll_back(library, true, 1);
    assert_listed(fixture, "a=1;");
    bool moved = true;
    assert_true(library_begin(library));
    assert_false(library_rollback(library, &moved)); /* not now */
    assert_false(moved);
    library_close(library);
}

/* Half an import is left by a crash: going back leaves it out. */
static void test_rollback_after_kill(void **state) {
    const struct fixture *fixture = *state;
    import_generations(fixture, 1, 2);
    raw_sql(fixture->paths.library,
            "INSERT INTO cases (id, unit, phase, school, weight, valid_from_ms, valid_until_ms, "
            "from_generation, digest) SELECT 'half', 0, 0, '', 1, 0, 0, 3, digest FROM cases "
            "LIMIT 1; UPDATE cases SET until_generation = 3 WHERE until_generation IS NULL "
            "AND id = 'a'");
    struct library *library = open_library(fixture);
    roll_back(library, true, 1);
    assert_listed(fixture, "a=1;");
    assert_true(library_begin(library));
    library_abort(library);
    assert_listed(fixture, "a=1;");
    library_close(library);
}

/* Withdrawn: in no generation, to nobody; and the same generation shows it again. */
static void test_withdrawn(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a", "b", "c"};
    static const char *const gone[] = {"c", "a"};
    struct reader *reader = reader_open(fixture->paths.library);
    struct counts counts;
    struct case_record records[2];
    int64_t generation = 0, number = 0;
    assert_true(import_ids(&fixture->paths, ids, 3, "1"));
    assert_true(import_ids(&fixture->paths, ids, 2, "2"));
    assert_int_equal(reader_generation(reader, &generation), READ_DONE);
    number = reader_withdrawals(reader);
    struct library *library = open_library(fixture);
    assert_true(library_set_withdrawn(library, gone, 2));
    assert_listed(fixture, "b=2;");
    assert_candidates(fixture, "b;");
    assert_int_equal(reader_counts(reader, NOW, &counts), READ_DONE);
    assert_int_equal(counts.cases, 1);
    assert_int_equal(reader_withdrawals(reader), number + 1);
    assert_int_equal(counts.generation, generation);
    assert_int_equal(reader_load(reader, ids, 2, records), READ_DONE);
    assert_null(records[0].id);
    assert_string_equal(records[1].id, "b");
    case_finish(records + 1);
    roll_back(library, true, 1);
    assert_listed(fixture, "b=1;");
    /* the same again, in another order, is no change */
    static const char *const same[] = {"a", "c"};
    assert_true(library_set_withdrawn(library, same, 2));
    assert_int_equal(reader_generation(reader, &generation), READ_DONE);
    assert_int_equal(reader_withdrawals(reader), number + 1);
    assert_true(library_set_withdrawn(library, same, 1));
    assert_listed(fixture, "b=1;c=1;");
    assert_true(library_set_withdrawn(library, NULL, 0));
    assert_listed(fixture, "a=1;b=1;c=1;");
    library_close(library);
    reader_close(reader);
}

static void assert_promoted(const struct fixture *fixture, const char *expected) {
    struct reader *reader = reader_open(fixture->paths.library);
    struct candidate_list list;
    struct str text = {0};
    assert_int_equal(reader_candidates(reader, "", NOW, &list), READ_DONE);
    for (size_t i = 0; i < list.count; i++)
        if (list.items[i].promoted)
            str_addf(&text, "%s;", list.items[i].id);
    assert_string_equal(str_text(&text), expected);
    str_finish(&text);
    candidate_list_finish(&list);
    reader_close(reader);
}

/* Promoted: in every generation, and told of as another state of what is shown. */
static void test_promoted(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a", "b"}, *const first[] = {"b", "x"}, *const x[] = {"x"};
    struct reader *reader = reader_open(fixture->paths.library);
    int64_t generation = 0;
    assert_true(import_ids(&fixture->paths, ids, 2, "1"));
    assert_int_equal(reader_generation(reader, &generation), READ_DONE);
    int64_t number = reader_withdrawals(reader);
    struct library *library = open_library(fixture);
    assert_true(library_set_promoted(library, first, 2));
    assert_promoted(fixture, "b;");
    assert_int_equal(reader_generation(reader, &generation), READ_DONE);
    assert_int_equal(reader_withdrawals(reader), number + 1);
    library_close(library);
    assert_true(import_ids(&fixture->paths, ids + 1, 1, "2"));
    assert_promoted(fixture, "b;");
    library = open_library(fixture);
    roll_back(library, true, 1);
    assert_promoted(fixture, "b;");
    assert_true(library_set_withdrawn(library, first, 1));
    assert_promoted(fixture, "");
    struct case_record record;
    assert_int_equal(reader_load_any(reader, "b", &record), READ_DONE); /* for who decides */
    assert_string_equal(record.title, "1");
    case_finish(&record);
    assert_int_equal(reader_load_any(reader, "x", &record), READ_DONE);
    assert_null(record.id);
    assert_true(library_set_withdrawn(library, NULL, 0) && library_set_promoted(library, x, 1));
    assert_promoted(fixture, "");
    library_close(library);
    reader_close(reader);
}

/* During an import too; it stays though that is aborted. */
static void test_withdrawn_importing(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a", "b"};
    assert_true(import_ids(&fixture->paths, ids, 2, "1"));
    struct library *library = open_library(fixture);
    assert_true(library_begin(library) && put(library, "b", "2", NULL));
    assert_true(library_set_withdrawn(library, ids, 1));
    assert_listed(fixture, "b=1;");
    assert_true(put(library, "d", "2", NULL));
    library_abort(library);
    assert_listed(fixture, "b=1;");
    bool changed = false;
    assert_true(library_begin(library) && put(library, "b", "3", NULL));
    assert_true(library_set_withdrawn(library, NULL, 0));
    assert_true(library_commit(library, "test", &changed) && changed);
    assert_listed(fixture, "a=1;b=3;");
    library_close(library);
}

static void test_withdrawn_school(void **state) {
    const struct fixture *fixture = *state;
    static const char *const gone[] = {"a"};
    struct reader *reader = reader_open(fixture->paths.library);
    struct library *library = open_library(fixture);
    struct case_record record = make_case("a", UNIT_SAFETY, "甲大学", "题");
    enum change change;
    bool changed = false;
    char **names = NULL;
    size_t count = 0;
    assert_true(library_begin(library) && library_put(library, &record, &change));
    assert_true(put(library, "b", "1", NULL) && library_commit(library, "", &changed));
    assert_int_equal(reader_schools(reader, &names, &count), READ_DONE);
    assert_int_equal(count, 2);
    schools_free(names, count);
    assert_true(library_set_withdrawn(library, gone, 1));
    assert_int_equal(reader_schools(reader, &names, &count), READ_DONE);
    assert_int_equal(count, 1);
    assert_string_equal(names[0], "青禾农业大学");
    schools_free(names, count);
    case_finish(&record);
    library_close(library);
    reader_close(reader);
}

static void put_twin(struct library *library, const char *id, enum phase phase, int64_t twin) {
    struct case_record record = make_case(id, UNIT_SAFETY, "学校", "题");
    enum change change;
    record.phase = phase;
    record.twin = twin;
    add_asset(&record, make_asset(id, id));
    assert_true(library_put(library, &record, &change));
    case_finish(&record);
}

static void assert_shown_at(const struct fixture *fixture, int64_t now_ms, const char *expected) {
    struct str listed = {0};
    struct candidate_list list;
    struct counts counts;
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_each(reader, now_ms, add_line, &listed), READ_DONE);
    assert_string_equal(str_text(&listed), expected);
    assert_int_equal(reader_counts(reader, now_ms, &counts), READ_DONE);
    assert_int_equal(reader_candidates(reader, "", now_ms, &list), READ_DONE);
    assert_int_equal(list.count, counts.cases);
    for (size_t i = 0; i < list.count; i++)
        assert_non_null(strstr(expected, list.items[i].id));
    candidate_list_finish(&list);
    reader_close(reader);
    str_finish(&listed);
}

static void commit(struct library *library) {
    bool changed = false;
    assert_true(library_commit(library, "test", &changed) && changed);
}

/* A featured case stands for the school's own one only while it is valid: at the edges too, and
 * where it is open at one end. */
static void test_twins_in_their_time(void **state) {
    const struct fixture *fixture = *state;
    static const struct {
        int64_t from, until, now;
        bool hides;
    } rows[] = {
        {0, 0, NOW, true},
        {NOW, NOW, NOW, true},
        {NOW + 1, 0, NOW, false},
        {NOW, 0, NOW, true},
        {0, NOW, NOW, true},
        {0, NOW - 1, NOW, false},
        {NOW - 10, NOW - 5, NOW, false},
        {NOW + 5, NOW + 10, NOW, false},
        {NOW + 5, NOW + 10, NOW + 7, true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct library *library = open_library(fixture);
        struct case_record record = make_case("featured", UNIT_SAFETY, "学校", "题");
        enum change change;
        record.phase = PHASE_FEATURED;
        record.twin = 7;
        record.weight = (int)i + 1; /* each another */
        record.valid_from_ms = rows[i].from;
        record.valid_until_ms = rows[i].until;
        assert_true(library_begin(library));
        put_twin(library, "own", PHASE_SELF, 7);
        assert_true(library_put(library, &record, &change));
        commit(library);
        assert_shown_at(fixture, rows[i].now,
                        rows[i].hides ? "featured=题;" : "featured=题;own=题;");
        case_finish(&record);
        library_close(library);
    }
}

/* A featured case stands for the school's own one, as long as it is shown itself. */
static void test_twins(void **state) {
    const struct fixture *fixture = *state;
    static const char *const featured[] = {"featured"};
    struct reader *reader = reader_open(fixture->paths.library);
    struct library *library = open_library(fixture);
    struct counts counts;
    struct case_record record;
    const char *own = "own";
    assert_true(library_begin(library));
    put_twin(library, "own", PHASE_SELF, 7);
    put_twin(library, "recommended", PHASE_RECOMMENDED, 7);
    put_twin(library, "another", PHASE_SELF, -8);
    put_twin(library, "unknown", PHASE_SELF, 0);
    put_twin(library, "old", PHASE_FEATURED, 0);
    commit(library);
    assert_candidates(fixture, "another;old;own;recommended;unknown;");
    assert_true(library_begin(library));
    put_twin(library, "featured", PHASE_FEATURED, 7);
    put_twin(library, "minus", PHASE_FEATURED, -8);
    commit(library);
    assert_candidates(fixture, "featured;minus;old;recommended;unknown;");
    assert_listed(fixture, "featured=题;minus=题;old=题;recommended=题;unknown=题;");
    assert_int_equal(reader_counts(reader, NOW, &counts), READ_DONE);
    assert_true(counts.cases == 5 && counts.units[UNIT_SAFETY] == 5 && counts.assets == 5);
    assert_int_equal(counts.media_bytes, strlen("featuredminusoldrecommendedunknown"));
    assert_int_equal(reader_load(reader, &own, 1, &record), READ_DONE);
    assert_string_equal(record.id, "own"); /* asked for, it is there */
    assert_int_equal(record.twin, 7);
    case_finish(&record);
    assert_true(library_set_withdrawn(library, featured, 1));
    assert_candidates(fixture, "minus;old;own;recommended;unknown;");
    assert_listed(fixture, "minus=题;old=题;own=题;recommended=题;unknown=题;");
    assert_true(library_set_withdrawn(library, NULL, 0));
    roll_back(library, true, 1);
    assert_candidates(fixture, "another;old;own;recommended;unknown;");
    assert_listed(fixture, "another=题;old=题;own=题;recommended=题;unknown=题;");
    library_close(library);
    reader_close(reader);
}

static void test_twin_set(void **state) {
    struct number_set twins = {0};
    (void)state;
    assert_false(number_set_has(&twins, 5));
    for (int64_t i = 1; i < 2000; i++) {
        number_set_add(&twins, i * 1024); /* all begin at one slot */
        number_set_add(&twins, -i);
        number_set_add(&twins, -i);
    }
    number_set_add(&twins, 0);
    assert_int_equal(twins.count, 2 * 1999);
    for (int64_t i = 1; i < 2000; i++)
        assert_true(number_set_has(&twins, i * 1024) && number_set_has(&twins, -i));
    assert_false(number_set_has(&twins, 0) || number_set_has(&twins, 1) ||
                 number_set_has(&twins, -2000));
    number_set_finish(&twins);
    number_set_finish(&twins);
}

/* What a feed said of a case that did not change is noted all the same, without a generation. */
static void test_statement(void **state) {
    const struct fixture *fixture = *state;
    struct library *library = open_library(fixture);
    struct reader *reader = reader_open(fixture->paths.library);
    struct case_record record = make_case(FEED ":a", UNIT_PARTY, "学校", "题"), out;
    const char *id = record.id;
    bool changed = true, has = false;
    enum change change;
    assert_true(library_begin(library) && library_put(library, &record, &change));
    commit(library);
    record.twin = 12;
    record.statement = hash_text("said");
    assert_true(library_begin(library) && library_put(library, &record, &change));
    assert_int_equal(change, CHANGE_UNCHANGED);
    assert_true(library_has_twin(library, id, 12, &has) && has);
    assert_true(library_has_twin(library, id, 13, &has) && !has);
    assert_true(library_has_twin(library, "b", 12, &has) && !has);
    assert_true(library_commit(library, "", &changed) && !changed);
    assert_true(library_has_twin(library, id, 12, &has) && has);
    assert_int_equal(reader_load(reader, &id, 1, &out), READ_DONE);
    assert_true(out.twin == 12 && hash_equal(out.statement, record.statement));
    case_finish(&out);
    record.statement = (struct hash){0};
    assert_true(library_begin(library) && library_put(library, &record, &change));
    assert_true(library_commit(library, "", &changed));
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT statement IS NULL FROM cases"), 1);
    case_finish(&record);
    reader_close(reader);
    library_close(library);
}

static void on_statement(void *user, const char *id, struct hash statement) {
    str_addf(user, "%s=%d;", id, statement.bytes[0]);
}

static void on_named(void *user, const char *id, enum level level, const char *school,
                     const char *title) {
    (void)level;
    str_addf(user, "%s=%s/%s;", id, school, title);
}

static void put_statement(struct library *library, const char *id, unsigned char first) {
    struct case_record record = make_case(id, UNIT_PARTY, "学校", id);
    enum change change;
    record.statement.bytes[0] = first;
    assert_true(library_put(library, &record, &change));
    case_finish(&record);
}

static void test_feeds(void **state) {
    struct library *library = open_library(*state);
    static const char *const gone[] = {FEED ":b"};
    struct str text = {0};
    bool found = false;
    assert_true(library_begin(library));
    put_statement(library, FEED ":b", 2);
    put_statement(library, FEED ":a/1", 1);
    put_statement(library, FEED, 9);
    put_statement(library, FEED ";c", 9);
    put_statement(library, OTHER ":b", 9);
    put_statement(library, "b", 0);
    assert_true(library_each_of_feed(library, FEED, on_statement, &text)); /* coming */
    assert_string_equal(str_text(&text), FEED ":a/1=1;" FEED ":b=2;");
    commit(library);
    str_clear(&text);
    assert_true(library_set_withdrawn(library, gone, 1));
    assert_true(library_begin(library) && library_remove(library, FEED ":a/1", &found));
    put_statement(library, FEED ":b", 3);
    assert_true(library_each_of_feed(library, FEED, on_statement, &text));
    assert_string_equal(str_text(&text), FEED ":b=3;");
    library_abort(library);
    str_clear(&text);
    assert_true(library_each_of_feed(library, OTHER, on_statement, &text));
    assert_string_equal(str_text(&text), OTHER ":b=9;");
    str_clear(&text);
    assert_true(library_each_named(library, "b", on_named, &text));
    assert_string_equal(str_text(&text), FEED ":b=学校/" FEED ":b;" OTHER ":b=学校/" OTHER ":b;"
                                              "b=学校/b;");
    str_clear(&text);
    assert_true(library_each_named(library, FEED ":b", on_named, &text));
    assert_string_equal(str_text(&text), FEED ":b=学校/" FEED ":b;");
    str_clear(&text);
    assert_true(library_each_named(library, ":b", on_named, &text));
    assert_string_equal(str_text(&text), "");
    str_finish(&text);
    library_close(library);
}

/* As the program before this left it. */
static void test_migration(void **state) {
    const struct fixture *fixture = *state;
    import_generations(fixture, 1, 4);
    raw_sql(fixture->paths.library,
            "DELETE FROM cases WHERE until_generation <= 3;"); /* as its sweep did */
    make_older(fixture->paths.library, 2);
    struct library *library = open_library(fixture);
    assert_int_equal(raw_sql(fixture->paths.library, "PRAGMA user_version"),
                     library_schema.version);
    assert_listed(fixture, "a=4;");
    roll_back(library, true, 3);
    assert_listed(fixture, "a=3;");
    roll_back(library, false, 3); /* 2 is not whole any more */
    library_close(library);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(test_rollback),
        T(test_rollback_after_sweep),
        T(test_sweep_between),
        T(test_rollback_after_kill),
        T(test_withdrawn),
        T(test_promoted),
        T(test_withdrawn_importing),
        T(test_withdrawn_school),
        T(test_twins),
        T(test_twins_in_their_time),
        T(test_twin_set),
        T(test_statement),
        T(test_feeds),
        T(test_migration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
