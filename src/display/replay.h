/* replay.h: a trace of events with times, for tests
 *
 * A line each, times in milliseconds from the beginning, never going back:
 *   MS touch down|move|up|cancel FINGER X Y     MS key NAME            # comment
 *   MS mouse down|move|up X Y                   MS text UTF8
 *   MS wheel DY                                 MS window resize W H
 * X, Y are pixels of the upright picture; a text goes to the end of its line. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/option.h"
#include "display/touch.h"

enum replay_kind {
    REPLAY_TOUCH, /* and of a mouse: finger is TOUCH_MOUSE (its move may come while it is up) */
    REPLAY_WHEEL,
    REPLAY_KEY,
    REPLAY_TEXT,
    REPLAY_WINDOW
};

struct replay_event {
    enum replay_kind kind;
    int64_t at_us;      /* since the beginning */
    struct touch touch; /* its at_us is the same */
    int wheel;
    struct size size;
    const char *text; /* KEY: its name, TEXT; the replay's, until the next one is read */
};

#define REPLAY_LINE 512 /* bytes: more than anybody types at once */

struct replay {
    char *name, *bytes; /* owned */
    const char *at;     /* what comes next */
    int number;         /* of the line */
    int64_t last_us;
    char line[REPLAY_LINE];
};

/* Reads the file. False: there is none, or a line of it is wrong (reported with its number). */
bool replay_open(struct replay *replay, const char *path);
/* The same of text at hand, which is taken over; name: for messages. */
bool replay_parse(struct replay *replay, const char *name, char *text);
/* False: it is over. */
bool replay_next(struct replay *replay, struct replay_event *event);
void replay_close(struct replay *replay); /* a zeroed one is fine */
