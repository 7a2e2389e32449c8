/* Removing and allowing by the id within a feed, what the receipts say, and requests for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "ingest/errands.h"
#include "ingest/promotion.h"
#include "ingest/recall.h"
#include "ingest/twin.h"
#include "library/ledger.h"
#include "library/reader.h"
#include "library/withdrawals.h"
#include "library_fixture.h"

#define FEED  "6f1c2a34-0b5d-4e6f-8a9b-0c1d2e3f4a5b"
#define OTHER "6f1c2a34-0b5d-4e6f-8a9b-0c1d2e3f4a5c"

static struct config config;

static struct door *open_door(const struct fixture *fixture) {
    struct door *door = door_open(&fixture->paths, &config, NULL);
    assert_non_null(door);
    return door;
}

static void fill(const struct fixture *fixture) {
    static const char *const ids[] = {"甲", FEED ":甲", FEED ":乙", OTHER ":丙", FEED ":丙"};
    assert_true(import_ids(&fixture->paths, ids, COUNT(ids), "题"));
}

static bool add_line(void *user, const struct case_record *record) {
    str_addf(user, "%s;", record->id);
    return true;
}

static void assert_shown(const struct fixture *fixture, const char *expected) {
    struct str text = {0};
    struct reader *reader = reader_open(fixture->paths.library);
    assert_int_equal(reader_each(reader, NOW, add_line, &text), READ_DONE);
    assert_string_equal(str_text(&text), expected);
    reader_close(reader);
    str_finish(&text);
}

/* The receipt without what differs each time. */
static void assert_receipt(json_t *receipt, const char *expected) {
    assert_non_null(receipt);
    json_object_del(receipt, "time");
    json_object_del(receipt, "generation");
    char *text = json_dumps(receipt, JSON_COMPACT);
    assert_string_equal(text, expected);
    free(text);
    json_decref(receipt);
}

static void assert_last(const struct fixture *fixture, const char *kind, const char *outcome) {
    struct ledger *ledger = ledger_open(fixture->paths.ledger, DB_READ_WAITING, NULL);
    struct receipt receipt;
    assert_true(ledger_last(ledger, NULL, &receipt));
    assert_string_equal(receipt.kind, kind);
    assert_string_equal(receipt.outcome, outcome);
    receipt_finish(&receipt);
    ledger_close(ledger);
}

static void test_remove(void **state) {
    const struct fixture *fixture = *state;
    static const char *const words[] = {"甲", "乙", "丙", "丁", "乙"};
    static const char *const whole[] = {OTHER ":丙"};
    fill(fixture);
    struct door *door = open_door(fixture);
    assert_receipt(door_remove(door, words, COUNT(words), "r-1"),
                   "{\"outcome\":\"partial\",\"removed\":[\"甲\",\"" FEED ":乙\"],"
                   "\"missing\":[\"丁\"],\"ambiguous\":[{\"id\":\"丙\",\"candidates\":"
                   "[\"" FEED ":丙\",\"" OTHER ":丙\"]}]}");
    assert_shown(fixture, FEED ":丙;" FEED ":甲;" OTHER ":丙;");
    assert_last(fixture, "remove", "partial");
    assert_receipt(door_remove(door, whole, 1, NULL), "{\"outcome\":\"accepted\",\"removed\":"
                                                      "[\"" OTHER ":丙\"],\"missing\":[]}");
    assert_receipt(door_remove(door, words + 3, 1, NULL),
                   "{\"outcome\":\"refused\",\"removed\":[],\"missing\":[\"丁\"]}");
    door_close(door);
    assert_shown(fixture, FEED ":丙;" FEED ":甲;");
    struct ledger *ledger = ledger_open(fixture->paths.ledger, DB_READ_WAITING, NULL);
    struct withdrawal found;
    assert_true(ledger_find_withdrawal(ledger, "丙", twin_of("青禾农业大学", "题"), &found));
    assert_string_equal(found.why, WITHDRAWN_REMOVE);
    assert_string_equal(found.school, "青禾农业大学");
    withdrawal_finish(&found);
    ledger_close(ledger);
}

