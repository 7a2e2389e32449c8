#include "display/transition.h"

#include "display/motion.h"

#define OPAQUE 256

static size_t add(struct placement *placements, size_t count, const struct look *look, int x,
                  int alpha) {
    if (look->photo)
        placements[count++] =
            (struct placement){.buffer = look->photo, .x = x, .alpha = alpha, .part = look->part};
    placements[count++] = (struct placement){.buffer = look->buffer, .x = x, .alpha = alpha};
    return count;
}

size_t transition_stand(const struct look *look, struct placement placements[LOOK_PLACEMENTS]) {
    return add(placements, 0, look, 0, OPAQUE);
}

/* What fades is a single buffer if either slide is: of a photograph and what lies over it, both
 * half seen, more shows through than of one picture. Between two of those it cannot be helped, and
 * is hardly seen. */
static size_t fade(int alpha, const struct look *from, const struct look *to,
                   struct placement placements[TRANSITION_PLACEMENTS]) {
    if (to->photo && !from->photo)
        return add(placements, transition_stand(to, placements), from, 0, OPAQUE - alpha);
    return add(placements, transition_stand(from, placements), to, 0, alpha);
}

size_t transition_place(enum transition kind, enum easing easing, double at, struct size size,
                        const struct look *from, const struct look *to,
                        struct placement placements[TRANSITION_PLACEMENTS]) {
    if (at >= 1 || kind == TRANSITION_CUT)
        return transition_stand(to, placements);
    at = at < 0 ? 0 : at;
    if (kind == TRANSITION_FADE)
        return fade((int)(motion_ease_fade(easing, at) * OPAQUE + 0.5), from, to, placements);
    int shift = (int)(motion_ease(easing, at) * size.width + 0.5);
    size_t count = add(placements, 0, from, -shift, OPAQUE);
    return add(placements, count, to, size.width - shift, OPAQUE);
}
