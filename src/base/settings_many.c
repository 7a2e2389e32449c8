#include "base/settings_many.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/setting.h"

#define MAX_NAME 32 /* bytes; it stands in paths and in lines of `status` */

static size_t *count_of(const struct settings_many *many, void *values) {
    return (size_t *)((char *)values + many->item_count);
}

size_t many_count(const struct settings_many *many, const void *values) {
    return *(const size_t *)((const char *)values + many->item_count);
}

const void *many_at(const struct settings_many *many, const void *values, size_t index) {
    const char *items = *(char *const *)((const char *)values + many->items);
    return items + index * many->size;
}

const char *many_name(const struct settings_many *many, const void *item) {
    return *(char *const *)((const char *)item + many->name);
}

static void finish_item(const struct settings_many *many, void *item) {
    const struct settings of_item = {.keys = many->keys, .count = many->count};
    settings_finish(&of_item, item);
    free(*(char **)((char *)item + many->name));
}

void many_finish(const struct settings_many *many, void *values) {
    char **items = (char **)((char *)values + many->items);
    for (size_t i = 0; i < many_count(many, values); i++)
        finish_item(many, *items + i * many->size);
    free(*items);
    *items = NULL;
    *count_of(many, values) = 0;
}

void *many_item(const struct many_reading *reading) {
    if (!reading->open)
        return NULL;
    size_t last = many_count(reading->many, reading->values) - 1;
    return (void *)many_at(reading->many, reading->values, last);
}

static void add(struct many_reading *reading, const char *name) {
    const struct settings_many *many = reading->many;
    const struct settings of_item = {.keys = many->keys, .count = many->count};
    char **items = (char **)((char *)reading->values + many->items);
    *items = xrealloc(*items, many_count(many, reading->values) + 1, many->size);
    ++*count_of(many, reading->values);
    reading->open = reading->good = true;
    char *item = many_item(reading);
    memset(item, 0, many->size);
    settings_init(&of_item, item);
    *(char **)(item + many->name) = xstrdup(name);
}

/* The name in "source name"; "" where there is none; NULL: another kind of section. */
static const char *name_in(const struct settings_many *many, const char *section) {
    size_t size = strlen(many->prefix);
    if (strncmp(section, many->prefix, size) != 0 || !strchr(" \t", section[size]))
        return NULL;
    return section + size + strspn(section + size, " \t");
}

static bool name_valid(const char *name) {
    size_t size = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
    return size >= 1 && size <= MAX_NAME && !name[size];
}

static bool name_taken(const struct many_reading *reading, const char *name) {
    for (size_t i = 0; i < many_count(reading->many, reading->values); i++)
        if (strcmp(many_name(reading->many, many_at(reading->many, reading->values, i)), name) == 0)
            return true;
    return false;
}

bool many_begin(struct many_reading *reading, const char *section, int line) {
    const struct settings_many *many = reading->many;
    const char *name = many ? name_in(many, section) : NULL;
    reading->line = line;
    reading->open = false;
    reading->inside = name != NULL;
    if (!name)
        return true;
    if (!name_valid(name)) {
        settings_say(reading->file, line,
                     "[%s]: the name must be 1 to %d letters, digits, - or _"
                     "（名称应为 1 到 %d 个字母、数字、- 或 _）",
                     section, MAX_NAME, MAX_NAME);
    } else if (name_taken(reading, name)) {
        settings_say(reading->file, line, "[%s]: the name is taken（前面已有同名的一节）", section);
    } else if (many_count(many, reading->values) >= many->limit) {
        settings_say(reading->file, line, "[%s]: at most %zu of them（至多 %zu 节）", section,
                     many->limit, many->limit);
    } else {
        add(reading, name);
    }
    return reading->open;
}

bool many_end(struct many_reading *reading) {
    const struct settings_many *many = reading->many;
    void *item = many_item(reading);
    reading->open = reading->inside = false;
    if (!item || (reading->good && many->check(item, reading->file, reading->line)))
        return true;
    finish_item(many, item);
    --*count_of(many, reading->values);
    return false;
}
