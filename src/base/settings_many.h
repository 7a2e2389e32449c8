/* settings_many.h: the sections [PREFIX NAME] of a settings file, while it is read
 *
 * settings.c tells where a section begins and what stands in it. One thread. */
#pragma once

#include <stdbool.h>

#include "base/settings.h"

struct many_reading {
    const struct settings_many *many; /* NULL: no section is of this kind */
    void *values;
    const struct settings_file *file;
    int line;    /* of the section's head */
    bool inside; /* the section is of this kind */
    bool open;   /* and the last item is its own; else it is passed over */
    bool good;   /* of the open one: no mistake so far */
};

/* A section begins; the one before must have ended. False: its head is a mistake, reported. */
bool many_begin(struct many_reading *reading, const char *section, int line);
/* False: its values or what many->check says of it are a mistake; it was left out. */
bool many_end(struct many_reading *reading);
/* What the open section's keys fill; NULL: none is open. */
void *many_item(const struct many_reading *reading);

void many_finish(const struct settings_many *many, void *values);
size_t many_count(const struct settings_many *many, const void *values);
const void *many_at(const struct settings_many *many, const void *values, size_t index);
const char *many_name(const struct settings_many *many, const void *item);
