/* What the ledger must not forget: floors, owners, the withdrawn list, sources. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"
#include "library/floors.h"
#include "library/ledger.h"
#include "library/promotions.h"
#include "library/slots.h"
#include "library/sources.h"
#include "library/withdrawals.h"
#include "library_fixture.h"

#define KEY   "0123456789abcdef"
#define FEED  "6f1c2a34-0b5d-4e6f-8a9b-0c1d2e3f4a5b"
#define OTHER "11111111-2222-4333-8444-555555555555"

static struct ledger *open_ledger(const struct fixture *fixture) {
    struct ledger *ledger = ledger_open(fixture->paths.ledger, DB_WRITE, NULL);
    assert_non_null(ledger);
    return ledger;
}

static void raise_to(struct ledger *ledger, const char *key, const char *feed, int64_t serial) {
    const struct floor floor = {serial, hash_of(&serial, sizeof serial)};
    assert_true(ledger_raise_floor(ledger, key, feed, &floor));
}

static void assert_floor(struct ledger *ledger, const char *key, const char *feed, int64_t serial) {
    struct floor floor = {.serial = 99};
    assert_true(ledger_find_floor(ledger, key, feed, &floor));
    assert_int_equal(floor.serial, serial);
    struct hash head = serial ? hash_of(&serial, sizeof serial) : (struct hash){0};
    assert_true(hash_equal(floor.head, head));
}

static void withdraw(struct ledger *ledger, const char *id, int64_t twin, const char *why) {
    const struct withdrawal withdrawal = {(char *)id,     twin,        (char *)"学校",
                                          (char *)"标题", (char *)why, 0};
    assert_true(ledger_withdraw(ledger, &withdrawal, 1));
}

static bool add_line(void *user, const struct withdrawal *withdrawal) {
    assert_true(withdrawal->at_ms > 0);
    str_addf(user, "%s=%s/%s/%s/%d;", withdrawal->id, withdrawal->why, withdrawal->school,
             withdrawal->title, (int)withdrawal->twin);
    return true;
}

static void assert_withdrawn(struct ledger *ledger, const char *expected) {
    struct str text = {0};
    assert_true(ledger_each_withdrawal(ledger, add_line, &text));
    assert_string_equal(str_text(&text), expected);
    str_finish(&text);
}

static void keep_copy(const char *from, const char *name) {
    char *data = NULL, *to = path_beside(from, name);
    size_t size = 0;
    struct outfile out;
    assert_true(fs_read(from, 1u << 24, &data, &size) && outfile_open(&out, to));
    assert_int_equal(fwrite(data, 1, size, out.stream), size);
    assert_true(outfile_commit(&out, false));
    free(to);
    free(data);
}

static void put_back(const char *to, const char *name) {
    char *from = path_beside(to, name);
    assert_int_equal(rename(from, to), 0);
    free(from);
}

/* Both slots. */
static void damage(const char *path) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    assert_int_equal(pwrite(fd, "x", 1, 0), 1);
    assert_int_equal(pwrite(fd, "x", 1, SLOT_BLOCK), 1);
    close(fd);
}

static void test_floor(void **state) {
    struct ledger *ledger = open_ledger(*state);
    assert_false(fs_exists(((struct fixture *)*state)->paths.floors)); /* nothing to remember */
    assert_floor(ledger, KEY, FEED, 0);
    raise_to(ledger, KEY, FEED, 5);
    raise_to(ledger, "", FEED, 9);
    raise_to(ledger, KEY, FEED, 4);
    assert_floor(ledger, KEY, FEED, 5);
    assert_floor(ledger, "", FEED, 9);
    assert_floor(ledger, KEY, OTHER, 0);
    raise_to(ledger, KEY, FEED, (INT64_C(1) << 53) - 1);
    assert_floor(ledger, KEY, FEED, (INT64_C(1) << 53) - 1);
    /* the same serial with another head is not taken */
    const struct floor other = {9, {{1}}};
    assert_true(ledger_raise_floor(ledger, "", FEED, &other));
    assert_floor(ledger, "", FEED, 9);
    ledger_close(ledger);
}

static void assert_owner(struct ledger *ledger, const char *feed, const char *expected) {
    char *owner = NULL;
    assert_true(ledger_find_owner(ledger, feed, &owner));
    if (expected)
        assert_string_equal(owner, expected);
    else
        assert_null(owner);
    free(owner);
}

