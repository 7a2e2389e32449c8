#include "base/settings.h"

#include <errno.h>
#include <ini.h>
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
    if (errno || end == value || *end || parsed < key->minimum || parsed > key->maximum)
        return false;
    *number = (int)parsed;
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
    }
    return false;
}

static void add_range(struct str *out, const struct key *key, const char *number,
                      const char *choice, const char *set_of) {
    if (key->kind == KEY_NUMBER)
        str_addf(out, "%s %d … %d", number, key->minimum, key->maximum);
    else if (key->kind == KEY_CHOICE)
        str_addf(out, "%s %s", choice, key->choices);
    else if (key->kind == KEY_SET)
        str_addf(out, "%s %s", set_of, key->choices);
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

struct reading {
    const struct settings *settings;
    void *values;
    const char *path;
    FILE *file;
    int line; /* of what the handler is called for: libinih reads one line at a time */
    bool good;
    bool too_long;
};

static char *read_line(char *line, int size, void *user) {
    struct reading *reading = user;
    char *got = fgets(line, size, reading->file);
    if (!got)
        return NULL;
    if (!reading->too_long)
        reading->line++;
    size_t length = strlen(line);
    reading->too_long = length && line[length - 1] != '\n' && !feof(reading->file);
    if (reading->too_long) {
        reading->good = false;
        log_error("%s:%d: 这一行太长，至多 %d 字节 (line too long, at most %d bytes)",
                  reading->path, reading->line, size - 2, size - 2);
    }
    return got;
}

static void report_value(const struct reading *reading, const struct key *key, const char *value) {
    struct str right = {0};
    add_range(&right, key, "not a number within", "not one of", "not a list of");
    struct str right_zh = {0};
    add_range(&right_zh, key, "应为整数", "应为其中之一：", "应为以下各项的组合：");
    log_error("%s:%d: [%s].%s: \"%s\": %s（%s）", reading->path, reading->line, key->section,
              key->name, value, str_text(&right), str_text(&right_zh));
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
        if (!set(reading->values, key, value)) {
            report_value(reading, key, value);
            reading->good = false;
        }
        return 1;
    }
    log_error("%s:%d: [%s].%s: \"%s\": no such key; `%s` lists all"
              "（没有这个配置项，全部配置项见 %s）",
              reading->path, reading->line, section, name, value, settings->command,
              settings->command);
    reading->good = false;
    return 1;
}

bool settings_load(const struct settings *settings, void *values, const char *path, bool required) {
    struct reading reading = {.settings = settings, .values = values, .path = path, .good = true};
    reading.file = fopen(path, "re");
    if (!reading.file) {
        if (!required && errno == ENOENT)
            return true;
        log_error("%s: 无法读取%s (cannot read %s): %s", path, settings->noun_zh, settings->noun,
                  strerror(errno));
        return false;
    }
    int first_error = ini_parse_stream(read_line, &reading, on_value, &reading);
    if (first_error > 0) {
        log_error("%s:%d: 既不是 [节]，也不是 键 = 值 (neither [section] nor key = value)", path,
                  first_error);
        reading.good = false;
    }
    fclose(reading.file);
    return reading.good;
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

void settings_print_defaults(const struct settings *settings, FILE *to) {
    fputs(settings->heading, to);
    for (size_t i = 0; i < settings->count; i++) {
        const struct key *key = settings->keys + i;
        if (new_section(settings, i))
            fprintf(to, "\n[%s]\n", key->section);
        struct str range = {0};
        add_range(&range, key, "", "", "");
        fprintf(to, "\n# %s。\n# %s.%s%s\n#%s =%s%s\n", key->help_zh, key->help,
                range.size ? " Values:" : "", str_text(&range), key->name,
                *key->fallback ? " " : "", key->fallback);
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
        add_range(&range, key, "", "", "");
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
