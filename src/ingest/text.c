#include "ingest/text.h"

#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/uclean.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>
#include <unicode/ustring.h>
#include <unicode/utf16.h>

#include "base/memory.h"
#include "base/str.h"

/* ICU counts in int32_t and a normal form is at most 18 times as long (NFKC of one ligature);
 * what comes here is bounded far below it by its readers. */
#define MAX_NORMALISED_BYTES (16u << 20)

#define ZWNJ           0x200C
#define ZWJ            0x200D
#define BLACK_FLAG     0x1F3F4
#define MONGOLIAN_STOP 0x180E

static void *icu_allocate(const void *context, size_t size) {
    (void)context;
    return xmalloc(size);
}

static void *icu_reallocate(const void *context, void *old, size_t size) {
    (void)context;
    return xrealloc(old, 1, size);
}

static void icu_free(const void *context, void *memory) {
    (void)context;
    free(memory);
}

void text_adopt_icu(void) {
    UErrorCode status = U_ZERO_ERROR;
    u_setMemoryFunctions(NULL, icu_allocate, icu_reallocate, icu_free, &status);
}

/* Runs a normaliser over UTF-8; NULL if ICU refuses (it does not for well-formed text). */
static char *run_normaliser(const UNormalizer2 *normaliser, const char *utf8) {
    size_t size = utf8_cut(utf8, MAX_NORMALISED_BYTES);
    UErrorCode status = U_ZERO_ERROR;
    int32_t units = 0, length = 0, bytes = 0;
    UChar *source = xcalloc(size + 1, sizeof *source);
    UChar *normal = NULL;
    char *result = NULL;
    u_strFromUTF8WithSub(source, (int32_t)size + 1, &units, utf8, (int32_t)size, 0xFFFD, NULL,
                         &status);
    if (U_FAILURE(status))
        goto free_source;
    length = unorm2_normalize(normaliser, source, units, NULL, 0, &status);
    if (status != U_BUFFER_OVERFLOW_ERROR && U_FAILURE(status))
        goto free_source;
    status = U_ZERO_ERROR;
    normal = xcalloc((size_t)length + 1, sizeof *normal);
    unorm2_normalize(normaliser, source, units, normal, length + 1, &status);
    result = xcalloc((size_t)length + 1, 3); /* a UTF-16 unit is at most three bytes */
    u_strToUTF8(result, length * 3 + 1, &bytes, normal, length, &status);
    if (U_FAILURE(status)) {
        free(result);
        result = NULL;
    }
    free(normal);
free_source:
    free(source);
    return result;
}

static char *normalise(const UNormalizer2 *normaliser, char *text) {
    char *result = run_normaliser(normaliser, text);
    if (!result)
        return text;
    free(text);
    return result;
}

static const UNormalizer2 *nfc(void) {
    UErrorCode status = U_ZERO_ERROR;
    return unorm2_getNFCInstance(&status);
}

static bool is_pictographic(uint32_t c) {
    return u_hasBinaryProperty((UChar32)c, UCHAR_EXTENDED_PICTOGRAPHIC) ||
           u_hasBinaryProperty((UChar32)c, UCHAR_EMOJI_MODIFIER);
}

static bool is_variation_selector(uint32_t c) {
    return u_hasBinaryProperty((UChar32)c, UCHAR_VARIATION_SELECTOR);
}

static UScriptCode script_of(uint32_t c) {
    UErrorCode status = U_ZERO_ERROR;
    return uscript_getScript((UChar32)c, &status);
}

/* Scripts whose shaping joiners change: Arabic, the Indic scripts, Mongolian and the like. */
static bool is_complex(uint32_t c) {
    switch (script_of(c)) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_UNKNOWN:
    case USCRIPT_LATIN:
    case USCRIPT_GREEK:
    case USCRIPT_CYRILLIC:
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_HANGUL:
        return false;
    default:
        return true;
    }
}

static bool is_tag(uint32_t c) {
    return c >= 0xE0020 && c <= 0xE007F;
}

/* Whether an invisible character does something between its neighbours. */
static bool has_business(uint32_t c, uint32_t before, uint32_t after) {
    if (c == ZWJ && (is_pictographic(before) || is_variation_selector(before)) &&
        is_pictographic(after))
        return true;
    if (c == ZWJ || c == ZWNJ)
        return is_complex(before) && is_complex(after);
    if (is_variation_selector(c))
        return before && u_isgraph((UChar32)before) && !is_variation_selector(before);
    if (is_tag(c))
        return before == BLACK_FLAG || is_tag(before);
    return c == MONGOLIAN_STOP && script_of(before) == USCRIPT_MONGOLIAN;
}