static void test_allow(void **state) {
    const struct fixture *fixture = *state;
    static const char *const words[] = {FEED ":甲", FEED ":丙", OTHER ":丙"};
    static const char *const asked[] = {"丙", "甲", "丁"};
    fill(fixture);
    struct door *door = open_door(fixture);
    json_decref(door_remove(door, words, COUNT(words), NULL));
    assert_shown(fixture, FEED ":乙;甲;");
    json_decref(door_rollback(door, NULL, 0, NULL));
    assert_shown(fixture, FEED ":乙;甲;");
    assert_receipt(door_allow(door, asked, COUNT(asked), NULL),
                   "{\"outcome\":\"partial\",\"allowed\":[{\"id\":\"" FEED ":甲\",\"title\":\"题\","
                   "\"school\":\"青禾农业大学\",\"shown\":true}],\"missing\":[\"丁\"],"
                   "\"ambiguous\":[{\"id\":\"丙\",\"candidates\":[\"" FEED ":丙\",\"" OTHER
                   ":丙\"]}]}");
    assert_shown(fixture, FEED ":乙;" FEED ":甲;甲;");
    assert_last(fixture, "allow", "partial");
    assert_receipt(door_allow(door, words + 1, 2, NULL),
                   "{\"outcome\":\"accepted\",\"allowed\":[{\"id\":\"" FEED
                   ":丙\",\"title\":\"题\","
                   "\"school\":\"青禾农业大学\",\"shown\":true},{\"id\":\"" OTHER
                   ":丙\",\"title\":\"题\",\"school\":\"青禾农业大学\",\"shown\":true}],"
                   "\"missing\":[]}");
    assert_shown(fixture, FEED ":丙;" FEED ":乙;" FEED ":甲;" OTHER ":丙;甲;");
    door_close(door);
}

static void test_rollback(void **state) {
    const struct fixture *fixture = *state;
    static const char *const later[] = {"戊"};
    fill(fixture);
    assert_true(import_ids(&fixture->paths, later, 1, "题"));
    struct door *door = open_door(fixture);
    assert_receipt(door_rollback(door, NULL, 0, "r-2"), "{\"outcome\":\"accepted\",\"from\":2}");
    assert_last(fixture, "rollback", "accepted");
    assert_receipt(door_rollback(door, NULL, 0, NULL), "{\"outcome\":\"refused\",\"from\":1}");
    assert_last(fixture, "rollback", "refused");
    door_close(door);
}

/* Hidden: the library keeps it, no import and no rollback shows it, and allowed it is there. */
static void test_hide(void **state) {
    const struct fixture *fixture = *state;
    static const char *const words[] = {"乙", "丁"}, *const all[] = {FEED ":乙", "甲"};
    fill(fixture);
    struct door *door = open_door(fixture);
    assert_receipt(door_hide(door, words, COUNT(words), "r-1"),
                   "{\"outcome\":\"partial\",\"hidden\":[\"" FEED ":乙\"],\"missing\":[\"丁\"]}");
    assert_last(fixture, "hide", "partial");
    assert_receipt(door_hide(door, words, 1, NULL), /* again: no harm */
                   "{\"outcome\":\"accepted\",\"hidden\":[\"" FEED ":乙\"],\"missing\":[]}");
    door_close(door);
    assert_shown(fixture, FEED ":丙;" FEED ":甲;" OTHER ":丙;甲;");
    assert_true(import_ids(&fixture->paths, all, COUNT(all), "新题"));
    door = open_door(fixture);
    assert_shown(fixture, "甲;" FEED ":丙;" FEED ":甲;" OTHER ":丙;");
    json_decref(door_rollback(door, NULL, 0, NULL));
    assert_shown(fixture, FEED ":丙;" FEED ":甲;" OTHER ":丙;甲;");
    assert_receipt(door_allow(door, words, 1, NULL),
                   "{\"outcome\":\"accepted\",\"allowed\":[{\"id\":\"" FEED
                   ":乙\",\"title\":\"题\","
                   "\"school\":\"青禾农业大学\",\"shown\":true}],\"missing\":[]}");
    assert_shown(fixture, FEED ":丙;" FEED ":乙;" FEED ":甲;" OTHER ":丙;甲;");
    door_close(door);
}

