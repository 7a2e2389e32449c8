/* ink.h: where the ink of a scene's texts really is, line by line
 *
 * Found by drawing each line alone, so that a mistake of the layout does not hide itself. */
#pragma once

#include <stddef.h>

#include "display/font.h"
#include "display/scene.h"

struct ink_line {
    size_t item;     /* index in the scene */
    size_t line;     /* index in its layout */
    struct rect box; /* pixels of the scene: the smallest that holds all ink */
};

struct ink {
    struct ink_line *lines; /* owned; in the order of items and lines, those without ink left out */
    size_t count;
};

void ink_build(struct ink *ink, struct fontset *fonts, const struct scene *scene);
void ink_finish(struct ink *ink);
/* Whether two lines have a pixel in common, not only a part of their boxes. */
bool ink_touches(struct fontset *fonts, const struct scene *scene, const struct ink_line *a,
                 const struct ink_line *b);
/* The line's text, the caller's. */
char *ink_text(const struct scene *scene, const struct ink_line *line);
