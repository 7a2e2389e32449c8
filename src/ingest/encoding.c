#include "ingest/encoding.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/ucnv_err.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/text.h"

/* Shares, in hundredths of the characters. */
#define UTF16_PLAUSIBLE   75 /* four Han with one 一 in the least; chance gives about a third */
#define GB18030_CONVINCES 60 /* ordinary simplified text has over 95, traditional about 65 */
#define GB18030_PRIVATE   10 /* private use: more is not a text anybody can read */

struct reading {
    char *text; /* owned UTF-8; NULL: does not decode, or holds what no text does */
    int score;  /* plausible characters in hundredths */
};

/* Control characters that no text has; ^Z ended files under DOS. */
static bool is_binary(uint32_t c) {
    return (c < 0x20 && !(c >= '\t' && c <= '\r') && c != 0x1A) || (c >= 0x7F && c < 0xA0);
}

static bool has_binary_bytes(const unsigned char *bytes, size_t size) {
    for (size_t i = 0; i < size; i++)
        if (bytes[i] < 0x20 && is_binary(bytes[i]))
            return true;
    return false;
}

/* Strict decoding by ICU; NULL where a byte does not fit or a NUL comes out. */
static char *convert(const char *charset, const char *bytes, size_t size) {
    UErrorCode status = U_ZERO_ERROR;
    char *text = NULL;
    struct str out = {0};
    UChar *units = xcalloc(size + 1, sizeof *units);
    UConverter *converter = ucnv_open(charset, &status);
    if (U_FAILURE(status))
        goto free_units;
    ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, NULL, NULL, NULL, &status);
    int32_t count =
        ucnv_toUChars(converter, units, (int32_t)size + 1, bytes, (int32_t)size, &status);
    bool good = U_SUCCESS(status);
    for (int32_t i = 0; good && i < count;) {
        UChar32 c = 0;
        U16_NEXT(units, i, count, c);
        good = c != 0 && !U_IS_SURROGATE(c);
        str_add_codepoint(&out, (uint32_t)c);
    }
    if (good)
        text = str_take(&out);
    ucnv_close(converter);
free_units:
    str_finish(&out);
    free(units);
    return text;
}

/* How likely a character is in what our administrators write: 0 to 4. A Han character whose low
 * byte is zero is rather an ASCII one read the wrong way round. */
static int plausibility(uint32_t c) {
    if ((c >= 0x20 && c < 0x7F) || (c >= '\t' && c <= '\r'))
        return 4;
    if (c >= 0x4E00 && c < 0xA000)
        return c & 0xFF ? 4 : 1;
    bool punctuation = (c >= 0x2010 && c < 0x2027) || (c >= 0x3001 && c < 0x3020) ||
                       (c >= 0xFF01 && c < 0xFF5F) || c == 0x3000 || c == 0xB7 || c == 0xA0;
    return punctuation ? 4 : 0;
}

static struct reading read_utf16(const char *charset, const char *bytes, size_t size) {
    struct reading reading = {size % 2 ? NULL : convert(charset, bytes, size), 0};
    const char *at = reading.text ? reading.text : "";
    uint64_t sum = 0, count = 0;
    for (uint32_t c; (c = utf8_next(&at)); count++)
        sum += (uint64_t)plausibility(c);
    reading.score = count ? (int)(sum * 100 / (count * 4)) : 0;
    if (reading.score < UTF16_PLAUSIBLE) {
        free(reading.text);
        reading.text = NULL;
    }
    return reading;
}

/* The better byte order; NULL if neither is plausible. */
static char *decode_utf16(const char *bytes, size_t size) {
    struct reading little = read_utf16("UTF-16LE", bytes, size);
    struct reading big = read_utf16("UTF-16BE", bytes, size);
    bool take_big = big.text && (!little.text || big.score > little.score);
    free(take_big ? little.text : big.text);
    return take_big ? big.text : little.text;
}

/* Share of characters in the rows of GB2312, or of the four bytes that only GB18030 has, among all
 * beyond ASCII. */
