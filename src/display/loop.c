#include "display/loop.h"

#include <stdlib.h>

#include "display/frame.h"
#include "display/motion.h"

#define OPAQUE 256

void loop_init(struct loop *loop, const struct config *config, const struct theme *theme,
               int64_t now_us) {
    *loop = (struct loop){.config = config, .theme = theme, .still_us = INT64_MAX};
    overlay_init(&loop->overlay, config_shows_frame(config) ? theme : NULL, now_us);
}

void loop_finish(struct loop *loop) {
    showing_slide_finish(&loop->current);
    showing_slide_finish(&loop->next);
    overlay_finish(&loop->overlay);
}

bool loop_wants_next(struct loop *loop) {
    if (loop->asked || loop->next.buffer || loop->state == LOOP_MOVING)
        return false;
    loop->asked = true;
    return true;
}

/* The first slide is shown at once, and a card gives way at once. */
void loop_handle_slide(struct loop *loop, struct showing_slide *slide, int64_t now_us) {
    loop->asked = false;
    showing_slide_finish(&loop->next);
    loop->next = *slide;
    *slide = (struct showing_slide){0};
    if (loop->state == LOOP_STANDING && loop->hurry)
        loop->due_us = now_us;
}

void loop_handle_library(struct loop *loop, bool urgent) {
    if (loop->state == LOOP_MOVING) { /* what moves in is shown; what follows is of the new one */
        loop->outdated = true;
        loop->urgent = loop->urgent || urgent;
        return;
    }
    showing_slide_finish(&loop->next);
    loop->asked = false;
    loop->hurry = loop->hurry || (urgent && !loop->current.urgent) ||
                  (loop->current.buffer && !loop->current.case_id);
}

void loop_handle_resize(struct loop *loop) {
    showing_slide_finish(&loop->next);
    showing_slide_finish(&loop->current);
    overlay_handle_resize(&loop->overlay);
    loop->state = LOOP_STARTING;
    loop->asked = false;
}

static void stand(struct loop *loop, int64_t now_us) {
    showing_slide_finish(&loop->current);
    loop->current = loop->next;
    loop->next = (struct showing_slide){0};
    loop->state = LOOP_STANDING;
    loop->hurry =
        loop->outdated && ((loop->urgent && !loop->current.urgent) || !loop->current.case_id);
    loop->outdated = loop->urgent = false;
    overlay_move(&loop->overlay, now_us);
    loop->stood_us = now_us;
    loop->due_us = now_us + loop->current.duration_ms * 1000;
}

static int64_t move_us(const struct loop *loop) {
    return loop->config->loop.transition == TRANSITION_CUT ? 0
                                                           : loop->config->loop.fade_ms * 1000LL;
}

void loop_handle_pause(struct loop *loop, int64_t pause_us) {
    loop->current.since_us += pause_us;
    loop->next.since_us += pause_us;
    loop->stood_us += pause_us;
    loop->due_us += pause_us;
    if (loop->still_us != INT64_MAX)
        loop->still_us += pause_us;
}

const char *loop_case(const struct loop *loop, const char **leaving) {
    bool moving = loop->state == LOOP_MOVING;
    *leaving = moving ? loop->current.case_id : NULL;
    return moving ? loop->next.case_id : loop->current.case_id;
}

bool loop_tick(struct loop *loop, int64_t now_us) {
    if (!loop->next.buffer)
        return false;
    if (loop->state == LOOP_STARTING) {
        loop->next.since_us = now_us;
        stand(loop, now_us);
        return true;
    }
    if (loop->state == LOOP_STANDING && now_us >= loop->due_us) {
        loop->state = LOOP_MOVING;
        loop->next.since_us = now_us;
    }
    if (loop->state == LOOP_MOVING && now_us >= loop->next.since_us + move_us(loop)) {
        stand(loop, now_us);
        return true;
    }
    return false;
}

/* ---- the line of the time left */

static int64_t left_us(const struct loop *loop, int64_t now_us) {
    int64_t step = loop->theme->step_seconds * 1000000LL;
    int64_t left = loop->current.duration_ms * 1000 - (now_us - loop->stood_us) / step * step;
    return left > 0 ? left : 0;
}

