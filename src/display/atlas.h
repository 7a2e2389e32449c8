/* atlas.h: glyphs that were drawn, kept under a byte budget; inside font only
 *
 * The glyph that was not used for longest goes first. One thread owns an atlas. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "display/face.h"

struct atlas_key {
    uint32_t glyph;
    uint16_t pixels;
    uint8_t face, phase;
    bool thick;
};

struct atlas;

struct atlas *atlas_create(size_t budget);
void atlas_destroy(struct atlas *atlas); /* NULL is fine */
/* NULL: not there. Valid until the next atlas_add. */
const struct glyph *atlas_find(struct atlas *atlas, struct atlas_key key);
/* Takes the glyph over; the key must not be there. Valid until the next atlas_add. */
const struct glyph *atlas_add(struct atlas *atlas, struct atlas_key key, struct glyph glyph);
size_t atlas_bytes(const struct atlas *atlas);
