#include <string.h>

#include "base/setting.h"
#include "base/settings.h"
#include "base/settings_many.h"

static bool new_section(const struct key *keys, size_t i) {
    return i == 0 || strcmp(keys[i].section, keys[i - 1].section) != 0;
}

/* Behind a space libinih takes a semicolon for the start of a comment. */
static const char *gap_before(const char *value) {
    return *value == ';' ? "" : " ";
}

static void print_value(const struct key *key, const void *values, FILE *to) {
    struct str value = {0};
    setting_print(&value, values, key);
    fprintf(to, "%s =%s%s\n", key->name, gap_before(str_text(&value)), str_text(&value));
    str_finish(&value);
}

void settings_print(const struct settings *settings, const void *values, FILE *to) {
    const struct settings_many *many = settings->many;
    for (size_t i = 0; i < settings->count; i++) {
        if (new_section(settings->keys, i))
            fprintf(to, "%s[%s]\n", i ? "\n" : "", settings->keys[i].section);
        print_value(settings->keys + i, values, to);
    }
    for (size_t i = 0; many && i < many_count(many, values); i++) {
        const void *item = many_at(many, values, i);
        fprintf(to, "\n[%s %s]\n", many->prefix, many_name(many, item));
        for (size_t j = 0; j < many->count; j++)
            print_value(many->keys + j, item, to);
    }
}

/* values NULL: commented out. */
static void print_commented(const struct key *key, const void *values, FILE *to) {
    struct str range = {0}, value = {0};
    setting_print_range(&range, key, "");
    if (values)
        setting_print(&value, values, key);
    else
        str_add(&value, key->example ? key->example : key->fallback);
    fprintf(to, "\n# %s。\n# %s.%s%s\n%s%s =%s%s\n", key->help_zh, key->help,
            range.size ? " Values:" : "", str_text(&range), values ? "" : "#", key->name,
            value.size ? gap_before(str_text(&value)) : "", str_text(&value));
    str_finish(&value);
    str_finish(&range);
}

void settings_print_file(const struct settings *settings, const void *values, FILE *to) {
    const struct settings_many *many = settings->many;
    fputs(settings->heading, to);
    for (size_t i = 0; i < settings->count; i++) {
        if (new_section(settings->keys, i))
            fprintf(to, "\n[%s]\n", settings->keys[i].section);
        print_commented(settings->keys + i, values, to);
    }
    if (!many)
        return;
    fprintf(to, "\n# %s。\n# %s.\n#[%s %s]\n", many->help_zh, many->help, many->prefix,
            many->name_shown);
    for (size_t i = 0; i < many->count; i++)
        print_commented(many->keys + i, NULL, to);
}

static void print_key_scdoc(const struct key *key, FILE *to) {
    struct str name = {0}, range = {0}; /* scdoc reads an underscore as the start of emphasis */
    for (const char *at = key->name; *at; at++) {
        if (*at == '_')
            str_add_char(&name, '\\');
        str_add_char(&name, *at);
    }
    setting_print_range(&range, key, "");
    fprintf(to, "*%s*\n\t%s.++\n%s。", str_text(&name), key->help, key->help_zh);
    if (range.size)
        fprintf(to, "++\nValues:%s.", str_text(&range));
    if (*key->fallback)
        fprintf(to, "++\nDefault: %s.", key->fallback);
    fputs("\n\n", to);
    str_finish(&range);
    str_finish(&name);
}

void settings_print_scdoc(const struct settings *settings, FILE *to) {
    const struct settings_many *many = settings->many;
    for (size_t i = 0; i < settings->count; i++) {
        if (new_section(settings->keys, i))
            fprintf(to, "## [%s]\n\n", settings->keys[i].section);
        print_key_scdoc(settings->keys + i, to);
    }
    if (!many)
        return;
    fprintf(to, "## [%s _NAME_]\n\n%s. %s。\n\n", many->prefix, many->help, many->help_zh);
    for (size_t i = 0; i < many->count; i++)
        print_key_scdoc(many->keys + i, to);
}
