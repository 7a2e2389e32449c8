/* Readers: what they see beside a writer, what they make of a broken file, the snapshot. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/str.h"
#include "library/schema.h"
#include "library/snapshot.h"
#include "library_fixture.h"

#define OWN "青禾农业大学"

static const struct snapshot_options options = {.school = OWN, .limit = 60, .now_ms = 1000};

static void test_missing(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a"};
    struct reader *reader = reader_open(fixture->paths.library);
    struct snapshot snapshot;
    struct counts counts;
    int64_t generation = 7;
    assert_int_equal(reader_generation(reader, &generation), READ_MISSING);
    assert_int_equal(reader_counts(reader, NOW, &counts), READ_MISSING);
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_MISSING);
    assert_true(snapshot.count == 0 && snapshot.generation == 0);
    write_file(fixture->paths.library, ""); /* the keeper has just made it */
    assert_int_equal(reader_generation(reader, &generation), READ_MISSING);
    unlink(fixture->paths.library);
    assert_true(import_ids(&fixture->paths, ids, 1, "1"));
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_DONE);
    assert_true(snapshot.count == 1 && snapshot.generation == 1);
    snapshot_finish(&snapshot);
    snapshot_finish(&snapshot);
    reader_close(reader);
    reader_close(NULL);
}

static void test_no_generation_yet(void **state) {
    const struct fixture *fixture = *state;
    struct reader *reader = reader_open(fixture->paths.library);
    struct counts counts;
    library_close(library_open(&fixture->paths, NULL));
    assert_int_equal(reader_counts(reader, NOW, &counts), READ_DONE);
    assert_true(counts.generation == 0 && counts.cases == 0 && counts.made_ms == 0);
    reader_close(reader);
}

/* Garbage, a hole in the middle, a newer program's file. */
static void test_broken(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a", "b"};
    const char *path = fixture->paths.library;
    struct reader *reader = reader_open(path);
    struct snapshot snapshot;
    char garbage[4097] = {0};
    memset(garbage, 'g', sizeof garbage - 1);
    write_file(path, garbage);
    for (int i = 0; i < 2; i++)
        assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_DAMAGED);
    unlink(path);
    assert_true(import_ids(&fixture->paths, ids, 2, "1"));
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_DONE);
    snapshot_finish(&snapshot);
    int64_t version = raw_sql(path, "PRAGMA user_version");
    set_schema_version(path, 99);
    reader_close(reader);
    reader = reader_open(path);
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_FAILED);
    set_schema_version(path, version);
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_DONE);
    snapshot_finish(&snapshot);

    int64_t page = raw_sql(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'cases'");
    FILE *file = fopen(path, "r+e");
    assert_non_null(file);
    fseek(file, (long)(page - 1) * 4096, SEEK_SET);
    fwrite(garbage, 1, 4096, file);
    fclose(file);
    reader_close(reader);
    reader = reader_open(path);
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_DAMAGED);
    assert_true(snapshot.count == 0 && !snapshot.cases);
    reader_close(reader);
}

/* A case whose texts are lost is left out of the loop, not shown without a title. */
static void test_lost_texts(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a", "b", "c"};
    struct snapshot snapshot;
    assert_true(import_ids(&fixture->paths, ids, 3, "1"));
    raw_sql(fixture->paths.library, "DELETE FROM texts WHERE case_row = 2");
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_DONE);
    assert_int_equal(snapshot.count, 2);
    assert_string_equal(snapshot.cases[0].id, "a");
    assert_string_equal(snapshot.cases[1].id, "c");
    snapshot_finish(&snapshot);
    reader_close(reader);
}

static void test_beside_a_writer(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a"};
    struct snapshot snapshot;
    int64_t generation = 0;
    sqlite3 *writer = NULL;
    assert_true(import_ids(&fixture->paths, ids, 1, "old"));
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(sqlite3_open(fixture->paths.library, &writer), SQLITE_OK);
    sqlite3_exec(writer, "BEGIN IMMEDIATE; UPDATE texts SET title = 'new'", NULL, NULL, NULL);
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_DONE);
    assert_string_equal(snapshot.cases[0].title, "old");
    snapshot_finish(&snapshot);
    sqlite3_exec(writer, "ROLLBACK; BEGIN EXCLUSIVE", NULL, NULL, NULL);
    struct reader *late = reader_open(fixture->paths.library);
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_BUSY);
    assert_int_equal(reader_generation(late, &generation), READ_BUSY);
    assert_int_equal(snapshot.count, 0);
    sqlite3_exec(writer, "COMMIT", NULL, NULL, NULL);
    assert_int_equal(reader_generation(late, &generation), READ_DONE);
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_DONE);
    snapshot_finish(&snapshot);
    sqlite3_close(writer);
    reader_close(late);
    reader_close(reader);
}

