/* overlay.h: the frame of the loop as it stands on the screen: its buffers, where they are, and
 * when they change
 *
 * As the loop that holds it: told the time, no SDL, no clock of its own. The line of the time left
 * goes with its slide; the loop places it. Main thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "display/presenter.h"
#include "display/theme.h"

enum overlay_kind { OVERLAY_CORNER, OVERLAY_HINT, OVERLAY_LIT, OVERLAY_COUNT };

/* What backstage makes of the scenes in frame.h. */
struct overlay_part {
    struct buffer *buffer; /* owned; NULL: there is none */
    struct point at;       /* its left top corner, before it is moved */
};

struct overlay_parts {
    struct overlay_part parts[OVERLAY_COUNT];
    struct size size; /* of the screen they were made for */
};
void overlay_parts_finish(struct overlay_parts *parts);

/* What is wanted of backstage. */
struct overlay_wish {
    bool corner;
    bool hint; /* the two of it too */
    int64_t wall_ms;
};

struct overlay {
    const struct theme *theme;  /* borrowed; NULL: there is no frame */
    struct overlay_parts parts; /* owned */
    struct point shift;
    int64_t started_us;
    int64_t minute;    /* of the wall clock: the corner was asked for in it; -1: not yet */
    int64_t minute_us; /* when it is over */
};

void overlay_init(struct overlay *overlay, const struct theme *theme, int64_t now_us);
void overlay_finish(struct overlay *overlay);

/* What should be asked for now; the caller does so, and the overlay notes it. A wall clock that was
 * set is noticed here. */
struct overlay_wish overlay_wants(struct overlay *overlay, int64_t now_us, int64_t wall_ms);
/* What was asked for; taken over. The hint stays as it is where the new parts have none. */
void overlay_handle_parts(struct overlay *overlay, struct overlay_parts *parts, int64_t now_us);
/* The size of the screen has changed: all buffers are worthless. */
void overlay_handle_resize(struct overlay *overlay);
/* Now is a good moment to move against burn-in, because much is drawn anyway. */
void overlay_move(struct overlay *overlay, int64_t now_us);

/* When it looks different for the next time; hint: whether that is shown. INT64_MAX: never. */
int64_t overlay_deadline(const struct overlay *overlay, int64_t now_us, bool hint);
/* Adds at most OVERLAY_COUNT placements; gives how many. */
size_t overlay_place(const struct overlay *overlay, int64_t now_us, bool hint,
                     struct placement placements[OVERLAY_COUNT]);
