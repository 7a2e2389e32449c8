/* look.h: fengcai import --look: what an import would do, without doing it */
#pragma once

#include "command/command.h"

/* Looks at each path, absolute ones, and prints it; json: an array of survey_json. EXIT_FAILED:
 * there is nothing to be taken. */
int look(struct context *context, char *const *paths, size_t count, bool json);
