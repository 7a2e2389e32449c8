/* chosen.h: of the door: the cases that are meant by the ids that somebody gave
 *
 * An id is that of the library (UUID:id for an item of a feed), or the id within its feed where no
 * other case has it. Private to recall and promotion. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "library/case.h"

struct door;

struct chosen_case {
    char *id, *school, *title; /* owned */
    enum level level;
};

struct chosen {
    struct chosen_case *cases;
    size_t count;
    json_t *missing, *ambiguous;
};

void chosen_init(struct chosen *chosen);
void chosen_finish(struct chosen *chosen);
void chosen_add(struct chosen *to, const char *id, enum level level, const char *school,
                const char *title);
/* find adds to *bearers whatever bears the id. False: it failed. */
bool chosen_find(struct door *door, const char *const *ids, size_t count,
                 bool (*find)(struct door *door, const char *id, struct chosen *bearers),
                 struct chosen *chosen);
/* A find: whatever the library has, shown or not. */
bool chosen_in_library(struct door *door, const char *id, struct chosen *bearers);
/* The receipt (recall.h) of what was done to them. what: "removed" …, done: the list; the caller's
 * reference stays theirs. */
json_t *chosen_receipt(struct door *door, const struct chosen *chosen, const char *what,
                       json_t *done);
