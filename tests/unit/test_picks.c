/* What is chosen of a stick, and what that asks of the keeper. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "display/page_stick.h"
#include "display/trail.h"

static void entries_are_told_apart(void **state) {
    (void)state;
    struct picks *picks = picks_copy(NULL);
    assert_true(picks_same(picks, NULL));
    picks_set(picks, PICKS_LEFT, "望川大学/读书", true);
    assert_false(picks_has(picks, PICKS_LEFT, "读书"));
    assert_false(picks_has(picks, PICKS_LEFT, "望川大学/读书角"));
    assert_false(picks_has(picks, PICKS_RELEASED, "望川大学/读书"));
    picks_set(picks, PICKS_LEFT, "读书", true);
    picks_set(picks, PICKS_LEFT, "读书", true); /* once */
    picks_set(picks, PICKS_LEFT, "望川大学/读书角", true);
    picks_set(picks, PICKS_LEFT, "读书", false);
    assert_string_equal(picks->lists[PICKS_LEFT], "望川大学/读书\n望川大学/读书角\n");
    picks_set(picks, PICKS_LEFT, "望川大学/读书", false);
    picks_set(picks, PICKS_LEFT, "没有的", false);
    assert_string_equal(picks->lists[PICKS_LEFT], "望川大学/读书角\n");
    picks_destroy(picks);
}

static void copies_are_the_same(void **state) {
    (void)state;
    struct picks *picks = picks_copy(NULL);
    picks->unit = UNIT_SAFETY;
    picks->replace = true;
    picks_set_stick(picks, "sda1");
    picks_set_school(picks, "望川大学");
    picks_set(picks, PICKS_RELEASED, "138****5678", true);
    struct picks *copy = picks_copy(picks);
    assert_true(picks_same(picks, copy) && !picks_same(copy, NULL));
    picks_set(copy, PICKS_RELEASED, "138****5678", false);
    assert_false(picks_same(picks, copy));
    picks_destroy(copy);
    picks_destroy(picks);
}

/* At all places of the stick, and at no other. */
static void what_is_chosen_goes_along(void **state) {
    (void)state;
    struct trail trail = {0};
    struct picks *picks = picks_copy(NULL);
    picks->unit = UNIT_PARTY;
    trail_go(&trail, place_of(PLACE_PANEL, ""), 0);
    trail_go(&trail, place_of(PLACE_STICK, ""), 0);
    trail_go(&trail, place_of(PLACE_STICK_CASE, "甲"), 700);
    trail_choose(&trail, picks);
    assert_true(picks_same(trail_here(&trail)->picks, picks));
    struct place changed = place_copy(trail_here(&trail));
    changed.picture = 3;
    trail_renew(&trail, changed, 40);
    assert_int_equal(trail_scroll(&trail), 40);
    assert_true(trail_back(&trail) && picks_same(trail_here(&trail)->picks, picks));
    assert_int_equal(trail_scroll(&trail), 700);
    assert_true(trail_back(&trail) && !trail_here(&trail)->picks);
    trail_clear(&trail);
    picks_destroy(picks);
}

/* ---- requests */

static json_t *stick;
static json_t *survey;

static int set_up(void **state) {
    (void)state;
    stick = json_loads("{\"name\":\"sda1\",\"path\":\"/run/usb/sda1\",\"since\":7}", 0, NULL);
    survey = json_loads(
        "{\"path\":\"/run/usb/sda1\",\"parts\":[{\"path\":\"/run/usb/sda1\",\"bundle\":false,"
        "\"first\":0,\"count\":4},{\"path\":\"/run/usb/sda1/包\",\"bundle\":true,\"first\":4,"
        "\"count\":2}],\"cases\":["
        "{\"id\":\"a\",\"change\":\"new\",\"unit\":\"party\",\"has_school\":true},"
        "{\"id\":\"b\",\"change\":\"same\",\"unit\":\"party\",\"has_school\":true},"
        "{\"id\":\"c\",\"change\":\"changed\",\"unit\":\"party\",\"has_school\":true},"
        "{\"id\":\"\",\"change\":\"refused\",\"unit\":\"party\",\"has_school\":true},"
        "{\"id\":\"f:d\",\"change\":\"new\",\"unit\":\"party\",\"has_school\":true},"
        "{\"id\":\"f:e\",\"change\":\"new\",\"unit\":\"party\",\"has_school\":true}]}",
        0, NULL);
    return stick && survey ? 0 : -1;
}

