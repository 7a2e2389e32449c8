/* document_fixture.h: zip files and HTML through the real helper */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/fs.h"
#include "ingest/document.h"
#include "zip_fixture.h"

#define LIMITS                                                                                     \
    ((struct unzip_limits){                                                                        \
        .bytes = 64 << 20, .entry = 16 << 20, .entries = 1000, .seconds = 30, .memory_mb = 64})

struct fixture {
    struct nursery *nursery;
    char root[32], *folder; /* unpacked below folder, and nothing else may come into root */
    struct str names;       /* that were asked for, each ended by '\n' */
    bool wanted;
    enum reject reject;
    char *detail;
};

static inline int set_up(void **state) {
    struct fixture *fixture = xcalloc(1, sizeof *fixture);
    snprintf(fixture->root, sizeof fixture->root, "/tmp/fengcai-document-XXXXXX");
    if (!mkdtemp(fixture->root))
        return 1;
    fixture->folder = path_join(fixture->root, "in", NULL);
    fixture->nursery = nursery_create(HELPER_DIR "/document");
    fixture->wanted = true;
    *state = fixture;
    return mkdir(fixture->folder, 0700);
}

static inline int tear_down(void **state) {
    struct fixture *fixture = *state;
    nursery_destroy(fixture->nursery);
    fs_remove_tree(fixture->root);
    free(fixture->folder);
    free(fixture->detail);
    str_finish(&fixture->names);
    free(fixture);
    return 0;
}

static inline bool note_name(void *user, const char *name) {
    struct fixture *fixture = user;
    str_addf(&fixture->names, "%s\n", name);
    return fixture->wanted;
}

/* Into an empty folder. */
static inline bool unzip_bytes(struct fixture *fixture, const char *bytes, size_t size,
                               struct unzip_limits limits) {
    int fd = memfd_create("zip", MFD_CLOEXEC);
    assert_true(write_all(fd, bytes, size));
    fs_remove_tree(fixture->folder);
    assert_int_equal(mkdir(fixture->folder, 0700), 0);
    str_clear(&fixture->names);
    free(fixture->detail);
    fixture->detail = NULL;
    bool good = document_unzip(fixture->nursery, fd, fixture->folder, &limits, note_name, fixture,
                               &fixture->reject, &fixture->detail);
    close(fd);
    return good;
}

static inline bool unzip_entries(struct fixture *fixture, const struct zipped *entries,
                                 size_t count) {
    struct str zip = zip_build(entries, count);
    bool good = unzip_bytes(fixture, zip.data, zip.size, LIMITS);
    str_finish(&zip);
    return good;
}

/* Entries of a folder but for "." and "..". */
static inline int entries_in(const char *folder) {
    DIR *dir = opendir(folder);
    int count = -2;
    while (dir && readdir(dir))
        count++;
    if (dir)
        closedir(dir);
    return dir ? count : -1;
}

static inline void expect_content(const struct fixture *fixture, const char *name,
                                  const char *content, size_t size) {
    char *path = path_join(fixture->folder, name, NULL), *data = NULL;
    size_t got = 0;
    assert_true(fs_read(path, 64u << 20, &data, &got));
    assert_int_equal(got, size);
    assert_memory_equal(data, content, size);
    free(data);
    free(path);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
