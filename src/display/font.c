#include "display/font.h"

#include <stdlib.h>
#include <string.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "display/atlas.h"
#include "display/blend.h"
#include "display/face.h"
#include "display/layout_class.h"

#define ATLAS_BYTES (8u << 20)     /* four times what a screen of 84-pixel titles holds */
#define WORDS       1024           /* remembered widths; the words of a long case */
#define WORD_BYTES  28             /* longer words are measured each time */
#define GETA        "\xE3\x80\x93" /* 〓, for what no font has */

struct word {
    const struct face *face;
    int units; /* font units */
    bool rtl;
    uint8_t size;
    char text[WORD_BYTES];
};

struct fontset {
    FT_Library library;
    struct face *faces; /* owned; regular, bold, in the order of base/fonts; no path: no bold */
    size_t face_count;  /* pairs */
    size_t bundled;     /* the pair that has nearly all, behind that of the theme */
    bool ttf;           /* SDL2_ttf was started */
    struct text_metrics metrics;
    struct blender blender;
    struct atlas *atlas;
    struct word words[WORDS];
};

/* ---- faces ---- */

/* NULL: there is none. All but the first pair are opened when they are first needed. */
static struct face *face_at(struct fontset *fonts, enum text_weight weight, int index) {
    struct face *face = &fonts->faces[2 * (index > 0 ? (size_t)index : 0)];
    if (weight == WEIGHT_BOLD && face[1].path)
        face++;
    if (!face->tried && face_open(face, fonts->library))
        log_debug("%s: 已打开备用字体 (fallback font opened)", face->path);
    return face->ft ? face : NULL;
}

static bool is_one_character(const char *text, size_t size, uint32_t *codepoint) {
    const char *at = text;
    *codepoint = utf8_next(&at);
    return (size_t)(at - text) == size;
}

static bool is_accent(uint32_t c) {
    return c >= 0x300 && c <= 0x36F;
}

/* Noto Sans SC has some accents but no anchors for them: letters with one are left to Noto Sans. */
static bool has_all(struct face *face, const char *text, size_t size) {
    uint32_t letter = 0;
    for (const char *at = text; at < text + size;) {
        uint32_t c = utf8_next(&at);
        if (!class_is_ignorable(c) && face_character(face, c).glyph == 0)
            return false;
        if (!is_accent(c))
            letter = c;
        else if (face->chinese && !class_is_cjk(letter))
            return false;
    }
    return true;
}

static bool asks_for_colour(const char *text, size_t size) {
    static const char selector[] = "\xEF\xB8\x8F"; /* U+FE0F */
    return size > 3 && memmem(text, size, selector, 3) != NULL;
}

static int find_face(void *user, enum text_weight weight, const char *text, size_t size) {
    struct fontset *fonts = user;
    int plain = -1;
    bool emoji = asks_for_colour(text, size);
    for (int i = 0; i < (int)fonts->face_count; i++) {
        struct face *face = face_at(fonts, weight, i);
        if (!face || !has_all(face, text, size))
            continue;
        if (!emoji || face->colour)
            return i;
        if (plain < 0)
            plain = i;
    }
    return plain;
}

/* ---- widths ---- */

static int measure_word(const struct face *face, const char *text, size_t size, bool rtl) {
    unsigned count;
    int units = 0;
    hb_buffer_t *buffer = face_shape(face, text, size, rtl);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    for (unsigned i = 0; i < count; i++)
        units += positions[i].x_advance;
    hb_buffer_destroy(buffer);
    return units;
}

static size_t word_slot(const struct face *face, const char *text, size_t size) {
    uint32_t hash = 2166136261u ^ (uint32_t)face->id;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ (unsigned char)text[i]) * 16777619u;
    return (hash ^ hash >> 15) % WORDS;
}

static int word_units(struct fontset *fonts, const struct face *face, const char *text, size_t size,
                      bool rtl) {
    if (size > WORD_BYTES)
        return measure_word(face, text, size, rtl);
    struct word *word = &fonts->words[word_slot(face, text, size)];
    if (word->face != face || word->rtl != rtl || word->size != size ||
        memcmp(word->text, text, size) != 0) {
        *word = (struct word){.face = face, .rtl = rtl, .size = (uint8_t)size};
        memcpy(word->text, text, size);
        word->units = measure_word(face, text, size, rtl);
    }
    return word->units;
}

