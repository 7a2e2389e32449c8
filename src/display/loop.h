/* loop.h: the mode that shows one slide after another; no SDL, no clock of its own
 *
 * It is told the time and what happened, and says when it wants to be woken, whether it needs the
 * next slide, and what is to be on the screen. Main thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "display/carousel.h"
#include "display/overlay.h"
#include "display/presenter.h"
#include "display/theme.h"
#include "display/transition.h"

enum loop_state {
    LOOP_STARTING, /* nothing to show yet */
    LOOP_STANDING, /* one slide, nothing moves */
    LOOP_MOVING    /* from one slide to the next */
};

struct loop {
    const struct config *config; /* borrowed */
    const struct theme *theme;   /* borrowed */
    enum loop_state state;
    struct showing_slide current, next; /* owned; next.buffer NULL: not there yet */
    bool asked;                         /* the next slide is being made */
    bool hurry;             /* current is not worth standing: a card, or of a lost size */
    bool outdated;          /* the library has changed while a slide was moving in */
    bool urgent;            /* and what comes next may not wait */
    int64_t stood_us;       /* since when current stands */
    int64_t due_us;         /* when current has stood long enough (LOOP_STANDING) */
    int64_t still_us;       /* since when nothing drifts any more; INT64_MAX: it may */
    struct overlay overlay; /* what lies over the slides, unless [loop] frame is off */
};

/* The slides, a line, and the rest of the frame. */
#define LOOP_PLACEMENTS (TRANSITION_PLACEMENTS + 1 + OVERLAY_COUNT)

void loop_init(struct loop *loop, const struct config *config, const struct theme *theme,
               int64_t now_us);
void loop_finish(struct loop *loop);

/* Whether the next slide should be asked for now; the caller does so, and the loop notes it. */
bool loop_wants_next(struct loop *loop);
/* The slide asked for; taken over. */
void loop_handle_slide(struct loop *loop, struct showing_slide *slide, int64_t now_us);
/* The library has changed: drops what was made from the old one, so that loop_wants_next asks again
 * (what is still being made is the caller's to throw away). What is moving in stays; a card then
 * gives way as soon as it stands, and, where something urgent comes next, so does any slide that is
 * not urgent itself. */
void loop_handle_library(struct loop *loop, bool urgent);
/* The size of the screen has changed: all buffers are worthless; the slide made last is asked
 * for once more. */
void loop_handle_resize(struct loop *loop);
/* Whether photographs may drift: where one does it stops where it is. */
void loop_handle_motion(struct loop *loop, bool drifts, int64_t now_us);
/* It stood still for so long: somebody browsed meanwhile. It goes on where it was. */
void loop_handle_pause(struct loop *loop, int64_t pause_us);
/* The case that is seen, and another one that is on its way out; NULL: none. Borrowed. */
const char *loop_case(const struct loop *loop, const char **leaving);
/* Time has come: starts or ends a move. True: another slide now stands (to be told to the world).
 */
bool loop_tick(struct loop *loop, int64_t now_us);
/* When loop_tick and loop_place are wanted next; INT64_MAX: only something that happens can change
 * anything. */
int64_t loop_deadline(const struct loop *loop, int64_t now_us);
/* Whether what is on the screen changes from frame to frame; *since_us is when that began. */
bool loop_moves(const struct loop *loop, int64_t now_us, int64_t *since_us);
/* What is to be on the screen; 0: nothing yet. */
size_t loop_place(const struct loop *loop, int64_t now_us, struct size size,
                  struct placement placements[LOOP_PLACEMENTS]);
