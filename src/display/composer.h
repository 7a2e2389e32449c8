/* composer.h: flattens a scene into a buffer (pixman, CPU, off the main thread)
 *
 * Decoded pictures are cached under a byte budget. One thread owns a composer. */
#pragma once

#include "display/buffer.h"
#include "display/font.h"
#include "display/scene.h"

struct composer;

/* Keeps fonts (not owned). budget: bytes of decoded pictures kept for the next slide. */
struct composer *composer_create(struct fontset *fonts, size_t budget);
void composer_destroy(struct composer *composer); /* NULL is fine */

/* A new buffer with the scene, upright, alpha 255 but for a clear scene; the caller owns it. NULL:
 * a picture could not be read or there is no memory (reported, naming the file): the slide must not
 * be shown. */
struct buffer *composer_flatten(struct composer *composer, const struct scene *scene);

/* The same in two: *photo, the picture of `item` alone, which fills the scene, at a size that has
 * enough pixels to be drawn a little larger; and given back what is drawn after it, translucent.
 * The caller owns both; NULL: neither. */
struct buffer *composer_split(struct composer *composer, const struct scene *scene,
                              const struct item *item, struct buffer **photo);

/* Decodes a picture into the cache; what is wrong with it is reported, and again when drawn. */
void composer_prefetch(struct composer *composer, const char *path);

/* Writes a buffer as PNG by rename; false: reported. */
bool buffer_save_png(const struct buffer *buffer, const char *path);
