/* Pages and tiles: which are wanted, and how one page gives way to the next. */
#include <math.h>
#include <string.h>

#include "display/browse_private.h"

#define AHEAD_PERCENT 60 /* of the view, above and below it: tiles made before they are seen */
#define AHEAD_BUDGET  3  /* of all tiles' bytes, they may be a third */

/* ---- pages */

bool browse_wants_page(struct browse *browse, struct page_wish *wish) {
    const struct place *here = trail_here(&browse->trail);
    if (browse->wanted && here) {
        browse->wanted = false;
        page_finish(&browse->coming.page);
        browse->page_ticket = ++browse->ticket;
        *wish = (struct page_wish){here, browse->manner, browse->page_ticket};
        return true;
    }
    if (!browse->notice_wanted)
        return false;
    browse->notice_wanted = false;
    browse->notice_ticket = ++browse->ticket;
    *wish = (struct page_wish){&browse->notice_place, browse->manner, browse->notice_ticket};
    return true;
}

/* Where it begins: as it was left, or as it is where it is only made anew. */
static int scroll_of(const struct browse *browse, const struct page *page) {
    const struct page *old = &browse->page.page;
    bool same = old->tile_count && place_same(&old->place, &page->place) && old->height > 0;
    if (same)
        return (int)((int64_t)browse->page.scroll * page->height / old->height);
    return trail_scroll(&browse->trail);
}

void browse_handle_page(struct browse *browse, struct page *page, int64_t now_us) {
    bool notice = page->place.kind == PLACE_NOTICE;
    bool stale = page->size.width != browse->size.width || page->size.height != browse->size.height;
    if (stale || page->ticket != (notice ? browse->notice_ticket : browse->page_ticket)) {
        page_finish(page);
        return;
    }
    struct page *to = notice ? &browse->notice_coming : &browse->coming.page;
    page_finish(to);
    *to = *page;
    *page = (struct page){0};
    if (notice)
        return;
    browse->coming.scroll = scroll_of(browse, to);
    browse->came_us = now_us;
}

/* ---- tiles */

static bool was_asked(const struct browse *browse, uint64_t key) {
    for (size_t i = 0; i < browse->asked_count; i++)
        if (browse->asked[i].key == key)
            return true;
    return false;
}

/* Whether it is in sight, or will be soon. */
static bool is_near(const struct page *page, const struct tile *tile, int scroll, int ahead) {
    if (tile->kind != TILE_SCROLLED)
        return true;
    struct rect view = page->view;
    view.y -= ahead;
    view.height += 2 * ahead;
    return !rect_empty(rect_meet(page_place(page, tile->place, true, scroll), view));
}

/* The first tile that is missing; SIZE_MAX: none is. */
static size_t missing(struct browse *browse, const struct page *page, int scroll, int ahead,
                      bool fixed_only) {
    for (size_t i = 0; i < page->tile_count; i++) {
        const struct tile *tile = &page->tiles[i];
        bool known = false;
        if ((fixed_only && tile->kind == TILE_SCROLLED) || !is_near(page, tile, scroll, ahead))
            continue;
        tile_cache_find(&browse->tiles, tile->key, &known);
        if (!known && !was_asked(browse, tile->key))
            return i;
    }
    return SIZE_MAX;
}

static bool ask_of(struct browse *browse, const struct page *page, int scroll, int ahead,
                   bool fixed_only, struct tile_wish *wish) {
    size_t tile = page->tile_count ? missing(browse, page, scroll, ahead, fixed_only) : SIZE_MAX;
    if (tile == SIZE_MAX)
        return false;
    *wish = (struct tile_wish){page->ticket, tile, page->tiles[tile].key};
    browse->asked[browse->asked_count++] = *wish;
    return true;
}

/* Pixels above and below the view. */
static int ahead_of(const struct browse *browse) {
    struct rect view = browse->page.page.view;
    int64_t row = (int64_t)(view.width > 0 ? view.width : 1) * 4 * 2;
    int64_t most = (int64_t)(browse->tiles.budget / AHEAD_BUDGET) / row;
    int64_t wish = (int64_t)view.height * AHEAD_PERCENT / 100;
    return (int)(wish < most ? wish : most);
}

