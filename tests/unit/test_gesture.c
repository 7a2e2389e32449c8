/* Traces of fingers, and the gestures they are. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/str.h"
#include "display/gesture.h"

/* ---- a trace "MS down|move|up|cancel FINGER X Y; MS tick; …", finger -1: the mouse, and what
 * comes of it in words */

static void add_gesture(struct str *said, const struct gesture *gesture) {
    static const char *const names[] = {"none",  "press", "release", "tap",    "double", "long",
                                        "begin", "drag",  "end",     "begin2", "pinch",  "end2"};
    str_addf(said, "%s%s", said->size ? " " : "", names[gesture->kind]);
    if (gesture->kind <= GESTURE_LONG_PRESS)
        str_addf(said, "@%d,%d", gesture->at.x, gesture->at.y);
    if (gesture->kind == GESTURE_DRAG || gesture->kind == GESTURE_PINCH)
        str_addf(said, "%+d%+d", gesture->dx, gesture->dy);
    if (gesture->kind == GESTURE_PINCH)
        str_addf(said, "*%.2f", gesture->scale);
    if (gesture->kind == GESTURE_DRAG_END && (gesture->vx != 0 || gesture->vy != 0))
        str_addf(said, "!%ld,%ld", lround(gesture->vx), lround(gesture->vy));
}

static void add_gestures(struct str *said, const struct gesture *gestures, size_t count) {
    assert_true(count < GESTURES_MAX);
    for (size_t i = 0; i < count; i++)
        add_gesture(said, gestures + i);
}

/* As the display does: woken in time for each deadline. */
static void tick_until(struct gestures *gestures, int64_t now_us, struct str *said) {
    struct gesture out[GESTURES_MAX];
    for (int64_t due = gestures_deadline(gestures); due < now_us; due = gestures_deadline(gestures))
        add_gestures(said, out, gestures_tick(gestures, due, out));
}

static bool read_event(const char *text, struct touch *touch) {
    static const char *const kinds[] = {"down", "move", "up", "cancel"};
    long long ms = 0, finger = 0;
    char kind[8];
    int got =
        sscanf(text, "%lld %7[a-z] %lld %d %d", &ms, kind, &finger, &touch->at.x, &touch->at.y);
    touch->at_us = ms * 1000;
    touch->finger = finger < 0 ? TOUCH_MOUSE : finger;
    for (int i = 0; i < 4; i++)
        if (strcmp(kind, kinds[i]) == 0)
            touch->kind = (enum touch_kind)i;
    assert_true(got == 5 || (got == 2 && strcmp(kind, "tick") == 0));
    return got == 5;
}

static void run(struct gestures *gestures, const char *trace, struct str *said) {
    struct gesture out[GESTURES_MAX];
    for (const char *at = trace; at; at = strchr(at, ';') ? strchr(at, ';') + 1 : NULL) {
        struct touch touch = {0};
        bool touches = read_event(at, &touch);
        tick_until(gestures, touch.at_us, said);
        size_t count = touches ? gestures_handle(gestures, &touch, out)
                               : gestures_tick(gestures, touch.at_us, out);
        add_gestures(said, out, count);
    }
}

struct row {
    const char *trace, *said;
};

static void check_rows(struct gesture_params params, const struct row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        struct gestures gestures;
        struct str said = {0};
        gestures_init(&gestures, &params);
        run(&gestures, rows[i].trace, &said);
        if (strcmp(str_text(&said), rows[i].said) != 0)
            fail_msg("%s\n  gives  %s\n  not    %s", rows[i].trace, str_text(&said), rows[i].said);
        str_finish(&said);
    }
}

#define CHECK(rows, ...)                                                                           \
    check_rows((struct gesture_params){.slop = 10, __VA_ARGS__}, rows, sizeof rows / sizeof *rows)

/* ---- one finger */

static void a_tap_is_short_and_stays(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"0 down 1 50 60; 80 up 1 50 60", "press@50,60 tap@50,60"},
        {"0 down 1 50 60; 20 move 1 56 66; 80 up 1 58 64", "press@50,60 tap@50,60"},
        {"0 down 1 50 60; 499 up 1 50 60", "press@50,60 tap@50,60"},
        {"0 down 1 50 60; 500 up 1 50 60", "press@50,60 long@50,60"},
        {"0 down 1 50 60; 9000 up 1 50 60", "press@50,60 long@50,60"},
        {"0 down 1 50 60; 80 cancel 1 50 60", "press@50,60 release@50,60"},
        {"0 down 1 5 5; 80 up 1 5 5; 90 down 1 5 5; 170 up 1 5 5",
         "press@5,5 tap@5,5 press@5,5 tap@5,5"},
        /* there and back again is no tap */
        {"0 down 1 50 60; 50 move 1 50 75; 80 move 1 50 60; 300 up 1 50 60",
         "press@50,60 release@50,60 begin drag+0+5 drag+0-15 end"},
    };
    CHECK(rows, .double_taps = false);
}

