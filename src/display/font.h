/* font.h: the faces in fallback order, measured and drawn
 *
 * SDL2_ttf opens the fonts and rasterises; Han is drawn glyph by glyph from an atlas of masks under
 * a byte budget, other scripts by shaped run. One thread owns a fontset, and as SDL2_ttf has one
 * FreeType for the process, no two threads may own one each. */
#pragma once

#include <stdbool.h>

#include "base/fonts.h"
#include "display/buffer.h"
#include "display/layout.h"

struct fontset;

/* The fonts of base/fonts in its order; of the bundled ones that of the text's weight, of others
 * the NAME-Bold beside a NAME-Regular, or else the regular one with thicker strokes. NULL: the
 * first two cannot be opened (reported). */
struct fontset *fontset_open(const struct font_choice *choice);
void fontset_close(struct fontset *fonts); /* NULL is fine */
/* For layout; valid as long as the fontset. */
const struct text_metrics *fontset_metrics(struct fontset *fonts);
/* Draws a layout with its top left corner at (x, y), blending over what is there. */
void fontset_draw(struct fontset *fonts, const struct layout *layout, struct buffer *to, int x,
                  int y, colour ink);
