/* stick_watch.h: what the keeper says of sticks, and since when; pure: told the time
 *
 * keeper.json ("sticks", see keeper/sticks.h) says how each is, not for how long; a card about what
 * is over must go away. Times are of the monotonic clock, in ms. One thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "display/time_left.h"

#define STICK_WATCH_MOST 16 /* further ones are not shown */

enum stick_form { STICK_HIDDEN, STICK_SMALL, STICK_FULL };

/* What is said of a stick, by its state. */
struct stick_kind {
    const char *state; /* in keeper.json; NULL: any other one */
    int64_t full_ms;   /* so long after it came to be so */
    int64_t small_ms;  /* after that, while it stays in */
    bool doing;        /* something goes on: full_ms counts from its last sign of life */
    bool progress;     /* it has bytes or files to count */
};

struct stick_seen {
    const json_t *stick; /* borrowed from the watch's */
    const struct stick_kind *kind;
    char *name, *outcome; /* owned: which stick, and all that makes it another one than before */
    int64_t since_ms;     /* it is so */
    int64_t moved_ms;     /* when its progress last moved */
    int64_t done, whole;  /* its progress; whole 0: none is known */
    bool counts_files;    /* done and whole are files, not bytes */
    struct time_left left;
};

struct stick_watch {
    json_t *live; /* owned; NULL: no keeper */
    struct stick_seen seen[STICK_WATCH_MOST];
    size_t count;
};

void stick_watch_finish(struct stick_watch *watch); /* zeroed is fine */
/* live: what live_load gave, taken over; NULL: there is no keeper. */
void stick_watch_handle(struct stick_watch *watch, json_t *live, int64_t now_ms);

/* The one to be shown: what is being done, else what came to be so last. NULL: none. *others: how
 * many more there would be something to say of. *until_ms: when any of that changes by itself;
 * INT64_MAX: never. */
struct stick_seen *stick_watch_choose(struct stick_watch *watch, int64_t now_ms, size_t *others,
                                      int64_t *until_ms);
enum stick_form stick_seen_form(const struct stick_seen *seen, int64_t now_ms);
bool stick_watch_is_asking(const struct stick_watch *watch); /* one of them waits for somebody */

const char *stick_seen_text(const struct stick_seen *seen, const char *key); /* ""; borrowed */
int64_t stick_seen_number(const struct stick_seen *seen, const char *key);
bool stick_seen_is(const struct stick_seen *seen, const char *key); /* true in the JSON */
