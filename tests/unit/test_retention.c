/* What retention removes: properties over random libraries, and what the library stores. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ingest/retention.h"
#include "library/media.h"
#include "library_fixture.h"

#define MOST_CASES 24
#define ROUNDS     20000

/* Always the same sequence (Numerical Recipes' LCG). */
static uint32_t roll(uint32_t *seed, uint32_t below) {
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static size_t make_cases(uint32_t *seed, struct stored_case cases[MOST_CASES]) {
    size_t count = roll(seed, MOST_CASES + 1);
    for (size_t i = 0; i < count; i++)
        cases[i] = (struct stored_case){.row = (int64_t)i + 1,
                                        .phase = (enum phase)roll(seed, PHASE_COUNT),
                                        .withdrawn = roll(seed, 4) == 0,
                                        .shown = roll(seed, 3) == 0,
                                        .until = roll(seed, 5) + 1,
                                        .bytes = roll(seed, 5) ? roll(seed, 1000) : 0};
    return count;
}

static int worth(const struct stored_case *stored) {
    return stored->withdrawn                    ? 0
           : stored->phase == PHASE_SELF        ? 1
           : stored->phase == PHASE_RECOMMENDED ? 2
                                                : 3;
}

static int64_t over(const struct space *space, int64_t needed) {
    int64_t quota = space->used + needed - space->quota, disk = needed - space->free;
    return quota > disk ? quota : disk;
}

static void check_plan(const struct stored_case *cases, size_t count, const struct space *space,
                       int64_t needed, const struct retention_plan *plan) {
    bool removed[MOST_CASES] = {false};
    int64_t freed = 0, last = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct stored_case *c = cases + plan->remove[i];
        assert_false(c->shown);
        assert_false(removed[plan->remove[i]]);
        removed[plan->remove[i]] = true;
        freed += last = c->bytes;
        assert_true(c->bytes > 0);
        if (i > 0) {
            const struct stored_case *before = cases + plan->remove[i - 1];
            assert_true(worth(before) < worth(c) ||
                        (worth(before) == worth(c) && before->until <= c->until));
        }
    }
    assert_int_equal(plan->freed, freed);
    if (over(space, needed) <= 0)
        assert_int_equal(plan->count, 0); /* removes nothing when it fits */
    if (plan->count)
        assert_true(freed - last < over(space, needed)); /* just enough */
    bool fits = !plan->over_quota && !plan->over_disk;
    assert_int_equal(fits, freed >= over(space, needed));
    for (size_t i = 0; !fits && i < count; i++) /* nothing that would help is left */
        assert_true(removed[i] || cases[i].shown || !cases[i].bytes);
    int64_t missing = plan->over_quota > plan->over_disk ? plan->over_quota : plan->over_disk;
    assert_int_equal(missing, fits ? 0 : over(space, needed) - freed);
}

static void test_properties(void **state) {
    (void)state;
    uint32_t seed = 1;
    struct stored_case cases[MOST_CASES];
    size_t planned = 0, refused = 0;
    for (int round = 0; round < ROUNDS; round++) {
        size_t count = make_cases(&seed, cases);
        const struct space space = {
            .used = roll(&seed, 9000), .quota = roll(&seed, 12000), .free = roll(&seed, 6000)};
        int64_t needed = roll(&seed, 5000);
        struct retention_plan plan, more;
        retention_build(cases, count, &space, needed, &plan);
        check_plan(cases, count, &space, needed, &plan);
        /* whoever needs more loses no less, and in the same order */
        retention_build(cases, count, &space, needed + roll(&seed, 500), &more);
        assert_true(more.count >= plan.count);
        assert_memory_equal(more.remove, plan.remove, plan.count * sizeof *plan.remove);
        planned += plan.count > 0;
        refused += plan.over_quota || plan.over_disk;
        retention_finish(&plan);
        retention_finish(&more);
    }
    assert_true(planned > ROUNDS / 10 && refused > ROUNDS / 10);
    assert_true(planned < ROUNDS * 9 / 10 && refused < ROUNDS * 9 / 10);
}

