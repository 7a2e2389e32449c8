/* theme.h: all colours, sizes and times of the look, in one place
 *
 * Built in is the dark one; a file (INI, by base/settings) changes what it names. Sizes are in u:
 * the short side of the picture / 1080. Text on any of the grounds named here has a contrast of at
 * least 4.5:1 (WCAG 2.1, 1.4.3): theme_load sees to it. */
#pragma once

#include <stdio.h>

#include "base/config.h"
#include "display/geometry.h"
#include "library/case.h"

enum theme_base { THEME_DARK, THEME_LIGHT };
enum easing { EASING_LINEAR, EASING_SMOOTH, EASING_OUT };

struct unit_theme {
    colour fill;  /* ground of badges, under on_unit */
    colour deep;  /* ground of title cards and of the unit's own card, under on_unit */
    colour light; /* headings, lines and marks on ground and panel */
};

struct theme {
    int base;                              /* enum theme_base: what its file changes */
    char *name;                            /* of the school, see theme_school; owned, never NULL */
    char *emblem;                          /* an .svg or .png file; "": none; owned, never NULL */
    char *font_regular, *font_bold;        /* files; "": the bundled one; owned, never NULL */
    colour ground, panel;                  /* of a slide, of an empty place in it */
    colour text, dim;                      /* on ground and panel */
    colour on_unit;                        /* on a unit's fill and deep */
    colour over_picture, over_picture_dim; /* text over a scrim */
    colour scrim;                          /* without alpha */
    struct unit_theme units[UNIT_COUNT];
    struct unit_theme notices[LEVEL_COUNT]; /* but LEVEL_CASE */
    int margin;                             /* u: safe margin at the edges */
    int gap;                                /* u: between pictures */
    int radius;                             /* u: of pictures' corners */
    int title, lead, body, label; /* u: type sizes; lead: of the loop's story, at the most */
    int leading;                  /* of the body, in hundredths of its size */
    int title_leading;            /* of titles, likewise */
    int indent;                   /* em before the first line of a paragraph of the body */
    int hang;                     /* 1: marks at a line's end may stand outside the measure */
    int crop_percent;             /* of a picture's area, that may be cut away at the most */
    int easing;                   /* enum easing, of what moves */
    int drift_percent;            /* how much a photograph grows while it stands; 0: not at all */
    int drift_seconds;            /* in so many seconds */
    int step_seconds;             /* of the line that shows the time left; 0: there is none */
    int hint_seconds;             /* between two breaths of the invitation to touch; 0: none */
    int shift_minutes;            /* after which what always stands moves a little; 0: never */
};

void theme_init(struct theme *theme); /* the built-in one */
/* What [display] theme says: "dark" or "", "light" (a file below the folder `data`) or a file.
 * False: there were mistakes, reported unless quiet; the values of the theme that it is based on
 * stand in for them. It can be used, and must be finished, either way. */
bool theme_load(struct theme *theme, const char *choice, const char *data, bool quiet);
void theme_finish(struct theme *theme);

/* Of high contrast (WCAG 2.1, 1.4.6: at least 7:1), for who sees little: black, white, yellow. */
void theme_set_contrast(struct theme *theme);

/* Of a unit or, whatever the unit, of notices of a level. */
const struct unit_theme *theme_section(const struct theme *theme, enum level level, enum unit unit);
/* The name to be shown; "": none is known. */
const char *theme_school(const struct theme *theme, const struct config *config);
/* Fills config->text with the chosen theme's fonts, for who must know what the screen can show and
 * does not show it itself; quiet. */
void theme_fill_fonts(struct config *config, const char *data);

void theme_print(const struct theme *theme, FILE *to); /* the commented file, complete */
void theme_print_scdoc(FILE *to);                      /* for the man page */
