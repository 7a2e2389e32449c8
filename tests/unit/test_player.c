/* What becomes of a video that somebody watches: what it is told, what it wants, what is seen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "display/player.h"

#define SECOND 1000000LL
#define LENGTH 60000
#define MOVIE  "media/ab/abcd.mp4"

static struct player opened(void) {
    struct player player = {0};
    player_open(&player, MOVIE, LENGTH, true, 0);
    return player;
}

static void see(struct player *player, int64_t position_ms, int64_t now_us) {
    const struct player_news news = {
        .seen = true, .position_ms = position_ms, .duration_ms = LENGTH, .order = player->order};
    player_handle_news(player, &news, now_us);
}

static struct player playing(void) {
    struct player player = opened();
    see(&player, 40, SECOND);
    return player;
}

static void end(struct player *player, int64_t now_us) {
    const struct player_news news = {
        .seen = true, .ended = true, .position_ms = LENGTH - 40, .order = player->order};
    player_handle_news(player, &news, now_us);
}

static bool shows(const struct player *player, unsigned bits) {
    return (player_shown(player) & bits) == bits;
}

/* ---- */

static void it_is_off_at_first(void **state) {
    (void)state;
    struct player player = {0};
    assert_false(player_is_on(&player));
    assert_null(player_wish(&player).path);
    assert_true(player_deadline(&player) == INT64_MAX);
    assert_false(player_is_used(&player));
    player_toggle(&player, 0);
    player_skip(&player, 5000, 0);
    player_scrub(&player, 500, 0);
    player_tick(&player, 100 * SECOND);
    assert_false(player_is_on(&player));
    player_close(&player);
}

static void it_plays_pauses_and_plays(void **state) {
    (void)state;
    struct player player = playing();
    assert_string_equal(player_key(&player), "playing");
    assert_true(player_is_used(&player));
    assert_false(player_wish(&player).pause);
    player_toggle(&player, 2 * SECOND);
    assert_string_equal(player_key(&player), "paused");
    assert_true(player_wish(&player).pause);
    assert_false(player_is_used(&player));
    assert_true(player_deadline(&player) == INT64_MAX); /* nothing wakes it */
    player_toggle(&player, 3 * SECOND);
    assert_string_equal(player_key(&player), "playing");
    assert_int_equal(player_wish(&player).order, 0);
    player_close(&player);
}

static void controls_fade_while_it_plays(void **state) {
    (void)state;
    struct player player = playing();
    assert_true(shows(&player, SHOWN_CONTROLS | SHOWN_PLAYING | SHOWN_SOUND | SHOWN_LENGTH));
    int64_t gone = player_deadline(&player);
    assert_true(gone > 2 * SECOND && gone < 6 * SECOND);
    int last = player_alpha(&player, gone - SECOND);
    assert_int_equal(last, 256);
    for (int64_t at = gone - 300000; at <= gone; at += 33000) {
        player_tick(&player, at);
        assert_true(shows(&player, SHOWN_CONTROLS));
        assert_true(player_alpha(&player, at) <= last);
        last = player_alpha(&player, at);
    }
    assert_true(last < 64);
    player_tick(&player, gone);
    assert_false(shows(&player, SHOWN_CONTROLS));
    player_tap(&player, gone + SECOND);
    assert_true(shows(&player, SHOWN_CONTROLS));
    assert_int_equal(player_alpha(&player, gone + SECOND), 256);
    player_tap(&player, gone + 2 * SECOND);
    assert_false(shows(&player, SHOWN_CONTROLS));
    player_close(&player);
}

static void controls_stay_while_it_stands(void **state) {
    (void)state;
    struct player player = playing();
    player_toggle(&player, 2 * SECOND);
    player_tick(&player, 60 * SECOND);
    assert_true(shows(&player, SHOWN_CONTROLS | SHOWN_PAUSED));
    assert_int_equal(player_alpha(&player, 60 * SECOND), 256);
    player_tap(&player, 61 * SECOND);
    assert_true(shows(&player, SHOWN_CONTROLS));
    player_close(&player);
}

