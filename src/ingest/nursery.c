#include "ingest/nursery.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"

#define GRACE_SECONDS                                                                              \
    10 /* beyond a job's own time: the helper's start, and a machine under load                    \
        */
/* A helper that rested nearly its whole time may leave just when a job arrives: ask a new one. */
#define FRESH_SECONDS (NURSERY_IDLE_SECONDS - 5)

extern char **environ;

struct nursery {
    char *path;
    pid_t helper;        /* -1: none is running */
    int socket;          /* -1 with it */
    int answer;          /* read end of the running job's pipe, else -1 */
    int64_t deadline_us; /* of the running job; after it the helper itself is given up */
    int64_t rested_us;   /* since when the helper has no job */
};

struct nursery *nursery_create(const char *path) {
    struct nursery *nursery = xcalloc(1, sizeof *nursery);
    *nursery = (struct nursery){.path = xstrdup(path), .helper = -1, .socket = -1, .answer = -1};
    return nursery;
}

static void close_answer(struct nursery *nursery) {
    if (nursery->answer >= 0)
        close(nursery->answer);
    nursery->answer = -1;
}

/* The helper does no work and holds nothing, so SIGKILL is a clean end; its children die with it
 * (PR_SET_PDEATHSIG). */
static void end_helper(struct nursery *nursery) {
    close_answer(nursery);
    if (nursery->socket >= 0)
        close(nursery->socket);
    nursery->socket = -1;
    if (nursery->helper > 0) {
        kill(nursery->helper, SIGKILL);
        while (waitpid(nursery->helper, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    nursery->helper = -1;
}

void nursery_destroy(struct nursery *nursery) {
    if (!nursery)
        return;
    end_helper(nursery);
    free(nursery->path);
    free(nursery);
}

/* A process group of its own, so that Ctrl-C in a terminal reaches the keeper alone, which then
 * decides. All signals as they were at the start of a process. */
static int spawn_attributes(posix_spawnattr_t *attributes) {
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setpgroup(attributes, 0);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setsigdefault(attributes, &all);
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                    POSIX_SPAWN_SETSIGDEF);
}

static int spawn(const char *path, int socket, pid_t *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, socket, NURSERY_SOCKET);
    posix_spawn_file_actions_addclosefrom_np(&actions, NURSERY_SOCKET + 1);
    int error = spawn_attributes(&attributes);
    char *arguments[] = {(char *)path, NULL};
    if (error == 0)
        error = posix_spawn(pid, path, &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static bool start_helper(struct nursery *nursery) {
    int pair[2];
    int error = 0;
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0) {
        error = errno;
    } else {
        error = spawn(nursery->path, pair[1], &nursery->helper);
        close(pair[1]);
        if (error != 0)
            close(pair[0]);
    }
    if (error != 0) {
        log_error("%s: 无法启动 (cannot be started): %s", nursery->path, strerror(error));
        nursery->helper = -1;
        return false;
    }
    nursery->socket = pair[0];
    nursery->rested_us = time_monotonic_us();
    return true;
}

static bool helper_is_fresh(const struct nursery *nursery) {
    if (nursery->helper < 0)
        return false;
    struct pollfd ended = {.fd = nursery->socket};
    if (poll(&ended, 1, 0) != 0)
        return false;
    return time_monotonic_us() - nursery->rested_us < FRESH_SECONDS * INT64_C(1000000);
}

static bool send_job(int socket, const struct nursery_job *job, int source, int answer) {
    struct nursery_job copy = *job;
    struct iovec data = {.iov_base = &copy, .iov_len = sizeof copy};
    const int descriptors[2] = {source, answer};
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof descriptors)];
    } control = {0};
    struct msghdr message = {.msg_iov = &data,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof descriptors);
    memcpy(CMSG_DATA(rights), descriptors, sizeof descriptors);
    ssize_t sent = 0;
    do
        sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return sent == (ssize_t)sizeof copy;
}

bool nursery_start(struct nursery *nursery, const struct nursery_job *job, int source) {
    int answer[2];
    if (pipe2(answer, O_CLOEXEC) != 0) {
        log_error("%s: %s", nursery->path, strerror(errno));
        return false;
    }
    if (!helper_is_fresh(nursery))
        end_helper(nursery);
    bool good = nursery->helper > 0 || start_helper(nursery);
    if (good && !send_job(nursery->socket, job, source, answer[1])) {
        log_error("%s: 无法交给任务 (cannot be given a job): %s", nursery->path, strerror(errno));
        end_helper(nursery);
        good = false;
    }
    close(answer[1]);
    if (!good) {
        close(answer[0]);
        return false;
    }
    nursery->answer = answer[0];
    nursery->deadline_us = time_monotonic_us() + (job->seconds + GRACE_SECONDS) * INT64_C(1000000);
    return true;
}

/* False: the deadline passed before there was something to read, or an end of it. */
static bool wait_readable(int fd, int64_t deadline_us) {
    for (;;) {
        int64_t left_ms = (deadline_us - time_monotonic_us()) / 1000 + 1;
        if (left_ms <= 0)
            return false;
        struct pollfd wanted = {.fd = fd, .events = POLLIN};
        int ready = poll(&wanted, 1, left_ms > 60000 ? 60000 : (int)left_ms);
        if (ready > 0)
            return true;
        if (ready < 0 && errno != EINTR)
            return false;
    }
}

bool nursery_read(struct nursery *nursery, void *bytes, size_t size) {
    char *at = bytes;
    while (size) {
        if (!wait_readable(nursery->answer, nursery->deadline_us))
            return false;
        ssize_t n = read(nursery->answer, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

struct nursery_end nursery_finish(struct nursery *nursery, bool cancel) {
    struct nursery_end end = {0};
    close_answer(nursery);
    if (cancel)
        send(nursery->socket, "", 1, MSG_NOSIGNAL);
    if (!wait_readable(nursery->socket, nursery->deadline_us)) {
        end_helper(nursery);
        return (struct nursery_end){.kind = NURSERY_TOO_SLOW};
    }
    ssize_t got = 0;
    do
        got = recv(nursery->socket, &end, sizeof end, 0);
    while (got < 0 && errno == EINTR);
    if (got != (ssize_t)sizeof end) {
        log_warning("%s: 意外退出 (ended unexpectedly)", nursery->path);
        end_helper(nursery);
        return (struct nursery_end){.kind = NURSERY_HELPER_DIED};
    }
    nursery->rested_us = time_monotonic_us();
    return end;
}

int nursery_landlock_version(void) {
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version > 0 ? (int)version : 0;
}
