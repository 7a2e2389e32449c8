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
    KEY_URL,    /* the same; http://… or https://… */
    KEY_NUMBER, /* int */
    KEY_NAME,   /* char *, owned, never NULL: a number as of KEY_NUMBER, or a name: a letter, then
                 * letters, digits, - . and _ */
    KEY_CHOICE, /* int, an index into the choices */
    KEY_SET,    /* unsigned, bits of the choices */
    KEY_COLOUR  /* uint32_t 0xFFRRGGBB, written #rrggbb */
};

struct key {
    const char *section, *name;
    enum key_kind kind;
    bool or_zero;  /* KEY_NUMBER: 0 too, which switches something off */
    size_t offset; /* of the field that it fills */
    const char *fallback;
    const char *example;  /* what the commented file shows instead of the fallback; NULL: that */
    int minimum, maximum; /* KEY_NUMBER, KEY_NAME */
    const char *choices; /* KEY_CHOICE, KEY_SET: separated by ", "; the first may be "". KEY_NAME: a
                          * name that is good */
    const char *help_zh, *help;
};

/* The rows of a table; AT(field), which its file defines, is the offset of a field. */
#define ROW(k, s, n, field, value, zh, en)                                                         \
    .section = (s), .name = (n), .kind = (k), .offset = AT(field), .fallback = (value),            \
    .help_zh = (zh), .help = (en)
#define RANGE(low, high) .minimum = (low), .maximum = (high)
#define TEXT(s, n, field, value, zh, en)                                                           \
    { ROW(KEY_TEXT, s, n, field, value, zh, en) }
#define URL(s, n, field, shown, zh, en)                                                            \
    { ROW(KEY_URL, s, n, field, "", zh, en), .example = (shown) }
#define NUMBER(s, n, field, value, low, high, zh, en)                                              \
    { ROW(KEY_NUMBER, s, n, field, value, zh, en), RANGE(low, high) }
#define NUMBER_OR_0(s, n, field, value, low, high, zh, en)                                         \
    { ROW(KEY_NUMBER, s, n, field, value, zh, en), RANGE(low, high), .or_zero = true }
#define NAME(s, n, field, value, low, high, like, zh, en)                                          \
    { ROW(KEY_NAME, s, n, field, value, zh, en), RANGE(low, high), .choices = (like) }
#define CHOICE(s, n, field, value, list, zh, en)                                                   \
    { ROW(KEY_CHOICE, s, n, field, value, zh, en), .choices = (list) }
#define SET(s, n, field, value, list, zh, en)                                                      \
    { ROW(KEY_SET, s, n, field, value, zh, en), .choices = (list) }
#define COLOUR(s, n, field, value, zh, en)                                                         \
    { ROW(KEY_COLOUR, s, n, field, value, zh, en) }

struct settings_file;

/* Sections [PREFIX NAME], each of which fills one item of an array. One with a mistake is left out
 * whole: half of it might be trusted more than was meant. */
struct settings_many {
    const char *prefix;     /* also the section in its keys' rows */
    const char *name_shown; /* in the commented file */
    const char *help_zh, *help;
    const struct key *keys; /* their offsets are of an item */
    size_t count;
    size_t size;              /* of an item */
    size_t name;              /* offset in an item: char *, owned */
    size_t items, item_count; /* offsets in the values: the array, owned; its length, size_t */
    size_t limit;
    /* Whether an item is good as a whole; line is where its section begins. False: reported. */
    bool (*check)(const void *item, const struct settings_file *file, int line);
};

/* What can be set, section by section. */
struct settings {
    const struct key *keys;
    size_t count;
    const struct settings_many *many; /* NULL: none */
    const char *noun_zh, *noun;       /* what its file is called */
    const char *command;              /* that lists all keys */
    const char *heading;              /* comment lines above the commented file */
};

/* values: the struct that the offsets are of, zeroed. */
void settings_init(const struct settings *settings, void *values); /* every key at its default */
void settings_finish(const struct settings *settings, void *values);

/* A file as it is read. */
struct settings_file {
    const char *path;
    bool optional; /* that it is not there is no mistake */
    bool quiet;    /* mistakes are not reported */
    int *lines;    /* filled: where each of keys was set well, 0: nowhere; NULL: not wanted */
};
/* Reads a file over what is there. False: there were mistakes; the rest was taken. */
bool settings_load(const struct settings *settings, void *values, const struct settings_file *file);
/* One value laid over what is there, checked as if it stood in the file, on no line of it. False: a
 * mistake, and nothing changed. Not for sections of which there are many. */
bool settings_set(const struct settings *settings, void *values, const struct settings_file *file,
                  const char *section, const char *name, const char *value);
/* A mistake that shows only when all is read, unless quiet. line may be 0. `right` goes on behind
 * the value, in both languages. */
void settings_report(const struct settings_file *file, int line, const struct key *key,
                     const char *value, const char *right, ...)
    __attribute__((format(printf, 5, 6)));
/* The same of a line or, with line 0, of the whole file. */
void settings_say(const struct settings_file *file, int line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The key that fills the field at offset; there must be one. */
const struct key *settings_key(const struct settings *settings, size_t offset);

void settings_print(const struct settings *settings, const void *values, FILE *to);
/* The commented file; values NULL: every key commented out at its default. */
void settings_print_file(const struct settings *settings, const void *values, FILE *to);
void settings_print_scdoc(const struct settings *settings, FILE *to); /* for the man page */
