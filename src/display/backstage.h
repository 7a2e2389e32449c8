/* backstage.h: the display's second thread: reads the library, makes slides, writes station.db
 *
 * It wakes when asked, when a file that it reads changes (state_watch.h), when the card of sticks
 * does, and at a signal, and for nothing else. What it has to say it pushes as SDL events whose
 * values travel in the event. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/config.h"
#include "base/paths.h"
#include "display/browse.h"
#include "display/carousel.h"
#include "display/orders.h"
#include "display/page.h"
#include "display/presenter.h"
#include "display/showings.h"
#include "display/stick_board.h"

/* SDL_UserEvent.code of the events of type `event_type`. */
enum backstage_code {
    BACKSTAGE_SLIDE,   /* data1: struct showing_slide *, the receiver's; data2: the ticket */
    BACKSTAGE_FRAME,   /* data1: struct overlay_parts *, the receiver's */
    BACKSTAGE_PAGE,    /* data1: struct page *, the receiver's */
    BACKSTAGE_TILE,    /* data1: struct made_tile *, the receiver's */
    BACKSTAGE_PIN,     /* data1: struct tried_pin *, the receiver's */
    BACKSTAGE_RESTART, /* the administrator wants the display to begin anew */
    BACKSTAGE_DESK,    /* what the administrator ordered is done, or left for the keeper */
    BACKSTAGE_LIBRARY, /* another generation is there; data2: 1 where it brings an urgent notice */
    BACKSTAGE_BLACK,   /* data1: the card of a blackout, a struct buffer *, the receiver's, or NULL:
                          there is no memory for it; nothing else may be shown */
    BACKSTAGE_LIFTED,  /* all may be shown again */
    BACKSTAGE_CARD,    /* data1: the card of sticks, a struct made_card *, the receiver's */
    BACKSTAGE_STOP,    /* SIGTERM, SIGINT or SIGHUP came */
    BACKSTAGE_FAILED   /* without fonts nothing can be shown; reported */
};

struct made_tile {
    struct tile_wish wish;
    struct buffer *buffer; /* owned; NULL: it could not be made */
};

struct backstage;

/* Starts the thread, which reads the library and opens the fonts at once. The signals above must
 * be blocked in all threads already. paths and config must outlive it. NULL: reported. */
struct backstage *backstage_start(const struct paths *paths, const struct config *config);
/* Ends it, waiting for a slide that is being made. NULL is fine. */
void backstage_stop(struct backstage *backstage);

/* From here on it may push events. Main thread, after SDL's start. */
void backstage_open(struct backstage *backstage, const struct presenter *presenter,
                    uint32_t event_type);
/* finger: pixels of 12 mm. */
void backstage_resize(struct backstage *backstage, int finger);
/* Asks for the slide that follows (again: for the last one once more; drifts: its photograph may);
 * an event with this ticket brings it. */
void backstage_ask(struct backstage *backstage, uintptr_t ticket, bool again, bool drifts);
/* Asks for parts of the frame; behind a slide that is asked for. */
void backstage_ask_frame(struct backstage *backstage, struct overlay_wish wish);
/* Ask for a page, in the place of one that was not begun yet (but a notice is none of them), and
 * for a tile; both before slides. */
void backstage_ask_page(struct backstage *backstage, const struct page_wish *wish);
void backstage_ask_tile(struct backstage *backstage, const struct tile_wish *wish);
/* Takes the order over; each is done once. */
void backstage_order(struct backstage *backstage, struct browse_order *order);
/* Takes the showings over and adds them to station.db. */
void backstage_record(struct backstage *backstage, struct showings *showings);
