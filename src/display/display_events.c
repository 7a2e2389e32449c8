#include <stdlib.h>
#include <string.h>

#include <SDL.h>

#include "base/time.h"
#include "display/display_private.h"
#include "display/frame.h"
#include "display/input.h"

#define JUST_NOW_US (3 * 1000000LL) /* what was seen until then is offered, too */

void display_ask(struct display *display) {
    backstage_ask(display->backstage, ++display->ticket, display->again, display->motion.drifts);
    display->again = false;
}

static bool fits(const struct display *display, const struct overlay_parts *parts) {
    for (int i = 0; i < OVERLAY_COUNT; i++)
        if (parts->parts[i].buffer && !presenter_fits(display->presenter, parts->parts[i].buffer))
            return false;
    struct size size = presenter_size(display->presenter);
    return parts->size.width == size.width && parts->size.height == size.height;
}

static void handle_frame(struct display *display, struct overlay_parts *parts) {
    if (fits(display, parts))
        overlay_handle_parts(&display->loop.overlay, parts, time_monotonic_us());
    overlay_parts_finish(parts);
    free(parts);
}

static void handle_slide(struct display *display, struct showing_slide *slide, uintptr_t ticket) {
    if (ticket == display->ticket && slide->buffer)
        loop_handle_slide(&display->loop, slide, time_monotonic_us());
    else if (ticket == display->ticket)
        display->loop.asked = false; /* no memory for a picture: ask again */
    showing_slide_finish(slide);
    free(slide);
}

static void handle_library(struct display *display, bool urgent) {
    if (display->loop.state != LOOP_MOVING) { /* else what follows is asked for later */
        display->again = display->again || display->loop.next.buffer || display->loop.asked;
        display->ticket++;
    }
    loop_handle_library(&display->loop, urgent);
    browse_handle_library(&display->browse);
}

static void handle_page(struct display *display, struct page *page) {
    browse_handle_page(&display->browse, page, time_monotonic_us());
    free(page);
}

static void handle_pin(struct display *display, struct tried_pin *tried) {
    if (tried->is_new)
        browse_handle_new_pin(&display->browse, tried->fault, time_monotonic_us());
    else
        browse_handle_pin(&display->browse, tried->state, tried->who, time_monotonic_us());
    free(tried->who);
    free(tried);
}

static void handle_tile(struct display *display, struct made_tile *made) {
    if (made->buffer && !presenter_fits(display->presenter, made->buffer)) {
        buffer_destroy(made->buffer); /* as good as never made: it is asked for anew */
        made->buffer = NULL;
        made->wish.ticket = 0;
    }
    browse_handle_tile(&display->browse, &made->wish, made->buffer);
    free(made);
}

/* What stands now is counted until here. */
static void handle_black(struct display *display, struct buffer *card) {
    int64_t now = time_monotonic_us();
    buffer_destroy(display->black_card);
    display->black_card = card;
    display->dirty = true;
    if (display->black)
        return;
    display_count_uptime(display, now);
    display->up_us = 0;
    browse_handle_away(&display->browse, now);
    browse_handle_black(&display->browse, true);
    display->black = true;
    display_pause_loop(display, now);
    display_save_live(display);
}

static void handle_lifted(struct display *display) {
    display->black = false;
    browse_handle_black(&display->browse, false);
    buffer_destroy(display->black_card);
    display->black_card = NULL;
    display->dirty = true;
    if (display->loop.state != LOOP_STARTING)
        display->up_us = time_monotonic_us();
    display_pause_loop(display, time_monotonic_us());
    display_save_live(display);
}

static void handle_card(struct display *display, struct made_card *card) {
    made_card_finish(&display->card);
    display->card = *card;
    free(card);
    if (display->test)
        display_save_live(display);
}

void display_handle_backstage(struct display *display, const SDL_UserEvent *event) {
    uintptr_t ticket = 0;
    memcpy(&ticket, &event->data2, sizeof ticket);
    switch ((enum backstage_code)event->code) {
    case BACKSTAGE_FRAME:
        handle_frame(display, event->data1);
        break;
    case BACKSTAGE_SLIDE:
        handle_slide(display, event->data1, ticket);
        break;
    case BACKSTAGE_PAGE:
        handle_page(display, event->data1);
        break;
    case BACKSTAGE_TILE:
        handle_tile(display, event->data1);
        break;
    case BACKSTAGE_PIN:
        handle_pin(display, event->data1);
        break;
    case BACKSTAGE_DESK:
        browse_handle_library(&display->browse);
        break;
    case BACKSTAGE_LIBRARY:
        handle_library(display, ticket);
        break;
    case BACKSTAGE_BLACK:
        handle_black(display, event->data1);
        break;
    case BACKSTAGE_LIFTED:
        handle_lifted(display);
        break;
    case BACKSTAGE_CARD:
        handle_card(display, event->data1);
        break;
    case BACKSTAGE_FAILED:
        display->failed = true;
        display->quit = true;
        break;
    case BACKSTAGE_RESTART:
        display->restarts = true;
        display->quit = true;
        break;
    case BACKSTAGE_STOP:
        display->quit = true;
        break;
    }
}