static bool is_invisible(uint32_t c) {
    return u_charType((UChar32)c) == U_CONTROL_CHAR || U_IS_UNICODE_NONCHAR((UChar32)c) ||
           (c >= 0xFFF9 && c <= 0xFFFC) /* annotations, objects */ ||
           u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

static bool is_line_end(uint32_t c) {
    return (c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029;
}

char *text_normalise(const char *utf8) {
    struct str out = {0};
    uint32_t before = 0; /* the last one kept on this line */
    for (uint32_t c; (c = utf8_next(&utf8));) {
        if (c >= 0x20 && c < 0x7F) {
            str_add_char(&out, (char)c);
            before = c;
            continue;
        }
        if (is_line_end(c)) {
            if (c == '\r' && *utf8 == '\n')
                utf8++;
            str_add_char(&out, '\n');
            before = 0;
            continue;
        }
        c = c == '\t' ? ' ' : c;
        const char *ahead = utf8;
        if (is_invisible(c) && !has_business(c, before, utf8_next(&ahead)))
            continue;
        str_add_codepoint(&out, c);
        before = c;
    }
    return normalise(nfc(), str_take(&out));
}

/* White space of a text collapsed to single spaces and trimmed. */
static char *collapse(const char *text) {
    struct str out = {0};
    bool gap = false;
    for (uint32_t c; (c = utf8_next(&text));) {
        if (u_isUWhiteSpace((UChar32)c)) {
            gap = out.size != 0;
            continue;
        }
        if (gap)
            str_add_char(&out, ' ');
        gap = false;
        str_add_codepoint(&out, c);
    }
    return str_take(&out);
}

char *text_normalise_line(const char *utf8) {
    char *text = text_normalise(utf8);
    char *line = collapse(text);
    free(text);
    return line;
}

static void add_trimmed(struct str *out, const char *line, const char *end) {
    const char *start = NULL, *stop = NULL;
    for (const char *at = line; at < end;) {
        const char *here = at;
        if (u_isUWhiteSpace((UChar32)utf8_next(&at)))
            continue;
        start = start ? start : here;
        stop = at;
    }
    if (!start)
        return;
    if (out->size)
        str_add_char(out, '\n');
    str_add_bytes(out, start, (size_t)(stop - start));
}

char *text_paragraphs(const char *text) {
    struct str out = {0};
    for (const char *line = text;; line++) {
        const char *end = strchrnul(line, '\n');
        add_trimmed(&out, line, end);
        if (!*end)
            return str_take(&out);
        line = end;
    }
}

/* Behind the last character of [line, end) that can be seen; line if there is none. */
static const char *visible_end(const char *line, const char *end) {
    const char *stop = line;
    for (const char *at = line; at < end;)
        if (!u_isUWhiteSpace((UChar32)utf8_next(&at)))
            stop = at;
    return stop;
}

char *text_trim(const char *text) {
    struct str out = {0};
    size_t empty = 0; /* lines since the last that was not */
    for (const char *line = text;; line++) {
        const char *end = strchrnul(line, '\n'), *stop = visible_end(line, end);
        if (stop == line) {
            empty++;
        } else {
            for (size_t i = 0; out.size && i <= empty; i++)
                str_add_char(&out, '\n');
            str_add_bytes(&out, line, (size_t)(stop - line));
            empty = 0;
        }
        if (!*end)
            return str_take(&out);
        line = end;
    }
}

char *text_fold(const char *utf8) {
    UErrorCode status = U_ZERO_ERROR;
    char *text = normalise(unorm2_getNFKCCasefoldInstance(&status), text_normalise(utf8));
    char *line = collapse(text);
    free(text);
    return line;
}

char *text_fold_letters(const char *utf8) {
    char *folded = text_fold(utf8);
    struct str out = {0};
    const char *at = folded;
    for (uint32_t c; (c = utf8_next(&at));)
        if (u_isalnum((UChar32)c) || (U_GET_GC_MASK((UChar32)c) & U_GC_M_MASK))
            str_add_codepoint(&out, c);
    free(folded);
    return str_take(&out);
}

bool text_valid(const char *bytes) {
    while (*bytes) {
        const char *start = bytes;
        if (utf8_next(&bytes) == 0xFFFD && bytes - start == 1)
            return false;
    }
    return true;
}

char *text_printable(const char *bytes) {
    struct str out = {0};
    while (*bytes) {
        const char *start = bytes;
        uint32_t c = utf8_next(&bytes);
        if (c == 0xFFFD && bytes - start == 1)
            str_addf(&out, "\\x%02X", (unsigned char)*start);
        else if (is_invisible(c) || is_line_end(c))
            str_addf(&out, "\\u{%X}", c);
        else
            str_add_codepoint(&out, c);
    }
    return normalise(nfc(), str_take(&out));
}

bool text_is_letter(uint32_t c) {
    return u_isalpha((UChar32)c);
}

bool text_is_space(uint32_t c) {
    return u_charType((UChar32)c) == U_SPACE_SEPARATOR;
}

bool text_is_han(uint32_t c) {
    return script_of(c) == USCRIPT_HAN;
}

bool text_is_cjk(uint32_t c) {
    return (c >= 0x2E80 && c < 0xA000) || (c >= 0xF900 && c < 0xFB00) ||
           (c >= 0xFE30 && c < 0xFE50) || (c >= 0xFF00 && c < 0xFFF0) ||
           (c >= 0x20000 && c < 0x40000);
}