static int gb18030_share(const unsigned char *bytes, size_t size) {
    uint64_t inside = 0, all = 0;
    for (size_t i = 0; i + 1 < size; i++) {
        if (bytes[i] < 0x80)
            continue;
        bool four = bytes[i + 1] >= '0' && bytes[i + 1] <= '9';
        all++;
        inside += four || (bytes[i] >= 0xA1 && bytes[i] <= 0xF7 && bytes[i + 1] >= 0xA1);
        i += four ? 3 : 1;
    }
    return all ? (int)(inside * 100 / all) : 0;
}

static char *decode_gb18030(const char *bytes, size_t size) {
    char *text = convert("gb18030", bytes, size);
    const char *at = text ? text : "";
    uint64_t private_use = 0, all = 0;
    bool binary = false;
    for (uint32_t c; !binary && (c = utf8_next(&at));) {
        binary = is_binary(c);
        all += c >= 0x80;
        private_use += u_charType((UChar32)c) == U_PRIVATE_USE_CHAR || !u_isdefined((UChar32)c);
    }
    if (!binary && private_use * 100 <= all * GB18030_PRIVATE)
        return text;
    free(text);
    return NULL;
}

static bool is_latin_letter(unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Well-formed UTF-8 that is everyday Chinese as GB2312 (see the header). Level 1 of GB2312 ends
 * with row D7. */
static bool is_rather_chinese(const unsigned char *bytes, size_t size) {
    bool any = false;
    for (size_t i = 0; i < size; i++) {
        if (bytes[i] < 0x80)
            continue;
        if (i + 1 >= size || bytes[i] < 0xC2 || bytes[i] > 0xD7 || bytes[i + 1] < 0xA1)
            return false;
        if ((i && is_latin_letter(bytes[i - 1])) || (i + 2 < size && is_latin_letter(bytes[i + 2])))
            return false;
        any = true;
        i++;
    }
    return any;
}

static char *decode_unmarked(const char *text, size_t size) {
    const unsigned char *bytes = (const unsigned char *)text;
    bool nul = memchr(text, '\0', size) != NULL;
    bool utf8 = !nul && text_valid(text);
    if (utf8 && !has_binary_bytes(bytes, size) && !is_rather_chinese(bytes, size))
        return xstrdup(text);
    char *chinese = nul ? NULL : decode_gb18030(text, size);
    if (chinese && gb18030_share(bytes, size) >= GB18030_CONVINCES)
        return chinese;
    char *wide = decode_utf16(text, size);
    if (wide || chinese) {
        free(wide ? chinese : NULL);
        return wide ? wide : chinese;
    }
    return utf8 ? xstrdup(text) : NULL;
}

static char *decode(const char *text, size_t size) {
    if (size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0)
        return text_valid(text) && strlen(text) == size ? xstrdup(text + 3) : NULL;
    if (size >= 2 && memcmp(text, "\xFF\xFE", 2) == 0)
        return convert("UTF-16LE", text + 2, size - 2);
    if (size >= 2 && memcmp(text, "\xFE\xFF", 2) == 0)
        return convert("UTF-16BE", text + 2, size - 2);
    return decode_unmarked(text, size);
}

char *encoding_decode(const void *bytes, size_t size) {
    char *copy = xmalloc(size + 1);
    if (size)
        memcpy(copy, bytes, size);
    copy[size] = '\0';
    char *decoded = decode(copy, size);
    free(copy);
    char *text = decoded ? text_normalise(decoded) : NULL;
    free(decoded);
    return text;
}

char *encoding_decode_name(const char *bytes, size_t size) {
    char *name = xstrndup(bytes, size), *decoded = NULL;
    const unsigned char *raw = (const unsigned char *)name;
    bool utf8 = text_valid(name);
    if (strlen(name) == size && (!utf8 || is_rather_chinese(raw, size)))
        decoded = decode_gb18030(name, size);
    if (!decoded && utf8 && strlen(name) == size)
        decoded = xstrdup(name);
    char *normal = decoded ? text_normalise(decoded) : NULL;
    free(decoded);
    free(name);
    return normal;
}
