/* What is set at the screen: the first set-up step by step, a new PIN, a turned picture. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/time.h"
#include "browse_fixture.h"

#define BUDGET       ((size_t)8 << 20)
#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- drafts */

static void assert_draft(enum place_kind kind, const char *draft, const char *piece,
                         const char *expected) {
    char *text = draft_add(kind, draft, piece);
    assert_string_equal(text, expected);
    free(text);
}

static void drafts_take_what_belongs_there(void **state) {
    (void)state;
    static const char full[] = "一二三四五六七八九十一二三四五六七八九十"; /* 60 bytes */
    assert_draft(PLACE_BUILDING, "", "3", "3");
    assert_draft(PLACE_BUILDING, "3", "号楼", "3号楼");
    assert_draft(PLACE_BUILDING, "", " ", "");
    assert_draft(PLACE_BUILDING, "Hall", " ", "Hall ");
    assert_draft(PLACE_BUILDING, "3", "\n", "3");
    assert_draft(PLACE_OWN_SCHOOL, full, "a", full);
    assert_draft(PLACE_CLOCK, "2026", "1", "20261");
    assert_draft(PLACE_CLOCK, "2026", "年", "2026");
    assert_draft(PLACE_CLOCK, "2026", "12", "2026");
    assert_draft(PLACE_CLOCK, "202611260830", "1", "202611260830");
    static const char *const erased[][2] = {{"", ""}, {"3号楼", "3号"}, {"a", ""}};
    for (size_t i = 0; i < COUNT(erased); i++) {
        char *text = draft_erase(erased[i][0]);
        assert_string_equal(text, erased[i][1]);
        free(text);
    }
}

static void a_date_is_one_of_the_calendar(void **state) {
    (void)state;
    static const struct {
        const char *digits;
        bool good;
    } rows[] = {
        {"202611260830", true},  {"202802290000", true},  {"202602290000", false},
        {"202611310830", false}, {"202613010830", false}, {"202611262430", false},
        {"202611260860", false}, {"20261126083", false},  {"", false},
        {"000000000000", false}, {"202600100000", false}, {"202612312359", true},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        int64_t ms = 0;
        int year = 0, month = 0, day = 0, weekday = 0, hour = 0, minute = 0;
        if (draft_parse_date(rows[i].digits, &ms) != rows[i].good)
            fail_msg("%s", rows[i].digits);
        if (!rows[i].good)
            continue;
        char text[DATE_TEXT_SIZE], same[64];
        draft_print_date(rows[i].digits, text);
        time_local_date(ms, &year, &month, &day);
        time_local_clock(ms, &weekday, &hour, &minute);
        snprintf(same, sizeof same, "%04d-%02d-%02d %02d:%02d", year, month, day, hour, minute);
        assert_string_equal(text, same);
    }
    char text[DATE_TEXT_SIZE];
    draft_print_date("2026112", text);
    assert_string_equal(text, "2026-11-2_ __:__");
}

static void the_steps_follow_one_another(void **state) {
    (void)state;
    struct place place = setup_first();
    for (int i = 1; i <= SETUP_STEPS; i++) {
        assert_int_equal(setup_number(place.kind), i);
        assert_true(place.setup);
        struct place next = setup_after(place.kind);
        place_finish(&place);
        place = next;
    }
    assert_int_equal(place.kind, PLACE_FINISH);
    assert_int_equal(setup_number(PLACE_KEEP), setup_number(PLACE_TURN));
    assert_int_equal(setup_number(PLACE_PANEL), 0);
    place_finish(&place);
}

/* ---- a visit */

static void expect_order(struct visit *visit, enum browse_order_kind kind, const char *what,
                         const char *arguments) {
    struct browse_order order;
    assert_true(browse_take_order(&visit->browse, &order));
    assert_int_equal(order.kind, kind);
    assert_string_equal(order.what, what);
    assert_string_equal(order.arguments, arguments);
    assert_string_equal(order.by, SETUP_BY);
    browse_order_finish(&order);
}

static void expect_none(struct visit *visit) {
    struct browse_order order;
    assert_false(browse_take_order(&visit->browse, &order));
}

static void tap(struct visit *visit, int number) {
    visit_tap_at(visit, number * 100 + 50, HEAD + 50);
}

static void next(struct visit *visit) {
    tap(visit, 5);
}

