/* What is seen of the mode: tiles, marks, and how pages move. */
#include <math.h>
#include <string.h>

#include "display/browse_private.h"
#include "display/length.h"

#define OPAQUE 256
#define FOCUS  6 /* pixels at 1080 of the keyboard's frame */

struct list {
    struct placement *items;
    size_t count, room;
    int alpha; /* of what is added now, 0 … OPAQUE */
};

static void add(struct list *list, struct placement placement) {
    placement.alpha = list->alpha;
    if (list->count < list->room)
        list->items[list->count++] = placement;
}

static void add_fill(struct list *list, struct rect place, struct rect clip, int radius,
                     colour fill) {
    add(list, (struct placement){.x = place.x,
                                 .y = place.y,
                                 .size = {place.width, place.height},
                                 .clip = clip,
                                 .fill = fill,
                                 .radius = radius});
}

static struct rect moved(struct rect rect, struct point by) {
    return (struct rect){rect.x + by.x, rect.y + by.y, rect.width, rect.height};
}

/* What is not there yet is a plain field; what could not be made stays one. */
static void add_tile(struct browse *browse, const struct browse_page *shown,
                     const struct tile *tile, struct point by, struct list *list) {
    const struct page *page = &shown->page;
    bool scrolled = tile->kind == TILE_SCROLLED, known = false;
    struct rect whole = {0, 0, page->size.width, page->size.height};
    struct rect clip = scrolled ? page->view : whole;
    struct rect place = page_place(page, tile->place, scrolled, shown->scroll);
    if (!page_shows(page, tile->when))
        return;
    if (rect_empty(rect_meet(place, clip)))
        return;
    const struct buffer *buffer = tile_cache_find(&browse->tiles, tile->key, &known);
    place = moved(place, by);
    clip = moved(clip, by);
    if (buffer)
        add(list, (struct placement){.buffer = buffer, .x = place.x, .y = place.y, .clip = clip});
    else if (scrolled)
        add_fill(list, place, clip, tile->radius, page->empty);
}

static void add_photo(struct browse *browse, const struct browse_page *shown,
                      const struct tile *tile, struct point by, int64_t now_us, struct list *list) {
    bool known = false;
    const struct buffer *buffer = tile_cache_find(&browse->tiles, tile->key, &known);
    if (!buffer)
        return;
    struct zoom_look look = zoom_look(&browse->zoom, now_us);
    if (shown != &browse->page) { /* on its way out: as it fits, from where a swipe left it */
        look.place = tile->place;
        look.place.x += shown->shift;
        look.part = (struct zoom_part){0, 0, shown->page.photo.width, shown->page.photo.height};
    }
    if (rect_empty(look.place))
        return;
    add(list,
        (struct placement){
            .buffer = buffer,
            .x = look.place.x + by.x,
            .y = look.place.y + by.y,
            .part = {(int)(look.part.x * PART_PIXEL), (int)(look.part.y * PART_PIXEL),
                     (int)(look.part.width * PART_PIXEL), (int)(look.part.height * PART_PIXEL)},
            .size = {look.place.width, look.place.height}});
}

/* Frames come in the size of their place, but for a moment after that has changed, and on a GPU. */
static void add_frame(const struct buffer *frame, struct rect place, struct list *list) {
    bool aside = frame->turned == ROTATE_90 || frame->turned == ROTATE_270;
    struct size size = {aside ? frame->height : frame->width, aside ? frame->width : frame->height};
    struct placement placement = {.buffer = frame, .x = place.x, .y = place.y};
    if (size.width != place.width || size.height != place.height) {
        placement.part = (struct rect){0, 0, size.width * PART_PIXEL, size.height * PART_PIXEL};
        placement.size = (struct size){place.width, place.height};
    }
    add(list, placement);
}

static void add_video(struct browse *browse, const struct browse_page *shown,
                      const struct tile *tile, struct point by, struct list *list) {
    const struct player *player = &browse->player;
    const char *path = shown->page.film.path;
    bool plays = path && player->path && strcmp(path, player->path) == 0;
    if (plays && browse->frame)
        add_frame(browse->frame, moved(tile->place, by), list);
    else
        add_tile(browse, shown, tile, by, list);
}

