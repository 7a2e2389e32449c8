/* What becomes of a stick: the whole table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "keeper/stick_state.h"

/* One letter a state, in the order of the enum; '.': it stays. Columns in the order of the inputs:
 * plugged, mounted, no mount, unmounted, unplugged, turn, signed, other, nothing, copied, took,
 * same, failed, ordered, eject, late, write, made, opened, wrote, closed, cancelled. Before it was
 * written onto a stick here was asking, and is mounted. */
static const char letters[] = "nmflaqctTSNFesPpowxG";
static const char *const table[STICK_STATE_COUNT] = {
    [STICK_NEW] = "mf....................",      /**/
    [STICK_MOUNTING] = ".fFGG..........F......", /* a machine without a device: unmounted is gone */
    [STICK_FOUND] = "...GGl................",    /**/
    [STICK_LOOKING] = "...GG.qaN...F..F......",  /**/
    [STICK_ASKING] = "...GG........qe.p.....",   /**/
    [STICK_QUEUED] = "...PPc...............a",   /**/
    [STICK_COPYING] = "...PP....t..F..F.....a",  /**/
    [STICK_TAKING] = "..........TSF........a",   /* the stick is not needed any more */
    [STICK_TAKEN] = "...GG........qeGp.....",    /**/
    [STICK_SAME] = "...GG........qeGp.....",     /**/
    [STICK_NOTHING] = "...GG........qe.p.....",  /**/
    [STICK_FAILED] = ".f.GG........qeGp.....",   /**/
    [STICK_EJECTING] = "...sG..........F......", /**/
    [STICK_SAFE] = "mf..G..........G......",     /**/
    [STICK_PULLED] = "mf.............G......",   /**/
    [STICK_PREPARING] = "...PP..........a.o.a..",
    [STICK_OPENING] = "....P..........x..wx..",
    [STICK_WRITING] = "...PP.......x..x...x..",
    [STICK_CLOSING] = "....G..........a....a.", /* what was written is safe by then */
    [STICK_GONE] = "......................",    /**/
};

static void test_every_state_and_input(void **state) {
    (void)state;
    for (int from = 0; from < STICK_STATE_COUNT; from++)
        for (int input = 0; input < STICK_INPUT_COUNT; input++) {
            struct stick_machine machine = {
                .state = (enum stick_state)from, .back = STICK_ASKING, .mounted = true};
            char want = table[from][input];
            char was = letters[from];
            bool moved = stick_step(&machine, (enum stick_input)input, STICK_FAULT_ROOM, 0);
            char got = letters[machine.state];
            if (got != (want == '.' ? was : want) || moved != (want != '.'))
                fail_msg("%c, input %d: %c, not %c", was, input, got, want);
        }
}

/* A life, as inputs and the states they lead to. */
struct step {
    enum stick_input input;
    enum stick_state state;
};

static void live(struct stick_machine *machine, const struct step *steps, size_t count) {
    for (size_t i = 0; i < count; i++) {
        stick_step(machine, steps[i].input, STICK_FAULT_READ, (int64_t)i);
        if (machine->state != steps[i].state)
            fail_msg("step %zu: %s, not %s", i, stick_state_name(machine->state),
                     stick_state_name(steps[i].state));
    }
}
#define LIVE(machine, ...)                                                                         \
    live(machine, (const struct step[]){__VA_ARGS__},                                              \
         sizeof((const struct step[]){__VA_ARGS__}) / sizeof(struct step))

static void test_a_signed_stick(void **state) {
    (void)state;
    struct stick_machine machine = {0};
    LIVE(&machine, {STICK_IN_PLUGGED, STICK_MOUNTING}, {STICK_IN_MOUNTED, STICK_FOUND},
         {STICK_IN_TURN, STICK_LOOKING}, {STICK_IN_SIGNED, STICK_QUEUED},
         {STICK_IN_TURN, STICK_COPYING}, {STICK_IN_COPIED, STICK_TAKING},
         {STICK_IN_TOOK, STICK_TAKEN}, {STICK_IN_EJECT, STICK_EJECTING},
         {STICK_IN_UNMOUNTED, STICK_SAFE}, {STICK_IN_UNPLUGGED, STICK_GONE});
}