/* Behind the code: at the first step. */
static void begin(struct visit *visit) {
    visit_begin(visit, BUDGET);
    visit->seen.emblem = (struct rect){500, 0, 100, 40};
    visit_touch(visit, TOUCH_DOWN, 1, 550, 20);
    visit_tick(visit, FRAME);
    visit_tick(visit, 3 * SECOND);
    visit_touch(visit, TOUCH_UP, 1, 550, 20);
    visit_settle(visit);
    assert_here(visit, PLACE_PIN, "");
    visit_type(visit, "4");
    visit_key_press(visit, BROWSE_ENTER);
    struct browse_order order;
    assert_true(browse_take_order(&visit->browse, &order));
    assert_int_equal(order.kind, BROWSE_TRY_PIN);
    assert_string_equal(order.what, "4");
    browse_order_finish(&order);
    browse_handle_pin(&visit->browse, PIN_OPENS_SETUP, SETUP_BY, visit->now);
    visit_settle(visit);
    assert_here(visit, PLACE_OWN_SCHOOL, "");
}

static void every_step_can_be_skipped(void **state) {
    (void)state;
    struct visit visit;
    begin(&visit);
    const enum place_kind kinds[] = {PLACE_BUILDING, PLACE_TURN, PLACE_CLOCK, PLACE_NEW_PIN,
                                     PLACE_FINISH};
    for (size_t i = 0; i < COUNT(kinds); i++) {
        next(&visit);
        assert_here(&visit, kinds[i], "");
        assert_true(browse_here(&visit.browse)->setup);
    }
    assert_int_equal(browse_here(&visit.browse)->typed, 0); /* there is no PIN */
    expect_none(&visit);
    tap(&visit, 0);
    expect_order(&visit, BROWSE_RESTART, "", "{}");
    visit_end(&visit);
}

static void what_is_typed_is_set(void **state) {
    (void)state;
    struct visit visit;
    begin(&visit);
    visit_type(&visit, "望川大学");
    assert_here(&visit, PLACE_OWN_SCHOOL, "望川大学");
    visit_key_press(&visit, BROWSE_ENTER);
    expect_order(&visit, BROWSE_CHOOSE, "site.school", "望川大学");
    assert_here(&visit, PLACE_BUILDING, "");
    visit_key_press(&visit, BROWSE_ENTER); /* nothing is typed */
    expect_none(&visit);
    visit_type(&visit, "3");
    visit_type(&visit, "号楼");
    visit_key_press(&visit, BROWSE_ERASE);
    assert_here(&visit, PLACE_BUILDING, "3号");
    tap(&visit, 4);
    expect_order(&visit, BROWSE_CHOOSE, "site.building", "3号");
    assert_here(&visit, PLACE_TURN, "");
    visit_end(&visit);
}

/* ---- the picture */

static void begin_turn(struct visit *visit) {
    begin(visit);
    visit->browse.rotation = 1;
    next(visit);
    next(visit);
    assert_here(visit, PLACE_TURN, "");
    assert_int_equal(browse_here(&visit->browse)->picture, 1);
    tap(visit, 1); /* as it is */
    expect_none(visit);
    tap(visit, 2);
    expect_order(visit, BROWSE_TURN, "2", "{}");
    assert_here(visit, PLACE_KEEP, "");
}

static void a_turned_picture_is_kept(void **state) {
    (void)state;
    struct visit visit;
    begin_turn(&visit);
    tap(&visit, 1);
    expect_order(&visit, BROWSE_CHOOSE, "display.rotate", "180");
    expect_none(&visit);
    assert_here(&visit, PLACE_CLOCK, "");
    visit_tick(&visit, 15 * SECOND);
    expect_none(&visit);
    visit_end(&visit);
}

/* Who cannot read it does nothing. */
static void it_turns_back_by_itself(void **state) {
    (void)state;
    struct visit visit;
    begin_turn(&visit);
    visit_tick(&visit, 4 * SECOND);
    visit_settle(&visit);
    int left = browse_here(&visit.browse)->picture;
    assert_true(left == 5 || left == 6);
    assert_true(browse_deadline(&visit.browse, visit.now) <= visit.now + SECOND);
    expect_none(&visit);
    visit_tick(&visit, 6 * SECOND);
    visit_settle(&visit);
    expect_order(&visit, BROWSE_TURN, "1", "{}");
    expect_none(&visit);
    assert_here(&visit, PLACE_TURN, "");
    assert_int_equal(browse_here(&visit.browse)->picture, 1);
    visit_end(&visit);
}

