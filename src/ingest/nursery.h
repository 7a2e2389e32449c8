/* nursery.h: a helper program that forks one child per file (DESIGN: Helpers are nurseries)
 *
 * The helper initialises its library once, does no work itself, stays single-threaded, and forks a
 * child for each job; the child drops its rights before it reads a byte. Jobs and descriptors go
 * over a socketpair (SCM_RIGHTS). One thread at a time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct nursery;

/* Starts nothing yet: the program at `path` is run at the first job. */
struct nursery *nursery_create(const char *path);
void nursery_destroy(struct nursery *nursery); /* ends the helper; NULL is fine */
