/* The writer: generations, changes, renditions, sweeping, and what a crash leaves. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/str.h"
#include "library/media.h"
#include "library/reader.h"
#include "library/schema.h"
#include "library_fixture.h"

#define RECIPE "recipe-1"

static struct library *open_library(const struct fixture *fixture) {
    struct library *library = library_open(&fixture->paths, NULL);
    assert_non_null(library);
    return library;
}

static void commit(struct library *library, bool expected) {
    bool changed = !expected;
    assert_true(library_commit(library, "test", &changed));
    assert_int_equal(changed, expected);
}

static bool add_line(void *user, const struct case_record *record) {
    str_addf(user, "%s=%s;", record->id, record->title);
    return true;
}

/* What readers see, as text. */
static void assert_visible(const struct fixture *fixture, const char *expected) {
    struct str text = {0};
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_each(reader, NOW, add_line, &text), READ_DONE);
    assert_string_equal(str_text(&text), expected);
    reader_close(reader);
    str_finish(&text);
}

static void test_generations(void **state) {
    const struct fixture *fixture = *state;
    struct library *library = open_library(fixture);
    enum change change;
    bool found = false;
    assert_int_equal(library_generation(library), 0);
    assert_true(library_begin(library));
    assert_true(put(library, "a", "1", &change));
    assert_int_equal(change, CHANGE_ADDED);
    assert_true(put(library, "b", "1", &change));
    assert_visible(fixture, "");
    commit(library, true);
    assert_int_equal(library_generation(library), 1);
    assert_visible(fixture, "a=1;b=1;");

    assert_true(library_begin(library));
    assert_true(put(library, "a", "1", &change));
    assert_int_equal(change, CHANGE_UNCHANGED);
    commit(library, false);
    assert_int_equal(library_generation(library), 1);

    assert_true(library_begin(library));
    assert_true(put(library, "a", "2", &change));
    assert_int_equal(change, CHANGE_CHANGED);
    assert_true(library_remove(library, "b", &found));
    assert_true(found);
    assert_true(library_remove(library, "b", &found));
    assert_false(found);
    assert_true(put(library, "c", "2", &change));
    assert_visible(fixture, "a=1;b=1;");
    commit(library, true);
    library_close(library);
    assert_visible(fixture, "a=2;c=2;");
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM cases"), 4);
    assert_int_equal(raw_sql(fixture->paths.library,
                             "SELECT count(*) FROM generation WHERE made_ms > 0 AND note = 'test'"),
                     2);
}

/* One import may say several things of one case: the last counts. */
static void test_twice_in_one_import(void **state) {
    const struct fixture *fixture = *state;
    struct library *library = open_library(fixture);
    bool found = false;
    assert_true(library_begin(library));
    assert_true(put(library, "a", "1", NULL) && put(library, "a", "2", NULL));
    assert_true(put(library, "b", "1", NULL) && library_remove(library, "b", &found) && found);
    commit(library, true);
    assert_visible(fixture, "a=2;");
    assert_true(library_begin(library));
    assert_true(library_remove(library, "a", &found) && found && put(library, "a", "3", NULL));
    assert_true(put(library, "c", "1", NULL) && library_remove(library, "c", &found));
    commit(library, true);
    assert_visible(fixture, "a=3;");
    assert_true(library_begin(library));
    assert_true(put(library, "d", "1", NULL) && library_remove(library, "d", &found));
    commit(library, false);
    library_close(library);
}

/* A case of its own batch's size, nearly: two of them are written out. */
#define LARGE (3u << 20)

static bool put_large(struct library *library, const char *id) {
    struct case_record record = make_case(id, UNIT_PARTY, "青禾农业大学", "new");
    enum change change;
    free(record.body);
    record.body = xcalloc(LARGE + 1, 1);
    memset(record.body, 'x', LARGE);
    bool good = library_put(library, &record, &change);
    case_finish(&record);
    return good;
}

static int64_t coming_rows(const struct fixture *fixture) {
    return raw_sql(fixture->paths.library, "SELECT count(*) FROM cases WHERE from_generation > 1");
}

