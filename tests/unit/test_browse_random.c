/* Whatever fingers, keys, windows and libraries do, pages and tiles come late or not at all:
 * nothing sticks, and where nobody is there any more the loop goes on. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "browse_fixture.h"
#include "trace_fixture.h"

#define BUDGET ((size_t)64 << 10)
#define EVENTS 20000

static void drop_counts(struct visit *visit) {
    struct browse_count count;
    while (browse_take_count(&visit->browse, &count))
        free(count.id);
}

/* ---- what always holds */

static void check_placements(struct visit *visit, const struct placement *p, size_t count) {
    assert_in_range(count, 0, MAX_PLACEMENTS);
    for (size_t i = 0; i < count; i++) {
        assert_true(p[i].alpha > 0 && p[i].alpha <= 256);
        assert_true(p[i].buffer || p[i].size.width > 0);
        assert_true(p[i].buffer || p[i].size.height > 0);
        if (!p[i].part.width)
            continue;
        assert_true(p[i].part.x >= 0 && p[i].part.y >= 0);
        assert_true(p[i].size.width <= visit->size.width && p[i].size.height <= visit->size.height);
    }
}

static void check_video(const struct browse *browse) {
    const struct player *player = &browse->player;
    bool on = player_is_on(player);
    assert_true(on == (player->path != NULL));
    assert_true(on || !browse->frame);
    assert_false(on && browse->state == BROWSE_CLOSED);
    assert_true(player->position_ms >= 0 && player->position_ms <= player->duration_ms);
    const struct place *here = browse_here(browse);
    if (here && here->kind != PLACE_VIDEO)
        assert_false(player_is_used(player));
}

static void check_state(const struct visit *visit) {
    const struct browse *browse = &visit->browse;
    check_video(browse);
    assert_in_range(browse->asked_count, 0, BROWSE_TILES_ASKED);
    assert_in_range(browse->trail.count, 0, TRAIL_LENGTH);
    assert_true((browse->state == BROWSE_CLOSED) == (browse->trail.count == 0));
    assert_true((browse_here(browse) != NULL) == (browse->state == BROWSE_OPEN));
    if (browse->state == BROWSE_CLOSED) {
        assert_int_equal(browse->page.page.tile_count + browse->coming.page.tile_count, 0);
        assert_int_equal(browse->notice.tile_count + browse->tiles.count, 0);
        assert_false(browse->manner.reach || browse->manner.english || browse->wanted);
    }
    if (browse->state == BROWSE_OPEN)
        assert_int_equal(browse->page.page.size.width, visit->size.width);
    if (browse_here(browse))
        assert_true(strlen(browse_here(browse)->text) <= 64 + 16);
    assert_true(browse->focus == SIZE_MAX || browse->focus < browse->page.page.target_count);
}

static void check_frame(struct visit *visit) {
    struct placement p[MAX_PLACEMENTS];
    check_placements(visit, p, visit_frame(visit, 0, p));
    check_state(visit);
    drop_counts(visit);
    bool moves = browse_moves(&visit->browse, visit->now);
    assert_true(moves || browse_deadline(&visit->browse, visit->now) > visit->now);
}

/* ---- what happens */

static void handle(struct visit *visit, const struct replay_event *event) {
    static const enum browse_key keys[] = {BROWSE_LEFT,  BROWSE_RIGHT, BROWSE_UP,    BROWSE_DOWN,
                                           BROWSE_ENTER, BROWSE_ENTER, BROWSE_ENTER, BROWSE_ESCAPE,
                                           BROWSE_ERASE, BROWSE_START};
    struct browse *browse = &visit->browse;
    switch (event->kind) {
    case REPLAY_TOUCH: {
        struct touch touch = event->touch;
        touch.at_us = visit->now;
        browse_handle_touch(browse, &touch, &visit->seen);
        break;
    }
    case REPLAY_WHEEL:
        browse_handle_wheel(browse, event->wheel, visit->now);
        break;
    case REPLAY_KEY:
        browse_handle_key(browse, keys[(size_t)visit->now / 1000 % COUNT(keys)], &visit->seen,
                          visit->now);
        break;
    case REPLAY_TEXT:
        browse_handle_text(browse, event->text, &visit->seen, visit->now);
        break;
    case REPLAY_WINDOW:
        visit->size = event->size;
        browse_handle_resize(browse, event->size, FINGER);
        break;
    }
}

