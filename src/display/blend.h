/* blend.h: glyphs over pixels; inside font only
 *
 * Coverage is mixed between sRGB and light: in sRGB thin strokes of light text on dark ground
 * starve, in linear light they swell. */
#pragma once

#include <stdint.h>

#include "display/buffer.h"
#include "display/face.h"

struct blender {
    uint16_t to_light[256];
    uint8_t to_srgb[4097];
};

void blender_init(struct blender *blender);
/* The glyph's origin is at (x, y); what lies outside of the buffer is left out. */
void blender_draw(const struct blender *blender, const struct glyph *glyph, struct buffer *to,
                  int x, int y, colour ink);
