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

static void push_finger(const struct presenter *presenter, const struct touch *touch) {
    struct size panel = presenter_panel(presenter);
    struct point at = presenter_window_point(presenter, touch->at);
    uint32_t type = touch->kind == TOUCH_DOWN ? SDL_FINGERDOWN
                    : touch->kind == TOUCH_UP ? SDL_FINGERUP
                                              : SDL_FINGERMOTION;
    SDL_PushEvent(&(SDL_Event){.tfinger = {.type = type,
                                           .timestamp = SDL_GetTicks(),
                                           .touchId = 1,
                                           .fingerId = touch->finger,
                                           .x = ((float)at.x + 0.5f) / (float)panel.width,
                                           .y = ((float)at.y + 0.5f) / (float)panel.height,
                                           .pressure = 1}});
}

static void push_mouse(const struct presenter *presenter, const struct touch *touch) {
    struct point at = presenter_window_point(presenter, touch->at);
    SDL_Event event = {.motion = {.type = SDL_MOUSEMOTION,
                                  .timestamp = SDL_GetTicks(),
                                  .state = SDL_BUTTON_LMASK,
                                  .x = at.x,
                                  .y = at.y}};
    if (touch->kind != TOUCH_MOVE)
        event.button = (SDL_MouseButtonEvent){
            .type = touch->kind == TOUCH_DOWN ? SDL_MOUSEBUTTONDOWN : SDL_MOUSEBUTTONUP,
            .timestamp = SDL_GetTicks(),
            .button = SDL_BUTTON_LEFT,
            .x = at.x,
            .y = at.y};
    SDL_PushEvent(&event);
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

static void push(const struct presenter *presenter, const struct replay_event *event) {
    switch (event->kind) {
    case REPLAY_TOUCH:
        if (event->touch.finger == TOUCH_MOUSE)
            push_mouse(presenter, &event->touch);
        else
            push_finger(presenter, &event->touch);
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
        push(presenter, &replayer->next);
        replayer->over = !replay_next(&replayer->replay, &replayer->next);
    }
}

int64_t replayer_deadline(const struct replayer *replayer) {
    return replayer->over ? INT64_MAX : replayer->began_us + replayer->next.at_us;
}