bool browse_wants_tile(struct browse *browse, int64_t now_us, struct tile_wish *wish) {
    if (browse->asked_count == BROWSE_TILES_ASKED || browse->state == BROWSE_CLOSED)
        return false;
    const struct page *page = &browse->page.page;
    int ahead = ahead_of(browse);
    int scroll = (int)lround(scroller_at(&browse->scroller, now_us));
    return ask_of(browse, &browse->coming.page, browse->coming.scroll, 0, true, wish) ||
           ask_of(browse, &browse->coming.page, browse->coming.scroll, 0, false, wish) ||
           ask_of(browse, &browse->notice_coming, 0, 0, true, wish) ||
           ask_of(browse, page, scroll, 0, false, wish) ||
           (!browse->coming.page.tile_count && ask_of(browse, page, scroll, ahead, false, wish));
}

static bool is_ticket(const struct page *page, uint64_t ticket) {
    return page->tile_count && page->ticket == ticket;
}

void browse_handle_tile(struct browse *browse, const struct tile_wish *wish,
                        struct buffer *buffer) {
    for (size_t i = 0; i < browse->asked_count; i++)
        if (browse->asked[i].key == wish->key) {
            browse->asked[i] = browse->asked[--browse->asked_count];
            break;
        }
    bool ours = is_ticket(&browse->page.page, wish->ticket) ||
                is_ticket(&browse->coming.page, wish->ticket) ||
                is_ticket(&browse->notice_coming, wish->ticket);
    if (browse->state == BROWSE_CLOSED)
        buffer_destroy(buffer);
    else if (buffer || ours) /* else its page was forgotten: no reason not to ask again */
        tile_cache_add(&browse->tiles, wish->key, buffer);
}

/* ---- one after another */

