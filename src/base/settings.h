/* settings.h: a struct that is filled from an INI file (by libinih), one table row per key
 *
 * A row drives the parser, what is printed, the commented file, the man page and the test. A
 * mistake is reported as FILE:LINE: [section].key: "value": what is right, and the value that was
 * there before stays. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

enum key_kind {
    KEY_TEXT,   /* char *, owned, never NULL */
    KEY_NUMBER, /* int */
    KEY_CHOICE, /* int, an index into the choices */
    KEY_SET     /* unsigned, bits of the choices */
};

struct key {
    const char *section, *name;
    enum key_kind kind;
    size_t offset; /* of the field that it fills */
    const char *fallback;
    int minimum, maximum; /* KEY_NUMBER */
    const char *choices;  /* KEY_CHOICE, KEY_SET: separated by ", " */
    const char *help_zh, *help;
};

/* The rows of a table; AT(field), which its file defines, is the offset of a field. */
#define TEXT(s, n, field, value, zh, en)                                                           \
    { s, n, KEY_TEXT, AT(field), value, 0, 0, NULL, zh, en }
#define NUMBER(s, n, field, value, low, high, zh, en)                                              \
    { s, n, KEY_NUMBER, AT(field), value, low, high, NULL, zh, en }
#define CHOICE(s, n, field, value, list, zh, en)                                                   \
    { s, n, KEY_CHOICE, AT(field), value, 0, 0, list, zh, en }
#define SET(s, n, field, value, list, zh, en)                                                      \
    { s, n, KEY_SET, AT(field), value, 0, 0, list, zh, en }

/* What can be set, section by section. */
struct settings {
    const struct key *keys;
    size_t count;
    const char *noun_zh, *noun; /* what its file is called */
    const char *command;        /* that lists all keys */
    const char *heading;        /* comment lines above the commented file */
};

/* values: the struct that the offsets are of. */
void settings_init(const struct settings *settings, void *values); /* every key at its default */
void settings_finish(const struct settings *settings, void *values);
/* Reads a file over what is there. False: mistakes were reported; the rest was taken. A file that
 * is not there is a mistake only if `required`. */
bool settings_load(const struct settings *settings, void *values, const char *path, bool required);

void settings_print(const struct settings *settings, const void *values, FILE *to);
/* The commented file, every key commented out at its default. */
void settings_print_defaults(const struct settings *settings, FILE *to);
void settings_print_scdoc(const struct settings *settings, FILE *to); /* for the man page */
