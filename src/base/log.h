/* log.h: one line per happening on stderr, for journald and for people
 *
 * Each message starts with the thing it is about. Any thread. */
#pragma once

#include <stdbool.h>

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARNING, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

/* name (static) stands before each line; verbose shows INFO and DEBUG too. */
void log_init(const char *name, bool verbose);
void log_print(enum log_level level, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* How many errors this process has logged until now. */
unsigned log_errors(void);

#define log_error(...)   log_print(LOG_LEVEL_ERROR, __VA_ARGS__)
#define log_warning(...) log_print(LOG_LEVEL_WARNING, __VA_ARGS__)
#define log_info(...)    log_print(LOG_LEVEL_INFO, __VA_ARGS__)
#define log_debug(...)   log_print(LOG_LEVEL_DEBUG, __VA_ARGS__)
