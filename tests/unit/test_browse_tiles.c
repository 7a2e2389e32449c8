/* The mode of who touches the screen: what it asks for, and what lies where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "browse_fixture.h"

#define BUDGET ((size_t)8 << 20)

/* ---- what lies where */

/* Whether this tile lies there, on a page that is moved by so much. */
static bool is_there(const struct browse_page *shown, const struct placement *placement, int dx,
                     int dy) {
    const struct page *page = &shown->page;
    uint32_t key = placement->buffer->pixels[0];
    for (size_t i = 0; i < page->tile_count; i++) {
        const struct tile *tile = &page->tiles[i];
        struct rect place =
            page_place(page, tile->place, tile->kind == TILE_SCROLLED, shown->scroll);
        if ((uint32_t)tile->key == key && place.x + dx == placement->x &&
            place.y + dy == placement->y)
            return true;
    }
    return false;
}

/* Every buffer lies where its tile belongs. */
static int assert_in_place(struct visit *visit, const struct placement *placements, size_t count) {
    struct browse_page notice = {.page = visit->browse.notice};
    int found = 0;
    for (size_t i = 0; i < count; i++) {
        if (!placements[i].buffer || placements[i].part.width)
            continue;
        assert_true(is_there(&visit->browse.page, &placements[i], 0, 0) ||
                    is_there(&notice, &placements[i], 0, 0));
        found++;
    }
    return found;
}

static void test_never_in_the_wrong_place(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin_list(&visit, BUDGET);
    visit.cards = 3000;
    browse_handle_library(&visit.browse);
    visit_settle(&visit);
    int found = 0;
    for (int fling = 0; fling < 20; fling++) {
        int to = fling % 3 ? 60 : 330;
        visit_drag(&visit, (struct point){300, 390 - to}, (struct point){300, to}, 4, 0);
        for (int i = 0; i < 60; i++) {
            size_t count = visit_frame(&visit, FRAME, p);
            found += assert_in_place(&visit, p, count);
            assert_in_range(visit.errand_count, 0, BROWSE_TILES_ASKED);
            if (i % 3 == 0 && visit.errand_count) /* late, and out of turn */
                visit_bring(&visit, visit.errand_count - 1);
        }
    }
    assert_true(visit.browse.page.scroll > 1000);
    assert_true(found > 1000);
    visit_end(&visit);
}

/* Every card in sight has a field, whether its picture is there or not. */
static void test_a_field_where_a_card_will_be(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin_list(&visit, BUDGET);
    scroller_jump(&visit.browse.scroller, 1250);
    size_t count = visit_frame(&visit, 0, p);
    int fields = 0;
    for (size_t i = 0; i < count; i++)
        if (!p[i].buffer && p[i].size.height == CARD) {
            assert_int_equal(p[i].fill, 0xFF303840);
            assert_int_equal(p[i].clip.y, HEAD);
            fields++;
        }
    assert_int_equal(fields, 12);
    visit_end(&visit);
}

/* On its way out a picture is as a whole what it was, though the next one has another shape. */
static void test_one_picture_after_another(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin(&visit, BUDGET);
    visit_tap_at(&visit, 300, 200);
    visit_tap_at(&visit, 250, HEAD + 50);
    assert_here(&visit, PLACE_PICTURE, "shown");
    assert_true(browse_zoom(&visit.browse) > 0.99 && browse_zoom(&visit.browse) < 1.01);
    browse_handle_key(&visit.browse, BROWSE_RIGHT, &visit.seen, visit.now);
    for (int i = 0; visit.browse.move_us == INT64_MIN && i < 20; i++) {
        visit_tick(&visit, FRAME);
        while (visit.errand_count)
            visit_bring(&visit, 0);
    }
    size_t count = visit_frame(&visit, 3 * FRAME, p);
    int heights[2] = {0}, found = 0;
    for (size_t i = 0; i < count; i++)
        if (p[i].part.width && found < 2)
            heights[found++] = p[i].part.height / PART_PIXEL;
    assert_int_equal(found, 2);
    assert_int_equal(heights[0], 800);
    assert_int_equal(heights[1], 900);
    visit_end(&visit);
}