static int find_width(void *user, int index, enum text_weight weight, int pixels, bool rtl,
                      const char *text, size_t size) {
    struct fontset *fonts = user;
    uint32_t codepoint;
    struct face *face = face_at(fonts, weight, index);
    if (!face)
        return 0;
    bool single = is_one_character(text, size, &codepoint);
    if (single && rtl)
        codepoint = face_mirrored(face, codepoint);
    int units =
        single ? face_character(face, codepoint).advance : word_units(fonts, face, text, size, rtl);
    return (int)((face_scale(face, units, pixels) + 32) >> 6);
}

static void find_extent(void *user, enum text_weight weight, int pixels, int *ascent,
                        int *descent) {
    struct fontset *fonts = user;
    const struct face *face = &fonts->faces[weight];
    *ascent = (int)((face_scale(face, face->ascent, pixels) + 32) >> 6);
    *descent = (int)((face_scale(face, face->descent, pixels) + 32) >> 6);
}

/* ---- opening ---- */

/* The bold font beside a regular one; NULL: there is none by this name. */
static char *find_bold(const char *regular) {
    static const char weight[] = "-Regular.";
    const char *at = strstr(path_name(regular), weight);
    if (!at)
        return NULL;
    char *bold = xasprintf("%.*s-Bold.%s", (int)(at - regular), regular, at + sizeof weight - 1);
    if (fs_exists(bold))
        return bold;
    free(bold);
    return NULL;
}

/* Noto Sans SC may be there twice: in the theme's pair for the weight that it has no font for. */
static void list_faces(struct fontset *fonts, const struct font_choice *choice) {
    size_t count, pairs = fonts_pairs(choice);
    char **files = fonts_list(choice, &count);
    bool is_dir = fs_is_dir(choice->folder);
    fonts->bundled = pairs > (is_dir ? 2 : 1) ? 1 : 0;
    fonts->face_count = count - pairs;
    fonts->faces = xcalloc(2 * fonts->face_count, sizeof *fonts->faces);
    for (size_t i = 0; i < count; i++) {
        struct face *face = &fonts->faces[i < 2 * pairs ? i : 2 * (i - pairs)];
        const char *bundled = i < 2 * fonts->bundled + 2 ? files[2 * fonts->bundled + i % 2] : "";
        face->chinese = is_dir && strcmp(files[i], bundled) == 0;
        face->path = files[i];
        if (i >= 2 * pairs)
            face[1].path = find_bold(files[i]);
    }
    for (size_t i = 0; i < 2 * fonts->face_count; i++)
        fonts->faces[i].id = (int)i;
    free(files); /* their paths are the faces' now */
}

static bool start_libraries(struct fontset *fonts) {
    fonts->ttf = TTF_Init() == 0;
    if (!fonts->ttf)
        log_error("SDL2_ttf: %s: 无法启动 (cannot be initialised)", TTF_GetError());
    else if (FT_Init_FreeType(&fonts->library) == 0)
        return true;
    else
        log_error("freetype: 无法启动 (cannot be initialised)");
    fonts->library = NULL;
    return false;
}

static void take_bundled(struct face *face, const struct face *bundled) {
    log_error("%s: 字体无法打开，改用自带字体 (font cannot be opened; the bundled one is used)",
              face->path);
    free(face->path);
    face->path = xstrdup(bundled->path);
    face->chinese = bundled->chinese;
}

static bool open_first(struct fontset *fonts) {
    for (size_t i = 0; i < 2; i++) {
        struct face *face = &fonts->faces[i], *bundled = &fonts->faces[2 * fonts->bundled + i];
        bool open = face_open(face, fonts->library);
        if (!open && face != bundled) {
            take_bundled(face, bundled);
            open = face_open(face, fonts->library);
        }
        if (!open) {
            log_error("%s: 字体无法打开 (font cannot be opened)", face->path);
            return false;
        }
    }
    return true;
}

struct fontset *fontset_open(const struct font_choice *choice) {
    struct fontset *fonts = xcalloc(1, sizeof *fonts);
    list_faces(fonts, choice);
    if (!start_libraries(fonts) || !open_first(fonts)) {
        fontset_close(fonts);
        return NULL;
    }
    blender_init(&fonts->blender);
    fonts->atlas = atlas_create(ATLAS_BYTES);
    fonts->metrics = (struct text_metrics){
        .user = fonts, .face = find_face, .width = find_width, .extent = find_extent};
    return fonts;
}

