#include "display/input.h"

#include <SDL.h>

void input_prepare(void) {
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_TOUCH_EVENTS, "0");
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
}

/* When it happened: it may have waited in the queue. */
static int64_t happened_us(uint32_t timestamp_ms, int64_t now_us) {
    int64_t age = (int64_t)(SDL_GetTicks() - timestamp_ms) * 1000;
    return timestamp_ms && age > 0 && age < 1000000 ? now_us - age : now_us;
}

static struct input read_finger(const struct presenter *presenter,
                                const SDL_TouchFingerEvent *event, int64_t now_us) {
    struct size panel = presenter_panel(presenter);
    struct point at = presenter_point(presenter, (int)(event->x * (float)panel.width),
                                      (int)(event->y * (float)panel.height));
    enum touch_kind kind = event->type == SDL_FINGERDOWN ? TOUCH_DOWN
                           : event->type == SDL_FINGERUP ? TOUCH_UP
                                                         : TOUCH_MOVE;
    return (struct input){
        .kind = INPUT_TOUCH,
        .touch = {kind, event->fingerId, at, happened_us(event->timestamp, now_us)}};
}

static struct input touch_of(const struct presenter *presenter, enum touch_kind kind, int x, int y,
                             int64_t at_us) {
    return (struct input){.kind = INPUT_TOUCH,
                          .touch = {kind, TOUCH_MOUSE, presenter_point(presenter, x, y), at_us}};
}

static struct input read_key(const SDL_KeyboardEvent *event) {
    static const struct {
        SDL_Keycode code;
        enum browse_key key;
    } keys[] = {{SDLK_LEFT, BROWSE_LEFT},       {SDLK_RIGHT, BROWSE_RIGHT},
                {SDLK_UP, BROWSE_UP},           {SDLK_DOWN, BROWSE_DOWN},
                {SDLK_RETURN, BROWSE_ENTER},    {SDLK_KP_ENTER, BROWSE_ENTER},
                {SDLK_ESCAPE, BROWSE_ESCAPE},   {SDLK_AC_BACK, BROWSE_ESCAPE},
                {SDLK_BACKSPACE, BROWSE_ERASE}, {SDLK_HOME, BROWSE_START}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (keys[i].code == event->keysym.sym)
            return (struct input){.kind = INPUT_KEY, .key = keys[i].key};
    return (struct input){.kind = INPUT_NONE};
}

struct input input_read(const struct presenter *presenter, const SDL_Event *event, int64_t now_us) {
    bool left = event->button.button == SDL_BUTTON_LEFT;
    switch (event->type) {
    case SDL_FINGERDOWN:
    case SDL_FINGERMOTION:
    case SDL_FINGERUP:
        return read_finger(presenter, &event->tfinger, now_us);
    case SDL_MOUSEBUTTONDOWN:
    case SDL_MOUSEBUTTONUP:
        if (!left)
            break;
        return touch_of(presenter, event->type == SDL_MOUSEBUTTONDOWN ? TOUCH_DOWN : TOUCH_UP,
                        event->button.x, event->button.y,
                        happened_us(event->button.timestamp, now_us));
    case SDL_MOUSEMOTION:
        if (!(event->motion.state & SDL_BUTTON_LMASK))
            break;
        return touch_of(presenter, TOUCH_MOVE, event->motion.x, event->motion.y,
                        happened_us(event->motion.timestamp, now_us));
    case SDL_MOUSEWHEEL:
        return (struct input){.kind = INPUT_WHEEL, .wheel = event->wheel.y};
    case SDL_KEYDOWN:
        return read_key(&event->key);
    case SDL_TEXTINPUT:
        return (struct input){.kind = INPUT_TEXT, .text = event->text.text};
    default:
        break;
    }
    return (struct input){.kind = INPUT_NONE};
}

bool input_hovers(const SDL_Event *event) {
    return event->type == SDL_MOUSEMOTION && !event->motion.state;
}
