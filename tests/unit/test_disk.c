/* After an fsync that failed SQLite writes no more: the file stays as it is, for the next process.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "library/ledger.h"
#include "library_fixture.h"

#define MAX_FILE (1u << 20)

/* What the process has noted stays noted: this test is the last of the program, and alone in it. */
static void test_nothing_is_written(void **state) {
    const char *path = ((struct fixture *)*state)->paths.ledger;
    char *before = NULL, *after = NULL;
    size_t size = 0, size_after = 0;
    struct ledger *ledger = ledger_open(path, DB_WRITE, NULL);
    assert_true(ledger_append(ledger, "import", "a", "accepted", "{}", NULL, NULL));
    assert_true(fs_read(path, MAX_FILE, &before, &size));
    assert_false(fs_sync_has_failed());
    fs_note_failed_sync("test", "as if");
    assert_true(fs_sync_has_failed());
    assert_false(ledger_append(ledger, "import", "b", "accepted", "{}", NULL, NULL));
    ledger_close(ledger);
    assert_true(fs_read(path, MAX_FILE, &after, &size_after));
    assert_int_equal(size, size_after);
    assert_memory_equal(before, after, size);
    assert_int_equal(raw_sql(path, "SELECT count(*) FROM receipt"), 1);
    free(before);
    free(after);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_nothing_is_written, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
