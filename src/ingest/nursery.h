/* nursery.h: a helper program that forks one child per file (DESIGN: Helpers are nurseries)
 *
 * The helper initialises its library once, does no work itself, stays single-threaded, and forks a
 * child for each job; the child drops its rights before it reads a byte. Jobs and descriptors go
 * over a socketpair (SCM_RIGHTS), the answer comes through a pipe. One thread at a time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ingest/nursery_wire.h"

struct nursery;

/* Starts nothing yet: the program at `path` is run at the first job, and again after it ended. */
struct nursery *nursery_create(const char *path);
void nursery_destroy(struct nursery *nursery); /* ends the helper; NULL is fine */

/* Gives a job to the helper. `source` is lent to its child and stays open here. After true,
 * nursery_finish must follow. False: reported; the helper could not be started. */
bool nursery_start(struct nursery *nursery, const struct nursery_job *job, int source);
/* Reads exactly `size` bytes of the answer. False: it ended before, or the time was over. */
bool nursery_read(struct nursery *nursery, void *bytes, size_t size);
/* Waits for the end of the child; with `cancel` it is ended now. Nothing of the job is left running
 * or open. */
struct nursery_end nursery_finish(struct nursery *nursery, bool cancel);

/* The version of Landlock that the running kernel has; 0: none, and helpers do without. */
int nursery_landlock_version(void);
