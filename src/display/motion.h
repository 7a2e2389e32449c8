/* motion.h: how what moves gains and loses speed; pure */
#pragma once

#include "display/theme.h"

/* Where what moves is, 0 … 1, at a moment of its way, 0 … 1. */
double motion_ease(enum easing easing, double at);
/* How much of what comes in by a fade is seen. Eased, but never slower than half of a steady
 * fade: with 256 steps of alpha a slower one would give the same frame twice. */
double motion_ease_fade(enum easing easing, double at);
