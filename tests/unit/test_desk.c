/* Requests, their answers, and blackout. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "library/answers.h"
#include "library/desk.h"
#include "library_fixture.h"

static struct station *open_station(const struct fixture *fixture) {
    struct station *station = station_open(fixture->paths.station, DB_WRITE, NULL);
    assert_non_null(station);
    return station;
}

static struct ledger *open_ledger(const struct fixture *fixture) {
    struct ledger *ledger = ledger_open(fixture->paths.ledger, DB_WRITE, NULL);
    assert_non_null(ledger);
    return ledger;
}

static void ask(struct station *station, const char *kind, char uid[DESK_UID_SIZE]) {
    struct desk_request request = {
        .kind = (char *)kind, .arguments = (char *)"{\"path\":\"/u盘\"}", .by = (char *)"王老师"};
    assert_true(desk_ask(station, &request));
    assert_int_equal(strlen(request.uid), 32);
    assert_true(request.made_ms > 0);
    memcpy(uid, request.uid, DESK_UID_SIZE);
}

static bool on_request(void *user, const struct desk_request *request) {
    assert_int_equal(strlen(request->uid), 32);
    str_addf(user, "%s %s %s;", request->kind, request->arguments, request->by);
    return true;
}

static void assert_lies(struct station *station, const char *expected) {
    struct str text = {0};
    assert_true(desk_each(station, on_request, &text));
    assert_string_equal(str_text(&text), expected);
    str_finish(&text);
}

static void answer(const struct fixture *fixture, const char *uid, const char *receipt) {
    struct ledger *ledger = open_ledger(fixture);
    assert_true(answers_end(ledger, uid,
                            &(struct desk_answer){.good = true,
                                                  .message_zh = (char *)"好",
                                                  .message = (char *)"done",
                                                  .receipt = (char *)receipt}));
    ledger_close(ledger);
}

static void test_requests(void **state) {
    const struct fixture *fixture = *state;
    char first[DESK_UID_SIZE], second[DESK_UID_SIZE], third[DESK_UID_SIZE];
    struct station *station = open_station(fixture);
    assert_lies(station, "");
    ask(station, "take", first);
    ask(station, "eject", second);
    assert_string_not_equal(first, second);
    assert_lies(station, "take {\"path\":\"/u盘\"} 王老师;eject {\"path\":\"/u盘\"} 王老师;");
    station_close(station);
    station = open_station(fixture); /* they outlive the display */
    answer(fixture, first, NULL);
    ask(station, "look", third); /* takes away what was answered, and nothing else */
    assert_lies(station, "eject {\"path\":\"/u盘\"} 王老师;look {\"path\":\"/u盘\"} 王老师;");
    station_close(station);
}

static void assert_answer(const struct fixture *fixture, const char *uid, const char *expected) {
    struct desk_answer answer = {0};
    assert_true(desk_answer(fixture->paths.ledger, uid, &answer));
    char *text = answer.done ? xasprintf("%d %s %s %s", answer.good, answer.message_zh,
                                         answer.message, answer.receipt)
                             : xstrdup("-");
    assert_string_equal(text, expected);
    free(text);
    desk_answer_finish(&answer);
}

static void test_answers(void **state) {
    const struct fixture *fixture = *state;
    int tries = 0;
    assert_answer(fixture, "a", "-"); /* no ledger yet */
    assert_int_not_equal(access(fixture->paths.ledger, F_OK), 0);
    struct ledger *ledger = open_ledger(fixture);
    assert_answer(fixture, "a", "-");
    assert_true(answers_begin(ledger, "a", &tries));
    assert_int_equal(tries, 1);
    assert_answer(fixture, "a", "-");
    assert_true(answers_begin(ledger, "a", &tries));
    assert_int_equal(tries, 2);
    assert_true(answers_put_back(ledger, "a"));
    assert_true(answers_begin(ledger, "a", &tries));
    assert_int_equal(tries, 2);
    assert_true(ledger_append(ledger, "import", "/u盘", "accepted", "{\"n\":1}", "a", NULL));
    assert_answer(fixture, "a", "-"); /* the receipt alone is no answer */
    ledger_close(ledger);
    answer(fixture, "a", NULL);
    assert_answer(fixture, "a", "1 好 done {\"n\":1}");
    answer(fixture, "a", "{\"n\":2}"); /* it keeps the one it has */
    assert_answer(fixture, "a", "1 好 done {\"n\":1}");
    answer(fixture, "b", "{\"n\":3}"); /* never begun */
    assert_answer(fixture, "b", "1 好 done {\"n\":3}");
    answer(fixture, "c", NULL);
    assert_answer(fixture, "c", "1 好 done {}");
}

