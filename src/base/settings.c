#include "base/settings.h"

#include <assert.h>
#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/setting.h"
#include "base/settings_many.h"
#include "base/str.h"

#define SECTION_SIZE 50 /* libinih's: it cuts a longer name */
static_assert(INI_MAX_LINE == 200, "the longest line is named in a message");

void settings_init(const struct settings *settings, void *values) {
    for (size_t i = 0; i < settings->count; i++)
        setting_parse(values, settings->keys + i, settings->keys[i].fallback);
}

static bool is_text(enum key_kind kind) {
    return kind == KEY_TEXT || kind == KEY_URL || kind == KEY_NAME;
}

void settings_finish(const struct settings *settings, void *values) {
    for (size_t i = 0; i < settings->count; i++)
        if (is_text(settings->keys[i].kind)) {
            char **field = (char **)((char *)values + settings->keys[i].offset);
            free(*field);
            *field = NULL;
        }
    if (settings->many)
        many_finish(settings->many, values);
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
    bool awaited; /* the line should give a value, and did not yet */
    int error;    /* errno of reading; 0: none */
    char section[SECTION_SIZE];
    struct many_reading many;
};

void settings_say(const struct settings_file *file, int line, const char *format, ...) {
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
    settings_say(file, line, "[%s].%s: \"%s\": %s", key->section, key->name, value, text);
    free(text);
}

/* A mistake; with it the section, if it is one of many, is worth nothing. */
static void spoil(struct reading *reading) {
    reading->good = false;
    reading->many.good = false;
}

static void end_section(struct reading *reading) {
    if (!many_end(&reading->many))
        reading->good = false;
}

static void begin_section(struct reading *reading, const char *name, size_t size) {
    end_section(reading);
    snprintf(reading->section, SECTION_SIZE, "%.*s", (int)size, name);
    if (!many_begin(&reading->many, reading->section, reading->line))
        reading->good = false;
}

static bool is_space(char c) {
    return c && strchr(" \t\n\v\f\r", c);
}

/* Where a section's head ends, as libinih sees it; NULL: the line is none. */
static const char *head_end(const char *line) {
    if (line[0] != '[')
        return NULL;
    for (const char *at = line + 1; *at && (*at != ';' || !is_space(at[-1])); at++)
        if (*at == ']')
            return at;
    return NULL;
}

/* The line before has had its answer, or was none that libinih understands; looks at the next one
 * with libinih's eyes, which does not tell of heads. */
static void look_at(struct reading *reading, const char *line) {
    if (reading->awaited)
        spoil(reading);
    const char *head = head_end(line);
    if (head)
        begin_section(reading, line + 1, (size_t)(head - line - 1));
    reading->awaited = !head && *line && !strchr(";#", *line);
}

/* The next line without its end; NULL: there is none, or it cannot be read. *fault: what is wrong
 * with it, and it was cut; else NULL. */
static char *take_line(FILE *stream, char *line, int size, const char **fault) {
    int length = 0, c = getc(stream);
    bool none = c == EOF;
    *fault = NULL;
    for (; c != EOF && c != '\n'; c = getc(stream)) {
        if (c == '\0')
            *fault = "不是文本，请另存为 UTF-8 (not a text: save it as UTF-8)";
        else if (length > size - 3)
            *fault = "这一行太长，至多 198 字节 (line too long, at most 198 bytes)";
        if (!*fault)
            line[length++] = (char)c;
    }
    line[length] = '\0';
    return none ? NULL : line;
}

/* Without a mark of UTF-8, and without white space at its start, which to libinih means that it
 * goes on with the line before. */
static void unindent(char *line, bool first) {
    char *start = line + (first && text_starts(line, "\xEF\xBB\xBF") ? 3 : 0);
    while (is_space(*start))
        start++;
    memmove(line, start, strlen(start) + 1);
}

/* libinih gets nothing of a line that is at fault, unless it is a head: what follows is not to fall
 * into the section before. */
static char *read_line(char *line, int size, void *user) {
    struct reading *reading = user;
    const char *fault = NULL;
    if (!take_line(reading->stream, line, size, &fault)) {
        reading->error = ferror(reading->stream) ? errno : 0; /* a folder opens, but is no file */
        return NULL;
    }
    unindent(line, ++reading->line == 1);
    look_at(reading, line);
    if (!fault)
        return line;
    spoil(reading);
    reading->awaited = false;
    if (!head_end(line))
        *line = '\0';
    settings_say(reading->file, reading->line, "%s", fault);
    return line;
}