static void test_order(void **state) {
    (void)state;
    static const struct stored_case cases[] = {
        {1, PHASE_FEATURED, false, false, 2, 10},
        {2, PHASE_SELF, false, false, 7, 10},
        {3, PHASE_RECOMMENDED, false, false, 1, 10},
        {4, PHASE_SELF, false, false, 3, 10},
        {5, PHASE_FEATURED, true, false, 9, 10},
        {6, PHASE_SELF, false, true, 1, 10}, /* shown */
        {7, PHASE_SELF, false, false, 3, 0}, /* frees nothing */
    };
    static const size_t want[] = {4, 3, 1, 2, 0};
    const struct space space = {.used = 60, .quota = 60, .free = 1000};
    struct retention_plan plan;
    retention_build(cases, COUNT(cases), &space, 55, &plan);
    assert_int_equal(plan.count, COUNT(want));
    assert_memory_equal(plan.remove, want, sizeof want);
    assert_int_equal(plan.over_quota, 5);
    assert_int_equal(plan.over_disk, 0);
    retention_finish(&plan);
    retention_build(cases, COUNT(cases), &space, 20, &plan);
    assert_int_equal(plan.count, 2);
    retention_finish(&plan);
}

/* ------------------------------------------------------------------ what is stored */

static void add_file(const struct paths *paths, const char *content) {
    char *staged = path_join(paths->staging, "file.jpg", NULL);
    FILE *file = fopen(staged, "we");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
    assert_true(media_admit(paths->media, staged, hash_text(content)));
    free(staged);
}

/* One generation that holds the case with this picture; NULL: without it. */
static void import_picture(struct library *library, const char *id, const char *content) {
    bool changed = false, found = false;
    enum change change;
    assert_true(library_begin(library));
    if (content) {
        struct case_record record = make_case(id, UNIT_PARTY, "临溪大学", "题");
        add_asset(&record, make_asset(content, content));
        assert_true(library_put(library, &record, &change));
        case_finish(&record);
    } else {
        assert_true(library_remove(library, id, &found));
    }
    assert_true(library_commit(library, "test", &changed));
    assert_true(changed);
}

struct listing {
    struct stored_case cases[MOST_CASES];
    size_t count;
};

static void on_stored(void *user, const struct stored_case *stored) {
    struct listing *listing = user;
    listing->cases[listing->count++] = *stored;
}

static bool has_file(const struct paths *paths, const char *content) {
    const struct rendition rendition = {.bytes = (int64_t)strlen(content),
                                        .hash = hash_text(content)};
    return media_has(paths->media, &rendition);
}

static void test_stored(void **state) {
    const struct paths *paths = &((struct fixture *)*state)->paths;
    struct library *library = library_open(paths, NULL);
    static const char *const contents[] = {"one", "second", "third picture", "fourth", "shared"};
    for (size_t i = 0; i < COUNT(contents); i++)
        add_file(paths, contents[i]);
    import_picture(library, "a", "one");    /* 1 */
    import_picture(library, "b", "shared"); /* 2 */
    import_picture(library, "a", "second"); /* 3 */
    import_picture(library, "a", "third picture");
    import_picture(library, "c", "shared"); /* 5 */
    import_picture(library, "b", NULL);     /* 6 */
    struct listing listing = {.count = 0};
    assert_true(library_each_stored(library, on_stored, &listing));
    assert_int_equal(listing.count, 2); /* the first two of a; b is shown by generation 5 */
    assert_int_equal(listing.cases[0].bytes, 3);
    assert_int_equal(listing.cases[0].until, 3);
    assert_int_equal(listing.cases[1].bytes, 6);
    import_picture(library, "a", "fourth"); /* 7 */
    import_picture(library, "a", "one");    /* 8: what is gone is back */
    listing.count = 0;
    assert_true(library_each_stored(library, on_stored, &listing));
    assert_int_equal(listing.count, 4);
    assert_int_equal(listing.cases[0].bytes, 0); /* "one" is shown again */
    assert_int_equal(listing.cases[1].bytes, 0); /* c has the picture of b too */
    /* a row that is shown is not dropped, whoever asks */
    int64_t rows[] = {listing.cases[2].row,
                      raw_sql(paths->library, "SELECT row FROM cases WHERE id = 'c'")};
    struct sweep sweep;
    assert_true(library_drop_cases(library, rows, COUNT(rows), &sweep));
    assert_int_equal(sweep.files, 1);
    assert_int_equal(sweep.media_bytes, 6);
    assert_false(has_file(paths, "second"));
    assert_true(has_file(paths, "third picture"));
    assert_true(has_file(paths, "shared"));
    assert_int_equal(raw_sql(paths->library, "SELECT count(*) FROM cases WHERE id = 'c'"), 1);
    int64_t bytes = 0;
    assert_true(library_media_bytes(library, &bytes)); /* each file once */
    assert_int_equal(bytes, (int64_t)strlen("onesharedfourththird picture"));
    library_close(library);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_properties),
        cmocka_unit_test(test_order),
        cmocka_unit_test_setup_teardown(test_stored, fixture_start, fixture_finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
