/* browse_fixture.h: a visitor, and made pages and tiles for them; after cmocka.h
 *
 * Every page has a bar (back, home, search, reach, English, size) at its foot. A tile's buffer is
 * small and tells of what it is in its first pixel, so that what is placed can be told from it. */
#pragma once

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/config.h"
#include "base/memory.h"
#include "display/browse.h"
#include "display/setup.h"

#define SECOND 1000000LL
#define FRAME  16000LL
#define FINGER 40
#define BAR    60
#define HEAD   40
#define CARD   100 /* pixels high */
#define KEYS   60

/* What was asked for and not brought yet. */
struct visit_errand {
    struct place place; /* owned; of a page */
    struct manner manner;
    struct size size;
    struct tile_wish tile; /* of a tile: ticket is not 0 */
    uint64_t ticket;       /* of a page */
};
#define VISIT_ERRANDS 64

struct visit {
    struct config config;
    struct browse browse;
    struct browse_seen seen;
    struct size size;
    int64_t now;
    int cards;        /* in a list */
    int tile_pixels;  /* of a buffer's side; 0: 4 */
    uint64_t broken;  /* the key of a tile that cannot be made */
    const char *asks; /* arguments of what the page of a stick asks for by itself; NULL: nothing */
    struct visit_errand errands[VISIT_ERRANDS];
    size_t errand_count;
    int64_t pages, tiles; /* that were asked for */
};

/* ---- pages */

static inline uint64_t visit_key(const char *what, int number, struct manner manner,
                                 struct size size) {
    char text[256];
    snprintf(text, sizeof text, "%s/%d/%d%d%d%d/%dx%d", what, number, manner.english, manner.reach,
             manner.contrast, (int)manner.size, size.width, size.height);
    uint64_t key = 0xCBF29CE484222325u; /* FNV-1a */
    for (const char *at = text; *at; at++)
        key = (key ^ (unsigned char)*at) * 0x100000001B3u;
    return key;
}

static inline void visit_tile(struct page *page, enum tile_kind kind, struct rect place,
                              const char *what, int number) {
    page->tiles = xrealloc(page->tiles, page->tile_count + 1, sizeof *page->tiles);
    page->tiles[page->tile_count++] = (struct tile){
        .kind = kind, .place = place, .key = visit_key(what, number, page->manner, page->size)};
}

static inline void visit_target(struct page *page, struct rect place, bool scrolled,
                                struct action action) {
    page->targets = xrealloc(page->targets, page->target_count + 1, sizeof *page->targets);
    page->targets[page->target_count++] =
        (struct target){.place = place, .scrolled = scrolled, .radius = 4, .action = action};
}

static inline void visit_bar(struct page *page) {
    int top = page->size.height - BAR, width = page->size.width / 6;
    const enum action_kind kinds[] = {ACTION_BACK,  ACTION_HOME,    ACTION_NONE,
                                      ACTION_REACH, ACTION_ENGLISH, ACTION_SIZE};
    visit_tile(page, TILE_FIXED, (struct rect){0, top, page->size.width, BAR}, "bar", 0);
    for (int i = 0; i < 6; i++)
        visit_target(page, (struct rect){i * width, top, width, BAR}, false,
                     i == 2 ? action_go(place_of(PLACE_SEARCH, "")) : action_simple(kinds[i]));
}

/* Three cards beside one another, down to `foot`. */
static inline void visit_list(struct page *page, int cards, int foot) {
    int width = page->size.width / 3;
    page->view = (struct rect){0, HEAD, page->size.width, foot - HEAD};
    page->height = (cards + 2) / 3 * CARD;
    for (int i = 0; i < cards; i++) {
        char id[64];
        snprintf(id, sizeof id, "case-%d", i);
        struct rect place = {i % 3 * width, i / 3 * CARD, width, CARD};
        struct place to = place_of(PLACE_CASE, id);
        to.unit = page->place.unit;
        to.of_school = page->place.kind == PLACE_SCHOOL;
        visit_tile(page, TILE_SCROLLED, place, id, 0);
        visit_target(page, place, true, action_go(to));
    }
}

