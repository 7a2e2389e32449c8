#include "ingest/zip_name.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "ingest/encoding.h"
#include "ingest/text.h"

static bool is_ascii(const char *text) {
    for (; *text; text++)
        if ((unsigned char)*text >= 0x80)
            return false;
    return true;
}

/* Controls, line ends of Unicode, and what turns the direction of a name in a message. */
static bool has_control(const char *text) {
    for (uint32_t c; (c = utf8_next(&text));)
        if (c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x2028 && c <= 0x202E) ||
            (c >= 0x2066 && c <= 0x2069))
            return true;
    return false;
}

/* Of raw bytes, before a decoder may drop them. No second byte of GBK is one. */
static bool has_control_byte(const char *raw, size_t size) {
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)raw[i] < 0x20 || raw[i] == 0x7F)
            return true;
    return false;
}

static const char *wrong_part(const char *part, size_t size) {
    if (size == 0)
        return "文件名有空的一段 (a part of its name is empty)";
    if ((size == 1 && part[0] == '.') || (size == 2 && part[0] == '.' && part[1] == '.'))
        return "文件名指向别处 (its name leads elsewhere)";
    return size > ZIP_PART_BYTES ? "文件名太长 (its name is too long)" : NULL;
}

static const char *wrong_name(const char *name) {
    const char *why = NULL;
    size_t parts = 0;
    if (name[0] == '/' || (name[0] && name[1] == ':'))
        return "文件名是绝对路径 (its name is absolute)";
    if (strchr(name, '\\'))
        return "文件名含反斜杠 (a backslash in its name)";
    if (has_control(name))
        return "文件名含控制字符 (a control character in its name)";
    for (const char *at = name; !why && at; parts++) {
        size_t size = strcspn(at, "/");
        why = wrong_part(at, size);
        at = at[size] ? at + size + 1 : NULL;
    }
    return why || parts <= ZIP_NAME_PARTS ? why : "文件夹层数太多 (folders nested too deeply)";
}

static char *decode(const char *raw, size_t size, bool utf8) {
    char *copy = xstrndup(raw, size), *name = NULL;
    if (utf8 || is_ascii(copy))
        name = text_valid(copy) ? xstrdup(copy) : NULL;
    else
        name = encoding_decode_name(raw, size);
    free(copy);
    return name;
}

char *zip_name_decode(const char *raw, size_t size, bool utf8, const char **why) {
    *why = NULL;
    if (size > 0 && raw[size - 1] == '/') /* a folder */
        size--;
    if (has_control_byte(raw, size)) {
        *why = "文件名含控制字符 (a control character in its name)";
        return NULL;
    }
    char *name = decode(raw, size, utf8);
    *why = name ? wrong_name(name) : "文件名不是有效的文字 (its name is not valid text)";
    if (*why) {
        free(name);
        return NULL;
    }
    return name;
}

char *zip_name_printable(const char *raw, size_t size) {
    char *copy = xstrndup(raw, size);
    char *decoded = text_valid(copy) ? NULL : encoding_decode_name(copy, strlen(copy));
    char *text = text_printable(decoded ? decoded : copy);
    free(decoded);
    free(copy);
    return text;
}