static void test_owner(void **state) {
    struct ledger *ledger = open_ledger(*state);
    assert_owner(ledger, FEED, NULL);
    assert_true(ledger_set_owner(ledger, FEED, ""));
    assert_owner(ledger, FEED, "");
    assert_true(ledger_set_owner(ledger, FEED, KEY));
    assert_owner(ledger, FEED, KEY);
    assert_true(ledger_set_owner(ledger, FEED, "fedcba9876543210"));
    assert_owner(ledger, FEED, KEY);
    assert_true(ledger_set_owner(ledger, FEED, ""));
    assert_owner(ledger, FEED, KEY);
    assert_owner(ledger, OTHER, NULL);
    ledger_close(ledger);
}

static void test_withdraw(void **state) {
    struct ledger *ledger = open_ledger(*state);
    struct withdrawal found;
    bool there = true;
    assert_withdrawn(ledger, "");
    const struct withdrawal two[] = {
        {(char *)"乙", 7, (char *)"学校", (char *)"标题", (char *)WITHDRAWN_REMOVE, 5},
        {(char *)"甲", 0, NULL, NULL, (char *)WITHDRAWN_HIDDEN, 6}};
    assert_true(ledger_withdraw(ledger, two, 2));
    assert_withdrawn(ledger, "乙=remove/学校/标题/7;甲=hidden///0;");
    assert_true(ledger_find_withdrawal(ledger, "乙", 0, &found));
    assert_true(found.at_ms == 5 && found.twin == 7);
    withdrawal_finish(&found);
    assert_true(ledger_find_withdrawal(ledger, "丙", 0, &found));
    assert_null(found.id); /* no twin is nobody's twin */
    assert_true(ledger_find_withdrawal(ledger, "丙", 7, &found));
    assert_string_equal(found.id, "乙");
    withdrawal_finish(&found);
    assert_true(ledger_find_withdrawal(ledger, "甲", 7, &found));
    assert_string_equal(found.id, "甲"); /* the id counts first */
    withdrawal_finish(&found);
    assert_true(ledger_allow(ledger, "丙", &there));
    assert_false(there);
    assert_true(ledger_allow(ledger, "乙", &there));
    assert_true(there);
    assert_withdrawn(ledger, "甲=hidden///0;");
    ledger_close(ledger);
}

/* A person who hides it counts for more than its feed, one who removes it for more than that. */
static void test_why(void **state) {
    struct ledger *ledger = open_ledger(*state);
    static const char *const steps[] = {WITHDRAWN_TOMBSTONE, WITHDRAWN_HIDDEN, WITHDRAWN_REMOVE};
    for (size_t i = 0; i < COUNT(steps); i++) {
        char *expected = xasprintf("a=%s/学校/标题/7;", steps[i]);
        for (size_t k = 0; k <= i; k++) /* what counts for less changes nothing */
            withdraw(ledger, "a", 7, steps[i - k]);
        assert_withdrawn(ledger, expected);
        free(expected);
    }
    ledger_close(ledger);
}

static bool add_promoted(void *user, const char *id) {
    str_addf(user, "%s;", id);
    return strcmp(id, "c") != 0;
}

static void test_promote(void **state) {
    struct ledger *ledger = open_ledger(*state);
    struct str text = {0};
    assert_true(ledger_promote(ledger, "b", true) && ledger_promote(ledger, "b", true));
    assert_true(ledger_promote(ledger, "a", true) && ledger_promote(ledger, "d", true));
    assert_true(ledger_promote(ledger, "a", false) && ledger_promote(ledger, "a", false));
    ledger_close(ledger);
    ledger = open_ledger(*state);
    assert_true(ledger_each_promoted(ledger, add_promoted, &text));
    assert_true(ledger_promote(ledger, "c", true));
    assert_true(ledger_each_promoted(ledger, add_promoted, &text)); /* told to end at c */
    assert_string_equal(str_text(&text), "b;d;b;c;");
    str_finish(&text);
    ledger_close(ledger);
}

