/* Fingers and keys. */
#include "base/str.h"
#include "display/browse_private.h"

#define WHEEL_SHARE 4 /* a step of the wheel: the view's height / 4 */

const struct target *browse_target_at(const struct browse *browse, struct point at) {
    const struct page *page = &browse->page.page;
    const struct target *target = page_target(page, at, browse->page.scroll, browse->finger / 3);
    return target && target->action.kind != ACTION_NONE ? target : NULL;
}

static bool is_photo(const struct browse *browse) {
    return browse->page.page.place.kind == PLACE_PICTURE && browse->zoom.picture.width;
}

/* ---- gestures, while it is open */

static void act_at(struct browse *browse, struct point at, int64_t now_us) {
    const struct target *target = browse_target_at(browse, at);
    if (!target)
        return;
    struct action action = action_copy(&target->action); /* the page may go */
    browse_act(browse, &action, now_us);
    action_finish(&action);
}

static void handle_press(struct browse *browse, const struct gesture *gesture, int64_t now_us) {
    bool moved = is_photo(browse) ? zoom_grab(&browse->zoom, now_us)
                                  : scroller_grab(&browse->scroller, now_us);
    const struct target *target = browse_target_at(browse, gesture->at);
    bool stands = target && !target->scrolled; /* whatever moves below it */
    browse->caught = (moved && !stands) || browse->noticed;
    browse->noticed = false;
    browse->pressed = !browse->caught;
    browse->press = gesture->at;
    browse->focus = SIZE_MAX;
}

static void let_go(struct browse *browse, double vx, double vy, int64_t now_us) {
    if (!is_photo(browse)) {
        scroller_release(&browse->scroller, -vy, now_us);
        return;
    }
    enum zoom_end end = zoom_release(&browse->zoom, vx, vy, now_us);
    struct place *here = trail_here(&browse->trail);
    if (end == ZOOM_STAY || !here)
        return;
    struct action action = {.kind = ACTION_REPLACE, .place = place_copy(here)};
    action.place.picture += end == ZOOM_NEXT ? 1 : -1;
    browse_act(browse, &action, now_us);
    action_finish(&action);
}

static void handle_tap(struct browse *browse, const struct gesture *gesture, int64_t now_us) {
    bool caught = browse->caught;
    browse->pressed = false;
    browse->press = gesture->at;
    let_go(browse, 0, 0, now_us);
    if (!caught)
        act_at(browse, gesture->at, now_us);
}

static void handle_gesture(struct browse *browse, const struct gesture *gesture, int64_t now_us) {
    if (gesture->kind == GESTURE_PRESS)
        handle_press(browse, gesture, now_us);
    if (browse_video_gesture(browse, gesture, now_us))
        return;
    switch (gesture->kind) {
    case GESTURE_NONE:
    case GESTURE_PRESS:
        break;
    case GESTURE_RELEASE: /* a drag that follows at once loses nothing by it */
        browse->pressed = false;
        let_go(browse, 0, 0, now_us);
        break;
    case GESTURE_TAP:
    case GESTURE_LONG_PRESS:
        handle_tap(browse, gesture, now_us);
        break;
    case GESTURE_DOUBLE_TAP:
        browse->pressed = false;
        let_go(browse, 0, 0, now_us);
        if (is_photo(browse) && !browse_target_at(browse, gesture->at))
            zoom_double_tap(&browse->zoom, gesture->at, now_us);
        else
            act_at(browse, gesture->at, now_us);
        break;
    case GESTURE_DRAG_BEGIN:
    case GESTURE_PINCH_BEGIN:
        break;
    case GESTURE_DRAG:
        if (is_photo(browse))
            zoom_drag(&browse->zoom, gesture->dx, gesture->dy, now_us);
        else
            scroller_drag(&browse->scroller, -gesture->dy, now_us);
        break;
    case GESTURE_PINCH:
        if (is_photo(browse))
            zoom_pinch(&browse->zoom, gesture->at, gesture->dx, gesture->dy, gesture->scale,
                       now_us);
        break;
    case GESTURE_DRAG_END:
    case GESTURE_PINCH_END:
        let_go(browse, gesture->vx, gesture->vy, now_us);
        break;
    }
}

