/* The mode of who touches the screen: when nobody does any more, and when what it lies on changes.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "browse_fixture.h"

#define BUDGET ((size_t)8 << 20)

/* Time passes as it does in the display: to the next deadline, or so far. */
static void wait_for(struct visit *visit, int64_t time) {
    int64_t end = visit->now + time;
    bool brought = false;
    while (visit->now < end) {
        int64_t at = browse_deadline(&visit->browse, visit->now);
        if (browse_moves(&visit->browse, visit->now) || brought)
            at = visit->now + FRAME;
        assert_true(at > visit->now); /* else it would spin */
        visit_tick(visit, (at < end ? at : end) - visit->now);
        brought = visit->errand_count;
        while (visit->errand_count)
            visit_bring(visit, 0);
    }
}

/* The seconds that are seen to be left; 0: no notice is seen. */
static int left(struct visit *visit) {
    struct placement p[MAX_PLACEMENTS];
    size_t count = visit_frame(visit, 0, p);
    for (int i = 1; i <= 10; i++)
        for (size_t k = 0; k < count; k++)
            if (p[k].buffer &&
                p[k].buffer->pixels[0] ==
                    (uint32_t)visit_key("notice", i, visit->browse.manner, visit->size))
                return i;
    return 0;
}

/* ---- nobody is there any more */

static void test_it_counts_down_and_closes(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    visit_type(&visit, "djyl");
    visit_tap_bar(&visit, 3);
    visit_tap_bar(&visit, 4);
    int64_t used = visit.browse.used_us;
    wait_for(&visit, used + 20 * SECOND - visit.now - 1000);
    assert_int_equal(left(&visit), 0);
    for (int i = 10; i > 0; i--) {
        wait_for(&visit, SECOND / 2);
        assert_int_equal(left(&visit), i);
        wait_for(&visit, SECOND / 2);
    }
    wait_for(&visit, SECOND);
    assert_true(browse_is_closed(&visit.browse));
    assert_int_equal(visit.browse.trail.count, 0);
    assert_false(visit.browse.manner.reach || visit.browse.manner.english);
    assert_int_equal(visit.browse.tiles.count, 0);
    assert_int_equal(browse_deadline(&visit.browse, visit.now), INT64_MAX);
    visit_tap_at(&visit, 300, 200); /* the next one begins anew */
    assert_here(&visit, PLACE_CASE, "shown");
    visit_tap_bar(&visit, 2);
    assert_here(&visit, PLACE_SEARCH, "");
    visit_end(&visit);
}

/* From one second to the next it does not go for a moment. */
static void test_the_notice_does_not_flicker(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    wait_for(&visit, visit.browse.used_us + 20 * SECOND + SECOND / 2 - visit.now);
    assert_int_equal(left(&visit), 10);
    visit_tick(&visit, SECOND);
    assert_int_equal(left(&visit), 10); /* the next one is being made */
    visit_bring(&visit, 0);
    visit_tick(&visit, FRAME);
    assert_int_equal(left(&visit), 10); /* its tile is */
    visit_bring(&visit, 0);
    visit_tick(&visit, FRAME);
    assert_int_equal(left(&visit), 9);
    visit_end(&visit);
}

static void test_a_touch_takes_it_away(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    wait_for(&visit, visit.browse.used_us + 22 * SECOND - visit.now);
    assert_true(left(&visit) > 0);
    visit_tap(&visit, 150, 150); /* over a card */
    assert_int_equal(left(&visit), 0);
    visit_settle(&visit);
    assert_here(&visit, PLACE_UNIT, ""); /* and means nothing else */
    wait_for(&visit, 19 * SECOND);
    assert_int_equal(left(&visit), 0);
    wait_for(&visit, 2 * SECOND);
    assert_true(left(&visit) > 0);
    browse_handle_key(&visit.browse, BROWSE_ESCAPE, &visit.seen, visit.now);
    visit_settle(&visit);
    assert_int_equal(left(&visit), 0);
    assert_here(&visit, PLACE_UNIT, "");
    visit_tap_at(&visit, 150, 150);
    assert_here(&visit, PLACE_CASE, "case-3");
    visit_end(&visit);
}

