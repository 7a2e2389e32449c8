/* paint_icon.h: icons and emblems from files of ours or of the theme
 *
 * Any thread, one at a time for a buffer. The buffer stays opaque. */
#pragma once

#include "display/buffer.h"

/* The SVG, PNG, JPEG or WebP at path, as large as it fits, in the middle of place. ink: the colour
 * its shape is drawn in; 0: its own colours. What cannot be read is reported, and left out. */
void paint_icon(struct buffer *to, struct rect place, const char *path, colour ink);
