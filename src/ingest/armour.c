#include "ingest/armour.h"

#include <string.h>

#include <sodium.h>

bool armour_split(const char *text, size_t size, struct slice *lines, size_t count) {
    if (memchr(text, '\0', size) || memchr(text, '\r', size))
        return false;
    for (size_t i = 0; i < count; i++) {
        const char *end = memchr(text, '\n', size);
        if (!end)
            return false;
        lines[i] = (struct slice){text, (size_t)(end - text)};
        size -= lines[i].size + 1;
        text = end + 1;
    }
    return size == 0;
}

bool armour_comment(struct slice line, const char *prefix, struct slice *comment) {
    size_t length = strlen(prefix);
    if (line.size < length || memcmp(line.text, prefix, length) != 0)
        return false;
    *comment = (struct slice){line.text + length, line.size - length};
    return true;
}

static bool in_alphabet(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
}

bool armour_decode(struct slice line, void *bytes, size_t size) {
    size_t padding = (3 - size % 3) % 3, length = 0;
    if (line.size != ARMOUR_LINE_SIZE(size) - 1)
        return false;
    /* libsodium 1.0.18 takes every byte from 0x80 to 0xFF for '/'. */
    for (size_t i = 0; i < line.size - padding; i++)
        if (!in_alphabet(line.text[i]))
            return false;
    return sodium_base642bin(bytes, size, line.text, line.size, NULL, &length, NULL,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           length == size;
}

void armour_encode(const void *bytes, size_t size, char *line) {
    sodium_bin2base64(line, ARMOUR_LINE_SIZE(size), bytes, size, sodium_base64_VARIANT_ORIGINAL);
}
