/* transition.h: how one slide follows another; pure */
#pragma once

#include "base/config.h"
#include "base/option.h"
#include "display/presenter.h"
#include "display/theme.h"

/* Where the two buffers lie at a moment of the change, 0 … 1 (at 1 only `to` is left). Gives how
 * many of the placements count. */
size_t transition_place(enum transition kind, enum easing easing, double at, struct size size,
                        const struct buffer *from, const struct buffer *to,
                        struct placement placements[2]);
