/* theme_check.h: whether text in a theme can be read; inside theme only */
#pragma once

#include "base/settings.h"
#include "display/theme.h"

/* Where the contrast of two colours that text and its ground have is under 4.5:1, reports both keys
 * and puts the pair of `base`, whose contrasts are good, in their place. True: none was. */
bool theme_check(struct theme *theme, const struct theme *base, const struct settings *settings,
                 const struct settings_file *file);
