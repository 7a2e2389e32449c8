#include "display/loop.h"

#include "display/transition.h"

void loop_init(struct loop *loop, const struct config *config, const struct theme *theme) {
    *loop = (struct loop){.config = config, .theme = theme};
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
        stand(loop, now_us);
        return true;
    }
    if (loop->state == LOOP_STANDING && now_us >= loop->due_us) {
        loop->state = LOOP_MOVING;
        loop->moving_since_us = now_us;
    }
    if (loop->state == LOOP_MOVING && now_us >= loop->moving_since_us + move_us(loop)) {
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

size_t loop_place(const struct loop *loop, int64_t now_us, struct size size,
                  struct placement placements[2]) {
    if (loop->state == LOOP_STARTING)
        return 0;
    if (loop->state == LOOP_STANDING) {
        placements[0] = (struct placement){.buffer = loop->current.buffer, .x = 0, .alpha = 256};
        return 1;
    }
    double at = (double)(now_us - loop->moving_since_us) / (double)(move_us(loop) + 1);
    return transition_place((enum transition)loop->config->loop.transition,
                            (enum easing)loop->theme->easing, at, size, loop->current.buffer,
                            loop->next.buffer, placements);
}
