/* Which of the screens is ours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "display/screens.h"

#define NONE (-1)

static const struct {
    const char *screens; /* their names, separated by spaces */
    const char *wanted;
    int found, chosen;
} table[] = {
    {"HDMI-1", "0", 0, 0},
    {"HDMI-1", "1", NONE, 0},
    {"HDMI-1 DP-1", "1", 1, 1},
    {"DP-1 HDMI-1", "1", 1, 1},
    {"HDMI-1 DP-1", "2", NONE, 0},
    {"HDMI-1 DP-1", "15", NONE, 0},
    {"HDMI-1 DP-1", "+1", 1, 1},
    {"HDMI-1 DP-1", "-1", NONE, 0},
    /* by name, wherever it stands */
    {"HDMI-1 DP-1", "DP-1", 1, 1},
    {"DP-1 HDMI-1", "DP-1", 0, 0},
    {"DP-1 HDMI-1", "hdmi-1", 1, 1},
    {"DP-1 HDMI-1", "HDMI", NONE, 0},
    {"DP-1 HDMI-1", "HDMI-11", NONE, 0},
    {"DP-1-1 DP-1", "DP-1", 1, 1},
    /* while it is missing */
    {"DP-1", "HDMI-1", NONE, 0},
    {"", "HDMI-1", NONE, NONE},
    {"", "0", NONE, NONE},
};

static struct screen_list list_of(const char *names) {
    struct screen_list list = {.count = 0};
    int x = 0;
    while (*names) {
        size_t length = strcspn(names, " ");
        char name[32];
        snprintf(name, sizeof name, "%.*s", (int)length, names);
        screens_add(&list, name, (struct rect){x, 0, 1920, 1080}, 520);
        names += length + (names[length] == ' ');
        x += 1920;
    }
    return list;
}

static void test_choose(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct screen_list list = list_of(table[i].screens);
        if (screens_find(&list, table[i].wanted) != table[i].found ||
            screens_choose(&list, table[i].wanted) != table[i].chosen)
            fail_msg("\"%s\" of \"%s\": %d, %d", table[i].wanted, table[i].screens,
                     screens_find(&list, table[i].wanted), screens_choose(&list, table[i].wanted));
    }
}

/* Each thing that the window's place or the size of a finger depends on makes another list. */
static void test_equal(void **state) {
    (void)state;
    const struct screen_list was = list_of("HDMI-1 DP-1");
    struct screen_list list = was;
    assert_true(screens_equal(&list, &was));
    list.screens[1].area.x++;
    assert_false(screens_equal(&list, &was));
    list = was;
    list.screens[0].area.height--;
    assert_false(screens_equal(&list, &was));
    list = was;
    list.screens[1].millimetres = 0;
    assert_false(screens_equal(&list, &was));
    list = list_of("HDMI-1 DP-2");
    assert_false(screens_equal(&list, &was));
    list = list_of("HDMI-1");
    assert_false(screens_equal(&list, &was));
}

static void test_full(void **state) {
    (void)state;
    char name[100];
    memset(name, 'x', sizeof name);
    name[sizeof name - 1] = '\0';
    struct screen_list list = {.count = 0};
    for (int i = 0; i < MAX_SCREENS + 3; i++)
        screens_add(&list, name, (struct rect){i, 0, 1, 1}, 0);
    assert_int_equal(list.count, MAX_SCREENS);
    assert_int_equal(list.screens[MAX_SCREENS - 1].area.x, MAX_SCREENS - 1);
    assert_int_equal(strlen(list.screens[0].name), MAX_SCREEN_NAME);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_choose), cmocka_unit_test(test_equal),
                                       cmocka_unit_test(test_full)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
