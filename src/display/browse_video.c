/* A video that plays on the whole screen: what fingers and keys mean there, and when it is over. */
#include <string.h>

#include "base/log.h"
#include "display/browse_private.h"

#define SKIP_MS    5000 /* of an arrow key */
#define SWIPE_PART 6    /* of the width, that a finger goes to the next one of the case */

static bool is_video(const struct browse *browse) {
    return browse->state == BROWSE_OPEN && browse->page.page.place.kind == PLACE_VIDEO;
}

void browse_video_enter(struct browse *browse, int64_t now_us) {
    const struct film *film = &browse->page.page.film;
    if (!film->path)
        return;
    if (player_is_on(&browse->player) && strcmp(browse->player.path, film->path) != 0)
        browse->frame = NULL;
    player_open(&browse->player, film->path, film->duration_ms, browse->sound, now_us);
    browse->page.page.shown = player_shown(&browse->player);
}

/* Whether something of it is on the screen, or will be again. */
static bool is_wanted(struct browse *browse) {
    const struct place *here = trail_here(&browse->trail);
    bool there = here && here->kind == PLACE_VIDEO;
    if (is_video(browse))
        return browse->page.page.film.path || browse->leaving.page.film.path;
    return there || browse->page.page.film.path || browse->leaving.page.film.path;
}

/* What does the same now, in the same place if it can. */
static size_t stand_in(const struct page *page, const struct target *target) {
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < page->target_count; i++) {
        const struct target *other = page->targets + i;
        bool here = other->place.x == target->place.x && other->place.y == target->place.y;
        if (other->action.kind == target->action.kind && page_shows(page, other->when) &&
            (here || best == SIZE_MAX))
            best = i;
    }
    return best;
}

/* What the keyboard has chosen may be another button now; where all have gone it waits. */
static void show(struct browse *browse) {
    struct page *page = &browse->page.page;
    page->shown = player_shown(&browse->player);
    if (!(page->shown & SHOWN_CONTROLS) || browse->focus >= page->target_count)
        return;
    const struct target *target = page->targets + browse->focus;
    if (!page_shows(page, target->when))
        browse->focus = stand_in(page, target);
}

void browse_tick_video(struct browse *browse, int64_t now_us) {
    struct player *player = &browse->player;
    if (!player_is_on(player))
        return;
    const struct place *here = trail_here(&browse->trail);
    bool closing = browse->state == BROWSE_CLOSED || browse->state == BROWSE_CLOSING;
    if (closing || !here || here->kind != PLACE_VIDEO)
        player_leave(player);
    if (!is_wanted(browse)) {
        player_close(player);
        browse->frame = NULL;
        return;
    }
    if (player->scrubs && !gestures_down(&browse->gestures))
        player_scrub_end(player, now_us);
    bool failed = player->state == PLAYER_FAILED;
    player_tick(player, now_us);
    if (!failed && player->state == PLAYER_FAILED)
        log_error("%s: 无法播放 (cannot be played): 没有动静 (nothing comes of it)", player->path);
    if (is_video(browse))
        show(browse);
    if (!player->left && player_is_over(player, now_us))
        browse_go_back(browse, now_us);
}

void browse_handle_video(struct browse *browse, const struct player_news *news,
                         const struct buffer *frame, int64_t now_us) {
    browse->frame = frame;
    player_handle_news(&browse->player, news, now_us);
}

void browse_video_forget(struct browse *browse) {
    browse->sound = browse->config->video.sound == SOUND_ON;
}

struct rect browse_video_place(const struct browse *browse) {
    const struct page *page = &browse->page.page;
    for (size_t i = 0; is_video(browse) && i < page->tile_count; i++)
        if (page->tiles[i].kind == TILE_VIDEO)
            return page->tiles[i].place;
    return (struct rect){0, 0, 0, 0};
}

/* ---- what somebody does */

bool browse_video_act(struct browse *browse, const struct action *action, int64_t now_us) {
    struct player *player = &browse->player;
    if (action->kind == ACTION_PLAY) {
        player_toggle(player, now_us);
    } else if (action->kind == ACTION_SOUND) {
        player_toggle_sound(player, now_us);
        browse->sound = player->sound;
    } else if (action->kind != ACTION_SEEK) {
        return false;
    }
    return true;
}

static void scrub(struct browse *browse, int x, int64_t now_us) {
    struct rect bar = browse->page.page.film.bar;
    int64_t at = bar.width > 0 ? (int64_t)(x - bar.x) * 1000 / bar.width : 0;
    player_scrub(&browse->player, (int)(at < 0 ? 0 : at > 1000 ? 1000 : at), now_us);
}

static void press(struct browse *browse, struct point at, int64_t now_us) {
    const struct target *target = browse_target_at(browse, at);
    if (target)
        player_touch(&browse->player, now_us);
    if (target && target->action.kind == ACTION_SEEK && !browse->caught)
        scrub(browse, at.x, now_us);
}

/* To the one before or behind it. */
static void swipe(struct browse *browse, const struct gesture *gesture, int64_t now_us) {
    int across = gesture->at.x - gesture->start.x, down = gesture->at.y - gesture->start.y;
    int least = browse->size.width / SWIPE_PART;
    bool far = across * across > least * least && across * across > 4 * down * down;
    if (far)
        browse_turn_page(browse, across < 0 ? 1 : -1, now_us);
}

bool browse_video_gesture(struct browse *browse, const struct gesture *gesture, int64_t now_us) {
    if (!is_video(browse) || !player_is_on(&browse->player))
        return false;
    struct player *player = &browse->player;
    switch (gesture->kind) {
    case GESTURE_PRESS:
        press(browse, gesture->at, now_us);
        return false;
    case GESTURE_DRAG:
        if (player->scrubs)
            scrub(browse, gesture->at.x, now_us);
        return true;
    case GESTURE_DRAG_END:
        if (player->scrubs)
            player_scrub_end(player, now_us);
        else
            swipe(browse, gesture, now_us);
        return true;
    case GESTURE_TAP:
    case GESTURE_LONG_PRESS:
        if (player->scrubs)
            player_scrub_end(player, now_us);
        else if (!browse->caught && !browse_target_at(browse, gesture->at))
            player_tap(player, now_us);
        return false;
    default:
        return false;
    }
}

bool browse_video_key(struct browse *browse, enum browse_key key, int64_t now_us) {
    if (!is_video(browse) || !player_is_on(&browse->player))
        return false;
    player_touch(&browse->player, now_us);
    show(browse);
    if (browse->focus < browse->page.page.target_count)
        return false;
    if (key == BROWSE_LEFT || key == BROWSE_RIGHT)
        player_skip(&browse->player, key == BROWSE_LEFT ? -SKIP_MS : SKIP_MS, now_us);
    else if (key == BROWSE_ENTER)
        player_toggle(&browse->player, now_us);
    else
        return false;
    return true;
}

bool browse_video_text(struct browse *browse, const char *text, int64_t now_us) {
    if (!is_video(browse) || !player_is_on(&browse->player) || strcmp(text, " ") != 0)
        return false;
    player_toggle(&browse->player, now_us);
    return true;
}
