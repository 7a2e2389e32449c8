/* What a child does to a stick: looks, and copies. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sys/stat.h>

#include <cmocka.h>

#include "base/fs.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/stick_read.h"

struct place {
    char root[64];
    char *stick, *copy;
    size_t bytes, bundles;
    int64_t total, zip_bytes;
    struct str refused; /* CODE PATH DETAIL, a line each */
};

static void on_bytes(void *user, size_t bytes) {
    ((struct place *)user)->bytes += bytes;
}

static void on_bundle(void *user, const char *from, const char *staged, int64_t zip_bytes) {
    struct place *place = user;
    (void)from;
    place->bundles += fs_exists(staged);
    place->zip_bytes = zip_bytes;
}

static void on_refused(void *user, const char *path, enum reject reject, const char *detail) {
    struct place *place = user;
    str_addf(&place->refused, "%s %s %s\n", reject_code(reject), path + strlen(place->stick) + 1,
             detail ? detail : "");
}

static void on_total(void *user, int64_t bytes) {
    ((struct place *)user)->total += bytes;
}

static struct stick_reader reader_of(struct place *place) {
    return (struct stick_reader){.document = HELPER_DIR "/document",
                                 .on_bytes = on_bytes,
                                 .on_bundle = on_bundle,
                                 .on_total = on_total,
                                 .on_refused = on_refused,
                                 .user = place};
}

static int set_up(void **state) {
    struct place *place = xcalloc(1, sizeof *place);
    snprintf(place->root, sizeof place->root, "/tmp/fengcai-read-XXXXXX");
    assert_non_null(mkdtemp(place->root));
    place->stick = path_join(place->root, "stick", NULL);
    place->copy = path_join(place->root, "copy", NULL);
    assert_true(fs_make_dirs(place->stick) && fs_make_dirs(place->copy));
    *state = place;
    return 0;
}

static int tear_down(void **state) {
    struct place *place = *state;
    fs_remove_tree(place->root);
    free(place->stick);
    free(place->copy);
    str_finish(&place->refused);
    free(place);
    return 0;
}

/* Runs in the root of the place. */
static bool shell(const struct place *place, const char *command) {
    char *text = xasprintf("cd %s && %s", place->root, command);
    int status = system(text);
    free(text);
    return status == 0;
}

static void expect_look(struct place *place, size_t bundles, int64_t files) {
    const struct stick_reader reader = reader_of(place);
    bool content = false;
    int64_t found = 0;
    place->bundles = 0;
    assert_int_equal(stick_look(place->stick, place->copy, &content, &found, &reader),
                     STICK_READ_DONE);
    assert_int_equal(place->bundles, bundles);
    assert_int_equal(found, files);
    assert_int_equal(content, files > 0);
}

static void test_look(void **state) {
    struct place *place = *state;
    expect_look(place, 0, 0);
    assert_true(
        shell(place, "cd stick; touch a.exe .b.jpg Thumbs.db '~$c.docx' noext; mkfifo d.jpg"));
    expect_look(place, 0, 0);
    assert_true(shell(place, "cd stick; touch e.JPG; mkdir x; touch x/f.docx"));
    expect_look(place, 0, 2);
    /* unsigned it is content, signed a bundle, whose media are not counted */
    assert_true(shell(place, "cd stick/x; mkdir -p b/media; touch b/feed.json b/media/1.jpg"));
    expect_look(place, 0, 3);
    assert_true(
        shell(place, "cd stick/x/b; touch feed.json.minisig; ln -s /etc/passwd page-1.json"));
    expect_look(place, 1, 2);
    assert_true(shell(place, "test -f copy/0/feed.json -a ! -e copy/0/media"));
    assert_true(shell(place, "test ! -e copy/0/page-1.json")); /* links are not followed */
}

/* A .zip with a signature in it is a bundle, whatever else is there is content. */
static void test_zips(void **state) {
    struct place *place = *state;
    assert_true(shell(place,
                      "mkdir -p b/media && echo {} >b/feed.json && echo s >b/feed.json.minisig "
                      "&& echo p >b/page-1.json && echo m >b/media/1.jpg"));
    assert_true(shell(place, "python3 -m zipfile -c stick/在里面.ZIP b && cd b && "
                             "python3 -m zipfile -c ../stick/在上面.zip feed.json media "
                             "feed.json.minisig page-1.json && python3 -m zipfile -c "
                             "../stick/没有签名.zip feed.json media && python3 -m zipfile -c "
                             "../stick/没有头.zip feed.json.minisig"));
    assert_true(
        shell(place, "echo feed.json.minisig >stick/假.zip && ln -s 在上面.zip stick/链.zip"));
    expect_look(place, 2, 4); /* a link to a file on the stick is content: it is refused by name */
    assert_true(place->zip_bytes > 0);
    assert_true(shell(place, "test $(find copy -type f | wc -l) = 6 -a ! -e copy/0/media"));
}

