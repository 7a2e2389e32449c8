#include "ingest/coverage.h"

#include <stdlib.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include <unicode/uchar.h>

#include "base/fonts.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

#define JOINER 0x200D

struct font {
    char *path; /* owned */
    bool tried; /* opening was tried; face tells how it went */
    FT_Face face;
};

struct coverage {
    FT_Library library; /* NULL: it did not start */
    struct font *fonts; /* owned */
    size_t count;
};

struct coverage *coverage_open(char **files, size_t count) {
    struct coverage *coverage = xcalloc(1, sizeof *coverage);
    coverage->fonts = xcalloc(count, sizeof *coverage->fonts);
    coverage->count = count;
    for (size_t i = 0; i < count; i++)
        coverage->fonts[i].path = xstrdup(files[i]);
    if (FT_Init_FreeType(&coverage->library)) {
        coverage->library = NULL;
        log_error("freetype: 无法启动 (cannot be initialised)");
    }
    return coverage;
}

struct coverage *coverage_open_for(const char *data, const struct config *config) {
    size_t count = 0;
    char *folder = path_join(data, "fonts", NULL);
    struct font_choice choice = {.folder = folder,
                                 .regular = config->text.regular,
                                 .bold = config->text.bold,
                                 .fallback = config->text.fallback};
    char **files = fonts_list(&choice, &count);
    struct coverage *coverage = coverage_open(files, count);
    fonts_free(files, count);
    free(folder);
    return coverage;
}

void coverage_close(struct coverage *coverage) {
    if (!coverage)
        return;
    for (size_t i = 0; i < coverage->count; i++) {
        if (coverage->fonts[i].face)
            FT_Done_Face(coverage->fonts[i].face);
        free(coverage->fonts[i].path);
    }
    if (coverage->library)
        FT_Done_FreeType(coverage->library);
    free(coverage->fonts);
    free(coverage);
}

static FT_Face face_at(struct coverage *coverage, size_t index) {
    struct font *font = &coverage->fonts[index];
    if (!font->tried && coverage->library &&
        FT_New_Face(coverage->library, font->path, 0, &font->face))
        font->face = NULL;
    font->tried = true;
    return font->face;
}

bool coverage_has(struct coverage *coverage, uint32_t codepoint) {
    for (size_t i = 0; i < coverage->count; i++) {
        FT_Face face = face_at(coverage, i);
        if (face && FT_Get_Char_Index(face, codepoint) != 0)
            return true;
    }
    return false;
}

/* ---- emoji (UTS #51) ---- */

static bool is(uint32_t c, UProperty property) {
    return u_hasBinaryProperty((UChar32)c, property);
}

bool coverage_is_emoji(uint32_t c) {
    return is(c, UCHAR_EXTENDED_PICTOGRAPHIC) || is(c, UCHAR_EMOJI_PRESENTATION);
}

static bool is_flag_letter(uint32_t c) {
    return is(c, UCHAR_REGIONAL_INDICATOR);
}

/* Variation selectors, tags of a flag, and what joins: they have no picture of their own. */
static bool is_silent(uint32_t c) {
    return c == JOINER || c == 0xFE0E || c == 0xFE0F || (c >= 0xE0020 && c <= 0xE007F);
}

/* Moves behind the emoji sequence that begins at *at; false: a part of it is in no font. */
static bool read_sequence(struct coverage *coverage, const char **at) {
    uint32_t before = utf8_next(at);
    bool flag = is_flag_letter(before), shown = coverage_has(coverage, before);
    for (const char *next = *at; *next; *at = next) {
        uint32_t c = utf8_next(&next);
        bool second = flag && is_flag_letter(c);
        if (!second && !is_silent(c) && !is(c, UCHAR_EMOJI_MODIFIER) &&
            !(before == JOINER && coverage_is_emoji(c)))
            break;
        shown = shown && (is_silent(c) || coverage_has(coverage, c));
        flag = false;
        before = c;
    }
    return shown;
}

char *coverage_keep_emoji(struct coverage *coverage, const char *text) {
    struct str kept = {0};
    while (*text) {
        const char *start = text, *next = text;
        uint32_t c = utf8_next(&next);
        bool keep = true;
        if (c >= 0x80 && coverage_is_emoji(c))
            keep = read_sequence(coverage, &text);
        else
            text = next;
        if (keep)
            str_add_bytes(&kept, start, (size_t)(text - start));
    }
    return str_take(&kept);
}
