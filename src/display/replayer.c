#include "display/replayer.h"

#include <stdlib.h>
#include <string.h>

#include <SDL.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/replay.h"

struct replayer {
    struct replay replay;
    struct replay_event next;
    bool over, started;
    int64_t began_us;
};

struct replayer *replayer_create(const char *path) {
    struct replayer *replayer = xcalloc(1, sizeof *replayer);
    if (!replay_open(&replayer->replay, path)) {
        free(replayer);
        return NULL;
    }
    replayer->over = !replay_next(&replayer->replay, &replayer->next);
    return replayer;
}

void replayer_destroy(struct replayer *replayer) {
    if (!replayer)
        return;
    replay_close(&replayer->replay);
    free(replayer);
}

/* SDL_PushEvent would say that it happens now. */
static void queue(SDL_Event event, uint32_t stamp) {
    event.common.timestamp = stamp;
    SDL_PeepEvents(&event, 1, SDL_ADDEVENT, SDL_FIRSTEVENT, SDL_LASTEVENT);
}

static void push_finger(const struct presenter *presenter, const struct touch *touch,
                        uint32_t stamp) {
    struct size panel = presenter_panel(presenter);
    struct point at = presenter_window_point(presenter, touch->at);
    uint32_t type = touch->kind == TOUCH_DOWN ? SDL_FINGERDOWN
                    : touch->kind == TOUCH_UP ? SDL_FINGERUP
                                              : SDL_FINGERMOTION;
    queue((SDL_Event){.tfinger = {.type = type,
                                  .touchId = 1,
                                  .fingerId = touch->finger,
                                  .x = ((float)at.x + 0.5f) / (float)panel.width,
                                  .y = ((float)at.y + 0.5f) / (float)panel.height,
                                  .pressure = 1}},
          stamp);
}

static void push_mouse(const struct presenter *presenter, const struct touch *touch,
                       uint32_t stamp) {
    struct point at = presenter_window_point(presenter, touch->at);
    SDL_Event event = {
        .motion = {.type = SDL_MOUSEMOTION, .state = SDL_BUTTON_LMASK, .x = at.x, .y = at.y}};
    if (touch->kind != TOUCH_MOVE)
        event.button = (SDL_MouseButtonEvent){
            .type = touch->kind == TOUCH_DOWN ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP,
            .button = SDL_BUTTON_LEFT,
            .x = at.x,
            .y = at.y};
    queue(event, stamp);
}

static void push_text(const char *text) {
    SDL_Event event = {.text = {.type = SDL_TEXTINPUT}};
    size_t size = utf8_cut(text, sizeof event.text.text - 1);
    memcpy(event.text.text, text, size);
    SDL_PushEvent(&event);
}

static void push_key(const char *name) {
    SDL_PushEvent(
        &(SDL_Event){.key = {.type = SDL_KEYDOWN, .keysym = {.sym = SDL_GetKeyFromName(name)}}});
}

/* stamp: when it should have happened, by SDL's clock: gestures do not change where a test is slow.
 */
static void push(const struct presenter *presenter, const struct replay_event *event,
                 uint32_t stamp) {
    switch (event->kind) {
    case REPLAY_TOUCH:
        if (event->touch.finger == TOUCH_MOUSE)
            push_mouse(presenter, &event->touch, stamp);
        else
            push_finger(presenter, &event->touch, stamp);
        break;
    case REPLAY_WHEEL:
        SDL_PushEvent(&(SDL_Event){.wheel = {.type = SDL_MOUSEWHEEL, .y = event->wheel}});
        break;
    case REPLAY_KEY:
        push_key(event->text);
        break;
    case REPLAY_TEXT:
        push_text(event->text);
        break;
    case REPLAY_WINDOW:
        presenter_resize(presenter, event->size);
        break;
    }
}

void replayer_tick(struct replayer *replayer, const struct presenter *presenter, int64_t now_us) {
    if (!replayer->started)
        replayer->began_us = now_us;
    replayer->started = true;
    while (!replayer->over && replayer->began_us + replayer->next.at_us <= now_us) {
        int64_t late_ms = (now_us - replayer->began_us - replayer->next.at_us) / 1000;
        push(presenter, &replayer->next, SDL_GetTicks() - (uint32_t)late_ms);
        replayer->over = !replay_next(&replayer->replay, &replayer->next);
    }
}

int64_t replayer_deadline(const struct replayer *replayer) {
    return replayer->over ? INT64_MAX : replayer->began_us + replayer->next.at_us;
}