static inline void visit_keyboard(struct page *page, int foot) {
    const struct action keys[] = {action_text(ACTION_TYPE, "a"), action_text(ACTION_TYPE, "b"),
                                  action_simple(ACTION_ERASE), action_text(ACTION_WORD, "党建"),
                                  action_simple(ACTION_NONE)};
    int width = page->size.width / 5;
    visit_tile(page, TILE_FIXED, (struct rect){0, foot, page->size.width, KEYS}, "keys", 0);
    for (int i = 0; i < 5; i++)
        visit_target(page, (struct rect){i * width, foot, width, KEYS}, false, keys[i]);
}

static inline struct place visit_unit(enum unit unit) {
    struct place place = place_of(PLACE_UNIT, "");
    place.unit = unit;
    return place;
}

static inline void visit_home(struct page *page) {
    int width = page->size.width / 4;
    visit_tile(page, TILE_FIXED, (struct rect){0, HEAD, page->size.width, 200}, "home", 0);
    for (int i = 0; i < UNIT_COUNT; i++)
        visit_target(page, (struct rect){i * width, HEAD, width, 100}, false,
                     action_go(visit_unit((enum unit)i)));
    visit_target(page, (struct rect){0, HEAD + 100, width, 100}, false, action_simple(ACTION_LOOP));
}

/* The next case, the first picture, and a video. */
static inline void visit_case(struct page *page) {
    char next[80];
    struct place to = place_copy(&page->place), picture = place_copy(&page->place);
    struct place video = place_copy(&page->place);
    snprintf(next, sizeof next, "%.60s+", page->place.text);
    free(to.text);
    to.text = xstrdup(next);
    picture.kind = PLACE_PICTURE;
    video.kind = PLACE_VIDEO;
    video.picture = 1;
    visit_tile(page, TILE_FIXED, (struct rect){0, HEAD, page->size.width, 100}, page->place.text,
               1);
    visit_target(page, (struct rect){0, HEAD, 100, 100}, false,
                 (struct action){.kind = ACTION_REPLACE, .place = to});
    visit_target(page, (struct rect){200, HEAD, 100, 100}, false, action_go(picture));
    visit_target(page, (struct rect){400, HEAD, 100, 100}, false, action_go(video));
}

static inline void visit_control(struct page *page, int column, enum action_kind kind,
                                 unsigned when) {
    const int side = 100, top = page->size.height - BAR - side;
    struct rect place = {column * side, top, side, side};
    visit_target(page, place, false, action_simple(kind));
    page->targets[page->target_count - 1].when = SHOWN_CONTROLS | when;
}

static inline void visit_video(struct page *page) {
    const struct size film = {640, 360};
    struct rect whole = {0, 0, page->size.width, page->size.height};
    char path[80];
    snprintf(path, sizeof path, "%.60s-%d.mp4", page->place.text, page->place.picture);
    visit_tile(page, TILE_VIDEO, whole, path, 200);
    page->film = (struct film){.path = xstrdup(path),
                               .duration_ms = 60000,
                               .size = film,
                               .bar = {200, page->size.height - BAR - 100, 300, 10}};
    page->pictures = 3;
    visit_control(page, 0, ACTION_PLAY, SHOWN_PLAYING);
    visit_control(page, 0, ACTION_PLAY, SHOWN_PAUSED);
    visit_control(page, 0, ACTION_PLAY, SHOWN_ENDED);
    visit_control(page, 1, ACTION_SOUND, SHOWN_SOUND);
    visit_control(page, 1, ACTION_SOUND, SHOWN_SILENT);
    visit_control(page, 2, ACTION_SEEK, SHOWN_LENGTH);
    visit_control(page, 3, ACTION_SEEK, SHOWN_LENGTH);
}