/* The time, glyph by glyph, each of which is a part of the one tile that holds them all. */
static void add_clock(struct browse *browse, const struct tile *digits, struct point by,
                      struct list *list) {
    const struct film *film = &browse->page.page.film;
    bool known = false;
    const struct buffer *buffer = tile_cache_find(&browse->tiles, digits->key, &known);
    char text[LENGTH_TEXT_SIZE];
    size_t count = length_text(browse->player.position_ms, text);
    int cell = digits->place.width / LENGTH_GLYPHS, x = film->clock.x + by.x;
    for (size_t i = 0; buffer && i < count; i++) {
        int cut = text[i] == ':' ? cell / 4 : 0; /* narrower than a digit */
        const struct rect clip = {x, film->clock.y + by.y, cell - 2 * cut, digits->place.height};
        add(list, (struct placement){.buffer = buffer,
                                     .x = x - cut - length_glyph(text[i]) * cell,
                                     .y = clip.y,
                                     .clip = clip});
        x += clip.width;
    }
}

/* What has been, what is left, and a knob between them. */
static void add_length(const struct browse *browse, struct point by, struct list *list) {
    const struct film *film = &browse->page.page.film;
    const struct player *player = &browse->player;
    struct rect bar = moved(film->bar, by), none = {0, 0, 0, 0};
    int64_t length = player->duration_ms > 0 ? player->duration_ms : 1, at = player->position_ms;
    at = at < 0 ? 0 : at > length ? length : at;
    int been = (int)(bar.width * at / length), knob = bar.height * 3;
    add_fill(list, bar, none, bar.height / 2, film->rest);
    if (been > 0)
        add_fill(list, (struct rect){bar.x, bar.y, been, bar.height}, none, bar.height / 2,
                 film->ink);
    add_fill(list,
             (struct rect){bar.x + been - knob / 2, bar.y + (bar.height - knob) / 2, knob, knob},
             none, knob / 2, film->ink);
}

static void add_progress(struct browse *browse, const struct browse_page *shown, struct point by,
                         struct list *list) {
    const struct page *page = &shown->page;
    if (!page->film.path || shown != &browse->page ||
        !page_shows(page, SHOWN_CONTROLS | SHOWN_LENGTH))
        return;
    add_length(browse, by, list);
    for (size_t i = 0; i < page->tile_count; i++)
        if (page->tiles[i].kind == TILE_DIGITS)
            add_clock(browse, &page->tiles[i], by, list);
}

/* How far down one is, where there is more than is seen. */
static void add_bar(const struct browse_page *shown, struct point by, struct list *list) {
    const struct page *page = &shown->page;
    struct rect view = page->view;
    if (view.height <= 0 || page->height <= view.height)
        return;
    int width = page->size.width < page->size.height ? page->size.width : page->size.height;
    width = width / 180 + 1;
    int64_t high = (int64_t)view.height * view.height / page->height;
    high = high < 6 * width ? 6 * width : high;
    int64_t room = view.height - high, way = page->height - view.height;
    int64_t at = room * shown->scroll / way;
    at = at < 0 ? 0 : at > room ? room : at;
    struct rect place = {view.x + view.width + width, view.y + (int)at, width, (int)high};
    add_fill(list, moved(place, by), (struct rect){0, 0, 0, 0}, width / 2,
             page->mark | 0xFF000000u);
}

static void add_marks(const struct browse *browse, struct point by, struct list *list) {
    const struct page *page = &browse->page.page;
    int scroll = browse->page.scroll;
    const struct target *target = browse->pressed ? browse_target_at(browse, browse->press) : NULL;
    if (target && target->action.kind != ACTION_SEEK)
        add_fill(list, moved(page_place(page, target->place, target->scrolled, scroll), by),
                 target->scrolled ? moved(page->view, by) : (struct rect){0, 0, 0, 0},
                 target->radius, page->mark);
    if (browse->focus >= page->target_count)
        return;
    target = page->targets + browse->focus;
    if (!page_shows(page, target->when))
        return;
    struct rect at = moved(page_place(page, target->place, target->scrolled, scroll), by);
    int edge = FOCUS * browse->finger / 45 + 1;
    const struct rect sides[] = {{at.x, at.y, at.width, edge},
                                 {at.x, at.y + at.height - edge, at.width, edge},
                                 {at.x, at.y, edge, at.height},
                                 {at.x + at.width - edge, at.y, edge, at.height}};
    for (int i = 0; i < 4; i++)
        add_fill(list, sides[i], (struct rect){0, 0, 0, 0}, 0, page->mark | 0xFF000000u);
}