static void a_drag_begins_behind_the_slop(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"0 down 1 50 60; 10 move 1 50 70; 20 move 1 50 71; 30 move 1 50 81; 200 up 1 50 81",
         "press@50,60 release@50,60 begin drag+0+1 drag+0+10 end"},
        {"0 down 1 0 0; 10 move 1 30 40; 200 up 1 30 40",
         "press@0,0 release@0,0 begin drag+24+32 end"},
        /* flung: 10 pixels in 10 ms */
        {"0 down 1 50 60; 10 move 1 50 80; 20 move 1 50 90; 30 move 1 50 100; 31 up 1 50 100",
         "press@50,60 release@50,60 begin drag+0+10 drag+0+10 drag+0+10 end!0,1282"},
        {"0 down 1 200 60; 16 move 1 150 60; 32 move 1 100 60; 40 up 1 100 60",
         "press@200,60 release@200,60 begin drag-40+0 drag-50+0 end!-3125,0"},
        /* faster than any hand */
        {"0 down 1 500 60; 16 move 1 150 60; 20 up 1 150 60",
         "press@500,60 release@500,60 begin drag-340+0 end!-10000,0"},
        /* lifted elsewhere than it was seen last */
        {"0 down 1 50 60; 100 up 1 50 90", "press@50,60 release@50,60 begin drag+0+20 end"},
        /* put down slowly, or after a pause */
        {"0 down 1 50 60; 10 move 1 50 80; 60 move 1 50 81; 110 move 1 50 82; 115 up 1 50 82",
         "press@50,60 release@50,60 begin drag+0+10 drag+0+1 drag+0+1 end"},
        {"0 down 1 50 60; 10 move 1 50 80; 20 move 1 50 100; 90 up 1 50 100",
         "press@50,60 release@50,60 begin drag+0+10 drag+0+20 end"},
        {"0 down 1 50 60; 10 move 1 50 80; 20 move 1 50 100; 22 cancel 1 50 100",
         "press@50,60 release@50,60 begin drag+0+10 drag+0+20 end"},
        /* after a long press it may still drag */
        {"0 down 1 50 60; 900 move 1 50 80; 1000 up 1 50 80",
         "press@50,60 long@50,60 begin drag+0+10 end"},
    };
    CHECK(rows, .double_taps = false);
}

static void a_double_tap_is_waited_for(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"0 down 1 5 5; 80 up 1 5 5; 379 tick", "press@5,5"},
        {"0 down 1 5 5; 80 up 1 5 5; 380 tick", "press@5,5 tap@5,5"},
        {"0 down 1 5 5; 80 up 1 5 5; 200 down 1 9 9; 260 up 1 9 9; 999 tick",
         "press@5,5 double@5,5"},
        {"0 down 1 5 5; 80 up 1 5 5; 380 down 1 9 9; 440 up 1 9 9; 999 tick",
         "press@5,5 tap@5,5 press@9,9 tap@9,9"},
        {"0 down 1 5 5; 80 up 1 5 5; 200 down 1 95 5; 260 up 1 95 5; 999 tick",
         "press@5,5 tap@5,5 press@95,5 tap@95,5"},
        {"0 down 1 5 5; 50 up 1 5 5; 100 down 1 5 5; 150 up 1 5 5; 200 down 1 5 5; 250 up 1 5 5;"
         "999 tick",
         "press@5,5 double@5,5 press@5,5 tap@5,5"},
        /* the second one becomes something else: the first one was a tap */
        {"0 down 1 5 5; 80 up 1 5 5; 200 down 1 5 5; 230 move 1 5 25; 500 up 1 5 25",
         "press@5,5 tap@5,5 begin drag+0+10 end"},
        {"0 down 1 5 5; 80 up 1 5 5; 200 down 1 5 5; 900 up 1 5 5", "press@5,5 tap@5,5"},
        {"0 down 1 5 5; 80 up 1 5 5; 200 down 1 5 5; 230 cancel 1 5 5", "press@5,5 tap@5,5"},
    };
    CHECK(rows, .double_taps = true);
}

/* ---- two fingers */

