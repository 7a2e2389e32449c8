/* picks.h: what somebody who stands before a stick has chosen; plain values, pure
 *
 * It goes with the places of the stick (place.h) and becomes the arguments of the requests look and
 * take (page_stick.h). */
#pragma once

#include <stdbool.h>

enum picks_list {
    PICKS_LEFT,     /* cases that are not to be taken; all others are */
    PICKS_RELEASED, /* masks of numbers that are to be shown */
    PICKS_LIST_COUNT
};

struct picks {
    char *stick;                   /* owned, never NULL: its name; "": the only one */
    char *school;                  /* likewise, of cases that name none; "": the site's own */
    int unit;                      /* of cases that say none; -1: none */
    bool replace;                  /* the library's own cases make room */
    char *lists[PICKS_LIST_COUNT]; /* likewise; each entry with a line's end */
};

/* A copy; of NULL one in which nothing is chosen. */
struct picks *picks_copy(const struct picks *picks);
void picks_destroy(struct picks *picks); /* NULL is fine */
/* NULL: nothing is chosen. */
bool picks_same(const struct picks *a, const struct picks *b);
bool picks_has(const struct picks *picks, enum picks_list list, const char *entry);
/* Puts it on the list, or takes it off. An entry holds no line's end. */
void picks_set(struct picks *picks, enum picks_list list, const char *entry, bool on);
void picks_set_stick(struct picks *picks, const char *name); /* copied; so are schools */
void picks_set_school(struct picks *picks, const char *name);