/* A tombstone of a feed, and what its own feed and others may do about it. */
static void test_tombstone(void **state) {
    struct ledger *ledger = open_ledger(*state);
    struct withdrawal found;
    static const struct {
        const char *id;
        int64_t twin;
        const char *held_by;
    } table[] = {
        {FEED ":a", 7, NULL},      {FEED ":b", 7, NULL}, {OTHER ":a", 7, FEED ":a"},
        {OTHER ":a", 8, NULL},     {"a", 7, FEED ":a"},  {FEED ":r", 0, FEED ":r"},
        {FEED ":s", 9, FEED ":r"}, {FEED, 7, FEED ":a"},
    };
    withdraw(ledger, FEED ":a", 7, WITHDRAWN_TOMBSTONE);
    withdraw(ledger, FEED ":r", 9, WITHDRAWN_REMOVE);
    for (size_t i = 0; i < COUNT(table); i++) {
        assert_true(ledger_find_hold(ledger, table[i].id, table[i].twin, &found));
        if (table[i].held_by)
            assert_string_equal(found.id, table[i].held_by);
        else
            assert_null(found.id);
        withdrawal_finish(&found);
    }
    /* a person's word counts for more than the feed's, in either order */
    withdraw(ledger, FEED ":a", 7, WITHDRAWN_REMOVE);
    withdraw(ledger, FEED ":r", 9, WITHDRAWN_TOMBSTONE);
    assert_withdrawn(ledger, FEED ":a=remove/学校/标题/7;" FEED ":r=remove/学校/标题/9;");
    /* somebody else's twin is found behind the own tombstone */
    withdraw(ledger, FEED ":t", 3, WITHDRAWN_TOMBSTONE);
    withdraw(ledger, "本地", 3, WITHDRAWN_REMOVE);
    assert_true(ledger_find_hold(ledger, FEED ":t", 3, &found));
    assert_string_equal(found.id, "本地");
    withdrawal_finish(&found);
    ledger_close(ledger);
}

static void fill(struct ledger *ledger) {
    raise_to(ledger, KEY, FEED, 5);
    assert_true(ledger_set_owner(ledger, FEED, KEY));
    withdraw(ledger, "a", 7, WITHDRAWN_REMOVE);
}

/* An older ledger.db, or none, in the place of this one. */
static void test_older_ledger(void **state) {
    const struct fixture *fixture = *state;
    struct ledger *ledger = open_ledger(fixture);
    bool found = false;
    fill(ledger);
    withdraw(ledger, "b", 0, WITHDRAWN_REMOVE);
    ledger_close(ledger);
    keep_copy(fixture->paths.ledger, "older");
    ledger = open_ledger(fixture);
    raise_to(ledger, KEY, FEED, 6);
    raise_to(ledger, KEY, OTHER, 2);
    assert_true(ledger_set_owner(ledger, OTHER, KEY));
    withdraw(ledger, "c", 0, WITHDRAWN_HIDDEN);
    assert_true(ledger_allow(ledger, "b", &found) && found);
    ledger_close(ledger);
    for (int round = 0; round < 2; round++) {
        if (round == 0)
            put_back(fixture->paths.ledger, "older");
        else
            unlink(fixture->paths.ledger);
        ledger = open_ledger(fixture);
        assert_floor(ledger, KEY, FEED, 6);
        assert_floor(ledger, KEY, OTHER, 2);
        assert_owner(ledger, OTHER, KEY);
        assert_owner(ledger, FEED, KEY);
        assert_withdrawn(ledger, "a=remove/学校/标题/7;c=hidden/学校/标题/0;");
        ledger_close(ledger);
    }
}

/* The file lost, damaged, or left behind by a crash between the two writes. */
static void test_lost_file(void **state) {
    const struct fixture *fixture = *state;
    struct ledger *ledger = open_ledger(fixture);
    fill(ledger);
    ledger_close(ledger);
    keep_copy(fixture->paths.floors, "older");
    ledger = open_ledger(fixture);
    raise_to(ledger, KEY, FEED, 8);
    withdraw(ledger, "b", 0, WITHDRAWN_REMOVE);
    ledger_close(ledger);
    for (int round = 0; round < 3; round++) {
        if (round == 0)
            put_back(fixture->paths.floors, "older");
        else if (round == 1)
            damage(fixture->paths.floors);
        else
            unlink(fixture->paths.floors);
        ledger = open_ledger(fixture); /* here it is written again */
        ledger_close(ledger);
        unlink(fixture->paths.ledger); /* which this shows */
        ledger = open_ledger(fixture);
        assert_floor(ledger, KEY, FEED, 8);
        assert_withdrawn(ledger, "a=remove/学校/标题/7;b=remove/学校/标题/0;");
        ledger_close(ledger);
    }
}

/* Both agree: opening writes nothing. */
static void test_open_writes_nothing(void **state) {
    const struct fixture *fixture = *state;
    struct ledger *ledger = open_ledger(fixture);
    char *before = NULL, *after = NULL;
    size_t before_size = 0, after_size = 0;
    fill(ledger);
    withdraw(ledger, "a", 7, WITHDRAWN_REMOVE); /* known already */
    ledger_close(ledger);
    assert_true(fs_read(fixture->paths.floors, 1u << 20, &before, &before_size));
    ledger = open_ledger(fixture);
    withdraw(ledger, "a", 7, WITHDRAWN_TOMBSTONE);
    raise_to(ledger, KEY, FEED, 5);
    ledger_close(ledger);
    assert_true(fs_read(fixture->paths.floors, 1u << 20, &after, &after_size));
    assert_int_equal(before_size, after_size);
    assert_memory_equal(before, after, after_size);
    free(after);
    free(before);
}

