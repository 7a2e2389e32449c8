/* carousel.h: which slide comes next, and its picture
 *
 * Holds the snapshot of the library that is being shown and the place in it. One thread owns it.
 * It asks the library again when told to, when a day begins and when a case's validity begins or
 * ends. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "display/buffer.h"
#include "display/deck.h"
#include "display/motion.h"
#include "display/studio.h"
#include "library/reader.h"

struct carousel;

/* What is shown next; the caller finishes it. */
struct showing_slide {
    struct buffer *buffer; /* upright; never NULL but for want of memory */
    struct buffer *photo;  /* what drifts below the buffer, translucent then; NULL: nothing */
    struct drift drift;
    struct buffer *line; /* of the time left, as long as the screen is wide; NULL: none */
    char *case_id;       /* NULL: the card of an empty library */
    char name[SLIDE_NAME_SIZE];
    bool first;  /* of its case */
    bool urgent; /* an urgent notice */
    int64_t duration_ms;
    int64_t generation;
    int64_t skipped;  /* slides left out so far because a picture was missing or broken */
    int64_t since_us; /* since when anything of it is seen; the loop's */
};
void showing_slide_finish(struct showing_slide *slide);

/* All that it is given must outlive it; the clock is its thread's. */
struct carousel *carousel_create(struct studio *studio, const struct paths *paths,
                                 const struct config *config, struct clock *clock);
void carousel_destroy(struct carousel *carousel); /* NULL is fine */

/* Asks the library whether it has another generation, or shows others of its cases since something
 * was withdrawn or allowed (*changed), and takes that over: the next slide is of the new ones.
 * *urgent: an urgent notice is new among them; such ones come next, and then what would have.
 * READ_BUSY, READ_UNREADY: ask again later; what was there stays. */
enum read_result carousel_refresh(struct carousel *carousel, bool *changed, bool *urgent);
/* Decodes the picture that the first slide will most likely need, before the screen is known. */
void carousel_prefetch(struct carousel *carousel);
/* Draws the slide that follows. again: the last one once more (its buffer was made for another
 * size, or for a library that has changed since). */
void carousel_next(struct carousel *carousel, bool again, struct showing_slide *slide);
