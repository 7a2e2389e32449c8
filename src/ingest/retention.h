/* retention.h: what is to be removed so that something new fits
 *
 * A pure plan; room.h carries it out. What the current or the previous generation shows is never in
 * it, so what is on the screen stays, and so does what a rollback would show. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "library/stored.h"

/* Bytes. */
struct space {
    int64_t used;  /* by the library: media and databases */
    int64_t quota; /* of what it may use */
    int64_t free;  /* on its file system */
};

struct retention_plan {
    size_t *remove; /* indices of cases, in the order in which they are to go; owned */
    size_t count;
    int64_t freed;      /* by all of them */
    int64_t over_quota; /* bytes by which it then still exceeds the quota, 0: it fits */
    int64_t over_disk;  /* likewise the free space of the disk */
};

/* Withdrawn ones go first, then those of phase self, recommended, featured; among equals what was
 * taken out longest ago; just as many as are needed, none that frees nothing. Needing more keeps
 * the order: the plan only goes on. */
void retention_build(const struct stored_case *cases, size_t count, const struct space *space,
                     int64_t needed, struct retention_plan *plan);
void retention_finish(struct retention_plan *plan);