static void test_abort(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a", "b"};
    bool found = false;
    assert_true(import_ids(&fixture->paths, ids, 2, "1"));
    struct library *library = open_library(fixture);
    assert_true(library_begin(library));
    assert_true(put_large(library, "a") && put_large(library, "c"));
    assert_int_equal(coming_rows(fixture), 2);
    assert_true(put(library, "a", "2", NULL) && library_remove(library, "b", &found));
    library_abort(library);
    library_abort(library);
    assert_int_equal(coming_rows(fixture), 0);
    assert_visible(fixture, "a=1;b=1;");
    assert_true(library_begin(library) && put(library, "a", "2", NULL));
    library_close(library); /* in the middle: the same as an abort */
    library = open_library(fixture);
    assert_true(library_begin(library));
    commit(library, false);
    library_close(library);
    assert_visible(fixture, "a=1;b=1;");
}

/* Each field of a case counts, its generation does not. */
static void test_unchanged(void **state) {
    enum {
        SAME,
        GENERATION,
        ORDER,
        SCHOOL,
        SUMMARY,
        BODY,
        URL,
        UNIT,
        PHASE,
        PUBLISHED,
        FROM,
        UNTIL,
        WEIGHT,
        CAPTION,
        WHOLE,
        SOURCE,
        WIDTH,
        FOCUS,
        RENDITION,
        FEWER,
        CODE,
        FIELDS
    };
    struct library *library = open_library(*state);
    for (int field = SAME; field < FIELDS; field++) {
        char id[24];
        snprintf(id, sizeof id, "case %d", field);
        for (int round = 0; round < 2; round++) {
            struct case_record record = make_case(id, UNIT_SAFETY, "学校", "题");
            add_asset(&record, make_asset("source", "content"));
            struct asset *asset = record.assets;
            const struct rendition first = asset->renditions[0];
            char **texts[FIELDS] = {[SCHOOL] = &record.school,
                                    [SUMMARY] = &record.summary,
                                    [BODY] = &record.body,
                                    [URL] = &record.url,
                                    [CAPTION] = &asset->caption};
            int64_t *numbers[FIELDS] = {[GENERATION] = &record.generation,
                                        [PUBLISHED] = &record.published_ms,
                                        [FROM] = &record.valid_from_ms,
                                        [UNTIL] = &record.valid_until_ms};
            int *small[FIELDS] = {
                [WEIGHT] = &record.weight, [WIDTH] = &asset->width, [FOCUS] = &asset->focus_y};
            if (round && texts[field]) {
                free(*texts[field]);
                *texts[field] = xstrdup("other");
            } else if (round && numbers[field]) {
                *numbers[field] = 77;
            } else if (round && small[field]) {
                *small[field] = 77;
            } else if (round) {
                record.unit = field == UNIT ? UNIT_PARTY : record.unit;
                record.phase = field == PHASE ? PHASE_FEATURED : record.phase;
                asset->whole = field == WHOLE;
                asset->source.bytes[3] ^= field == SOURCE;
                asset->renditions[1].hash.bytes[9] ^= field == RENDITION;
                record.asset_count -= field == FEWER;
                asset->renditions[0] = field == ORDER ? asset->renditions[1] : first;
                asset->renditions[1] = field == ORDER ? first : asset->renditions[1];
            }
            if (round && field == CODE)
                add_code(&record, "code");
            enum change change;
            assert_true(library_begin(library));
            assert_true(library_put(library, &record, &change));
            bool same = field == SAME || field == GENERATION || field == ORDER;
            enum change expected = !round ? CHANGE_ADDED : same ? CHANGE_UNCHANGED : CHANGE_CHANGED;
            if (change != expected)
                fail_msg("field %d: change %d", field, change);
            commit(library, change != CHANGE_UNCHANGED);
            record.asset_count = 1;
            case_finish(&record);
        }
    }
    library_close(library);
}

