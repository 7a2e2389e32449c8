/* The mode of who touches the screen as a machine: from place to place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "browse_fixture.h"

#define BUDGET ((size_t)8 << 20)

static void expect_count(struct visit *visit, const char *id) {
    struct browse_count count;
    assert_true(browse_take_count(&visit->browse, &count));
    if (id)
        assert_string_equal(count.id, id);
    else
        assert_null(count.id);
    free(count.id);
}

static void drop_counts(struct visit *visit) {
    struct browse_count count;
    while (browse_take_count(&visit->browse, &count))
        free(count.id);
}

/* ---- from the loop */

static void test_the_first_touch_opens_the_case_that_is_seen(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin(&visit, BUDGET);
    visit.seen.before = "gone";
    assert_true(browse_is_closed(&visit.browse));
    assert_int_equal(visit_frame(&visit, FRAME, p), 0);
    assert_int_equal(browse_deadline(&visit.browse, visit.now), INT64_MAX);
    visit_touch(&visit, TOUCH_DOWN, 1, 300, 200);
    assert_int_equal(visit_frame(&visit, FRAME, p), 1); /* it is felt at once */
    assert_true(browse_shows_loop(&visit.browse));
    visit.now += 50000;
    visit_touch(&visit, TOUCH_UP, 1, 300, 200);
    assert_int_equal(visit.browse.state, BROWSE_OPENING);
    assert_null(browse_here(&visit.browse)); /* not yet */
    assert_int_equal(visit_frame(&visit, FRAME, p), 1);
    assert_int_equal(visit.errand_count, 1);
    assert_string_equal(visit.errands[0].place.text, "shown");
    assert_string_equal(visit.errands[0].place.before, "gone");
    visit_bring(&visit, 0);
    visit_tick(&visit, FRAME);
    assert_true(browse_shows_loop(&visit.browse)); /* its tiles are on their way */
    visit_settle(&visit);
    assert_here(&visit, PLACE_CASE, "shown");
    assert_false(browse_shows_loop(&visit.browse));
    expect_count(&visit, "shown");
    struct browse_count none;
    assert_false(browse_take_count(&visit.browse, &none));
    visit_end(&visit);
}

/* The page moves in over the loop. */
static void test_it_comes_up(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin(&visit, BUDGET);
    visit_tap(&visit, 300, 200);
    for (int i = 0; visit.browse.state != BROWSE_OPEN; i++) {
        visit_tick(&visit, FRAME);
        while (visit.errand_count)
            visit_bring(&visit, 0);
        assert_true(i < 10);
    }
    int last = visit.size.height;
    while (browse_moves(&visit.browse, visit.now)) {
        assert_true(browse_shows_loop(&visit.browse));
        assert_true(visit_frame(&visit, FRAME, p) > 0);
        assert_int_equal(p[0].x, 0);
        assert_true(p[0].y < last || p[0].y == 0);
        last = p[0].y;
    }
    assert_int_equal(last, 0);
    visit_end(&visit);
}

static void test_without_a_case_it_opens_home(void **state) {
    (void)state;
    struct visit visit;
    visit_begin(&visit, BUDGET);
    visit.seen.id = NULL;
    visit_tap_at(&visit, 300, 200);
    assert_here(&visit, PLACE_HOME, "");
    expect_count(&visit, NULL);
    visit_end(&visit);
}

static void test_any_key_opens_it_but_escape(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin(&visit, BUDGET);
    visit_key_press(&visit, BROWSE_ESCAPE);
    assert_true(browse_is_closed(&visit.browse));
    browse_handle_key(&visit.browse, BROWSE_DOWN, &visit.seen, visit.now);
    assert_int_equal(visit_frame(&visit, FRAME, p), 0); /* nobody touched it: no mark */
    visit_settle(&visit);
    assert_here(&visit, PLACE_CASE, "shown");
    visit_end(&visit);
}

/* ---- ways */

static void test_back_leads_home_and_to_the_loop(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    assert_here(&visit, PLACE_UNIT, "");
    visit_tap_at(&visit, 250, HEAD + 150); /* the fifth card */
    assert_here(&visit, PLACE_CASE, "case-4");
    visit_tap_at(&visit, 250, HEAD + 20);
    assert_here(&visit, PLACE_PICTURE, "case-4");
    visit_key_press(&visit, BROWSE_ESCAPE);
    assert_here(&visit, PLACE_CASE, "case-4");
    visit_tap_bar(&visit, 0);
    assert_here(&visit, PLACE_UNIT, "");
    visit_tap_bar(&visit, 0);
    assert_here(&visit, PLACE_HOME, "");
    visit_tap_bar(&visit, 0);
    assert_true(browse_is_closed(&visit.browse));
    visit_end(&visit);
}