static void report_value(const struct reading *reading, const struct key *key, const char *value) {
    static const char *const wrong[] = {[KEY_NUMBER] = "not a number within",
                                        [KEY_NAME] = "not a number or a name like",
                                        [KEY_CHOICE] = "not one of",
                                        [KEY_SET] = "not a list of",
                                        [KEY_COLOUR] = "not a colour of the form",
                                        [KEY_URL] = "not an address like"};
    static const char *const wrong_zh[] = {
        [KEY_NUMBER] = "应为整数",           [KEY_NAME] = "应为这样的整数或名称：",
        [KEY_CHOICE] = "应为其中之一：",     [KEY_SET] = "应为以下各项的组合：",
        [KEY_COLOUR] = "应为这样写的颜色：", [KEY_URL] = "应为网址："};
    struct str right = {0}, right_zh = {0};
    setting_print_range(&right, key, wrong[key->kind]);
    setting_print_range(&right_zh, key, wrong_zh[key->kind]);
    settings_report(reading->file, reading->line, key, value, "%s（%s）", str_text(&right),
                    str_text(&right_zh));
    str_finish(&right);
    str_finish(&right_zh);
}

static const struct key *find_key(const struct key *keys, size_t count, const char *section,
                                  const char *name) {
    for (size_t i = 0; i < count; i++)
        if (strcmp(keys[i].section, section) == 0 && strcmp(keys[i].name, name) == 0)
            return keys + i;
    return NULL;
}

/* A row as the section at hand would name it in a message. */
static struct key named(const struct key *key, const char *section, const char *name) {
    struct key here = key ? *key : (struct key){.name = name};
    here.section = section;
    return here;
}

static bool take(struct reading *reading, const struct key *key, void *values, const char *section,
                 const char *name, const char *value) {
    const struct key here = named(key, section, name);
    if (!key) {
        settings_report(reading->file, reading->line, &here, value,
                        "no such key; `%s` lists all（没有这个配置项，全部配置项见 %s）",
                        reading->settings->command, reading->settings->command);
    } else if (setting_parse(values, key, value)) {
        return true;
    } else {
        report_value(reading, &here, value);
    }
    spoil(reading);
    return false;
}

static int on_value(void *user, const char *section, const char *name, const char *value) {
    struct reading *reading = user;
    const struct settings *settings = reading->settings;
    const struct settings_many *many = settings->many;
    reading->awaited = false;
    if (reading->many.inside) {
        void *item = many_item(&reading->many);
        if (item)
            take(reading, find_key(many->keys, many->count, many->prefix, name), item, section,
                 name, value);
        return 1;
    }
    const struct key *key = find_key(settings->keys, settings->count, section, name);
    if (take(reading, key, reading->values, section, name, value) && reading->file->lines)
        reading->file->lines[key - settings->keys] = reading->line;
    return 1;
}

static bool parse(struct reading *reading) {
    int first_error = ini_parse_stream(read_line, reading, on_value, reading);
    if (first_error > 0) {
        settings_say(reading->file, first_error,
                     "既不是 [节]，也不是 键 = 值 (neither [section] nor key = value)");
        reading->good = false;
    }
    if (reading->awaited)
        spoil(reading);
    end_section(reading);
    fclose(reading->stream);
    return reading->error == 0;
}

bool settings_load(const struct settings *settings, void *values,
                   const struct settings_file *file) {
    struct reading reading = {.settings = settings, .values = values, .file = file, .good = true};
    reading.many = (struct many_reading){.many = settings->many, .values = values, .file = file};
    reading.stream = fopen(file->path, "re");
    if (!reading.stream) {
        if (file->optional && errno == ENOENT)
            return true;
        reading.error = errno;
    } else if (parse(&reading)) {
        return reading.good;
    }
    settings_say(file, 0, "无法读取%s (cannot read %s): %s", settings->noun_zh, settings->noun,
                 strerror(reading.error));
    return false;
}

bool settings_set(const struct settings *settings, void *values, const struct settings_file *file,
                  const char *section, const char *name, const char *value) {
    struct reading reading = {.settings = settings, .values = values, .file = file, .good = true};
    const struct key *key = find_key(settings->keys, settings->count, section, name);
    return take(&reading, key, values, section, name, value);
}