static void two_fingers_pinch(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"0 down 1 100 100; 60 down 2 200 100; 100 move 2 220 100; 110 move 2 340 100;"
         "120 up 2 340 100; 130 up 1 100 100",
         "press@100,100 release@100,100 begin2 pinch+60+0*2.00 end2"},
        /* both moved, neither scaled */
        {"0 down 1 100 100; 60 down 2 200 100; 100 move 2 200 120; 110 move 1 100 120;"
         "120 up 2 200 120; 130 up 1 100 120",
         "press@100,100 release@100,100 begin2 pinch+0+10*0.98 end2"},
        /* from a drag, and the finger that stays drags on */
        {"0 down 1 100 100; 20 move 1 100 140; 60 down 2 200 140; 70 move 1 100 141;"
         "80 up 2 200 140; 90 move 1 100 145; 99 move 1 100 161; 300 up 1 100 161",
         "press@100,100 release@100,100 begin drag+0+30 end begin2 end2 begin drag+0+10 end"},
        {"0 down 1 100 100; 60 down 2 200 100; 100 move 2 220 100; 110 move 1 60 100;"
         "120 up 2 220 100; 150 move 1 55 100; 160 move 1 40 100; 400 up 1 40 100",
         "press@100,100 release@100,100 begin2 pinch-20+0*1.33 end2 begin drag-10+0 end"},
        /* fingers at one place are not infinitely near */
        {"0 down 1 100 100; 60 down 2 100 100; 100 move 2 120 100; 110 move 2 100 100;"
         "120 move 2 120 100; 130 cancel 1 0 0; 140 up 2 120 100",
         "press@100,100 release@100,100 begin2 pinch-10+0*0.50 pinch+10+0*2.00 end2"},
        /* another after a long press */
        {"0 down 1 100 100; 600 down 2 300 100; 700 move 2 500 100; 710 move 2 500 100;"
         "720 up 1 100 100; 730 up 2 500 100",
         "press@100,100 long@100,100 press@300,100 release@300,100 begin2 pinch+0+0*1.00 end2"},
    };
    CHECK(rows, .double_taps = false);
}

static void two_hands_type(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"0 down 1 5 5; 60 down 2 99 5; 80 up 1 5 5; 120 up 2 99 5",
         "press@5,5 tap@5,5 press@99,5 tap@99,5"},
        {"0 down 1 5 5; 60 down 2 99 5; 80 up 2 99 5; 120 up 1 5 5",
         "press@5,5 tap@5,5 press@99,5 tap@99,5"},
        /* a hand that leans on the glass, and the other one */
        {"0 down 1 5 5; 800 down 2 99 5; 880 up 2 99 5; 1000 down 3 70 5; 1080 up 3 70 5;"
         "2000 up 1 5 5",
         "press@5,5 long@5,5 press@99,5 tap@99,5 press@70,5 tap@70,5"},
        {"0 down 1 5 5; 60 down 2 99 5; 900 up 1 5 5; 910 up 2 99 5", "press@5,5 release@5,5"},
    };
    CHECK(rows, .double_taps = false);
    CHECK(rows, .single = true);
}

static void where_nothing_is_pinched_one_drags(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"0 down 1 100 100; 60 down 2 200 100; 100 move 2 220 100; 110 move 1 300 100;"
         "300 up 2 220 100; 310 up 1 300 100",
         "press@100,100 release@100,100 begin drag+10+0 end"},
        {"0 down 1 100 100; 20 move 1 100 120; 60 down 2 200 100; 70 move 2 200 300;"
         "80 move 1 100 125; 300 up 1 100 125; 310 move 2 200 320; 500 up 2 200 320",
         "press@100,100 release@100,100 begin drag+0+10 drag+0+5 end begin drag+0+10 end"},
    };
    CHECK(rows, .single = true);
}

/* ---- what is not a finger */

