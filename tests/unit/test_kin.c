/* The cases around a case, over a catalogue made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "display/kin.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* By id; the later letters are the older. Schools: 0 has a, c, e; 1 the rest. */
static struct entry entries[] = {
    {.id = "a", .school = 0, .unit = UNIT_PARTY, .weight = 1, .published_ms = 900},
    {.id = "b", .school = 1, .unit = UNIT_PARTY, .weight = 1, .published_ms = 800},
    {.id = "c", .school = 0, .unit = UNIT_SAFETY, .weight = 1, .published_ms = 700},
    {.id = "d", .school = 1, .unit = UNIT_PARTY, .weight = 1, .published_ms = 600},
    {.id = "e", .school = 0, .unit = UNIT_PARTY, .weight = 1, .published_ms = 500},
    {.id = "f", .school = 1, .unit = UNIT_SERVICE, .weight = 1, .published_ms = 400},
};
static char first[] = "一校", second[] = "二校";
static char *schools[] = {first, second};
static const struct catalogue catalogue = {.entries = entries,
                                           .count = COUNT(entries),
                                           .schools = schools,
                                           .school_count = COUNT(schools)};

static struct kin of_unit(const char *id, int unit) {
    struct catalogue_filter filter = {.unit = unit, .school = ANY_SCHOOL, .phase = -1};
    return kin_build(&catalogue, id, &filter);
}

static void a_list_goes_round(void **state) {
    (void)state;
    static const struct {
        const char *id, *previous, *next;
        size_t number;
    } rows[] = {{"a", "e", "b", 1}, {"b", "a", "d", 2}, {"d", "b", "e", 3}, {"e", "d", "a", 4}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct kin kin = of_unit(rows[i].id, UNIT_PARTY);
        assert_string_equal(kin.previous->id, rows[i].previous);
        assert_string_equal(kin.next->id, rows[i].next);
        assert_int_equal(kin.number, rows[i].number);
        assert_int_equal(kin.of, 4);
    }
}

static void one_alone_has_no_neighbours(void **state) {
    (void)state;
    struct kin kin = of_unit("f", UNIT_SERVICE);
    assert_null(kin.previous);
    assert_null(kin.next);
    assert_int_equal(kin.number, 1);
    assert_int_equal(kin.of, 1);
    kin = of_unit("f", UNIT_PARTY); /* it is not in that list */
    assert_null(kin.next);
    assert_int_equal(kin.number, 0);
    kin = of_unit("gone", UNIT_PARTY);
    assert_int_equal(kin.related_count, 0);
    assert_null(kin.next);
}

/* Of the school first, then of the unit, each once, from where it stands itself. */
static void related_are_of_the_school_then_of_the_unit(void **state) {
    (void)state;
    static const struct {
        const char *id, *related;
        size_t of_school;
    } rows[] = {{"a", "cebd", 2}, {"c", "ea", 2}, {"e", "acbd", 2}, {"b", "dfea", 2}};
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct kin kin = of_unit(rows[i].id, UNIT_PARTY);
        char ids[KIN_RELATED + 1] = "";
        for (size_t k = 0; k < kin.related_count; k++)
            ids[k] = *kin.related[k]->id;
        assert_string_equal(ids, rows[i].related);
        assert_int_equal(kin.of_school, rows[i].of_school);
    }
}

static void related_are_no_more_than_there_is_room_for(void **state) {
    (void)state;
    struct entry many[20];
    char ids[20][4];
    for (size_t i = 0; i < COUNT(many); i++) {
        ids[i][0] = (char)('a' + (int)i);
        ids[i][1] = '\0';
        many[i] = (struct entry){.id = ids[i], .published_ms = (int64_t)(1000 - i)};
    }
    const struct catalogue large = {
        .entries = many, .count = COUNT(many), .schools = schools, .school_count = 1};
    struct catalogue_filter filter = {.unit = -1, .school = ANY_SCHOOL, .phase = -1};
    struct kin kin = kin_build(&large, "r", &filter);
    assert_int_equal(kin.related_count, KIN_RELATED);
    assert_string_equal(kin.related[0]->id, "s");
    assert_string_equal(kin.related[2]->id, "a"); /* and on from the first */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_goes_round),
        cmocka_unit_test(one_alone_has_no_neighbours),
        cmocka_unit_test(related_are_of_the_school_then_of_the_unit),
        cmocka_unit_test(related_are_no_more_than_there_is_room_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