/* What is still on the desk never loses its answer. */
static void test_kept(void **state) {
    const struct fixture *fixture = *state;
    struct ledger *ledger = open_ledger(fixture);
    assert_true(ANSWERS_KEPT > 2 * DESK_MAX_REQUESTS);
    raw_sql(fixture->paths.ledger,
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
            "INSERT INTO requests_done (uid, result, tries, message_zh, message) "
            "SELECT 'u' || i, 'good', 1, '', '' FROM n");
    assert_true(answers_end(ledger, "last", &(struct desk_answer){.good = false}));
    ledger_close(ledger);
    assert_int_equal(raw_sql(fixture->paths.ledger, "SELECT count(*) FROM requests_done"),
                     ANSWERS_KEPT);
    assert_answer(fixture, "u1", "-");
    assert_answer(fixture, "u3000", "1   {}");
    assert_answer(fixture, "last", "0   {}");
}

/* What was seen on sticks would fill the disk. */
static void test_receipts_kept(void **state) {
    const struct fixture *fixture = *state;
    struct ledger *ledger = open_ledger(fixture);
    for (int i = 0; i < ANSWERS_WHOLE + 2; i++) {
        char uid[16];
        snprintf(uid, sizeof uid, "u%d", i);
        assert_true(answers_end(
            ledger, uid, &(struct desk_answer){.good = true, .receipt = (char *)"{\"a\":1}"}));
        assert_true(answers_end(ledger, "other", &(struct desk_answer){.good = false}));
    }
    ledger_close(ledger);
    assert_answer(fixture, "u0", "1   {}");
    assert_answer(fixture, "u1", "1   {}");
    assert_answer(fixture, "u2", "1   {\"a\":1}");
    assert_int_equal(
        raw_sql(fixture->paths.ledger, "SELECT count(*) FROM requests_done WHERE receipt <> '{}'"),
        ANSWERS_WHOLE);
}

static void test_full(void **state) {
    const struct fixture *fixture = *state;
    char uid[DESK_UID_SIZE];
    struct station *station = open_station(fixture);
    raw_sql(fixture->paths.station,
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 256) "
            "INSERT INTO requests (uid, kind, arguments, by, made_ms) "
            "SELECT printf('%032d', i), 'look', '{}', '', 1 FROM n");
    struct desk_request request = {.kind = (char *)"look"};
    assert_false(desk_ask(station, &request));
    assert_int_equal(raw_sql(fixture->paths.station, "SELECT count(*) FROM requests"), 256);
    answer(fixture, "00000000000000000000000000000001", NULL);
    ask(station, "look", uid);
    station_close(station);
}

static void test_too_long(void **state) {
    struct station *station = open_station(*state);
    struct desk_request request = {.kind = (char *)"take",
                                   .arguments = xcalloc(1, DESK_MAX_ARGUMENTS + 2)};
    memset(request.arguments, ' ', DESK_MAX_ARGUMENTS + 1);
    assert_false(desk_ask(station, &request));
    assert_lies(station, "");
    free(request.arguments);
    station_close(station);
}

static void test_blackout(void **state) {
    const struct fixture *fixture = *state;
    bool on = true;
    struct station *station = open_station(fixture);
    assert_true(desk_black(station, &on));
    assert_false(on);
    assert_true(desk_set_black(station, true, "王老师"));
    station_close(station);
    station = station_open(fixture->paths.station, DB_READ_WAITING, NULL);
    assert_true(desk_black(station, &on));
    assert_true(on);
    station_close(station);
    station = open_station(fixture);
    assert_true(desk_set_black(station, false, NULL));
    assert_true(desk_black(station, &on));
    assert_false(on);
    station_close(station);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_requests, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_answers, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_kept, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_receipts_kept, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_full, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_too_long, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_blackout, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