/* A writer makes generation after generation, all of whose cases have one title; whatever a reader
 * gets in between, it is one generation. */
#define CASES       40
#define GENERATIONS 60

static void write_generations(const struct fixture *fixture) {
    struct library *library = library_open(&fixture->paths, NULL);
    for (int g = 2; library && g <= GENERATIONS; g++) {
        bool changed = false, good = library_begin(library);
        char title[24], id[24];
        snprintf(title, sizeof title, "%d", g);
        for (int i = 0; good && i < CASES; i++) {
            snprintf(id, sizeof id, "case %d", i);
            good = put(library, id, title, NULL);
        }
        if (!good || !library_commit(library, "", &changed))
            _exit(1);
    }
    library_close(library);
    _exit(library ? 0 : 1);
}

static void check_one_generation(const struct snapshot *snapshot) {
    assert_int_equal(snapshot->count, CASES);
    for (size_t i = 0; i < snapshot->count; i++) {
        assert_int_equal(snapshot->cases[i].generation, snapshot->generation);
        assert_int_equal(strtol(snapshot->cases[i].title, NULL, 10), snapshot->generation);
    }
}

static void test_never_a_mix(void **state) {
    const struct fixture *fixture = *state;
    char ids[CASES][24];
    const char *all[CASES];
    for (int i = 0; i < CASES; i++) {
        snprintf(ids[i], sizeof ids[i], "case %d", i);
        all[i] = ids[i];
    }
    assert_true(import_ids(&fixture->paths, all, CASES, "1"));
    pid_t child = fork();
    if (child == 0)
        write_generations(fixture);
    struct reader *reader = reader_open(fixture->paths.library);
    int64_t last = 0, distinct = 0;
    alarm(120); /* should the writer fail, its last generation never comes */
    while (last < GENERATIONS) {
        struct snapshot snapshot;
        enum read_result result = snapshot_load(reader, &options, &snapshot);
        assert_true(result == READ_DONE || result == READ_BUSY);
        if (result == READ_BUSY) {
            usleep(200);
            continue;
        }
        check_one_generation(&snapshot);
        assert_true(snapshot.generation >= last);
        distinct += snapshot.generation != last;
        last = snapshot.generation;
        snapshot_finish(&snapshot);
        usleep(1000);
    }
    alarm(0);
    int status = 1;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_true(distinct > 2);
    reader_close(reader);
}

