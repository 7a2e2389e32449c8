/* Zip files through the real helper: what is unpacked, and that nothing else ever is. */
#include "document_fixture.h"

#define GBK_PARTY "\xb5\xb3\xbd\xa8\xd2\xfd\xc1\xec" /* 党建引领 */
#define GBK_TEXT  "\xd5\xfd\xce\xc4.txt"             /* 正文.txt */

static void test_unpacks(void **state) {
    struct fixture *fixture = *state;
    char *large = xcalloc(300000, 1);
    for (size_t i = 0; i < 300000; i++)
        large[i] = (char)(i * i >> 7);
    const struct zipped entries[] = {
        {.name = "media/"},
        {.name = "feed.json", .content = "{}"},
        {.name = "media/a.jpg", .content = large, .size = 300000},
        {.name = "media/b.jpg", .content = large, .size = 300000, .deflated = true},
        {.name = "empty"},
        {.name = "late", .content = large, .size = 300000, .deflated = true, .descriptor = true},
        {.name = "media/deep/er/c", .content = "c", .mode = 0100755},
    };
    assert_true(unzip_entries(fixture, entries, 7));
    assert_string_equal(str_text(&fixture->names), "feed.json\nmedia/a.jpg\nmedia/b.jpg\nempty\n"
                                                   "late\nmedia/deep/er/c\n");
    expect_content(fixture, "feed.json", "{}", 2);
    expect_content(fixture, "media/a.jpg", large, 300000);
    expect_content(fixture, "media/b.jpg", large, 300000);
    expect_content(fixture, "empty", "", 0);
    expect_content(fixture, "late", large, 300000);
    struct stat st;
    char *path = path_join(fixture->folder, "media/deep/er/c", NULL);
    assert_int_equal(stat(path, &st), 0);
    assert_int_equal(st.st_mode & 07111, 0); /* no mode of the zip file's */
    free(path);
    free(large);
}

static void test_names_of_windows(void **state) {
    struct fixture *fixture = *state;
    const struct zipped entries[] = {
        {.name = GBK_PARTY "/" GBK_TEXT, .content = "1"},
        {.name = "三全育人/正文.txt", .content = "2", .utf8 = true},
        {.name = "平安社区/正文.txt", .content = "3"},
    };
    assert_true(unzip_entries(fixture, entries, 3));
    assert_string_equal(str_text(&fixture->names),
                        "党建引领/正文.txt\n三全育人/正文.txt\n平安社区/正文.txt\n");
    expect_content(fixture, "党建引领/正文.txt", "1", 1);
}

static void test_unwanted_is_not_written(void **state) {
    struct fixture *fixture = *state;
    const struct zipped entries[] = {{.name = "a/b", .content = "x"}, {.name = "c/"}};
    fixture->wanted = false;
    assert_true(unzip_entries(fixture, entries, 2));
    assert_int_equal(entries_in(fixture->folder), 0);
}

static void test_html(void **state) {
    struct fixture *fixture = *state;
    static const char html[] = "<p>甲</p><p>乙 &amp; 丙<br>丁</p><img src=a.jpg alt=图>";
    struct document_text text;
    assert_true(document_html(fixture->nursery, html, strlen(html), &text, &fixture->reject,
                              &fixture->detail));
    assert_string_equal(text.text, "甲\n乙 & 丙\n丁");
    assert_int_equal(text.picture_count, 1);
    assert_string_equal(text.pictures[0].url, "a.jpg");
    assert_string_equal(text.pictures[0].alt, "图");
    document_text_finish(&text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_unpacks),
        TEST(test_names_of_windows),
        TEST(test_unwanted_is_not_written),
        TEST(test_html),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
