/* The frame of the loop as a machine: when does it change, and what is on the screen then? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "display/loop.h"

#define SECOND 1000000LL

static const struct size screen = {64, 36};

static struct showing_slide slide(const char *id, int seconds) {
    struct showing_slide made = {.buffer = buffer_create(64, 36), .duration_ms = seconds * 1000};
    made.case_id = xstrdup(id);
    return made;
}

/* Sunday evening, a quarter of a minute before 20:00 UTC. */
#define WALL_MS (1787515185LL * 1000)

static struct overlay_parts parts(bool hint) {
    struct overlay_parts made = {.size = screen};
    for (int i = 0; i < (hint ? OVERLAY_COUNT : OVERLAY_CORNER + 1); i++) {
        made.parts[i].buffer = buffer_create(8, 4);
        made.parts[i].at = (struct point){40, i == OVERLAY_CORNER ? 4 : 28};
    }
    return made;
}

static void give_parts(struct loop *loop, struct overlay_wish wish, int64_t now) {
    struct overlay_parts made = parts(wish.hint);
    overlay_handle_parts(&loop->overlay, &made, now);
}

/* A case's slide has its line. */
static void give_case(struct loop *loop, int seconds, int64_t now) {
    struct showing_slide made = slide("a", seconds);
    made.line = buffer_create(64, 1);
    loop_handle_slide(loop, &made, now);
}

/* What is seen of the frame. */
struct seen {
    const struct buffer *corner;
    struct point corner_at;
    int line, lit; /* right end of the line, alpha; -1: not there */
};

static struct seen look(const struct loop *loop, int64_t now) {
    struct seen seen = {.line = -1, .lit = -1};
    struct placement p[LOOP_PLACEMENTS];
    size_t count = loop_place(loop, now, screen, p);
    const struct overlay_part *part = loop->overlay.parts.parts;
    for (size_t i = 0; i < count; i++) {
        if (p[i].buffer == part[OVERLAY_CORNER].buffer) {
            seen.corner = p[i].buffer;
            seen.corner_at = (struct point){p[i].x, p[i].y};
        } else if (p[i].buffer == part[OVERLAY_LIT].buffer) {
            seen.lit = p[i].alpha;
        } else if (p[i].buffer == loop->current.line || p[i].buffer == loop->next.line) {
            seen.line = p[i].x + p[i].buffer->width;
        }
    }
    return seen;
}

/* Everything as display does it, by a clock that jumps to the next deadline. */
struct machine {
    struct config config;
    struct theme theme;
    struct loop loop;
    int64_t now, wall_ms;
    int slides, seconds;
};

static void start_machine(struct machine *machine, int seconds) {
    *machine = (struct machine){
        .theme = {.easing = EASING_SMOOTH,
                  .step_seconds = 2,
                  .hint_seconds = 20,
                  .shift_minutes = 5},
        .wall_ms = WALL_MS,
        .seconds = seconds,
    };
    config_init(&machine->config);
    loop_init(&machine->loop, &machine->config, &machine->theme, 0);
}

static void stop_machine(struct machine *machine) {
    loop_finish(&machine->loop);
    config_finish(&machine->config);
}

static int64_t wall(const struct machine *machine) {
    return machine->wall_ms + machine->now / 1000;
}

static void step_machine(struct machine *machine) {
    struct loop *loop = &machine->loop;
    loop_tick(loop, machine->now);
    if (loop_wants_next(loop))
        give_case(loop, machine->seconds, machine->now), machine->slides++;
    struct overlay_wish wish = overlay_wants(&loop->overlay, machine->now, wall(machine));
    if (wish.corner)
        give_parts(loop, wish, machine->now);
    loop_tick(loop, machine->now);
}

static void sleep_machine(struct machine *machine) {
    int64_t deadline = loop_deadline(&machine->loop, machine->now);
    if (machine->loop.state == LOOP_MOVING)
        machine->now += SECOND / 60;
    else
        machine->now = deadline > machine->now ? (deadline + 999) / 1000 * 1000 : machine->now;
}

/* An hour of it: nothing but what the frame is allowed changes, and nobody wakes for nothing. */
static void test_an_hour_of_the_frame(void **state) {
    (void)state;
    struct machine machine;
    start_machine(&machine, 13);
    struct seen last = {0};
    int clocks = 0, lines = 0, breaths = 0, idle = 0, moves = 0;
    int64_t line_at = 0, breath_at = -20 * SECOND;
    while (machine.now < 3600 * SECOND) {
        step_machine(&machine);
        bool standing = machine.loop.state == LOOP_STANDING;
        struct seen seen = look(&machine.loop, machine.now);
        bool clock = seen.corner != last.corner, line = seen.line != last.line;
        bool move = seen.corner_at.x != last.corner_at.x || seen.corner_at.y != last.corner_at.y;
        bool breath = seen.lit != last.lit;
        bool stood = machine.loop.stood_us == machine.now;
        if (clock && clocks)
            assert_in_range(wall(&machine) % 60000, 0,
                            17); /* on the minute; a frame later in a fade */
        if (line && standing) {
            assert_true(stood || machine.now - line_at >= 2 * SECOND);
            line_at = machine.now;
            lines++;
        }
        if (breath && last.lit <= 0) {
            assert_true(machine.now - breath_at >= 20 * SECOND - SECOND / 10);
            breath_at = machine.now;
        }
        assert_true(!breath || machine.now - breath_at <= 17 * SECOND / 10);
        assert_true(!move || clock || stood);
        clocks += clock;
        breaths += breath && standing;
        moves += move;
        idle += standing && !clock && !line && !breath && !stood;
        last = seen;
        sleep_machine(&machine);
    }
    assert_int_equal(clocks, 61);
    assert_int_equal(moves, 12); /* every five minutes, and at the start */
    assert_in_range(lines, 1500, 1800);
    assert_in_range(breaths, 150 * 35, 180 * 41);
    assert_true(idle < 500); /* before and after a breath, and a slide that falls due */
    assert_in_range(machine.slides, 250, 265);
    stop_machine(&machine);
}

