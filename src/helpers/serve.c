#include "helpers/serve.h"

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "helpers/jail.h"

struct job {
    struct nursery_job order;
    int source, answer; /* owned */
};

enum taken { TAKEN, TAKEN_NOTHING, TAKEN_END };

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * INT64_C(1000) + now.tv_nsec / 1000000;
}

static bool single_threaded(void) {
    DIR *tasks = opendir("/proc/self/task");
    int count = 0;
    if (!tasks)
        return false;
    for (const struct dirent *task; (task = readdir(tasks));)
        count += task->d_name[0] != '.';
    closedir(tasks);
    return count == 1;
}

/* Puts what came by SCM_RIGHTS into fds; what is more than two is closed. Gives their number. */
static int take_descriptors(struct msghdr *message, int fds[2]) {
    int count = 0;
    for (struct cmsghdr *at = CMSG_FIRSTHDR(message); at; at = CMSG_NXTHDR(message, at)) {
        if (at->cmsg_level != SOL_SOCKET || at->cmsg_type != SCM_RIGHTS)
            continue;
        size_t size = at->cmsg_len - CMSG_LEN(0);
        for (size_t i = 0; i + sizeof(int) <= size; i += sizeof(int)) {
            int fd = -1;
            memcpy(&fd, CMSG_DATA(at) + i, sizeof fd);
            if (count < 2)
                fds[count++] = fd;
            else
                close(fd);
        }
    }
    return count;
}

static enum taken take_job(int socket, struct job *job) {
    struct iovec data = {.iov_base = &job->order, .iov_len = sizeof job->order};
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(2 * sizeof(int))];
    } control = {0};
    struct msghdr message = {.msg_iov = &data,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof control.bytes};
    ssize_t got = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
    if (got < 0 && errno == EINTR)
        return TAKEN_NOTHING;
    if (got <= 0)
        return TAKEN_END;
    int fds[2] = {-1, -1};
    int count = take_descriptors(&message, fds);
    if (got == (ssize_t)sizeof job->order && count == 2) {
        job->source = fds[0];
        job->answer = fds[1];
        return TAKEN;
    }
    for (int i = 0; i < count; i++) /* a late "cancel" has none */
        close(fds[i]);
    return TAKEN_NOTHING;
}

static struct nursery_end reap(pid_t child, enum nursery_end_kind why) {
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (why != NURSERY_EXITED)
        return (struct nursery_end){.kind = why};
    if (!WIFSIGNALED(status))
        return (struct nursery_end){.kind = NURSERY_EXITED, .value = WEXITSTATUS(status)};
    if (WTERMSIG(status) == SIGXCPU)
        return (struct nursery_end){.kind = NURSERY_TOO_SLOW};
    return (struct nursery_end){.kind = NURSERY_KILLED, .value = WTERMSIG(status)};
}

/* Waits for the child, at most its time, and as long as the keeper wants it. */
static struct nursery_end wait_for_child(int socket, pid_t child, int seconds) {
    enum nursery_end_kind why = NURSERY_EXITED;
    int64_t deadline = now_ms() + seconds * INT64_C(1000);
    int process = pidfd_open(child, 0);
    while (process >= 0) {
        int64_t left = deadline - now_ms();
        struct pollfd wanted[] = {{.fd = process, .events = POLLIN},
                                  {.fd = socket, .events = POLLIN}};
        int ready = left > 0 ? poll(wanted, 2, left > 60000 ? 60000 : (int)left) : 0;
        if (ready > 0 && wanted[0].revents)
            break;
        if (ready > 0)
            why = NURSERY_CANCELLED;
        else if (left <= 0)
            why = NURSERY_TOO_SLOW;
        if (why != NURSERY_EXITED)
            break;
    }
    if (process < 0 || why != NURSERY_EXITED)
        kill(child, SIGKILL);
    if (process >= 0)
        close(process);
    return reap(child, why);
}

static struct nursery_end run_child(int socket, const struct job *job, serve_work *work,
                                    bool threads) {
    const struct jail_limits limits = {job->order.memory_mb, job->order.seconds, threads};
    pid_t parent = getpid();
    pid_t child = fork();
    if (child < 0)
        return (struct nursery_end){.kind = NURSERY_NO_CHILD, .value = errno};
    if (child == 0) {
        if (!jail_enter(parent, job->source, job->answer, &limits))
            _exit(NURSERY_EXIT_NO_JAIL);
        _exit(work(job->order.request, JAIL_SOURCE, JAIL_ANSWER));
    }
    return wait_for_child(socket, child, job->order.seconds);
}

int serve(serve_work *work, bool threads) {
    if (!single_threaded()) {
        log_error("辅助程序不是单线程 (a helper must have one thread when it forks)");
        return 1;
    }
    for (;;) {
        struct pollfd wanted = {.fd = NURSERY_SOCKET, .events = POLLIN};
        int ready = poll(&wanted, 1, NURSERY_IDLE_SECONDS * 1000);
        if (ready == 0)
            return 0;
        struct job job = {.source = -1, .answer = -1};
        enum taken taken = ready < 0 ? TAKEN_NOTHING : take_job(NURSERY_SOCKET, &job);
        if (taken == TAKEN_END)
            return 0;
        if (taken == TAKEN_NOTHING)
            continue;
        struct nursery_end end = {.kind = NURSERY_NO_CHILD, .value = EPROTO};
        if (single_threaded())
            end = run_child(NURSERY_SOCKET, &job, work, threads);
        close(job.source);
        close(job.answer);
        if (send(NURSERY_SOCKET, &end, sizeof end, MSG_NOSIGNAL) < 0)
            return 0;
    }
}
