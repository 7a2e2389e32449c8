/* touch.h: what a finger does to the glass, as it comes from the screen or from a trace */
#pragma once

#include <stdint.h>

#include "display/geometry.h"

#define TOUCH_MOUSE INT64_MIN /* the finger that a mouse is: never taken for a ghost */

enum touch_kind { TOUCH_DOWN, TOUCH_MOVE, TOUCH_UP, TOUCH_CANCEL };

struct touch {
    enum touch_kind kind;
    int64_t finger;
    struct point at; /* pixels of the upright picture */
    int64_t at_us;
};