/* All that was made was for another size, or to be turned otherwise. */
static void begin_anew(struct display *display) {
    int finger = presenter_finger(display->presenter, display->config->touch.inches);
    display->again = true;
    display->ticket++;
    backstage_resize(display->backstage, finger);
    loop_handle_resize(&display->loop);
    browse_handle_resize(&display->browse, presenter_size(display->presenter), finger);
}

static void handle_window(struct display *display, const SDL_WindowEvent *event) {
    struct size before = presenter_size(display->presenter);
    switch (event->event) {
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        presenter_handle_window(display->presenter);
        display->dirty = true;
        break;
    case SDL_WINDOWEVENT_MOVED:
    case SDL_WINDOWEVENT_DISPLAY_CHANGED:
        presenter_handle_screens(display->presenter, NULL);
        break;
    case SDL_WINDOWEVENT_FOCUS_LOST:
        browse_handle_away(&display->browse, time_monotonic_us());
        break;
    case SDL_WINDOWEVENT_CLOSE:
        display->quit = display->windowed;
        break;
    default:
        break;
    }
    struct size now = presenter_size(display->presenter);
    if (now.width != before.width || now.height != before.height)
        begin_anew(display);
}

static void handle_screens(struct display *display, struct screen_list *list) {
    presenter_handle_screens(display->presenter, list);
    free(list);
}

void display_turn(struct display *display, struct browse_order *order) {
    presenter_set_rotation(display->presenter, (enum rotation)(order->what[0] - '0'));
    browse_order_finish(order);
    display->dirty = true;
    begin_anew(display);
    display_save_live(display);
}

/* ---- somebody is there */

struct browse_seen display_seen(const struct display *display, int64_t now_us) {
    const char *leaving = NULL;
    struct browse_seen seen = {.id = loop_case(&display->loop, &leaving)};
    if (!leaving && now_us - display->left_us < JUST_NOW_US)
        leaving = display->left_case;
    if (seen.id && config_shows_frame(display->config))
        seen.reach = frame_reach(&display->theme, presenter_size(display->presenter));
    struct size size = presenter_size(display->presenter);
    seen.emblem = display->black ? (struct rect){0, 0, size.width, size.height} /* anywhere */
                                 : frame_corner(&display->theme, size);
    if (seen.id && leaving && strcmp(leaving, seen.id) != 0)
        seen.before = leaving;
    return seen;
}

/* While somebody browses, or nothing may be shown, the loop stands, and then goes on where it was.
 */
void display_pause_loop(struct display *display, int64_t now_us) {
    bool closed = browse_is_closed(&display->browse) && !display->black;
    if (!closed && !display->paused_us) {
        display->paused_us = now_us;
    } else if (closed && display->paused_us) {
        loop_handle_pause(&display->loop, now_us - display->paused_us);
        display->since_us += now_us - display->paused_us;
        display->left_us = 0;
        display->paused_us = 0;
    }
}

static void handle_input(struct display *display, const SDL_Event *event) {
    int64_t now = time_monotonic_us();
    if (input_hovers(event)) {
        SDL_ShowCursor(SDL_ENABLE);
        display->pointer_us = now;
    }
    struct browse *browse = &display->browse;
    struct input input = input_read(display->presenter, event, now);
    struct browse_seen seen = display_seen(display, now);
    switch (input.kind) {
    case INPUT_NONE:
        return;
    case INPUT_TOUCH:
        browse_handle_touch(browse, &input.touch, &seen);
        break;
    case INPUT_KEY:
        browse_handle_key(browse, input.key, &seen, now);
        break;
    case INPUT_TEXT:
        browse_handle_text(browse, input.text, &seen, now);
        break;
    case INPUT_WHEEL:
        browse_handle_wheel(browse, input.wheel, now);
        break;
    }
    display_pause_loop(display, now);
    display_count_touches(display);
}

/* Of a window that is not the whole screen. */
static bool leaves(const struct display *display, const SDL_KeyboardEvent *key) {
    bool closed = browse_is_closed(&display->browse);
    return display->windowed && ((key->keysym.sym == SDLK_ESCAPE && closed) ||
                                 (key->keysym.sym == SDLK_F4 && (key->keysym.mod & KMOD_ALT)));
}

void display_drop_event(struct display *display, const SDL_Event *event) {
    if (event->type == display->event_type)
        display_handle_backstage(display, &event->user);
    else if (event->type == display->video_type)
        display_handle_video(display, &event->user);
    else if (event->type == display->screens_type)
        free(event->user.data1);
}

void display_handle_event(struct display *display, const SDL_Event *event) {
    if (event->type == display->event_type)
        display_handle_backstage(display, &event->user);
    else if (event->type == display->video_type)
        display_handle_video(display, &event->user);
    else if (event->type == SDL_WINDOWEVENT)
        handle_window(display, &event->window);
    else if (event->type == SDL_DISPLAYEVENT)
        presenter_handle_screens(display->presenter, NULL);
    else if (event->type == display->screens_type)
        handle_screens(display, event->user.data1);
    else if (event->type == SDL_KEYDOWN && leaves(display, &event->key))
        display->quit = true;
    else
        handle_input(display, event);
}
