/* transition.h: how one slide follows another; pure */
#pragma once

#include "base/config.h"
#include "base/option.h"
#include "display/presenter.h"
#include "display/theme.h"

/* What one slide looks like at a moment. */
struct look {
    const struct buffer *buffer;
    const struct buffer *photo; /* below the buffer, which is translucent then; NULL: none */
    struct rect part;           /* of the photo, as in a placement */
};

#define LOOK_PLACEMENTS       2
#define TRANSITION_PLACEMENTS (2 * LOOK_PLACEMENTS)

/* A slide that stands. Gives how many of the placements count, as the following does. */
size_t transition_stand(const struct look *look, struct placement placements[LOOK_PLACEMENTS]);
/* Where the slides lie at a moment of the change, 0 … 1 (at 1 only `to` is left). */
size_t transition_place(enum transition kind, enum easing easing, double at, struct size size,
                        const struct look *from, const struct look *to,
                        struct placement placements[TRANSITION_PLACEMENTS]);