static int64_t line_deadline(const struct loop *loop, int64_t now_us) {
    if (!loop->current.line || !left_us(loop, now_us))
        return INT64_MAX;
    int64_t step = loop->theme->step_seconds * 1000000LL;
    return loop->stood_us + ((now_us - loop->stood_us) / step + 1) * step;
}

/* The next slide's comes with it, while that moves in. */
static size_t place_line(const struct loop *loop, int64_t now_us, struct size size,
                         struct placement *placement) {
    bool moving = loop->state == LOOP_MOVING;
    const struct showing_slide *slide = moving ? &loop->next : &loop->current;
    if (!slide->line)
        return 0;
    int64_t whole = slide->duration_ms * 1000, left = moving ? whole : left_us(loop, now_us);
    int64_t moved = (now_us - slide->since_us) * OPAQUE / (move_us(loop) + 1);
    struct point at = frame_line_at(size, left, whole);
    int up = abs(loop->overlay.shift.y); /* there is no room below */
    *placement = (struct placement){
        .buffer = slide->line, .x = at.x, .y = at.y - up, .alpha = moving ? (int)moved : OPAQUE};
    return left > 0;
}

/* ---- when, and what */

static bool shows_hint(const struct loop *loop) {
    return loop->current.case_id; /* of an empty library there is no more to learn */
}

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

int64_t loop_deadline(const struct loop *loop, int64_t now_us) {
    int64_t frame = overlay_deadline(&loop->overlay, now_us, shows_hint(loop));
    if (loop->state != LOOP_STANDING)
        return loop->next.buffer ? 0 : frame;
    int64_t due = loop->next.buffer ? loop->due_us : INT64_MAX;
    return earlier(due, earlier(frame, line_deadline(loop, now_us)));
}

void loop_handle_motion(struct loop *loop, bool drifts, int64_t now_us) {
    loop->still_us = drifts ? INT64_MAX : now_us;
}

/* How long a slide has drifted. */
static int64_t drift_us(const struct loop *loop, const struct showing_slide *slide,
                        int64_t now_us) {
    return (now_us < loop->still_us ? now_us : loop->still_us) - slide->since_us;
}

bool loop_moves(const struct loop *loop, int64_t now_us, int64_t *since_us) {
    const struct showing_slide *current = &loop->current;
    *since_us = loop->state == LOOP_MOVING ? loop->next.since_us : current->since_us;
    if (loop->state != LOOP_STANDING)
        return loop->state == LOOP_MOVING;
    return current->photo && now_us < loop->still_us &&
           drift_goes(&current->drift, drift_us(loop, current, now_us));
}

static struct look look_of(const struct loop *loop, const struct showing_slide *slide,
                           int64_t now_us) {
    struct look look = {.buffer = slide->buffer, .photo = slide->photo};
    if (slide->photo)
        look.part =
            drift_part(&slide->drift, (struct size){slide->photo->width, slide->photo->height},
                       drift_us(loop, slide, now_us));
    return look;
}

/* With [display] motion = none what would slide fades: nothing leaves its place. */
static enum transition kind(const struct loop *loop) {
    bool slides = loop->config->loop.transition == TRANSITION_SLIDE;
    return slides && loop->config->display.motion == MOTION_NONE
               ? TRANSITION_FADE
               : (enum transition)loop->config->loop.transition;
}

static size_t place_slides(const struct loop *loop, int64_t now_us, struct size size,
                           struct placement placements[TRANSITION_PLACEMENTS]) {
    struct look current = look_of(loop, &loop->current, now_us);
    if (loop->state == LOOP_STANDING)
        return transition_stand(&current, placements);
    struct look next = look_of(loop, &loop->next, now_us);
    double at = (double)(now_us - loop->next.since_us) / (double)(move_us(loop) + 1);
    return transition_place(kind(loop), (enum easing)loop->theme->easing, at, size, &current, &next,
                            placements);
}

size_t loop_place(const struct loop *loop, int64_t now_us, struct size size,
                  struct placement placements[LOOP_PLACEMENTS]) {
    if (loop->state == LOOP_STARTING)
        return 0;
    size_t count = place_slides(loop, now_us, size, placements);
    count += place_line(loop, now_us, size, placements + count);
    return count + overlay_place(&loop->overlay, now_us, shows_hint(loop), placements + count);
}
