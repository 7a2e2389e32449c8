/* deck.h: the slides of one case and how long each stands; pure
 *
 * A notice is one slide in the loop, whatever [loop] slides says. In the loop a case is its cover,
 * one story page and its gallery, and the card of its unit before them where it opens one; whole,
 * it has all its story pages. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/config.h"
#include "library/case.h"

enum slide_kind {
    SLIDE_UNIT,
    SLIDE_COVER,
    SLIDE_STORY,
    SLIDE_GALLERY,
    SLIDE_NOTICE,
    SLIDE_KIND_COUNT
};

#define SLIDE_PICTURES 4 /* on one slide at most: more are too small to see from three metres */

struct slide {
    enum slide_kind kind;
    int number, of; /* page among those of its kind, from 1 */
    char *lead;     /* owned; of a story page: the case in few words, set large, may
                       be NULL; of a unit's card: the titles to come, a line each */
    char *text;     /* owned; of a story page: what follows, may be NULL; of a notice: all of it */
    size_t cases;   /* of a unit's card: how many the library has of it */
    bool alone;     /* the lead may stand alone, the text be left out */
    bool goes_on;   /* the page before ends within a paragraph */
    size_t pictures[SLIDE_PICTURES]; /* indices into the case's assets */
    size_t picture_count;
    int64_t duration_ms;
};

struct deck {
    struct slide *slides;
    size_t count;
};

/* Bytes of text that go onto a story page, of which all but its text is known; 0: none, the lead
 * needs it all. */
typedef size_t (*deck_page_end)(void *user, const struct slide *slide, const char *text);

/* The pictures that may stand beside the text of story page `page` (from 0), the best first. */
void deck_story_pictures(struct slide *slide, const struct case_record *record, size_t page);

/* The loop's slides of a case: at most [loop] case_seconds in all, of the kinds in [loop] slides.
 * A case may yield none (gallery alone, and no picture). */
void deck_build_loop(struct deck *deck, const struct case_record *record,
                     const struct config *config);
/* Puts the card of a unit before the slides of the case that opens it. titles: borrowed, those of
 * the unit's cases in this round. */
void deck_open_unit(struct deck *deck, const struct config *config, const char *const *titles,
                    size_t title_count, size_t cases);
/* Every slide of a case: the summary first, where there is one, then all of the body. */
void deck_build_whole(struct deck *deck, const struct case_record *record,
                      const struct config *config, deck_page_end page_end, void *user);
void deck_finish(struct deck *deck);

#define SLIDE_NAME_SIZE 24
/* "unit", "cover", "notice", "story-2", "gallery-1" */
void slide_name(const struct slide *slide, char name[SLIDE_NAME_SIZE]);