/* A page of a notice that nobody needs any more. */
static void test_a_late_notice(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    visit_tick(&visit, visit.browse.used_us + 21 * SECOND - visit.now);
    assert_int_equal(visit.errand_count, 1);
    visit_tap(&visit, 5, HEAD - 20); /* nowhere */
    visit_bring(&visit, 0);
    visit_settle(&visit);
    assert_int_equal(left(&visit), 0);
    visit_end(&visit);
}

/* A long list that is pushed, or a finger that rests on a text. */
static void test_what_counts_as_use(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    for (int i = 0; i < 6; i++) {
        wait_for(&visit, 12 * SECOND);
        assert_int_equal(left(&visit), 0);
        visit_drag(&visit, (struct point){300, 200 + i % 2}, (struct point){300, 260}, 5, 0);
    }
    wait_for(&visit, 12 * SECOND);
    browse_handle_wheel(&visit.browse, -1, visit.now);
    wait_for(&visit, 12 * SECOND);
    assert_int_equal(left(&visit), 0);
    visit_touch(&visit, TOUCH_DOWN, 1, 300, 20);
    wait_for(&visit, 19 * SECOND);
    assert_int_equal(left(&visit), 0); /* it rests there */
    wait_for(&visit, 40 * SECOND);
    assert_true(browse_is_closed(&visit.browse)); /* that is no finger */
    visit_end(&visit);
}

/* ---- it closes */

static void test_it_gives_way_to_the_loop(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin_home(&visit, BUDGET);
    visit_tap(&visit, 50, HEAD + 150);
    assert_int_equal(visit.browse.state, BROWSE_CLOSING);
    int last = 0;
    for (int i = 0; !browse_is_closed(&visit.browse); i++) {
        assert_true(browse_shows_loop(&visit.browse));
        assert_null(browse_here(&visit.browse));
        assert_true(visit_frame(&visit, FRAME, p) > 0 || browse_is_closed(&visit.browse));
        assert_true(p[0].y >= last);
        last = p[0].y;
        assert_true(i < 60);
    }
    assert_true(last > visit.size.height / 2);
    visit_end(&visit);
}

/* Who touches what is left of the page means the loop. */
static void test_a_touch_while_it_closes(void **state) {
    (void)state;
    struct visit visit;
    for (int i = 0; i < 3; i++) {
        visit_begin_home(&visit, BUDGET);
        visit_tap(&visit, 50, HEAD + 150);
        visit_tick(&visit, FRAME);
        assert_int_equal(visit.browse.state, BROWSE_CLOSING);
        if (i == 0)
            visit_tap_at(&visit, 300, 200);
        else if (i == 1)
            visit_key_press(&visit, BROWSE_ENTER);
        else
            visit_type(&visit, "a");
        assert_here(&visit, i < 2 ? PLACE_CASE : PLACE_SEARCH, i < 2 ? "shown" : "a");
        visit_end(&visit);
    }
}

/* A tap on what flies only stops it, but the bar at the foot stands still. */
static void test_a_tap_while_it_flies(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    for (int i = 0; i < 2; i++) {
        visit_drag(&visit, (struct point){300, 300}, (struct point){300, 100}, 3, 0);
        visit_tick(&visit, FRAME);
        assert_true(browse_moves(&visit.browse, visit.now));
        visit_tap_at(&visit, i ? 50 : 300, i ? visit.size.height - BAR / 2 : 200);
        assert_here(&visit, i ? PLACE_HOME : PLACE_UNIT, "");
    }
    visit_end(&visit);
}

/* However late it comes: the frame in which the list has come to rest is shown. */
static void test_the_last_frame(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin_list(&visit, BUDGET);
    browse_handle_wheel(&visit.browse, -2, visit.now);
    visit_frame(&visit, 100000, p);
    int last = visit.browse.page.scroll;
    visit.now += SECOND; /* the machine is slow */
    assert_true(browse_moves(&visit.browse, visit.now));
    visit_frame(&visit, 0, p);
    assert_true(visit.browse.page.scroll > last);
    assert_false(browse_moves(&visit.browse, visit.now));
    visit_end(&visit);
}

/* Where nothing scrolls nothing moves, however it is pushed. */
static void test_a_push_at_home(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    visit_drag(&visit, (struct point){300, 250}, (struct point){300, 50}, 3, 0);
    visit_tick(&visit, FRAME);
    assert_false(browse_moves(&visit.browse, visit.now));
    visit_end(&visit);
}