/* Where the second place cannot be written the ledger does not say that it was. */
static void test_unwritable(void **state) {
    const struct fixture *fixture = *state;
    struct ledger *ledger = open_ledger(fixture);
    const struct floor floor = {3, {{0}}};
    bool found = false;
    fill(ledger);
    unlink(fixture->paths.floors);
    assert_true(fs_make_dirs(fixture->paths.floors));
    const struct withdrawal withdrawal = {.id = (char *)"z", .why = (char *)WITHDRAWN_REMOVE};
    assert_false(ledger_withdraw(ledger, &withdrawal, 1));
    assert_false(ledger_raise_floor(ledger, KEY, OTHER, &floor));
    assert_false(ledger_allow(ledger, "a", &found));
    assert_false(found);
    ledger_close(ledger);
    assert_null(ledger_open(fixture->paths.ledger, DB_WRITE, NULL));
    rmdir(fixture->paths.floors);
    ledger = open_ledger(fixture);
    assert_floor(ledger, KEY, FEED, 5);
    ledger_close(ledger);
}

static void test_sources(void **state) {
    const struct fixture *fixture = *state;
    struct ledger *ledger = open_ledger(fixture);
    struct source_state in = {.url = (char *)"https://x/feed.json",
                              .etag = (char *)"\"abc\"",
                              .keys = (char *)"{}",
                              .feed = (char *)FEED,
                              .serial = 42,
                              .is_signed = true,
                              .polled_ms = 7,
                              .taken_ms = 6,
                              .fault = (char *)"slow",
                              .fault_text = (char *)"慢",
                              .failures = 3};
    struct source_state out;
    assert_true(ledger_load_source(ledger, "校", &out));
    assert_string_equal(out.url, "");
    assert_string_equal(out.fault_text, "");
    assert_true(!out.serial && !out.is_signed && !out.failures);
    source_state_finish(&out);
    assert_true(ledger_save_source(ledger, "校", &in));
    in.failures = 4;
    assert_true(ledger_save_source(ledger, "校", &in));
    ledger_close(ledger);
    ledger = ledger_open(fixture->paths.ledger, DB_READ_WAITING, NULL);
    assert_true(ledger_load_source(ledger, "校", &out));
    assert_string_equal(out.url, in.url);
    assert_string_equal(out.etag, in.etag);
    assert_string_equal(out.last_modified, "");
    assert_string_equal(out.keys, "{}");
    assert_string_equal(out.feed, FEED);
    assert_string_equal(out.fault, "slow");
    assert_string_equal(out.fault_text, "慢");
    assert_true(out.serial == 42 && out.is_signed && out.polled_ms == 7 && out.taken_ms == 6);
    assert_int_equal(out.failures, 4);
    source_state_finish(&out);
    source_state_finish(&out);
    ledger_close(ledger);
}

/* A ledger of the program before this: its receipts stay. */
static void test_migration(void **state) {
    const struct fixture *fixture = *state;
    struct ledger *ledger = open_ledger(fixture);
    int64_t row = 0, bad = -1;
    assert_true(ledger_append(ledger, "import", "a", "accepted", "{}", NULL, NULL));
    ledger_close(ledger);
    raw_sql(fixture->paths.ledger, "DROP TABLE floor; DROP TABLE owner; DROP TABLE withdrawn;"
                                   "DROP TABLE withdrawn_changes; DROP TABLE source; DROP TABLE "
                                   "requests_done; DROP TABLE promoted; PRAGMA user_version = 1");
    ledger = open_ledger(fixture);
    fill(ledger);
    assert_true(ledger_append(ledger, "import", "b", "accepted", "{}", NULL, &row));
    assert_int_equal(row, 2);
    assert_true(ledger_verify(ledger, &bad));
    assert_int_equal(bad, 0);
    ledger_close(ledger);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(test_floor),        T(test_owner),     T(test_withdraw),
        T(test_why),          T(test_promote),   T(test_tombstone),
        T(test_older_ledger), T(test_lost_file), T(test_open_writes_nothing),
        T(test_unwritable),   T(test_sources),   T(test_migration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
