/* paint_scrim.h: what makes text legible over a picture, exactly as strong as this one needs
 *
 * Any thread, one at a time for a buffer. The buffer stays opaque. */
#pragma once

#include "display/buffer.h"

/* Strength 0 … 255 that a shade laid over `text` needs so that ink on it has a contrast of at least
 * 4.5:1 against every tile of 2 by 2 pixels; 255: not even the shade alone is enough. */
int scrim_strength(const struct buffer *under, struct rect text, colour shade, colour ink);
/* Lays the shade down: at its strength over text and all that lies to its left and below it, from
 * there fading out over `reach` pixels upwards and to the right. Dithered. */
void paint_scrim(struct buffer *to, struct rect text, colour shade, int strength, int reach);