static void a_palm_does_nothing(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"0 down 1 5 5; 10 down 2 99 5; 30 down 3 50 50; 40 down 4 60 60; 90 up 1 5 5;"
         "95 up 2 99 5; 99 up 3 50 50; 99 up 4 60 60; 200 down 1 7 7; 260 up 1 7 7",
         "press@5,5 release@5,5 press@7,7 tap@7,7"},
        /* one that lies there leaves the other hand free */
        {"0 down 1 5 5; 10 down 2 99 5; 30 down 3 50 50; 500 down 4 60 60; 560 up 4 60 60;"
         "1100 down 5 70 70; 1160 up 5 70 70",
         "press@5,5 release@5,5 press@70,70 tap@70,70"},
        /* a palm ends a drag, without a fling */
        {"0 down 1 5 5; 10 move 1 5 35; 20 move 1 5 65; 100 down 2 99 5; 101 down 3 80 5;"
         "102 up 1 5 65; 103 up 2 99 5; 104 up 3 80 5",
         "press@5,5 release@5,5 begin drag+0+20 drag+0+30 end"},
        /* a third finger that comes later is only not felt */
        {"0 down 1 100 100; 60 down 2 200 100; 100 move 2 220 100; 400 down 3 500 500;"
         "420 move 3 600 600; 430 move 2 340 100; 440 up 3 600 600; 450 up 2 340 100;"
         "460 up 1 100 100",
         "press@100,100 release@100,100 begin2 pinch+60+0*2.00 end2"},
    };
    CHECK(rows, .double_taps = false);
}

static void ghosts_do_nothing(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"0 up 1 5 5; 10 move 1 90 90; 20 cancel 2 5 5; 30 up 9 1 1", ""},
        {"0 down 1 5 5; 7 up 1 5 5", "press@5,5 release@5,5"},
        {"0 down 1 5 5; 8 up 1 5 5", "press@5,5 tap@5,5"},
        {"0 down -1 5 5; 0 up -1 5 5", "press@5,5 tap@5,5"},
        /* down twice: the first one is gone */
        {"0 down 1 5 5; 50 down 1 9 9; 150 up 1 9 9; 200 up 1 9 9",
         "press@5,5 release@5,5 press@9,9 tap@9,9"},
        {"0 down 1 5 5; 20 move 1 5 35; 50 down 1 9 9; 150 up 1 9 9",
         "press@5,5 release@5,5 begin drag+0+20 end press@9,9 tap@9,9"},
        /* hops across the screen */
        {"0 down 1 5 5; 10 move 1 5 900; 20 move 1 5 5; 60 up 1 5 5", "press@5,5 release@5,5"},
        {"0 down 1 5 5; 10 move 1 5 35; 20 move 1 900 5; 30 move 1 5 35; 60 up 1 5 35",
         "press@5,5 release@5,5 begin drag+0+20 end"},
        {"0 down 1 5 5; 4 move 1 5 35; 6 up 1 5 45",
         "press@5,5 release@5,5 begin drag+0+20 drag+0+10 end"},
        {"0 down -1 5 5; 10 move -1 5 900; 200 up -1 5 900",
         "press@5,5 release@5,5 begin drag+0+885 end"},
        {"0 down 1 5 5; 100 move 1 5 900; 300 up 1 5 900",
         "press@5,5 release@5,5 begin drag+0+885 end"},
        /* a ghost beside a drag is not felt, beside a press neither */
        {"0 down 1 5 5; 20 move 1 5 35; 30 down 2 400 5; 34 move 1 5 45; 36 up 2 400 5;"
         "40 move 1 5 55; 200 up 1 5 55",
         "press@5,5 release@5,5 begin drag+0+20 drag+0+10 drag+0+10 end"},
        {"0 down 1 5 5; 30 down 2 400 5; 36 up 2 400 5; 80 up 1 5 5", "press@5,5 tap@5,5"},
    };
    CHECK(rows, .double_taps = false);
}

static void a_held_finger_does_not_count(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"0 down 1 5 5; 3600000 up 1 5 5", "press@5,5 long@5,5"},
        {"0 down 1 5 5; 30000 move 1 5 400; 30010 up 1 5 400", "press@5,5 long@5,5"},
        {"0 down 1 5 5; 30000 down 2 70 70; 30080 up 2 70 70; 30090 down 3 70 70;"
         "30100 move 3 70 90; 30300 up 3 70 90; 40000 up 1 5 5",
         "press@5,5 long@5,5 press@70,70 tap@70,70 press@70,70 release@70,70 begin drag+0+10 end"},
        {"0 down 1 5 5; 20 move 1 5 35; 20020 tick", "press@5,5 release@5,5 begin drag+0+20 end"},
        {"0 down 1 5 5; 60 down 2 99 5; 100 move 2 140 5; 20100 tick",
         "press@5,5 release@5,5 begin2 end2"},
    };
    CHECK(rows, .double_taps = false);
    struct gestures gestures;
    struct str said = {0};
    gestures_init(&gestures, &(struct gesture_params){.slop = 10});
    run(&gestures, "0 down 1 5 5; 15000 move 1 20 5; 15000 move 1 5 5; 34999 tick", &said);
    assert_true(gestures_down(&gestures));
    run(&gestures, "35000 tick", &said);
    assert_false(gestures_down(&gestures));
    assert_true(gestures_deadline(&gestures) == INT64_MAX);
    gestures_init(&gestures, &(struct gesture_params){.slop = 10});
    run(&gestures, "0 down 1 5 5; 15000 move 1 12 5; 20000 tick", &said); /* it only trembles */
    assert_false(gestures_down(&gestures));
    str_finish(&said);
}

