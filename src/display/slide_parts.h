/* slide_parts.h: what the slides share; private to slide*.c */
#pragma once

#include "display/fit.h"
#include "display/slide.h"

#define BADGE_HEIGHT 56 /* u */

int slide_px(const struct slide_stage *stage, int u); /* u to pixels, at least 1 for u > 0 */
bool slide_is_portrait(const struct slide_stage *stage);
struct rect slide_whole(const struct slide_stage *stage);
struct rect slide_inset(struct rect rect, int by);

/* A style of the theme's kinds; size in u. */
struct text_style slide_style(const struct slide_stage *stage, int size, int leading_percent,
                              enum text_weight weight);
struct layout *slide_layout(const struct slide_stage *stage, const char *text,
                            const struct text_style *style, int width);
/* The largest of the sizes (u, falling, ended by 0) at which a title takes at most `lines` lines,
 * or one a little smaller at which they end where its phrases do; at the last one it is cut if need
 * be. */
struct layout *slide_title(const struct slide_stage *stage, const char *text, const int *sizes,
                           int lines, int width);

/* The unit's badge with its left top corner at `at`; gives its width. */
int slide_add_badge(struct scene *scene, const struct slide_stage *stage, enum unit unit,
                    struct point at);
/* A picture filling place, where not more than the theme's share would be cut away; else whole on
 * a ground (its own, blurred, or the theme's panel). */
void slide_add_picture(struct scene *scene, const struct slide_stage *stage,
                       const struct asset *asset, struct rect place, int radius, bool blurred);
bool slide_can_fill(const struct slide_stage *stage, const struct asset *asset, struct rect place);
/* The picture filling place, whatever is cut away, blurred as a ground. */
void slide_add_ground(struct scene *scene, const struct slide_stage *stage,
                      const struct asset *asset, struct rect place);
/* The whole picture, centred in place. */
void slide_add_whole(struct scene *scene, const struct slide_stage *stage,
                     const struct asset *asset, struct rect place, int radius);

void slide_build_cover(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct slide *slide);
void slide_build_story(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct slide *slide);
void slide_build_gallery(struct scene *scene, const struct slide_stage *stage,
                         const struct case_record *record, const struct slide *slide);
