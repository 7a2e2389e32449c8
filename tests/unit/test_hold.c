/* What the door holds back, as a feed's and a local import meet it; twins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/hold.h"
#include "ingest/naming.h"
#include "ingest/picture.h"
#include "ingest/stage.h"
#include "ingest/twin.h"
#include "library/reader.h"
#include "library_fixture.h"

#define FEED  "6f1c2a34-0b5d-4e6f-8a9b-0c1d2e3f4a5b"
#define OTHER "6f1c2a34-0b5d-4e6f-8a9b-0c1d2e3f4a5c"

static void test_twin_of(void **state) {
    (void)state;
    static const struct {
        const char *school, *title;
        bool same;
    } table[] = {
        {"某某大学", "读书角", true},      {"某某大学", " 读 书角！", true},
        {"某某 大学", "《读书角》", true}, {"某某大学", "读书角a", false},
        {"某某大学读", "书角", false},     {"读书角", "某某大学", false},
        {"", "某某大学读书角", false},     {"某某大学", "", false},
    };
    int64_t twin = twin_of("某某大学", "读书角");
    for (size_t i = 0; i < COUNT(table); i++)
        if ((twin_of(table[i].school, table[i].title) == twin) != table[i].same)
            fail_msg("%s / %s", table[i].school, table[i].title);
    assert_true(twin_of("甲", "Ａ１") == twin_of("甲", "a1"));
    assert_true(twin_of("甲", "！") != twin_of("甲", "？？"));
    assert_true(twin_of("", "") != 0);
}

static void test_local_id(void **state) {
    (void)state;
    static const char *const table[][2] = {
        {"学校/标题", "学校/标题"},
        {FEED ":a", "本机:" FEED ":a"},
        {FEED, FEED},
        {"本机:" FEED ":a", "本机:" FEED ":a"},
        {"通知/停水", "本机:通知/停水"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char *id = naming_local_id(table[i][0], LEVEL_CASE);
        assert_string_equal(id, table[i][1]);
        assert_string_equal(case_own_id(id, NULL), id);
        free(id);
    }
}

struct books {
    struct ledger *ledger;
    struct library *library;
};

static struct books open_books(const struct fixture *fixture) {
    struct books books = {ledger_open(fixture->paths.ledger, DB_WRITE, NULL),
                          library_open(&fixture->paths, NULL)};
    assert_true(books.ledger && books.library);
    return books;
}

static void close_books(struct books *books) {
    library_close(books->library);
    ledger_close(books->ledger);
}

static void add(struct books *books, const char *id, const char *title, const char *why) {
    struct withdrawal withdrawal = {(char *)id,    twin_of("甲", title), (char *)"甲",
                                    (char *)title, (char *)why,          0};
    assert_true(hold_add(books->ledger, books->library, &withdrawal, 1));
}

static void import(struct books *books, const char *id, const char *title) {
    struct case_record record = make_case(id, UNIT_PARTY, "甲", title);
    enum change change;
    bool changed = false;
    record.twin = twin_of("甲", title);
    assert_true(library_begin(books->library) && library_put(books->library, &record, &change) &&
                library_commit(books->library, "", &changed));
    case_finish(&record);
}

static void assert_held(struct books *books, const char *id, const char *title, const char *by_id) {
    struct withdrawal by;
    assert_true(hold_find(books->ledger, books->library, id, twin_of("甲", title), &by));
    if (by_id)
        assert_string_equal(by.id, by_id);
    else
        assert_null(by.id);
    withdrawal_finish(&by);
}

static int64_t shown(const struct fixture *fixture) {
    struct reader *reader = reader_open(fixture->paths.library);
    struct counts counts;
    assert_int_equal(reader_counts(reader, NOW, &counts), READ_DONE);
    reader_close(reader);
    return counts.cases;
}

static void test_hold(void **state) {
    struct books books = open_books(*state);
    import(&books, "本地", "一");
    import(&books, FEED ":a", "一");
    assert_int_equal(shown(*state), 2);
    add(&books, "本地", "一", WITHDRAWN_REMOVE);
    assert_int_equal(shown(*state), 1);
    assert_held(&books, "本地", "一", "本地");
    assert_held(&books, "本地", "改了", "本地");
    assert_held(&books, "别的", "一。", "本地");
    assert_held(&books, "别的", "改了", NULL);
    assert_held(&books, OTHER ":a", "一", "本地");
    assert_held(&books, FEED ":a", "一", NULL); /* shown already: a correction of it */
    import(&books, FEED ":b", "二");
    assert_held(&books, FEED ":b", "一", "本地"); /* that was another one */
    close_books(&books);
}

