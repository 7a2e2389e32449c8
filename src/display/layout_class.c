#include "display/layout_class.h"

#include <assert.h>
#include <stddef.h>

#include <unicode/uchar.h>
#include <unicode/uscript.h>

static bool in(uint32_t c, const uint16_t *set, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (set[i] == c)
            return true;
    return false;
}
#define IN(c, ...)                                                                                 \
    in(c, (const uint16_t[]){__VA_ARGS__}, sizeof((const uint16_t[]){__VA_ARGS__}) / 2)

static bool ideograph(uint32_t c) {
    return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

static bool opens(uint32_t c) {
    return IN(c, 0x2018, 0x201C, 0x3008, 0x300A, 0x300C, 0x300E, 0x3010, 0x3014, 0x3016, 0x3018,
              0x301A, 0x301D, 0xFF08, 0xFF3B, 0xFF5B, 0xFF5F);
}

static bool closes(uint32_t c) {
    return IN(c, 0x2019, 0x201D, 0x3009, 0x300B, 0x300D, 0x300F, 0x3011, 0x3015, 0x3017, 0x3019,
              0x301B, 0x301E, 0x301F, 0xFF09, 0xFF3D, 0xFF5D, 0xFF60);
}

bool class_is_shared(uint32_t c) {
    return IN(c, 0xB7, 0x2014, 0x2015, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026, 0x22EF);
}

static bool wide(uint32_t c) {
    int width = u_getIntPropertyValue((UChar32)c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH;
}

/* The marks of Chinese; CELL_WORD: not one of them. */
static enum cell_kind mark(uint32_t c) {
    if (opens(c))
        return CELL_OPEN;
    if (closes(c))
        return CELL_CLOSE;
    if (IN(c, 0xFF0C, 0x3001, 0xFF1B, 0xFF1A))
        return CELL_PAUSE;
    if (IN(c, 0x3002, 0xFF0E, 0xFF01, 0xFF1F))
        return CELL_STOP;
    if (IN(c, 0xB7, 0x2022, 0x30FB))
        return CELL_DOT;
    if (IN(c, 0x2014, 0x2015, 0x2E3A, 0x2026, 0x22EF))
        return CELL_DASH;
    if (IN(c, 0xFF5E, 0x301C, 0xFF0F))
        return CELL_CONNECT;
    return CELL_WORD;
}

/* What a font draws at a private code point is known only to who made both; what was unassigned
 * when our ICU was made is drawn at random. But planes 2 and 3 are given to Han and nothing else:
 * a glyph there is a name of someone whom GB 18030 has added since. */
bool class_is_unknown(uint32_t c) {
    if (c < 0x378 || ideograph(c))
        return c >= 0x10000 && (c & 0xFFFE) == 0xFFFE;
    int type = u_charType((UChar32)c);
    return type == U_PRIVATE_USE_CHAR || type == U_UNASSIGNED || c == 0xFFFD;
}

enum cell_kind class_of(uint32_t c, bool latin) {
    if (ideograph(c))
        return CELL_HAN;
    if (latin || c < 0xB7)
        return CELL_WORD;
    enum cell_kind kind = mark(c);
    return kind == CELL_WORD && (wide(c) || class_is_unknown(c)) ? CELL_HAN : kind;
}

bool class_is_space(uint32_t c) {
    return c <= 0x20 || (c >= 0x7F && c <= 0xA0) || (c >= 0x2000 && c <= 0x200B) || c == 0x2028 ||
           c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x1680;
}

bool class_is_ignorable(uint32_t c) {
    if (c < 0xAD || ideograph(c))
        return false;
    return c == 0xAD || u_hasBinaryProperty((UChar32)c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

bool class_is_cjk(uint32_t c) {
    return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE4F) ||
           (c >= 0xFF00 && c <= 0xFFEF) || (c >= 0x20000 && c <= 0x3FFFD);
}

bool class_takes_gap(uint32_t c) {
    if (c < 0x80)
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
               IN(c, '%', '#', '&', '@', '$', '+');
    if (c >= 0x2150 && c <= 0x33FF)
        return false; /* ℃ ① → and their like fill their square in a Chinese font */
    int type = u_charType((UChar32)c);
    return u_isalnum((UChar32)c) || type == U_NON_SPACING_MARK ||
           type == U_COMBINING_SPACING_MARK || IN(c, 0xA3, 0xA5, 0x20AC, 0x2030);
}

bool class_gives_gap(uint32_t c) {
    return ideograph(c) || (class_is_cjk(c) && u_isalpha((UChar32)c));
}

bool class_is_particle(uint32_t c) {
    return IN(c, u'的', u'了', u'着', u'过', u'得', u'地', u'吗', u'呢', u'吧', u'啊', u'嘛', u'们',
              u'等');
}

/* Latin, Greek and Cyrillic are shaped alike. */
int class_script(uint32_t c) {
    UErrorCode error = U_ZERO_ERROR;
    if (c < 0x590)
        return u_isalpha((UChar32)c) ? SCRIPT_EUROPEAN : 0;
    UScriptCode script = uscript_getScript((UChar32)c, &error);
    if (script == USCRIPT_LATIN || script == USCRIPT_GREEK || script == USCRIPT_CYRILLIC)
        return SCRIPT_EUROPEAN;
    static_assert(USCRIPT_INHERITED == SCRIPT_EUROPEAN, "0 and 1 are those of no script");
    return script > USCRIPT_INHERITED ? (int)script : 0;
}

/* Tibetan's tsheg (UAX #14, BA), and what only a dictionary divides (SA): Thai, Dai, Burmese. */
bool class_ends_syllable(uint32_t c) {
    return c == 0x0F0B || (c >= 0x0E00 && u_getIntPropertyValue((UChar32)c, UCHAR_LINE_BREAK) ==
                                              U_LB_COMPLEX_CONTEXT);
}

uint16_t class_for_icu(uint32_t c) {
    if (class_is_unknown(c))
        return 0x3013; /* 〓 */
    switch (class_of(c, false)) {
    case CELL_OPEN:
        return 0x300C;
    case CELL_CLOSE:
        return 0x300D;
    case CELL_PAUSE:
    case CELL_STOP:
        return 0xFF01;
    case CELL_DOT:
    case CELL_CONNECT:
        return 0x30FB;
    default:
        return (uint16_t)c;
    }
}

bool class_may_hang(uint32_t c) {
    return IN(c, 0x3001, 0x3002, 0xFF0C, 0xFF0E);
}

bool class_is_sentence_end(uint32_t c) {
    return IN(c, 0x3002, 0xFF01, 0xFF1F, '!', '?', 0x2026, 0x22EF, 0x61F, 0x6D4, 0xF0D);
}

bool class_is_clause_end(uint32_t c) {
    return IN(c, 0xFF0C, 0xFF1B, ';', 0x60C, 0x61B);
}