static void test_the_line_steps_down(void **state) {
    (void)state;
    struct machine machine;
    start_machine(&machine, 8);
    machine.theme.hint_seconds = 0;
    step_machine(&machine);
    static const struct {
        int64_t now;
        int line;
        int64_t deadline;
    } table[] = {{0, 64, 2 * SECOND},
                 {1999999, 64, 2 * SECOND},
                 {2 * SECOND, 48, 4 * SECOND},
                 {5 * SECOND, 32, 6 * SECOND},
                 {7 * SECOND, 16, 8 * SECOND}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        assert_int_equal(look(&machine.loop, table[i].now).line, table[i].line);
        assert_int_equal(loop_deadline(&machine.loop, table[i].now), table[i].deadline);
    }
    /* the next slide does not come: it stays empty, and only the minute is waited for */
    showing_slide_finish(&machine.loop.next);
    assert_int_equal(look(&machine.loop, 9 * SECOND).line, -1);
    assert_int_equal(loop_deadline(&machine.loop, 9 * SECOND), 15 * SECOND);
    stop_machine(&machine);
}

/* In the middle of a fade the frame stands as it stood, and the next slide's line comes with it. */
static void test_the_frame_does_not_fade(void **state) {
    (void)state;
    struct machine machine;
    start_machine(&machine, 8);
    step_machine(&machine);
    step_machine(&machine);
    struct seen before = look(&machine.loop, 0);
    loop_tick(&machine.loop, 8 * SECOND);
    assert_int_equal(machine.loop.state, LOOP_MOVING);
    struct placement p[LOOP_PLACEMENTS];
    size_t count = loop_place(&machine.loop, 8 * SECOND + 400000, screen, p);
    assert_int_equal(count, 2 + 1 + OVERLAY_COUNT);
    assert_ptr_equal(p[2].buffer, machine.loop.next.line);
    assert_in_range(p[2].alpha, 126, 130);
    assert_ptr_equal(p[3].buffer, before.corner);
    assert_int_equal(p[3].alpha, 256);
    assert_int_equal(p[3].x, before.corner_at.x);
    assert_int_equal(p[4].alpha, 256);
    stop_machine(&machine);
}

/* The wall clock is set while a slide stands: seen at the next wakeup. */
static void test_the_clock_is_set(void **state) {
    (void)state;
    struct machine machine;
    start_machine(&machine, 60);
    step_machine(&machine);
    const struct buffer *corner = look(&machine.loop, 0).corner;
    machine.now = 2 * SECOND;
    step_machine(&machine);
    assert_ptr_equal(look(&machine.loop, machine.now).corner, corner);
    machine.wall_ms -= 3600 * 1000 + 5000;
    machine.now = 4 * SECOND;
    step_machine(&machine);
    assert_ptr_not_equal(look(&machine.loop, machine.now).corner, corner);
    assert_int_equal(machine.loop.overlay.minute_us, 20 * SECOND);
    stop_machine(&machine);
}

/* What was made for another size is not shown, and all of it is made anew. */
static void test_the_frame_of_another_size(void **state) {
    (void)state;
    struct machine machine;
    start_machine(&machine, 8);
    step_machine(&machine);
    struct overlay_wish wish = overlay_wants(&machine.loop.overlay, 0, wall(&machine));
    assert_false(wish.corner); /* once a minute */
    loop_handle_resize(&machine.loop);
    assert_null(machine.loop.overlay.parts.parts[OVERLAY_CORNER].buffer);
    wish = overlay_wants(&machine.loop.overlay, 0, wall(&machine));
    assert_true(wish.corner && wish.hint);
    give_parts(&machine.loop, wish, 0);
    wish = overlay_wants(&machine.loop.overlay, 15 * SECOND, wall(&machine) + 15000);
    assert_true(wish.corner && !wish.hint); /* the clock alone */
    stop_machine(&machine);
}

/* Nothing is to be learnt more of an empty library. */
static void test_a_card_has_no_hint(void **state) {
    (void)state;
    struct machine machine;
    start_machine(&machine, 8);
    struct showing_slide card = {.buffer = buffer_create(64, 36), .duration_ms = 60000};
    loop_handle_slide(&machine.loop, &card, 0);
    struct overlay_wish wish = overlay_wants(&machine.loop.overlay, 0, wall(&machine));
    give_parts(&machine.loop, wish, 0);
    loop_tick(&machine.loop, 0);
    struct placement p[LOOP_PLACEMENTS];
    assert_int_equal(loop_place(&machine.loop, 21 * SECOND, screen, p), 2);
    assert_non_null(look(&machine.loop, 0).corner);
    assert_int_equal(loop_deadline(&machine.loop, 0), 15 * SECOND);
    stop_machine(&machine);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_hour_of_the_frame),
        cmocka_unit_test(test_the_line_steps_down),
        cmocka_unit_test(test_the_frame_does_not_fade),
        cmocka_unit_test(test_the_clock_is_set),
        cmocka_unit_test(test_the_frame_of_another_size),
        cmocka_unit_test(test_a_card_has_no_hint),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