static void test_tombstone(void **state) {
    struct books books = open_books(*state);
    import(&books, FEED ":a", "一");
    import(&books, FEED ":r", "二");
    add(&books, FEED ":a", "一", WITHDRAWN_TOMBSTONE);
    add(&books, FEED ":r", "二", WITHDRAWN_REMOVE);
    assert_int_equal(shown(*state), 0);
    assert_held(&books, FEED ":a", "一", NULL);
    assert_held(&books, FEED ":x", "一", NULL);
    assert_held(&books, OTHER ":a", "一", FEED ":a");
    assert_held(&books, "本地", "一", FEED ":a");
    assert_held(&books, FEED ":r", "二", FEED ":r");
    /* only the feed's own word is lifted */
    static const char *const ids[] = {FEED ":a", FEED ":r", FEED ":none"};
    assert_true(hold_lift(books.ledger, books.library, ids, 3));
    assert_int_equal(shown(*state), 1);
    assert_held(&books, FEED ":r", "二", FEED ":r");
    assert_held(&books, "本地", "一", NULL);
    close_books(&books);
}

/* A crash between the ledger and the library: the next one who opens them tells. */
static void test_sync(void **state) {
    struct books books = open_books(*state);
    const struct withdrawal withdrawal = {.id = (char *)"a", .why = (char *)WITHDRAWN_HIDDEN};
    bool found = false;
    import(&books, "a", "一");
    assert_true(ledger_withdraw(books.ledger, &withdrawal, 1));
    assert_int_equal(shown(*state), 1);
    assert_true(hold_sync(books.ledger, books.library));
    assert_int_equal(shown(*state), 0);
    assert_true(ledger_allow(books.ledger, "a", &found) && found);
    assert_true(hold_sync(books.ledger, books.library));
    assert_int_equal(shown(*state), 1);
    close_books(&books);
}

static void test_words(void **state) {
    (void)state;
    const struct withdrawal by = {
        .id = (char *)"乙", .why = (char *)WITHDRAWN_TOMBSTONE, .at_ms = 1791417600000};
    json_t *json = hold_json("甲", "学校", "标题", &by);
    assert_string_equal(json_string_value(json_object_get(json, "id")), "甲");
    assert_string_equal(json_string_value(json_object_get(json, "withdrawn")), "乙");
    assert_string_equal(json_string_value(json_object_get(json, "why")), "tombstone");
    json_decref(json);
    char *text = hold_text("标题", &by);
    assert_non_null(strstr(text, "标题"));
    assert_non_null(strstr(text, "由发布者撤下"));
    assert_non_null(strstr(text, "2026-10-08"));
    free(text);
}

/* Bytes that are not what the manifest promised never get to a decoder. */
static void test_expected_hash(void **state) {
    const struct fixture *fixture = *state;
    struct config config;
    struct stage stage;
    struct asset asset;
    enum reject reject = REJECT_COUNT;
    char *detail = NULL, *path = path_join(fixture->paths.state, "x.jpg", NULL);
    struct books books = open_books(fixture);
    config_init(&config);
    write_file(path, "bytes");
    assert_true(library_begin(books.library));
    assert_true(stage_open(&stage, &fixture->paths, &config, books.library, NULL, NULL));
    struct asset kept = make_asset("bytes", "content");
    char *staged = path_join(stage.folder, "y.jpg", NULL);
    char *target = media_path(fixture->paths.media, kept.renditions[0].hash);
    char *folder = path_beside(target, ".");
    assert_true(fs_make_dirs(folder));
    write_file(target, "content"); /* prepared before: no helper is asked */
    assert_true(library_keep_renditions(books.library, PICTURE_RECIPE, &kept));
    struct manifest_asset from = {
        .path = path, .caption = (char *)"", .hashed = true, .expected = hash_text("other")};
    assert_int_equal(stage_asset(&stage, &from, &asset, &reject, &detail), STAGE_REFUSED);
    assert_int_equal(reject, REJECT_HASH);
    from.hashed = false;
    assert_int_equal(stage_asset(&stage, &from, &asset, &reject, &detail), STAGE_TAKEN);
    asset_finish(&asset);
    from.hashed = true;
    from.expected = hash_text("bytes");
    assert_int_equal(stage_asset(&stage, &from, &asset, &reject, &detail), STAGE_TAKEN);
    asset_finish(&asset);
    asset_finish(&kept);
    stage_close(&stage);
    config_finish(&config);
    close_books(&books);
    free(folder);
    free(target);
    free(staged);
    free(path);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_twin_of),
        cmocka_unit_test(test_local_id),
        cmocka_unit_test(test_words),
        T(test_hold),
        T(test_tombstone),
        T(test_sync),
        T(test_expected_hash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
