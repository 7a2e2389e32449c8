#include "display/face.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <hb-ot.h>

#include FT_OUTLINE_H
#include FT_TRUETYPE_TABLES_H

#include "base/memory.h"
#include "base/str.h"

#define MAX_FONT_BYTES   (256u << 20) /* Noto's largest collection has 120 MB */
#define FIRST_PIXELS     36           /* body text; SDL2_ttf opens a font at some size */
#define THICKER          24           /* of an em, what FreeType takes for bold */
#define MAX_GLYPH_PIXELS 2048         /* a side; twice the largest title on a 4K screen */

static bool map_file(struct face *face) {
    struct stat info;
    int fd = open(face->path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool fine = fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0 &&
                (uint64_t)info.st_size <= MAX_FONT_BYTES;
    if (fine) {
        face->size = (size_t)info.st_size;
        face->bytes = mmap(NULL, face->size, PROT_READ, MAP_PRIVATE, fd, 0);
        fine = face->bytes != MAP_FAILED;
    }
    if (!fine)
        face->bytes = NULL;
    close(fd);
    return fine;
}

/* Fonts for Han say in OS/2 how the em square lies on the baseline; others only their extent. */
static void read_extent(struct face *face) {
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(face->ft, FT_SFNT_OS2);
    face->ascent = face->ft->ascender;
    face->descent = -face->ft->descender;
    if (os2 && os2->sTypoAscender - os2->sTypoDescender == face->units) {
        face->ascent = os2->sTypoAscender;
        face->descent = -os2->sTypoDescender;
    }
}

static bool is_bold(const struct face *face) {
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(face->ft, FT_SFNT_OS2);
    return face->colour || (face->ft->style_flags & FT_STYLE_FLAG_BOLD) ||
           (os2 && os2->usWeightClass >= 600);
}

static void open_shaper(struct face *face) {
    hb_blob_t *blob =
        hb_blob_create(face->bytes, (unsigned)face->size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *shaper = hb_face_create(blob, 0);
    face->hb = hb_font_create(shaper);
    face->units = (int)hb_face_get_upem(shaper); /* FreeType has 0 for fonts of pictures */
    hb_ot_font_set_funcs(face->hb);
    hb_face_destroy(shaper);
    hb_blob_destroy(blob);
}

/* Its hints are left alone, see draw_outline. A source on the heap is closed with the font. */
static bool open_rasteriser(struct face *face) {
    SDL_RWops *source = SDL_RWFromConstMem(face->bytes, (int)face->size);
    face->ttf_pixels = FIRST_PIXELS;
    face->ttf = source ? TTF_OpenFontRW(source, 1, FIRST_PIXELS) : NULL;
    if (face->ttf)
        TTF_SetFontHinting(face->ttf, TTF_HINTING_NONE);
    return face->ttf;
}

/* What the font's pictures take: a smiling face stands for all. */
static int picture_units(const struct face *face) {
    hb_codepoint_t glyph = 0;
    if (!hb_font_get_nominal_glyph(face->hb, 0x1F600, &glyph))
        return face->units;
    int advance = hb_font_get_glyph_h_advance(face->hb, glyph);
    return advance > 0 ? advance : face->units;
}

bool face_open(struct face *face, FT_Library library) {
    face->tried = true;
    if (!map_file(face))
        return false;
    if (FT_New_Memory_Face(library, face->bytes, (FT_Long)face->size, 0, &face->ft)) {
        face->ft = NULL;
        face_close(face);
        return false;
    }
    face->colour = FT_HAS_COLOR(face->ft) && !FT_IS_SCALABLE(face->ft);
    if (!face->colour && !open_rasteriser(face)) {
        face_close(face);
        return false;
    }
    face->bold = is_bold(face);
    open_shaper(face);
    read_extent(face);
    face->picture_units = picture_units(face);
    face->characters = xcalloc(CHARACTER_PAGES, sizeof(void *));
    return true;
}

void face_close(struct face *face) {
    if (face->hb)
        hb_font_destroy(face->hb);
    if (face->ttf)
        TTF_CloseFont(face->ttf);
    if (face->ft)
        FT_Done_Face(face->ft);
    if (face->bytes)
        munmap(face->bytes, face->size);
    for (size_t i = 0; face->characters && i < CHARACTER_PAGES; i++)
        free(face->characters[i]);
    free(face->characters);
    face->characters = NULL;
    face->hb = NULL;
    face->ttf = NULL;
    face->ft = NULL;
    face->bytes = NULL;
}

static bool is_quote(uint32_t c) {
    return c == 0x2018 || c == 0x2019 || c == 0x201C || c == 0x201D;
}

/* Quotation marks inside a run belong to Latin words (layout sees to that): they are taken in
 * their proportional width, which in a Chinese font is a feature. */
static unsigned quote_features(hb_buffer_t *buffer, hb_feature_t *features, unsigned room) {
    unsigned length, count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &length);
    for (unsigned i = 0; length > 1 && i < length && count < room; i++)
        if (is_quote(infos[i].codepoint))
            features[count++] = (hb_feature_t){.tag = HB_TAG('p', 'w', 'i', 'd'),
                                               .value = 1,
                                               .start = infos[i].cluster,
                                               .end = infos[i].cluster + 1};
    return count;
}

hb_buffer_t *face_shape(const struct face *face, const char *text, size_t size, bool rtl) {
    hb_buffer_t *buffer = hb_buffer_create();
    hb_feature_t features[8]; /* a word with more quotation marks is no word */
    hb_buffer_add_utf8(buffer, text, (int)size, 0, (int)size);
    unsigned count = quote_features(buffer, features, sizeof features / sizeof *features);
    hb_buffer_set_language(buffer, hb_language_from_string("zh-Hans", -1));
    hb_buffer_set_direction(buffer, rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_guess_segment_properties(buffer); /* the script */
    hb_shape(face->hb, buffer, features, count);
    return buffer;
}

static bool ideograph(uint32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

static size_t put_utf8(uint32_t c, char text[4]) {
    struct str str = {0};
    str_add_codepoint(&str, c);
    size_t size = str.size < 4 ? str.size : 4;
    memcpy(text, str_text(&str), size);
    str_finish(&str);
    return size;
}

/* Shaping finds the mainland's form of a character in a font of another country's, dashes that fill
 * their square, and letters that the font has in parts. */
static struct character shape_character(const struct face *face, uint32_t codepoint) {
    char text[4];
    unsigned count;
    struct character character = {0};
    hb_buffer_t *buffer = face_shape(face, text, put_utf8(codepoint, text), false);
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    bool whole = count > 0;
    for (unsigned i = 0; i < count; i++) {
        whole &= infos[i].codepoint != 0;
        character.advance += positions[i].x_advance;
    }
    if (whole) {
        character.glyph = infos[0].codepoint;
        character.composed = count > 1;
    }
    hb_buffer_destroy(buffer);
    return character;
}

/* Han of a font that is Chinese already is spared the time. */
static struct character look_up(const struct face *face, uint32_t codepoint) {
    hb_codepoint_t glyph = 0;
    if (!hb_font_get_nominal_glyph(face->hb, codepoint, &glyph) || glyph == 0)
        return (struct character){0};
    if (!face->chinese || !ideograph(codepoint))
        return shape_character(face, codepoint);
    return (struct character){.glyph = glyph,
                              .advance = hb_font_get_glyph_h_advance(face->hb, glyph)};
}

static struct character *page_of(struct face *face, uint32_t codepoint) {
    struct character **page = &face->characters[codepoint / 256];
    if (!*page) {
        *page = xcalloc(256, sizeof **page);
        for (size_t i = 0; i < 256; i++)
            (*page)[i].advance = -1;
    }
    return *page;
}

struct character face_character(struct face *face, uint32_t codepoint) {
    if (codepoint > 0x10FFFF)
        return (struct character){0};
    struct character *character = &page_of(face, codepoint)[codepoint % 256];
    if (character->advance < 0)
        *character = look_up(face, codepoint);
    return *character;
}

uint32_t face_mirrored(struct face *face, uint32_t codepoint) {
    uint32_t mirrored = hb_unicode_mirroring(hb_unicode_funcs_get_default(), codepoint);
    return face_character(face, mirrored).glyph ? mirrored : codepoint;
}

int64_t face_scale(const struct face *face, int64_t units, int pixels) {
    return units * pixels * 64 / (face->colour ? face->picture_units : face->units);
}

void glyph_finish(struct glyph *glyph) {
    free(glyph->mask);
    free(glyph->colours);
    *glyph = (struct glyph){0};
}

static bool small_enough(const FT_Bitmap *bitmap) {
    return bitmap->width <= MAX_GLYPH_PIXELS && bitmap->rows <= MAX_GLYPH_PIXELS;
}

/* out: with its width and height */
static void copy_rows(struct glyph *out, const uint8_t *from, ptrdiff_t pitch) {
    out->mask = xmalloc((size_t)out->width * (size_t)out->height);
    for (int y = 0; y < out->height; y++)
        memcpy(out->mask + (ptrdiff_t)y * out->width, from + y * pitch, (size_t)out->width);
}

static bool copy_mask(const FT_GlyphSlot slot, struct glyph *out) {
    const FT_Bitmap *bitmap = &slot->bitmap;
    if (bitmap->pixel_mode != FT_PIXEL_MODE_GRAY || !small_enough(bitmap))
        return false;
    *out = (struct glyph){.left = slot->bitmap_left,
                          .top = slot->bitmap_top,
                          .width = (int)bitmap->width,
                          .height = (int)bitmap->rows};
    if (out->width > 0 && out->height > 0)
        copy_rows(out, bitmap->buffer, bitmap->pitch);
    return true;
}

/* To both sides, so that it stays in the middle of its place and letters that join still do. */
static void thicken(FT_Outline *outline, int pixels) {
    FT_Pos strength = (FT_Pos)pixels * 64 / THICKER;
    FT_Outline_Embolden(outline, strength);
    FT_Outline_Translate(outline, -strength / 2, -strength / 2);
}

/* Not hinted: at the sizes of a lobby screen shapes matter more than stems on whole pixels, and
 * widths are the same at every size. */
static bool draw_outline(struct face *face, int pixels, struct sign sign, int phase,
                         struct glyph *out) {
    if (face->pixels != pixels && FT_Set_Pixel_Sizes(face->ft, 0, (FT_UInt)pixels))
        return false;
    face->pixels = pixels;
    if (FT_Load_Glyph(face->ft, sign.glyph, FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP))
        return false;
    if (sign.thick)
        thicken(&face->ft->glyph->outline, pixels);
    if (phase > 0)
        FT_Outline_Translate(&face->ft->glyph->outline, phase * (64 / GLYPH_PHASES), 0);
    return !FT_Render_Glyph(face->ft->glyph, FT_RENDER_MODE_NORMAL) &&
           copy_mask(face->ft->glyph, out);
}

/* A glyph in SDL2_ttf's surface: the origin is at its left edge, or as far to the right as ink lies
 * left of it; the baseline is an ascent below the upper edge, or lower by what stands above that.
 */
static bool copy_surface(const SDL_Surface *surface, int ascent, struct glyph *out) {
    int x = out->left > 0 ? out->left : 0, y = ascent > out->top ? ascent - out->top : 0;
    if (out->width > surface->w - x || out->height > surface->h - y)
        return false;
    copy_rows(out, (const uint8_t *)surface->pixels + (ptrdiff_t)y * surface->pitch + x,
              surface->pitch);
    return true;
}

/* A character as SDL2_ttf draws it: shades on black are the coverage that FreeType gives. */
static bool draw_character(struct face *face, int pixels, uint32_t codepoint, struct glyph *out) {
    const SDL_Color white = {255, 255, 255, 255}, black = {0, 0, 0, 255};
    int left, right, bottom, top, advance;
    if (face->ttf_pixels != pixels && TTF_SetFontSize(face->ttf, pixels))
        return false;
    face->ttf_pixels = pixels;
    if (TTF_GlyphMetrics32(face->ttf, codepoint, &left, &right, &bottom, &top, &advance) ||
        right <= left || top <= bottom)
        return false;
    SDL_Surface *surface = TTF_RenderGlyph32_Shaded(face->ttf, codepoint, white, black);
    if (!surface)
        return false;
    *out = (struct glyph){.left = left, .top = top, .width = right - left, .height = top - bottom};
    bool drawn = copy_surface(surface, TTF_FontAscent(face->ttf), out);
    SDL_FreeSurface(surface);
    return drawn;
}

/* SDL2_ttf shapes too, but for the language of the process: a font of another country's may then
 * give another form of Han than ours. */
static bool needs_no_shaping(const struct face *face, struct sign sign) {
    hb_codepoint_t nominal;
    return sign.codepoint && !sign.thick && (face->chinese || !ideograph(sign.codepoint)) &&
           hb_font_get_nominal_glyph(face->hb, sign.codepoint, &nominal) && nominal == sign.glyph;
}

static FT_Int nearest_strike(const FT_Face ft, int pixels) {
    FT_Int best = 0;
    for (FT_Int i = 1; i < ft->num_fixed_sizes; i++) {
        int now = ft->available_sizes[i].height, held = ft->available_sizes[best].height;
        if ((held < pixels && now > held) || (now >= pixels && now < held))
            best = i;
    }
    return best;
}

/* The mean colour of the source's pixels that lie under one of ours. */
static uint32_t mean(const FT_Bitmap *bitmap, int x0, int x1, int y0, int y1) {
    uint32_t sum[4] = {0}, count = (uint32_t)((x1 - x0) * (y1 - y0));
    for (int y = y0; y < y1; y++) {
        const uint8_t *row = bitmap->buffer + (ptrdiff_t)y * bitmap->pitch;
        for (int x = x0; x < x1; x++)
            for (int i = 0; i < 4; i++)
                sum[i] += row[x * 4 + i];
    }
    for (int i = 0; i < 4; i++)
        sum[i] /= count;
    return sum[3] << 24 | sum[2] << 16 | sum[1] << 8 | sum[0];
}

static void shrink_picture(const FT_Bitmap *from, struct glyph *to) {
    int width = (int)from->width, height = (int)from->rows;
    for (int y = 0; y < to->height; y++)
        for (int x = 0; x < to->width; x++) {
            int x0 = x * width / to->width, x1 = (x + 1) * width / to->width;
            int y0 = y * height / to->height, y1 = (y + 1) * height / to->height;
            to->colours[(ptrdiff_t)y * to->width + x] =
                mean(from, x0, x1 > x0 ? x1 : x0 + 1, y0, y1 > y0 ? y1 : y0 + 1);
        }
}

static bool draw_picture(struct face *face, int pixels, uint32_t glyph, struct glyph *out) {
    if (FT_Select_Size(face->ft, nearest_strike(face->ft, pixels)) ||
        FT_Load_Glyph(face->ft, glyph, FT_LOAD_COLOR))
        return false;
    const FT_GlyphSlot slot = face->ft->glyph;
    const FT_Bitmap *bitmap = &slot->bitmap;
    if (bitmap->pixel_mode != FT_PIXEL_MODE_BGRA || bitmap->width == 0 || bitmap->rows == 0 ||
        !small_enough(bitmap))
        return false;
    int64_t advance = slot->advance.x > 0 ? slot->advance.x / 64 : bitmap->width;
    out->width = (int)((int64_t)bitmap->width * pixels / advance);
    out->height = (int)((int64_t)bitmap->rows * pixels / advance);
    out->width = out->width > 0 ? out->width : 1;
    out->height = out->height > 0 ? out->height : 1;
    out->left = (pixels - out->width) / 2;
    out->top = (pixels * 76 / 100 + out->height) / 2; /* centred on Han's square */
    out->colours = xcalloc((size_t)out->width * (size_t)out->height, sizeof *out->colours);
    shrink_picture(bitmap, out);
    return true;
}

bool face_draw(struct face *face, int pixels, struct sign sign, int phase, struct glyph *out) {
    *out = (struct glyph){0};
    if (pixels < 1 || pixels > MAX_GLYPH_PIXELS)
        return false;
    if (face->colour)
        return draw_picture(face, pixels, sign.glyph, out);
    if (phase == 0 && needs_no_shaping(face, sign) &&
        draw_character(face, pixels, sign.codepoint, out))
        return true;
    return draw_outline(face, pixels, sign, phase, out);
}
