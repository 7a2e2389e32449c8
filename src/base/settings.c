#include "base/settings.h"

#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

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
    *bits = found;
    return found != 0;
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

/* "#1a2b3c" */
static bool parse_colour(const char *value, uint32_t *colour) {
    if (value[0] != '#' || strlen(value) != 7 || strspn(value + 1, "0123456789abcdefABCDEF") != 6)
        return false;
    *colour = 0xFF000000u | (uint32_t)strtoul(value + 1, NULL, 16);
    return true;
}

static bool set(void *values, const struct key *key, const char *value) {
    void *field = (char *)values + key->offset;
    int index = 0;
    switch (key->kind) {
    case KEY_TEXT:
        free(*(char **)field);
        *(char **)field = xstrdup(value);
        return true;
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

/* What a value must be, behind a word for its kind; nothing for a text. */
static void add_range(struct str *out, const struct key *key, const char *word) {
    if (key->kind == KEY_NUMBER)
        str_addf(out, "%s %s%d … %d", word, key->or_zero ? "0, " : "", key->minimum, key->maximum);
    else if (key->kind == KEY_COLOUR)
        str_addf(out, "%s #rrggbb", word);
    else if (key->kind != KEY_TEXT)
        str_addf(out, "%s %s", word, key->choices);
}

void settings_init(const struct settings *settings, void *values) {
    for (size_t i = 0; i < settings->count; i++)
        set(values, settings->keys + i, settings->keys[i].fallback);
}

void settings_finish(const struct settings *settings, void *values) {
    for (size_t i = 0; i < settings->count; i++)
        if (settings->keys[i].kind == KEY_TEXT) {
            char **field = (char **)((char *)values + settings->keys[i].offset);
            free(*field);
            *field = NULL;
        }
}

const struct key *settings_key(const struct settings *settings, size_t offset) {
    const struct key *key = settings->keys;
    while (key->offset != offset)
        key++;
    return key;
}

struct reading {
    const struct settings *settings;
    void *values;
    const struct settings_file *file;
    FILE *stream;
    int line; /* of what the handler is called for: libinih reads one line at a time */
    bool good;
    bool too_long;
    int error; /* errno of reading; 0: none */
};

/* line 0: of the whole file */
__attribute__((format(printf, 3, 4))) static void report(const struct settings_file *file, int line,
                                                         const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *text = xvasprintf(format, arguments);
    va_end(arguments);
    if (!file->quiet && line)
        log_error("%s:%d: %s", file->path, line, text);
    else if (!file->quiet)
        log_error("%s: %s", file->path, text);
    free(text);
}

void settings_report(const struct settings_file *file, int line, const struct key *key,
                     const char *value, const char *right, ...) {
    va_list arguments;
    va_start(arguments, right);
    char *text = xvasprintf(right, arguments);
    va_end(arguments);
    report(file, line, "[%s].%s: \"%s\": %s", key->section, key->name, value, text);
    free(text);
}

static char *read_line(char *line, int size, void *user) {
    struct reading *reading = user;
    char *got = fgets(line, size, reading->stream);
    if (!got) {
        reading->error = ferror(reading->stream) ? errno : 0; /* a folder opens, but is no file */
        return NULL;
    }
    if (!reading->too_long)
        reading->line++;
    size_t length = strlen(line);
    reading->too_long = length && line[length - 1] != '\n' && !feof(reading->stream);
    if (reading->too_long) {
        reading->good = false;
        report(reading->file, reading->line,
               "这一行太长，至多 %d 字节 (line too long, at most %d bytes)", size - 2, size - 2);
    }
    return got;
}

static void report_value(const struct reading *reading, const struct key *key, const char *value) {
    static const char *const wrong[] = {[KEY_NUMBER] = "not a number within",
                                        [KEY_CHOICE] = "not one of",
                                        [KEY_SET] = "not a list of",
                                        [KEY_COLOUR] = "not a colour of the form"};
    static const char *const wrong_zh[] = {[KEY_NUMBER] = "应为整数",
                                           [KEY_CHOICE] = "应为其中之一：",
                                           [KEY_SET] = "应为以下各项的组合：",
                                           [KEY_COLOUR] = "应为这样写的颜色："};
    struct str right = {0}, right_zh = {0};
    add_range(&right, key, wrong[key->kind]);
    add_range(&right_zh, key, wrong_zh[key->kind]);
    settings_report(reading->file, reading->line, key, value, "%s（%s）", str_text(&right),
                    str_text(&right_zh));
    str_finish(&right);
    str_finish(&right_zh);
}

static int on_value(void *user, const char *section, const char *name, const char *value) {
    struct reading *reading = user;
    const struct settings *settings = reading->settings;
    for (size_t i = 0; i < settings->count; i++) {
        const struct key *key = settings->keys + i;
        if (strcmp(key->section, section) != 0 || strcmp(key->name, name) != 0)
            continue;
        if (set(reading->values, key, value)) {
            if (reading->file->lines)
                reading->file->lines[i] = reading->line;
        } else {
            report_value(reading, key, value);
            reading->good = false;
        }
        return 1;
    }
    const struct key unknown = {.section = section, .name = name};
    settings_report(reading->file, reading->line, &unknown, value,
                    "no such key; `%s` lists all（没有这个配置项，全部配置项见 %s）",
                    settings->command, settings->command);
    reading->good = false;
    return 1;
}

static bool parse(struct reading *reading) {
    int first_error = ini_parse_stream(read_line, reading, on_value, reading);
    if (first_error > 0) {
        report(reading->file, first_error,
               "既不是 [节]，也不是 键 = 值 (neither [section] nor key = value)");
        reading->good = false;
    }
    fclose(reading->stream);
    return reading->error == 0;
}

bool settings_load(const struct settings *settings, void *values,
                   const struct settings_file *file) {
    struct reading reading = {.settings = settings, .values = values, .file = file, .good = true};
    reading.stream = fopen(file->path, "re");
    if (!reading.stream) {
        if (file->optional && errno == ENOENT)
            return true;
        reading.error = errno;
    } else if (parse(&reading)) {
        return reading.good;
    }
    report(file, 0, "无法读取%s (cannot read %s): %s", settings->noun_zh, settings->noun,
           strerror(reading.error));
    return false;
}

static void add_value(struct str *out, const void *values, const struct key *key) {
    const void *field = (const char *)values + key->offset;
    bool first = true;
    switch (key->kind) {
    case KEY_TEXT:
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

static bool new_section(const struct settings *settings, size_t i) {
    return i == 0 || strcmp(settings->keys[i].section, settings->keys[i - 1].section) != 0;
}

void settings_print(const struct settings *settings, const void *values, FILE *to) {
    for (size_t i = 0; i < settings->count; i++) {
        const struct key *key = settings->keys + i;
        struct str value = {0};
        add_value(&value, values, key);
        if (new_section(settings, i))
            fprintf(to, "%s[%s]\n", i ? "\n" : "", key->section);
        fprintf(to, "%s = %s\n", key->name, str_text(&value));
        str_finish(&value);
    }
}

void settings_print_file(const struct settings *settings, const void *values, FILE *to) {
    fputs(settings->heading, to);
    for (size_t i = 0; i < settings->count; i++) {
        const struct key *key = settings->keys + i;
        struct str range = {0}, value = {0};
        add_range(&range, key, "");
        if (values)
            add_value(&value, values, key);
        else
            str_add(&value, key->fallback);
        if (new_section(settings, i))
            fprintf(to, "\n[%s]\n", key->section);
        fprintf(to, "\n# %s。\n# %s.%s%s\n%s%s =%s%s\n", key->help_zh, key->help,
                range.size ? " Values:" : "", str_text(&range), values ? "" : "#", key->name,
                value.size ? " " : "", str_text(&value));
        str_finish(&value);
        str_finish(&range);
    }
}

void settings_print_scdoc(const struct settings *settings, FILE *to) {
    for (size_t i = 0; i < settings->count; i++) {
        const struct key *key = settings->keys + i;
        if (new_section(settings, i))
            fprintf(to, "## [%s]\n\n", key->section);
        struct str name = {0}; /* scdoc reads an underscore as the start of emphasis */
        for (const char *at = key->name; *at; at++) {
            if (*at == '_')
                str_add_char(&name, '\\');
            str_add_char(&name, *at);
        }
        struct str range = {0};
        add_range(&range, key, "");
        fprintf(to, "*%s*\n\t%s.++\n%s。", str_text(&name), key->help, key->help_zh);
        if (range.size)
            fprintf(to, "++\nValues:%s.", str_text(&range));
        if (*key->fallback)
            fprintf(to, "++\nDefault: %s.", key->fallback);
        fputs("\n\n", to);
        str_finish(&range);
        str_finish(&name);
    }
}
