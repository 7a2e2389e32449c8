#include "command/reading.h"

#include <time.h>

#include "base/clock.h"
#include "base/log.h"

#define WAIT_TIMES 100 /* of 50 ms: longer than any commit */

int reading_code(const struct paths *paths, enum read_result result) {
    switch (result) {
    case READ_DONE:
    case READ_MISSING:
        return EXIT_DONE;
    case READ_BUSY:
        log_error("%s: 正在写入，请稍后再试 (being written, try again)", paths->library);
        break;
    case READ_UNREADY:
        log_error("%s: 需要先由 fengcai keep 恢复 (must be recovered by fengcai keep first)",
                  paths->library);
        break;
    case READ_DAMAGED:
        log_error("%s: 案例库已损坏 (the library is damaged)", paths->library);
        break;
    case READ_FAILED:
        log_error("%s: 无法读取案例库 (the library cannot be read)", paths->library);
        break;
    }
    return EXIT_LIBRARY;
}

int64_t reading_now_ms(const struct paths *paths) {
    struct clock clock;
    clock_init(&clock, paths);
    return clock_now(&clock).believed_ms;
}

enum read_result reading_wait(enum read_result (*read)(void *user), void *user) {
    enum read_result result = READ_BUSY;
    for (int i = 0; i < WAIT_TIMES && result == READ_BUSY; i++) {
        result = read(user);
        if (result == READ_BUSY)
            nanosleep(&(struct timespec){.tv_nsec = 50000000}, NULL);
    }
    return result;
}
