#include "keeper/stick_child.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <assert.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"

#define NOTE_EVERY_US 200000 /* as the keeper tells of its progress */

static_assert(sizeof(struct stick_note) <= PIPE_BUF, "a note is written whole");

struct stick_child {
    pid_t pid;
    int notes;
};

/* ---- in the child */

struct teller {
    int notes;
    int64_t bytes_done, bytes, told_us;
    size_t refused;
};

static void say(const struct teller *teller, struct stick_note *note) {
    note->bytes_done = teller->bytes_done;
    note->bytes = teller->bytes;
    if (write(teller->notes, note, sizeof *note) != (ssize_t)sizeof *note)
        _exit(1); /* nobody listens any more */
}

static void on_bytes(void *user, size_t bytes) {
    struct teller *teller = user;
    teller->bytes_done += (int64_t)bytes;
    if (time_monotonic_us() - teller->told_us < NOTE_EVERY_US)
        return;
    teller->told_us = time_monotonic_us();
    say(teller, &(struct stick_note){.kind = STICK_NOTE_ALIVE});
}

static void on_bundle(void *user, const char *from, const char *staged, int64_t zip_bytes) {
    struct stick_note note = {.kind = STICK_NOTE_BUNDLE, .zip_bytes = zip_bytes};
    if ((size_t)snprintf(note.from, sizeof note.from, "%s", from) < sizeof note.from &&
        (size_t)snprintf(note.staged, sizeof note.staged, "%s", staged) < sizeof note.staged)
        say(user, &note);
}

static void on_total(void *user, int64_t bytes) {
    struct teller *teller = user;
    teller->bytes += bytes;
    say(teller, &(struct stick_note){.kind = STICK_NOTE_ALIVE});
}

static void put_cut(char to[STICK_PATH_SIZE], const char *text) {
    memcpy(to, text, utf8_cut(text, STICK_PATH_SIZE - 1));
}

static void on_refused(void *user, const char *path, enum reject reject, const char *detail) {
    struct teller *teller = user;
    struct stick_note note = {.kind = STICK_NOTE_REFUSED, .reject = reject};
    if (teller->refused++ >= STICK_REFUSALS)
        return;
    put_cut(note.from, path);
    put_cut(note.staged, detail ? detail : "");
    say(teller, &note);
}

static void copy_trees(const struct stick_job *job, const struct stick_reader *reader,
                       struct stick_note *end) {
    for (size_t i = 0; end->result == STICK_READ_DONE && i < job->count; i++)
        end->result = stick_copy_tree(job->root, job->paths[i], job->staging, reader);
}

static void become_program(char *const *words, pid_t parent) {
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent)
        execv(words[0], words);
    _exit(127);
}

/* What it complains of is in the log. */
static enum stick_write run_program(char *const *words) {
    int status = 0;
    pid_t parent = getpid(), pid = fork();
    if (pid == 0)
        become_program(words, parent);
    bool good =
        pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    return good ? STICK_WRITE_DONE : STICK_WRITE_OWN;
}

static void do_job(const struct stick_job *job, int notes) {
    struct teller teller = {.notes = notes};
    const struct stick_reader reader = {.document = job->document,
                                        .on_bytes = on_bytes,
                                        .on_bundle = on_bundle,
                                        .on_total = on_total,
                                        .on_refused = on_refused,
                                        .user = &teller};
    struct stick_note end = {.kind = STICK_NOTE_END};
    switch (job->work) {
    case STICK_WORK_LOOK:
        end.result = stick_look(job->root, job->staging, &end.content, &end.files, &reader);
        break;
    case STICK_WORK_FILES:
        end.result = stick_copy_files(job->files, job->count, &reader);
        break;
    case STICK_WORK_TREE:
        copy_trees(job, &reader, &end);
        break;
    case STICK_WORK_MAKE:
        end.written = run_program(job->paths);
        break;
    case STICK_WORK_WRITE:
        end.written = stick_write(job->staging, job->root, job->mount, on_bytes, &teller);
        break;
    }
    if (teller.refused > STICK_REFUSALS)
        end.refused_more = teller.refused - STICK_REFUSALS;
    say(&teller, &end);
}

/* The lock of the library above all must not outlive the keeper in a stuck child. */
static int keep_only(int notes) {
    int kept = notes == 3 ? 3 : dup2(notes, 3);
    syscall(SYS_close_range, 4u, ~0u, 0u);
    return kept;
}

static void become_child(const struct stick_job *job, int notes, pid_t parent) {
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_IGN);
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == parent &&
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0)
        do_job(job, keep_only(notes));
    _exit(0);
}

/* ---- in the keeper */

struct stick_child *stick_child_start(const struct stick_job *job) {
    int notes[2];
    pid_t parent = getpid();
    if (pipe2(notes, O_CLOEXEC) != 0) {
        log_error("U盘 (stick): %s", strerror(errno));
        return NULL;
    }
    pid_t pid = fork();
    if (pid == 0)
        become_child(job, notes[1], parent);
    close(notes[1]);
    if (pid < 0) {
        log_error("U盘 (stick): %s", strerror(errno));
        close(notes[0]);
        return NULL;
    }
    fcntl(notes[0], F_SETFL, O_NONBLOCK);
    struct stick_child *child = xcalloc(1, sizeof *child);
    *child = (struct stick_child){pid, notes[0]};
    return child;
}

int stick_child_fd(const struct stick_child *child) {
    return child->notes;
}

bool stick_child_handle(struct stick_child *child,
                        void (*on_note)(void *user, const struct stick_note *note), void *user) {
    struct stick_note note;
    ssize_t n = 0;
    while ((n = read(child->notes, &note, sizeof note)) == (ssize_t)sizeof note ||
           (n < 0 && errno == EINTR))
        if (n > 0)
            on_note(user, &note);
    return n < 0 && errno == EAGAIN;
}

pid_t stick_child_stop(struct stick_child *child) {
    if (!child)
        return 0;
    pid_t pid = child->pid;
    close(child->notes);
    free(child);
    kill(pid, SIGKILL);
    return waitpid(pid, NULL, WNOHANG) == 0 ? pid : 0;
}
