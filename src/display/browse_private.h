/* browse_private.h: what browse*.c share; nobody else includes it */
#pragma once

#include "display/browse.h"

#define MOVE_US          260000
#define PATIENCE_US      400000      /* for the tiles of a page that is ready but for some cards */
#define BROWSE_QUERY_MAX 64          /* bytes typed: nobody looks for more */
#define TOUCH_MARK       0x80FFFFFFu /* over photographs too: with the dark rim of their own */

/* What would feel a touch there; NULL: nothing. */
const struct target *browse_target_at(const struct browse *browse, struct point at);
/* What a touch means on the page in sight. */
struct gesture_params browse_params(const struct browse *browse);
/* The page in sight gives way to the one that is coming, once that is ready. */
void browse_enter(struct browse *browse, int64_t now_us);
/* Where the page in sight stands now. */
void browse_settle_scroll(struct browse *browse, int64_t now_us);
/* Whether the list or the picture moves by itself. */
bool browse_stirs(const struct browse *browse, int64_t now_us);
/* Does what a target says, or a key stands for. */
void browse_act(struct browse *browse, const struct action *action, int64_t now_us);
/* Opens it where the loop is, or at a place (taken over), which the way back leads home from. */
void browse_open(struct browse *browse, const struct browse_seen *seen, int64_t now_us);
void browse_close(struct browse *browse, int64_t now_us);
void browse_go_back(struct browse *browse, int64_t now_us);
/* It is closing, and somebody touches what is seen of the loop already: it is closed. */
void browse_end(struct browse *browse);
/* A finger or key is felt. */
void browse_use(struct browse *browse, int64_t now_us);
/* Of browse_tick: long presses, late taps, fingers that stuck. */
void browse_tick_gestures(struct browse *browse, const struct browse_seen *seen, int64_t now_us);
void browse_want_page(struct browse *browse, enum browse_move move);

/* The picture so many on, of the case. */
void browse_turn_page(struct browse *browse, int by, int64_t now_us);

/* ---- browse_video.c */

/* The page in sight is another one: its video plays. */
void browse_video_enter(struct browse *browse, int64_t now_us);
void browse_tick_video(struct browse *browse, int64_t now_us);
/* Another visitor hears what the configuration says. */
void browse_video_forget(struct browse *browse);
/* True: it was for the video, and for nothing else. */
bool browse_video_act(struct browse *browse, const struct action *action, int64_t now_us);
bool browse_video_gesture(struct browse *browse, const struct gesture *gesture, int64_t now_us);
bool browse_video_key(struct browse *browse, enum browse_key key, int64_t now_us);
bool browse_video_text(struct browse *browse, const char *text, int64_t now_us);

/* ---- browse_desk.c */

/* The administrator's places. */
bool browse_is_desk(const struct place *place);

/* A gesture of the loop; true: it is of somebody who holds the emblem, and does nothing else. */
bool browse_hold(struct browse *browse, const struct gesture *gesture,
                 const struct browse_seen *seen, int64_t now_us);
void browse_tick_desk(struct browse *browse, const struct browse_seen *seen, int64_t now_us);
int64_t browse_desk_deadline(const struct browse *browse);
void browse_desk_finish(struct browse *browse);
/* Asks for what the page in sight wants by itself, once however often it is made anew. */
void browse_desk_enter(struct browse *browse);
/* Nobody is at the desk any more; what was ordered is done all the same. */
void browse_leave_desk(struct browse *browse);
/* Of a PIN that is typed. */
void browse_forget_digits(struct browse *browse);
/* Typed, erased, entered, ordered; true: it was for the desk. */
bool browse_desk_act(struct browse *browse, const struct action *action);
/* Leaves something to be done in the name of whose PIN it was. arguments NULL: "{}". */
void browse_add_order(struct browse *browse, enum browse_order_kind kind, const char *what,
                      const char *arguments);

/* ---- browse_setup.c: what is set at the screen */

/* Whether what is typed there goes into the place's own draft. */
bool browse_takes_draft(enum place_kind kind);
/* As browse_desk_act, which calls it. */
bool browse_setup_act(struct browse *browse, const struct action *action);
void browse_tick_setup(struct browse *browse, int64_t now_us);
int64_t browse_setup_deadline(const struct browse *browse);
/* What was turned for a try is to be turned back, where nobody said that it may stay. */
void browse_end_trial(struct browse *browse);
