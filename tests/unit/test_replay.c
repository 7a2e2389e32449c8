/* A trace of events, read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/memory.h"
#include "display/replay.h"

static struct replay opened(const char *text) {
    struct replay replay;
    assert_true(replay_parse(&replay, "trace", xstrdup(text)));
    return replay;
}

static void lines_are_events(void **state) {
    (void)state;
    struct replay replay = opened("# a story\n"
                                  "\n"
                                  "0 touch down 7 10 20\n"
                                  "  16   touch  move 7 11 -5 \n"
                                  "32 touch up 7 11 22\n"
                                  "32 touch cancel 8 0 0\n"
                                  "40 mouse move 1 2\n"
                                  "50 wheel -3\n"
                                  "60 key Left\n"
                                  "70 text 党建 引领 \n"
                                  "80 window resize 1080 1920");
    static const struct replay_event expected[] = {
        {REPLAY_TOUCH, 0, {TOUCH_DOWN, 7, {10, 20}, 0}, 0, {0, 0}, NULL},
        {REPLAY_TOUCH, 16000, {TOUCH_MOVE, 7, {11, -5}, 16000}, 0, {0, 0}, NULL},
        {REPLAY_TOUCH, 32000, {TOUCH_UP, 7, {11, 22}, 32000}, 0, {0, 0}, NULL},
        {REPLAY_TOUCH, 32000, {TOUCH_CANCEL, 8, {0, 0}, 32000}, 0, {0, 0}, NULL},
        {REPLAY_TOUCH, 40000, {TOUCH_MOVE, TOUCH_MOUSE, {1, 2}, 40000}, 0, {0, 0}, NULL},
        {REPLAY_WHEEL, 50000, {TOUCH_DOWN, 0, {0, 0}, 50000}, -3, {0, 0}, NULL},
        {REPLAY_KEY, 60000, {TOUCH_DOWN, 0, {0, 0}, 60000}, 0, {0, 0}, "Left"},
        {REPLAY_TEXT, 70000, {TOUCH_DOWN, 0, {0, 0}, 70000}, 0, {0, 0}, "党建 引领 "},
        {REPLAY_WINDOW, 80000, {TOUCH_DOWN, 0, {0, 0}, 80000}, 0, {1080, 1920}, NULL},
    };
    struct replay_event event;
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        const struct replay_event *should = expected + i;
        assert_true(replay_next(&replay, &event));
        assert_int_equal(event.kind, should->kind);
        assert_int_equal(event.at_us, should->at_us);
        assert_int_equal(event.touch.kind, should->touch.kind);
        assert_int_equal(event.touch.finger, should->touch.finger);
        assert_int_equal(event.touch.at.x, should->touch.at.x);
        assert_int_equal(event.touch.at.y, should->touch.at.y);
        assert_int_equal(event.touch.at_us, should->at_us);
        assert_int_equal(event.wheel, should->wheel);
        assert_int_equal(event.size.width, should->size.width);
        assert_int_equal(event.size.height, should->size.height);
        assert_int_equal(!event.text, !should->text);
        if (should->text)
            assert_string_equal(event.text, should->text);
    }
    assert_false(replay_next(&replay, &event));
    assert_false(replay_next(&replay, &event));
    replay_close(&replay);
    replay_close(&replay);
}

static void what_is_wrong_is_refused(void **state) {
    (void)state;
    static const char *const table[] = {
        "touch down 7 10 20",
        "x touch down 7 10 20",
        "0 finger down 7 10 20",
        "0 touch",
        "0 touch press 7 10 20",
        "0 touch down 7 10",
        "0 touch down 7 10 20 30",
        "0 touch down 7 10 2.5",
        "0 touch down -1 10 20",
        "0 touch down 99999999999999999999 10 20",
        "0 touch down 7 3000000000 20",
        "0 mouse cancel 10 20",
        "0 mouse down 7 10 20",
        "0 wheel",
        "0 wheel up",
        "0 key",
        "0 key A B",
        "0 text",
        "0 window 1080 1920",
        "0 window resize 1080 0",
        "-1 wheel 1",
        "9 wheel 1\n8 wheel 1",
        "700000000000 wheel 1",
        "99999999999999999999 wheel 1",
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct replay replay;
        if (replay_parse(&replay, "trace", xstrdup(table[i])))
            fail_msg("taken: %s", table[i]);
    }
    char longest[REPLAY_LINE + 2];
    memset(longest, 'x', sizeof longest);
    memcpy(longest, "0 text ", 7);
    longest[REPLAY_LINE] = '\0';
    struct replay replay;
    assert_false(replay_parse(&replay, "trace", xstrdup(longest)));
    longest[REPLAY_LINE - 1] = '\0';
    assert_true(replay_parse(&replay, "trace", xstrdup(longest)));
    replay_close(&replay);
    assert_false(replay_open(&replay, "/nowhere/trace"));
    replay_close(&replay);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lines_are_events),
        cmocka_unit_test(what_is_wrong_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