/* Without motion all of it is at once. */
static void test_nothing_moves(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    visit.browse.still = true;
    visit_tap(&visit, 20, HEAD + 20);
    for (int i = 0; i < 40; i++) {
        visit_tick(&visit, FRAME);
        while (visit.errand_count)
            visit_bring(&visit, 0);
        assert_false(browse_moves(&visit.browse, visit.now));
    }
    assert_here(&visit, PLACE_UNIT, "");
    visit_tap_bar(&visit, 1);
    visit_tap(&visit, 50, HEAD + 150);
    assert_true(browse_is_closed(&visit.browse));
    visit_end(&visit);
}

/* A picture can be tapped twice, the loop cannot: its first touch is not made to wait. */
static void test_from_a_picture_to_the_loop(void **state) {
    (void)state;
    struct visit visit;
    visit_begin(&visit, BUDGET);
    visit_tap_at(&visit, 300, 200);
    visit_tap_at(&visit, 250, HEAD + 50);
    assert_here(&visit, PLACE_PICTURE, "shown");
    wait_for(&visit, 40 * SECOND);
    assert_true(browse_is_closed(&visit.browse));
    visit_tap(&visit, 300, 200);
    assert_int_equal(visit.browse.state, BROWSE_OPENING);
    visit_end(&visit);
}

/* ---- what it lies on changes */

static void change_library(struct visit *visit) {
    browse_handle_library(&visit->browse);
}

static void change_size(struct visit *visit) {
    visit->size = visit->size.width == 600 ? (struct size){360, 640} : (struct size){600, 400};
    browse_handle_resize(&visit->browse, visit->size, FINGER + 2);
}

static void assert_all_of_this_size(const struct visit *visit) {
    const struct page *page = &visit->browse.page.page;
    assert_int_equal(page->size.width, visit->size.width);
    assert_int_equal(page->size.height, visit->size.height);
    assert_int_equal(visit->browse.leaving.page.tile_count, 0);
}

static void try_change(void (*change)(struct visit *)) {
    struct visit visit;
    visit_begin(&visit, BUDGET);
    change(&visit); /* closed */
    visit_settle(&visit);
    assert_true(browse_is_closed(&visit.browse));
    assert_int_equal(visit.pages, 0);
    visit_tap(&visit, 300, 200);
    change(&visit); /* opening, nothing asked for */
    visit_tick(&visit, FRAME);
    change(&visit); /* the page is being made */
    visit_tick(&visit, FRAME);
    visit_bring(&visit, 0);
    change(&visit); /* its tiles are */
    visit_settle(&visit);
    assert_here(&visit, PLACE_CASE, "shown");
    assert_all_of_this_size(&visit);
    visit_touch(&visit, TOUCH_DOWN, 1, 250, HEAD + 50);
    change(&visit); /* under a finger */
    visit_settle(&visit);
    visit_touch(&visit, TOUCH_UP, 1, 250, HEAD + 50);
    visit_tap_bar(&visit, 2);
    visit_type(&visit, "ab");
    change(&visit);
    visit_settle(&visit);
    assert_here(&visit, PLACE_SEARCH, "ab"); /* what was typed stays */
    visit_tap_bar(&visit, 1);
    visit_tap(&visit, 20, HEAD + 20);
    for (int i = 0; visit.browse.move_us == INT64_MIN && i < 20; i++) {
        visit_tick(&visit, FRAME);
        while (visit.errand_count)
            visit_bring(&visit, 0);
    }
    change(&visit); /* while one page moves over the other */
    visit_settle(&visit);
    assert_here(&visit, PLACE_UNIT, "");
    assert_all_of_this_size(&visit);
    visit_drag(&visit, (struct point){200, 300}, (struct point){200, 100}, 3, 0);
    change(&visit); /* while it flies */
    visit_settle(&visit);
    visit_touch(&visit, TOUCH_DOWN, 1, 200, 300);
    visit_touch(&visit, TOUCH_MOVE, 1, 200, 200);
    change(&visit); /* while it is dragged */
    visit_settle(&visit);
    visit_touch(&visit, TOUCH_MOVE, 1, 200, 100);
    visit_touch(&visit, TOUCH_UP, 1, 200, 100);
    visit_settle(&visit);
    wait_for(&visit, visit.browse.used_us + 21 * SECOND - visit.now);
    change(&visit); /* under the notice */
    visit_tap_bar(&visit, 1);
    visit_tap_bar(&visit, 1);
    visit_tap(&visit, 20, HEAD + 150);
    assert_int_equal(visit.browse.state, BROWSE_CLOSING);
    change(&visit);
    visit_settle(&visit);
    assert_true(browse_is_closed(&visit.browse));
    visit_end(&visit);
}