/* What plays what is wanted. */
struct cinema {
    char *path; /* owned */
    struct buffer *frame;
};

static void play(struct visit *visit, struct cinema *cinema) {
    struct player_wish wish = player_wish(&visit->browse.player);
    if (cinema->path && wish.path && strcmp(cinema->path, wish.path) == 0)
        return;
    if (cinema->path)
        browse_handle_video(&visit->browse, &(struct player_news){0}, NULL, 0);
    free(cinema->path);
    buffer_destroy(cinema->frame);
    *cinema = (struct cinema){.path = wish.path ? xstrdup(wish.path) : NULL};
}

/* Of any age, and not always good. */
static void tell(struct visit *visit, struct cinema *cinema, struct trace *trace) {
    const struct player *player = &visit->browse.player;
    play(visit, cinema);
    if (!cinema->path || trace_pick(trace, 4) == 0)
        return;
    if (!cinema->frame && trace_pick(trace, 4))
        cinema->frame = buffer_create(16, 16);
    const struct player_news news = {.seen = cinema->frame,
                                     .ended = trace_pick(trace, 20) == 0,
                                     .failed = trace_pick(trace, 200) == 0,
                                     .position_ms = trace_pick(trace, 60000),
                                     .duration_ms = trace_pick(trace, 2) ? 60000 : 0,
                                     .order = player->order - (unsigned)trace_pick(trace, 2)};
    browse_handle_video(&visit->browse, &news, cinema->frame, visit->now);
}

/* What the rest of the display does meanwhile. */
static void happen(struct visit *visit, struct cinema *cinema, struct trace *trace) {
    tell(visit, cinema, trace);
    if (trace_pick(trace, 400) == 0)
        browse_handle_library(&visit->browse);
    if (trace_pick(trace, 300) == 0)
        browse_handle_away(&visit->browse, visit->now);
    if (trace_pick(trace, 100) == 0)
        visit->seen.id = trace_pick(trace, 3) ? "other" : NULL;
    if (trace_pick(trace, 100) == 0)
        visit->cards = trace_pick(trace, 200);
    if (trace_pick(trace, 50) == 0 && visit->errand_count)
        visit->broken = visit->errands[0].tile.key;
    while (visit->errand_count && trace_pick(trace, 3)) /* late, and not in turn */
        visit_bring(visit, (size_t)trace_pick(trace, (int)visit->errand_count));
}

/* Nobody touches it any more. */
static void assert_it_ends(struct visit *visit) {
    for (int i = 0; !browse_is_closed(&visit->browse); i++) {
        assert_true(i < 2000);
        int64_t at = browse_deadline(&visit->browse, visit->now);
        bool soon = browse_moves(&visit->browse, visit->now) || visit->errand_count;
        assert_true(soon || at < visit->now + 60 * SECOND);
        visit->now = soon ? visit->now + FRAME : at;
        check_frame(visit);
        while (visit->errand_count)
            visit_bring(visit, 0);
    }
}

/* Gives the kinds of places that were seen, a bit each. */
static unsigned run(uint64_t seed) {
    unsigned kinds = 0;
    struct visit visit;
    struct cinema cinema = {0};
    struct size size = {600, 400};
    struct trace trace = trace_begin(seed, size, false);
    visit_begin(&visit, BUDGET);
    visit.tile_pixels = 16;
    int64_t began = visit.now;
    for (int i = 0; i < EVENTS; i++) {
        struct replay_event event = trace_next(&trace);
        visit.now = began + event.at_us;
        check_frame(&visit);
        handle(&visit, &event);
        happen(&visit, &cinema, &trace);
        check_frame(&visit);
        if (browse_here(&visit.browse))
            kinds |= 1u << browse_here(&visit.browse)->kind;
        if (i % 5000 == 4999)
            assert_it_ends(&visit);
    }
    assert_it_ends(&visit);
    play(&visit, &cinema); /* nothing is wanted any more */
    assert_null(cinema.path);
    visit_end(&visit);
    return kinds;
}

static void test_nothing_sticks(void **state) {
    (void)state;
    unsigned kinds = 0;
    for (uint64_t seed = 1; seed <= 12; seed++)
        kinds |= run(seed);
    assert_int_equal(kinds, 1u << PLACE_HOME | 1u << PLACE_UNIT | 1u << PLACE_CASE |
                                1u << PLACE_PICTURE | 1u << PLACE_VIDEO | 1u << PLACE_SEARCH);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_nothing_sticks)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