static void it_ends_and_plays_again(void **state) {
    (void)state;
    struct player player = playing();
    end(&player, 60 * SECOND);
    assert_string_equal(player_key(&player), "ended");
    assert_true(shows(&player, SHOWN_CONTROLS | SHOWN_ENDED));
    assert_false(player_is_used(&player));
    assert_true(player_told_ms(&player) == LENGTH);
    end(&player, 60 * SECOND); /* its last frame is drawn once more */
    assert_true(player_told_ms(&player) == LENGTH);
    assert_true(player_deadline(&player) == INT64_MAX);
    player_toggle(&player, 61 * SECOND);
    struct player_wish wish = player_wish(&player);
    assert_true(wish.order == 1 && wish.seek_ms == 0 && wish.exact && !wish.pause);
    /* what still comes of before the seek says nothing */
    const struct player_news old = {
        .seen = true, .ended = true, .position_ms = LENGTH, .order = 0, .duration_ms = LENGTH};
    player_handle_news(&player, &old, 61 * SECOND);
    assert_string_equal(player_key(&player), "playing");
    assert_int_equal(player_told_ms(&player), 0);
    see(&player, 1040, 62 * SECOND);
    assert_int_equal(player_told_ms(&player), 1000);
    player_close(&player);
}

static void the_bar_is_dragged(void **state) {
    (void)state;
    struct player player = playing();
    player_scrub(&player, 500, 2 * SECOND);
    struct player_wish wish = player_wish(&player);
    assert_true(wish.order == 1 && wish.seek_ms == LENGTH / 2 && !wish.exact && wish.pause);
    player_scrub(&player, 510, 2 * SECOND + 10000); /* too soon for another look */
    assert_int_equal(player_wish(&player).order, 1);
    see(&player, 29000, 2 * SECOND + 20000);
    assert_int_equal(player.position_ms, LENGTH * 510 / 1000); /* the knob is at the finger */
    player_scrub_end(&player, 3 * SECOND);
    wish = player_wish(&player);
    assert_true(wish.order == 2 && wish.seek_ms == LENGTH * 510 / 1000 && wish.exact);
    assert_false(wish.pause);
    player_close(&player);
}

static void a_paused_one_stays_so_when_it_is_sought(void **state) {
    (void)state;
    struct player player = playing();
    player_toggle(&player, 2 * SECOND);
    player_skip(&player, 5000, 3 * SECOND);
    assert_true(player_wish(&player).pause && player_wish(&player).seek_ms == 5040);
    player_skip(&player, -90000, 4 * SECOND);
    assert_int_equal(player_wish(&player).seek_ms, 0);
    player_skip(&player, 900000, 5 * SECOND);
    assert_int_equal(player_wish(&player).seek_ms, LENGTH);
    player_close(&player);
}

static void sought_from_its_end_it_plays_on(void **state) {
    (void)state;
    struct player player = playing();
    end(&player, 60 * SECOND);
    player_skip(&player, -5000, 61 * SECOND);
    assert_string_equal(player_key(&player), "playing");
    assert_int_equal(player_wish(&player).seek_ms, LENGTH - 5000);
    player_close(&player);
}

static void sound_goes_off_and_on(void **state) {
    (void)state;
    struct player player = playing();
    player_toggle_sound(&player, 2 * SECOND);
    assert_true(shows(&player, SHOWN_SILENT) && !player_wish(&player).sound);
    player_toggle_sound(&player, 3 * SECOND);
    assert_true(shows(&player, SHOWN_SOUND) && player_wish(&player).sound);
    player_close(&player);
}

/* It says so for a while and offers nothing that cannot be done. */
static void what_fails_is_told_and_over(void **state) {
    (void)state;
    struct player player = opened();
    const struct player_news news = {.failed = true};
    player_handle_news(&player, &news, SECOND);
    assert_string_equal(player_key(&player), "failed");
    assert_int_equal(player_shown(&player), SHOWN_CONTROLS | SHOWN_FAILED);
    assert_false(player_is_used(&player));
    player_toggle(&player, SECOND);
    player_scrub(&player, 500, SECOND);
    see(&player, 500, SECOND);
    assert_string_equal(player_key(&player), "failed");
    int64_t over = player_deadline(&player);
    assert_false(player_is_over(&player, over - 1));
    assert_true(player_is_over(&player, over));
    player_close(&player);
}

