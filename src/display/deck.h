/* deck.h: the slides of one case and how long each stands; pure
 *
 * In the loop a case is its cover, one story page and its gallery; whole, it has all its story
 * pages. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "library/case.h"

enum slide_kind { SLIDE_COVER, SLIDE_STORY, SLIDE_GALLERY, SLIDE_KIND_COUNT };

#define SLIDE_PICTURES 4 /* on one slide at most: more are too small to see from three metres */

struct slide {
    enum slide_kind kind;
    int number, of;                  /* page among those of its kind, from 1 */
    char *text;                      /* owned; of a story page; NULL else */
    bool lead;                       /* text is the loop's one page: few words, set large */
    bool more;                       /* there is more text than what is shown here */
    size_t pictures[SLIDE_PICTURES]; /* indices into the case's assets */
    size_t picture_count;
    int64_t duration_ms;
};

struct deck {
    struct slide *slides;
    size_t count;
};

/* Bytes of text that go onto story page `page` (from 0); 0 only for "". */
typedef size_t (*deck_page_end)(void *user, const char *text, int page);

/* The loop's slides of a case: at most [loop] case_seconds in all, of the kinds in [loop] slides.
 * A case may yield none (gallery alone, and no picture). */
void deck_build_loop(struct deck *deck, const struct case_record *record,
                     const struct config *config);
/* Every slide of a case. */
void deck_build_whole(struct deck *deck, const struct case_record *record,
                      const struct config *config, deck_page_end page_end, void *user);
void deck_finish(struct deck *deck);

#define SLIDE_NAME_SIZE 24
/* "cover", "story-2", "gallery-1" */
void slide_name(const struct slide *slide, char name[SLIDE_NAME_SIZE]);
