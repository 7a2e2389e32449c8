/* player.h: what becomes of a video that somebody watches; pure: no SDL, no mpv, no clock
 *
 * It is told what comes of the video, what fingers do and what time it is, and says what the video
 * shall do and which controls are seen. Times are microseconds of one clock. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

enum player_state {
    PLAYER_OFF,
    PLAYER_OPENING, /* nothing of it is seen yet */
    PLAYER_PLAYING,
    PLAYER_PAUSED,
    PLAYER_ENDED, /* its last frame is seen */
    PLAYER_FAILED
};

/* When a control is there: with all of these bits. */
enum player_shown {
    SHOWN_CONTROLS = 1, /* they fade by themselves while it plays */
    SHOWN_PLAYING = 2,  /* or about to */
    SHOWN_PAUSED = 4,
    SHOWN_ENDED = 8,
    SHOWN_FAILED = 16,
    SHOWN_SOUND = 32, /* unless it failed: neither of these two, and no length */
    SHOWN_SILENT = 64,
    SHOWN_LENGTH = 128
};

struct player {
    enum player_state state;
    char *path; /* owned; NULL: it is off */
    int64_t position_ms, duration_ms;
    bool sound;       /* is heard, if it has any */
    bool controls;    /* are seen, for a while */
    bool scrubs;      /* a finger holds the bar */
    bool left;        /* nobody looks at it any more: it stands, and is silent */
    unsigned order;   /* number of the last seek; 0: none was in this video */
    int64_t order_us; /* when that was */
    bool exact;       /* and what it was */
    int64_t seek_ms;
    int64_t touched_us; /* since when the controls are seen unused, or that it failed is told */
    int64_t moved_us;   /* when it came further last */
};

/* What the video shall do. Borrowed. */
struct player_wish {
    const char *path; /* NULL: nothing plays */
    bool pause, sound;
    unsigned order; /* another number: seek */
    int64_t seek_ms;
    bool exact;
};

/* What came of it (struct video_news). */
struct player_news {
    bool seen, ended, failed;
    int64_t position_ms, duration_ms; /* 0: not known */
    unsigned order;
};

/* From its beginning; duration_ms as the library knows it. Where that file plays already it goes
 * on. */
void player_open(struct player *player, const char *path, int64_t duration_ms, bool sound,
                 int64_t now_us);
void player_close(struct player *player); /* zeroed is fine */
/* Who watched it is on the way to another page. */
void player_leave(struct player *player);

void player_handle_news(struct player *player, const struct player_news *news, int64_t now_us);
void player_tick(struct player *player, int64_t now_us);
int64_t player_deadline(const struct player *player); /* INT64_MAX: none */

/* ---- what somebody does */

void player_touch(struct player *player, int64_t now_us);  /* the controls stay for a while */
void player_tap(struct player *player, int64_t now_us);    /* beside them: they come or go */
void player_toggle(struct player *player, int64_t now_us); /* plays, pauses, plays again */
void player_toggle_sound(struct player *player, int64_t now_us);
void player_skip(struct player *player, int64_t by_ms, int64_t now_us);
/* A finger on the bar: at which part of the length, 0 … 1000. */
void player_scrub(struct player *player, int thousandths, int64_t now_us);
void player_scrub_end(struct player *player, int64_t now_us);

/* ---- what follows */

struct player_wish player_wish(const struct player *player);
unsigned player_shown(const struct player *player); /* bits of enum player_shown */
/* Of the controls, while they are there: 0 … 256. */
int player_alpha(const struct player *player, int64_t now_us);
bool player_is_used(const struct player *player); /* somebody is watching */
bool player_is_on(const struct player *player);
/* It failed, which was told for long enough. */
bool player_is_over(const struct player *player, int64_t now_us);
const char *player_key(const struct player *player); /* "playing", "paused", "ended", "failed" */
/* For the live state: while it plays only whole seconds. */
int64_t player_told_ms(const struct player *player);
