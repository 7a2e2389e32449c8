/* slide.h: from a slide of a case to its scene; pure but for the fonts' measures
 *
 * Landscape, portrait and square; all sizes from u = short side / 1080. */
#pragma once

#include "base/config.h"
#include "base/option.h"
#include "display/deck.h"
#include "display/scene.h"
#include "display/theme.h"

/* What every slide is built with. */
struct slide_stage {
    struct size size; /* of the upright picture, pixels */
    const struct theme *theme;
    const struct text_metrics *metrics;
    const struct config *config;
    const char *media;        /* folder of the renditions */
    const char *icons;        /* folder of the icons */
    const char *const *names; /* of the library's schools; titles do not part them; borrowed */
    size_t name_count;
    bool frame;         /* the loop's frame will lie over it: its places are left free */
    int enlarge;        /* percent: of all sizes; 0: 100 */
    int finger;         /* pixels: 12 mm of the screen, the least that a finger hits */
    struct point shift; /* pixels: what always stands is moved by this, within the margin */
};

/* Builds the scene of a slide; the caller finishes it. */
void slide_build(struct scene *scene, const struct slide_stage *stage,
                 const struct case_record *record, const struct slide *slide);
/* The card of an empty library: what to do. */
/* fresh: nobody has a PIN: it says how to begin. */
void slide_build_empty(struct scene *scene, const struct slide_stage *stage, bool fresh);
/* A deck_page_end whose user is a struct slide_paper. */
struct slide_paper {
    const struct slide_stage *stage;
    const struct case_record *record;
};
size_t slide_page_end(void *user, const struct slide *slide, const char *text);
