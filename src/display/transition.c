#include "display/transition.h"

#define OPAQUE 256

/* Starts and ends slowly. */
static double ease(double at) {
    return at * at * (3 - 2 * at);
}

size_t transition_place(enum transition kind, double at, struct size size,
                        const struct buffer *from, const struct buffer *to,
                        struct placement placements[2]) {
    placements[0] = (struct placement){to, 0, 0, OPAQUE};
    if (at >= 1 || kind == TRANSITION_CUT)
        return 1;
    at = at < 0 ? 0 : at;
    if (kind == TRANSITION_FADE) {
        placements[1] = (struct placement){to, 0, 0, (int)(at * OPAQUE + 0.5)};
        placements[0] = (struct placement){from, 0, 0, OPAQUE};
        return 2;
    }
    int shift = (int)(ease(at) * size.width + 0.5);
    placements[0] = (struct placement){from, -shift, 0, OPAQUE};
    placements[1] = (struct placement){to, size.width - shift, 0, OPAQUE};
    return 2;
}
