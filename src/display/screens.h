/* screens.h: which screens there are, and which of them is ours; pure, any thread */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "display/geometry.h"

#define MAX_SCREENS     16 /* [display].screen counts to 15 */
#define MAX_SCREEN_NAME 63 /* bytes; HDMI-1, DVI-I-2-1 */

/* A screen that is connected and shows something. */
struct screen {
    char name[MAX_SCREEN_NAME + 1];
    struct rect area; /* in the pixels that windows are placed in; as it hangs */
    int millimetres;  /* how wide it says it is; 0: it does not, or that is not known */
};

struct screen_list {
    struct screen screens[MAX_SCREENS]; /* in the order of their numbers */
    size_t count;
};

/* The name is cut where it is too long. A list that is full stays as it is. */
void screens_add(struct screen_list *list, const char *name, struct rect area, int millimetres);
bool screens_equal(const struct screen_list *a, const struct screen_list *b);

/* wanted: a number from 0, or a name, in capitals or not. -1: it is not there. */
int screens_find(const struct screen_list *list, const char *wanted);
/* The same; while it is not there the first one, and -1 where there is none at all. */
int screens_choose(const struct screen_list *list, const char *wanted);
