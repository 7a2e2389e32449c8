#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static void reserve(struct str *str, size_t more) {
    size_t needed = str->size + more + 1;
    if (needed <= str->capacity)
        return;
    size_t capacity = str->capacity ? str->capacity * 2 : 64;
    if (capacity < needed)
        capacity = needed;
    str->data = xrealloc(str->data, capacity, 1);
    str->capacity = capacity;
}

void str_add_bytes(struct str *str, const char *bytes, size_t size) {
    reserve(str, size);
    if (size)
        memcpy(str->data + str->size, bytes, size);
    str->size += size;
    str->data[str->size] = '\0';
}

void str_add(struct str *str, const char *text) {
    str_add_bytes(str, text, strlen(text));
}

void str_add_char(struct str *str, char c) {
    str_add_bytes(str, &c, 1);
}

void str_add_codepoint(struct str *str, uint32_t c) {
    if (c < 0x80) {
        str_add_char(str, (char)c);
    } else if (c < 0x800) {
        char bytes[] = {(char)(0xC0 | c >> 6), (char)(0x80 | (c & 0x3F))};
        str_add_bytes(str, bytes, sizeof bytes);
    } else if (c < 0x10000) {
        char bytes[] = {(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)),
                        (char)(0x80 | (c & 0x3F))};
        str_add_bytes(str, bytes, sizeof bytes);
    } else {
        char bytes[] = {(char)(0xF0 | c >> 18), (char)(0x80 | (c >> 12 & 0x3F)),
                        (char)(0x80 | (c >> 6 & 0x3F)), (char)(0x80 | (c & 0x3F))};
        str_add_bytes(str, bytes, sizeof bytes);
    }
}

void str_addf(struct str *str, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = xvasprintf(format, arguments);
    va_end(arguments);
    str_add(str, text);
    free(text);
}

void str_clear(struct str *str) {
    str->size = 0;
    if (str->data)
        str->data[0] = '\0';
}

void str_trim(struct str *str) {
    while (str->size && strchr(" \t\r\n", str->data[str->size - 1]))
        str->data[--str->size] = '\0';
}

const char *str_text(const struct str *str) {
    return str->data ? str->data : "";
}

char *str_take(struct str *str) {
    char *data = str->data ? str->data : xstrdup("");
    *str = (struct str){0};
    return data;
}

void str_finish(struct str *str) {
    free(str->data);
    *str = (struct str){0};
}

/* Well-formed sequences are those of Unicode 15, table 3-7. */
uint32_t utf8_next(const char **at) {
    const unsigned char *s = (const unsigned char *)*at;
    if (!s[0])
        return 0;
    int length = s[0] < 0x80   ? 1
                 : s[0] < 0xC2 ? 0
                 : s[0] < 0xE0 ? 2
                 : s[0] < 0xF0 ? 3
                 : s[0] < 0xF5 ? 4
                               : 0;
    static const unsigned char first_bits[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
    uint32_t c = length ? s[0] & first_bits[length] : 0;
    bool good = length != 0;
    for (int i = 1; good && i < length; i++) {
        good = (s[i] & 0xC0) == 0x80;
        c = c << 6 | (s[i] & 0x3F);
    }
    if (good)
        good = !(length == 3 && (c < 0x800 || (c >= 0xD800 && c < 0xE000))) &&
               !(length == 4 && (c < 0x10000 || c > 0x10FFFF));
    *at += good ? length : 1;
    return good ? c : 0xFFFD;
}

size_t utf8_length(const char *text) {
    size_t count = 0;
    while (utf8_next(&text))
        count++;
    return count;
}

size_t utf8_cut(const char *text, size_t limit) {
    size_t size = strnlen(text, limit + 1);
    if (size <= limit)
        return size;
    size = limit;
    while (size && ((unsigned char)text[size] & 0xC0) == 0x80)
        size--;
    return size;
}

bool text_starts(const char *text, const char *start) {
    return strncmp(text, start, strlen(start)) == 0;
}

bool text_ends(const char *text, const char *end) {
    size_t size = strlen(text), tail = strlen(end);
    return size >= tail && strcmp(text + size - tail, end) == 0;
}

bool text_empty(const char *text) {
    return !text || !*text;
}