static void test_renditions(void **state) {
    const struct fixture *fixture = *state;
    struct library *library = open_library(fixture);
    struct asset kept = make_asset("source", "content"), into = {.caption = xstrdup("mine")};
    char *path = media_path(fixture->paths.media, kept.renditions[0].hash);
    char *staged = path_join(fixture->paths.staging, "x", NULL);
    bool found = true;
    kept.whole = true;
    kept.duration_ms = 61000;
    assert_true(library_find_renditions(library, kept.source, RECIPE, &into, &found) && !found);
    assert_true(library_begin(library));
    assert_true(library_keep_renditions(library, RECIPE, &kept));
    /* its files are not there */
    assert_true(library_find_renditions(library, kept.source, RECIPE, &into, &found) && !found);
    write_file(staged, "content");
    assert_true(media_admit(fixture->paths.media, staged, kept.renditions[0].hash));
    assert_true(library_find_renditions(library, kept.source, RECIPE, &into, &found) && found);
    commit(library, false);
    assert_string_equal(into.caption, "mine");
    assert_true(into.width == 3000 && into.height == 2000 && into.whole);
    assert_int_equal(into.duration_ms, 61000);
    assert_true(into.focus_x == 250 && into.focus_y == 750);
    assert_true(hash_equal(into.source, kept.source));
    assert_int_equal(into.rendition_count, 2);
    assert_int_equal(into.renditions[0].role, RENDITION_LARGE);
    assert_true(hash_equal(into.renditions[0].hash, kept.renditions[1].hash));
    assert_int_equal(into.renditions[0].bytes, 7);
    asset_finish(&into);
    assert_true(library_find_renditions(library, kept.source, "recipe-2", &into, &found) && !found);
    assert_true(library_find_renditions(library, hash_text("?"), RECIPE, &into, &found) && !found);
    unlink(path);
    assert_true(library_find_renditions(library, kept.source, RECIPE, &into, &found) && !found);
    write_file(path, "cont");
    assert_true(library_find_renditions(library, kept.source, RECIPE, &into, &found) && !found);
    asset_finish(&kept);
    free(staged);
    free(path);
    library_close(library);
}

/* Preparing anew leaves the cases that use the old renditions as they are. */
static void test_renditions_made_anew(void **state) {
    const struct fixture *fixture = *state;
    struct library *library = open_library(fixture);
    struct case_record record = make_case("a", UNIT_PARTY, "学校", "题");
    struct asset again = make_asset("source", "better");
    enum change change;
    add_asset(&record, make_asset("source", "content"));
    assert_true(library_begin(library));
    assert_true(library_keep_renditions(library, RECIPE, record.assets));
    assert_true(library_put(library, &record, &change));
    assert_true(library_keep_renditions(library, RECIPE, record.assets));
    commit(library, true);
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM source_media"), 1);
    assert_true(library_begin(library));
    assert_true(library_keep_renditions(library, "recipe-2", record.assets)); /* the same result */
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM source_media"), 1);
    assert_true(library_keep_renditions(library, "recipe-2", &again));
    assert_true(library_put(library, &record, &change));
    assert_int_equal(change, CHANGE_UNCHANGED);
    commit(library, false);
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM source_media"), 2);
    case_finish(&record);
    asset_finish(&again);
    library_close(library);

    const char *id = "a";
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_load(reader, &id, 1, &record), READ_DONE);
    assert_true(hash_equal(record.assets[0].renditions[0].hash, hash_text("content")));
    case_finish(&record);
    reader_close(reader);
}

static void on_case(void *user, const char *id, const char *title) {
    str_addf(user, "%s=%s;", id, title);
}

static void test_schools(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"b", "a"};
    struct library *library = open_library(fixture);
    assert_false(library_school_known(library, "青禾农业大学"));
    library_close(library);
    assert_true(import_ids(&fixture->paths, ids, 2, "1"));
    library = open_library(fixture);
    assert_true(library_school_known(library, "青禾农业大学"));
    assert_false(library_school_known(library, "青禾"));
    struct str text = {0};
    assert_true(library_each_of_school(library, "青禾农业大学", on_case, &text));
    assert_string_equal(str_text(&text), "a=1;b=1;");
    str_clear(&text);
    assert_true(library_begin(library) && put(library, "a", "2", NULL));
    assert_true(library_each_of_school(library, "青禾农业大学", on_case, &text));
    assert_string_equal(str_text(&text), "a=2;b=1;");
    str_finish(&text);
    library_close(library);
}

/* A child that dies by SIGKILL where `step` of its work is done. */
static void die_importing(const struct fixture *fixture, int step) {
    static const char *const ids[] = {"a", "b", "c", "d", "e"};
    pid_t child = fork();
    if (child == 0) {
        struct library *library = library_open(&fixture->paths, NULL);
        bool good = library && library_begin(library), found = false;
        for (int i = 0; good && i < step; i++)
            good = put_large(library, ids[i]);
        if (good && library_remove(library, "c", &found))
            kill(getpid(), SIGKILL);
        _exit(1);
    }
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
}

