/* keeper_child.h: the keeper as a child of `run`, started again when it dies */
#pragma once

#include "command/command.h"

struct keeper_child;

/* Starts `fengcai keep` with the global options of the context, and a thread that waits for it.
 * NULL: reported; the screen is shown all the same. */
struct keeper_child *keeper_child_start(const struct context *context);
/* Ends it (SIGTERM) and waits. NULL is fine. */
void keeper_child_stop(struct keeper_child *child);