static void test_pulled_in_the_middle(void **state) {
    (void)state;
    struct stick_machine machine = {0};
    LIVE(&machine, {STICK_IN_MOUNTED, STICK_FOUND}, {STICK_IN_TURN, STICK_LOOKING},
         {STICK_IN_SIGNED, STICK_QUEUED}, {STICK_IN_TURN, STICK_COPYING},
         {STICK_IN_UNMOUNTED, STICK_PULLED});
    assert_int_equal(machine.fault, STICK_FAULT_PULLED);
    LIVE(&machine, {STICK_IN_MOUNTED, STICK_FOUND}); /* and in again */
    assert_int_equal(machine.fault, STICK_FAULT_NONE);
}

/* The child hears of it before udev says so. */
static void test_a_read_error_was_a_pull(void **state) {
    (void)state;
    struct stick_machine machine = {0};
    LIVE(&machine, {STICK_IN_PLUGGED, STICK_MOUNTING}, {STICK_IN_MOUNTED, STICK_FOUND},
         {STICK_IN_TURN, STICK_LOOKING}, {STICK_IN_SIGNED, STICK_QUEUED},
         {STICK_IN_TURN, STICK_COPYING}, {STICK_IN_FAILED, STICK_FAILED},
         {STICK_IN_UNPLUGGED, STICK_PULLED}, {STICK_IN_LATE, STICK_GONE});
}

/* Everything was copied when it went: nothing is lost, and it is said for a minute. */
static void test_pulled_while_taking(void **state) {
    (void)state;
    struct stick_machine machine = {0};
    LIVE(&machine, {STICK_IN_MOUNTED, STICK_FOUND}, {STICK_IN_TURN, STICK_LOOKING},
         {STICK_IN_SIGNED, STICK_QUEUED}, {STICK_IN_TURN, STICK_COPYING},
         {STICK_IN_COPIED, STICK_TAKING}, {STICK_IN_UNMOUNTED, STICK_TAKING},
         {STICK_IN_TOOK, STICK_TAKEN});
    assert_int_equal(machine.until_ms, 6 + 60000);
}

static void test_unmounted_with_its_device_is_safe(void **state) {
    (void)state;
    struct stick_machine machine = {0};
    LIVE(&machine, {STICK_IN_PLUGGED, STICK_MOUNTING}, {STICK_IN_MOUNTED, STICK_FOUND},
         {STICK_IN_TURN, STICK_LOOKING}, {STICK_IN_NOTHING, STICK_NOTHING},
         {STICK_IN_UNMOUNTED, STICK_SAFE});
    assert_true(machine.until_ms == INT64_MAX); /* as long as it is plugged in */
}

/* A report is written onto it, and it is as it was, with what it was told. */
static void test_written_and_as_before(void **state) {
    (void)state;
    struct stick_machine machine = {0};
    LIVE(&machine, {STICK_IN_MOUNTED, STICK_FOUND}, {STICK_IN_TURN, STICK_LOOKING},
         {STICK_IN_FAILED, STICK_FAILED}, {STICK_IN_WRITE, STICK_PREPARING});
    assert_int_equal(machine.fault, STICK_FAULT_NONE);
    LIVE(&machine, {STICK_IN_MADE, STICK_OPENING}, {STICK_IN_UNMOUNTED, STICK_OPENING},
         {STICK_IN_MOUNTED, STICK_OPENING}, {STICK_IN_OPENED, STICK_WRITING},
         {STICK_IN_WROTE, STICK_CLOSING}, {STICK_IN_UNMOUNTED, STICK_CLOSING},
         {STICK_IN_MOUNTED, STICK_CLOSING}, {STICK_IN_CLOSED, STICK_FAILED});
    assert_int_equal(machine.fault, STICK_FAULT_READ);
}

static void test_pulled_while_it_was_written(void **state) {
    (void)state;
    struct stick_machine machine = {0};
    LIVE(&machine, {STICK_IN_PLUGGED, STICK_MOUNTING}, {STICK_IN_MOUNTED, STICK_FOUND},
         {STICK_IN_TURN, STICK_LOOKING}, {STICK_IN_NOTHING, STICK_NOTHING},
         {STICK_IN_WRITE, STICK_PREPARING}, {STICK_IN_MADE, STICK_OPENING},
         {STICK_IN_OPENED, STICK_WRITING}, {STICK_IN_UNPLUGGED, STICK_PULLED});
    assert_int_equal(machine.fault, STICK_FAULT_PULLED_WRITING);
}