static void assert_first(const struct fixture *fixture, const char *expected) {
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

static void test_feature(void **state) {
    const struct fixture *fixture = *state;
    static const char *const words[] = {"乙", "丁"}, *const again[] = {FEED ":乙"};
    fill(fixture);
    struct door *door = open_door(fixture);
    assert_receipt(door_feature(door, words, COUNT(words), "r-1"),
                   "{\"outcome\":\"partial\",\"featured\":[\"" FEED ":乙\"],\"missing\":[\"丁\"]}");
    assert_last(fixture, "feature", "partial");
    door_close(door);
    assert_first(fixture, FEED ":乙;");
    assert_true(import_ids(&fixture->paths, again, 1, "新题"));
    raw_sql(fixture->paths.library, "DELETE FROM promoted"); /* the ledger knows it still */
    door = open_door(fixture);
    json_decref(door_rollback(door, NULL, 0, NULL));
    assert_first(fixture, FEED ":乙;");
    assert_receipt(door_unfeature(door, words, 1, NULL),
                   "{\"outcome\":\"accepted\",\"unfeatured\":[\"" FEED ":乙\"],\"missing\":[]}");
    assert_last(fixture, "unfeature", "accepted");
    assert_first(fixture, "");
    door_close(door);
}

/* A notice comes first as it is; withdrawn, it says nothing of a case with its title. */
static void test_notice(void **state) {
    const struct fixture *fixture = *state;
    static const char *const words[] = {"甲", "乙"};
    static const char *const ids[] = {"甲", "乙", "丙"};
    assert_true(import_ids(&fixture->paths, ids, COUNT(ids), "题"));
    raw_sql(fixture->paths.library, "UPDATE cases SET level = 1 WHERE id IN ('甲', '丙')");
    struct door *door = open_door(fixture);
    assert_receipt(door_feature(door, words, 2, NULL),
                   "{\"outcome\":\"partial\",\"featured\":[\"乙\"],\"missing\":[],"
                   "\"notices\":[\"甲\"]}");
    assert_receipt(door_feature(door, words, 1, NULL),
                   "{\"outcome\":\"refused\",\"featured\":[],\"missing\":[],"
                   "\"notices\":[\"甲\"]}");
    assert_receipt(door_remove(door, words, 1, NULL),
                   "{\"outcome\":\"accepted\",\"removed\":[\"甲\"],\"missing\":[]}");
    assert_receipt(door_hide(door, ids + 2, 1, NULL),
                   "{\"outcome\":\"accepted\",\"hidden\":[\"丙\"],\"missing\":[]}");
    door_close(door);
    assert_first(fixture, "乙;");
    struct ledger *ledger = ledger_open(fixture->paths.ledger, DB_READ_WAITING, NULL);
    struct withdrawal found;
    assert_true(ledger_find_withdrawal(ledger, "丁", twin_of("青禾农业大学", "题"), &found));
    assert_null(found.id);
    assert_true(ledger_find_withdrawal(ledger, "甲", 0, &found));
    assert_string_equal(found.id, "甲");
    withdrawal_finish(&found);
    ledger_close(ledger);
}

/* What died between the ledger and the rows is not shown once the door is open again. */
static void test_door_tells(void **state) {
    const struct fixture *fixture = *state;
    fill(fixture);
    struct ledger *ledger = ledger_open(fixture->paths.ledger, DB_WRITE, NULL);
    const struct withdrawal withdrawal = {.id = (char *)FEED ":甲",
                                          .why = (char *)WITHDRAWN_REMOVE};
    assert_true(ledger_withdraw(ledger, &withdrawal, 1));
    ledger_close(ledger);
    door_close(open_door(fixture));
    assert_shown(fixture, FEED ":丙;" FEED ":乙;" OTHER ":丙;甲;");
}

static void ask(const struct fixture *fixture, const char *kind, const char *words) {
    char *path = path_join(fixture->paths.requests, "1.json", NULL);
    char *text = xasprintf("{\"id\":\"1\",\"kind\":\"%s\",\"words\":[%s]}", kind, words);
    write_file(path, text);
    free(text);
    free(path);
}

/* Each kind gets to its part of the door; a request for nothing is none. */
static void test_requests(void **state) {
    const struct fixture *fixture = *state;
    static const struct {
        const char *kind, *words, *key; /* key: what only this receipt has; NULL: no request */
    } table[] = {
        {"remove", "\"丁\"", "removed"},
        {"allow", "\"丁\"", "allowed"},
        {"hide", "\"丁\"", "hidden"},
        {"feature", "\"丁\"", "featured"},
        {"unfeature", "\"丁\"", "unfeatured"},
        {"rollback", "", "from"},
        {"import", "\"/-\"", "cases"},
        {"remove", "", NULL},
        {"allow", "", NULL},
        {"hide", "", NULL},
        {"feature", "", NULL},
        {"import", "", NULL},
        {"nothing", "\"丁\"", NULL},
    };
    struct door *door = open_door(fixture);
    for (size_t i = 0; i < COUNT(table); i++) {
        struct request request;
        ask(fixture, table[i].kind, table[i].words);
        bool taken = request_next(&fixture->paths, &request);
        assert_int_equal(taken, table[i].key != NULL);
        if (!taken)
            continue;
        free(request.id);
        request.id = xasprintf("r-%zu", i);
        json_t *receipt = errand_do(door, &request);
        assert_non_null(json_object_get(receipt, table[i].key));
        json_decref(receipt);
        request_finish(&request);
    }
    door_close(door);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {T(test_remove),     T(test_allow),   T(test_rollback),
                                       T(test_hide),       T(test_feature), T(test_notice),
                                       T(test_door_tells), T(test_requests)};
    config_init(&config);
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    config_finish(&config);
    return failed;
}
