/* theme.h: all colours and sizes of the look, in one place
 *
 * Sizes are in u: the short side of the picture / 1080. Text on any of the grounds named here has
 * a contrast of at least 4.5:1 (WCAG 2.1, 1.4.3). */
#pragma once

#include "display/geometry.h"
#include "library/case.h"

struct unit_theme {
    colour fill;  /* ground of badges, under white text */
    colour deep;  /* ground of title cards, under white text */
    colour light; /* lines and marks on the dark ground */
};

struct theme {
    colour ground, panel;                  /* of a slide, of an empty place in it */
    colour text, dim;                      /* on ground and panel */
    colour over_picture, over_picture_dim; /* text over a scrim */
    colour scrim;                          /* without alpha */
    int scrim_alpha;                       /* 0 … 255, where it is strongest */
    struct unit_theme units[UNIT_COUNT];
    int margin;             /* u: safe margin at the edges */
    int gap;                /* u: between pictures */
    int radius;             /* u: of pictures' corners */
    int title, body, label; /* u: type sizes */
    int leading;            /* of the body, in hundredths of its size */
    int title_leading;      /* of titles, likewise */
    int crop_percent;       /* of a picture's area, that may be cut away at the most */
};

const struct theme *theme_default(void);
