/* Pages and tiles: which are wanted, and how one page gives way to the next. */
#include <math.h>

#include "display/browse_private.h"

#define AHEAD_PERCENT 60 /* of the view, above and below it: tiles made before they are seen */

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
    struct page *to = notice ? &browse->notice : &browse->coming.page;
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

bool browse_wants_tile(struct browse *browse, int64_t now_us, struct tile_wish *wish) {
    if (browse->asked_count == BROWSE_TILES_ASKED || browse->state == BROWSE_CLOSED)
        return false;
    const struct page *page = &browse->page.page;
    int ahead = page->view.height * AHEAD_PERCENT / 100;
    int scroll = (int)lround(scroller_at(&browse->scroller, now_us));
    return ask_of(browse, &browse->coming.page, browse->coming.scroll, 0, true, wish) ||
           ask_of(browse, &browse->coming.page, browse->coming.scroll, 0, false, wish) ||
           ask_of(browse, &browse->notice, 0, 0, true, wish) ||
           ask_of(browse, page, scroll, 0, false, wish) ||
           (!browse->coming.page.tile_count && ask_of(browse, page, scroll, ahead, false, wish));
}

void browse_handle_tile(struct browse *browse, const struct tile_wish *wish,
                        struct buffer *buffer) {
    for (size_t i = 0; i < browse->asked_count; i++)
        if (browse->asked[i].key == wish->key) {
            browse->asked[i] = browse->asked[--browse->asked_count];
            break;
        }
    if (browse->state == BROWSE_CLOSED)
        buffer_destroy(buffer);
    else
        tile_cache_add(&browse->tiles, wish->key, buffer);
}

/* ---- one after another */

/* The page in sight gives way to the one that came. */
static void enter(struct browse *browse, int64_t now_us) {
    struct gesture ended[GESTURES_MAX];
    gestures_cancel(&browse->gestures, ended);
    page_finish(&browse->leaving.page);
    if (browse->state == BROWSE_OPEN && browse->move != MOVE_CUT)
        browse->leaving = browse->page;
    else
        page_finish(&browse->page.page);
    browse->page = browse->coming;
    browse->coming = (struct browse_page){0};
    browse->state = BROWSE_OPEN;
    browse->pressed = false;
    browse->focus = SIZE_MAX;
    const struct page *page = &browse->page.page;
    browse->gestures.params = browse_params(browse);
    scroller_init(&browse->scroller, page->height, page->view.height);
    scroller_jump(&browse->scroller, browse->page.scroll);
    for (size_t i = 0; i < page->tile_count; i++) {
        if (page->tiles[i].kind != TILE_PHOTO)
            continue;
        bool known = false;
        const struct buffer *photo = tile_cache_find(&browse->tiles, page->tiles[i].key, &known);
        struct size size = photo ? page->photo : (struct size){0, 0}; /* else: it is broken */
        zoom_init(&browse->zoom, size, page->view);
        browse->zoom.previous = page->place.picture > 0;
        browse->zoom.next = page->place.picture + 1 < page->pictures;
    }
    browse->move_us = browse->move == MOVE_CUT ? INT64_MIN : now_us;
}

/* The fixed tiles are there and, unless that takes long, all in sight. */
static bool is_ready(struct browse *browse, int64_t now_us) {
    const struct page *page = &browse->coming.page;
    bool patient = now_us - browse->came_us < PATIENCE_US;
    for (size_t i = 0; i < page->tile_count; i++) {
        const struct tile *tile = &page->tiles[i];
        bool known = false;
        if (!is_near(page, tile, browse->coming.scroll, 0) ||
            (tile->kind == TILE_SCROLLED && !patient))
            continue;
        tile_cache_find(&browse->tiles, tile->key, &known);
        if (!known)
            return false;
    }
    return true;
}

void browse_enter(struct browse *browse, int64_t now_us) {
    if (browse->coming.page.tile_count && is_ready(browse, now_us))
        enter(browse, now_us);
}