/* The write errs before anybody hears that the stick is gone. */
static void test_broken_off_and_then_gone(void **state) {
    (void)state;
    struct stick_machine machine = {.state = STICK_WRITING, .back = STICK_TAKEN, .device = true};
    LIVE(&machine, {STICK_IN_FAILED, STICK_CLOSING}, {STICK_IN_UNPLUGGED, STICK_PULLED});
    assert_int_equal(machine.fault, STICK_FAULT_PULLED_WRITING);
    machine = (struct stick_machine){.state = STICK_WRITING, .back = STICK_TAKEN, .mounted = true};
    LIVE(&machine, {STICK_IN_FAILED, STICK_CLOSING}, {STICK_IN_CLOSED, STICK_TAKEN},
         {STICK_IN_WRITE, STICK_PREPARING}, {STICK_IN_MADE, STICK_OPENING},
         {STICK_IN_OPENED, STICK_WRITING}, {STICK_IN_WROTE, STICK_CLOSING},
         {STICK_IN_UNPLUGGED, STICK_GONE});
    machine = (struct stick_machine){.state = STICK_WRITING, .back = STICK_TAKEN, .mounted = true};
    LIVE(&machine, {STICK_IN_FAILED, STICK_CLOSING}, {STICK_IN_UNMOUNTED, STICK_PULLED});
    machine = (struct stick_machine){.state = STICK_WRITING, .back = STICK_TAKEN, .device = true};
    LIVE(&machine, {STICK_IN_LATE, STICK_CLOSING},
         {STICK_IN_UNPLUGGED, STICK_PULLED}); /* it hangs */
    assert_int_equal(machine.fault, STICK_FAULT_PULLED_WRITING);
}

/* Gone when it was to be closed: nobody says that it is still there. */
static void test_gone_while_it_was_closed(void **state) {
    (void)state;
    struct stick_machine machine = {.state = STICK_CLOSING, .back = STICK_TAKEN, .mounted = true};
    LIVE(&machine, {STICK_IN_UNMOUNTED, STICK_CLOSING}, {STICK_IN_CLOSED, STICK_GONE});
    machine = (struct stick_machine){
        .state = STICK_CLOSING, .back = STICK_TAKEN, .mounted = true, .device = true};
    LIVE(&machine, {STICK_IN_UNMOUNTED, STICK_CLOSING}, {STICK_IN_LATE, STICK_SAFE});
}

static void test_deadlines(void **state) {
    (void)state;
    struct stick_machine machine = {0};
    stick_step(&machine, STICK_IN_PLUGGED, 0, 1000);
    assert_int_equal(machine.until_ms, 31000);
    stick_step(&machine, STICK_IN_MOUNTED, 0, 2000);
    assert_true(machine.until_ms == INT64_MAX);
    stick_step(&machine, STICK_IN_TURN, 0, 3000);
    assert_int_equal(machine.until_ms, 123000);
    stick_alive(&machine, 50000);
    assert_int_equal(machine.until_ms, 170000);
    stick_step(&machine, STICK_IN_LATE, 0, 170000);
    assert_int_equal(machine.fault, STICK_FAULT_STUCK);
    stick_alive(&machine, 180000); /* nobody reads it */
    assert_true(machine.until_ms == INT64_MAX);
}

static void test_words(void **state) {
    (void)state;
    for (int i = STICK_MOUNTING; i < STICK_GONE; i++)
        for (int chinese = 0; chinese < 2; chinese++)
            assert_true(*stick_state_text((enum stick_state)i, chinese));
    for (int i = 1; i < STICK_FAULT_COUNT; i++)
        for (int chinese = 0; chinese < 2; chinese++)
            assert_true(*stick_fault_text((enum stick_fault)i, chinese));
    for (int i = 0; i < STICK_STATE_COUNT; i++) /* never while it is read */
        assert_false(stick_may_go((enum stick_state)i) && stick_is_read((enum stick_state)i));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_state_and_input),
        cmocka_unit_test(test_a_signed_stick),
        cmocka_unit_test(test_pulled_in_the_middle),
        cmocka_unit_test(test_a_read_error_was_a_pull),
        cmocka_unit_test(test_pulled_while_taking),
        cmocka_unit_test(test_unmounted_with_its_device_is_safe),
        cmocka_unit_test(test_written_and_as_before),
        cmocka_unit_test(test_pulled_while_it_was_written),
        cmocka_unit_test(test_broken_off_and_then_gone),
        cmocka_unit_test(test_gone_while_it_was_closed),
        cmocka_unit_test(test_deadlines),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
