#include "display/player.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define CONTROLS_US (3 * 1000000LL)  /* seen unused for so long while it plays */
#define FADE_US     250000           /* of which they fade */
#define FAULT_US    (6 * 1000000LL)  /* that it failed is told */
#define PATIENCE_US (15 * 1000000LL) /* for the first frame, and for the end that is due */
#define SCRUB_US    150000           /* between two looks while the bar is dragged */

/* ---- life */

void player_close(struct player *player) {
    free(player->path);
    *player = (struct player){0};
}

void player_open(struct player *player, const char *path, int64_t duration_ms, bool sound,
                 int64_t now_us) {
    player->left = false;
    if (player->path && strcmp(player->path, path) == 0)
        return;
    char *copy = xstrdup(path);
    player_close(player);
    *player = (struct player){.state = PLAYER_OPENING,
                              .path = copy,
                              .duration_ms = duration_ms,
                              .sound = sound,
                              .controls = true,
                              .touched_us = now_us,
                              .moved_us = now_us};
}

void player_leave(struct player *player) {
    player->left = true;
    player->scrubs = false;
}

/* ---- what comes of it */

static void stop(struct player *player, enum player_state state, int64_t now_us) {
    player->state = state;
    player->scrubs = player->scrubs && state != PLAYER_FAILED;
    player_touch(player, now_us);
}

static void begin(struct player *player, int64_t now_us) {
    player->state = PLAYER_PLAYING;
    player->moved_us = now_us;
    player_touch(player, now_us);
}

/* The last frame begins a little before the end. */
static int64_t told_position(const struct player *player, const struct player_news *news) {
    bool over = news->ended && player->state != PLAYER_PAUSED;
    return over ? player->duration_ms : news->position_ms;
}

void player_handle_news(struct player *player, const struct player_news *news, int64_t now_us) {
    if (!player_is_on(player) || player->state == PLAYER_FAILED)
        return;
    if (news->failed) {
        stop(player, PLAYER_FAILED, now_us);
        return;
    }
    if (news->duration_ms > 0)
        player->duration_ms = news->duration_ms;
    if (news->order != player->order || !news->seen)
        return; /* of before the last seek */
    if (player->state == PLAYER_OPENING)
        begin(player, now_us);
    if (news->position_ms != player->position_ms)
        player->moved_us = now_us;
    if (!player->scrubs)
        player->position_ms = told_position(player, news);
    if (news->ended && player->state == PLAYER_PLAYING && !player->scrubs) {
        stop(player, PLAYER_ENDED, now_us);
    } else if (!news->ended && player->state == PLAYER_ENDED) {
        begin(player, now_us);
    }
}

static bool runs(const struct player *player) {
    return player->state == PLAYER_OPENING || player->state == PLAYER_PLAYING;
}

/* When it must have failed: a picture may stand, for as long as it has still to play. */
static int64_t late_us(const struct player *player) {
    int64_t left = player->duration_ms - player->position_ms;
    return player->moved_us + PATIENCE_US +
           (player->state == PLAYER_PLAYING && left > 0 ? left * 1000 : 0);
}

static bool hides(const struct player *player) {
    return player->state == PLAYER_PLAYING && player->controls && !player->scrubs;
}

void player_tick(struct player *player, int64_t now_us) {
    if (hides(player) && now_us - player->touched_us >= CONTROLS_US)
        player->controls = false;
    if (player->left || player->scrubs)
        player->moved_us = now_us;
    if (runs(player) && now_us >= late_us(player))
        stop(player, PLAYER_FAILED, now_us);
}

int64_t player_deadline(const struct player *player) {
    int64_t at = runs(player) ? late_us(player) : INT64_MAX;
    if (player->state == PLAYER_FAILED && !player->left)
        return player->touched_us + FAULT_US;
    int64_t hidden = hides(player) ? player->touched_us + CONTROLS_US : INT64_MAX;
    return hidden < at ? hidden : at;
}

/* ---- what somebody does */

void player_touch(struct player *player, int64_t now_us) {
    player->controls = true;
    player->touched_us = now_us;
}

void player_tap(struct player *player, int64_t now_us) {
    if (hides(player))
        player->controls = false;
    else
        player_touch(player, now_us);
}

static void seek(struct player *player, int64_t ms, bool exact, int64_t now_us) {
    int64_t last = player->duration_ms > 0 ? player->duration_ms : 0;
    player->position_ms = player->seek_ms = ms < 0 ? 0 : ms > last ? last : ms;
    player->exact = exact;
    player->order++;
    player->order_us = player->moved_us = now_us;
}