/* Everything a case holds comes back. */
static void test_load(void **state) {
    const struct fixture *fixture = *state;
    struct case_record in = {.id = xstrdup("学校/题"),
                             .unit = UNIT_SERVICE,
                             .phase = PHASE_FEATURED,
                             .school = xstrdup("学校"),
                             .title = xstrdup("题"),
                             .summary = xstrdup("摘要"),
                             .body = xstrdup("一\n二"),
                             .url = xstrdup("https://example.edu/"),
                             .published_ms = 5,
                             .valid_from_ms = 6,
                             .valid_until_ms = 7000000000000,
                             .weight = -3};
    struct library *library = library_open(&fixture->paths, NULL);
    enum change change;
    bool changed = false;
    add_asset(&in, make_asset("s1", "c1"));
    add_asset(&in, make_asset("s2", "c2"));
    in.assets[1].whole = true;
    in.assets[1].kind = ASSET_VIDEO;
    in.assets[1].duration_ms = 83250;
    free(in.assets[1].renditions);
    in.assets[1].renditions = NULL;
    in.assets[1].rendition_count = 0;
    add_code(&in, "code");
    assert_true(library_begin(library) && library_put(library, &in, &change));
    assert_true(library_commit(library, "", &changed));
    library_close(library);

    static const char *const ids[] = {"?", "学校/题"};
    struct case_record out[2];
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_load(reader, ids, 2, out), READ_DONE);
    assert_null(out[0].id);
    const struct case_record *got = out + 1;
    assert_string_equal(got->id, in.id);
    assert_true(got->unit == in.unit && got->phase == in.phase && got->weight == in.weight);
    assert_string_equal(got->school, in.school);
    assert_string_equal(got->title, in.title);
    assert_string_equal(got->summary, in.summary);
    assert_string_equal(got->body, in.body);
    assert_string_equal(got->url, in.url);
    assert_true(got->published_ms == 5 && got->valid_from_ms == 6);
    assert_true(got->valid_until_ms == 7000000000000 && got->generation == 1);
    assert_int_equal(got->asset_count, 2);
    const struct asset *asset = got->assets;
    assert_true(asset->width == 3000 && asset->height == 2000 && !asset->whole);
    assert_true(asset->focus_x == 250 && asset->focus_y == 750);
    assert_string_equal(asset->caption, "说明");
    assert_true(hash_equal(asset->source, hash_text("s1")));
    const struct rendition *screen = asset_rendition(asset, RENDITION_SCREEN, 0);
    assert_true(screen && screen->width == 1500 && screen->height == 1000 && screen->bytes == 2);
    assert_true(hash_equal(screen->hash, hash_text("c1")));
    assert_true(asset[1].whole && asset[1].rendition_count == 0);
    assert_true(asset[0].kind == ASSET_PICTURE && asset[0].duration_ms == 0);
    assert_true(asset[1].kind == ASSET_VIDEO && asset[1].duration_ms == 83250);
    const struct asset *code = got->code;
    assert_true(code && code->kind == ASSET_CODE && code->whole && code->width == 300);
    assert_int_equal(code->rendition_count, 1);
    const struct rendition *png = asset_rendition(code, RENDITION_CODE, 0);
    assert_true(png && hash_equal(png->hash, hash_text("code")));
    char *path = rendition_path("M", png);
    assert_true(text_starts(path, "M/") && text_ends(path, ".png"));
    free(path);
    struct counts counts;
    assert_int_equal(reader_counts(reader, NOW, &counts), READ_DONE);
    assert_true(counts.assets == 2 && counts.media_bytes == 2 + 4);
    case_finish(out + 1);
    case_finish(&in);
    reader_close(reader);
}

/* What an older program wrote waits for a writer, and loses nothing by it. */
static void test_older_schema(void **state) {
    const struct fixture *fixture = *state;
    const char *path = fixture->paths.library;
    raw_sql(path, library_schema.migrations[0]);
    set_schema_version(path, 1);
    raw_sql(path,
            "INSERT INTO generation VALUES (1, 0, 5, ''); UPDATE pointer SET current = 1;"
            "INSERT INTO cases VALUES (1, 'id', 2, 0, '学校', 1, 0, 0, 1, NULL, zeroblob(32));"
            "INSERT INTO texts VALUES (1, '题', '', '正文', '', 0);"
            "INSERT INTO source_media VALUES (1, zeroblob(32), 'old', zeroblob(32), 30, 20, 0);"
            "INSERT INTO asset VALUES (1, 0, 0, '说明', 1, 1)");
    struct reader *reader = reader_open(path);
    struct snapshot snapshot;
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_UNREADY);
    library_close(library_open(&fixture->paths, NULL));
    assert_int_equal(snapshot_load(reader, &options, &snapshot), READ_DONE);
    assert_int_equal(snapshot.count, 1);
    const struct asset *asset = snapshot.cases[0].assets;
    assert_int_equal(snapshot.cases[0].asset_count, 1);
    assert_string_equal(asset->caption, "说明");
    assert_true(asset->width == 30 && asset->height == 20 && asset->whole);
    assert_true(asset->focus_x == FOCUS_X && asset->focus_y == FOCUS_Y);
    snapshot_finish(&snapshot);
    reader_close(reader);
}