static void add_page(struct browse *browse, const struct browse_page *shown, struct point by,
                     int64_t now_us, struct list *list) {
    const struct page *page = &shown->page;
    struct rect whole = {by.x, by.y, page->size.width, page->size.height};
    add_fill(list, whole, (struct rect){0, 0, 0, 0}, 0, page->ground);
    for (size_t i = 0; i < page->tile_count; i++)
        if (page->tiles[i].kind == TILE_PHOTO)
            add_photo(browse, shown, &page->tiles[i], by, now_us, list);
        else if (page->tiles[i].kind == TILE_VIDEO)
            add_video(browse, shown, &page->tiles[i], by, list);
    if (page->film.path)
        list->alpha = player_alpha(&browse->player, now_us);
    for (int kind = TILE_SCROLLED; kind >= TILE_FIXED; kind--)
        for (size_t i = 0; i < page->tile_count; i++)
            if ((int)page->tiles[i].kind == kind)
                add_tile(browse, shown, &page->tiles[i], by, list);
    add_progress(browse, shown, by, list);
    list->alpha = OPAQUE;
    add_bar(shown, by, list);
}

/* A touch of the loop is felt, too, while the first page is being made. */
static void add_touch(const struct browse *browse, struct list *list) {
    int side = browse->finger * 2;
    if (browse->pressed)
        add_fill(list,
                 (struct rect){browse->press.x - side / 2, browse->press.y - side / 2, side, side},
                 (struct rect){0, 0, 0, 0}, side / 2, TOUCH_MARK);
}

/* From 0 to 1, slower at the end. */
static double eased(const struct browse *browse, int64_t now_us) {
    double at = (double)(now_us - browse->move_us) / MOVE_US;
    at = at < 0 ? 0 : at > 1 ? 1 : at;
    return 1 - pow(1 - at, 3);
}

static struct point along(const struct browse *browse, enum browse_move move, double share) {
    int across = (int)lround(browse->size.width * share);
    int down = (int)lround(browse->size.height * share);
    return move == MOVE_UP     ? (struct point){0, down}
           : move == MOVE_BACK ? (struct point){-across, 0}
                               : (struct point){across, 0};
}

size_t browse_place(struct browse *browse, int64_t now_us, struct placement *placements,
                    size_t room) {
    struct list list = {.items = placements, .room = room, .alpha = OPAQUE};
    tile_cache_begin(&browse->tiles);
    browse->stirred = browse_stirs(browse, now_us);
    if (browse->state == BROWSE_CLOSED || browse->state == BROWSE_OPENING) {
        add_touch(browse, &list);
        return list.count;
    }
    browse_settle_scroll(browse, now_us);
    struct point by = {0, 0};
    if (browse->move_us != INT64_MIN) {
        double at = eased(browse, now_us);
        bool closing = browse->state == BROWSE_CLOSING;
        by = along(browse, browse->moving, closing ? at : 1 - at);
        if (browse->leaving.page.tile_count) { /* goes a third of the way, below the other */
            struct point aside = along(browse, browse->moving, -at / 3);
            add_page(browse, &browse->leaving, aside, now_us, &list);
        }
    }
    add_page(browse, &browse->page, by, now_us, &list);
    add_marks(browse, by, &list);
    for (size_t i = 0; i < browse->notice.tile_count; i++) {
        bool known = false;
        const struct tile *tile = &browse->notice.tiles[i];
        const struct buffer *buffer = tile_cache_find(&browse->tiles, tile->key, &known);
        if (buffer)
            add(&list, (struct placement){
                           .buffer = buffer, .x = tile->place.x + by.x, .y = tile->place.y + by.y});
    }
    return list.count;
}
