/* What a child writes onto a stick: nothing of others' is lost, and nothing is followed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "ingest/stick_write.h"

struct place {
    char root[64];
    char *ours, *stick;
    size_t bytes;
};

static void on_bytes(void *user, size_t bytes) {
    ((struct place *)user)->bytes += bytes;
}

static int set_up(void **state) {
    struct place *place = xcalloc(1, sizeof *place);
    snprintf(place->root, sizeof place->root, "/tmp/fengcai-write-XXXXXX");
    assert_non_null(mkdtemp(place->root));
    place->ours = path_join(place->root, "ours", NULL);
    place->stick = path_join(place->root, "stick", NULL);
    assert_true(fs_make_dirs(place->ours) && fs_make_dirs(place->stick));
    *state = place;
    return 0;
}

static int tear_down(void **state) {
    struct place *place = *state;
    fs_remove_tree(place->root);
    free(place->ours);
    free(place->stick);
    free(place);
    return 0;
}

/* Runs in the root of the place. */
static void shell(const struct place *place, const char *command) {
    char *text = xasprintf("cd %s && %s", place->root, command);
    if (system(text) != 0)
        fail_msg("%s", command);
    free(text);
}

static enum stick_write put(struct place *place) {
    return stick_write(place->ours, place->stick, false, on_bytes, place);
}

static void test_a_report_beside_another(void **state) {
    struct place *place = *state;
    shell(place, "echo new >ours/r.html; printf 'a,b\\n3,4\\n' >ours/t.csv");
    shell(place,
          "echo old >stick/r.html; echo mine >stick/x.html; printf 'a,b\\n1,2\\n' >stick/t.csv");
    assert_int_equal(put(place), STICK_WRITE_DONE);
    shell(place,
          "grep -q old stick/r.html && grep -q new stick/r-2.html && grep -q mine stick/x.html"
          " && grep -q 3,4 stick/t.csv && [ \"$(ls -A stick | wc -l)\" = 4 ]");
    assert_int_equal(place->bytes, 4 + 8);
}

/* Of that name, and not one of ours. */
static void test_another_table_stays(void **state) {
    struct place *place = *state;
    shell(place, "printf 'a,b\\n3,4\\n' >ours/t.csv; printf 'x,y\\n1,2\\n' >stick/t.csv");
    assert_int_equal(put(place), STICK_WRITE_DONE);
    shell(place, "grep -q 1,2 stick/t.csv && grep -q 3,4 stick/t-2.csv");
}

#define NOTE "示例/里面的内容不会上屏幕，请先看这里.txt"

static void make_template(const struct place *place) {
    shell(place, "mkdir -p ours/示例/党建引领/甲 ours/示例/平安社区; echo a >ours/" NOTE
                 "; echo b >ours/示例/党建引领/甲/正文.txt");
}

static void test_a_template_is_completed(void **state) {
    struct place *place = *state;
    make_template(place);
    assert_int_equal(put(place), STICK_WRITE_DONE);
    shell(place, "test -d stick/示例/平安社区 && diff -r ours stick");
    assert_int_equal(put(place), STICK_WRITE_SAME);
    shell(place, "rm stick/" NOTE ".x 2>/dev/null; echo mine >stick/示例/党建引领/甲/正文.txt;"
                 "rmdir stick/示例/平安社区");
    assert_int_equal(put(place), STICK_WRITE_DONE);
    shell(place, "grep -q mine stick/示例/党建引领/甲/正文.txt && test -d stick/示例/平安社区");
}

/* The note in it would hide what somebody made from the door. */
static void test_a_folder_of_somebody(void **state) {
    struct place *place = *state;
    make_template(place);
    shell(place, "mkdir stick/示例; touch stick/示例/照片.jpg");
    assert_int_equal(put(place), STICK_WRITE_FOREIGN);
    shell(place, "[ \"$(ls -A stick/示例)\" = 照片.jpg ]; rm -r stick/示例; touch stick/示例");
    assert_int_equal(put(place), STICK_WRITE_FOREIGN);
    shell(place, "rm stick/示例; mkdir stick/示例"); /* empty */
    assert_int_equal(put(place), STICK_WRITE_DONE);
}

static void test_links_are_not_followed(void **state) {
    struct place *place = *state;
    make_template(place);
    shell(place, "mkdir else; ln -s ../else stick/示例");
    assert_int_equal(put(place), STICK_WRITE_FOREIGN);
    shell(place, "rm -r ours/示例 stick/示例; printf 'a,b\\n3\\n' >ours/t.csv;"
                 "printf 'a,b\\n1\\n' >else/t; ln -s ../else/t stick/t.csv;"
                 "ln -s ../else/part stick/.fengcai.part");
    assert_int_equal(put(place), STICK_WRITE_DONE);
    shell(place, "grep -q 1 else/t && [ \"$(ls else)\" = t ] && grep -q 3 stick/t-2.csv");
    assert_int_equal(stick_write(place->ours, "/proc/self/root", false, on_bytes, place),
                     STICK_WRITE_GONE);
}

static void test_nothing_is_there(void **state) {
    struct place *place = *state;
    shell(place, "echo a >ours/a; rmdir stick");
    assert_int_equal(put(place), STICK_WRITE_GONE);
    shell(place, "mkdir stick"); /* the folder that is left when it is pulled out */
    assert_int_equal(stick_write(place->ours, place->stick, true, on_bytes, place),
                     STICK_WRITE_GONE);
    shell(place, "rm -r ours");
    assert_int_equal(put(place), STICK_WRITE_OWN);
}

static void test_read_only(void **state) {
    struct place *place = *state;
    bool root = geteuid() == 0; /* who may do everything */
    shell(place, "echo a >ours/a; chmod 555 stick; chmod 755 .");
    assert_true(!root || seteuid(65534) == 0);
    enum stick_write result = put(place);
    assert_true(!root || seteuid(0) == 0);
    assert_int_equal(result, STICK_WRITE_READ_ONLY);
    shell(place, "chmod 755 stick && [ -z \"$(ls -A stick)\" ]");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_report_beside_another, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_another_table_stays, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_template_is_completed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_folder_of_somebody, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_links_are_not_followed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nothing_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_read_only, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
