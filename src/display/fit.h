/* fit.h: how a picture lies in a rectangle; pure, never distorted */
#pragma once

#include <stdbool.h>

#include "base/option.h"
#include "display/geometry.h"

/* The part of a picture of `size` that fills a place of `place`'s shape, with the focus
 * (thousandths of width and height) at its middle as far as the picture's edges allow;
 * *loss_percent is how much of its area is cut away. */
struct rect fit_crop(struct size size, struct rect place, struct point focus, int *loss_percent);
/* The largest rectangle of the picture's shape inside place, centred; never larger than the
 * picture times max_scale (in percent; 0: no bound). */
struct rect fit_inside(struct size size, struct rect place, int max_scale_percent);
