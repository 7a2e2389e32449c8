/* look.h: fengcai import --look: what an import would do, without doing it */
#pragma once

#include "command/command.h"

struct look_options {
    bool json;          /* survey_json, of several paths in an array */
    const char *unit;   /* key of the unit of what lies under none; NULL: none */
    const char *school; /* of cases that name none; NULL: [site] school */
};

/* Looks at each path, absolute ones, and prints it. EXIT_DONE: it was looked at, whatever there
 * is. */
int look(struct context *context, char *const *paths, size_t count,
         const struct look_options *options);
