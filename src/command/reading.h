/* reading.h: what commands that only read the library share */
#pragma once

#include "command/command.h"
#include "library/reader.h"

/* The exit code of a result of reading; failures are reported here, naming the library. No library
 * yet counts as an empty one. */
int reading_code(const struct paths *paths, enum read_result result);
int64_t reading_now_ms(const struct paths *paths); /* the time believed */
/* Calls until it is no longer busy, at most 5 s. */
enum read_result reading_wait(enum read_result (*read)(void *user), void *user);
