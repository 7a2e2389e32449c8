/* face.h: one font file; inside font only
 *
 * The file is mapped, not read. SDL2_ttf opens it and rasterises whole characters; HarfBuzz has
 * metrics, features and shapes, and FreeType the glyphs of shaped runs, from the same bytes. One
 * thread owns a face, between TTF_Init and TTF_Quit. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include <SDL_ttf.h>
#include <hb.h>

/* A character by itself. */
struct character {
    uint32_t glyph; /* 0: the font has none */
    int advance;    /* font units; -1: not looked up yet */
    bool composed;  /* of several glyphs: has to be shaped */
};

/* What is drawn. */
struct sign {
    uint32_t glyph;
    uint32_t codepoint; /* the character that it is by itself; 0: part of a shaped run */
    bool thick;         /* bolder than the font has it; it takes the same place */
};

#define CHARACTER_PAGES (0x110000 / 256)

struct face {
    char *path;  /* owned */
    bool tried;  /* opening was tried; ft tells how it went */
    int id;      /* never used twice in a fontset */
    void *bytes; /* mapped */
    size_t size;
    FT_Face ft;                    /* NULL: not open */
    TTF_Font *ttf;                 /* the same font; NULL: pictures */
    hb_font_t *hb;                 /* in font units */
    int units;                     /* per em */
    int ascent, descent;           /* font units: the em square of Han where the font tells it */
    bool bold;                     /* or there is no making it so */
    bool colour;                   /* pictures of one size (emoji) */
    int picture_units;             /* then: font units that such a picture takes */
    bool chinese;                  /* its Han is that of the mainland without asking for it */
    int pixels, ttf_pixels;        /* the sizes that FreeType and SDL2_ttf are set to */
    struct character **characters; /* owned: CHARACTER_PAGES pages of 256, made as needed */
};

/* A glyph's picture; one of mask and colours is set. */
struct glyph {
    int left, top; /* pixels from the origin: to the right, and up, of the top left corner */
    int width, height;
    uint8_t *mask;     /* owned; coverage, width bytes a row */
    uint32_t *colours; /* owned; premultiplied 0xAARRGGBB */
};

#define GLYPH_PHASES 4 /* places between two pixels at which letters are drawn */

bool face_open(struct face *face, FT_Library library); /* quiet; path is set */
void face_close(struct face *face);
struct character face_character(struct face *face, uint32_t codepoint);
/* A character at an odd level of UAX #9: its mirror image (rule L4) where there is one. */
uint32_t face_mirrored(struct face *face, uint32_t codepoint);
/* Font units; shaping gives the glyphs that Chinese takes, from left to right whichever way they
 * run. The caller destroys the buffer. */
hb_buffer_t *face_shape(const struct face *face, const char *text, size_t size, bool rtl);
/* Font units at a size; emoji are set in the square of Han, whatever the font says. */
int64_t face_scale(const struct face *face, int64_t units, int pixels); /* 26.6 */
/* False: it cannot be drawn. An empty glyph has width 0. */
bool face_draw(struct face *face, int pixels, struct sign sign, int phase, struct glyph *out);
void glyph_finish(struct glyph *glyph);