static void test_killed_import(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a", "b", "c"};
    static const int64_t left[] = {0, 0, 2, 2, 4, 4}; /* rows that got out, by steps: two a batch */
    assert_true(import_ids(&fixture->paths, ids, 3, "old"));
    for (int step = 1; step < (int)COUNT(left); step++) {
        die_importing(fixture, step);
        assert_int_equal(
            raw_sql(fixture->paths.library, "SELECT count(*) FROM cases WHERE from_generation > 1"),
            left[step]);
        assert_visible(fixture, "a=old;b=old;c=old;");
        struct library *library = open_library(fixture);
        assert_int_equal(library_generation(library), 1);
        assert_true(library_begin(library));
        assert_int_equal(raw_sql(fixture->paths.library,
                                 "SELECT count(*) FROM cases WHERE from_generation > 1 OR "
                                 "until_generation IS NOT NULL"),
                         0);
        assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM texts"), 3);
        commit(library, false);
        library_close(library);
        assert_visible(fixture, "a=old;b=old;c=old;");
    }
    static const char *const after[] = {"a"};
    assert_true(import_ids(&fixture->paths, after, 1, "new"));
    assert_visible(fixture, "a=new;b=old;c=old;");
}

static void import_picture(const struct fixture *fixture, const char *content) {
    struct library *library = open_library(fixture);
    struct case_record record = make_case("a", UNIT_PARTY, "学校", content);
    char *staged = path_join(fixture->paths.staging, "x", NULL);
    enum change change;
    add_asset(&record, make_asset(content, content));
    write_file(staged, content);
    assert_true(media_admit(fixture->paths.media, staged, hash_text(content)));
    assert_true(library_begin(library));
    assert_true(library_keep_renditions(library, RECIPE, record.assets));
    assert_true(library_put(library, &record, &change));
    commit(library, true);
    free(staged);
    case_finish(&record);
    library_close(library);
}

/* As the first version of the program left it, killed in an import. */
static void make_old(const struct fixture *fixture) {
    import_picture(fixture, "old");
    die_importing(fixture, 4);
    make_older(fixture->paths.library, 1);
}

static void test_migration(void **state) {
    const struct fixture *fixture = *state;
    make_old(fixture);
    struct library *library = open_library(fixture);
    assert_int_equal(library_generation(library), 1);
    library_close(library);
    assert_visible(fixture, "a=old;");
    assert_int_equal(raw_sql(fixture->paths.library, "PRAGMA user_version"),
                     library_schema.version);
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM source_media WHERE "
                                                     "focus_x = 500 AND focus_y = 420"),
                     1);
    assert_int_equal(raw_sql(fixture->paths.library,
                             "SELECT count(*) FROM cases WHERE twin = 0 AND statement IS NULL"),
                     raw_sql(fixture->paths.library, "SELECT count(*) FROM cases"));
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM withdrawn"), 0);
    import_picture(fixture, "new");
    assert_visible(fixture, "a=new;");
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM cases"), 2);
}

/* All of it or nothing: its second step fails here. */
static void test_broken_migration(void **state) {
    const struct fixture *fixture = *state;
    make_old(fixture);
    raw_sql(fixture->paths.library,
            "ALTER TABLE source_media ADD COLUMN focus_y INTEGER NOT NULL DEFAULT 420");
    assert_null(library_open(&fixture->paths, NULL));
    assert_int_equal(raw_sql(fixture->paths.library, "PRAGMA user_version"), 1);
    assert_int_equal(raw_sql(fixture->paths.library, "SELECT count(*) FROM "
                                                     "pragma_table_info('source_media') WHERE "
                                                     "name = 'focus_x'"),
                     0);
    raw_sql(fixture->paths.library, "ALTER TABLE source_media DROP COLUMN focus_y");
    library_close(open_library(fixture));
    assert_visible(fixture, "a=old;");
}