static bool same_rect(struct rect a, struct rect b) {
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

/* Does the same in the same place. */
static bool same_target(const struct target *a, const struct target *b) {
    const struct action *one = &a->action, *other = &b->action;
    bool places = one->place.text && other->place.text;
    bool texts = one->text && other->text;
    return same_rect(a->place, b->place) && a->scrolled == b->scrolled &&
           one->kind == other->kind && one->number == other->number &&
           (places ? place_same(&one->place, &other->place)
                   : one->place.text == other->place.text) &&
           (texts ? strcmp(one->text, other->text) == 0 : one->text == other->text) &&
           (one->more && other->more ? strcmp(one->more, other->more) == 0
                                     : one->more == other->more);
}

/* The target of the page that is coming that is this one of the page in sight; SIZE_MAX: it is gone
 * (NULL: there was none). */
static size_t survivor(const struct browse *browse, const struct target *target) {
    const struct page *page = &browse->coming.page;
    for (size_t i = 0; target && i < page->target_count; i++)
        if (same_target(target, &page->targets[i]))
            return i;
    return SIZE_MAX;
}

/* Who types fast has a finger on the next key when the page of the last one comes: a press goes on
 * where it means the same, and so does what the keyboard has chosen. */
static void carry_over(struct browse *browse) {
    const struct page *page = &browse->page.page;
    const struct target *pressed = browse->pressed && browse->state == BROWSE_OPEN
                                       ? browse_target_at(browse, browse->press)
                                       : NULL;
    bool same = !pressed || !pressed->scrolled || browse->page.scroll == browse->coming.scroll;
    bool cut = browse->move == MOVE_CUT;
    browse->focus = cut && browse->focus < page->target_count
                        ? survivor(browse, page->targets + browse->focus)
                        : SIZE_MAX;
    if (cut && same && survivor(browse, pressed) != SIZE_MAX)
        return;
    struct gesture ended[GESTURES_MAX];
    gestures_cancel(&browse->gestures, ended);
    browse->pressed = false;
}

static void init_zoom(struct browse *browse) {
    const struct page *page = &browse->page.page;
    browse->zoom = (struct zoom){0};
    for (size_t i = 0; i < page->tile_count; i++) {
        if (page->tiles[i].kind != TILE_PHOTO)
            continue;
        bool known = false;
        bool broken = !tile_cache_find(&browse->tiles, page->tiles[i].key, &known);
        struct size photo = broken ? (struct size){0, 0} : page->photo; /* it is swiped away, too */
        zoom_init(&browse->zoom, photo, page->view);
        browse->zoom.previous = page->place.picture > 0;
        browse->zoom.next = page->place.picture + 1 < page->pictures;
    }
}

/* The page that came is the one in sight once more: what was pushed goes on, what is held stays. */
static bool is_anew(const struct browse *browse) {
    const struct page *old = &browse->page.page, *now = &browse->coming.page;
    return browse->state == BROWSE_OPEN && browse->move == MOVE_CUT && old->tile_count &&
           place_same(&old->place, &now->place) && same_rect(old->view, now->view) &&
           old->manner.size == now->manner.size;
}

static void leave(struct browse *browse, int64_t now_us) {
    page_finish(&browse->leaving.page);
    if (browse->state != BROWSE_OPEN || browse->move == MOVE_CUT) {
        page_finish(&browse->page.page);
        return;
    }
    browse->leaving = browse->page;
    browse->leaving.shift = browse->zoom.picture.width ? zoom_look(&browse->zoom, now_us).shift : 0;
}

/* The page in sight gives way to the one that came. */
static void enter(struct browse *browse, int64_t now_us) {
    browse->entered_us = now_us;
    const struct page *page = &browse->page.page;
    if (page->tile_count && place_same(&page->place, &browse->coming.page.place))
        browse->coming.scroll = scroll_of(browse, &browse->coming.page); /* it went on */
    carry_over(browse);
    bool stays = is_anew(browse);
    leave(browse, now_us);
    browse->page = browse->coming;
    browse->coming = (struct browse_page){0};
    browse->state = BROWSE_OPEN;
    browse->gestures.params = browse_params(browse);
    if (stays) {
        scroller_resize(&browse->scroller, page->height, page->view.height, now_us);
        browse_settle_scroll(browse, now_us);
    } else {
        scroller_init(&browse->scroller, page->height, page->view.height);
        scroller_jump(&browse->scroller, browse->page.scroll);
    }
    init_zoom(browse);
    browse->moving = browse->move;
    browse->move_us = browse->move == MOVE_CUT ? INT64_MIN : now_us;
    browse_desk_enter(browse);
    browse_video_enter(browse, now_us);
}

static bool is_known(struct browse *browse, const struct tile *tile) {
    bool known = false;
    tile_cache_find(&browse->tiles, tile->key, &known);
    return known;
}

/* The fixed tiles are there and, unless that takes long, all in sight. */
static bool is_ready(struct browse *browse, const struct browse_page *coming, int64_t now_us) {
    const struct page *page = &coming->page;
    bool patient = now_us - browse->came_us < PATIENCE_US;
    for (size_t i = 0; i < page->tile_count; i++) {
        const struct tile *tile = &page->tiles[i];
        bool needed = tile->kind != TILE_SCROLLED || patient;
        if (needed && is_near(page, tile, coming->scroll, 0) && !is_known(browse, tile))
            return false;
    }
    return page->tile_count;
}

/* Each second's notice covers the last one's at once. */
static void enter_notice(struct browse *browse) {
    struct page *page = &browse->notice_coming;
    for (size_t i = 0; i < page->tile_count; i++)
        if (!is_known(browse, &page->tiles[i]))
            return;
    if (!page->tile_count)
        return;
    page_finish(&browse->notice);
    browse->notice = *page;
    *page = (struct page){0};
}

void browse_enter(struct browse *browse, int64_t now_us) {
    if (is_ready(browse, &browse->coming, now_us))
        enter(browse, now_us);
    enter_notice(browse);
}