/* From the first case there is no way back but home. */
static void test_back_from_the_first_case(void **state) {
    (void)state;
    struct visit visit;
    visit_begin(&visit, BUDGET);
    visit_tap_at(&visit, 300, 200);
    visit_key_press(&visit, BROWSE_ESCAPE);
    assert_here(&visit, PLACE_HOME, "");
    visit_key_press(&visit, BROWSE_START); /* is there already */
    assert_here(&visit, PLACE_HOME, "");
    visit_tap_at(&visit, 50, HEAD + 150); /* to the loop */
    assert_true(browse_is_closed(&visit.browse));
    visit_end(&visit);
}

static void test_home_forgets_the_way(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    visit_tap_at(&visit, 50, HEAD + 50);
    visit_tap_bar(&visit, 1);
    assert_here(&visit, PLACE_HOME, "");
    visit_key_press(&visit, BROWSE_ESCAPE);
    assert_true(browse_is_closed(&visit.browse));
    visit_end(&visit);
}

static void test_what_replaces_is_not_on_the_way_back(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    visit_tap_at(&visit, 50, HEAD + 50);
    drop_counts(&visit);
    visit_tap_at(&visit, 50, HEAD + 50); /* the next one */
    visit_tap_at(&visit, 50, HEAD + 50);
    assert_here(&visit, PLACE_CASE, "case-0++");
    expect_count(&visit, "case-0+");
    expect_count(&visit, "case-0++");
    visit_key_press(&visit, BROWSE_ESCAPE);
    assert_here(&visit, PLACE_UNIT, "");
    visit_end(&visit);
}

static void test_a_list_is_as_it_was_left(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    visit_drag(&visit, (struct point){300, 300}, (struct point){300, 100}, 10, SECOND / 5);
    visit_settle(&visit);
    int scroll = visit.browse.page.scroll;
    assert_in_range(scroll, 150, 200);
    visit_tap_at(&visit, 50, HEAD + 50);
    assert_int_equal(visit.browse.page.scroll, 0);
    visit_key_press(&visit, BROWSE_ESCAPE);
    assert_here(&visit, PLACE_UNIT, "");
    assert_int_equal(visit.browse.page.scroll, scroll);
    visit_end(&visit);
}

/* The oldest of more than 32 are forgotten; from there back leads home. */
static void test_a_long_way_back(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    for (int i = 0; i < 20; i++) { /* to and fro between two places */
        visit_tap_bar(&visit, 2);
        visit_type(&visit, "a");
        visit_tap_at(&visit, 50, HEAD + 50);
        drop_counts(&visit);
    }
    int steps = 0;
    for (; browse_here(&visit.browse)->kind != PLACE_HOME; steps++)
        visit_key_press(&visit, BROWSE_ESCAPE);
    assert_int_equal(steps, TRAIL_LENGTH);
    visit_key_press(&visit, BROWSE_ESCAPE);
    assert_true(browse_is_closed(&visit.browse));
    visit_end(&visit);
}

/* ---- what is typed */

static void test_what_is_typed(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    visit_tap_bar(&visit, 2);
    assert_here(&visit, PLACE_SEARCH, "");
    visit_key_press(&visit, BROWSE_ERASE); /* nothing to erase */
    int width = visit.size.width / 5, y = visit.size.height - BAR - KEYS / 2;
    visit_tap_at(&visit, width / 2, y);
    visit_tap_at(&visit, width + width / 2, y);
    assert_here(&visit, PLACE_SEARCH, "ab");
    visit_tap_at(&visit, 2 * width + width / 2, y);
    assert_here(&visit, PLACE_SEARCH, "a");
    visit_tap_at(&visit, 3 * width + width / 2, y); /* a word instead */
    assert_here(&visit, PLACE_SEARCH, "党建");
    visit_type(&visit, "é𠮷");
    assert_here(&visit, PLACE_SEARCH, "党建é𠮷");
    static const char *const left[] = {"党建é", "党建", "党", "", ""};
    for (size_t i = 0; i < sizeof left / sizeof *left; i++) {
        visit_key_press(&visit, BROWSE_ERASE);
        assert_here(&visit, PLACE_SEARCH, left[i]);
    }
    visit_key_press(&visit, BROWSE_ESCAPE); /* not a step back for each letter */
    assert_here(&visit, PLACE_HOME, "");
    visit_end(&visit);
}

static void test_at_most_64_bytes(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    visit_type(&visit, "一二三四五六七八九十一二三四五六七八九十一二三"); /* 69 bytes */
    assert_here(&visit, PLACE_SEARCH, "一二三四五六七八九十一二三四五六七八九十一");
    visit_type(&visit, "a");
    visit_type(&visit, "b");
    assert_here(&visit, PLACE_SEARCH, "一二三四五六七八九十一二三四五六七八九十一a");
    visit_end(&visit);
}

/* Who types while the loop runs searches; what is typed while pages are made is not lost. */
static void test_typing_from_the_loop(void **state) {
    (void)state;
    struct visit visit;
    visit_begin(&visit, BUDGET);
    const char *const letters[] = {"d", "j", "y", "l"};
    for (int i = 0; i < 4; i++)
        browse_handle_text(&visit.browse, letters[i], &visit.seen, visit.now);
    visit_settle(&visit);
    assert_here(&visit, PLACE_SEARCH, "djyl");
    visit_end(&visit);
}

