/* The mode of who touches the screen, at the administrator's desk: what is chosen of a stick, and
 * what its page asks for by itself. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "display/browse_private.h"

#include "browse_fixture.h"

#define BUDGET ((size_t)8 << 20)

/* At the page of a stick. */
static void begin(struct visit *visit, const char *asks) {
    visit_begin(visit, BUDGET);
    visit->asks = asks;
    visit->seen.emblem = (struct rect){500, 0, 100, 60};
    visit_touch(visit, TOUCH_DOWN, 1, 550, 30);
    for (int i = 0; i < 4; i++)
        visit_tick(visit, SECOND);
    visit_touch(visit, TOUCH_UP, 1, 550, 30);
    visit_settle(visit);
    assert_int_equal(browse_here(&visit->browse)->kind, PLACE_PIN);
    browse_handle_pin(&visit->browse, PIN_TYPING, "王老师", visit->now);
    visit_settle(visit);
    visit_tap_at(visit, 50, HEAD + 50);
    assert_int_equal(browse_here(&visit->browse)->kind, PLACE_STICK);
}

/* How many requests were ordered since; each must have these arguments. */
static int count_orders(struct visit *visit, const char *arguments) {
    struct browse_order order;
    int count = 0;
    while (browse_take_order(&visit->browse, &order)) {
        assert_string_equal(order.what, "look");
        assert_string_equal(order.arguments, arguments);
        assert_string_equal(order.by, "王老师");
        browse_order_finish(&order);
        count++;
    }
    return count;
}

static void test_a_page_asks_once(void **state) {
    (void)state;
    struct visit visit;
    begin(&visit, "{\"since\":1}");
    assert_int_equal(count_orders(&visit, "{\"since\":1}"), 1);
    browse_handle_library(&visit.browse); /* made anew, the answer is not there yet */
    visit_settle(&visit);
    assert_int_equal(count_orders(&visit, "{\"since\":1}"), 0);
    visit.asks = NULL;
    browse_handle_library(&visit.browse);
    visit_settle(&visit);
    visit.asks = "{\"since\":2}"; /* another stick */
    browse_handle_library(&visit.browse);
    visit_settle(&visit);
    assert_int_equal(count_orders(&visit, "{\"since\":2}"), 1);
    visit_end(&visit);
}

/* A row far down is touched: the list stays where it is, and nothing flies. */
static void test_what_is_chosen_leaves_the_list_where_it_is(void **state) {
    (void)state;
    struct visit visit;
    begin(&visit, NULL);
    visit_drag(&visit, (struct point){300, 300}, (struct point){300, 100}, 10, SECOND);
    visit_settle(&visit);
    int scroll = visit.browse.page.scroll;
    assert_true(scroll > 100);
    visit_tap(&visit, 100, HEAD + 50);
    bool moved = false;
    for (int i = 0; i < 20; i++) {
        visit_tick(&visit, FRAME);
        moved = moved || visit.browse.move_us != INT64_MIN;
        while (visit.errand_count)
            visit_bring(&visit, 0);
    }
    assert_false(moved);
    assert_int_equal(visit.browse.page.scroll, scroll);
    char id[64];
    snprintf(id, sizeof id, "row-%d", (scroll + 50) / CARD);
    assert_true(picks_has(browse_here(&visit.browse)->picks, PICKS_LEFT, id));
    visit_end(&visit);
}

