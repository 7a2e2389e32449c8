/* place.h: where somebody who touches the screen has got to, and how they want it shown; plain
 * values
 */
#pragma once

#include <stdbool.h>

#include "display/picks.h"
#include "library/case.h"

enum place_kind {
    PLACE_HOME,
    PLACE_UNIT,    /* the cases of a unit */
    PLACE_SCHOOLS, /* all schools */
    PLACE_SCHOOL,  /* the cases of a school */
    PLACE_CASE,
    PLACE_PICTURE, /* one picture of a case on the whole screen; of a video its poster */
    PLACE_VIDEO,   /* one video of a case, which plays on the whole screen */
    PLACE_SEARCH,
    PLACE_NOTICES, /* all notices */
    PLACE_ABOUT,
    PLACE_PIN,          /* the administrator's: the way to what follows */
    PLACE_PANEL,        /* all that they may do */
    PLACE_STICK,        /* what lies on a stick */
    PLACE_STICK_CASE,   /* one case of it; text: its title */
    PLACE_STICK_SCHOOL, /* the schools, to choose the one of cases that name none */
    PLACE_SHELF,        /* the cases of the library, and those that are taken down */
    PLACE_SHELF_CASE,   /* one of them, to hide it, show it again, put it first or delete it */
    PLACE_REVIEW,       /* what waits for a review */
    PLACE_PREVIEW,      /* one of these, as the loop will show it */
    PLACE_IMPORTS,      /* what came in lately, and what else was done to the library */
    PLACE_SOURCES,      /* the network and the sources of the configuration */
    PLACE_STATION,      /* what was shown and touched, and the machine */
    PLACE_SCREEN,       /* what hangs there: direction, test pictures, clock … */
    PLACE_TURN,         /* which way is up */
    PLACE_KEEP,         /* whether it is to stay turned, for a few seconds */
    PLACE_TEST,         /* pictures to judge a screen by */
    PLACE_CLOCK,
    PLACE_OWN_SCHOOL, /* whose screen it is */
    PLACE_BUILDING,
    PLACE_NEW_PIN,
    PLACE_FINISH, /* the end of the first set-up */
    PLACE_NOTICE, /* none to go to: lies over the others when nobody touches them any more */
    PLACE_KIND_COUNT
};
/* What became of a PIN; whether one may be tried at all the page finds out itself (pins_wait). */
enum pin_state {
    PIN_TYPING,
    PIN_TRYING,
    PIN_IS_WRONG,
    PIN_UNKNOWN,
    PIN_OPENS_SETUP /* no PIN, but the code: never seen */
};
/* What a new PIN waits for; from NEW_PIN_FAULT on: enum pin_fault of the last, typed once more. */
enum new_pin_state {
    NEW_PIN_WHOSE,
    NEW_PIN_FIRST,
    NEW_PIN_AGAIN,
    NEW_PIN_SAVING,
    NEW_PIN_DIFFERENT, /* the two were; typed once more */
    NEW_PIN_FAULT
};
enum order { ORDER_FEATURED, ORDER_NEWEST, ORDER_COUNT };
/* The text of PLACE_SHELF. */
#define SHELF_ALL   ""
#define SHELF_FIRST "first" /* what is promoted */
#define SHELF_DOWN  "down"  /* what is withdrawn */

struct place {
    enum place_kind kind;
    /* owned, never NULL: id of the case, name of the school, what was typed, SHELF_*, or of
     * PLACE_IMPORTS the row that is unfolded */
    char *text;
    enum unit unit;
    char *before; /* owned; of the loop: the case that was seen until a moment ago; NULL: none */
    struct picks *picks; /* owned; of the places of a stick; NULL: nothing is chosen */
    /* PLACE_PICTURE, PLACE_VIDEO, PLACE_STICK_CASE: number, from 0; PLACE_SEARCH: layer of the
     * keyboard, likewise; PLACE_NOTICE, PLACE_KEEP: seconds left; PLACE_TURN: enum rotation;
     * PLACE_NEW_PIN: enum new_pin_state; PLACE_CLOCK: 1: asked whether they are sure; PLACE_TEST:
     * which, from 0 */
    int picture;
    bool setup; /* a step of the first set-up */
    int typed;  /* PLACE_NEW_PIN: digits so far; text is whose it is */
    /* What a list shows; of a case the list that it stands in. */
    bool of_desk;   /* PLACE_SEARCH: the administrator's, its hits lead to PLACE_SHELF_CASE */
    bool of_school; /* PLACE_CASE, PLACE_PICTURE, PLACE_VIDEO: its school's list, else its unit's */
    int phase;      /* enum phase; -1: all */
    int year;       /* 0: all */
    enum order order;
};

/* text is copied. */
struct place place_of(enum place_kind kind, const char *text);
struct place place_copy(const struct place *place);
void place_finish(struct place *place); /* zeroed is fine */
bool place_same(const struct place *a, const struct place *b);
bool place_is_of_stick(enum place_kind kind);
const char *place_key(enum place_kind kind); /* "home" … */

/* How all places are shown, for whoever stands there; forgotten with them. */
enum text_size { TEXT_USUAL, TEXT_LARGE, TEXT_LARGEST, TEXT_SIZE_COUNT };
struct manner {
    bool english;  /* else Chinese first and English beside it */
    bool reach;    /* controls in the lower 45 %, larger text */
    bool contrast; /* the theme of high contrast */
    enum text_size size;
};
