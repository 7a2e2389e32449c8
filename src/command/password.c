#include "command/password.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

#include <sodium.h>

#include "base/log.h"
#include "base/memory.h"
#include "ingest/secret_key.h"

enum answer {
    ANSWER_GIVEN,
    ANSWER_SIGNAL, /* one waits to be let through */
    ANSWER_NONE    /* reported */
};

/* Byte by byte, so that no buffer of stdio keeps it. signals: readable when one came, or -1. */
static enum answer read_line(const char *what, int signals, char *line) {
    size_t size = 0;
    for (;;) {
        struct pollfd from[] = {{.fd = STDIN_FILENO, .events = POLLIN},
                                {.fd = signals, .events = POLLIN}};
        if (poll(from, 2, -1) < 0 && errno != EINTR)
            break;
        if (from[1].revents)
            return ANSWER_SIGNAL;
        ssize_t n = read(STDIN_FILENO, line + size, 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 1 || line[size] == '\n')
            break;
        if (size++ == MAX_PASSWORD_BYTES) {
            log_error("%s: 超过 %d 字节 (longer than that many bytes)", what, MAX_PASSWORD_BYTES);
            return ANSWER_NONE;
        }
    }
    if (size && line[size - 1] == '\r') /* a file made on Windows */
        size--;
    line[size] = '\0';
    if (size && strlen(line) == size)
        return ANSWER_GIVEN;
    log_error("%s: 是空的或不是文字 (empty or not a text)", what);
    return ANSWER_NONE;
}

/* On a terminal; goes on asking after it was stopped and continued. */
static bool ask(const char *what, const char *prompt, char *line) {
    struct termios shown, hidden;
    sigset_t ending, before;
    sigemptyset(&ending);
    sigaddset(&ending, SIGINT);
    sigaddset(&ending, SIGQUIT);
    sigaddset(&ending, SIGTERM);
    sigaddset(&ending, SIGHUP);
    sigaddset(&ending, SIGTSTP);
    enum answer answer = ANSWER_SIGNAL;
    while (answer == ANSWER_SIGNAL) {
        sigprocmask(SIG_BLOCK, &ending, &before);
        int signals = signalfd(-1, &ending, SFD_CLOEXEC);
        tcgetattr(STDIN_FILENO, &shown);
        hidden = shown;
        hidden.c_lflag = (hidden.c_lflag & ~(tcflag_t)ECHO) | ECHONL;
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
        fputs(prompt, stderr);
        answer = read_line(what, signals, line);
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        if (answer == ANSWER_SIGNAL)
            fputs("\n", stderr);
        close(signals);
        sigprocmask(SIG_SETMASK, &before, NULL); /* where the signal does what it does */
    }
    return answer == ANSWER_GIVEN;
}

static bool ask_twice(const char *what, const char *prompt, char *line, char *again) {
    for (;;) {
        if (!ask(what, prompt, line) || !ask(what, "再输一次 (once more): ", again))
            return false;
        if (strcmp(line, again) == 0)
            return true;
        fputs("两次输入不同，请重新输入 (they differ, type them again)\n", stderr);
    }
}

char *password_read(const char *what, bool twice) {
    char *prompt = xasprintf("%s: ", what);
    char *line = sodium_malloc(MAX_PASSWORD_BYTES + 1), *again = NULL;
    bool good = line != NULL;
    if (good && !isatty(STDIN_FILENO)) {
        good = read_line(what, -1, line) == ANSWER_GIVEN;
    } else if (good && twice) {
        again = sodium_malloc(MAX_PASSWORD_BYTES + 1);
        good = again && ask_twice(what, prompt, line, again);
    } else if (good) {
        good = ask(what, prompt, line);
    }
    sodium_free(again);
    free(prompt);
    if (good)
        return line;
    sodium_free(line);
    return NULL;
}
