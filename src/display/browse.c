#include "display/browse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/str.h"
#include "display/browse_private.h"

#define NOTICE_SECONDS 10
#define DESK_US        (110 * 1000000LL) /* with the notice two minutes */
#define SLOP_SHARE     4                 /* of a finger's 12 mm: 3 mm */

/* ---- life */

struct gesture_params browse_params(const struct browse *browse) {
    const struct page *page = &browse->page.page;
    bool photo = page->place.kind == PLACE_PICTURE && !page->touched_once;
    return (struct gesture_params){
        .slop = browse->finger / SLOP_SHARE, .double_taps = photo, .single = !photo};
}

void browse_init(struct browse *browse, const struct config *config, struct size size, int finger,
                 size_t budget) {
    *browse = (struct browse){.config = config,
                              .size = size,
                              .finger = finger,
                              .still = config->display.motion == MOTION_NONE,
                              .move_us = INT64_MIN,
                              .focus = SIZE_MAX};
    tile_cache_init(&browse->tiles, budget);
    browse_video_forget(browse);
    struct gesture_params params = browse_params(browse);
    gestures_init(&browse->gestures, &params);
}

static void drop_notice(struct browse *browse) {
    page_finish(&browse->notice);
    page_finish(&browse->notice_coming);
    browse->notice_left = 0;
    browse->notice_ticket = 0;
    browse->notice_wanted = false;
}

static void forget_pages(struct browse *browse) {
    page_finish(&browse->page.page);
    page_finish(&browse->coming.page);
    page_finish(&browse->leaving.page);
    drop_notice(browse);
    place_finish(&browse->notice_place);
    browse->move_us = INT64_MIN;
    browse->asked_count = 0;
    browse->pressed = false;
    browse->focus = SIZE_MAX;
}

void browse_finish(struct browse *browse) {
    forget_pages(browse);
    trail_clear(&browse->trail);
    tile_cache_clear(&browse->tiles);
    browse_desk_finish(browse);
    player_close(&browse->player);
    struct browse_count count;
    while (browse_take_count(browse, &count))
        free(count.id);
}

bool browse_is_closed(const struct browse *browse) {
    return browse->state == BROWSE_CLOSED;
}

/* ---- going somewhere */

void browse_want_page(struct browse *browse, enum browse_move move) {
    browse->wanted = true;
    browse->move = browse->still ? MOVE_CUT : move;
}

static void count(struct browse *browse, const char *id) {
    if (browse->count_count < BROWSE_COUNTS)
        browse->counts[browse->count_count++] =
            (struct browse_count){.id = id ? xstrdup(id) : NULL};
}

void browse_use(struct browse *browse, int64_t now_us) {
    browse->used_us = now_us;
    drop_notice(browse);
}

void browse_open(struct browse *browse, const struct browse_seen *seen, int64_t now_us) {
    struct place place = place_of(seen->id ? PLACE_CASE : PLACE_HOME, seen->id ? seen->id : "");
    place.before = seen->id && seen->before ? xstrdup(seen->before) : NULL;
    browse->state = BROWSE_OPENING;
    browse->pressed = false;
    browse_use(browse, now_us);
    count(browse, seen->id);
    trail_clear(&browse->trail);
    trail_go(&browse->trail, place, 0);
    browse_want_page(browse, MOVE_UP);
}

/* What was typed, where they were and how they wanted it: the next one begins anew. */
static void forget(struct browse *browse) {
    struct gesture ended[GESTURES_MAX];
    forget_pages(browse);
    trail_clear(&browse->trail);
    tile_cache_clear(&browse->tiles);
    gestures_cancel(&browse->gestures, ended);
    browse_leave_desk(browse);
    browse_video_forget(browse);
    browse->manner = (struct manner){0};
    browse->gestures.params = browse_params(browse);
    browse->state = BROWSE_CLOSED;
    browse->wanted = false;
    browse->page_ticket = 0; /* what still comes is not wanted */
}

void browse_end(struct browse *browse) {
    if (browse->state == BROWSE_CLOSING)
        forget(browse);
}

