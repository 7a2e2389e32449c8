/* coverage.h: which characters the fonts of the screen have
 *
 * Asked at the door, so that no text comes in that cannot be shown. One thread owns a coverage. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"

struct coverage;

/* Font files in the order of base/fonts, copied. They are opened when first needed; one that
 * cannot be has no characters (quiet: the display names it). Never NULL. */
struct coverage *coverage_open(char **files, size_t count);
/* The fonts of a configuration (theme_fill_fonts), the bundled ones below DATA/fonts. */
struct coverage *coverage_open_for(const char *data, const struct config *config);
void coverage_close(struct coverage *coverage); /* NULL is fine */
bool coverage_has(struct coverage *coverage, uint32_t codepoint);
bool coverage_is_emoji(uint32_t codepoint); /* what coverage_keep_emoji leaves out */
/* A copy of the text without the emoji that no font has: sequences (families, flags, tones of
 * skin) go whole, everything else stays byte for byte. The caller owns the result. */
char *coverage_keep_emoji(struct coverage *coverage, const char *text);