static inline void visit_picture(struct page *page) {
    visit_tile(page, TILE_PHOTO, (struct rect){0, 0, page->size.width, page->size.height},
               page->place.text, 100 + page->place.picture);
    page->view = (struct rect){0, 0, page->size.width, page->size.height - BAR};
    page->pictures = 3;
    page->photo = (struct size){1200, 800 + page->place.picture * 100};
}

/* Rows that choose a case, the last of all leads to its page; where they scroll, as a list. */
static inline void visit_stick(const struct visit *visit, struct page *page, int foot) {
    page->view = (struct rect){0, HEAD, page->size.width, foot - HEAD};
    page->height = visit->cards * CARD;
    if (visit->asks)
        page->asks = action_ask("look", visit->asks);
    for (int i = 0; i < visit->cards; i++) {
        char id[64];
        snprintf(id, sizeof id, "row-%d", i);
        struct rect place = {0, i * CARD, page->size.width / 2, CARD};
        struct action action = {.kind = ACTION_REPLACE, .place = place_copy(&page->place)};
        struct place to = place_of(PLACE_STICK_CASE, id);
        picks_destroy(action.place.picks);
        action.place.picks = picks_copy(page->place.picks);
        picks_set(action.place.picks, PICKS_LEFT, id, true);
        to.picks = picks_copy(page->place.picks);
        visit_tile(page, TILE_SCROLLED, place, id, 0);
        visit_target(page, place, true, action);
        place.x = place.width;
        visit_target(page, place, true, action_go(to));
    }
}

/* A number that is let be shown, and the way back with a school. */
static inline void visit_stick_case(struct page *page) {
    struct action release = {.kind = ACTION_REPLACE, .place = place_copy(&page->place)};
    struct action back = {.kind = ACTION_BACK, .place = place_copy(&page->place)};
    picks_set(release.place.picks, PICKS_RELEASED, "138****5678", true);
    picks_set_school(back.place.picks, "望川大学");
    visit_tile(page, TILE_FIXED, (struct rect){0, HEAD, page->size.width, 100}, "case", 2);
    visit_target(page, (struct rect){0, HEAD, 100, 100}, false, release);
    visit_target(page, (struct rect){200, HEAD, 100, 100}, false, back);
}

/* What is set at the screen: a hundred pixels each; the next step of the first set-up at the right,
 * Enter before it. */
static inline void visit_setup(struct page *page) {
    enum place_kind kind = page->place.kind;
    struct rect at = {0, HEAD, 100, 100};
    visit_tile(page, TILE_FIXED, (struct rect){0, HEAD, page->size.width, 100}, place_key(kind),
               page->place.picture);
    for (int i = 0; kind == PLACE_TURN && i < 4; i++, at.x += 100)
        visit_target(page, at, false, (struct action){.kind = ACTION_TURN, .number = i});
    for (int i = 0; kind == PLACE_KEEP && i < 2; i++, at.x += 100)
        visit_target(page, at, false, (struct action){.kind = ACTION_KEEP, .number = i});
    if (kind == PLACE_NEW_PIN)
        visit_target(page, at, false, action_text(ACTION_WORD, "值班老师"));
    if (kind == PLACE_FINISH)
        visit_target(page, at, false, action_simple(ACTION_RESTART));
    visit_target(page, (struct rect){400, HEAD, 100, 100}, false, action_simple(ACTION_ENTER));
    if (setup_number(kind))
        visit_target(page, (struct rect){500, HEAD, 100, 100}, false, action_go(setup_after(kind)));
}

