/* fonts.h: the font files in the order in which they are asked for a character
 *
 * The one list, so that what import takes for showable is what the display can show. Any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct font_choice {
    const char *folder; /* of the bundled ones, or a font file that stands for all of them */
    const char *regular, *bold; /* files of the theme; NULL and "" are fine */
    const char *fallback; /* files to ask after them, separated by colons; NULL and "" are fine */
    bool bundled_only;    /* none of the system's */
};

/* First the theme's pair, regular and bold, if it has one of them; a bundled one of the weight
 * stands in for the other. Then the bundled pairs: Noto Sans SC, and Noto Sans for the letters and
 * accents that it lacks. Where folder is a font file, this file twice in place of these four. Then
 * those that fallback lists; then those of the system for emoji and other scripts that are there.
 * Apart from the last, files need not exist. The caller frees the list with fonts_free. */
char **fonts_list(const struct font_choice *choice, size_t *count);
size_t fonts_pairs(const struct font_choice *choice); /* at the list's beginning */
void fonts_free(char **files, size_t count);
