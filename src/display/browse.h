/* browse.h: the mode of somebody who touches the screen; no SDL, no clock of its own
 *
 * It is told what fingers, keys and time do, and says which page and which tiles it needs, when it
 * wants to be woken, and what is to be on the screen. While it is closed the loop has the screen;
 * the first touch opens it at the case that is being shown. Main thread. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "display/gesture.h"
#include "display/page.h"
#include "display/player.h"
#include "display/presenter.h"
#include "display/scroller.h"
#include "display/tile_cache.h"
#include "display/trail.h"
#include "display/zoom.h"
#include "library/pins.h"

enum browse_state {
    BROWSE_CLOSED,
    BROWSE_OPENING, /* the first page is being made; the loop is still seen, and stands */
    BROWSE_OPEN,
    BROWSE_CLOSING /* the page gives way to the loop */
};

/* How one page follows another. */
enum browse_move { MOVE_CUT, MOVE_FORWARD, MOVE_BACK, MOVE_UP };

enum browse_key {
    BROWSE_LEFT,
    BROWSE_RIGHT,
    BROWSE_UP,
    BROWSE_DOWN,
    BROWSE_ENTER,
    BROWSE_ESCAPE,
    BROWSE_ERASE,
    BROWSE_START
};

/* What the loop shows, for a touch that opens it. Borrowed. */
struct browse_seen {
    const char *id;     /* NULL: no case */
    const char *before; /* what was shown until a moment ago; NULL: nothing to offer */
    struct rect reach;  /* a touch there opens it within reach; empty: there is none */
    struct rect emblem; /* held for three seconds: the administrator's way in */
};

/* A touch that opened a case, or did something else; to be counted. */
struct browse_count {
    char *id; /* owned; NULL: something else */
};

/* What the administrator wants done, by who holds the library's databases. */
enum browse_order_kind {
    BROWSE_TRY_PIN, /* what: the digits */
    BROWSE_ASK,     /* of the keeper: kind and arguments */
    BROWSE_BLACKEN, /* "on" or "off" */
    BROWSE_CHOOSE,  /* a setting: "section.key" and value */
    BROWSE_SET_PIN, /* the digits and whose they are */
    BROWSE_TURN,    /* the picture, at once: 0 to 3, enum rotation; by who presents */
    BROWSE_RESTART  /* the display, when all before it is done */
};
struct browse_order {
    enum browse_order_kind kind;
    char *what, *arguments; /* owned, never NULL */
    char *by;               /* owned, never NULL: whose PIN it was */
};
void browse_order_finish(struct browse_order *order);

#define PIN_MOST 12
#define SETUP_BY "首次设置" /* whose word it is while nobody has a PIN */

/* The administrator's part; all zero: none is there. */
struct browse_desk {
    int64_t hold_us;           /* since when the emblem is held; 0: it is not */
    char digits[PIN_MOST + 1]; /* typed; in no place, and never told */
    char first[PIN_MOST + 1];  /* a new PIN, typed once; as digits */
    char *who;                 /* owned: whose PIN was good; NULL: nobody's */
    char *ordered;             /* owned: what was ordered last, on which page; NULL: nothing */
    char *asked;               /* owned: what a page asked for by itself last; NULL: nothing */
    int64_t trial_us;          /* since when the picture is turned for a try; 0: it is not */
    int turned_from;           /* and how it was before: enum rotation */
    int trying, stale;         /* PINs that are being tried; of these, by somebody who has left */
    struct browse_order orders[4];
    size_t order_count;
};

struct browse_page {
    struct page page; /* owned; no tiles: none */
    int scroll;       /* where it stands, or begins */
    int shift;        /* on its way out: how far a swipe had moved its picture */
};

#define BROWSE_TILES_ASKED 2 /* at once */
#define BROWSE_COUNTS      8

struct browse {
    const struct config *config; /* borrowed */
    struct size size;
    int finger; /* pixels of 12 mm */
    bool still; /* nothing moves from place to place by itself */
    enum browse_state state;
    struct trail trail;
    struct manner manner;

    struct browse_page page, coming, leaving; /* seen; being made ready; on its way out */
    enum browse_move move, moving;            /* how the next page will come; how this one came */
    int64_t move_us;                          /* since when it moves; INT64_MIN: it does not */
    int64_t came_us;                          /* since when coming waits for its tiles */
    int64_t entered_us;                       /* since when the page is seen */
    bool wanted;                              /* a page is to be asked for */
    uint64_t ticket, page_ticket; /* the last one given out; of the page that is coming; 0: none */
    struct tile_cache tiles;
    struct tile_wish asked[BROWSE_TILES_ASKED];
    size_t asked_count;