static void what_does_not_move_on_has_failed(void **state) {
    (void)state;
    struct player never = opened(), stuck = playing();
    int64_t late = player_deadline(&never);
    assert_true(late < 20 * SECOND);
    player_tick(&never, late);
    assert_string_equal(player_key(&never), "failed");
    for (int64_t at = SECOND; at < 5 * SECOND; at += SECOND) {
        see(&stuck, at / 1000, at);
        player_tick(&stuck, at);
    }
    player_tick(&stuck, 5 * SECOND + LENGTH * 1000LL); /* its end should have come */
    assert_string_equal(player_key(&stuck), "playing");
    player_tick(&stuck, 20 * SECOND + LENGTH * 1000LL);
    assert_string_equal(player_key(&stuck), "failed");
    player_close(&never);
    player_close(&stuck);
}

/* A talk with its slides, or sound that is longer than the picture. */
static void a_picture_may_stand(void **state) {
    (void)state;
    struct player player = playing();
    for (int64_t at = SECOND; at < 41 * SECOND; at += 2 * SECOND) {
        see(&player, 40, at);
        player_tick(&player, at);
        assert_string_equal(player_key(&player), "playing");
    }
    player_close(&player);
}

static void who_leaves_it_hears_nothing_more(void **state) {
    (void)state;
    struct player player = playing();
    player_leave(&player);
    assert_true(player_wish(&player).pause && !player_wish(&player).sound);
    assert_false(player_is_used(&player));
    player_open(&player, MOVIE, LENGTH, true, 3 * SECOND); /* the same once more: it goes on */
    assert_string_equal(player_key(&player), "playing");
    assert_false(player_wish(&player).pause);
    player_open(&player, "media/cd/cdef.mp4", LENGTH, false, 4 * SECOND);
    assert_string_equal(player_wish(&player).path, "media/cd/cdef.mp4");
    assert_true(player.position_ms == 0 && !player_wish(&player).sound);
    player_close(&player);
}

/* Nothing is left that could play. */
static void paused_at_its_end_it_plays_again(void **state) {
    (void)state;
    struct player player = playing();
    player_toggle(&player, 2 * SECOND);
    player_scrub(&player, 900, 3 * SECOND);
    player_scrub(&player, 1000, 4 * SECOND);
    player_scrub_end(&player, 5 * SECOND);
    see(&player, LENGTH - 40, 5 * SECOND);
    assert_int_equal(player.state, PLAYER_PAUSED);
    player_toggle(&player, 6 * SECOND);
    struct player_wish wish = player_wish(&player);
    assert_true(wish.seek_ms == 0 && wish.exact && !wish.pause);
    see(&player, 40, 6 * SECOND);
    assert_string_equal(player_key(&player), "playing");
    player_toggle(&player, 7 * SECOND);
    player_toggle(&player, 8 * SECOND); /* goes on */
    assert_int_equal(player_wish(&player).order, wish.order);
    player_close(&player);
}

/* Each video counts its own. */
static void what_was_sought_in_another_one_is_past(void **state) {
    (void)state;
    struct player player = playing();
    player_skip(&player, 5000, 2 * SECOND);
    player_close(&player);
    player_open(&player, MOVIE, LENGTH, true, 3 * SECOND);
    assert_int_equal(player_wish(&player).order, 0);
    player_handle_news(&player, &(struct player_news){.seen = true, .position_ms = 40}, 4 * SECOND);
    assert_int_equal(player.state, PLAYER_PLAYING);
    player_skip(&player, 5000, 5 * SECOND);
    player_open(&player, "media/cd/cdef.mp4", LENGTH, true, 6 * SECOND); /* turned to it */
    assert_int_equal(player_wish(&player).order, 0);
    player_close(&player);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_off_at_first),
        cmocka_unit_test(it_plays_pauses_and_plays),
        cmocka_unit_test(controls_fade_while_it_plays),
        cmocka_unit_test(controls_stay_while_it_stands),
        cmocka_unit_test(it_ends_and_plays_again),
        cmocka_unit_test(the_bar_is_dragged),
        cmocka_unit_test(a_paused_one_stays_so_when_it_is_sought),
        cmocka_unit_test(sought_from_its_end_it_plays_on),
        cmocka_unit_test(sound_goes_off_and_on),
        cmocka_unit_test(what_fails_is_told_and_over),
        cmocka_unit_test(what_does_not_move_on_has_failed),
        cmocka_unit_test(a_picture_may_stand),
        cmocka_unit_test(who_leaves_it_hears_nothing_more),
        cmocka_unit_test(paused_at_its_end_it_plays_again),
        cmocka_unit_test(what_was_sought_in_another_one_is_past),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
