/* What becomes of a damaged database. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <sys/stat.h>

#include <cmocka.h>

#include "library/reader.h"
#include "library/recover.h"
#include "library/station.h"
#include "library_fixture.h"

/* A library of two generations of which the first was copied. */
static void make_library(const struct paths *paths, bool copy) {
    static const char *const one[] = {"a"}, *const two[] = {"a", "b"};
    assert_true(import_ids(paths, one, 1, "题"));
    struct library *library = library_open(paths, NULL);
    if (copy)
        assert_true(library_backup(library));
    library_close(library);
    assert_true(import_ids(paths, two, 2, "题"));
}

/* Overwrites from an offset on, in place; 0 bytes: cuts it off there. */
static void damage(const char *path, long offset, size_t bytes) {
    FILE *file = fopen(path, "r+e");
    assert_non_null(file);
    fseek(file, offset, SEEK_SET);
    for (size_t i = 0; i < bytes; i++)
        fputc((int)(i * 73 + 11) & 0xff, file);
    fclose(file);
    if (!bytes)
        assert_int_equal(truncate(path, offset), 0);
}

static int64_t count_cases(struct reader *reader) {
    struct counts counts;
    return reader_counts(reader, NOW, &counts) == READ_DONE ? counts.cases : -1;
}

static const struct {
    long offset;
    size_t bytes;
} damages[] = {
    {0, 16},       /* the header */
    {0, 60000},    /* all of it */
    {4096, 60000}, /* all but the first page */
    {5000, 0},     /* cut off */
};

/* A display that has it open sees the copy, in the same file. */
static void test_from_copy(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    for (size_t i = 0; i < COUNT(damages); i++) {
        bool kept = false;
        struct stat before, after;
        unlink(paths->library);
        unlink(paths->backup);
        make_library(paths, true);
        struct reader *reader = reader_open(paths->library);
        assert_int_equal(count_cases(reader), 2);
        damage(paths->library, damages[i].offset, damages[i].bytes);
        assert_int_equal(stat(paths->library, &before), 0);
        assert_int_equal(recover_check(paths->library), DB_DAMAGED);
        assert_int_equal(recover_library(paths, &kept), RECOVERY_COPY);
        assert_true(kept);
        assert_int_equal(recover_check(paths->library), DB_DONE);
        assert_int_equal(stat(paths->library, &after), 0);
        assert_int_equal(before.st_ino, after.st_ino);
        if (count_cases(reader) != 1) /* given up, and opened anew by the next call */
            assert_int_equal(count_cases(reader), 1);
        struct library *library = library_open(paths, NULL);
        assert_non_null(library);
        assert_int_equal(library_generation(library), 1);
        library_close(library);
        reader_close(reader);
        /* what was there is kept as it was */
        char *aside = recover_aside_path(paths->library);
        assert_int_equal(stat(aside, &after), 0);
        assert_int_equal(before.st_size, after.st_size);
        free(aside);
    }
}

static void test_without_copy(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    for (int round = 0; round < 3; round++) {
        bool kept = false;
        unlink(paths->library);
        unlink(paths->backup);
        make_library(paths, round > 0);
        if (round == 1)
            damage(paths->backup, 4096, 60000);
        if (round == 2)
            set_schema_version(paths->backup, 1000);
        damage(paths->library, 0, 4096);
        assert_int_equal(recover_library(paths, &kept), RECOVERY_FRESH);
        struct library *library = library_open(paths, NULL);
        assert_non_null(library);
        assert_int_equal(library_generation(library), 0);
        library_close(library);
    }
}

/* Not there, or empty: the same from the copy; without one nothing is made. */
static void test_lost(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    assert_int_equal(recover_lost_library(paths), RECOVERY_FRESH);
    assert_false(fs_exists(paths->library));
    make_library(paths, true);
    for (int round = 0; round < 2; round++) {
        unlink(paths->library);
        if (round == 1)
            fclose(fopen(paths->library, "we"));
        assert_int_equal(recover_lost_library(paths), RECOVERY_COPY);
        assert_int_equal(recover_check(paths->library), DB_DONE);
        struct library *library = library_open(paths, NULL);
        assert_non_null(library);
        assert_int_equal(library_generation(library), 1);
        library_close(library);
    }
    damage(paths->backup, 4096, 60000);
    unlink(paths->library);
    assert_int_equal(recover_lost_library(paths), RECOVERY_FRESH);
}

/* A copy of an older schema is taken, and migrated by the opening. */
static void test_older_copy(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    bool kept = false;
    make_library(paths, true);
    raw_sql(paths->backup, "DELETE FROM cases WHERE until_generation <= 3;"); /* as its sweep did */
    make_older(paths->backup, 2);
    damage(paths->library, 0, 4096);
    assert_int_equal(recover_library(paths, &kept), RECOVERY_COPY);
    struct library *library = library_open(paths, NULL);
    assert_non_null(library);
    assert_int_equal(library_generation(library), 1);
    library_close(library);
}

static void test_check(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    assert_int_equal(recover_check(paths->library), DB_MISSING);
    make_library(paths, false);
    assert_int_equal(recover_check(paths->library), DB_DONE);
}

static int64_t shown(const struct paths *paths) {
    return raw_sql(paths->station, "SELECT sum(showings) FROM shown");
}

/* The display's own: what it has to write down begins a new file. */
static void test_station(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    static const struct showing one = {"a", 10, 1, 1, 0};
    char *aside = recover_aside_path(paths->station);
    damage((fclose(fopen(paths->station, "we")), paths->station), 0, 8192);
    struct station *station = station_open(paths->station, DB_WRITE, NULL);
    assert_non_null(station);
    assert_true(fs_exists(aside));
    assert_true(station_add(station, &(struct station_batch){&one, 1, NULL, 0}));
    assert_int_equal(shown(paths), 1);
    station_close(station);
    /* seen only when it is written */
    damage(paths->station, 4096, 8192);
    unlink(aside);
    station = station_open(paths->station, DB_WRITE, NULL);
    assert_non_null(station);
    assert_true(station_add(station, &(struct station_batch){&one, 1, NULL, 0}));
    assert_true(fs_exists(aside));
    assert_int_equal(shown(paths), 1);
    station_close(station);
    /* who only reads moves nothing */
    damage(paths->station, 0, 8192);
    unlink(aside);
    assert_null(station_open(paths->station, DB_READ_WAITING, NULL));
    assert_false(fs_exists(aside));
    free(aside);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_from_copy, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_without_copy, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_lost, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_older_copy, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_check, fixture_start, fixture_finish),
        cmocka_unit_test_setup_teardown(test_station, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
