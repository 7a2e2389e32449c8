/* Tables of the loop's order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/str.h"
#include "library/playlist.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* "p1 e1*": a case per word: its unit (p, e, s, v for service; n a notice, u an urgent one), a
 * name, then marks: * featured, ! own school, ^ promoted, +N generation N, =N weight N. */
static size_t parse(const char *text, struct candidate *candidates, char *store) {
    size_t count = 0;
    strcpy(store, text);
    char *rest = NULL;
    for (char *word = strtok_r(store, " ", &rest); word; word = strtok_r(NULL, " ", &rest)) {
        struct candidate *candidate = candidates + count++;
        long kind = strchr("pesvnu", word[0]) - "pesvnu", level = kind - UNIT_COUNT + 1;
        *candidate = (struct candidate){.id = word,
                                        .level = (enum level)(level > 0 ? level : 0),
                                        .unit = (enum unit)(level > 0 ? 0 : kind),
                                        .weight = 1};
        for (char *at = word + strcspn(word, "*!^+="); *at;) {
            char mark = *at;
            *at++ = '\0';
            if (mark == '*')
                candidate->phase = PHASE_FEATURED;
            else if (mark == '!')
                candidate->own = true;
            else if (mark == '^')
                candidate->promoted = true;
            else if (mark == '+')
                candidate->generation = strtol(at, &at, 10);
            else
                candidate->weight = (int)strtol(at, &at, 10);
        }
    }
    return count;
}

static char *order_of(const struct candidate *candidates, size_t count,
                      const struct playlist_options *options) {
    size_t *order = NULL;
    struct str text = {0};
    size_t taken = playlist_build(candidates, count, options, &order);
    for (size_t i = 0; i < taken; i++)
        str_addf(&text, "%s%s", i ? " " : "", candidates[order[i]].id);
    free(order);
    return str_take(&text);
}

