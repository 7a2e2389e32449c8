/* input.h: from SDL's events to what a visitor does; coordinates of the upright picture. Main
 * thread.
 */
#pragma once

#include <SDL_events.h>

#include "display/browse.h"

enum input_kind { INPUT_NONE, INPUT_TOUCH, INPUT_KEY, INPUT_TEXT, INPUT_WHEEL };

struct input {
    enum input_kind kind;
    struct touch touch;
    enum browse_key key;
    const char *text; /* the event's */
    int wheel;        /* steps, upwards */
};

/* Before the window is made: fingers are no mice, a mouse is a finger of its own by what we do. */
void input_prepare(void);
struct input input_read(const struct presenter *presenter, const SDL_Event *event, int64_t now_us);
/* Whether it is a mouse that somebody moves without pressing it: then its pointer is worth seeing.
 */
bool input_hovers(const SDL_Event *event);
