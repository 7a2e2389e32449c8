/* clock: a monotonic clock that a test moves on, for a program that it is loaded into (LD_PRELOAD)
 *
 * FENGCAI_CLOCK names a file of two int64_t, which it maps: by how many microseconds the clock is
 * ahead, written by the test; and how often the program has begun to wait for several descriptors
 * for longer than a second, with nothing to do. Such a wait ends after 20 ms, so that the program
 * looks at its clock again. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define LOOK_MS 20
#define IDLE_MS 1000 /* a transfer looks up more often */

static struct shared { _Atomic int64_t ahead_us, waits; } * shared;

__attribute__((constructor)) static void start(void) {
    const char *path = getenv("FENGCAI_CLOCK");
    bool ours = strcmp(program_invocation_short_name, "fengcai") == 0; /* not its helpers */
    int fd = path && ours ? open(path, O_RDWR | O_CLOEXEC) : -1;
    void *map = fd >= 0 ? mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0)
                        : MAP_FAILED;
    if (fd >= 0)
        close(fd);
    if (map != MAP_FAILED)
        shared = map;
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    long result = syscall(SYS_clock_gettime, clock, time);
    if (result == 0 && shared && clock == CLOCK_MONOTONIC) {
        int64_t us = time->tv_nsec / 1000 + atomic_load(&shared->ahead_us);
        time->tv_sec += us / 1000000;
        time->tv_nsec = us % 1000000 * 1000;
    }
    return (int)result;
}

int poll(struct pollfd *fds, nfds_t count, int timeout_ms) {
    struct timespec least = {.tv_nsec = LOOK_MS * 1000000L};
    struct timespec wanted = {timeout_ms / 1000, timeout_ms % 1000 * 1000000L};
    struct timespec *time = timeout_ms < 0 ? NULL : &wanted;
    if (shared && count > 1 && (!time || timeout_ms > IDLE_MS)) {
        atomic_fetch_add(&shared->waits, 1);
        time = &least;
    }
    return (int)syscall(SYS_ppoll, fds, count, time, NULL, 0);
}