static const struct {
    const char *id;
    enum unit unit;
    const char *school, *title;
    int64_t until_ms;
} shelf[] = {{"6", UNIT_SERVICE, OWN, "丙", 0}, {"5", UNIT_SAFETY, "b", "乙", 1500},
             {"4", UNIT_PARTY, "b", "x", 0},    {"2", UNIT_PARTY, "a", "z", 0},
             {"1", UNIT_PARTY, "a", "y", 500},  {"3", UNIT_PARTY, "a", "z", 0}};

static void fill_shelf(const struct fixture *fixture) {
    struct library *library = library_open(&fixture->paths, NULL);
    bool changed = false;
    assert_true(library_begin(library));
    for (size_t i = 0; i < COUNT(shelf); i++) {
        struct case_record record =
            make_case(shelf[i].id, shelf[i].unit, shelf[i].school, shelf[i].title);
        enum change change;
        record.valid_until_ms = shelf[i].until_ms;
        add_asset(&record, make_asset(i % 2 ? "odd" : "even", i % 2 ? "odd" : "even"));
        assert_true(library_put(library, &record, &change));
        case_finish(&record);
    }
    assert_true(library_commit(library, "", &changed));
    library_close(library);
}

struct visit {
    struct str ids;
    size_t limit;
};

static bool on_case(void *user, const struct case_record *record) {
    struct visit *visit = user;
    str_add(&visit->ids, record->id);
    return visit->ids.size < visit->limit;
}

static void test_each_and_counts(void **state) {
    const struct fixture *fixture = *state;
    struct visit visit = {.limit = 100};
    struct counts counts;
    fill_shelf(fixture);
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_each(reader, NOW, on_case, &visit), READ_DONE);
    assert_string_equal(str_text(&visit.ids), "123456");
    str_clear(&visit.ids);
    visit.limit = 2;
    assert_int_equal(reader_each(reader, NOW, on_case, &visit), READ_DONE);
    assert_string_equal(str_text(&visit.ids), "12");
    str_finish(&visit.ids);
    assert_int_equal(reader_counts(reader, NOW, &counts), READ_DONE);
    assert_true(counts.units[UNIT_PARTY] == 4 && counts.units[UNIT_EDUCATION] == 0 &&
                counts.units[UNIT_SAFETY] == 1 && counts.units[UNIT_SERVICE] == 1);
    assert_true(counts.cases == 6 && counts.assets == 6);
    assert_int_equal(counts.media_bytes, 7); /* "odd" and "even", each in two roles, once */
    assert_true(counts.generation == 1 && counts.made_ms > 0);
    reader_close(reader);
}

/* While a slow listing goes on, the library changes. */
struct slow {
    const struct fixture *fixture;
    size_t count, olds;
};

#define MANY 150 /* more than two blocks of reader_each */

static bool on_slow(void *user, const struct case_record *record) {
    struct slow *slow = user;
    static const char *const ids[] = {"case 0", "case 149"};
    slow->olds += strcmp(record->title, "old") == 0;
    if (slow->count++ == 0)
        assert_true(import_ids(&slow->fixture->paths, ids, 2, "new"));
    return true;
}

static void test_each_is_one_generation(void **state) {
    const struct fixture *fixture = *state;
    char ids[MANY][24];
    const char *all[MANY];
    for (int i = 0; i < MANY; i++) {
        snprintf(ids[i], sizeof ids[i], "case %d", i);
        all[i] = ids[i];
    }
    assert_true(import_ids(&fixture->paths, all, MANY, "old"));
    struct slow slow = {.fixture = fixture};
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_each(reader, NOW, on_slow, &slow), READ_DONE);
    assert_true(slow.count == MANY && slow.olds == MANY);
    reader_close(reader);
}

static void test_snapshot(void **state) {
    const struct fixture *fixture = *state;
    struct snapshot_options wanted = options;
    struct snapshot snapshot;
    struct str ids = {0};
    fill_shelf(fixture);
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(snapshot_load(reader, &wanted, &snapshot), READ_DONE);
    for (size_t i = 0; i < snapshot.count; i++)
        str_add(&ids, snapshot.cases[i].id);
    assert_string_equal(str_text(&ids), "25634"); /* "1" was valid until 500 */
    assert_int_equal(snapshot.next_change_ms, 1501);
    assert_int_equal(snapshot.school_count, 3); /* of those not shown today, too */
    assert_string_equal(snapshot.schools[2], OWN);
    snapshot_finish(&snapshot);
    wanted.limit = 1; /* the own school's */
    assert_int_equal(snapshot_load(reader, &wanted, &snapshot), READ_DONE);
    assert_int_equal(snapshot.count, 1);
    assert_string_equal(snapshot.cases[0].id, "6");
    assert_int_equal(snapshot.cases[0].asset_count, 1);
    snapshot_finish(&snapshot);
    wanted.limit = 0;
    assert_int_equal(snapshot_load(reader, &wanted, &snapshot), READ_DONE);
    assert_int_equal(snapshot.count, 0);
    snapshot_finish(&snapshot);
    str_finish(&ids);
    reader_close(reader);
}

