/* Receipts and their chain. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "library/ledger.h"
#include "library_fixture.h"

static struct ledger *open_with(const struct fixture *fixture, int64_t count) {
    struct ledger *ledger = ledger_open(fixture->paths.ledger, DB_WRITE, NULL);
    assert_non_null(ledger);
    for (int64_t i = 1; i <= count; i++) {
        int64_t row = 0;
        char json[32];
        snprintf(json, sizeof json, "{\"n\":%d}", (int)i);
        assert_true(ledger_append(ledger, i % 2 ? "import" : "remove", "/u盘", "accepted", json,
                                  NULL, &row));
        assert_int_equal(row, i);
    }
    return ledger;
}

static void test_last(void **state) {
    struct ledger *ledger = open_with(*state, 0);
    struct receipt receipt;
    assert_true(ledger_last(ledger, NULL, &receipt));
    assert_int_equal(receipt.row, 0);
    ledger_close(ledger);
    ledger = ledger_open(((struct fixture *)*state)->paths.ledger, DB_WRITE, NULL);
    assert_true(ledger_append(ledger, "import", "a", "partial", "{1}", "r-1", NULL));
    assert_true(ledger_append(ledger, "remove", "b", "accepted", "{2}", "", NULL));
    assert_true(ledger_last(ledger, "import", &receipt));
    assert_int_equal(receipt.row, 1);
    assert_true(receipt.at_ms > 0);
    assert_string_equal(receipt.source, "a");
    assert_string_equal(receipt.outcome, "partial");
    assert_string_equal(receipt.json, "{1}");
    assert_string_equal(receipt.request, "r-1");
    receipt_finish(&receipt);
    assert_true(ledger_last(ledger, NULL, &receipt));
    assert_int_equal(receipt.row, 2);
    assert_string_equal(receipt.request, "");
    receipt_finish(&receipt);
    assert_true(ledger_last(ledger, "sync", &receipt));
    assert_int_equal(receipt.row, 0);
    ledger_close(ledger);
}

struct seen {
    char kinds[8];
    size_t count, most;
};

static bool on_receipt(void *user, const struct receipt *receipt) {
    struct seen *seen = user;
    assert_int_equal(receipt->row, (int64_t)seen->count + 1);
    seen->kinds[seen->count++] = *receipt->kind;
    return seen->count < seen->most;
}

/* Oldest first, and no further than is wanted; the statement can be used again. */
static void test_each(void **state) {
    struct ledger *ledger = open_with(*state, 5);
    struct seen few = {.most = 2}, all = {.most = 99};
    assert_true(ledger_each(ledger, on_receipt, &few));
    assert_string_equal(few.kinds, "ir");
    assert_true(ledger_each(ledger, on_receipt, &all));
    assert_string_equal(all.kinds, "iriri");
    assert_true(ledger_append(ledger, "import", "c", "accepted", "{}", NULL, NULL));
    ledger_close(ledger);
}

static void test_requests(void **state) {
    struct ledger *ledger = open_with(*state, 2);
    char *json = NULL;
    assert_true(ledger_append(ledger, "import", "a", "accepted", "{7}", "r-7", NULL));
    assert_true(ledger_find_request(ledger, "r-7", &json));
    assert_string_equal(json, "{7}");
    free(json);
    assert_true(ledger_find_request(ledger, "r-8", &json));
    assert_null(json);
    /* answered once: no second receipt, and the chain goes on unharmed */
    assert_false(ledger_append(ledger, "import", "a", "accepted", "{8}", "r-7", NULL));
    int64_t row = 0, bad = -1;
    assert_true(ledger_append(ledger, "import", "a", "accepted", "{9}", NULL, &row));
    assert_int_equal(row, 4);
    assert_true(ledger_verify(ledger, &bad));
    assert_int_equal(bad, 0);
    ledger_close(ledger);
}

static void test_chain(void **state) {
    const struct fixture *fixture = *state;
    static const struct {
        const char *sql;
        int64_t bad;
    } table[] = {
        {"SELECT 1", 0},
        {"UPDATE receipt SET outcome = 'refused' WHERE row = 3", 3},
        {"UPDATE receipt SET json = '{}' WHERE row = 1", 1},
        {"UPDATE receipt SET at_ms = at_ms + 1 WHERE row = 5", 5},
        {"UPDATE receipt SET request = 'r' WHERE row = 2", 2},
        /* a field moved into its neighbour */
        {"UPDATE receipt SET source = '/u盘accepted', outcome = '' WHERE row = 2", 2},
        {"DELETE FROM receipt WHERE row = 2", 3},
        {"DELETE FROM receipt WHERE row = 1", 2},
        {"UPDATE receipt SET row = 9 WHERE row = 5", 9},
        {"UPDATE receipt SET hash = zeroblob(32) WHERE row = 4", 4},
        {"UPDATE receipt SET previous = zeroblob(32) WHERE row = 4", 4},
        /* known and documented: nothing says that a last row was there */
        {"DELETE FROM receipt WHERE row = 5", 0},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        unlink(fixture->paths.ledger);
        struct ledger *ledger = open_with(fixture, 5);
        ledger_close(ledger);
        raw_sql(fixture->paths.ledger, table[i].sql);
        int64_t bad = -1;
        ledger = ledger_open(fixture->paths.ledger, DB_READ_WAITING, NULL);
        assert_non_null(ledger);
        assert_true(ledger_verify(ledger, &bad));
        if (bad != table[i].bad)
            fail_msg("%s: row %d, not %d", table[i].sql, (int)bad, (int)table[i].bad);
        ledger_close(ledger);
    }
}

/* A row exchanged for one that is right in itself: the next one tells. */
static void test_exchanged_row(void **state) {
    const struct fixture *fixture = *state;
    char *other = path_join(fixture->paths.state, "other.db", NULL);
    char *take = xasprintf("ATTACH '%s' AS other; DELETE FROM main.receipt WHERE row = 2;"
                           "INSERT INTO main.receipt SELECT * FROM other.receipt WHERE row = 2;"
                           "UPDATE main.receipt SET previous = "
                           "(SELECT hash FROM other.receipt WHERE row = 2) WHERE row = 3",
                           other);
    char *copy = xasprintf("VACUUM INTO '%s'", other);
    struct ledger *ledger = open_with(fixture, 1);
    raw_sql(fixture->paths.ledger, copy);
    struct ledger *forged = ledger_open(other, DB_WRITE, NULL);
    assert_true(ledger_append(forged, "import", "elsewhere", "accepted", "{}", NULL, NULL));
    ledger_close(forged);
    for (int i = 0; i < 2; i++)
        assert_true(ledger_append(ledger, "import", "here", "accepted", "{}", NULL, NULL));
    raw_sql(fixture->paths.ledger, take);
    int64_t bad = 0;
    assert_true(ledger_verify(ledger, &bad));
    assert_int_equal(bad, 3);
    ledger_close(ledger);
    free(copy);
    free(take);
    free(other);
}

static void test_missing_and_reading(void **state) {
    const struct fixture *fixture = *state;
    enum db_result result = DB_DONE;
    assert_null(ledger_open(fixture->paths.ledger, DB_READ_WAITING, &result));
    assert_int_equal(result, DB_MISSING);
    ledger_close(open_with(fixture, 1));
    struct ledger *ledger = ledger_open(fixture->paths.ledger, DB_READ_WAITING, &result);
    assert_non_null(ledger);
    assert_false(ledger_append(ledger, "import", "a", "accepted", "{}", NULL, NULL));
    ledger_close(ledger);
    ledger_close(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_last, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_each, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_requests, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_chain, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_exchanged_row, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_missing_and_reading, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