    struct page notice, notice_coming; /* seen; being made ready; no tiles: none */
    struct place notice_place;
    int notice_left; /* seconds on the one asked for last; 0: none */
    bool notice_wanted;
    uint64_t notice_ticket; /* 0: none is wanted */

    struct gestures gestures;
    struct scroller scroller;
    struct zoom zoom; /* PLACE_PICTURE */
    bool stirred;     /* in the last frame it moved: its end is to be seen, too */
    bool caught;      /* the press stopped what moved, or took the notice away: it is no tap */
    bool noticed;     /* it took the notice away */
    bool pressed;     /* at `press` something is felt */
    struct point press;
    struct player player;       /* PLACE_VIDEO */
    const struct buffer *frame; /* of it; borrowed from who plays it; NULL: none came yet */
    bool sound;                 /* how the visitor wants the next one */
    size_t focus;               /* of the keyboard: index of a target; SIZE_MAX: none */
    int64_t used_us;            /* when it was last used */
    struct browse_desk desk;
    bool black;   /* nothing but the desk may be seen */
    int rotation; /* of the picture: enum rotation; set by who presents */
    struct browse_count counts[BROWSE_COUNTS];
    size_t count_count;
};

/* budget: bytes of tiles. */
void browse_init(struct browse *browse, const struct config *config, struct size size, int finger,
                 size_t budget);
void browse_finish(struct browse *browse);
bool browse_is_closed(const struct browse *browse);

/* ---- what happens. `seen` counts while it is closed. */
void browse_handle_touch(struct browse *browse, const struct touch *touch,
                         const struct browse_seen *seen);
void browse_handle_key(struct browse *browse, enum browse_key key, const struct browse_seen *seen,
                       int64_t now_us);
void browse_handle_text(struct browse *browse, const char *text, const struct browse_seen *seen,
                        int64_t now_us);
/* The window lost the fingers: another took them. */
void browse_handle_away(struct browse *browse, int64_t now_us);
void browse_handle_wheel(struct browse *browse, int steps, int64_t now_us);
void browse_handle_page(struct browse *browse, struct page *page, int64_t now_us); /* taken over */
/* Taken over; NULL: it could not be made. */
void browse_handle_tile(struct browse *browse, const struct tile_wish *wish, struct buffer *buffer);
/* What became of a PIN; who: whose it is (copied), where it was good, else NULL. */
void browse_handle_pin(struct browse *browse, enum pin_state state, const char *who,
                       int64_t now_us);
/* What became of a new one. */
void browse_handle_new_pin(struct browse *browse, enum pin_fault fault, int64_t now_us);
/* What came of the video that it wants to be played (player_wish), and its frame, which is borrowed
 * until the next call; NULL: none. */
void browse_handle_video(struct browse *browse, const struct player_news *news,
                         const struct buffer *frame, int64_t now_us);
/* Whether nothing may be shown (library/desk.h): who browses is sent away, but for the desk, and
 * nobody but the administrator gets in. */
void browse_handle_black(struct browse *browse, bool black);
void browse_handle_library(struct browse *browse);
void browse_handle_resize(struct browse *browse, struct size size, int finger);

/* ---- time, and what is wanted */
void browse_tick(struct browse *browse, int64_t now_us, const struct browse_seen *seen);
bool browse_wants_page(struct browse *browse, struct page_wish *wish);
bool browse_wants_tile(struct browse *browse, int64_t now_us, struct tile_wish *wish);
/* The caller's to finish: free(id). False: nothing is to be counted. */
bool browse_take_count(struct browse *browse, struct browse_count *count);
/* The caller's to finish. False: there is none. */
bool browse_take_order(struct browse *browse, struct browse_order *order);
int64_t browse_deadline(const struct browse *browse, int64_t now_us);
bool browse_moves(const struct browse *browse, int64_t now_us);

/* ---- what is seen */

/* Whether the loop is seen behind it. */
bool browse_shows_loop(const struct browse *browse);
/* Adds what is to be seen; gives how many. */
size_t browse_place(struct browse *browse, int64_t now_us, struct placement *placements,
                    size_t room);
/* Where somebody is; NULL: nowhere, the loop is shown. */
const struct place *browse_here(const struct browse *browse);
/* Where its video is seen; empty: the page in sight has none. */
struct rect browse_video_place(const struct browse *browse);
/* How much larger than fit its picture is seen; 0: there is none. */
double browse_zoom(const struct browse *browse);