/* What a commit needs. */
static int lock_whole(const char *path) {
    sqlite3 *writer = NULL;
    assert_int_equal(sqlite3_open(path, &writer), SQLITE_OK);
    int code = sqlite3_exec(writer, "BEGIN EXCLUSIVE; ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(writer);
    return code;
}

/* Several questions in one transaction, and a connection left open stands in nobody's way. */
static void assert_schools(struct reader *reader, const char *expected) {
    struct str text = {0};
    char **names = NULL;
    size_t count = 0;
    assert_int_equal(reader_schools(reader, &names, &count), READ_DONE);
    for (size_t i = 0; i < count; i++)
        str_addf(&text, "%s;", names[i]);
    assert_string_equal(str_text(&text), expected);
    schools_free(names, count);
    str_finish(&text);
}

/* Each once and sorted; neither those that are gone nor those that are coming. */
static void test_schools(void **state) {
    const struct fixture *fixture = *state;
    static const char *const rows[][2] = {{"1", "b"}, {"2", "a"}, {"3", "b"}, {"4", "c"}};
    struct library *library = library_open(&fixture->paths, NULL);
    struct reader *reader = reader_open(fixture->paths.library);
    bool found = false, changed = false;
    assert_schools(reader, "");
    assert_true(library_begin(library));
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct case_record record = make_case(rows[i][0], UNIT_PARTY, rows[i][1], "题");
        enum change change;
        assert_true(library_put(library, &record, &change));
        case_finish(&record);
    }
    assert_true(library_commit(library, "", &changed));
    assert_schools(reader, "a;b;c;");
    struct case_record moved = make_case("2", UNIT_PARTY, "d", "题");
    enum change change;
    assert_true(library_begin(library));
    assert_true(library_put(library, &moved, &change));
    assert_true(library_remove(library, "1", &found));
    assert_schools(reader, "a;b;c;");
    assert_true(library_commit(library, "", &changed));
    assert_schools(reader, "b;c;d;");
    case_finish(&moved);
    reader_close(reader);
    library_close(library);
}

static void test_transactions(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a"};
    struct candidate_list list;
    struct counts counts;
    int64_t generation = 0, again = 0;
    assert_true(import_ids(&fixture->paths, ids, 1, "1"));
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_begin(reader, &generation), READ_DONE);
    assert_int_equal(reader_candidates(reader, OWN, NOW, &list), READ_DONE);
    assert_true(list.count == 1 && list.items[0].own && list.items[0].generation == 1);
    assert_string_equal(list.items[0].id, "a");
    assert_int_equal(reader_counts(reader, NOW, &counts), READ_DONE);
    assert_int_equal(reader_generation(reader, &again), READ_DONE);
    assert_int_equal(again, generation);
    assert_int_equal(lock_whole(fixture->paths.library), SQLITE_BUSY);
    reader_end(reader);
    reader_end(reader);
    assert_int_equal(lock_whole(fixture->paths.library), SQLITE_OK);
    candidate_list_finish(&list);
    assert_true(import_ids(&fixture->paths, ids, 1, "2"));
    assert_int_equal(reader_generation(reader, &again), READ_DONE);
    assert_int_equal(again, 2);
    reader_close(reader);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(test_missing),    T(test_no_generation_yet), T(test_broken),
        T(test_lost_texts), T(test_beside_a_writer),   T(test_never_a_mix),
        T(test_load),       T(test_each_and_counts),   T(test_each_is_one_generation),
        T(test_snapshot),   T(test_transactions),      T(test_older_schema),
        T(test_schools),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