/* A writer killed in its commit: the journal is hot, readers cannot help, the next writer does. */
static void die_committing(const char *path) {
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *db = NULL;
        sqlite3_open(path, &db);
        sqlite3_exec(db,
                     "PRAGMA journal_mode=TRUNCATE; PRAGMA cache_size=1; BEGIN;"
                     "UPDATE texts SET title = 'half';"
                     "INSERT INTO texts SELECT row, 't', 's', hex(zeroblob(90000)), 'u', 0 FROM ("
                     "WITH n(row) AS (VALUES (1000) UNION ALL SELECT row + 1 FROM n LIMIT 20)"
                     "SELECT row FROM n)",
                     NULL, NULL, NULL);
        kill(getpid(), SIGKILL);
    }
    assert_int_equal(waitpid(child, NULL, 0), child);
}

static void test_hot_journal(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a", "b"};
    int64_t generation = 0;
    assert_true(import_ids(&fixture->paths, ids, 2, "old"));
    die_committing(fixture->paths.library);
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_generation(reader, &generation), READ_UNREADY);
    assert_int_equal(reader_generation(reader, &generation), READ_UNREADY);
    library_close(open_library(fixture));
    assert_int_equal(reader_generation(reader, &generation), READ_DONE);
    assert_int_equal(generation, 1);
    reader_close(reader);
    assert_visible(fixture, "a=old;b=old;");
}

static void test_rolled_back(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a", "b"};
    assert_true(import_ids(&fixture->paths, ids, 2, "1"));
    assert_true(import_ids(&fixture->paths, ids, 1, "2"));
    assert_visible(fixture, "b=1;a=2;");
    raw_sql(fixture->paths.library, "UPDATE pointer SET current = 1");
    assert_visible(fixture, "a=1;b=1;");
    struct library *library = open_library(fixture);
    assert_int_equal(library_generation(library), 1);
    assert_true(library_begin(library));
    assert_true(put(library, "b", "3", NULL));
    assert_visible(fixture, "a=1;b=1;");
    commit(library, true);
    assert_int_equal(library_generation(library), 3); /* 2 was used */
    library_close(library);
    assert_visible(fixture, "a=1;b=3;");
    assert_int_equal(
        raw_sql(fixture->paths.library, "SELECT previous FROM generation WHERE number = 3"), 1);
}

/* Generation n shows case "a" with the picture of content "n". */
static bool has(const struct fixture *fixture, const char *content) {
    const struct rendition rendition = {.bytes = (int64_t)strlen(content),
                                        .hash = hash_text(content)};
    return media_has(fixture->paths.media, &rendition);
}

static void test_sweep(void **state) {
    const struct fixture *fixture = *state;
    struct sweep sweep;
    char *staged = path_join(fixture->paths.staging, "x", NULL);
    char *foreign = path_join(fixture->paths.media, "LIESMICH.jpg", NULL);
    char *code = path_join(fixture->paths.staging, "x.png", NULL);
    write_file(staged, "orphan");
    write_file(code, "orphan");
    write_file(foreign, "foreign");
    assert_true(media_admit(fixture->paths.media, staged, hash_text("orphan")));
    assert_true(media_admit(fixture->paths.media, code, hash_text("orphan")));
    struct library *library = open_library(fixture);
    assert_true(library_sweep(library, false, &sweep));
    assert_true(sweep.files == 0 && has(fixture, "orphan")); /* an empty library proves nothing */
    library_close(library);
    import_picture(fixture, "one");
    import_picture(fixture, "two");
    import_picture(fixture, "three");
    library = open_library(fixture);
    assert_true(library_begin(library));
    assert_false(library_sweep(library, false, &sweep));
    library_abort(library);
    assert_true(library_sweep(library, true, &sweep));
    assert_true(sweep.cases == 1 && sweep.sources == 0);
    assert_true(sweep.files == 2 && !has(fixture, "orphan") && has(fixture, "one"));
    assert_true(library_sweep(library, false, &sweep));
    assert_true(sweep.cases == 0 && sweep.sources == 1);
    assert_true(sweep.files == 1 && sweep.media_bytes == 3 && !has(fixture, "one"));
    assert_true(has(fixture, "two") && has(fixture, "three") && fs_exists(foreign));
    assert_true(library_sweep(library, false, &sweep));
    assert_true(sweep.cases == 0 && sweep.sources == 0 && sweep.files == 0);
    library_close(library);
    raw_sql(fixture->paths.library, "UPDATE pointer SET current = 2");
    assert_visible(fixture, "a=two;");
    free(foreign);
    free(code);
    free(staged);
}