/* Where it stands nothing is left that could play. */
static bool at_end(const struct player *player) {
    bool sought = player->order > 0 && player->seek_ms >= player->duration_ms;
    return player->state == PLAYER_ENDED || (player->state == PLAYER_PAUSED && sought);
}

void player_toggle(struct player *player, int64_t now_us) {
    if (at_end(player))
        seek(player, 0, true, now_us);
    if (player->state == PLAYER_PLAYING)
        stop(player, PLAYER_PAUSED, now_us);
    else if (player->state == PLAYER_PAUSED || player->state == PLAYER_ENDED)
        begin(player, now_us);
}

void player_toggle_sound(struct player *player, int64_t now_us) {
    player->sound = !player->sound;
    player_touch(player, now_us);
}

static bool can_seek(const struct player *player) {
    return (player->state == PLAYER_PLAYING || player->state == PLAYER_PAUSED ||
            player->state == PLAYER_ENDED) &&
           player->duration_ms > 0;
}

/* From the end it plays on. */
static void go(struct player *player, int64_t ms, int64_t now_us) {
    seek(player, ms, true, now_us);
    player_touch(player, now_us);
    if (player->state == PLAYER_ENDED && player->position_ms < player->duration_ms)
        begin(player, now_us);
}

void player_skip(struct player *player, int64_t by_ms, int64_t now_us) {
    if (can_seek(player))
        go(player, player->position_ms + by_ms, now_us);
}

void player_scrub(struct player *player, int thousandths, int64_t now_us) {
    if (!can_seek(player))
        return;
    player->scrubs = true;
    player->position_ms = player->duration_ms * thousandths / 1000;
    player_touch(player, now_us);
    if (now_us - player->order_us >= SCRUB_US)
        seek(player, player->position_ms, false, now_us);
}

void player_scrub_end(struct player *player, int64_t now_us) {
    if (!player->scrubs)
        return;
    player->scrubs = false;
    go(player, player->position_ms, now_us);
}

/* ---- what follows */

struct player_wish player_wish(const struct player *player) {
    bool stands = player->left || player->scrubs || player->state == PLAYER_PAUSED ||
                  player->state == PLAYER_FAILED;
    return (struct player_wish){.path = player->path,
                                .pause = stands,
                                .sound = player->sound && !player->left,
                                .order = player->order,
                                .seek_ms = player->seek_ms,
                                .exact = player->exact};
}

unsigned player_shown(const struct player *player) {
    static const unsigned states[] = {
        [PLAYER_OFF] = 0,
        [PLAYER_OPENING] = SHOWN_PLAYING,
        [PLAYER_PLAYING] = SHOWN_PLAYING,
        [PLAYER_PAUSED] = SHOWN_PAUSED,
        [PLAYER_ENDED] = SHOWN_ENDED,
        [PLAYER_FAILED] = SHOWN_FAILED,
    };
    unsigned shown = states[player->state] | (player->controls ? SHOWN_CONTROLS : 0);
    if (player->state == PLAYER_FAILED)
        return shown;
    return shown | SHOWN_LENGTH | (player->sound ? SHOWN_SOUND : SHOWN_SILENT);
}

/* It plays: each frame of it shows them a little less. */
int player_alpha(const struct player *player, int64_t now_us) {
    int64_t left = player->touched_us + CONTROLS_US - now_us;
    if (!hides(player) || left >= FADE_US)
        return 256;
    return left > 0 ? (int)(left * 256 / FADE_US) : 0;
}

bool player_is_used(const struct player *player) {
    return runs(player) && !player->left;
}

bool player_is_on(const struct player *player) {
    return player->state != PLAYER_OFF;
}

bool player_is_over(const struct player *player, int64_t now_us) {
    return player->state == PLAYER_FAILED && now_us - player->touched_us >= FAULT_US;
}

const char *player_key(const struct player *player) {
    static const char *const keys[] = {
        [PLAYER_OFF] = "off",       [PLAYER_OPENING] = "playing", [PLAYER_PLAYING] = "playing",
        [PLAYER_PAUSED] = "paused", [PLAYER_ENDED] = "ended",     [PLAYER_FAILED] = "failed"};
    return keys[player->state];
}

int64_t player_told_ms(const struct player *player) {
    return runs(player) ? player->position_ms / 1000 * 1000 : player->position_ms;
}