/* More than there is room for, which never lift: the next one is felt all the same. */
static void lost_fingers_give_way(void **state) {
    (void)state;
    struct gestures gestures;
    struct str said = {0};
    gestures_init(&gestures, &(struct gesture_params){.slop = 10});
    for (int i = 0; i < 3 * FINGERS_MAX; i++) {
        struct gesture out[GESTURES_MAX];
        struct touch touch = {TOUCH_DOWN, i, {i, i}, i * 30000000LL};
        tick_until(&gestures, touch.at_us, &said);
        assert_int_equal(gestures_handle(&gestures, &touch, out), 1);
        assert_int_equal(out->kind, GESTURE_PRESS);
    }
    str_finish(&said);
}

static void time_may_go_back(void **state) {
    (void)state;
    static const struct row rows[] = {
        /* a late event has just happened */
        {"100 down 1 5 5; 90 up 1 5 5", "press@5,5 release@5,5"},
        {"100 down 1 5 5; 300 move 1 5 6; 104 up 1 5 6", "press@5,5 tap@5,5"},
        {"100 down 1 5 5; 190 move 1 5 6; 180 up 1 5 6", "press@5,5 tap@5,5"},
        /* a clock that was set: all that waits begins anew */
        {"9000000 down 1 5 5; 1000 move 1 6 5; 1499 tick", "press@5,5"},
        {"9000000 down 1 5 5; 1000 move 1 6 5; 1500 tick", "press@5,5 long@5,5"},
        {"9000000 down 1 5 5; 1000 tick; 1080 up 1 5 5", "press@5,5 tap@5,5"},
    };
    CHECK(rows, .double_taps = false);
    static const struct row late[] = {
        {"9000000 down 1 5 5; 9000080 up 1 5 5; 1000 tick; 1299 tick", "press@5,5"},
        {"9000000 down 1 5 5; 9000080 up 1 5 5; 1000 tick; 1300 tick", "press@5,5 tap@5,5"},
    };
    CHECK(late, .double_taps = true);
}

static void what_is_open_can_be_ended(void **state) {
    (void)state;
    static const struct row rows[] = {
        {"0 down 1 5 5", "press@5,5 release@5,5"},
        {"0 down 1 5 5; 80 up 1 5 5", "press@5,5 release@5,5"},
        {"0 down 1 5 5; 80 up 1 5 5; 90 down 1 5 5", "press@5,5 release@5,5"},
        {"0 down 1 5 5; 80 down 2 5 5", "press@5,5 release@5,5"},
        {"0 down 1 5 5; 10 move 1 5 35", "press@5,5 release@5,5 begin drag+0+20 end"},
        {"0 down 1 5 5; 60 down 2 99 5; 100 move 2 140 5", "press@5,5 release@5,5 begin2 end2"},
        {"0 tick", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct gestures gestures;
        struct gesture out[GESTURES_MAX];
        struct str said = {0};
        gestures_init(&gestures, &(struct gesture_params){.slop = 10, .double_taps = true});
        run(&gestures, rows[i].trace, &said);
        add_gestures(&said, out, gestures_cancel(&gestures, out));
        assert_string_equal(str_text(&said), rows[i].said);
        run(&gestures, "200 move 1 5 300; 300 up 2 9 9; 310 up 1 5 300; 5000 tick", &said);
        assert_string_equal(str_text(&said), rows[i].said);
        assert_false(gestures_down(&gestures));
        str_finish(&said);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tap_is_short_and_stays),
        cmocka_unit_test(a_drag_begins_behind_the_slop),
        cmocka_unit_test(a_double_tap_is_waited_for),
        cmocka_unit_test(two_fingers_pinch),
        cmocka_unit_test(two_hands_type),
        cmocka_unit_test(where_nothing_is_pinched_one_drags),
        cmocka_unit_test(a_palm_does_nothing),
        cmocka_unit_test(ghosts_do_nothing),
        cmocka_unit_test(a_held_finger_does_not_count),
        cmocka_unit_test(lost_fingers_give_way),
        cmocka_unit_test(time_may_go_back),
        cmocka_unit_test(what_is_open_can_be_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
