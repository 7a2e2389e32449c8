#include "display/motion.h"

double motion_ease(enum easing easing, double at) {
    switch (easing) {
    case EASING_LINEAR:
        break;
    case EASING_SMOOTH:
        return at * at * (3 - 2 * at);
    case EASING_OUT:
        return at * (2 - at);
    }
    return at;
}

double motion_ease_fade(enum easing easing, double at) {
    return (at + motion_ease(easing, at)) / 2;
}
