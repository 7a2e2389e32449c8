/* slide_parts.h: what the slides share; private to slide*.c and frame.c
 *
 * One grid for all: the safe area within the theme's margin; a row at its top (badge on the left,
 * the loop's corner on the right) and one at its foot (school and page on the left, the loop's
 * invitation on the right); what a slide has to say between them. */
#pragma once

#include "display/fit.h"
#include "display/slide.h"

#define ROW_HEIGHT 56 /* u: of the rows at the top and at the foot */
#define ROW_GAP    28 /* u: between them and what is between them */

int slide_px(const struct slide_stage *stage, int u);    /* u to pixels, at least 1 for u > 0 */
bool slide_is_portrait(const struct slide_stage *stage); /* or square */
struct rect slide_whole(const struct slide_stage *stage);
struct rect slide_inset(struct rect rect, int by);
/* Within the margins, moved by the stage's shift. */
struct rect slide_safe(const struct slide_stage *stage);
/* What the loop's frame may cover at the upper and lower right; empty without a frame. */
struct rect slide_corner(const struct slide_stage *stage);
struct rect slide_hint(const struct slide_stage *stage);

/* A style of the theme's kinds; size in u. */
struct text_style slide_style(const struct slide_stage *stage, int size, int leading_percent,
                              enum text_weight weight);
struct layout *slide_layout(const struct slide_stage *stage, const char *text,
                            const struct text_style *style, int width);
/* Of running text; and the measure that leaves what hangs its room beside it within `width`. */
struct text_style slide_body(const struct slide_stage *stage, int size);
int slide_measure(const struct slide_stage *stage, const struct text_style *style, int width);
/* Bytes of text that fit into place; and of those up to the last sentence that is whole, 0: none
 * is.
 */
size_t slide_text_end(const struct slide_stage *stage, const char *text,
                      const struct text_style *style, struct rect place);
size_t slide_sentences_end(const char *text, size_t end);
/* The largest of the sizes (u, falling, ended by 0) at which a title takes at most `lines` lines,
 * or one a little smaller at which they end where its phrases do; at the last one it is cut if need
 * be. */
struct layout *slide_title(const struct slide_stage *stage, const char *text, const int *sizes,
                           int lines, int width);
/* One line of the theme's label size at the left of the foot's row, at most `width` wide. */
void slide_add_foot(struct scene *scene, const struct slide_stage *stage, struct rect area,
                    const char *text, colour ink);

/* The badge of its unit, or of notices, with its left top corner at `at`; gives its width. */
int slide_add_badge(struct scene *scene, const struct slide_stage *stage,
                    const struct case_record *record, struct point at);
void slide_add_icon(struct scene *scene, const struct slide_stage *stage, const char *name,
                    struct rect place, colour ink);
/* What a phone reads: the file that came with the case, else its address as a code. */
struct slide_code {
    const struct rendition *file; /* borrowed from the record; NULL: none */
    struct code *made;            /* owned; NULL: none */
    const char *words;            /* below it; NULL: the slides' */
};
struct slide_code slide_code_of(const struct case_record *record);
void slide_code_finish(struct slide_code *code);
/* Of its tile with the line that says what it is for, pixels; 0, 0: there is none. */
struct size slide_code_size(const struct slide_stage *stage, const struct slide_code *code);
/* The lower right of `within`, above the loop's invitation; empty where there is none. */
struct rect slide_code_place(const struct slide_stage *stage, const struct slide_code *code,
                             struct rect within);
/* There, if it fits; finishes the code, and gives its place, empty if it does not. */
struct rect slide_add_code(struct scene *scene, const struct slide_stage *stage,
                           struct slide_code *code, struct rect within);
/* A picture filling place, where not more than the theme's share would be cut away; else whole on
 * a ground (its own, blurred, or the theme's panel). */
void slide_add_picture(struct scene *scene, const struct slide_stage *stage,
                       const struct asset *asset, struct rect place, int radius, bool blurred);
/* A picture on the whole screen, as slide_add_picture does it; where it fills it, it may drift. */
void slide_add_photograph(struct scene *scene, const struct slide_stage *stage,
                          const struct asset *asset);
bool slide_can_fill(const struct slide_stage *stage, const struct asset *asset, struct rect place);
/* The picture filling place, whatever is cut away, blurred as a ground. */
void slide_add_ground(struct scene *scene, const struct slide_stage *stage,
                      const struct asset *asset, struct rect place);
/* The picture filling place, however much is cut away; whole, on itself blurred, only where it has
 * to be whole or is too small. */
void slide_add_filling(struct scene *scene, const struct slide_stage *stage,
                       const struct asset *asset, struct rect place, int radius);
/* The whole picture, centred in place. */
void slide_add_whole(struct scene *scene, const struct slide_stage *stage,
                     const struct asset *asset, struct rect place, int radius);

/* A disc with a triangle ("play") or another icon in it; and where it lies in the middle. */
void slide_add_play(struct scene *scene, const struct slide_stage *stage, const char *icon,
                    struct rect disc);
struct rect slide_play_place(const struct slide_stage *stage, struct rect within);
/* That it is a video, and how long, in the upper left or lower right corner; of a picture nothing.
 */
void slide_add_length(struct scene *scene, const struct slide_stage *stage,
                      const struct asset *asset, struct rect within, bool lower);

void slide_build_unit(struct scene *scene, const struct slide_stage *stage,
                      const struct case_record *record, const struct slide *slide);
void slide_build_cover(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct slide *slide);
void slide_build_story(struct scene *scene, const struct slide_stage *stage,
                       const struct case_record *record, const struct slide *slide);
void slide_build_notice(struct scene *scene, const struct slide_stage *stage,
                        const struct case_record *record, const struct slide *slide);
void slide_build_gallery(struct scene *scene, const struct slide_stage *stage,
                         const struct case_record *record, const struct slide *slide);