static int tear_down(void **state) {
    (void)state;
    json_decref(stick);
    json_decref(survey);
    return 0;
}

static void check_take(const struct picks *picks, size_t count, const char *wanted) {
    size_t counted = 0;
    char *arguments = stick_take_arguments(picks, stick, survey, &counted);
    assert_string_equal(arguments, wanted);
    assert_int_equal(counted, count);
    free(arguments);
}

#define PLACE "\"path\":\"/run/usb/sda1\""
#define SINCE "\"since\":7,\"stick\":\"sda1\""

static void a_take_says_what_was_chosen(void **state) {
    (void)state;
    struct picks *picks = picks_copy(NULL);
    check_take(NULL, 4, "{" PLACE "," SINCE "}");
    stick_pick(picks, survey, 0, false);
    check_take(picks, 3, "{\"choose\":[\"c\",\"f:d\",\"f:e\"]," PLACE "," SINCE "}");
    stick_pick(picks, survey, 5, false); /* a bundle as a whole */
    check_take(picks, 1, "{\"choose\":[\"c\"]," PLACE "," SINCE "}");
    picks->replace = true; /* what is there already is to stay, too */
    check_take(picks, 1, "{\"choose\":[\"b\",\"c\"]," PLACE ",\"replace\":true," SINCE "}");
    stick_pick(picks, survey, 0, true);
    stick_pick(picks, survey, 4, true);
    picks->unit = UNIT_SAFETY;
    picks_set_school(picks, "望川大学");
    picks_set(picks, PICKS_RELEASED, "138****5678", true);
    picks_set(picks, PICKS_RELEASED, "2021****45", true);
    check_take(picks, 4,
               "{" PLACE ",\"release\":[\"138****5678\",\"2021****45\"],\"replace\":true,"
               "\"school\":\"望川大学\"," SINCE ",\"unit\":\"safety\"}");
    picks_destroy(picks);
}

/* Its id changes with the school that is chosen for it, and it is left all the same. */
static void what_is_left_stays_so(void **state) {
    (void)state;
    struct picks *picks = picks_copy(NULL);
    json_t *item = json_array_get(json_object_get(survey, "cases"), 2);
    json_object_set_new(item, "has_school", json_false());
    json_object_set_new(item, "title", json_string("读书角"));
    stick_pick(picks, survey, 2, false);
    json_object_set_new(item, "id", json_string("望川大学/读书角"));
    assert_false(stick_is_picked(picks, item));
    stick_pick(picks, survey, 2, true);
    assert_true(stick_is_picked(picks, item) && picks_same(picks, NULL));
    picks_destroy(picks);
}

/* Another stick, another unit and another school are another look; what is taken is not. */
static void a_look_is_of_what_matters_to_it(void **state) {
    (void)state;
    struct picks *picks = picks_copy(NULL);
    picks_set(picks, PICKS_LEFT, "a", true);
    char *first = stick_look_arguments(NULL, stick), *same = stick_look_arguments(picks, stick);
    assert_string_equal(first, "{" PLACE "," SINCE "}");
    assert_string_equal(first, same);
    picks->unit = UNIT_PARTY;
    char *unit = stick_look_arguments(picks, stick);
    assert_string_equal(unit, "{" PLACE "," SINCE ",\"unit\":\"party\"}");
    json_object_set_new(stick, "since", json_integer(8));
    char *other = stick_look_arguments(NULL, stick);
    assert_string_not_equal(first, other);
    free(other);
    free(unit);
    free(same);
    free(first);
    picks_destroy(picks);
}

