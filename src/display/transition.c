#include "display/transition.h"

#include "display/motion.h"

#define OPAQUE 256

size_t transition_place(enum transition kind, enum easing easing, double at, struct size size,
                        const struct buffer *from, const struct buffer *to,
                        struct placement placements[2]) {
    placements[0] = (struct placement){.buffer = to, .x = 0, .alpha = OPAQUE};
    if (at >= 1 || kind == TRANSITION_CUT)
        return 1;
    at = at < 0 ? 0 : at;
    if (kind == TRANSITION_FADE) {
        int alpha = (int)(motion_ease_fade(easing, at) * OPAQUE + 0.5);
        placements[1] = (struct placement){.buffer = to, .x = 0, .alpha = alpha};
        placements[0] = (struct placement){.buffer = from, .x = 0, .alpha = OPAQUE};
        return 2;
    }
    int shift = (int)(motion_ease(easing, at) * size.width + 0.5);
    placements[0] = (struct placement){.buffer = from, .x = -shift, .alpha = OPAQUE};
    placements[1] = (struct placement){.buffer = to, .x = size.width - shift, .alpha = OPAQUE};
    return 2;
}
