#include "base/setting.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/* Position of a word in "a, b, c"; -1: it is not there. */
static int choice_index(const char *choices, const char *word, size_t size) {
    int index = 0;
    for (const char *at = choices; at; index++) {
        size_t length = strcspn(at, ",");
        if (length == size && memcmp(at, word, size) == 0)
            return index;
        at = at[length] ? at + length + 2 : NULL;
    }
    return -1;
}

static void add_choice(struct str *out, const char *choices, int index) {
    const char *at = choices;
    while (index-- > 0)
        at += strcspn(at, ",") + 2;
    str_add_bytes(out, at, strcspn(at, ","));
}

static bool parse_set(const char *choices, const char *value, unsigned *bits) {
    unsigned found = 0;
    for (const char *at = value; *at;) {
        at += strspn(at, ", \t");
        size_t size = strcspn(at, ", \t");
        if (!size)
            break;
        int index = choice_index(choices, at, size);
        if (index < 0)
            return false;
        found |= 1u << index;
        at += size;
    }
    if (!found)
        return false;
    *bits = found;
    return true;
}

static bool parse_number(const struct key *key, const char *value, int *number) {
    char *end = NULL;
    errno = 0;
    long parsed = strtol(value, &end, 10);
    bool within =
        (parsed >= key->minimum && parsed <= key->maximum) || (key->or_zero && parsed == 0);
    if (errno || end == value || *end || !within)
        return false;
    *number = (int)parsed;
    return true;
}

/* As screens, sound cards and network interfaces are called. */
static bool is_name(const struct key *key, const char *value) {
    int number = 0;
    if (parse_number(key, value, &number))
        return true;
    size_t first = strspn(value, LETTERS);
    return first && !value[strspn(value, LETTERS "0123456789-._")];
}

/* "#1a2b3c" */
static bool parse_colour(const char *value, uint32_t *colour) {
    if (value[0] != '#' || strlen(value) != 7 || strspn(value + 1, "0123456789abcdefABCDEF") != 6)
        return false;
    *colour = 0xFF000000u | (uint32_t)strtoul(value + 1, NULL, 16);
    return true;
}

/* http or https, a host without user and password, nothing that must be escaped (RFC 3986). */
static bool is_url(const char *value) {
    size_t scheme = text_starts(value, "https://") ? 8 : text_starts(value, "http://") ? 7 : 0;
    const char *host = value + scheme;
    for (const char *at = value; *at; at++)
        if ((unsigned char)*at <= ' ' || *at == 0x7F || strchr("\"<>\\^`{|}", *at))
            return false;
    return scheme && !strchr("/?#:", *host) && host[strcspn(host, "/?#@")] != '@';
}

static bool replace_text(char **field, const char *value) {
    free(*field);
    *field = xstrdup(value);
    return true;
}

bool setting_parse(void *values, const struct key *key, const char *value) {
    void *field = (char *)values + key->offset;
    int index = 0;
    switch (key->kind) {
    case KEY_URL:
        return (!*value || is_url(value)) && replace_text(field, value);
    case KEY_NAME:
        return is_name(key, value) && replace_text(field, value);
    case KEY_TEXT:
        return replace_text(field, value);
    case KEY_NUMBER:
        return parse_number(key, value, field);
    case KEY_CHOICE:
        index = choice_index(key->choices, value, strlen(value));
        if (index >= 0)
            *(int *)field = index;
        return index >= 0;
    case KEY_SET:
        return parse_set(key->choices, value, field);
    case KEY_COLOUR:
        return parse_colour(value, field);
    }
    return false;
}

void setting_print_range(struct str *out, const struct key *key, const char *word) {
    if (key->kind == KEY_NUMBER)
        str_addf(out, "%s %s%d … %d", word, key->or_zero ? "0, " : "", key->minimum, key->maximum);
    else if (key->kind == KEY_NAME)
        str_addf(out, "%s %d … %d, %s", word, key->minimum, key->maximum, key->choices);
    else if (key->kind == KEY_COLOUR)
        str_addf(out, "%s #rrggbb", word);
    else if (key->kind == KEY_URL)
        str_addf(out, "%s http://…, https://…", word);
    else if (key->kind != KEY_TEXT)
        str_addf(out, "%s %s%s", word, *key->choices == ',' ? "\"\"" : "", key->choices);
}

void setting_print(struct str *out, const void *values, const struct key *key) {
    const void *field = (const char *)values + key->offset;
    bool first = true;
    switch (key->kind) {
    case KEY_TEXT:
    case KEY_URL:
    case KEY_NAME:
        str_add(out, *(char *const *)field);
        break;
    case KEY_NUMBER:
        str_addf(out, "%d", *(const int *)field);
        break;
    case KEY_CHOICE:
        add_choice(out, key->choices, *(const int *)field);
        break;
    case KEY_SET:
        for (int i = 0; i < 32; i++)
            if (*(const unsigned *)field & 1u << i) {
                if (!first)
                    str_add(out, ", ");
                add_choice(out, key->choices, i);
                first = false;
            }
        break;
    case KEY_COLOUR:
        str_addf(out, "#%06x", (unsigned)(*(const uint32_t *)field & 0xFFFFFF));
        break;
    }
}