static void what_is_not_said_is_asked(void **state) {
    (void)state;
    struct picks *picks = picks_copy(NULL);
    json_t *item = json_array_get(json_object_get(survey, "cases"), 3);
    assert_false(stick_lacks_unit(picks, survey) || stick_lacks_school(picks, survey));
    json_object_set_new(item, "unit", json_null());
    json_object_set_new(item, "has_school", json_false());
    assert_true(stick_lacks_unit(picks, survey) && stick_lacks_school(picks, survey));
    json_object_set_new(item, "unit", json_string("party"));
    picks->unit = UNIT_PARTY; /* chosen, and may be chosen otherwise */
    assert_true(stick_lacks_unit(picks, survey));
    assert_false(stick_is_bundle(survey));
    json_object_set_new(json_array_get(json_object_get(survey, "parts"), 0), "bundle", json_true());
    assert_true(stick_is_bundle(survey));
    picks_destroy(picks);
}

static void time_is_left_in_proportion(void **state) {
    (void)state;
    static const struct {
        int64_t done, all, for_ms, left;
    } rows[] = {{0, 100, 60000, STICK_NO_TIME},
                {50, 100, 1000, STICK_NO_TIME},
                {50, 0, 60000, STICK_NO_TIME},
                {101, 100, 60000, STICK_NO_TIME},
                {25, 100, 60000, 180000},
                {100, 100, 60000, 0},
                {INT64_C(1) << 40, INT64_C(1) << 41, 86400000, 86400000}};
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_int_equal(stick_time_left_ms(rows[i].done, rows[i].all, rows[i].for_ms),
                         rows[i].left);
}

/* ---- words */

static void check_language(const char *both, const char *zh, const char *en) {
    char *chinese = stick_in_language((struct manner){.english = false}, both);
    char *english = stick_in_language((struct manner){.english = true}, both);
    assert_string_equal(chinese, zh);
    assert_string_equal(english, en);
    free(english);
    free(chinese);
}

static void one_language_is_said(void **state) {
    (void)state;
    check_language("无法读取 (cannot be read)", "无法读取", "cannot be read");
    check_language("图片像素太多 (too many pixels): 9×9", "图片像素太多: 9×9",
                   "too many pixels: 9×9");
    check_language("没有采用 (older (a lower serial))", "没有采用", "older (a lower serial)");
    check_language("旧格式", "旧格式", "旧格式");
    check_language("半边 (half", "半边 (half", "半边 (half");
}

static void notes_are_of_the_stick(void **state) {
    (void)state;
    json_t *note = json_pack("{s:s, s:s, s:s}", "path", "/run/usb/sda1/甲/1.jpg", "text",
                             "无法读取 (cannot be read)", "advice", "请换一个 (use another)");
    char *zh = stick_say_note((struct manner){.english = false}, "/run/usb/sda1", note);
    char *en = stick_say_note((struct manner){.english = true}, "/run/usb/sda1", note);
    assert_string_equal(zh, "甲/1.jpg：无法读取。请换一个");
    assert_string_equal(en, "甲/1.jpg: cannot be read; use another");
    free(en);
    free(zh);
    json_decref(note);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_are_told_apart),
        cmocka_unit_test(copies_are_the_same),
        cmocka_unit_test(what_is_chosen_goes_along),
        cmocka_unit_test_setup_teardown(a_take_says_what_was_chosen, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_left_stays_so, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_look_is_of_what_matters_to_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_not_said_is_asked, set_up, tear_down),
        cmocka_unit_test(time_is_left_in_proportion),
        cmocka_unit_test(one_language_is_said),
        cmocka_unit_test(notes_are_of_the_stick),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
