#include "display/loop.h"

#include "display/motion.h"

void loop_init(struct loop *loop, const struct config *config, const struct theme *theme) {
    *loop = (struct loop){.config = config, .theme = theme, .still_us = INT64_MAX};
}

void loop_finish(struct loop *loop) {
    showing_slide_finish(&loop->current);
    showing_slide_finish(&loop->next);
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

void loop_handle_library(struct loop *loop) {
    if (loop->state == LOOP_MOVING) /* what moves in is shown; what follows it is of the new one */
        return;
    showing_slide_finish(&loop->next);
    loop->asked = false;
    loop->hurry = loop->hurry || (loop->current.buffer && !loop->current.case_id);
}

void loop_handle_resize(struct loop *loop) {
    showing_slide_finish(&loop->next);
    showing_slide_finish(&loop->current);
    loop->state = LOOP_STARTING;
    loop->asked = false;
}

static void stand(struct loop *loop, int64_t now_us) {
    showing_slide_finish(&loop->current);
    loop->current = loop->next;
    loop->next = (struct showing_slide){0};
    loop->state = LOOP_STANDING;
    loop->hurry = false;
    loop->due_us = now_us + loop->current.duration_ms * 1000;
}

static int64_t move_us(const struct loop *loop) {
    return loop->config->loop.transition == TRANSITION_CUT ? 0
                                                           : loop->config->loop.fade_ms * 1000LL;
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

int64_t loop_deadline(const struct loop *loop) {
    if (!loop->next.buffer)
        return INT64_MAX;
    if (loop->state == LOOP_STANDING)
        return loop->due_us;
    return 0;
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

size_t loop_place(const struct loop *loop, int64_t now_us, struct size size,
                  struct placement placements[TRANSITION_PLACEMENTS]) {
    if (loop->state == LOOP_STARTING)
        return 0;
    struct look current = look_of(loop, &loop->current, now_us);
    if (loop->state == LOOP_STANDING)
        return transition_stand(&current, placements);
    struct look next = look_of(loop, &loop->next, now_us);
    double at = (double)(now_us - loop->next.since_us) / (double)(move_us(loop) + 1);
    return transition_place(kind(loop), (enum easing)loop->theme->easing, at, size, &current, &next,
                            placements);
}
