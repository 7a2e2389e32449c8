/* playlist.h: from all cases to the order of the loop. Pure: no database, no clock, any thread.
 *
 * Order ("the sequence of a set of cases"): the promoted first, then the featured, then the rest;
 * in each of the three the units take turns (party, education, safety, service; the turn goes on
 * from the one group to the next; a unit that has no more is passed over); within a unit the newest
 * generation first, then the greater weight, then
 *     the id by its bytes, when all valid cases fit into the limit;
 *     a hash of the day and the id, when there is a choice to be made, so that a large library
 *     shows others each day; then the id.
 *
 * Choice, when more are valid than the limit: half of the places (rounded up) are for the own
 * school's cases and the others for the rest; what one side cannot fill goes to the other. Each
 * side gives the first of its own sequence. What was chosen is then put into the sequence of the
 * whole choice. After every PLAYLIST_BETWEEN cases that are not promoted one that is comes again,
 * each in its turn, unless the round is over; nothing else is in it twice but notices.
 *
 * Notices are beyond the limit. Before the cases stand the first PLAYLIST_NOTICES_FIRST of each
 * level, urgent ones before the others; between the cases comes one after every PLAYLIST_BETWEEN,
 * an urgent one after every PLAYLIST_URGENT_BETWEEN of them, each in its turn, those first that
 * were not seen yet. The newest generation is first, then the id; no more than PLAYLIST_NOTICES of
 * each level come at all.
 *
 * Valid is what satisfies from <= now <= until (0: open). Two machines with the same library, day,
 * own school and limit have the same order. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "library/case.h"

struct candidate {
    const char *id; /* borrowed; unique */
    enum level level;
    enum unit unit;
    enum phase phase;
    bool own;      /* of this site's own school */
    bool promoted; /* it comes first here, and more often (library_set_promoted) */
    int weight;
    int64_t generation;
    int64_t valid_from_ms, valid_until_ms; /* 0: open */
    int64_t twin; /* case.h; what it hides now is out of the list already */
};

struct playlist_options {
    int64_t now_ms;
    int64_t day;  /* number of the local day (time_local_day) */
    size_t limit; /* [loop] cases */
};

#define PLAYLIST_BETWEEN        8
#define PLAYLIST_URGENT_BETWEEN 2
#define PLAYLIST_NOTICES_FIRST  6 /* more of them nobody reads while passing */
#define PLAYLIST_NOTICES        60

/* *order: indices into candidates, the caller's to free (NULL when the result is 0). Returns their
 * number. */
size_t playlist_build(const struct candidate *candidates, size_t count,
                      const struct playlist_options *options, size_t **order);
/* How many cases of each unit are valid. */
void playlist_count_units(const struct candidate *candidates, size_t count, int64_t now_ms,
                          size_t counts[UNIT_COUNT]);
/* The first moment after now at which another set is valid, in ms; 0: never. */
int64_t playlist_next_change(const struct candidate *candidates, size_t count, int64_t now_ms);