void browse_close(struct browse *browse, int64_t now_us) {
    if (browse->state != BROWSE_OPEN || browse->still) {
        forget(browse);
        return;
    }
    page_finish(&browse->leaving.page);
    page_finish(&browse->coming.page);
    drop_notice(browse);
    browse->wanted = false;
    browse->page_ticket = 0;
    browse->state = BROWSE_CLOSING;
    browse->moving = MOVE_UP;
    browse->move_us = now_us;
}

static void go(struct browse *browse, const struct place *place, bool replace) {
    const struct place *here = trail_here(&browse->trail);
    if (browse->black && !browse_is_desk(place))
        return;
    if (here && place_same(here, place))
        return;
    bool same_kind = here && here->kind == place->kind;
    bool further = here && place->kind == PLACE_PICTURE && place->picture < here->picture;
    if (place->kind == PLACE_CASE)
        count(browse, place->text);
    bool anew = replace && same_kind && browse_is_desk(place); /* something chosen there */
    if (browse->desk.who && !browse_is_desk(place)) { /* nobody comes back there without a PIN */
        browse_leave_desk(browse);
        trail_clear(&browse->trail);
        trail_go(&browse->trail, place_copy(place), 0);
    } else if (anew)
        trail_renew(&browse->trail, place_copy(place), browse->page.scroll);
    else if (replace)
        trail_replace(&browse->trail, place_copy(place));
    else
        trail_go(&browse->trail, place_copy(place), browse->page.scroll);
    if (place->picks)
        trail_choose(&browse->trail, place->picks);
    bool list = anew || place->kind == PLACE_UNIT || place->kind == PLACE_SCHOOL ||
                place->kind == PLACE_SEARCH; /* other keys */
    browse_want_page(browse, replace && same_kind && list ? MOVE_CUT
                             : replace && further         ? MOVE_BACK
                                                          : MOVE_FORWARD);
}

static void go_home(struct browse *browse) {
    const struct place *here = trail_here(&browse->trail);
    if (here && here->kind == PLACE_HOME)
        return;
    if (browse->black) {
        forget(browse);
        return;
    }
    browse_leave_desk(browse); /* no way back leads there any more */
    trail_clear(&browse->trail);
    trail_go(&browse->trail, place_of(PLACE_HOME, ""), 0);
    browse_want_page(browse, MOVE_BACK);
}

void browse_go_back(struct browse *browse, int64_t now_us) {
    const struct place *here = trail_here(&browse->trail);
    if (here && here->kind == PLACE_NEW_PIN)
        browse_forget_digits(browse);
    if (trail_back(&browse->trail))
        browse_want_page(browse, MOVE_BACK);
    else if (here && here->kind != PLACE_HOME)
        go_home(browse);
    else
        browse_close(browse, now_us);
}

static void set_query(struct browse *browse, char *query) {
    struct place *here = trail_here(&browse->trail);
    if (!here || here->kind != PLACE_SEARCH) {
        free(query);
        return;
    }
    query[utf8_cut(query, BROWSE_QUERY_MAX)] = '\0';
    free(here->text);
    here->text = query;
    browse_want_page(browse, MOVE_CUT);
}

static void erase(struct browse *browse) {
    const struct place *here = trail_here(&browse->trail);
    size_t size = here ? strlen(here->text) : 0;
    if (size)
        set_query(browse, xstrndup(here->text, utf8_cut(here->text, size - 1)));
}

static void type(struct browse *browse, const char *text) {
    const struct place *here = trail_here(&browse->trail);
    if (here && here->kind == PLACE_SEARCH)
        set_query(browse, xasprintf("%s%s", here->text, text));
}

static void jump(struct browse *browse, int to, int64_t now_us) {
    if (browse->still)
        scroller_jump(&browse->scroller, to);
    else
        scroller_glide(&browse->scroller, to, now_us);
}

/* A case counts by itself. */
static bool counts_itself(const struct action *action) {
    return (action->kind == ACTION_GO || action->kind == ACTION_REPLACE) &&
           action->place.kind == PLACE_CASE;
}

