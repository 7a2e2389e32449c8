/* Zip files through the real helper: what is unpacked, and that nothing else ever is. */
#include "document_fixture.h"

#include "ingest/zip_name.h"

#define GBK_PARTY "\xb5\xb3\xbd\xa8\xd2\xfd\xc1\xec" /* 党建引领 */
#define GBK_TEXT  "\xd5\xfd\xce\xc4.txt"             /* 正文.txt */

/* 300,000 bytes that do not repeat soon. */
static char *make_large(void) {
    char *large = xcalloc(300000, 1);
    for (size_t i = 0; i < 300000; i++)
        large[i] = (char)(i * i >> 7);
    return large;
}

static void test_unpacks(void **state) {
    struct fixture *fixture = *state;
    char *large = make_large();
    const struct zipped entries[] = {
        {.name = "media/"},
        {.name = "feed.json", .content = "{}"},
        {.name = "media/a.jpg", .content = large, .size = 300000},
        {.name = "media/b.jpg", .content = large, .size = 300000, .deflated = true},
        {.name = "empty"},
        {.name = "late", .content = large, .size = 300000, .deflated = true, .descriptor = true},
        {.name = "media/deep/er/c", .content = "c", .mode = 0100755},
        {.name = "sure", .content = "x", .more_flags = 6}, /* said once, of how it was deflated */
    };
    assert_true(unzip_entries(fixture, entries, 8));
    assert_null(fixture->detail);
    assert_string_equal(str_text(&fixture->names), "feed.json\nmedia/a.jpg\nmedia/b.jpg\nempty\n"
                                                   "late\nmedia/deep/er/c\nsure\n");
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

/* The source's position is nobody's concern, and it stays open. */
static void test_position_of_the_source(void **state) {
    struct fixture *fixture = *state;
    const struct zipped entry = {.name = "a", .content = "x"};
    struct str zip = zip_build(&entry, 1);
    const struct unzip_limits limits = LIMITS;
    int fd = memfd_create("zip", MFD_CLOEXEC);
    assert_true(write_all(fd, zip.data, zip.size));
    for (off_t at = 0; at < 100; at += 50) {
        assert_int_equal(lseek(fd, at, SEEK_SET), at);
        fs_remove_tree(fixture->folder);
        assert_int_equal(mkdir(fixture->folder, 0700), 0);
        assert_true(document_unzip(fixture->nursery, fd, fixture->folder, &limits, note_name,
                                   fixture, &fixture->reject, &fixture->detail));
    }
    close(fd);
    str_finish(&zip);
}

static void test_names(void **state) {
    static const struct {
        const char *raw;
        bool utf8;
        const char *name; /* NULL: refused */
    } cases[] = {
        {"a/b.c", false, "a/b.c"},
        {"a/", false, "a"},
        {"...", false, "..."},
        {"..a/b", false, "..a/b"},
        {GBK_TEXT, false, "正文.txt"},
        {"\xd2\xbb.jpg", false, "一.jpg"}, /* well-formed UTF-8 too: a Cyrillic letter … */
        {"\xd2\xbb.jpg", true, "һ.jpg"},   /* … which this one says it is */
        {"\x95\x5c.txt", false, "昞.txt"}, /* of which a byte is a backslash */
        {"正文.txt", false, "正文.txt"},
        {GBK_TEXT, true, NULL},
        {"\xff\xfe\xfd", false, NULL},
        {"", false, NULL},
        {"/", false, NULL},
        {"//", false, NULL},
        {".", false, NULL},
        {"..", false, NULL},
        {"../x", false, NULL},
        {"a/../../x", false, NULL},
        {"a/..", false, NULL},
        {"a/../", false, NULL},
        {"a/./b", false, NULL},
        {"a//b", false, NULL},
        {"/x", false, NULL},
        {"C:x", false, NULL},
        {"c:/x", false, NULL},
        {"..\\x", false, NULL},
        {"a\\b", false, NULL},
        {"a\nb", false, NULL},
        {"a\x7f", false, NULL},
        {"\x1b[2J", false, NULL},
        {"a\xc2\x85", true, NULL},
        {"a\xe2\x80\xae"
         "b",
         true, NULL}, /* turned round */
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *why = "";
        char *name = zip_name_decode(cases[i].raw, strlen(cases[i].raw), cases[i].utf8, &why);
        if (!name != !cases[i].name || (name && strcmp(name, cases[i].name) != 0) || !name != !!why)
            fail_msg("%zu: %s", i, name ? name : "refused");
        free(name);
    }
    const char *why = "";
    assert_null(zip_name_decode("a\0b", 3, false, &why));
}

static void test_long_names(void **state) {
    struct str name = {0};
    const char *why = NULL;
    (void)state;
    for (int i = 0; i < 300; i++)
        str_add(&name, "a/");
    assert_null(zip_name_decode(name.data, name.size, false, &why));
    char *shallow = zip_name_decode(name.data, (size_t)ZIP_NAME_PARTS * 2, false, &why);
    assert_non_null(shallow);
    free(shallow);
    str_clear(&name);
    for (int i = 0; i < ZIP_PART_BYTES; i++)
        str_add(&name, "b");
    char *just = zip_name_decode(name.data, name.size, false, &why);
    assert_non_null(just);
    free(just);
    str_add(&name, "b");
    assert_null(zip_name_decode(name.data, name.size, false, &why));
    str_finish(&name);
}

/* Refused as a bad zip, with `says` in what is said, and nothing made outside the folder. */
static void expect_refused(struct fixture *fixture, bool taken, const char *what,
                           const char *says) {
    if (taken || fixture->reject != REJECT_ZIP || !fixture->detail ||
        !strstr(fixture->detail, says))
        fail_msg("%s: %s, reject %d, %s", what, taken ? "taken" : "refused", (int)fixture->reject,
                 fixture->detail ? fixture->detail : "no detail");
    assert_int_equal(entries_in(fixture->root), 1);
}

static void test_hostile_entries(void **state) {
    static const struct {
        struct zipped entry;
        const char *says;
    } cases[] = {
        {{.name = "../x", .content = "1"}, "../x: "},
        {{.name = "a/../../x", .content = "1"}, "elsewhere"},
        {{.name = "/x", .content = "1"}, "absolute"},
        {{.name = "..\\x", .content = "1"}, "backslash"},
        {{.name = "link", .content = "/etc/passwd", .mode = 0120777}, "link: "},
        {{.name = "device", .mode = 0020600}, "special"},
        {{.name = "pipe", .mode = 0010600}, "special"},
        {{.name = "secret", .content = "1", .encrypted = true}, "secret: 有密码"},
        {{.name = "half", .content = "1", .more_flags = 1}, "directory"},
        {{.name = "bzip", .content = "1", .method = 12}, "deflate"},
        {{.name = "lzma", .content = "1", .method = 14}, "deflate"},
        {{.name = "wrong", .content = "abc", .crc_error = 1}, "damaged"},
        {{.name = "wrong", .content = "abc", .deflated = true, .crc_error = 1}, "damaged"},
        {{.name = "less", .content = "abcabc", .deflated = true, .claimed = 3}, "less: "},
        {{.name = "more", .content = "abcabc", .deflated = true, .claimed = 9}, "more: "},
        {{.name = "stored", .content = "abcabc", .claimed = 9}, "directory"},
        {{.name = "one", .content = "1", .local_name = "two"}, "directory"},
        {{.name = "folder/", .content = "1"}, "directory"},
        {{.name = "folder", .mode = 0040755}, "damaged"},
        {{.name = "huge", .content = "abc", .deflated = true, .claimed = 17u << 20}, "too large"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        bool taken = unzip_entries(*state, &cases[i].entry, 1);
        expect_refused(*state, taken, cases[i].entry.name, cases[i].says);
        assert_int_equal(entries_in(((struct fixture *)*state)->folder), 0);
    }
}

static void test_name_twice(void **state) {
    struct fixture *fixture = *state;
    static const struct zipped twice[] = {{.name = "a", .content = "1"},
                                          {.name = "a", .content = "2"}};
    static const struct zipped below[] = {{.name = "a", .content = "1"},
                                          {.name = "a/b", .content = "2"}};
    static const struct zipped above[] = {{.name = "a/b", .content = "1"},
                                          {.name = "a", .content = "2"}};
    static const struct zipped coded[] = {{.name = GBK_TEXT, .content = "1"},
                                          {.name = "正文.txt", .content = "2", .utf8 = true}};
    static const struct zipped cases[] = {{.name = "a", .content = "1"},
                                          {.name = "A", .content = "2"}};
    expect_refused(fixture, unzip_entries(fixture, twice, 2), "twice", "a: 名称重复");
    expect_content(fixture, "a", "1", 1);
    expect_refused(fixture, unzip_entries(fixture, below, 2), "below", "twice");
    expect_refused(fixture, unzip_entries(fixture, above, 2), "above", "twice");
    expect_refused(fixture, unzip_entries(fixture, coded, 2), "coded", "正文.txt");
    assert_true(unzip_entries(fixture, cases, 2));
}

/* A link that is already there is not followed: neither as folder nor as file. */
static void test_link_in_the_way(void **state) {
    struct fixture *fixture = *state;
    static const struct zipped entries[] = {{.name = "a/b", .content = "1"},
                                            {.name = "b", .content = "1"}};
    const struct unzip_limits limits = LIMITS;
    char *link = path_join(fixture->folder, "a", NULL);
    char *file = path_join(fixture->folder, "b", NULL);
    assert_int_equal(symlink("..", link), 0);
    assert_int_equal(symlink("../b", file), 0);
    for (size_t i = 0; i < 2; i++) {
        struct str zip = zip_build(&entries[i], 1);
        int fd = memfd_create("zip", MFD_CLOEXEC);
        assert_true(write_all(fd, zip.data, zip.size));
        bool taken = document_unzip(fixture->nursery, fd, fixture->folder, &limits, note_name,
                                    fixture, &fixture->reject, &fixture->detail);
        expect_refused(fixture, taken, "link", "twice");
        free(fixture->detail);
        fixture->detail = NULL;
        close(fd);
        str_finish(&zip);
    }
    free(link);
    free(file);
}

static void test_no_zip(void **state) {
    struct fixture *fixture = *state;
    static const char html[] = "<!doctype html><title>login</title>";
    char end[22] = "PK\5\6";
    expect_refused(fixture, unzip_bytes(fixture, "", 0, LIMITS), "empty", "zip");
    expect_refused(fixture, unzip_bytes(fixture, html, sizeof html, LIMITS), "html", "zip");
    assert_true(unzip_bytes(fixture, end, sizeof end, LIMITS)); /* a zip of nothing */
    memset(end + 8, 0xFF, 12);
    expect_refused(fixture, unzip_bytes(fixture, end, sizeof end, LIMITS), "large", "zip64");
}

/* Two entries in the directory for the same bytes: how small files unpack to petabytes. */
static void test_overlap(void **state) {
    struct fixture *fixture = *state;
    const struct zipped entry = {.name = "a", .content = "abc"};
    struct str zip = {0}, directory = {0};
    zip_add_entry(&zip, &directory, &entry);
    zip_add_central(&directory, &entry, 0x352441c2, 3, 3, 0);
    zip_add_end(&zip, &directory, 2);
    expect_refused(fixture, unzip_bytes(fixture, zip.data, zip.size, LIMITS), "overlap",
                   "a: 与别的内容重叠");
    str_finish(&zip);
    str_finish(&directory);
}

static void test_bytes_around(void **state) {
    struct fixture *fixture = *state;
    const struct zipped entry = {.name = "a", .content = "abc"};
    struct str zip = zip_build(&entry, 1), around = {0};
    str_add(&around, "#!/bin/sh\n");
    str_add_bytes(&around, zip.data, zip.size);
    expect_refused(fixture, unzip_bytes(fixture, around.data, around.size, LIMITS), "before",
                   "zip");
    str_add(&zip, "more");
    expect_refused(fixture, unzip_bytes(fixture, zip.data, zip.size, LIMITS), "after", "zip");
    str_finish(&zip);
    str_finish(&around);
}

static void test_many_entries(void **state) {
    struct fixture *fixture = *state;
    struct str zip = {0}, directory = {0};
    struct unzip_limits limits = LIMITS;
    for (int i = 0; i < 60000; i++) {
        char name[16];
        snprintf(name, sizeof name, "%d", i);
        zip_add_entry(&zip, &directory, &(struct zipped){.name = name});
    }
    zip_add_end(&zip, &directory, 60000);
    expect_refused(fixture, unzip_bytes(fixture, zip.data, zip.size, limits), "many", "too many");
    assert_int_equal(fixture->names.size, 0);
    str_finish(&zip);
    str_finish(&directory);
}

/* 100,000 entries in a directory whose end can only say 65,535. */
static void test_more_entries_than_told(void **state) {
    struct fixture *fixture = *state;
    struct str zip = {0}, directory = {0};
    struct unzip_limits limits = LIMITS;
    limits.entries = 1000000;
    for (int i = 0; i < 100000; i++)
        zip_add_entry(&zip, &directory, &(struct zipped){.name = "a"});
    zip_add_end(&zip, &directory, 100000 & 0xFFFF);
    expect_refused(fixture, unzip_bytes(fixture, zip.data, zip.size, limits), "more", "zip");
    assert_int_equal(fixture->names.size, 0);
    str_finish(&zip);
    str_finish(&directory);
}

/* 1 GiB of zeros in a megabyte: as told, and with a directory that tells of less. */
static void test_bomb(void **state) {
    struct fixture *fixture = *state;
    struct unzip_limits limits = LIMITS;
    size_t size = (size_t)1 << 30;
    char *zeros = mmap(NULL, size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    assert_true(zeros != MAP_FAILED);
    struct zipped entry = {.name = "bomb", .content = zeros, .size = size, .deflated = true};
    struct str zip = zip_build(&entry, 1);
    entry.size = 64 << 20;
    entry.claimed = 1 << 20;
    struct str liar = zip_build(&entry, 1);
    munmap(zeros, size);
    expect_refused(fixture, unzip_bytes(fixture, zip.data, zip.size, limits), "bomb", "too large");
    assert_int_equal(fixture->names.size, 0);
    expect_refused(fixture, unzip_bytes(fixture, liar.data, liar.size, limits), "liar", "bomb: ");
    assert_int_equal(entries_in(fixture->folder), 0);
    str_finish(&zip);
    str_finish(&liar);
}

static void test_all_together(void **state) {
    struct fixture *fixture = *state;
    char *large = make_large();
    const struct zipped entries[] = {{.name = "a", .content = large, .size = 300000},
                                     {.name = "b", .content = large, .size = 300000}};
    struct str zip = zip_build(entries, 2);
    struct unzip_limits limits = LIMITS;
    limits.bytes = 599999;
    expect_refused(fixture, unzip_bytes(fixture, zip.data, zip.size, limits), "all", "b: ");
    limits.bytes = 600000;
    assert_true(unzip_bytes(fixture, zip.data, zip.size, limits));
    limits.entry = 299999;
    expect_refused(fixture, unzip_bytes(fixture, zip.data, zip.size, limits), "entry", "a: ");
    limits = LIMITS;
    limits.entries = 1;
    expect_refused(fixture, unzip_bytes(fixture, zip.data, zip.size, limits), "entries", "many");
    str_finish(&zip);
    free(large);
}

static const struct zipped small[] = {
    {.name = "a.txt", .content = "stored, as it stands"},
    {.name = "b/c.txt", .content = "deflated, deflated, deflated", .deflated = true},
    {.name = "d.txt", .content = "told behind, behind", .deflated = true, .descriptor = true},
};

/* What of `small` is there is right; nothing else is there. */
static void expect_only_small(const struct fixture *fixture, const char *when, size_t at) {
    int there = 0;
    for (size_t i = 0; i < 3; i++) {
        char *path = path_join(fixture->folder, small[i].name, NULL), *data = NULL;
        size_t size = 0;
        if (fs_exists(path)) {
            there++;
            assert_true(fs_read(path, 1 << 20, &data, &size));
            if (strcmp(data, small[i].content) != 0)
                fail_msg("%s %zu: %s is wrong", when, at, small[i].name);
        }
        free(data);
        free(path);
    }
    char *folder = path_join(fixture->folder, "b", NULL);
    int expected = there + (fs_is_dir(folder) && entries_in(folder) == 0 ? 1 : 0);
    free(folder);
    if (entries_in(fixture->folder) != expected || entries_in(fixture->root) != 1)
        fail_msg("%s %zu: a file that is not of the zip", when, at);
}

static void test_truncated(void **state) {
    struct fixture *fixture = *state;
    struct str zip = zip_build(small, 3);
    for (size_t size = 0; size < zip.size; size += size + 64 < zip.size ? 16 : 1) {
        bool taken = unzip_bytes(fixture, zip.data, size, LIMITS);
        expect_refused(fixture, taken, "truncated", "");
        expect_only_small(fixture, "truncated", size);
    }
    str_finish(&zip);
}

/* A byte of a name makes another name, which is taken; the contents are right or not there. */
static bool in_a_name(const struct str *zip, size_t at) {
    for (size_t i = 0; i < 3; i++) {
        size_t length = strlen(small[i].name);
        for (const char *found = zip->data;
             (found = memmem(found, zip->data + zip->size - found, small[i].name, length)); found++)
            if (zip->data + at >= found && zip->data + at < found + length)
                return true;
    }
    return false;
}

static void test_flipped(void **state) {
    struct fixture *fixture = *state;
    struct str zip = zip_build(small, 3);
    static const unsigned char flips[] = {0x01, 0x80, 0xFF};
    for (size_t at = 0; at < zip.size; at++)
        for (size_t i = 0; i < sizeof flips && !in_a_name(&zip, at); i++) {
            zip.data[at] = (char)(zip.data[at] ^ flips[i]);
            unzip_bytes(fixture, zip.data, zip.size, LIMITS);
            expect_only_small(fixture, "flipped", at);
            zip.data[at] = (char)(zip.data[at] ^ flips[i]);
        }
    assert_true(unzip_bytes(fixture, zip.data, zip.size, LIMITS));
    str_finish(&zip);
}

/* The name in one of the two headers only: never taken. */
static void test_flipped_names(void **state) {
    struct fixture *fixture = *state;
    struct str zip = zip_build(small, 3);
    for (size_t at = 0; at < zip.size; at++) {
        if (!in_a_name(&zip, at))
            continue;
        zip.data[at] ^= 1;
        expect_refused(fixture, unzip_bytes(fixture, zip.data, zip.size, LIMITS), "name", "");
        zip.data[at] ^= 1;
    }
    str_finish(&zip);
}

static void test_no_folder(void **state) {
    struct fixture *fixture = *state;
    const struct zipped entry = {.name = "a", .content = "x"};
    const struct unzip_limits limits = LIMITS;
    struct str zip = zip_build(&entry, 1);
    int fd = memfd_create("zip", MFD_CLOEXEC);
    assert_true(write_all(fd, zip.data, zip.size));
    assert_false(document_unzip(fixture->nursery, fd, "/nonexistent", &limits, note_name, fixture,
                                &fixture->reject, &fixture->detail));
    assert_int_equal(fixture->reject, REJECT_NO_SPACE);
    close(fd);
    str_finish(&zip);
}

static void test_no_helper(void **state) {
    struct fixture *fixture = *state;
    const struct zipped entry = {.name = "a", .content = "x"};
    nursery_destroy(fixture->nursery);
    fixture->nursery = nursery_create("/nonexistent/document");
    assert_false(unzip_entries(fixture, &entry, 1));
    assert_int_equal(fixture->reject, REJECT_HELPER);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(test_unpacks),
        TEST(test_names_of_windows),
        TEST(test_unwanted_is_not_written),
        TEST(test_position_of_the_source),
        cmocka_unit_test(test_names),
        cmocka_unit_test(test_long_names),
        TEST(test_hostile_entries),
        TEST(test_name_twice),
        TEST(test_link_in_the_way),
        TEST(test_no_zip),
        TEST(test_overlap),
        TEST(test_bytes_around),
        TEST(test_many_entries),
        TEST(test_more_entries_than_told),
        TEST(test_bomb),
        TEST(test_all_together),
        TEST(test_truncated),
        TEST(test_flipped),
        TEST(test_flipped_names),
        TEST(test_no_folder),
        TEST(test_no_helper),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