/* With a limit, ties are the day's to break: these tables have none. */
static void test_order(void **state) {
    (void)state;
    static const struct {
        const char *what, *cases;
        size_t limit;
        const char *order;
    } table[] = {
        {"nothing", "", 60, ""},
        {"one", "s1", 60, "s1"},
        {"none wanted", "s1", 0, ""},
        {"one unit, by id", "p3 p1 p2", 60, "p1 p2 p3"},
        {"units in turn", "v1 p2 s1 p1 e1 e2", 60, "p1 e1 s1 v1 p2 e2"},
        {"a large unit comes to its end alone", "p1 p2 p3 p4 s1", 60, "p1 s1 p2 p3 p4"},
        {"featured first", "p1 s2* e1 s1*", 60, "s1 s2 p1 e1"},
        {"the turn goes on behind the featured", "p1 e1 s1 v1 p2*", 60, "p2 e1 s1 v1 p1"},
        {"newest, weight, id", "pa+1=9 pb+2=1 pd+2=5 pc+2=5", 60, "pc pd pb pa"},
        {"just fits", "p1 p2 e1", 3, "p1 e1 p2"},
        {"each unit its share", "p1+9 p2+8 p3+7 p4+6 e1+1 s1+1 v1+1", 4, "p1 e1 s1 v1"},
        {"a starving unit leaves its place", "p1+9 p2+8 p3+7 p4+6 v1+1", 4, "p1 v1 p2 p3"},
        {"half for the own school", "p1!+9 p2!+8 p3!+7 pa+6 pb+5 pc+4", 4, "p1 p2 pa pb"},
        {"the odd place is the own school's", "p1!+9 p2!+8 p3!+7 pa+6 pb+5 pc+4", 3, "p1 p2 pa"},
        {"one place", "p1!+1 pa+2", 1, "p1"},
        {"few own: others fill", "p1!+1 pa+6 pb+5 pc+4 pd+3", 4, "pa pb pc p1"},
        {"few others: own fill", "p1!+9 p2!+8 p3!+7 p4!+6 pa+1", 4, "p1 p2 p3 pa"},
        {"others only", "p1+3 p2+2 p3+1", 2, "p1 p2"},
        {"own only", "p1!+3 p2!+2 p3!+1", 2, "p1 p2"},
        {"own newest first", "p1!+1 p2!+5 p3!+3 pa+1 pb+9", 2, "pb p2"},
        {"featured of others do not take the own half", "e1* e2*+2 e3*+3 p1! v1!+1", 4,
         "e3 e2 v1 p1"},
        {"promoted before featured", "p1 e1* s1^ e2^", 60, "e2 s1 e1 p1"},
        {"promoted are chosen", "p1!+9 p2!+8 pa+9 pb^+1 pc+3", 2, "pb p1"},
        {"eight others: once", "p1 p2 p3 p4 p5 p6 p7 p8 pa^", 60, "pa p1 p2 p3 p4 p5 p6 p7 p8"},
        {"more: again", "p1 p2 p3 p4 p5 p6 p7 p8 p9 pa^", 60, "pa p1 p2 p3 p4 p5 p6 p7 p8 pa p9"},
        {"in turn", "p0 p1 p2 p3 p4 p5 p6 p7 p8 p9 e0 e1 e2 e3 e4 e5 e6 pa^ eb^", 60,
         "pa eb p0 e0 p1 e1 p2 e2 p3 e3 pa p4 e4 p5 e5 p6 e6 p7 p8 eb p9"},
        {"promoted alone", "p1^ p2^", 60, "p1 p2"},
        {"notices alone", "n2 u1 n1+1", 60, "u1 n1 n2"},
        {"notices first, urgent ones before", "p1 n1 e1 u1", 60, "u1 n1 p1 e1"},
        {"notices take no place of a case", "p1 p2 n1 u1", 2, "u1 n1 p1 p2"},
        {"no case wanted", "p1 n1", 0, "n1"},
        {"urgent ones again after two, in turn", "p1 p2 p3 p4 p5 u1 u2", 60,
         "u1 u2 p1 p2 u1 p3 p4 u2 p5"},
        {"a notice again after eight", "p1 p2 p3 p4 p5 p6 p7 p8 p9 n1 n2", 60,
         "n1 n2 p1 p2 p3 p4 p5 p6 p7 p8 n1 p9"},
        {"six notices at first", "na nb nc nd ne nf ng nh+1", 60, "nh na nb nc nd ne"},
        {"then those that were not seen", "p1 p2 p3 p4 p5 p6 p7 ua ub uc ud ue uf ug", 60,
         "ua ub uc ud ue uf p1 p2 ug p3 p4 ua p5 p6 ub p7"},
        {"own shares by unit", "p1!+9 p2!+8 p3!+7 s1!+1 ea+9 eb+8 va+1 vb", 4, "p1 ea s1 va"},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        struct candidate candidates[20];
        char store[128];
        const struct playlist_options options = {.now_ms = 1, .day = 1, .limit = table[i].limit};
        size_t count = parse(table[i].cases, candidates, store);
        char *order = order_of(candidates, count, &options);
        if (strcmp(order, table[i].order) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", table[i].what, order, table[i].order);
        free(order);
    }
}

static void test_validity(void **state) {
    (void)state;
    static const struct {
        int64_t from, until, now;
        bool shown;
        int64_t next;
    } table[] = {
        {0, 0, 100, true, 0},      {100, 0, 99, false, 100},   {100, 0, 100, true, 0},
        {0, 100, 100, true, 101},  {0, 100, 101, false, 0},    {50, 100, 49, false, 50},
        {50, 100, 75, true, 101},  {100, 100, 100, true, 101}, {100, 50, 75, false, 100},
        {100, 100, 101, false, 0},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        const struct candidate one = {
            .id = "a", .valid_from_ms = table[i].from, .valid_until_ms = table[i].until};
        const struct playlist_options options = {.now_ms = table[i].now, .limit = 60};
        char *order = order_of(&one, 1, &options);
        assert_string_equal(order, table[i].shown ? "a" : "");
        assert_int_equal(playlist_next_change(&one, 1, table[i].now), table[i].next);
        free(order);
    }
    const struct candidate two[] = {{.id = "a", .valid_from_ms = 70},
                                    {.id = "b", .valid_until_ms = 60}};
    assert_int_equal(playlist_next_change(two, 2, 10), 61);
    assert_int_equal(playlist_next_change(two, 2, 61), 70);
    assert_int_equal(playlist_next_change(two, 2, 70), 0);
}

/* A library of many, three units equal and service small; every tenth is the own school's. */
#define MANY 1000

static struct candidate *make_many(char ids[MANY][8], bool backwards) {
    struct candidate *many = xcalloc(MANY, sizeof *many);
    for (size_t n = 0; n < MANY; n++) {
        size_t i = backwards ? MANY - 1 - n : n;
        snprintf(ids[i], 8, "c%zu", i);
        many[n] = (struct candidate){.id = ids[i],
                                     .unit = i % 100 == 3 ? UNIT_SERVICE : (enum unit)(i % 3),
                                     .own = i % 10 == 0,
                                     .weight = 1,
                                     .generation = 1};
    }
    return many;
}

static void test_many(void **state) {
    (void)state;
    static char ids[MANY][8];
    struct candidate *many = make_many(ids, false);
    const struct playlist_options options = {.now_ms = 1, .day = 20000, .limit = 60};
    size_t *order = NULL;
    assert_int_equal(playlist_build(many, MANY, &options, &order), 60);
    int units[UNIT_COUNT] = {0}, own = 0;
    bool seen[MANY] = {false};
    for (size_t i = 0; i < 60; i++) {
        assert_false(seen[order[i]]);
        seen[order[i]] = true;
        units[many[order[i]].unit]++;
        own += many[order[i]].own;
    }
    assert_int_equal(own, 30);
    /* all ten of service are others': 10 + 10 + 10 own ones, then 8 + 8 + 7 + 7 */
    assert_int_equal(units[UNIT_SERVICE], 7);
    for (int unit = 0; unit < UNIT_SERVICE; unit++)
        assert_in_range(units[unit], 17, 18);
    free(order);
    free(many);
}

static void test_same_everywhere(void **state) {
    (void)state;
    static char ids[MANY][8];
    struct candidate *many = make_many(ids, false), *turned = make_many(ids, true);
    struct playlist_options options = {.now_ms = 1, .day = 20000, .limit = 60};
    char *today = order_of(many, MANY, &options), *again = order_of(turned, MANY, &options);
    assert_string_equal(today, again);
    options.day++;
    char *tomorrow = order_of(many, MANY, &options);
    assert_string_not_equal(today, tomorrow);
    free(today);
    free(again);
    free(tomorrow);
    free(many);
    free(turned);
}

/* Over enough days everybody's turn comes. */
static void test_all_days(void **state) {
    (void)state;
    static char ids[MANY][8];
    struct candidate *many = make_many(ids, false);
    bool seen[MANY] = {false};
    size_t shown = 0;
    for (int64_t day = 0; day < 400; day++) {
        const struct playlist_options options = {.now_ms = 1, .day = day, .limit = 60};
        size_t *order = NULL;
        size_t count = playlist_build(many, MANY, &options, &order);
        for (size_t i = 0; i < count; i++) {
            shown += !seen[order[i]];
            seen[order[i]] = true;
        }
        free(order);
    }
    assert_int_equal(shown, MANY);
    free(many);
}

/* SipHash-2-4 of the ids under the key 20734: a machine with another version of the program shows
 * the same. */
static void test_pinned(void **state) {
    (void)state;
    struct candidate candidates[16];
    char store[128];
    size_t count = parse("p1 p2 p3 p4 p5 p6 p7 p8", candidates, store);
    const struct playlist_options options = {.now_ms = 1, .day = 20734, .limit = 4};
    char *order = order_of(candidates, count, &options);
    assert_string_equal(order, "p4 p5 p2 p3");
    free(order);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),    cmocka_unit_test(test_validity),
        cmocka_unit_test(test_many),     cmocka_unit_test(test_same_everywhere),
        cmocka_unit_test(test_all_days), cmocka_unit_test(test_pinned),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