void browse_act(struct browse *browse, const struct action *action, int64_t now_us) {
    if (!counts_itself(action))
        count(browse, NULL);
    if (browse_desk_act(browse, action) || browse_video_act(browse, action, now_us))
        return;
    switch (action->kind) {
    case ACTION_NONE:
    case ACTION_ENTER:
    case ACTION_ASK:
    case ACTION_BLACK:
    case ACTION_CHOOSE:
    case ACTION_TURN:
    case ACTION_KEEP:
    case ACTION_RESTART:
    case ACTION_PLAY:
    case ACTION_SOUND:
    case ACTION_SEEK:
        break;
    case ACTION_GO:
    case ACTION_REPLACE:
        go(browse, &action->place, action->kind == ACTION_REPLACE);
        break;
    case ACTION_BACK:
        if (action->place.picks)
            trail_choose(&browse->trail, action->place.picks);
        browse_go_back(browse, now_us);
        break;
    case ACTION_HOME:
        go_home(browse);
        break;
    case ACTION_LOOP:
        browse_close(browse, now_us);
        break;
    case ACTION_TYPE:
        type(browse, action->text);
        break;
    case ACTION_ERASE:
        erase(browse);
        break;
    case ACTION_WORD:
        set_query(browse, xstrdup(action->text));
        break;
    case ACTION_JUMP:
        jump(browse, action->number, now_us);
        break;
    case ACTION_REACH:
        browse->manner.reach = !browse->manner.reach;
        browse_want_page(browse, MOVE_CUT);
        break;
    case ACTION_ENGLISH:
        browse->manner.english = !browse->manner.english;
        browse_want_page(browse, MOVE_CUT);
        break;
    case ACTION_CONTRAST:
        browse->manner.contrast = !browse->manner.contrast;
        browse_want_page(browse, MOVE_CUT);
        break;
    case ACTION_SIZE:
        browse->manner.size = (browse->manner.size + 1) % TEXT_SIZE_COUNT;
        browse_want_page(browse, MOVE_CUT);
        break;
    }
}

/* ---- what it lies on changes */

void browse_handle_black(struct browse *browse, bool black) {
    const struct place *here = trail_here(&browse->trail);
    browse->black = black;
    if (black && !(here && browse_is_desk(here)))
        forget(browse);
}

void browse_handle_library(struct browse *browse) {
    if (browse->state == BROWSE_OPEN || browse->state == BROWSE_OPENING)
        browse_want_page(browse, MOVE_CUT);
}

void browse_handle_resize(struct browse *browse, struct size size, int finger) {
    browse->size = size;
    browse->finger = finger;
    struct gesture ended[GESTURES_MAX];
    gestures_cancel(&browse->gestures, ended);
    browse->gestures.params = browse_params(browse);
    if (browse->state == BROWSE_CLOSED)
        return;
    if (browse->state == BROWSE_CLOSING) {
        forget(browse);
        return;
    }
    forget_pages(browse);
    tile_cache_clear(&browse->tiles);
    browse->state = BROWSE_OPENING;
    browse_want_page(browse, MOVE_CUT);
}

/* ---- time */

void browse_settle_scroll(struct browse *browse, int64_t now_us) {
    browse->page.scroll = (int)lround(scroller_at(&browse->scroller, now_us));
}

static int64_t idle_us(const struct browse *browse) {
    return browse->desk.who ? DESK_US : browse->config->touch.idle_seconds * 1000000LL;
}

/* When the page in sight is to be made anew; INT64_MAX: not by itself. */
static int64_t stale_us(const struct browse *browse) {
    const struct page *page = &browse->page.page;
    bool coming = browse->wanted || browse->page_ticket != page->ticket;
    return browse->state != BROWSE_OPEN || coming || !page->refresh_ms
               ? INT64_MAX
               : browse->entered_us + page->refresh_ms * 1000LL;
}

/* Whether it is in use without a touch: what was pushed still moves, a finger rests, a video plays.
 */
static bool is_used(const struct browse *browse, int64_t now_us) {
    return player_is_used(&browse->player) || gestures_down(&browse->gestures) ||
           scroller_moves(&browse->scroller, now_us);
}

