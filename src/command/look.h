/* look.h: fengcai import --look: what an import would do, without doing it */
#pragma once

#include "command/command.h"

/* Looks at each path, absolute ones, and prints it; json: survey_json, of several paths in an
 * array. EXIT_DONE: it was looked at, whatever there is. */
int look(struct context *context, char *const *paths, size_t count, bool json);
