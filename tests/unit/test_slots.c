/* Two slots of a file: torn, damaged, grown. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "library/slots.h"
#include "library_fixture.h"

static const char *path_of(void **state) {
    return ((struct fixture *)*state)->paths.floors;
}

static void save(const char *path, const char *text) {
    struct slots slots;
    char *before = NULL;
    size_t size = 0;
    assert_int_not_equal(slots_open(&slots, path, &before, &size), SLOTS_FAILED);
    assert_true(slots_save(&slots, text, strlen(text)));
    slots_close(&slots);
    free(before);
}

static void assert_text(const char *path, enum slots_result expected, const char *text) {
    struct slots slots;
    char *found = NULL;
    size_t size = 0;
    assert_int_equal(slots_open(&slots, path, &found, &size), expected);
    if (text) {
        assert_string_equal(found, text);
        assert_int_equal(size, strlen(text));
    } else {
        assert_null(found);
    }
    slots_close(&slots);
    free(found);
}

/* Turns one bit of the file over. */
static void flip(const char *path, off_t offset) {
    unsigned char byte = 0;
    int fd = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(pread(fd, &byte, 1, offset), 1);
    byte ^= 4;
    assert_int_equal(pwrite(fd, &byte, 1, offset), 1);
    close(fd);
}

static char *long_text(char filling, size_t size) {
    char *text = xcalloc(size + 1, 1);
    memset(text, filling, size);
    return text;
}

static void test_in_turn(void **state) {
    const char *path = path_of(state);
    assert_text(path, SLOTS_NONE, NULL);
    save(path, "one");
    assert_text(path, SLOTS_READ, "one");
    save(path, "two");
    assert_text(path, SLOTS_READ, "two");
    save(path, "");
    assert_text(path, SLOTS_READ, "");
    struct slots slots;
    char *text = NULL;
    size_t size = 0;
    assert_int_equal(slots_open(&slots, path, &text, &size), SLOTS_READ);
    assert_int_equal(slots.counter, 3);
    assert_true(slots_save(&slots, "four", 4) && slots_save(&slots, "five", 4));
    assert_int_equal(slots.counter, 5);
    slots_close(&slots);
    free(text);
    assert_text(path, SLOTS_READ, "five");
}

/* Whatever bit of the newer slot is wrong, the older one is read; then the newer one is written
 * over, and nothing else. */
static void test_every_bit(void **state) {
    const char *path = path_of(state);
    save(path, "old"); /* into slot 0 */
    save(path, "new");
    for (off_t offset = SLOT_BLOCK; offset < SLOT_BLOCK + 64 + 3; offset++) {
        flip(path, offset);
        assert_text(path, SLOTS_READ, "old");
        flip(path, offset);
        assert_text(path, SLOTS_READ, "new");
    }
    flip(path, SLOT_BLOCK + 20);
    save(path, "newer");
    assert_text(path, SLOTS_READ, "newer");
    flip(path, SLOT_BLOCK + 20);
    assert_text(path, SLOTS_READ, "old");
    flip(path, 20);
    assert_text(path, SLOTS_DAMAGED, NULL);
    save(path, "again");
    assert_text(path, SLOTS_READ, "again");
}

/* A write that ends anywhere leaves what was there before. */
static void test_torn(void **state) {
    const char *path = path_of(state);
    char *old = long_text('o', 3 * SLOT_BLOCK), *new = long_text('n', 5 * SLOT_BLOCK + 7);
    save(path, old);
    char *before = NULL, *after = NULL;
    size_t before_size = 0, after_size = 0;
    assert_true(fs_read(path, 1u << 20, &before, &before_size));
    save(path, new);
    assert_text(path, SLOTS_READ, new);
    assert_true(fs_read(path, 1u << 20, &after, &after_size));
    for (size_t cut = 0; cut < after_size; cut += 509) {
        int fd = open(path, O_RDWR | O_TRUNC | O_CLOEXEC);
        assert_int_equal(pwrite(fd, before, before_size, 0), before_size);
        for (size_t at = SLOT_BLOCK; at < cut; at += 2 * (size_t)SLOT_BLOCK) {
            size_t size = cut - at < SLOT_BLOCK ? cut - at : SLOT_BLOCK;
            assert_int_equal(pwrite(fd, after + at, size, (off_t)at), size);
        }
        close(fd);
        assert_text(path, SLOTS_READ, old);
    }
    free(after);
    free(before);
    free(new);
    free(old);
}

static void test_failures(void **state) {
    const char *path = path_of(state);
    struct slots slots;
    char *text = NULL;
    size_t size = 0;
    write_file(path, "");
    assert_text(path, SLOTS_NONE, NULL);
    write_file(path, "not slots");
    assert_text(path, SLOTS_DAMAGED, NULL);
    unlink(path);
    assert_int_equal(mkdir(path, 0755), 0);
    assert_int_equal(slots_open(&slots, path, &text, &size), SLOTS_DAMAGED);
    assert_false(slots_save(&slots, "x", 1));
    slots_close(&slots);
    char *beyond = path_join(path, "file/below", NULL), *file = path_join(path, "file", NULL);
    write_file(file, "");
    assert_int_equal(slots_open(&slots, beyond, &text, &size), SLOTS_FAILED);
    slots_close(&slots);
    free(file);
    free(beyond);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_start, fixture_finish)

int main(void) {
    const struct CMUnitTest tests[] = {T(test_in_turn), T(test_every_bit), T(test_torn),
                                       T(test_failures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
