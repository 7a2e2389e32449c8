/* Ids of feeds' items and local ones. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "library/case.h"

#define FEED         "6f1c2a34-0b5d-4e6f-8a9b-0c1d2e3f4a5b"
#define COUNT(array) (sizeof(array) / sizeof *(array))

static void test_scoped_id(void **state) {
    (void)state;
    char *scoped = case_scoped_id(FEED, "学校/标题"), *local = case_scoped_id("", "学校/标题");
    assert_string_equal(scoped, FEED ":学校/标题");
    assert_string_equal(local, "学校/标题");
    free(local);
    free(scoped);
}

static void test_own_id(void **state) {
    (void)state;
    static const struct {
        const char *id, *own, *feed;
    } table[] = {
        {FEED ":a", "a", FEED},
        {FEED ":" FEED ":a", FEED ":a", FEED},
        {FEED ":", "", FEED},
        {FEED, FEED, ""},
        {FEED ";a", FEED ";a", ""},
        {"", "", ""},
        {":a", ":a", ""},
        {"学校/标题", "学校/标题", ""},
        {"6F1C2A34-0b5d-4e6f-8a9b-0c1d2e3f4a5b:a", "6F1C2A34-0b5d-4e6f-8a9b-0c1d2e3f4a5b:a", ""},
        {"6f1c2a3400b5d-4e6f-8a9b-0c1d2e3f4a5b:a", "6f1c2a3400b5d-4e6f-8a9b-0c1d2e3f4a5b:a", ""},
        {"本机:" FEED ":a", "本机:" FEED ":a", ""},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        char feed[CASE_FEED_SIZE] = "?";
        assert_string_equal(case_own_id(table[i].id, feed), table[i].own);
        assert_string_equal(feed, table[i].feed);
        assert_string_equal(case_own_id(table[i].id, NULL), table[i].own);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_scoped_id),
                                       cmocka_unit_test(test_own_id)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
