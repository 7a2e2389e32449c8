/* display_private.h: what display*.c share; nobody else includes it */
#pragma once

#include <SDL_events.h>

#include "display/backstage.h"
#include "display/browse.h"
#include "display/display.h"
#include "display/loop.h"
#include "display/motion.h"
#include "display/video.h"

struct replayer;

/* A video, and what it was told last. */
struct playing {
    struct video *video; /* NULL: there is none, or it could not be begun */
    char *path;          /* owned; NULL: nothing plays */
    struct video_view view;
    bool pause, sound;
    unsigned order;
};

struct display {
    const struct paths *paths;
    const struct config *config;
    struct theme theme;
    struct presenter *presenter;
    struct presenter_power power;
    struct backstage *backstage;
    struct loop loop;
    struct browse browse;
    int64_t paused_us; /* since when the loop stands because somebody browses; 0: it does not */
    struct buffer *black_card; /* owned; NULL: there is no memory for it */
    struct made_card card;     /* of sticks, over the loop */
    char *left_case;           /* owned: what was seen before the current case; NULL: nothing */
    int64_t left_us;           /* when it went */
    int64_t pointer_us;        /* when a mouse was moved last; 0: no pointer is seen */
    char *said;                /* owned: of the browsing mode, what the live state says */
    struct playing playing;
    int videos_leaving;        /* those whose last event is still to come */
    struct replayer *replayer; /* of test builds; NULL: none */
    struct motion motion;
    int64_t frame_us;           /* when the last frame was begun */
    uintptr_t ticket;           /* of the slide asked for last: older ones are thrown away */
    int64_t since_ms, since_us; /* since when the current slide stands */
    struct showings showings;
    int64_t up_us; /* until when it counted that something was shown; 0: nothing is */
    int64_t recorded_us;
    uint32_t event_type;   /* of what backstage says */
    uint32_t screens_type; /* of what the presenter is told of screens */
    uint32_t video_type;   /* of what videos say */
    unsigned errors;       /* that were logged until up_us */
    bool windowed, test;
    bool black; /* nothing may be shown but the card of the blackout */
    bool again; /* the next slide asked for is the last one once more */
    bool dirty; /* the screen does not show what it should */
    bool quit, failed, restarts;
};

/* ---- display_live.c: what the world is told, and what is counted */

void display_save_live(const struct display *display);
/* Where somebody is has changed, or what they see of it has come to rest. */
void display_tell_browsing(struct display *display, int64_t now_us);
void display_count_uptime(struct display *display, int64_t now_us);
/* The slide that stood until now. */
void display_count_showing(struct display *display, const char *id, bool first, int64_t now_us);
void display_count_touches(struct display *display);

/* ---- display_video.c */

/* What the browsing mode wants of a video. */
void display_play(struct display *display);
void display_handle_video(struct display *display, const SDL_UserEvent *event);
/* Waits for their ends, but not for ever. */
void display_end_videos(struct display *display);

/* ---- display_events.c: what SDL, backstage and visitors say */

void display_ask(struct display *display); /* for the next slide */
void display_handle_event(struct display *display, const SDL_Event *event);
/* At the end of the program: takes what lies in it. */
void display_drop_event(struct display *display, const SDL_Event *event);
void display_handle_backstage(struct display *display, const SDL_UserEvent *event);
/* What a touch of the loop would open now. */
struct browse_seen display_seen(const struct display *display, int64_t now_us);
/* Turns the picture; the order is done. */
void display_turn(struct display *display, struct browse_order *order);
/* While somebody browses, or nothing may be shown, the loop stands, and then goes on where it was.
 */
void display_pause_loop(struct display *display, int64_t now_us);
