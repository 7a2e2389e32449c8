/* frame.h: what lies over every slide of the loop; pure but for the fonts' measures
 *
 * A corner with building, date and clock, the invitation to touch (hint) and the line of the time
 * left. Each is a small scene of its own, to be laid over whatever slide there is: its ground is as
 * strong as its text needs over white and over black. Pixels of the upright picture. */
#pragma once

#include "display/scene.h"
#include "display/slide.h"

/* All that the corner and the hint can take up, wherever they have moved to: slides leave it
 * free. */
struct rect frame_corner(const struct theme *theme, struct size size);
struct rect frame_hint(const struct theme *theme, struct size size);

/* Where a touch of the loop asks for all within reach: the end of the hint, and on to the edges. */
struct rect frame_reach(const struct theme *theme, struct size size);

/* Against burn-in: by how much what always stands has moved, so many minutes after the start. A
 * closed path within 8u of where it would be. */
struct point frame_shift(const struct theme *theme, int64_t minutes, struct size size);

/* The corner; *at: its left top corner on the screen, before it is moved. clock_ms: what date and
 * clock show; 0: not known, and left out. False: there is nothing in it, and no scene. */
bool frame_build_corner(struct scene *scene, const struct slide_stage *stage, int64_t clock_ms,
                        struct point *at);
/* The hint at rest, and lit: laid over the one at rest, more and less, it makes it breathe. */
void frame_build_hint(struct scene *scene, const struct slide_stage *stage, bool lit,
                      struct point *at);
/* The line at its full length, for a case of this unit. */
void frame_build_line(struct scene *scene, const struct slide_stage *stage,
                      const struct case_record *record);
/* Where its left top corner goes when so much of the slide's time is left: as much of the line is
 * on the screen then. */
struct point frame_line_at(struct size size, int64_t left_us, int64_t whole_us);
