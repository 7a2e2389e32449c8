#include "display/picks.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static const struct picks nothing = {
    .stick = (char *)"", .school = (char *)"", .unit = -1, .lists = {(char *)"", (char *)""}};

struct picks *picks_copy(const struct picks *picks) {
    const struct picks *from = picks ? picks : &nothing;
    struct picks *copy = xcalloc(1, sizeof *copy);
    *copy = (struct picks){.stick = xstrdup(from->stick),
                           .school = xstrdup(from->school),
                           .unit = from->unit,
                           .replace = from->replace};
    for (int i = 0; i < PICKS_LIST_COUNT; i++)
        copy->lists[i] = xstrdup(from->lists[i]);
    return copy;
}

void picks_destroy(struct picks *picks) {
    if (!picks)
        return;
    for (int i = 0; i < PICKS_LIST_COUNT; i++)
        free(picks->lists[i]);
    free(picks->school);
    free(picks->stick);
    free(picks);
}

bool picks_same(const struct picks *a, const struct picks *b) {
    a = a ? a : &nothing;
    b = b ? b : &nothing;
    bool same = strcmp(a->stick, b->stick) == 0 && strcmp(a->school, b->school) == 0 &&
                a->unit == b->unit && a->replace == b->replace;
    for (int i = 0; i < PICKS_LIST_COUNT; i++)
        same = same && strcmp(a->lists[i], b->lists[i]) == 0;
    return same;
}

/* Where its line begins; NULL: there is none. */
static const char *find(const char *list, const char *entry) {
    size_t size = strlen(entry);
    for (const char *at = list; *at; at = strchr(at, '\n') + 1)
        if (strncmp(at, entry, size) == 0 && at[size] == '\n')
            return at;
    return NULL;
}

bool picks_has(const struct picks *picks, enum picks_list list, const char *entry) {
    return find((picks ? picks : &nothing)->lists[list], entry) != NULL;
}

void picks_set(struct picks *picks, enum picks_list list, const char *entry, bool on) {
    char *old = picks->lists[list];
    const char *at = find(old, entry);
    if (on == (at != NULL))
        return;
    if (on)
        picks->lists[list] = xasprintf("%s%s\n", old, entry);
    else
        picks->lists[list] = xasprintf("%.*s%s", (int)(at - old), old, at + strlen(entry) + 1);
    free(old);
}

static void put(char **to, const char *from) {
    char *copy = xstrdup(from);
    free(*to);
    *to = copy;
}

void picks_set_stick(struct picks *picks, const char *name) {
    put(&picks->stick, name);
}

void picks_set_school(struct picks *picks, const char *name) {
    put(&picks->school, name);
}