/* Pages that would fill the disk before anybody has asked whose they are. */
static void test_pages(void **state) {
    struct place *place = *state;
    assert_true(shell(place, "mkdir stick/b && cd stick/b && echo {} >feed.json && echo s "
                             ">feed.json.minisig && truncate -s 16M $(seq -f page-%02g.json 40)"));
    expect_look(place, 1, 0);
    assert_true(
        shell(place, "test $(ls copy/0/page-* | wc -l) = 16 -a -s copy/0/feed.json.minisig"));
}

static void test_zip_of_pages(void **state) {
    struct place *place = *state;
    assert_true(shell(place,
                      "python3 -c 'import zipfile; z = zipfile.ZipFile(\"stick/a.zip\", "
                      "\"w\", 8); page = bytes(16 << 20)\nz.writestr(\"feed.json\", \"{}\")\n"
                      "z.writestr(\"feed.json.minisig\", \"s\")\n"
                      "for i in range(17): z.writestr(f\"page-{i}.json\", page)'"));
    expect_look(place, 0, 1);
    assert_true(shell(place, "test $(du -s copy | cut -f1) -lt 1000"));
}

static void test_gone(void **state) {
    struct place *place = *state;
    const struct stick_reader reader = reader_of(place);
    bool content = false;
    int64_t files = 0;
    assert_true(shell(place, "rmdir stick"));
    assert_int_equal(stick_look(place->stick, place->copy, &content, &files, &reader),
                     STICK_READ_ERROR);
}

/* Pulled out and put in again: what is whole is not read again, what is not is. */
static void test_files_go_on(void **state) {
    struct place *place = *state;
    const struct stick_reader reader = reader_of(place);
    struct stick_file file = {.from = path_join(place->stick, "a", NULL),
                              .to = path_join(place->copy, "a", NULL),
                              .expected = hash_of("hello", 5),
                              .bytes = 5};
    assert_true(shell(place, "printf hello >stick/a; printf hellx >copy/a"));
    assert_int_equal(stick_copy_files(&file, 1, &reader), STICK_READ_DONE);
    assert_true(shell(place, "test $(cat copy/a) = hello && rm stick/a"));
    assert_int_equal(stick_copy_files(&file, 1, &reader), STICK_READ_DONE);
    assert_true(shell(place, "test $(cat copy/a) = hello && rm copy/a"));
    assert_int_equal(stick_copy_files(&file, 1, &reader), STICK_READ_DONE); /* the door misses it */
    assert_true(shell(place, "test ! -e copy/a && printf longer >stick/a"));
    assert_int_equal(stick_copy_files(&file, 1, &reader), STICK_READ_DONE);
    assert_true(shell(place, "test $(stat -c %s copy/a) = 6 && ! grep -q longer copy/a"));
    free(file.from);
    free(file.to);
}

static void test_tree(void **state) {
    struct place *place = *state;
    const struct stick_reader reader = reader_of(place);
    char *path = path_join(place->stick, "党建引领/甲", NULL);
    assert_true(
        shell(place, "mkdir -p stick/党建引领/甲/图片 stick/党建引领/乙 && cd stick/党建引领 && "
                     "echo 正文 >甲/正文.txt && echo 1 >甲/图片/'1 说明.jpg' && echo 2 >乙/2.txt"));
    assert_true(shell(place,
                      "cd stick/党建引领/甲 && ln -s /etc/passwd 密.txt && ln -s 正文.txt 链.txt "
                      "&& mkfifo 管.txt && touch $(printf '\\377.txt')"));
    assert_true(shell(place, "cd stick/党建引领/甲 && echo 影像 >短片.rmvb && mkdir 包 && echo {} "
                             ">包/feed.json && echo 影像 >包/短片.rmvb && echo 压缩 >包.zip && "
                             "truncate -s 513M 长片.MOV"));
    assert_int_equal(stick_copy_tree(place->stick, path, place->copy, &reader), STICK_READ_DONE);
    /* what is no file, or is refused by its name, counts nothing */
    assert_true(place->total == 26 && place->bytes == 26);
    assert_true(
        shell(place, "cd copy/党建引领 && test $(cat 甲/正文.txt) = 正文 -a -e 甲/图片/1*"));
    assert_true(shell(place, "test $(ls copy/党建引领) = 甲 && ! grep -rq root copy"));
    assert_true(shell(place, "test $(find copy ! -type d | wc -l) = 7"));
    /* what is refused by its name or length is not copied, but all of a bundle is */
    assert_true(shell(
        place, "cd copy/党建引领/甲 && test -e 短片.rmvb -a ! -s 短片.rmvb -a -s 包/短片.rmvb "
               "-a -s 包.zip -a $(stat -c %s 长片.MOV) = $((513 << 20))"));
    assert_string_equal(str_text(&place->refused),
                        "unreadable 党建引领/甲/链.txt 链接 (a link)\n"
                        "name_invalid 党建引领/甲/\\xFF.txt \n"
                        "unreadable 党建引领/甲/密.txt 链接 (a link)\n"
                        "file_type 党建引领/甲/管.txt 不是普通文件 (not a regular file)\n");
    free(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_look, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_zips, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_zip_of_pages, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_gone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_files_go_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_tree, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
