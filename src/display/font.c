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

#define ATLAS_BYTES   (8u << 20) /* four times what a screen of 84-pixel titles holds */
#define MAX_FALLBACKS 32         /* the configured and the system's; each costs a look per miss */
#define WORDS         1024       /* remembered widths; the words of a long case */
#define WORD_BYTES    28         /* longer words are measured each time */
#define GETA          0x3013     /* 〓 */

/* Where Debian and others put what the bundled fonts do not have. */
static const char *const system_fonts[] = {
    "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf",
    "/usr/share/fonts/truetype/noto/NotoNaskhArabic-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSerifTibetan-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansMongolian-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSansYi-Regular.ttf",
    "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf",
};

struct word {
    const struct face *face;
    int units; /* font units */
    uint8_t size;
    char text[WORD_BYTES];
};

struct fontset {
    FT_Library library;
    struct face bundled[2]; /* by enum text_weight */
    struct face fallbacks[MAX_FALLBACKS];
    size_t fallback_count;
    struct text_metrics metrics;
    struct blender blender;
    struct atlas *atlas;
    struct word words[WORDS];
};

/* ---- faces ---- */

/* NULL: there is none. Fallbacks are opened when they are first needed. */
static struct face *face_at(struct fontset *fonts, enum text_weight weight, int index) {
    if (index <= 0)
        return &fonts->bundled[weight];
    if ((size_t)index > fonts->fallback_count)
        return NULL;
    struct face *face = &fonts->fallbacks[index - 1];
    if (!face->tried && face_open(face, fonts->library))
        log_debug("%s: 已打开备用字体 (fallback font opened)", face->path);
    return face->ft ? face : NULL;
}

static bool is_one_character(const char *text, size_t size, uint32_t *codepoint) {
    const char *at = text;
    *codepoint = utf8_next(&at);
    return (size_t)(at - text) == size;
}

