/* contrast.h: how far apart two colours are to the eye (WCAG 2.1); pure, any thread */
#pragma once

#include "display/geometry.h"

#define CONTRAST_LEAST 4.5 /* of text (WCAG 2.1, 1.4.3) */

/* 1 (the same) … 21 (black and white); alpha is not looked at. */
double contrast_ratio(colour a, colour b);
double contrast_luminance(colour c); /* relative, 0 … 1 */
/* What comes out where `above` is laid over an opaque colour. */
colour contrast_over(colour above, colour below);
/* contrast_ratio of two luminances. */
double contrast_of_luminances(double a, double b);
