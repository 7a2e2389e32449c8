/* guide.h: makes the pages of the places that visitors get to, and their tiles
 *
 * One thread: that of the studio. Holds the drafts of the pages made last, so that their tiles can
 * be asked for. */
#pragma once

#include "base/clock.h"
#include "base/paths.h"
#include "display/page.h"
#include "display/studio.h"
#include "library/desk.h"

struct guide;

/* All that it is given must outlive it. */
struct guide *guide_create(struct studio *studio, const struct paths *paths,
                           const struct config *config, struct clock *clock);
void guide_destroy(struct guide *guide); /* NULL is fine */

/* Pixels of 12 mm on this screen. */
void guide_set_finger(struct guide *guide, int finger);
/* What the administrator asked for last: the pages say what becomes of it. Copied; arguments may be
 * NULL: they are as any page would ask for. */
void guide_set_request(struct guide *guide, const struct desk_request *request);
/* Somebody else is at the desk: what became of the last one's request is nothing to them. */
void guide_forget_answer(struct guide *guide);
/* The library has changed: it is read anew for the next page. */
void guide_handle_library(struct guide *guide);
/* Never fails: what cannot be read is missing on the page. The caller finishes it. */
struct page guide_make(struct guide *guide, const struct place *place, struct manner manner,
                       uint64_t ticket);
/* A tile of a page made lately, a new upright buffer; NULL: the page is forgotten, or its picture
 * is missing (reported). */
struct buffer *guide_draw(struct guide *guide, uint64_t ticket, size_t tile);