/* As struct guide makes them. */
static inline struct page visit_page(const struct visit *visit, const struct visit_errand *errand) {
    struct page page = {.place = place_copy(&errand->place),
                        .manner = errand->manner,
                        .size = errand->size,
                        .ground = 0xFF101820,
                        .mark = 0x60FFFFFF,
                        .empty = 0xFF303840,
                        .ticket = errand->ticket};
    int foot = page.size.height - BAR;
    bool list = page.place.kind == PLACE_UNIT || page.place.kind == PLACE_SCHOOL;
    if (page.place.kind == PLACE_NOTICE) {
        visit_tile(&page, TILE_FIXED, (struct rect){100, 100, 200, 80}, "notice",
                   page.place.picture);
        return page;
    }
    if (list)
        visit_list(&page, visit->cards, foot);
    if (page.place.kind == PLACE_SEARCH)
        visit_list(&page, page.place.text[0] ? visit->cards : 0, foot - KEYS);
    if (page.place.kind == PLACE_SEARCH)
        visit_keyboard(&page, foot - KEYS);
    if (page.place.kind == PLACE_HOME)
        visit_home(&page);
    if (page.place.kind == PLACE_CASE)
        visit_case(&page);
    if (page.place.kind == PLACE_PICTURE)
        visit_picture(&page);
    if (page.place.kind == PLACE_VIDEO)
        visit_video(&page);
    if (page.place.kind == PLACE_PANEL)
        visit_target(&page, (struct rect){0, HEAD, 100, 100}, false,
                     action_go(place_of(PLACE_STICK, "")));
    if (page.place.kind == PLACE_STICK)
        visit_stick(visit, &page, foot);
    if (page.place.kind == PLACE_STICK_CASE)
        visit_stick_case(&page);
    if (page.place.kind == PLACE_PIN ||
        (page.place.kind >= PLACE_SCREEN && page.place.kind <= PLACE_FINISH))
        visit_setup(&page);
    visit_bar(&page);
    return page;
}

static inline struct buffer *visit_buffer(const struct visit *visit, uint64_t key) {
    int side = visit->tile_pixels ? visit->tile_pixels : 4;
    struct buffer *buffer = key == visit->broken ? NULL : buffer_create(side, side);
    if (buffer)
        buffer->pixels[0] = (uint32_t)key;
    return buffer;
}

/* ---- what is asked for, and brought */

static inline void visit_ask(struct visit *visit) {
    struct page_wish page;
    struct tile_wish tile;
    while (browse_wants_page(&visit->browse, &page)) {
        assert_true(visit->errand_count < VISIT_ERRANDS);
        visit->errands[visit->errand_count++] =
            (struct visit_errand){.place = place_copy(page.place),
                                  .manner = page.manner,
                                  .size = visit->size,
                                  .ticket = page.ticket};
        visit->pages++;
    }
    while (browse_wants_tile(&visit->browse, visit->now, &tile)) {
        assert_true(visit->errand_count < VISIT_ERRANDS);
        visit->errands[visit->errand_count++] = (struct visit_errand){.tile = tile};
        visit->tiles++;
    }
}

/* Brings what was asked for, out of its turn where `index` is not 0. */
static inline void visit_bring(struct visit *visit, size_t index) {
    assert_true(index < visit->errand_count);
    struct visit_errand errand = visit->errands[index];
    visit->errand_count--;
    memmove(visit->errands + index, visit->errands + index + 1,
            (visit->errand_count - index) * sizeof errand);
    if (errand.tile.ticket) {
        browse_handle_tile(&visit->browse, &errand.tile, visit_buffer(visit, errand.tile.key));
        return;
    }
    struct page page = visit_page(visit, &errand);
    browse_handle_page(&visit->browse, &page, visit->now);
    place_finish(&errand.place);
}

/* ---- frames */

/* One frame of the display, after so much time. */
static inline size_t visit_frame(struct visit *visit, int64_t after,
                                 struct placement placements[MAX_PLACEMENTS]) {
    visit->now += after;
    browse_tick(&visit->browse, visit->now, &visit->seen);
    visit_ask(visit);
    return browse_place(&visit->browse, visit->now, placements, MAX_PLACEMENTS);
}

