#include "base/option.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"

#define MAX_SIDE 16384 /* twice the largest screen there is */

static bool parse_number(const char *text, int *number) {
    char *end = NULL;
    errno = 0;
    long value = strtol(text, &end, 10);
    if (errno || end == text || *end || value < INT_MIN || value > INT_MAX)
        return false;
    *number = (int)value;
    return true;
}

bool size_parse(const char *text, struct size *size) {
    int width = 0, height = 0, used = 0;
    if (sscanf(text, "%5d%*1[xX]%5d%n", &width, &height, &used) != 2 || text[used] || width < 1 ||
        height < 1 || width > MAX_SIDE || height > MAX_SIDE)
        return false;
    *size = (struct size){width, height};
    return true;
}

static bool is_choice(const char *text, const char *choices) {
    size_t size = strlen(text);
    for (const char *at = choices; at;) {
        const char *end = strchr(at, '|');
        size_t length = end ? (size_t)(end - at) : strlen(at);
        if (length == size && memcmp(at, text, size) == 0)
            return true;
        at = end ? end + 1 : NULL;
    }
    return false;
}

static bool store(const struct option *option, const char *text, void *values) {
    void *field = (char *)values + option->offset;
    switch (option->kind) {
    case OPTION_FLAG:
        *(bool *)field = true;
        return true;
    case OPTION_TEXT:
        *(const char **)field = text;
        if (!option->choices || is_choice(text, option->choices))
            return true;
        break;
    case OPTION_NUMBER:
        if (parse_number(text, field))
            return true;
        break;
    case OPTION_SIZE:
        if (size_parse(text, field))
            return true;
        break;
    }
    log_error("--%s: “%s” 不是%s，应为 %s (not a valid value, expected %s)", option->name, text,
              "有效的值", option->argument, option->argument);
    return false;
}

static const struct option *find(const struct option_set *sets, size_t count, const char *name,
                                 size_t size, void **values) {
    for (size_t i = 0; i < count; i++)
        for (const struct option *o = sets[i].options; o && o->name; o++)
            if (strlen(o->name) == size && strncmp(o->name, name, size) == 0) {
                *values = sets[i].values;
                return o;
            }
    return NULL;
}

/* Takes one option and its value; *used is the number of words taken. */
static bool take(const struct option_set *sets, size_t count, char **word, int left, int *used) {
    const char *name = word[0] + 2, *equals = strchr(name, '=');
    size_t size = equals ? (size_t)(equals - name) : strlen(name);
    void *values = NULL;
    const struct option *option = find(sets, count, name, size, &values);
    *used = 1;
    if (!option) {
        log_error("没有选项 %s，见 --help (unknown option %s, see --help)", word[0], word[0]);
        return false;
    }
    const char *value = equals ? equals + 1 : NULL;
    if (option->kind == OPTION_FLAG && equals) {
        log_error("--%s 不带参数 (takes no value)", option->name);
        return false;
    }
    if (option->kind != OPTION_FLAG && !value) {
        if (left < 2) {
            log_error("--%s 需要参数 %s (needs a value)", option->name, option->argument);
            return false;
        }
        value = word[1];
        *used = 2;
    }
    return store(option, value, values);
}

bool options_parse(const struct option_set *sets, size_t count, int *argc, char **argv) {
    int kept = 0;
    bool only_words = false;
    for (int i = 0; i < *argc;) {
        int used = 1;
        if (!only_words && strcmp(argv[i], "--") == 0)
            only_words = true;
        else if (only_words || strncmp(argv[i], "--", 2) != 0)
            argv[kept++] = argv[i];
        else if (!take(sets, count, argv + i, *argc - i, &used))
            return false;
        i += used;
    }
    *argc = kept;
    return true;
}

void options_print_help(const struct option *options, FILE *to) {
    for (const struct option *o = options; o && o->name; o++) {
        char *left =
            xasprintf("--%s%s%s", o->name, o->argument ? " " : "", o->argument ? o->argument : "");
        fprintf(to, "  %-24s %s\n  %-24s %s\n", left, o->help_zh, "", o->help);
        free(left);
    }
}

void options_print_scdoc(const struct option *options, FILE *to) {
    for (const struct option *o = options; o && o->name; o++) {
        fprintf(to, "*--%s*", o->name);
        if (o->argument)
            fprintf(to, " _%s_", o->argument);
        fprintf(to, "\n\t%s.++\n%s。\n\n", o->help, o->help_zh);
    }
}