/* ---- and of the loop */

static void handle_first(struct browse *browse, const struct gesture *gesture,
                         const struct browse_seen *seen, int64_t now_us) {
    if (browse->state != BROWSE_CLOSED)
        return; /* the page is coming */
    if (browse_hold(browse, gesture, seen, now_us) || browse->black)
        return;
    browse->pressed = gesture->kind == GESTURE_PRESS;
    browse->press = gesture->kind == GESTURE_DRAG_END ? browse->press : gesture->at;
    switch (gesture->kind) {
    case GESTURE_TAP:
    case GESTURE_DOUBLE_TAP:
    case GESTURE_LONG_PRESS:
    case GESTURE_DRAG_END:
    case GESTURE_PINCH_END:
        browse->manner.reach = !rect_empty(
            rect_meet(seen->reach, (struct rect){gesture->start.x, gesture->start.y, 1, 1}));
        browse_open(browse, seen, now_us);
        browse->pressed = true; /* is seen until the page comes */
        break;
    default:
        break;
    }
}

static void handle_gestures(struct browse *browse, const struct gesture *gestures, size_t count,
                            const struct browse_seen *seen, int64_t now_us) {
    for (size_t i = 0; i < count; i++) {
        if (browse->state == BROWSE_OPEN)
            handle_gesture(browse, &gestures[i], now_us);
        else
            handle_first(browse, &gestures[i], seen, now_us);
    }
}

void browse_handle_touch(struct browse *browse, const struct touch *touch,
                         const struct browse_seen *seen) {
    struct gesture gestures[GESTURES_MAX];
    if (touch->kind == TOUCH_DOWN)
        browse_end(browse);
    size_t count = gestures_handle(&browse->gestures, touch, gestures);
    if (touch->kind == TOUCH_DOWN)
        browse->noticed = browse->notice.tile_count > 0;
    if (touch->kind != TOUCH_MOVE || gestures_down(&browse->gestures))
        browse_use(browse, touch->at_us);
    handle_gestures(browse, gestures, count, seen, touch->at_us);
}

void browse_tick_gestures(struct browse *browse, const struct browse_seen *seen, int64_t now_us) {
    struct gesture gestures[GESTURES_MAX];
    size_t count = gestures_tick(&browse->gestures, now_us, gestures);
    handle_gestures(browse, gestures, count, seen, now_us);
}

void browse_handle_away(struct browse *browse, int64_t now_us) {
    struct gesture ended[GESTURES_MAX];
    size_t count = gestures_cancel(&browse->gestures, ended);
    browse->pressed = false;
    for (size_t i = 0; browse->state == BROWSE_OPEN && i < count; i++)
        handle_gesture(browse, &ended[i], now_us);
}

/* ---- keys */

static void move_focus(struct browse *browse, int dx, int dy, int64_t now_us) {
    const struct page *page = &browse->page.page;
    const struct target *from =
        browse->focus < page->target_count ? page->targets + browse->focus : NULL;
    const struct target *to = page_neighbour(page, from, dx, dy, browse->page.scroll);
    if (!to) {
        if (dy && page->view.height)
            scroller_glide(&browse->scroller,
                           scroller_end(&browse->scroller) + dy * page->view.height / 2.0, now_us);
        return;
    }
    browse->focus = (size_t)(to - page->targets);
    struct rect place = page_place(page, to->place, to->scrolled, browse->page.scroll);
    if (to->scrolled &&
        (place.y < page->view.y || place.y + place.height > page->view.y + page->view.height))
        scroller_glide(&browse->scroller, to->place.y - page->view.height / 4.0, now_us);
}