/* One that is swiped away goes on from where the finger left it. */
static void test_a_swiped_picture(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin(&visit, BUDGET);
    visit_tap_at(&visit, 300, 200);
    visit_tap_at(&visit, 250, HEAD + 50);
    size_t count = visit_frame(&visit, FRAME, p);
    int stood = 0, left = 0;
    for (size_t i = 0; i < count; i++)
        stood = p[i].part.width ? p[i].x : stood;
    visit_drag(&visit, (struct point){500, 150}, (struct point){150, 150}, 8, 0);
    for (int i = 0; visit.browse.move_us == INT64_MIN && i < 20; i++) {
        visit_tick(&visit, FRAME);
        while (visit.errand_count)
            visit_bring(&visit, 0);
    }
    assert_int_equal(visit.browse.page.page.place.picture, 1);
    count = visit_frame(&visit, 0, p);
    for (size_t i = count; i-- > 0;)
        left = p[i].part.width ? p[i].x : left; /* the lowest: the one that leaves */
    assert_true(left < stood - 250);
    visit_end(&visit);
}

/* A picture that cannot be read is not that of the page before. */
static void test_a_broken_picture(void **state) {
    (void)state;
    struct visit visit;
    struct placement p[MAX_PLACEMENTS];
    visit_begin(&visit, BUDGET);
    visit.broken = visit_key("shown", 101, (struct manner){0}, visit.size);
    visit_tap_at(&visit, 300, 200);
    visit_tap_at(&visit, 250, HEAD + 50);
    visit_key_press(&visit, BROWSE_RIGHT);
    assert_int_equal(browse_here(&visit.browse)->picture, 1);
    size_t count = visit_frame(&visit, FRAME, p);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(p[i].part.width, 0);
    visit_key_press(&visit, BROWSE_RIGHT); /* and one gets past it */
    assert_int_equal(browse_here(&visit.browse)->picture, 2);
    visit_end(&visit);
}

/* ---- what is asked for */

static const struct tile *asked_tile(const struct visit *visit, const struct browse_page *of,
                                     size_t number) {
    assert_true(number < visit->errand_count);
    const struct tile_wish *wish = &visit->errands[number].tile;
    assert_int_equal(wish->ticket, of->page.ticket);
    assert_true(wish->key == of->page.tiles[wish->tile].key);
    return &of->page.tiles[wish->tile];
}

static void test_in_order(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    visit_tap(&visit, 20, HEAD + 20); /* a list */
    visit_tick(&visit, FRAME);
    visit_bring(&visit, 0);
    int kind = 0, cards = 0, near = 0;
    for (int i = 0; i < 200; i++) {
        visit_tick(&visit, FRAME);
        if (!visit.errand_count)
            break;
        assert_in_range(visit.errand_count, 1, BROWSE_TILES_ASKED);
        bool coming = visit.browse.coming.page.tile_count;
        const struct tile *tile =
            asked_tile(&visit, coming ? &visit.browse.coming : &visit.browse.page, 0);
        bool seen = tile->place.y < visit.size.height - BAR - HEAD;
        int now = tile->kind == TILE_FIXED ? 0 : seen ? 1 : 2;
        assert_true(now >= kind);
        assert_true(now < 2 || !coming); /* the page is there before what is not seen */
        kind = now;
        cards += now == 1;
        near += now == 2;
        visit_bring(&visit, 0);
    }
    assert_int_equal(cards, 9);
    assert_int_equal(near, 6); /* and not the whole list */
    visit_end(&visit);
}

/* The page that comes goes before all that one can do without. */
static void test_the_next_page_first(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    scroller_jump(&visit.browse.scroller, 1000);
    visit_tick(&visit, FRAME); /* two of the list are asked for */
    assert_int_equal(visit.errand_count, 2);
    visit_tap(&visit, visit.size.width / 12, visit.size.height - BAR / 2);
    visit_tick(&visit, FRAME);
    assert_int_equal(visit.errand_count, 3);
    visit_bring(&visit, 2); /* the page */
    visit_bring(&visit, 0);
    visit_tick(&visit, FRAME);
    assert_here(&visit, PLACE_HOME, ""); /* its tiles were there still */
    visit_settle(&visit);
    visit_end(&visit);
}

static void test_one_that_cannot_be_made(void **state) {
    (void)state;
    struct visit visit;
    visit_begin(&visit, BUDGET);
    visit.broken = visit_key("shown", 1, (struct manner){0}, visit.size);
    visit_tap_at(&visit, 300, 200);
    assert_here(&visit, PLACE_CASE, "shown"); /* without it */
    int64_t asked = visit.tiles;
    visit_settle(&visit);
    visit_settle(&visit);
    assert_true(visit.tiles == asked); /* once is enough */
    visit_end(&visit);
}

