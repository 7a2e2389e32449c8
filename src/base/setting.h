/* setting.h: one value of a settings file, behind its row of the table (settings.h). Any thread. */
#pragma once

#include <stdbool.h>

#include "base/settings.h"
#include "base/str.h"

/* Fills the field of values that the row names. False: not what the row asks for; nothing changed.
 */
bool setting_parse(void *values, const struct key *key, const char *value);
/* The field's value, as it is written in a file. */
void setting_print(struct str *out, const void *values, const struct key *key);
/* What a value must be, behind a word for its kind; nothing for a text. */
void setting_print_range(struct str *out, const struct key *key, const char *word);
