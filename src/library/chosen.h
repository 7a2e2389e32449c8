/* chosen.h: settings made at the screen: rows of station.db, laid over the configuration file
 *
 * The display writes them; whoever loads the configuration reads them. Only what config.h says may
 * be set so, with the checks of the file: a bad row is told and counts for nothing. Causes of a
 * false are reported here. One thread at a time. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"

/* Borrowed. */
struct chosen {
    const char *section, *key, *value;
    const char *by; /* whose PIN it was; "": nobody's yet, it was the first set-up */
    int64_t at_ms;
};

/* By section and key; none, and true, where there is no station yet or its writer must open it
 * first. */
bool chosen_each(const char *station_path,
                 void (*on_chosen)(void *user, const struct chosen *chosen), void *user);
/* Lays all of them over config. mend: the caller is the station's writer, and may roll back what a
 * power cut left of it. False: some were bad; the others count. */
bool chosen_apply(const char *station_path, bool mend, struct config *config);
/* Replaces the one of this key. False: not to be set so, not a good value, or not saved. */
bool chosen_set(const char *station_path, const struct chosen *chosen);
/* Takes all of them back, so that the file counts again. */
bool chosen_reset(const char *station_path);