/* Who makes tiles has forgotten the page: that says nothing about the same tile of the next one. */
static void test_one_of_a_forgotten_page(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    scroller_jump(&visit.browse.scroller, 1000);
    visit_tick(&visit, FRAME);
    visit.broken = visit.errands[0].tile.key;
    browse_handle_library(&visit.browse);
    visit_tick(&visit, FRAME);
    visit_bring(&visit, 2); /* the new page */
    for (int i = 0; visit.browse.coming.page.tile_count; i++) {
        visit_tick(&visit, FRAME * 30);
        while (visit.errand_count > 1)
            visit_bring(&visit, 1);
        assert_true(i < 100);
    }
    visit_bring(&visit, 0); /* in vain: its page is gone */
    uint64_t key = visit.broken;
    visit.broken = 0;
    visit_settle(&visit);
    bool known = false;
    assert_non_null(tile_cache_find(&visit.browse.tiles, key, &known));
    visit_end(&visit);
}

static void test_stale_pages_are_thrown_away(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_home(&visit, BUDGET);
    visit_tap(&visit, 20, HEAD + 20);
    visit_tick(&visit, FRAME);
    visit_tap(&visit, visit.size.width / 12 * 5, visit.size.height - BAR / 2); /* search */
    visit_tick(&visit, FRAME);
    assert_int_equal(visit.errand_count, 2);
    visit_bring(&visit, 0); /* of the list: nobody wants it any more */
    assert_int_equal(visit.browse.coming.page.tile_count, 0);
    visit_bring(&visit, 0);
    assert_true(visit.browse.coming.page.tile_count > 0);
    visit_settle(&visit);
    assert_here(&visit, PLACE_SEARCH, "");
    visit_end(&visit);
}

/* What was asked for comes when the screen is the loop's again. */
static void test_nothing_comes_after_the_end(void **state) {
    (void)state;
    struct visit visit;
    visit_begin_list(&visit, BUDGET);
    scroller_jump(&visit.browse.scroller, 1000);
    visit_tap(&visit, 100, visit.size.height - BAR / 2 - 1);
    browse_handle_library(&visit.browse);
    visit_tick(&visit, FRAME);
    assert_true(visit.errand_count > 2);
    visit.browse.state = BROWSE_CLOSING; /* as at the end of the way back */
    browse_handle_resize(&visit.browse, visit.size, FINGER);
    assert_true(browse_is_closed(&visit.browse));
    while (visit.errand_count)
        visit_bring(&visit, 0);
    assert_int_equal(visit.browse.tiles.count, 0);
    assert_int_equal(visit.browse.coming.page.tile_count, 0);
    visit_end(&visit);
}

/* ---- the budget */

static void test_the_budget(void **state) {
    (void)state;
    struct visit visit;
    enum { SIDE = 64, BYTES = SIDE * SIDE * 4, MOST = 40 };
    visit_begin_list(&visit, (size_t)MOST * BYTES);
    visit.tile_pixels = SIDE;
    visit.cards = 900;
    browse_handle_library(&visit.browse);
    visit_settle(&visit);
    for (int at = 0; at < 20000; at += 700) {
        scroller_jump(&visit.browse.scroller, at);
        visit_settle(&visit);
        assert_true(visit.browse.tiles.bytes <= visit.browse.tiles.budget);
    }
    int64_t asked = visit.tiles;
    for (int i = 0; i < 10; i++)
        visit_settle(&visit);
    assert_true(visit.tiles == asked); /* where it stands it comes to rest */
    visit_end(&visit);
}

/* Of a screen that is too large for its budget all that is seen stays, and no more is asked for. */
static void test_a_budget_that_is_too_small(void **state) {
    (void)state;
    struct visit visit;
    enum { SIDE = 64, BYTES = SIDE * SIDE * 4, MOST = 6 };
    visit_begin_list(&visit, (size_t)MOST * BYTES);
    visit.tile_pixels = SIDE;
    browse_handle_library(&visit.browse);
    scroller_jump(&visit.browse.scroller, 500);
    visit_settle(&visit);
    int64_t asked = visit.tiles;
    for (int i = 0; i < 10; i++)
        visit_settle(&visit);
    assert_true(visit.tiles == asked);
    assert_true(visit.browse.tiles.bytes <= (size_t)20 * BYTES);
    visit_end(&visit);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_never_in_the_wrong_place),
        cmocka_unit_test(test_a_field_where_a_card_will_be),
        cmocka_unit_test(test_one_picture_after_another),
        cmocka_unit_test(test_a_swiped_picture),
        cmocka_unit_test(test_a_broken_picture),
        cmocka_unit_test(test_in_order),
        cmocka_unit_test(test_the_next_page_first),
        cmocka_unit_test(test_one_that_cannot_be_made),
        cmocka_unit_test(test_one_of_a_forgotten_page),
        cmocka_unit_test(test_stale_pages_are_thrown_away),
        cmocka_unit_test(test_nothing_comes_after_the_end),
        cmocka_unit_test(test_the_budget),
        cmocka_unit_test(test_a_budget_that_is_too_small),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
