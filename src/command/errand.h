/* errand.h: work on the library by whoever may write it
 *
 * With keeper.lock free the command does it itself; else it leaves a request and shows the
 * progress of the keeper that does it. */
#pragma once

#include <jansson.h>

#include "command/command.h"
#include "ingest/request.h"

/* Gives the receipt, the caller's reference; NULL: reported, and *code says EXIT_FAILED or
 * EXIT_LIBRARY. */
json_t *errand_run(struct context *context, enum request_kind kind, char *const *words,
                   size_t count, int *code);
/* The receipt as --json prints it. */
void errand_print_json(const json_t *receipt);
/* Says which of the ids asked for are nobody's (missing says why) or several cases'. EXIT_FAILED if
 * there are any, else EXIT_DONE. */
int errand_report_ids(const json_t *receipt, const char *missing);