static void test_what_is_chosen_goes_there_and_back(void **state) {
    (void)state;
    struct visit visit;
    begin(&visit, NULL);
    visit_tap_at(&visit, 100, HEAD + 50); /* without row 0 */
    visit_tap_at(&visit, 400, HEAD + 150);
    assert_int_equal(browse_here(&visit.browse)->kind, PLACE_STICK_CASE);
    assert_true(picks_has(browse_here(&visit.browse)->picks, PICKS_LEFT, "row-0"));
    visit_tap_at(&visit, 50, HEAD + 50); /* let a number be shown */
    visit_tap_at(&visit, 250, HEAD + 50);
    const struct place *here = browse_here(&visit.browse);
    assert_int_equal(here->kind, PLACE_STICK);
    assert_true(picks_has(here->picks, PICKS_LEFT, "row-0"));
    assert_true(picks_has(here->picks, PICKS_RELEASED, "138****5678"));
    assert_string_equal(here->picks->school, "望川大学");
    visit_tap_bar(&visit, 0);
    assert_int_equal(browse_here(&visit.browse)->kind, PLACE_PANEL);
    visit_tap_at(&visit, 50, HEAD + 50); /* whoever comes anew chooses anew */
    assert_true(picks_same(browse_here(&visit.browse)->picks, NULL));
    visit_end(&visit);
}

static void act(struct visit *visit, struct action action) {
    browse_act(&visit->browse, &action, visit->now);
    action_finish(&action);
}

static size_t drop_orders(struct visit *visit) {
    struct browse_order order;
    size_t count = 0;
    for (; browse_take_order(&visit->browse, &order); count++)
        browse_order_finish(&order);
    return count;
}

/* Where a visitor may go the administrator is gone from: nobody comes back without a PIN. */
static void test_a_public_page_leaves_the_desk(void **state) {
    (void)state;
    struct visit visit;
    begin(&visit, NULL);
    act(&visit, action_go(place_of(PLACE_CASE, "case")));
    visit_settle(&visit);
    assert_int_equal(browse_here(&visit.browse)->kind, PLACE_CASE);
    assert_null(visit.browse.desk.who);
    for (int i = 0; i < 3 && browse_here(&visit.browse); i++) {
        act(&visit, action_simple(ACTION_BACK));
        visit_settle(&visit);
        assert_true(!browse_here(&visit.browse) || !browse_is_desk(browse_here(&visit.browse)));
    }
    visit_end(&visit);
}

/* A button that is touched again before its page was made anew. */
static void test_touched_twice_ordered_once(void **state) {
    (void)state;
    struct visit visit;
    begin(&visit, NULL);
    drop_orders(&visit);
    act(&visit, action_ask("rollback", "{}"));
    act(&visit, action_ask("rollback", "{}"));
    act(&visit, action_ask("take", "{}"));
    assert_int_equal(drop_orders(&visit), 2);
    visit_settle(&visit); /* it says what became of it: they may want it once more */
    act(&visit, action_ask("take", "{}"));
    assert_int_equal(drop_orders(&visit), 1);
    visit_end(&visit);
}

/* Tried while they left: it lets nobody else in. */
static void test_a_pin_of_somebody_who_left(void **state) {
    (void)state;
    struct visit visit;
    begin(&visit, NULL);
    act(&visit, action_simple(ACTION_HOME));
    visit_settle(&visit);
    act(&visit, action_go(place_of(PLACE_PIN, "")));
    act(&visit, action_text(ACTION_TYPE, "4"));
    act(&visit, action_simple(ACTION_ENTER));
    assert_int_equal(drop_orders(&visit), 1);
    act(&visit, action_simple(ACTION_HOME));
    visit_settle(&visit);
    act(&visit, action_go(place_of(PLACE_PIN, "")));
    visit_settle(&visit);
    browse_handle_pin(&visit.browse, PIN_TYPING, "王老师", visit.now);
    visit_settle(&visit);
    assert_int_equal(browse_here(&visit.browse)->kind, PLACE_PIN);
    browse_handle_pin(&visit.browse, PIN_TYPING, "李同学", visit.now); /* their own */
    visit_settle(&visit);
    assert_int_equal(browse_here(&visit.browse)->kind, PLACE_PANEL);
    visit_end(&visit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_page_asks_once),
        cmocka_unit_test(test_what_is_chosen_leaves_the_list_where_it_is),
        cmocka_unit_test(test_what_is_chosen_goes_there_and_back),
        cmocka_unit_test(test_a_public_page_leaves_the_desk),
        cmocka_unit_test(test_touched_twice_ordered_once),
        cmocka_unit_test(test_a_pin_of_somebody_who_left),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