/* Nobody is there any more: says so, then the loop goes on. */
static void tick_idle(struct browse *browse, int64_t now_us) {
    if (is_used(browse, now_us))
        browse_use(browse, now_us);
    int64_t over = now_us - browse->used_us - idle_us(browse);
    if (over < 0)
        return;
    int left = NOTICE_SECONDS - (int)(over / 1000000);
    if (left <= 0) {
        browse_close(browse, now_us);
        return;
    }
    if (left == browse->notice_left || browse->state != BROWSE_OPEN)
        return;
    browse->notice_left = left;
    browse->notice_wanted = true;
    place_finish(&browse->notice_place);
    browse->notice_place = place_of(PLACE_NOTICE, "");
    browse->notice_place.picture = left;
}

/* One page comes, the one before it goes. */
static void tick_pages(struct browse *browse, int64_t now_us) {
    browse_enter(browse, now_us);
    if (browse->move_us == INT64_MIN || now_us - browse->move_us < MOVE_US)
        return;
    browse->move_us = INT64_MIN;
    page_finish(&browse->leaving.page);
    if (browse->state == BROWSE_CLOSING)
        forget(browse);
}

void browse_tick(struct browse *browse, int64_t now_us, const struct browse_seen *seen) {
    browse_tick_gestures(browse, seen, now_us);
    browse_tick_desk(browse, seen, now_us);
    if (browse->state != BROWSE_CLOSED)
        tick_pages(browse, now_us);
    browse_tick_video(browse, now_us); /* a video goes with the last page that shows it */
    if (browse->state == BROWSE_CLOSED)
        return;
    if (now_us >= stale_us(browse))
        browse_want_page(browse, MOVE_CUT);
    if (browse->state == BROWSE_OPEN || browse->state == BROWSE_OPENING)
        tick_idle(browse, now_us);
}

bool browse_take_count(struct browse *browse, struct browse_count *taken) {
    if (!browse->count_count)
        return false;
    *taken = browse->counts[0];
    memmove(browse->counts, browse->counts + 1, --browse->count_count * sizeof *browse->counts);
    return true;
}

bool browse_stirs(const struct browse *browse, int64_t now_us) {
    const struct page *page = &browse->page.page;
    if (page->place.kind == PLACE_PICTURE)
        return zoom_moves(&browse->zoom, now_us);
    return page->view.height > 0 && scroller_moves(&browse->scroller, now_us);
}

bool browse_moves(const struct browse *browse, int64_t now_us) {
    if (browse->state != BROWSE_OPEN && browse->state != BROWSE_CLOSING)
        return false;
    return browse->move_us != INT64_MIN || browse->stirred || browse_stirs(browse, now_us);
}

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

int64_t browse_deadline(const struct browse *browse, int64_t now_us) {
    int64_t at = gestures_deadline(&browse->gestures);
    if (browse->state == BROWSE_CLOSED)
        return earlier(at, browse_desk_deadline(browse));
    if (browse_moves(browse, now_us))
        return now_us;
    at = earlier(at, browse_setup_deadline(browse));
    at = earlier(at, player_deadline(&browse->player));
    int64_t patient = browse->came_us + PATIENCE_US;
    if (browse->coming.page.tile_count && patient > now_us) /* later only its tiles help */
        at = earlier(at, patient);
    int64_t idle = browse->used_us + idle_us(browse);
    if (now_us >= idle)
        idle += ((now_us - idle) / 1000000 + 1) * 1000000;
    return earlier(earlier(at, stale_us(browse)), idle);
}

bool browse_shows_loop(const struct browse *browse) {
    return browse->state != BROWSE_OPEN ||
           (browse->move_us != INT64_MIN && !browse->leaving.page.tile_count);
}

const struct place *browse_here(const struct browse *browse) {
    if (browse->state != BROWSE_OPEN)
        return NULL;
    return &browse->page.page.place;
}

double browse_zoom(const struct browse *browse) {
    bool photo = browse->page.page.place.kind == PLACE_PICTURE && browse->zoom.fit > 0;
    return photo ? browse->zoom.scale / browse->zoom.fit : 0;
}