void browse_turn_page(struct browse *browse, int by, int64_t now_us) {
    const struct place *here = trail_here(&browse->trail);
    int number = here ? here->picture + by : -1;
    if (number < 0 || number >= browse->page.page.pictures)
        return;
    struct action action = {.kind = ACTION_REPLACE, .place = place_copy(here)};
    action.place.kind = PLACE_PICTURE;
    action.place.picture = number;
    browse_act(browse, &action, now_us);
    action_finish(&action);
}

static void act_simply(struct browse *browse, enum action_kind kind, int64_t now_us) {
    browse_act(browse, &(struct action){.kind = kind}, now_us);
}

static void press_focus(struct browse *browse, int64_t now_us) {
    const struct page *page = &browse->page.page;
    if (browse->focus >= page->target_count) {
        browse_desk_act(browse, &(struct action){.kind = ACTION_ENTER}); /* what was typed */
        return;
    }
    struct action action = action_copy(&page->targets[browse->focus].action);
    browse_act(browse, &action, now_us);
    action_finish(&action);
}

void browse_handle_key(struct browse *browse, enum browse_key key, const struct browse_seen *seen,
                       int64_t now_us) {
    bool noticed = browse->notice.tile_count > 0;
    browse_use(browse, now_us);
    if (key != BROWSE_ESCAPE)
        browse_end(browse);
    if (browse->state == BROWSE_CLOSED && key != BROWSE_ESCAPE && !browse->black)
        browse_open(browse, seen, now_us);
    if (browse->state != BROWSE_OPEN || noticed)
        return;
    if (browse_video_key(browse, key, now_us))
        return;
    bool photo = is_photo(browse);
    switch (key) {
    case BROWSE_LEFT:
    case BROWSE_RIGHT:
        if (photo)
            browse_turn_page(browse, key == BROWSE_LEFT ? -1 : 1, now_us);
        else
            move_focus(browse, key == BROWSE_LEFT ? -1 : 1, 0, now_us);
        break;
    case BROWSE_UP:
    case BROWSE_DOWN:
        move_focus(browse, 0, key == BROWSE_UP ? -1 : 1, now_us);
        break;
    case BROWSE_ENTER:
        press_focus(browse, now_us);
        break;
    case BROWSE_ESCAPE:
        act_simply(browse, ACTION_BACK, now_us);
        break;
    case BROWSE_ERASE:
        act_simply(browse, ACTION_ERASE, now_us);
        break;
    case BROWSE_START:
        act_simply(browse, ACTION_HOME, now_us);
        break;
    }
}

/* Whoever types wants to search. */
void browse_handle_text(struct browse *browse, const char *text, const struct browse_seen *seen,
                        int64_t now_us) {
    browse_use(browse, now_us);
    browse_end(browse);
    if (browse->state == BROWSE_CLOSED && browse->black)
        return;
    if (browse->state == BROWSE_CLOSED)
        browse_open(browse, seen, now_us);
    if (browse_video_text(browse, text, now_us))
        return;
    const struct place *here = trail_here(&browse->trail);
    struct action action = action_text(ACTION_TYPE, text);
    if (here && here->setup && !browse_takes_draft(here->kind) && here->kind != PLACE_NEW_PIN) {
        action_finish(&action);
        return;
    }
    if (here && here->kind != PLACE_SEARCH && here->kind != PLACE_PIN &&
        here->kind != PLACE_NEW_PIN && !browse_takes_draft(here->kind)) {
        action_finish(&action);
        action = (struct action){.kind = ACTION_GO, .place = place_of(PLACE_SEARCH, text)};
        action.place.of_desk = browse->desk.who && browse_is_desk(here);
        action.place.text[utf8_cut(text, BROWSE_QUERY_MAX)] = '\0';
    }
    browse_act(browse, &action, now_us);
    action_finish(&action);
}

void browse_handle_wheel(struct browse *browse, int steps, int64_t now_us) {
    const struct page *page = &browse->page.page;
    if (browse->state != BROWSE_OPEN || !page->view.height)
        return;
    browse_use(browse, now_us);
    double step = page->view.height / (double)WHEEL_SHARE;
    scroller_glide(&browse->scroller, scroller_end(&browse->scroller) - steps * step, now_us);
}