void fontset_close(struct fontset *fonts) {
    if (!fonts)
        return;
    for (size_t i = 0; i < 2 * fonts->face_count; i++) {
        face_close(&fonts->faces[i]);
        free(fonts->faces[i].path);
    }
    free(fonts->faces);
    atlas_destroy(fonts->atlas);
    if (fonts->library)
        FT_Done_FreeType(fonts->library);
    if (fonts->ttf)
        TTF_Quit();
    free(fonts);
}

const struct text_metrics *fontset_metrics(struct fontset *fonts) {
    return &fonts->metrics;
}

/* ---- drawing ---- */

/* Where glyphs of one size and colour go. */
struct pen {
    struct fontset *fonts;
    struct buffer *to;
    int pixels;
    enum text_weight weight;
    colour colour;
};

/* at: 26.6 */
static void draw_sign(const struct pen *pen, struct face *face, struct sign sign, int64_t at,
                      int y) {
    if (sign.glyph == 0) /* .notdef, a box in most fonts: nothing is better */
        return;
    int phase = face->colour ? 0 : (int)((at & 63) * GLYPH_PHASES / 64);
    sign.thick = pen->weight == WEIGHT_BOLD && !face->bold;
    struct atlas_key key = {.glyph = sign.glyph,
                            .pixels = (uint16_t)pen->pixels,
                            .face = (uint8_t)face->id,
                            .phase = (uint8_t)phase,
                            .thick = sign.thick};
    const struct glyph *found = atlas_find(pen->fonts->atlas, key);
    if (!found) {
        struct glyph drawn = {0};
        face_draw(face, pen->pixels, sign, phase, &drawn); /* else it stays empty */
        found = atlas_add(pen->fonts->atlas, key, drawn);
    }
    blender_draw(&pen->fonts->blender, found, pen->to, (int)(at >> 6), y, pen->colour);
}

static void draw_word(const struct pen *pen, struct face *face, const char *text, size_t size,
                      bool rtl, int x, int y) {
    unsigned count;
    int64_t units = 0, origin = (int64_t)x * 64;
    hb_buffer_t *buffer = face_shape(face, text, size, rtl);
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        int64_t right = face_scale(face, units + positions[i].x_offset, pen->pixels);
        int64_t up = face_scale(face, positions[i].y_offset, pen->pixels);
        struct sign sign = {.glyph = infos[i].codepoint};
        draw_sign(pen, face, sign, origin + right, y - (int)((up + 32) >> 6));
        units += positions[i].x_advance;
    }
    hb_buffer_destroy(buffer);
}

static void draw_run(const struct pen *pen, const struct layout *layout,
                     const struct layout_run *run, int x, int y) {
    uint32_t codepoint;
    bool known = run->face >= 0;
    const char *text = known ? layout->text + run->start : GETA;
    size_t size = known ? run->size : sizeof GETA - 1;
    int index = known ? run->face : find_face(pen->fonts, pen->weight, text, size);
    struct face *face = face_at(pen->fonts, pen->weight, index);
    if (!face)
        return;
    bool single = is_one_character(text, size, &codepoint);
    if (single && run->rtl)
        codepoint = face_mirrored(face, codepoint);
    struct character character = face_character(face, codepoint);
    struct sign sign = {.glyph = character.glyph, .codepoint = codepoint};
    if (!single || character.composed)
        draw_word(pen, face, text, size, run->rtl, x, y);
    else
        draw_sign(pen, face, sign, (int64_t)x * 64, y);
}

void fontset_draw(struct fontset *fonts, const struct layout *layout, struct buffer *to, int x,
                  int y, colour ink) {
    struct pen pen = {.fonts = fonts,
                      .to = to,
                      .pixels = layout->style.size,
                      .weight = layout->style.weight,
                      .colour = ink};
    for (size_t i = 0; i < layout->line_count; i++) {
        const struct layout_line *line = &layout->lines[i];
        int baseline = y + line->baseline;
        if (baseline + 2 * pen.pixels < 0 || baseline - 2 * pen.pixels > to->height)
            continue;
        for (size_t k = 0; k < line->run_count; k++) {
            const struct layout_run *run = &layout->runs[line->run + k];
            draw_run(&pen, layout, run, x + run->x, baseline);
        }
    }
}
