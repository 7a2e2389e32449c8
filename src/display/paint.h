/* paint.h: what can be painted into a buffer; everything is clipped to it
 *
 * Any thread, one at a time for a buffer. The buffer stays opaque; into a translucent one only
 * fills, icons and text may go. */
#pragma once

#include <stdbool.h>

#include "display/buffer.h"

void paint_fill(struct buffer *to, struct rect place, int radius, colour fill);
/* From top to bottom, or from left to right; both ends are reached. Dithered. */
void paint_gradient(struct buffer *to, struct rect place, colour from, colour end, bool horizontal);
/* source: the part of picture that is scaled to place; plainly copied if it has its size.
 * False: source lies outside of picture, or there is no memory (reported). */
bool paint_picture(struct buffer *to, struct rect place, const struct buffer *picture,
                   struct rect source);
/* All of an opaque buffer at its own size, with rounded corners. */
bool paint_rounded(struct buffer *to, struct point at, int radius, const struct buffer *picture);
/* All of a translucent buffer, as the presenter lays it over a slide; alpha 0 … 256. */
void paint_over(struct buffer *to, struct point at, const struct buffer *over, int alpha);
/* As a ground: strongly blurred, darkened, a little paler. */
bool paint_blurred(struct buffer *to, struct rect place, const struct buffer *picture,
                   struct rect source);
