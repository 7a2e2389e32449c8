#include "command/keeper_child.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/time.h"

#define FIRST_PAUSE_S   1
#define LONGEST_PAUSE_S 60
#define GOOD_LIFE_US    (300 * 1000000LL) /* after such a life the pause starts anew */

struct keeper_child {
    pthread_t thread;
    char *words[12]; /* argv, ended by NULL; borrowed from the context */
    pthread_mutex_t mutex;
    pthread_cond_t stopping;
    bool stop; /* guarded by mutex */
    pid_t pid; /* guarded by mutex; 0: not running */
};

static void become_keeper(char **words, pid_t parent) {
    sigset_t none;
    sigemptyset(&none);
    pthread_sigmask(SIG_SETMASK, &none, NULL);
    /* Other threads may be making pipes of their own at this moment: none of them is ours. */
    syscall(SYS_close_range, 3u, ~0u, 0u);
    if (prctl(PR_SET_PDEATHSIG, SIGTERM) == 0 && getppid() == parent)
        execv(words[0], words);
    _exit(127);
}

/* False: told to stop, or no process could be made. */
static bool spawn(struct keeper_child *child) {
    pid_t parent = getpid();
    pthread_mutex_lock(&child->mutex);
    if (!child->stop) {
        child->pid = fork();
        if (child->pid == 0)
            become_keeper(child->words, parent);
        if (child->pid < 0) {
            log_error("keeper: %s", strerror(errno));
            child->pid = 0;
        }
    }
    bool running = child->pid > 0;
    pthread_mutex_unlock(&child->mutex);
    return running;
}

/* Sleeps unless told to stop; true: told so. */
static bool pause_for(struct keeper_child *child, int seconds) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    pthread_mutex_lock(&child->mutex);
    while (!child->stop &&
           pthread_cond_timedwait(&child->stopping, &child->mutex, &until) != ETIMEDOUT)
        ;
    bool stop = child->stop;
    pthread_mutex_unlock(&child->mutex);
    return stop;
}

/* Waits for its end; true: told to stop. Between its death and the mutex its number stays taken, so
 * that keeper_child_stop never signals a stranger. */
static bool wait_for(struct keeper_child *child, int *status) {
    siginfo_t info;
    while (waitid(P_PID, (id_t)child->pid, &info, WEXITED | WNOWAIT) < 0 && errno == EINTR)
        ;
    pthread_mutex_lock(&child->mutex);
    waitpid(child->pid, status, 0);
    child->pid = 0;
    bool stop = child->stop;
    pthread_mutex_unlock(&child->mutex);
    return stop;
}

static void *child_main(void *user) {
    struct keeper_child *child = user;
    int pause_s = FIRST_PAUSE_S;
    for (;;) {
        int64_t born = time_monotonic_us();
        if (spawn(child)) {
            int status = 0;
            bool stop = wait_for(child, &status);
            if (stop)
                return NULL;
            log_print(status ? LOG_LEVEL_WARNING : LOG_LEVEL_INFO,
                      "keeper: 已退出，状态 %d，%d 秒后重启 (it ended, restarting)", status,
                      pause_s);
        }
        if (pause_for(child, pause_s))
            return NULL;
        bool lived = time_monotonic_us() - born > GOOD_LIFE_US;
        pause_s = lived ? FIRST_PAUSE_S : pause_s * 2;
        pause_s = pause_s > LONGEST_PAUSE_S ? LONGEST_PAUSE_S : pause_s;
    }
}

static void set_words(struct keeper_child *child, const struct context *context) {
    size_t n = 0;
    child->words[n++] = context->paths.program;
    child->words[n++] = (char *)"keep";
    child->words[n++] = (char *)"--data";
    child->words[n++] = context->paths.data;
    if (context->global.state) {
        child->words[n++] = (char *)"--state";
        child->words[n++] = context->paths.state;
    }
    if (context->global.config) {
        child->words[n++] = (char *)"--config";
        child->words[n++] = (char *)context->global.config;
    }
    if (context->global.verbose)
        child->words[n++] = (char *)"--verbose";
}

struct keeper_child *keeper_child_start(const struct context *context) {
    struct keeper_child *child = xcalloc(1, sizeof *child);
    pthread_mutex_init(&child->mutex, NULL);
    pthread_condattr_t monotonic; /* a clock that jumps must not keep the keeper away */
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&child->stopping, &monotonic);
    pthread_condattr_destroy(&monotonic);
    set_words(child, context);
    if (pthread_create(&child->thread, NULL, child_main, child) == 0)
        return child;
    log_error("keeper: 无法启动线程 (cannot start the thread)");
    free(child);
    return NULL;
}

void keeper_child_stop(struct keeper_child *child) {
    if (!child)
        return;
    pthread_mutex_lock(&child->mutex);
    child->stop = true;
    if (child->pid > 0)
        kill(child->pid, SIGTERM);
    pthread_cond_signal(&child->stopping);
    pthread_mutex_unlock(&child->mutex);
    pthread_join(child->thread, NULL);
    pthread_cond_destroy(&child->stopping);
    pthread_mutex_destroy(&child->mutex);
    free(child);
}