static bool has_all(struct face *face, const char *text, size_t size) {
    for (const char *at = text; at < text + size;) {
        uint32_t c = utf8_next(&at);
        if (!class_is_ignorable(c) && face_character(face, c).glyph == 0)
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
    int count = (int)fonts->fallback_count + 1, plain = -1;
    bool emoji = asks_for_colour(text, size);
    for (int i = 0; i < count; i++) {
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

static int measure_word(const struct face *face, const char *text, size_t size) {
    unsigned count;
    int units = 0;
    hb_buffer_t *buffer = face_shape(face, text, size);
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

static int word_units(struct fontset *fonts, const struct face *face, const char *text,
                      size_t size) {
    if (size > WORD_BYTES)
        return measure_word(face, text, size);
    struct word *word = &fonts->words[word_slot(face, text, size)];
    if (word->face != face || word->size != size || memcmp(word->text, text, size) != 0) {
        *word = (struct word){.face = face, .size = (uint8_t)size};
        memcpy(word->text, text, size);
        word->units = measure_word(face, text, size);
    }
    return word->units;
}

static int find_width(void *user, int index, enum text_weight weight, int pixels, const char *text,
                      size_t size) {
    struct fontset *fonts = user;
    uint32_t codepoint;
    struct face *face = face_at(fonts, weight, index);
    if (!face)
        return 0;
    int units = is_one_character(text, size, &codepoint) ? face_character(face, codepoint).advance
                                                         : word_units(fonts, face, text, size);
    return (int)((face_scale(face, units, pixels) + 32) >> 6);
}

static void find_extent(void *user, enum text_weight weight, int pixels, int *ascent,
                        int *descent) {
    struct fontset *fonts = user;
    const struct face *face = &fonts->bundled[weight];
    *ascent = (int)((face_scale(face, face->ascent, pixels) + 32) >> 6);
    *descent = (int)((face_scale(face, face->descent, pixels) + 32) >> 6);
}

/* ---- opening ---- */

static void add_fallback(struct fontset *fonts, char *path) {
    if (fonts->fallback_count == MAX_FALLBACKS || path[0] == '\0') {
        free(path);
        return;
    }
    fonts->fallbacks[fonts->fallback_count] =
        (struct face){.path = path, .id = (int)fonts->fallback_count + 2};
    fonts->fallback_count++;
}

static void add_fallbacks(struct fontset *fonts, const char *fallback, bool bundled_only) {
    while (fallback && *fallback) {
        size_t size = strcspn(fallback, ":");
        add_fallback(fonts, xstrndup(fallback, size));
        fallback += size + (fallback[size] == ':');
    }
    for (size_t i = 0; !bundled_only && i < sizeof system_fonts / sizeof *system_fonts; i++)
        add_fallback(fonts, xstrdup(system_fonts[i]));
}

static bool open_bundled(struct fontset *fonts, const char *folder) {
    static const char *const names[] = {"NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf"};
    bool is_dir = fs_is_dir(folder);
    for (int i = 0; i < 2; i++) {
        struct face *face = &fonts->bundled[i];
        *face = (struct face){.id = i, .chinese = is_dir};
        face->path = is_dir ? path_join(folder, names[i], NULL) : xstrdup(folder);
        if (!face_open(face, fonts->library)) {
            log_error("%s: 字体无法打开 (font cannot be opened)", face->path);
            return false;
        }
    }
    return true;
}

struct fontset *fontset_open(const char *folder, const char *fallback, bool bundled_only) {
    struct fontset *fonts = xcalloc(1, sizeof *fonts);
    if (FT_Init_FreeType(&fonts->library)) {
        log_error("freetype: 无法启动 (cannot be initialised)");
        free(fonts);
        return NULL;
    }
    if (!open_bundled(fonts, folder)) {
        fontset_close(fonts);
        return NULL;
    }
    add_fallbacks(fonts, fallback, bundled_only);
    blender_init(&fonts->blender);
    fonts->atlas = atlas_create(ATLAS_BYTES);
    fonts->metrics = (struct text_metrics){
        .user = fonts, .face = find_face, .width = find_width, .extent = find_extent};
    return fonts;
}

void fontset_close(struct fontset *fonts) {
    if (!fonts)
        return;
    for (size_t i = 0; i < 2; i++) {
        face_close(&fonts->bundled[i]);
        free(fonts->bundled[i].path);
    }
    for (size_t i = 0; i < fonts->fallback_count; i++) {
        face_close(&fonts->fallbacks[i]);
        free(fonts->fallbacks[i].path);
    }
    atlas_destroy(fonts->atlas);
    FT_Done_FreeType(fonts->library);
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
    colour colour;
};

/* at: 26.6 */
static void draw_glyph(const struct pen *pen, struct face *face, uint32_t glyph, int64_t at,
                       int y) {
    int phase = face->colour ? 0 : (int)((at & 63) * GLYPH_PHASES / 64);
    struct atlas_key key = {.glyph = glyph,
                            .pixels = (uint16_t)pen->pixels,
                            .face = (uint8_t)face->id,
                            .phase = (uint8_t)phase};
    const struct glyph *found = atlas_find(pen->fonts->atlas, key);
    if (!found) {
        struct glyph drawn = {0};
        face_draw(face, pen->pixels, glyph, phase, &drawn); /* else it stays empty */
        found = atlas_add(pen->fonts->atlas, key, drawn);
    }
    blender_draw(&pen->fonts->blender, found, pen->to, (int)(at >> 6), y, pen->colour);
}

static void draw_word(const struct pen *pen, struct face *face, const char *text, size_t size,
                      int x, int y) {
    unsigned count;
    int64_t units = 0, origin = (int64_t)x * 64;
    hb_buffer_t *buffer = face_shape(face, text, size);
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(buffer, &count);
    for (unsigned i = 0; i < count; i++) {
        int64_t right = face_scale(face, units + positions[i].x_offset, pen->pixels);
        int64_t up = face_scale(face, positions[i].y_offset, pen->pixels);
        draw_glyph(pen, face, infos[i].codepoint, origin + right, y - (int)((up + 32) >> 6));
        units += positions[i].x_advance;
    }
    hb_buffer_destroy(buffer);
}

static void draw_run(const struct pen *pen, const struct layout *layout,
                     const struct layout_run *run, int x, int y) {
    uint32_t codepoint;
    const char *text = layout->text + run->start;
    struct face *face = face_at(pen->fonts, layout->style.weight, run->face);
    if (!face)
        return;
    bool single = is_one_character(text, run->size, &codepoint);
    struct character character = face_character(face, run->face < 0 ? GETA : codepoint);
    if (run->face >= 0 && (!single || character.composed))
        draw_word(pen, face, text, run->size, x, y);
    else
        draw_glyph(pen, face, character.glyph, (int64_t)x * 64, y);
}

void fontset_draw(struct fontset *fonts, const struct layout *layout, struct buffer *to, int x,
                  int y, colour ink) {
    struct pen pen = {.fonts = fonts, .to = to, .pixels = layout->style.size, .colour = ink};
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
