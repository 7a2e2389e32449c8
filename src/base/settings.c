#include "base/settings.h"

#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/setting.h"
#include "base/str.h"

void settings_init(const struct settings *settings, void *values) {
    for (size_t i = 0; i < settings->count; i++)
        setting_parse(values, settings->keys + i, settings->keys[i].fallback);
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
    setting_print_range(&right, key, wrong[key->kind]);
    setting_print_range(&right_zh, key, wrong_zh[key->kind]);
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
        if (setting_parse(reading->values, key, value)) {
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