static void test_another_library(void **state) {
    (void)state;
    try_change(change_library);
}

static void test_another_size(void **state) {
    (void)state;
    try_change(change_size);
}

/* A list that is made anew while it flies flies on. */
static void test_a_list_made_anew(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    visit_drag(&visit, (struct point){300, 300}, (struct point){300, 100}, 6, 0);
    assert_true(browse_moves(&visit.browse, visit.now));
    change_library(&visit);
    int64_t entered = visit.browse.entered_us;
    for (int i = 0; visit.browse.entered_us == entered && i < 20; i++) {
        visit_tick(&visit, FRAME);
        while (visit.errand_count)
            visit_bring(&visit, 0);
    }
    int at = visit.browse.page.scroll;
    assert_true(visit.browse.entered_us > entered && browse_moves(&visit.browse, visit.now));
    visit_tick(&visit, 10 * FRAME);
    assert_true(visit.browse.page.scroll > at);
    visit_end(&visit);
}

/* A page that moves in goes on as it began, whatever is wanted next. */
static void test_a_move_goes_on(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin_list(&visit, BUDGET);
    visit_tap(&visit, visit.size.width / 12, visit.size.height - BAR / 2); /* back: from the left */
    for (int i = 0; visit.browse.move_us == INT64_MIN && i < 20; i++) {
        visit_tick(&visit, FRAME);
        while (visit.errand_count)
            visit_bring(&visit, 0);
    }
    visit_tick(&visit, 3 * FRAME);
    change_library(&visit);
    size_t count = visit_frame(&visit, FRAME, p);
    int at = 0; /* of the upper page */
    for (size_t i = 0; i < count; i++)
        at = !p[i].buffer && p[i].size.width == visit.size.width ? p[i].x : at;
    assert_true(at < 0);
    visit_settle(&visit);
    visit_end(&visit);
}

/* Without its page nobody is kept from the loop for ever. */
static void test_a_page_that_never_comes(void **state) {
    (void)state;
    struct visit visit;
    visit_begin(&visit, BUDGET);
    visit_tap(&visit, 300, 200);
    for (int i = 0; i < 40 && !browse_is_closed(&visit.browse); i++) {
        assert_true(browse_deadline(&visit.browse, visit.now) > visit.now);
        visit_tick(&visit, SECOND);
    }
    assert_true(browse_is_closed(&visit.browse));
    visit_end(&visit);
}

/* A page whose tiles take long does not keep the processor busy with waiting. */
static void test_waiting_is_no_work(void **state) {
    (void)state;
    struct visit visit;
    visit_begin(&visit, BUDGET);
    visit_tap(&visit, 300, 200);
    visit_tick(&visit, FRAME);
    visit_bring(&visit, 0);
    for (int i = 0; i < 100; i++) {
        visit_tick(&visit, FRAME);
        assert_true(browse_deadline(&visit.browse, visit.now) > visit.now);
    }
    assert_int_equal(visit.browse.state, BROWSE_OPENING);
    visit_end(&visit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_it_counts_down_and_closes),
        cmocka_unit_test(test_the_notice_does_not_flicker),
        cmocka_unit_test(test_a_touch_takes_it_away),
        cmocka_unit_test(test_a_late_notice),
        cmocka_unit_test(test_what_counts_as_use),
        cmocka_unit_test(test_it_gives_way_to_the_loop),
        cmocka_unit_test(test_a_touch_while_it_closes),
        cmocka_unit_test(test_a_tap_while_it_flies),
        cmocka_unit_test(test_the_last_frame),
        cmocka_unit_test(test_a_push_at_home),
        cmocka_unit_test(test_nothing_moves),
        cmocka_unit_test(test_from_a_picture_to_the_loop),
        cmocka_unit_test(test_another_library),
        cmocka_unit_test(test_another_size),
        cmocka_unit_test(test_a_list_made_anew),
        cmocka_unit_test(test_a_move_goes_on),
        cmocka_unit_test(test_a_page_that_never_comes),
        cmocka_unit_test(test_waiting_is_no_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
