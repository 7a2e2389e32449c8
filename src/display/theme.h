/* theme.h: all colours, sizes and times of the look, in one place
 *
 * Sizes are in u: the short side of the picture / 1080. Text on any of the grounds named here has
 * a contrast of at least 4.5:1 (WCAG 2.1, 1.4.3). */
#pragma once

#include "display/geometry.h"
#include "library/case.h"

enum easing { EASING_LINEAR, EASING_SMOOTH, EASING_OUT };

struct unit_theme {
    colour fill;  /* ground of badges, under on_unit */
    colour deep;  /* ground of title cards and of the unit's own card, under on_unit */
    colour light; /* headings, lines and marks on ground and panel */
};

struct theme {
    colour ground, panel;                  /* of a slide, of an empty place in it */
    colour text, dim;                      /* on ground and panel */
    colour on_unit;                        /* on a unit's fill and deep */
    colour over_picture, over_picture_dim; /* text over a scrim */
    colour scrim;                          /* without alpha */
    struct unit_theme units[UNIT_COUNT];
    int margin;                   /* u: safe margin at the edges */
    int gap;                      /* u: between pictures */
    int radius;                   /* u: of pictures' corners */
    int title, lead, body, label; /* u: type sizes; lead: of the loop's story, at the most */
    int leading;                  /* of the body, in hundredths of its size */
    int title_leading;            /* of titles, likewise */
    int indent;                   /* em before the first line of a paragraph of the body */
    bool hang;                    /* marks at a line's end may stand outside the measure */
    int crop_percent;             /* of a picture's area, that may be cut away at the most */
    int easing;                   /* enum easing, of what moves */
    int drift_percent;            /* how much a photograph grows while it stands; 0: not at all */
    int drift_seconds;            /* in so many seconds */
    int step_seconds;             /* of the line that shows the time left; 0: there is none */
    int hint_seconds;             /* between two breaths of the invitation to touch; 0: none */
    int shift_minutes;            /* after which what always stands moves a little; 0: never */
};

const struct theme *theme_default(void);