static inline void visit_tick(struct visit *visit, int64_t after) {
    struct placement placements[MAX_PLACEMENTS];
    visit_frame(visit, after, placements);
}

/* Until all that was asked for has come and nothing moves. */
static inline void visit_settle(struct visit *visit) {
    for (int i = 0; i < 1000; i++) {
        visit_tick(visit, FRAME);
        bool waits = visit->errand_count;
        while (visit->errand_count)
            visit_bring(visit, 0);
        if (!waits && !browse_moves(&visit->browse, visit->now))
            return;
    }
    fail_msg("it never comes to rest");
}

/* ---- what they do */

static inline void visit_touch(struct visit *visit, enum touch_kind kind, int64_t finger, int x,
                               int y) {
    const struct touch touch = {kind, finger, {x, y}, visit->now};
    browse_handle_touch(&visit->browse, &touch, &visit->seen);
}

static inline void visit_tap(struct visit *visit, int x, int y) {
    visit_touch(visit, TOUCH_DOWN, 1, x, y);
    visit->now += 60000;
    visit_touch(visit, TOUCH_UP, 1, x, y);
}

/* A finger moves from one place to another in so many frames; it stays there for `rest`. */
static inline void visit_drag(struct visit *visit, struct point from, struct point to, int frames,
                              int64_t rest) {
    visit_touch(visit, TOUCH_DOWN, 1, from.x, from.y);
    for (int i = 1; i <= frames; i++) {
        visit_tick(visit, FRAME);
        visit_touch(visit, TOUCH_MOVE, 1, from.x + (to.x - from.x) * i / frames,
                    from.y + (to.y - from.y) * i / frames);
    }
    visit->now += rest;
    visit_touch(visit, TOUCH_UP, 1, to.x, to.y);
}

/* One of the bar: 0 back, 1 home, 2 search, 3 reach, 4 English, 5 size. */
static inline void visit_tap_bar(struct visit *visit, int number) {
    int width = visit->size.width / 6;
    visit_tap(visit, number * width + width / 2, visit->size.height - BAR / 2);
    visit_settle(visit);
}

static inline void visit_tap_at(struct visit *visit, int x, int y) {
    visit_tap(visit, x, y);
    visit_settle(visit);
}

static inline void visit_key_press(struct visit *visit, enum browse_key key) {
    browse_handle_key(&visit->browse, key, &visit->seen, visit->now);
    visit_settle(visit);
}

static inline void visit_type(struct visit *visit, const char *text) {
    browse_handle_text(&visit->browse, text, &visit->seen, visit->now);
    visit_settle(visit);
}

/* ---- a visit */

static inline void visit_begin(struct visit *visit, size_t budget) {
    *visit = (struct visit){.size = {600, 400}, .now = 100 * SECOND, .cards = 60};
    config_init(&visit->config);
    visit->config.touch.idle_seconds = 20;
    visit->seen.id = "shown";
    browse_init(&visit->browse, &visit->config, visit->size, FINGER, budget);
}

static inline void visit_end(struct visit *visit) {
    for (size_t i = 0; i < visit->errand_count; i++)
        if (!visit->errands[i].tile.ticket)
            place_finish(&visit->errands[i].place);
    browse_finish(&visit->browse);
    config_finish(&visit->config);
}

/* At home, by the loop's first case. */
static inline void visit_begin_home(struct visit *visit, size_t budget) {
    visit_begin(visit, budget);
    visit_tap_at(visit, 300, 200);
    visit_tap_bar(visit, 1);
}

/* In a unit's list. */
static inline void visit_begin_list(struct visit *visit, size_t budget) {
    visit_begin_home(visit, budget);
    visit_tap_at(visit, 20, HEAD + 20);
}

static inline void assert_here(const struct visit *visit, enum place_kind kind, const char *text) {
    const struct place *here = browse_here(&visit->browse);
    assert_non_null(here);
    assert_string_equal(place_key(here->kind), place_key(kind));
    assert_string_equal(here->text, text);
}
