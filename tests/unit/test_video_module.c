/* The module that plays videos, without a screen: what it takes it gives back. */
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "display/video_wire.h"

#define ANY_FILE SOURCE_DIR "/README.md"
#define TIMES    20

static void wake(void *user) {
    (void)user;
}

static const struct video_table *table(void) {
    void *module = dlopen(HELPER_DIR "/video.so", RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    assert_non_null(module);
    const struct video_table *found = dlsym(module, VIDEO_SYMBOL);
    assert_non_null(found);
    assert_int_equal(found->version, VIDEO_VERSION);
    return found;
}

/* Descriptors of that file. */
static int open_count(const char *path) {
    char *real = realpath(path, NULL), at[4096];
    DIR *dir = opendir("/proc/self/fd");
    int count = 0;
    for (struct dirent *entry; (entry = readdir(dir));) {
        ssize_t length = readlinkat(dirfd(dir), entry->d_name, at, sizeof at - 1);
        at[length > 0 ? length : 0] = '\0';
        count += strcmp(at, real) == 0;
    }
    closedir(dir);
    free(real);
    return count;
}

/* On a thread of its own, which is confined for good. Gives how many there were. */
static void *begin_and_leave(void *user) {
    const struct video_table *module = user;
    intptr_t count = 0;
    for (int i = 0; i < TIMES; i++) {
        const char *fault = "";
        const struct video_source source = {.fd = open(ANY_FILE, O_RDONLY | O_CLOEXEC),
                                            .wake = wake};
        struct video_engine *engine = module->create(&source, &fault);
        count += engine != NULL;
        if (engine)
            module->destroy(engine);
    }
    return (void *)count;
}

/* Left so soon, libmpv may not have opened it yet. */
static void what_is_left_at_once_is_closed(void **state) {
    (void)state;
    pthread_t thread;
    void *count = NULL;
    assert_int_equal(pthread_create(&thread, NULL, begin_and_leave, (void *)table()), 0);
    assert_int_equal(pthread_join(thread, &count), 0);
    assert_int_equal((intptr_t)count, TIMES);
    assert_int_equal(open_count(ANY_FILE), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_left_at_once_is_closed)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
