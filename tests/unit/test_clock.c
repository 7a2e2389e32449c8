/* Which time is believed, and the file that remembers it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/clock.h"
#include "library_fixture.h"

#define DAY   (24 * 3600 * 1000LL)
#define BUILT (20000 * DAY) /* 2024-10-04 */
#define TEN   (3653 * DAY)

static void test_judge(void **state) {
    (void)state;
    static const struct {
        const char *what;
        struct time_facts facts; /* system, built, confirmed, published */
        int64_t believed;
        bool doubtful, shown; /* shown: to people */
    } table[] = {
        {"a good clock", {BUILT + 9, BUILT, 0, 0}, BUILT + 9, false, true},
        {"of 1970", {5, BUILT, 0, 0}, BUILT, false, false},
        {"none at all", {0, BUILT, 0, 0}, BUILT, false, false},
        {"at the build", {BUILT, BUILT, 0, 0}, BUILT, false, true},
        {"a day before it", {BUILT - DAY, BUILT, 0, 0}, BUILT, false, true},
        {"more than that", {BUILT - DAY - 1, BUILT, 0, 0}, BUILT, false, false},
        {"never confirmed, far ahead", {BUILT * 4, BUILT, 0, 0}, BUILT * 4, false, true},
        {"behind the confirmed",
         {BUILT, BUILT, BUILT + 50 * DAY, 0},
         BUILT + 50 * DAY,
         false,
         false},
        {"at the confirmed", {BUILT + 9, BUILT, BUILT + 9, 0}, BUILT + 9, false, true},
        {"400 days ahead", {BUILT + 400 * DAY, BUILT, BUILT, 0}, BUILT + 400 * DAY, false, true},
        {"one more millisecond", {BUILT + 400 * DAY + 1, BUILT, BUILT, 0}, BUILT, true, false},
        {"doubtful: the published counts",
         {BUILT + 500 * DAY, BUILT, BUILT, BUILT + 60 * DAY},
         BUILT + 60 * DAY,
         true,
         false},
        {"doubtful: the build counts", {BUILT + 9, BUILT, 9, 0}, BUILT, true, false},
        {"published after the clock",
         {BUILT, BUILT, 0, BUILT + 30 * DAY},
         BUILT + 30 * DAY,
         false,
         false},
        {"published within a day", {BUILT, BUILT, 0, BUILT + DAY}, BUILT + DAY, false, true},
        {"published before it", {BUILT + 9, BUILT, 0, BUILT + 8}, BUILT + 9, false, true},
        {"published in ten years", {BUILT, BUILT, 0, BUILT + TEN}, BUILT + TEN, false, false},
        {"later than that", {BUILT, BUILT, 0, BUILT + TEN + 1}, BUILT, false, true},
        {"confirmed later than that",
         {BUILT, BUILT, BUILT + 2 * TEN, 0},
         BUILT + 2 * TEN,
         false,
         false},
        {"nothing known", {0, 0, 0, 0}, 0, false, true},
        {"the latest of four", {4, 1, 2, 3}, 4, false, true},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct time_verdict verdict = time_judge(&table[i].facts);
        bool shown = time_believable(&verdict, table[i].facts.system_ms);
        if (verdict.believed_ms != table[i].believed || verdict.doubtful != table[i].doubtful ||
            shown != table[i].shown)
            fail_msg("%s: %lld, doubtful %d, shown %d", table[i].what,
                     (long long)verdict.believed_ms, verdict.doubtful, shown);
    }
}

/* This program's own build: the day, and not in the future. */
static void test_built(void **state) {
    (void)state;
    assert_int_equal(time_built_ms() % DAY, 0);
    assert_true(time_built_ms() > BUILT);
    assert_true(time_built_ms() <= time_now_ms());
}

static void assert_record(struct clock *clock, int64_t confirmed, int64_t published) {
    struct clock_record record = clock_load(clock);
    assert_int_equal(record.confirmed_ms, confirmed);
    assert_int_equal(record.published_ms, published);
}

static void test_record(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    int64_t built = time_built_ms();
    struct clock clock;
    clock_init(&clock, paths);
    assert_record(&clock, 0, 0);
    assert_true(clock_confirm(paths, built + 5));
    assert_record(&clock, built + 5, 0);
    assert_true(clock_note_published(paths, built + 9));
    assert_record(&clock, built + 5, built + 9);
    assert_true(clock_note_published(paths, built + 8));       /* older */
    assert_true(clock_note_published(paths, built + TEN + 1)); /* does not count, and must not stand
                                                                  in the way of those that do */
    assert_record(&clock, built + 5, built + 9);
    assert_true(clock_confirm(paths, built + 3)); /* behind the PIN: as it was set */
    assert_record(&clock, built + 3, built + 9);
    assert_true(clock_judge(&clock, built + 3 + 401 * DAY).doubtful);
    assert_int_equal(clock_judge(&clock, built + 3 + 401 * DAY).believed_ms, built + 9);
    assert_int_equal(clock_judge(&clock, built + 90).believed_ms, built + 90);
    unlink(paths->clock);
    assert_record(&clock, 0, 0);
}

/* What the keeper does with a synchronised clock. */
static void test_keep(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    int64_t now = time_built_ms() + DAY, hour = 3600 * 1000;
    struct clock clock;
    clock_init(&clock, paths);
    assert_true(clock_keep(paths, false, now));
    assert_record(&clock, 0, 0);
    assert_true(clock_keep(paths, true, now));
    assert_record(&clock, now, 0);
    assert_true(clock_keep(paths, true, now + hour - 1));
    assert_record(&clock, now, 0);
    assert_true(clock_keep(paths, true, now + hour));
    assert_record(&clock, now + hour, 0);
    assert_true(clock_keep(paths, true, now - 90 * DAY)); /* never back */
    assert_record(&clock, now + hour, 0);
}

static void write_text(const char *path, const char *text, size_t size) {
    struct outfile out;
    assert_true(outfile_open(&out, path));
    fwrite(text, 1, size, out.stream);
    assert_true(outfile_commit(&out, false));
}

/* Every single bit of it counts. */
static void test_damaged(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    char *text = NULL;
    size_t size = 0;
    assert_true(clock_confirm(paths, time_built_ms()));
    assert_true(fs_read(paths->clock, 1024, &text, &size));
    for (size_t bit = 0; bit < size * 8; bit++) {
        struct clock clock;
        clock_init(&clock, paths);
        clock.warned = bit > 0; /* the first one is enough in the log */
        text[bit / 8] ^= (char)(1 << bit % 8);
        write_text(paths->clock, text, size);
        text[bit / 8] ^= (char)(1 << bit % 8);
        assert_record(&clock, 0, 0);
        assert_true(clock.warned);
    }
    for (size_t cut = 0; cut < size; cut++) {
        struct clock clock;
        clock_init(&clock, paths);
        clock.warned = true;
        write_text(paths->clock, text, cut);
        assert_record(&clock, 0, 0);
    }
    assert_true(clock_confirm(paths, time_built_ms())); /* written anew over it */
    struct clock clock;
    clock_init(&clock, paths);
    assert_record(&clock, time_built_ms(), 0);
    assert_false(clock.warned);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_judge),
        cmocka_unit_test(test_built),
        cmocka_unit_test_setup_teardown(test_record, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_keep, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_damaged, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
