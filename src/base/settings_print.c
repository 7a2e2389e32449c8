#include <string.h>

#include "base/setting.h"
#include "base/settings.h"

static bool new_section(const struct settings *settings, size_t i) {
    return i == 0 || strcmp(settings->keys[i].section, settings->keys[i - 1].section) != 0;
}

void settings_print(const struct settings *settings, const void *values, FILE *to) {
    for (size_t i = 0; i < settings->count; i++) {
        const struct key *key = settings->keys + i;
        struct str value = {0};
        setting_print(&value, values, key);
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
        setting_print_range(&range, key, "");
        if (values)
            setting_print(&value, values, key);
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
}