/* The page of a letter comes while a finger is on the next key. */
static void test_fast_fingers(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    visit_tap_bar(&visit, 2);
    int width = visit.size.width / 5, y = visit.size.height - BAR - KEYS / 2;
    for (int i = 0; i < 6; i++) {
        visit_tap(&visit, width / 2, y);
        visit_touch(&visit, TOUCH_DOWN, 1, width + width / 2, y);
        visit_settle(&visit); /* the page comes */
        visit_touch(&visit, TOUCH_UP, 1, width + width / 2, y);
    }
    visit_settle(&visit);
    assert_here(&visit, PLACE_SEARCH, "abababababab");
    visit_end(&visit);
}

/* But a finger on a result does not open another that came there. */
static void test_another_page_under_the_finger(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    visit_drag(&visit, (struct point){300, 300}, (struct point){300, 100}, 10, SECOND / 5);
    visit_settle(&visit);
    visit.cards = 30;
    browse_handle_library(&visit.browse);
    visit_touch(&visit, TOUCH_DOWN, 1, 50, HEAD + 50);
    visit_settle(&visit);
    visit_touch(&visit, TOUCH_UP, 1, 50, HEAD + 50);
    visit_settle(&visit);
    assert_here(&visit, PLACE_UNIT, "");
    visit_end(&visit);
}

/* ---- how it is shown */

static void test_the_four_manners(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    visit_tap_bar(&visit, 3);
    visit_tap_bar(&visit, 4);
    for (int i = 0; i < 5; i++)
        visit_tap_bar(&visit, 5);
    const struct manner *manner = &visit.browse.page.page.manner;
    assert_true(manner->reach && manner->english && manner->size == TEXT_LARGEST);
    visit_tap_bar(&visit, 3);
    assert_false(visit.browse.page.page.manner.reach);
    assert_here(&visit, PLACE_UNIT, ""); /* no step of the way back */
    visit_key_press(&visit, BROWSE_ESCAPE);
    assert_here(&visit, PLACE_HOME, "");
    assert_true(visit.browse.page.page.manner.english);
    visit_end(&visit);
}

/* ---- the keyboard */

static void test_keys_reach_what_fingers_do(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    visit_key_press(&visit, BROWSE_RIGHT); /* the first target */
    visit_key_press(&visit, BROWSE_RIGHT); /* beside it */
    visit_key_press(&visit, BROWSE_ENTER);
    assert_here(&visit, PLACE_UNIT, "");
    assert_int_equal(browse_here(&visit.browse)->unit, UNIT_EDUCATION);
    visit_key_press(&visit, BROWSE_DOWN);
    for (int i = 0; i < 9; i++)
        visit_key_press(&visit, BROWSE_DOWN); /* it scrolls along */
    assert_true(visit.browse.page.scroll > 300);
    visit_key_press(&visit, BROWSE_ENTER);
    assert_here(&visit, PLACE_CASE, "case-27");
    visit_end(&visit);
}

/* What was chosen stays so where the page is only shown otherwise. */
static void test_a_key_again_and_again(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    visit_key_press(&visit, BROWSE_DOWN);
    for (int i = 0; i < 4; i++)
        visit_key_press(&visit, BROWSE_DOWN); /* as far as it goes */
    for (int i = 0; i < 5; i++)
        visit_key_press(&visit, BROWSE_RIGHT);
    visit_key_press(&visit, BROWSE_ENTER);
    visit_key_press(&visit, BROWSE_ENTER);
    assert_int_equal(visit.browse.page.page.manner.size, TEXT_LARGEST);
    visit_end(&visit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_first_touch_opens_the_case_that_is_seen),
        cmocka_unit_test(test_it_comes_up),
        cmocka_unit_test(test_without_a_case_it_opens_home),
        cmocka_unit_test(test_any_key_opens_it_but_escape),
        cmocka_unit_test(test_back_leads_home_and_to_the_loop),
        cmocka_unit_test(test_back_from_the_first_case),
        cmocka_unit_test(test_home_forgets_the_way),
        cmocka_unit_test(test_what_replaces_is_not_on_the_way_back),
        cmocka_unit_test(test_a_list_is_as_it_was_left),
        cmocka_unit_test(test_a_long_way_back),
        cmocka_unit_test(test_what_is_typed),
        cmocka_unit_test(test_at_most_64_bytes),
        cmocka_unit_test(test_typing_from_the_loop),
        cmocka_unit_test(test_fast_fingers),
        cmocka_unit_test(test_another_page_under_the_finger),
        cmocka_unit_test(test_the_four_manners),
        cmocka_unit_test(test_keys_reach_what_fingers_do),
        cmocka_unit_test(test_a_key_again_and_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