static void it_is_turned_back_by_who_leaves(void **state) {
    (void)state;
    for (int way = 0; way < 3; way++) {
        struct visit visit;
        begin_turn(&visit);
        if (way == 0)
            tap(&visit, 0); /* says so */
        else
            visit_tap_bar(&visit, way == 1 ? 0 : 1); /* goes back, or home */
        visit_tick(&visit, FRAME);
        expect_order(&visit, BROWSE_TURN, "1", "{}");
        expect_none(&visit);
        visit_end(&visit);
    }
}

/* ---- a PIN */

static void begin_pin(struct visit *visit) {
    begin(visit);
    for (int i = 0; i < 4; i++)
        next(visit);
    assert_here(visit, PLACE_NEW_PIN, "");
    visit_type(visit, "7"); /* whose? */
    assert_int_equal(browse_here(&visit->browse)->typed, 0);
    tap(visit, 0);
    assert_here(visit, PLACE_NEW_PIN, "值班老师");
    assert_int_equal(browse_here(&visit->browse)->picture, NEW_PIN_FIRST);
}

static void type_digits(struct visit *visit, const char *digits) {
    for (; *digits; digits++)
        visit_type(visit, (const char[]){*digits, '\0'});
    visit_key_press(visit, BROWSE_ENTER);
}

static void assert_state(struct visit *visit, int picture) {
    assert_int_equal(browse_here(&visit->browse)->picture, picture);
    assert_int_equal(browse_here(&visit->browse)->typed, 0);
}

static void a_pin_is_typed_twice(void **state) {
    (void)state;
    struct visit visit;
    begin_pin(&visit);
    type_digits(&visit, "1234");
    assert_state(&visit, NEW_PIN_FAULT + PIN_TRIVIAL);
    type_digits(&visit, "729");
    assert_state(&visit, NEW_PIN_FAULT + PIN_LENGTH);
    type_digits(&visit, "7294");
    assert_state(&visit, NEW_PIN_AGAIN);
    type_digits(&visit, "7295");
    assert_state(&visit, NEW_PIN_DIFFERENT);
    expect_none(&visit);
    type_digits(&visit, "7294");
    type_digits(&visit, "7294");
    assert_state(&visit, NEW_PIN_SAVING);
    expect_order(&visit, BROWSE_SET_PIN, "7294", "值班老师");
    type_digits(&visit, "1"); /* too late */
    expect_none(&visit);
    browse_handle_new_pin(&visit.browse, PIN_FINE, visit.now);
    visit_settle(&visit);
    assert_here(&visit, PLACE_FINISH, "");
    assert_int_equal(browse_here(&visit.browse)->typed, 1);
    visit_tap_bar(&visit, 0); /* no way back leads to the PIN */
    assert_here(&visit, PLACE_HOME, "");
    visit_end(&visit);
}

static void a_pin_that_is_not_saved_is_typed_anew(void **state) {
    (void)state;
    struct visit visit;
    begin_pin(&visit);
    type_digits(&visit, "7294");
    type_digits(&visit, "7294");
    expect_order(&visit, BROWSE_SET_PIN, "7294", "值班老师");
    browse_handle_new_pin(&visit.browse, PIN_TAKEN, visit.now);
    visit_settle(&visit);
    assert_state(&visit, NEW_PIN_FAULT + PIN_TAKEN);
    type_digits(&visit, "7295");
    assert_state(&visit, NEW_PIN_AGAIN);
    visit_end(&visit);
}

/* Nobody gets to a step but behind the code. */
static void nothing_is_set_without_a_word(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    struct place place = setup_first();
    trail_go(&visit.browse.trail, place, 0);
    browse_handle_library(&visit.browse);
    visit_settle(&visit);
    visit_type(&visit, "望川大学");
    visit_key_press(&visit, BROWSE_ENTER);
    expect_none(&visit);
    visit_end(&visit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(drafts_take_what_belongs_there),
        cmocka_unit_test(a_date_is_one_of_the_calendar),
        cmocka_unit_test(the_steps_follow_one_another),
        cmocka_unit_test(every_step_can_be_skipped),
        cmocka_unit_test(what_is_typed_is_set),
        cmocka_unit_test(a_turned_picture_is_kept),
        cmocka_unit_test(it_turns_back_by_itself),
        cmocka_unit_test(it_is_turned_back_by_who_leaves),
        cmocka_unit_test(a_pin_is_typed_twice),
        cmocka_unit_test(a_pin_that_is_not_saved_is_typed_anew),
        cmocka_unit_test(nothing_is_set_without_a_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
