#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "ingest/door.h"
#include "keeper/clerk_kinds.h"

#define LOOK_US       (30 * 1000000LL) /* 50,000 files take 10 s; what takes longer is stuck */
#define MAX_LOOK_SIZE (8u << 20)       /* 20,000 cases */
#define ASK_EVERY_MS  100

/* `fengcai import --look --json PATH`, which changes nothing. */
struct look {
    pid_t pid;
    int from;
    struct str text;
    bool whole; /* all of it was read */
    bool stopped, late;
};

#define MOST_WORDS 16

/* "--unit=party"; NULL: the arguments do not say. The caller's. */
static char *option_of(const struct clerk_work *work, const char *name) {
    const char *value = json_string_value(json_object_get(work->arguments, name));
    return value ? xasprintf("--%s=%s", name, value) : NULL;
}

static void become_look(const struct clerk_work *work, const char *path, int out, pid_t parent) {
    const struct paths *paths = work->paths;
    const char *config = work->door->config->file; /* as this process was told */
    const char *const fixed[] = {paths->program, "--state", paths->state, "--data",
                                 paths->data,    "import",  "--look",     "--json"};
    char *more[] = {option_of(work, "unit"), option_of(work, "school"), (char *)"--", (char *)path};
    char *words[MOST_WORDS] = {0};
    size_t count = 0;
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        words[count++] = (char *)fixed[i];
    if (config) {
        words[count++] = (char *)"--config";
        words[count++] = (char *)config;
    }
    for (size_t i = 0; i < sizeof more / sizeof *more; i++)
        if (more[i])
            words[count++] = more[i];
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    if (dup2(out, STDOUT_FILENO) >= 0 && syscall(SYS_close_range, 3u, ~0u, 0u) == 0 &&
        prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent)
        execv(words[0], (char *const *)words);
    _exit(127);
}

static bool start(struct look *look, const struct clerk_work *work, const char *path) {
    int ends[2];
    pid_t parent = getpid();
    if (pipe2(ends, O_CLOEXEC) != 0) {
        log_error("pipe: %s", strerror(errno));
        return false;
    }
    look->pid = fork();
    if (look->pid == 0)
        become_look(work, path, ends[1], parent);
    close(ends[1]);
    look->from = ends[0];
    if (look->pid > 0)
        return true;
    log_error("fork: %s", strerror(errno));
    close(ends[0]);
    return false;
}

static void read_all_of_it(struct look *look, const struct clerk_work *work) {
    int64_t end_us = time_monotonic_us() + LOOK_US;
    char piece[65536];
    while (!look->whole && !look->late && !look->stopped) {
        struct pollfd from = {.fd = look->from, .events = POLLIN};
        if (poll(&from, 1, ASK_EVERY_MS) > 0) {
            ssize_t size = read(look->from, piece, sizeof piece);
            look->whole = size == 0;
            if (size > 0)
                str_add_bytes(&look->text, piece, (size_t)size);
        }
        look->stopped = work->must_stop(work->user);
        look->late = time_monotonic_us() > end_us || look->text.size > MAX_LOOK_SIZE;
    }
}

/* A child that hangs in the kernel, on a dead stick, is left to die when it can. */
static bool end(struct look *look) {
    int status = 0;
    if (!look->whole)
        kill(look->pid, SIGKILL);
    pid_t ended = waitpid(look->pid, &status, look->whole ? 0 : WNOHANG);
    close(look->from);
    return ended == look->pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static void answer_from(const struct look *look, bool good, struct desk_answer *answer) {
    json_t *seen = good ? json_loads(str_text(&look->text), JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (json_is_object(seen)) {
        clerk_say(answer, true, "已查看", "looked at");
        answer->receipt = json_dumps(seen, JSON_COMPACT);
    } else if (look->late) {
        clerk_refuse(answer, "读取太慢或内容太多，U盘可能已损坏",
                     "too slow or too much: the stick may be faulty");
    } else {
        clerk_refuse(answer, "无法读取，原因见日志", "it cannot be read, the log says why");
    }
    json_decref(seen);
}

bool clerk_look(const struct clerk_work *work, struct desk_answer *answer) {
    const char *path = json_string_value(json_object_get(work->arguments, "path"));
    struct look look = {0};
    const char *unit = json_string_value(json_object_get(work->arguments, "unit"));
    enum unit known;
    if (unit && !unit_parse(unit, &known))
        return clerk_refuse(answer, "请求有误", "the request is malformed");
    if (text_empty(path) || path[0] != '/')
        return clerk_refuse(answer, "请求缺少路径", "the request names no absolute path");
    if (!start(&look, work, path))
        return clerk_refuse(answer, "无法读取，原因见日志", "it cannot be read, the log says why");
    read_all_of_it(&look, work);
    bool good = end(&look);
    if (!look.stopped)
        answer_from(&look, good, answer);
    str_finish(&look.text);
    return !look.stopped;
}
