#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

/* Set once by log_init before any thread starts. */
static const char *program = "fengcai";
static enum log_level shown = LOG_LEVEL_WARNING;

static atomic_uint errors; /* any thread */

void log_init(const char *name, bool verbose) {
    program = name;
    shown = verbose ? LOG_LEVEL_DEBUG : LOG_LEVEL_WARNING;
}

/* A line goes out by one write, so that the lines of threads and processes do not mix. */
void log_print(enum log_level level, const char *format, ...) {
    static const char *const words[] = {"error", "warning", "info", "debug"};
    if (level == LOG_LEVEL_ERROR)
        atomic_fetch_add(&errors, 1);
    if (level > shown)
        return;
    int saved = errno;
    va_list arguments;
    va_start(arguments, format);
    char *text = xvasprintf(format, arguments);
    va_end(arguments);
    char *line = xasprintf("%s: %s: %s\n", program, words[level], text);
    fputs(line, stderr);
    free(line);
    free(text);
    errno = saved;
}

unsigned log_errors(void) {
    return atomic_load(&errors);
}