static void test_sweep_after_kill(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a", "b", "c"};
    struct sweep sweep;
    assert_true(import_ids(&fixture->paths, ids, 3, "old"));
    die_importing(fixture, 3);
    struct library *library = open_library(fixture);
    assert_true(library_sweep(library, false, &sweep));
    assert_int_equal(sweep.cases, 2);
    library_close(library);
    assert_visible(fixture, "a=old;b=old;c=old;");
}

static void test_admit(void **state) {
    const struct fixture *fixture = *state;
    static const enum rendition_role roles[] = {RENDITION_SCREEN, RENDITION_CODE, RENDITION_VIDEO};
    static const char *const names[] = {"x.jpg", "x.png", "x.mp4"};
    static const char *const before[] = {NULL, "picture", "pic"};
    for (size_t i = 0; i < COUNT(before) * COUNT(roles); i++) {
        const struct rendition rendition = {
            .role = roles[i % 3], .bytes = 7, .hash = hash_text("picture")};
        const char *there = before[i / 3];
        char *staged = path_join(fixture->paths.staging, names[i % 3], NULL);
        char *target = rendition_path(fixture->paths.media, &rendition);
        unlink(target);
        assert_false(media_has(fixture->paths.media, &rendition));
        if (there)
            write_file(target, there);
        write_file(staged, "picture");
        assert_true(media_admit(fixture->paths.media, staged, rendition.hash));
        assert_false(fs_exists(staged));
        assert_true(media_has(fixture->paths.media, &rendition));
        assert_false(media_admit(fixture->paths.media, staged, hash_text("not staged")));
        free(target);
        free(staged);
    }
}

/* What cannot be opened says why. */
static void test_open_failures(void **state) {
    const struct fixture *fixture = *state;
    static const char *const ids[] = {"a"};
    enum db_result result = DB_DONE;
    const char *path = fixture->paths.library;
    char *garbage = xcalloc(1, 8193);
    memset(garbage, 'g', 8192);
    write_file(path, garbage);
    free(garbage);
    assert_null(library_open(&fixture->paths, &result));
    assert_int_equal(result, DB_DAMAGED);
    unlink(path);
    assert_true(import_ids(&fixture->paths, ids, 1, "1"));
    int64_t version = raw_sql(path, "PRAGMA user_version");
    set_schema_version(path, 99);
    assert_null(library_open(&fixture->paths, &result));
    assert_int_equal(result, DB_NEWER);
    set_schema_version(path, version);
    assert_int_equal(truncate(path, 8192), 0);
    struct library *library = library_open(&fixture->paths, &result);
    assert_true(!library || !library_check(library));
    library_close(library);
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_null(library_open(&fixture->paths, &result));
    assert_int_equal(result, DB_FAILED);
}

/* The copy holds what the library held, and is not made again within a day. */
static void test_backup(void **state) {
    const struct fixture *fixture = *state;
    struct library *library = open_library(fixture);
    enum change change;
    assert_true(library_backup(library)); /* nothing to copy yet */
    assert_false(fs_exists(fixture->paths.backup));
    assert_true(library_begin(library));
    assert_true(put(library, "a", "1", &change));
    commit(library, true);
    assert_true(library_check(library));
    assert_true(library_backup(library));
    assert_int_equal(raw_sql(fixture->paths.backup, "SELECT count(*) FROM cases"), 1);
    assert_true(library_begin(library));
    assert_true(put(library, "b", "1", &change));
    commit(library, true);
    assert_true(library_backup(library));
    assert_int_equal(raw_sql(fixture->paths.backup, "SELECT count(*) FROM cases"), 1);
    set_schema_version(fixture->paths.backup, 1); /* a reader would wait for its migration */
    assert_true(library_backup(library));
    assert_int_equal(raw_sql(fixture->paths.backup, "SELECT count(*) FROM cases"), 2);
    library_close(library);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(test_generations),
        T(test_twice_in_one_import),
        T(test_abort),
        T(test_unchanged),
        T(test_renditions),
        T(test_renditions_made_anew),
        T(test_schools),
        T(test_killed_import),
        T(test_hot_journal),
        T(test_rolled_back),
        T(test_sweep),
        T(test_sweep_after_kill),
        T(test_admit),
        T(test_open_failures),
        T(test_backup),
        T(test_migration),
        T(test_broken_migration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
