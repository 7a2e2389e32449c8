/* studio.h: fonts, composer and theme together: from a case to finished pictures
 *
 * Without SDL video; `render` and the display's backstage thread each own one. One thread. */
#pragma once

#include "base/config.h"
#include "base/option.h"
#include "base/paths.h"
#include "display/buffer.h"
#include "display/deck.h"
#include "display/motion.h"
#include "display/overlay.h"
#include "display/slide.h"
#include "library/snapshot.h"

struct studio;

/* paths and config must outlive it. NULL: the bundled fonts cannot be opened (reported). */
struct studio *studio_create(const struct paths *paths, const struct config *config,
                             struct size size);
void studio_destroy(struct studio *studio); /* NULL is fine */
void studio_resize(struct studio *studio, struct size size);
/* Whether photographs may drift from here on; at first they may not. */
void studio_drift(struct studio *studio, bool drifts);
/* Slides leave the places of the loop's frame free from now on. */
void studio_set_frame(struct studio *studio);
/* Minutes since the start, by which what always stands has moved. */
void studio_set_age(struct studio *studio, int64_t minutes);

/* The slides of a case: the loop's or, whole, all. The caller finishes the deck. */
void studio_plan(struct studio *studio, const struct case_record *record, bool whole,
                 struct deck *deck);
/* The loop's slides of the round's case `at`: with its unit's card where it is the first of a unit
 * that has more than one case in the round. */
void studio_plan_round(struct studio *studio, const struct snapshot *round, size_t at,
                       struct deck *deck);
/* Names that titles do not part: of the library's schools; borrowed until the next call. */
void studio_set_names(struct studio *studio, char *const *names, size_t count);
/* Decodes the screen-sized first picture of a case into the cache. */
void studio_prefetch(struct studio *studio, const struct case_record *record);
/* A new upright buffer; NULL: a picture is missing or broken (reported): skip the slide. */
struct buffer *studio_draw(struct studio *studio, const struct case_record *record,
                           const struct slide *slide);
/* The same, in two where a photograph fills the slide and may drift: *photo, the caller's, and the
 * translucent rest. Else *photo is NULL. */
struct buffer *studio_draw_drifting(struct studio *studio, const struct case_record *record,
                                    const struct slide *slide, struct buffer **photo,
                                    struct drift *drift);
/* The card of an empty library; fresh: nobody has a PIN yet. */
struct buffer *studio_draw_empty(struct studio *studio, bool fresh);

/* What lies over the slides: the corner (clock_ms: see frame.h) and, if wanted, the hint. What
 * there is no memory for is left out (reported). */
void studio_draw_frame(struct studio *studio, int64_t clock_ms, bool hint,
                       struct overlay_parts *parts);
/* The line of the time left. NULL: the theme has none, or there is no memory (reported). */
struct buffer *studio_draw_line(struct studio *studio, const struct case_record *record);

/* For pages, which are not of slides: sizes, fonts and folders; and any scene as a new upright
 * buffer. NULL: a picture is missing or broken, or there is no memory (reported). */
const struct slide_stage *studio_stage(const struct studio *studio);
struct buffer *studio_flatten(struct studio *studio, const struct scene *scene);
