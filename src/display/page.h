/* page.h: what a place looks like: tiles, each composed when it is about to be seen, and what on
 * them answers to a touch
 *
 * Geometry only, in pixels of the upright picture; made on one thread (sheet.h, guide.h) and handed
 * to another whole. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/option.h"
#include "display/geometry.h"
#include "display/place.h"

enum tile_kind {
    TILE_FIXED,    /* place is on the screen */
    TILE_SCROLLED, /* place.y counts from the top of what scrolls; seen within the page's view */
    TILE_PHOTO,    /* of PLACE_PICTURE: the picture itself, zoomed and moved */
    TILE_VIDEO,    /* of PLACE_VIDEO: its poster, in the place of its frames until they come */
    TILE_DIGITS    /* likewise: "0123456789:" in cells beside one another; see struct film */
};

struct tile {
    enum tile_kind kind;
    struct rect place;
    uint64_t key;  /* of its looks: the same key, the same pixels */
    unsigned when; /* PLACE_VIDEO: bits of enum player_shown that must all be set; else 0 */
    int radius;    /* of its corners, while it is not there yet */
};

enum action_kind {
    ACTION_NONE,    /* a touch there does nothing, and does not go through */
    ACTION_GO,      /* to another place */
    ACTION_REPLACE, /* the same, and the way back does not lead here */
    ACTION_BACK,    /* where there is no way back: to the loop; takes the place's picks along */
    ACTION_HOME,    /* and the way back is forgotten */
    ACTION_LOOP,    /* back to the slideshow */
    ACTION_TYPE,    /* adds text to what was typed */
    ACTION_ERASE,   /* the last character of it */
    ACTION_WORD,    /* text instead of what was typed */
    ACTION_ENTER,   /* tries the PIN that was typed, or takes what was */
    ACTION_ASK,     /* of the keeper: text is the kind of the request, more its arguments (JSON) */
    ACTION_BLACK,   /* nothing is shown until it is lifted; number: 1, or 0 to lift it */
    ACTION_CHOOSE,  /* a setting: text is "section.key", more its value */
    ACTION_TURN,    /* the picture, for a try; number: enum rotation */
    ACTION_KEEP,    /* number: 1: it stays so; 0: as it was */
    ACTION_RESTART, /* the display begins anew */
    ACTION_JUMP,    /* number: pixels from the top of what scrolls */
    ACTION_PLAY,    /* the video, or pause it, or play it again */
    ACTION_SOUND,   /* of the video, on or off */
    ACTION_SEEK,    /* the bar of its length: where it is touched, the video goes on */
    ACTION_REACH,   /* each of these four: the other way, or the next */
    ACTION_ENGLISH,
    ACTION_CONTRAST,
    ACTION_SIZE
};

struct action {
    enum action_kind kind;
    struct place place; /* GO, REPLACE, BACK (or zeroed); owned */
    char *text, *more;  /* TYPE, WORD, ASK, CHOOSE; owned, else NULL */
    int number;
};

struct target {
    struct rect place; /* as of a tile */
    bool scrolled;
    unsigned when; /* as of a tile */
    int radius;    /* of the mark of a touch */
    struct action action;
};

/* The video of PLACE_VIDEO. Its time and its bar go on without the page being made anew. */
struct film {
    char *path; /* owned; NULL: there is none */
    int64_t duration_ms;
    struct size size;  /* pixels, upright */
    struct rect clock; /* where the time stands, at its left end */
    struct rect bar;   /* all of its length */
    colour ink, rest;  /* of what has been, and of what is left of it */
};

struct page {
    struct place place; /* owned */
    struct manner manner;
    struct size size;    /* of the screen that it was made for */
    colour ground, mark; /* behind all tiles; laid over what is being touched, with its alpha */
    colour empty;        /* where a tile is not there yet */
    struct rect view;    /* where what scrolls is seen; no height: nothing does */
    int height;          /* of all that scrolls */
    struct tile *tiles;  /* owned; the fixed ones over the others, both in the order of drawing */
    size_t tile_count;
    struct target *targets; /* owned; a later one lies over an earlier one */
    size_t target_count;
    struct action asks; /* owned; ACTION_ASK: asked for by the page itself, once; zeroed: nothing */
    int refresh_ms;     /* it is made anew so often while it is seen; 0: never by itself */
    int64_t generation; /* of the library */
    uint64_t ticket;    /* by which its tiles are asked for */
    int pictures;       /* PLACE_PICTURE, PLACE_VIDEO: how many the case has */
    struct size photo;  /* PLACE_PICTURE: pixels of the TILE_PHOTO, upright */
    bool touched_once;  /* PLACE_PICTURE: nothing is zoomed, a tap does not wait for another */
    struct film film;
    unsigned shown; /* PLACE_VIDEO: bits of enum player_shown that are set now */
};

/* What is wanted of who makes pages; the place is borrowed for a moment. */
struct page_wish {
    const struct place *place;
    struct manner manner;
    uint64_t ticket;
};
struct tile_wish {
    uint64_t ticket; /* of the page */
    size_t tile;
    uint64_t key;
};

struct action action_simple(enum action_kind kind);
struct action action_go(struct place place); /* takes it over */
struct action action_text(enum action_kind kind, const char *text);
struct action action_ask(const char *kind, const char *arguments);
void action_finish(struct action *action); /* zeroed is fine */
struct action action_copy(const struct action *action);
void page_finish(struct page *page); /* zeroed is fine */
/* The target at a point of the screen, or the nearest within `slack` pixels, with what scrolls
 * moved up by `scroll`; NULL: none. */
const struct target *page_target(const struct page *page, struct point at, int scroll, int slack);
/* The next target in a direction (dx, dy: -1, 0, 1) from one of them (NULL: the first); for the
 * keyboard. NULL: there is none. */
const struct target *page_neighbour(const struct page *page, const struct target *from, int dx,
                                    int dy, int scroll);
/* Whether what has this `when` is there now. */
bool page_shows(const struct page *page, unsigned when);
/* Where a tile or target is on the screen. */
struct rect page_place(const struct page *page, struct rect place, bool scrolled, int scroll);
