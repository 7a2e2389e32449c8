/* A visitor who watches a video with the keyboard. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "browse_fixture.h"

#define BUDGET ((size_t)1 << 20)

static void pass(struct visit *visit, int64_t time) {
    for (int64_t until = visit->now + time; visit->now < until;) {
        visit_tick(visit, FRAME);
        while (visit->errand_count)
            visit_bring(visit, 0);
    }
}

static void watch(struct visit *visit) {
    visit_begin(visit, BUDGET);
    visit_tap_at(visit, 300, 200);
    pass(visit, SECOND);
    visit_tap(visit, 450, HEAD + 50);
    pass(visit, SECOND);
    browse_handle_video(&visit->browse, &(struct player_news){.seen = true, .position_ms = 40},
                        NULL, visit->now);
    pass(visit, FRAME);
    assert_int_equal(visit->browse.player.state, PLAYER_PLAYING);
}

static void press(struct visit *visit, enum browse_key key) {
    browse_handle_key(&visit->browse, key, &visit->seen, visit->now);
    pass(visit, FRAME);
}

static void assert_focus(const struct visit *visit, enum action_kind kind) {
    const struct page *page = &visit->browse.page.page;
    assert_true(visit->browse.focus < page->target_count);
    const struct target *target = page->targets + visit->browse.focus;
    assert_int_equal(target->action.kind, kind);
    assert_true(page_shows(page, target->when));
}

/* Pause, play and play again are buttons in one place, sound and silence in another. */
static void the_keyboard_stays_where_it_pressed(void **state) {
    (void)state;
    struct visit visit;
    watch(&visit);
    press(&visit, BROWSE_DOWN);
    assert_focus(&visit, ACTION_PLAY);
    press(&visit, BROWSE_ENTER);
    assert_int_equal(visit.browse.player.state, PLAYER_PAUSED);
    assert_focus(&visit, ACTION_PLAY);
    press(&visit, BROWSE_ENTER);
    assert_int_equal(visit.browse.player.state, PLAYER_PLAYING);
    assert_focus(&visit, ACTION_PLAY);
    press(&visit, BROWSE_RIGHT);
    assert_focus(&visit, ACTION_SOUND);
    press(&visit, BROWSE_ENTER);
    assert_focus(&visit, ACTION_SOUND);
    visit_end(&visit);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_keyboard_stays_where_it_pressed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
