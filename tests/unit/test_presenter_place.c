/* Placements of any size: fills, clips, parts; compared with what they are by the book, in the
 * memory of the virtual screen. To be run by tests/xvfb.sh. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "display/presenter.h"
#include "screen_fixture.h"

enum what { SCREEN, OTHER, CARD, PILL, PHOTO, BUFFERS, FILL = BUFFERS };

struct shown {
    enum what what;
    struct rect place; /* hundredths of the screen; no width: its own size, or the screen's */
    int alpha;
    struct rect clip; /* likewise; no width: none */
    struct rect part; /* thousandths of the buffer; no width: none */
    colour fill;
    int radius; /* pixels */
};

#define MOST 4
struct frame {
    const char *name;
    struct shown shown[MOST]; /* up to the first without alpha */
};

#define ALL             .alpha = 256
#define FROM(left, top) .place = {.x = (left), .y = (top)}
#define AT(...)         .place = {__VA_ARGS__}
#define IN(...)         .clip = {__VA_ARGS__}
#define OF(...)         .part = {__VA_ARGS__}
#define GROUND                                                                                     \
    { FILL, ALL, .fill = 0xFF203040 }
#define WHOLE                                                                                      \
    { SCREEN, ALL }

/* In this order: each frame must also take away what the one before had left. */
static const struct frame frames[] = {
    {"a ground", {GROUND}},
    {"a field", {WHOLE, {FILL, AT(10, 20, 30, 15), ALL, .fill = 0xFF80C0F0}}},
    {"the field moves", {WHOLE, {FILL, AT(12, 20, 30, 15), ALL, .fill = 0xFF80C0F0}}},
    {"of another colour", {WHOLE, {FILL, AT(12, 20, 30, 15), ALL, .fill = 0xFFF0C080}}},
    {"seen through", {WHOLE, {FILL, AT(12, 20, 30, 15), ALL, .fill = 0x60FFFFFF}}},
    {"hardly there", {WHOLE, {FILL, AT(12, 20, 30, 15), .alpha = 90, .fill = 0xC0FF8000}}},
    {"round", {WHOLE, {FILL, AT(12, 20, 31, 33), ALL, .fill = 0xFF80C0F0, .radius = 17}}},
    {"less round", {WHOLE, {FILL, AT(12, 20, 31, 33), ALL, .fill = 0xFF80C0F0, .radius = 5}}},
    {"a stadium", {GROUND, {FILL, AT(5, 50, 60, 9), ALL, .fill = 0x80FFFFFF, .radius = 9}}},
    {"as round as can be",
     {GROUND, {FILL, AT(5, 50, 40, 9), ALL, .fill = 0x80FFFFFF, .radius = 99}}},
    {"upright", {GROUND, {FILL, AT(70, 5, 3, 80), ALL, .fill = 0x80FFFFFF, .radius = 99}}},
    {"off the edges",
     {WHOLE,
      {FILL, AT(-10, -20, 30, 40), ALL, .fill = 0xA0FF8000, .radius = 12},
      {FILL, AT(91, 80, 30, 40), ALL, .fill = 0xA00080FF, .radius = 12}}},
    {"nothing is seen of it", {WHOLE, {FILL, AT(10, 10, 30, 30), ALL, .fill = 0x00FFFFFF}}},
    {"clipped",
     {WHOLE,
      {FILL, AT(10, 20, 50, 30), ALL, IN(20, 10, 70, 30), .fill = 0xFF80C0F0, .radius = 20}}},
    {"clipped to nothing",
     {WHOLE, {FILL, AT(10, 20, 30, 30), ALL, IN(60, 60, 20, 20), .fill = 0xFFFFFFFF}}},
    {"a clip without height", {WHOLE, {CARD, FROM(10, 20), ALL, IN(0, 30, 100, 0)}}},
    {"a card in a list", {GROUND, {CARD, FROM(10, 18), ALL, IN(0, 20, 100, 60)}}},
    {"the list moves", {GROUND, {CARD, FROM(10, 14), ALL, IN(0, 20, 100, 60)}}},
    {"and stops", {GROUND, {CARD, FROM(10, 71), ALL, IN(0, 20, 100, 60)}}},
    {"cut on all sides", {GROUND, {CARD, FROM(10, 40), ALL, IN(13, 43, 4, 3)}}},
    {"another clip", {GROUND, {CARD, FROM(10, 40), ALL, IN(13, 43, 3, 3)}}},
    {"a pill in a list", {WHOLE, {PILL, FROM(50, 15), .alpha = 180, IN(0, 20, 63, 60)}}},
    {"a fade in a window",
     {{SCREEN, ALL, IN(25, 30, 50, 40)}, {OTHER, .alpha = 77, IN(25, 30, 50, 40)}}},
    {"a fade aside",
     {{SCREEN, FROM(-20, -10), ALL, IN(0, 0, 60, 70)},
      {OTHER, FROM(-20, -10), .alpha = 140, IN(0, 0, 60, 70)}}},
    {"a fade aside, further",
     {{SCREEN, FROM(-20, -10), ALL, IN(0, 0, 60, 70)},
      {OTHER, FROM(-20, -10), .alpha = 200, IN(0, 0, 60, 70)}}},
    {"a fade over a ground", {GROUND, {OTHER, FROM(30, 20), .alpha = 140, IN(40, 40, 60, 60)}}},
    {"a mark over a card",
     {GROUND,
      {CARD, FROM(40, 40), ALL, IN(0, 45, 100, 50)},
      {FILL, AT(40, 40, 15, 15), ALL, IN(0, 45, 100, 50), .fill = 0x50FFFFFF, .radius = 6}}},
    {"two pages",
     {{FILL, AT(-15, 0, 100, 100), ALL, .fill = 0xFF402030},
      {CARD, FROM(-5, 20), ALL, IN(-15, 10, 100, 80)},
      {FILL, AT(60, 0, 100, 100), ALL, .fill = 0xFF203040},
      {CARD, FROM(70, 20), ALL, IN(60, 10, 100, 80)}}},
    {"two pages, on",
     {{FILL, AT(-20, 0, 100, 100), ALL, .fill = 0xFF402030},
      {CARD, FROM(-10, 20), ALL, IN(-20, 10, 100, 80)},
      {FILL, AT(40, 0, 100, 100), ALL, .fill = 0xFF203040},
      {CARD, FROM(50, 20), ALL, IN(40, 10, 100, 80)}}},
    {"a photograph", {GROUND, {PHOTO, AT(10, 5, 70, 80), ALL, OF(0, 0, 1000, 1000)}}},
    {"nearer", {GROUND, {PHOTO, AT(10, 5, 70, 80), ALL, OF(210, 330, 400, 300)}}},
    {"a little beside", {GROUND, {PHOTO, AT(10, 5, 70, 80), ALL, OF(213, 331, 400, 300)}}},
    {"and aside", {GROUND, {PHOTO, AT(17, -5, 70, 80), ALL, OF(213, 331, 400, 300)}}},
    {"off the screen", {GROUND, {PHOTO, AT(60, 55, 70, 80), ALL, OF(0, 0, 1000, 1000)}}},
    {"clipped there",
     {GROUND, {PHOTO, AT(10, 5, 70, 80), ALL, IN(40, 30, 30, 45), OF(100, 0, 700, 900)}}},
    {"under a pill and a mark",
     {GROUND,
      {PHOTO, AT(0, 10, 100, 70), ALL, OF(100, 0, 700, 900)},
      {PILL, FROM(20, 30), ALL},
      {FILL, AT(50, 50, 20, 20), ALL, .fill = 0x80FFFFFF, .radius = 8}}},
    {"on the whole screen", {{PHOTO, ALL, OF(100, 100, 500, 500)}}},
    {"one without it", {WHOLE}},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

struct stage {
    struct presenter *presenter;
    enum rotation rotation;
    struct size size;
    struct buffer *upright[BUFFERS], *adopted[BUFFERS];
    int tolerance;
};

/* ---- what is shown, by the book */

static struct rect part_of_screen(const struct stage *stage, struct rect hundredths) {
    int width = stage->size.width, height = stage->size.height;
    return (struct rect){hundredths.x * width / 100, hundredths.y * height / 100,
                         hundredths.width * width / 100, hundredths.height * height / 100};
}

static struct placement placement_of(const struct stage *stage, const struct shown *shown) {
    struct rect place = part_of_screen(stage, shown->place), part = shown->part;
    struct placement placement = {.x = place.x,
                                  .y = place.y,
                                  .alpha = shown->alpha,
                                  .size = {place.width, place.height},
                                  .clip = part_of_screen(stage, shown->clip),
                                  .fill = shown->fill,
                                  .radius = shown->radius};
    if (shown->what == FILL)
        return placement;
    const struct buffer *upright = stage->upright[shown->what];
    int64_t across = (int64_t)upright->width * PART_PIXEL,
            down = (int64_t)upright->height * PART_PIXEL;
    placement.buffer = stage->adopted[shown->what];
    placement.part =
        (struct rect){(int)(across * part.x / 1000), (int)(down * part.y / 1000),
                      (int)(across * part.width / 1000), (int)(down * part.height / 1000)};
    return placement;
}

static struct rect place_of_shown(const struct stage *stage, const struct shown *shown) {
    struct placement placement = placement_of(stage, shown);
    struct size size = placement.size.width ? placement.size : stage->size;
    if (shown->what != FILL && !shown->part.width)
        size =
            (struct size){stage->upright[shown->what]->width, stage->upright[shown->what]->height};
    return (struct rect){placement.x, placement.y, size.width, size.height};
}

static bool lies_in(struct rect rect, int x, int y) {
    return x >= rect.x && y >= rect.y && x < rect.x + rect.width && y < rect.y + rect.height;
}

static double outside(int at, int length, int radius) {
    int edge = at < length - 1 - at ? at : length - 1 - at;
    return edge < radius ? radius - edge - 0.5 : 0;
}

/* Whether the pixel's middle lies within the round corners. */
static bool is_filled(struct rect place, int radius, int x, int y) {
    int most = (place.width < place.height ? place.width : place.height) / 2;
    radius = radius < most ? radius : most;
    double across = outside(x - place.x, place.width, radius);
    double down = outside(y - place.y, place.height, radius);
    return across * across + down * down <= (double)radius * radius;
}

static uint32_t filled(uint32_t below, colour fill, int alpha) {
    uint32_t value = 0;
    double share = (fill >> 24) / 255.0 * alpha / 256;
    for (int shift = 0; shift < 24; shift += 8)
        value |=
            (uint32_t)((fill >> shift & 255) * share + (below >> shift & 255) * (1 - share) + 0.5)
            << shift;
    return value;
}

static uint32_t stretched(const struct buffer *photo, const struct placement *placement,
                          struct rect place, int x, int y) {
    struct rect part = placement->part;
    double u = part.x + (x - place.x + 0.5) * part.width / place.width;
    double v = part.y + (y - place.y + 0.5) * part.height / place.height;
    uint32_t value = 0;
    for (int shift = 0; shift < 24; shift += 8)
        value |= (uint32_t)(sample(photo, u / PART_PIXEL, v / PART_PIXEL, shift) + 0.5) << shift;
    return value;
}

static uint32_t laid(const struct stage *stage, const struct shown *shown, uint32_t below, int x,
                     int y) {
    struct placement placement = placement_of(stage, shown);
    struct rect place = place_of_shown(stage, shown);
    if (!lies_in(place, x, y) || (placement.clip.width && !lies_in(placement.clip, x, y)))
        return below;
    if (shown->what == FILL)
        return is_filled(place, shown->radius, x, y) ? filled(below, shown->fill, shown->alpha)
                                                     : below;
    const struct buffer *buffer = stage->upright[shown->what];
    if (shown->part.width)
        return stretched(buffer, &placement, place, x, y);
    uint32_t pixel = at(buffer, x - place.x, y - place.y);
    return buffer->translucent ? laid_over(below, pixel, shown->alpha)
                               : mixed(below, pixel, shown->alpha);
}

static uint32_t ideal(const struct stage *stage, const struct frame *frame, int x, int y) {
    uint32_t value = 0;
    for (int i = 0; i < MOST && frame->shown[i].alpha; i++)
        value = laid(stage, &frame->shown[i], value, x, y);
    return value & 0xFFFFFF;
}

/* ---- what is on the screen */

static int tolerance_of(const struct stage *stage, const struct frame *frame) {
    int most = 0;
    for (int i = 0; i < MOST && frame->shown[i].alpha; i++) {
        const struct shown *shown = &frame->shown[i];
        int own = shown->part.width                            ? 5 /* weights of seven bits */
                  : shown->what == PILL || shown->what == FILL ? 2 /* see blend_over */
                                                               : 0;
        most = own > most ? own : most;
    }
    return stage->tolerance + most;
}

/* The first pixel that is not as it should be, in *where; false: there is none. */
static bool differs(const struct stage *stage, const struct frame *frame, char where[128]) {
    struct screen screen = read_screen();
    bool wrong = false;
    int tolerance = tolerance_of(stage, frame);
    for (int y = 0; y < stage->size.height && !wrong; y++)
        for (int x = 0; x < stage->size.width && !wrong; x++) {
            struct point point = turned_point(stage->rotation, stage->size, x, y);
            uint32_t is = screen_at(&screen, point.x, point.y);
            uint32_t should = ideal(stage, frame, x, y);
            wrong = !near(is, should, tolerance);
            if (wrong)
                snprintf(where, 128, "upright (%d, %d) is %06x instead of %06x", x, y, is, should);
        }
    free(screen.data);
    return wrong;
}

static void assert_shows(const struct stage *stage, const struct frame *frame) {
    struct placement placements[MOST];
    size_t count = 0;
    while (count < MOST && frame->shown[count].alpha) {
        placements[count] = placement_of(stage, &frame->shown[count]);
        count++;
    }
    assert_true(presenter_present(stage->presenter, placements, count));
    char where[128] = "";
    for (int waited = 0; differs(stage, frame, where); waited += 20) {
        if (waited > PATIENCE_MS)
            fail_msg("%s, %s, rotation %d: %s", presenter_name(stage->presenter), frame->name,
                     stage->rotation, where);
        pause_ms(20);
    }
}

static struct stage open_stage(enum presenter_choice choice, enum rotation rotation) {
    struct presenter_params params = {.choice = choice, .rotation = rotation};
    struct screen screen = read_screen();
    int tolerance = screen.bits == 16 ? 9 : choice == PRESENTER_GPU ? 2 : 0;
    free(screen.data);
    struct stage stage = {.rotation = rotation, .tolerance = tolerance};
    stage.presenter = presenter_create(&params);
    assert_non_null(stage.presenter);
    stage.size = presenter_size(stage.presenter);
    int width = stage.size.width, height = stage.size.height;
    const struct size sizes[BUFFERS] = {
        {width, height}, {width, height}, {61, 34}, {83, 21}, {307, 211}};
    for (int i = 0; i < BUFFERS; i++) {
        stage.upright[i] = i == PILL ? translucent_pattern(sizes[i].width, sizes[i].height)
                                     : pattern(sizes[i].width, sizes[i].height, (uint32_t)i + 1);
        stage.adopted[i] =
            presenter_adopt(stage.presenter, buffer_rotate(stage.upright[i], ROTATE_0));
        assert_non_null(stage.adopted[i]);
    }
    return stage;
}

static void close_stage(struct stage *stage) {
    for (int i = 0; i < BUFFERS; i++) {
        buffer_destroy(stage->upright[i]);
        buffer_destroy(stage->adopted[i]);
    }
    presenter_destroy(stage->presenter);
}

static void show_all(enum presenter_choice choice) {
    for (enum rotation rotation = ROTATE_0; rotation <= ROTATE_270; rotation++) {
        struct stage stage = open_stage(choice, rotation);
        for (size_t i = 0; i < COUNT(frames); i++)
            assert_shows(&stage, &frames[i]);
        close_stage(&stage);
    }
}

static void surface_shows_all(void **state) {
    (void)state;
    need_screen(16);
    show_all(PRESENTER_SURFACE);
}

static void gpu_shows_all(void **state) {
    (void)state;
    need_screen(32);
    show_all(PRESENTER_GPU);
}

/* What is the same as in the last frame is not presented again; each of these is another frame. */
static void each_field_counts(void **state) {
    (void)state;
    need_screen(16);
    struct stage stage = open_stage(PRESENTER_SURFACE, ROTATE_0);
    const struct placement first = {.x = 10,
                                    .y = 10,
                                    .alpha = 256,
                                    .size = {40, 30},
                                    .clip = {0, 0, 45, 99},
                                    .fill = 0xFF203040};
    struct placement others[] = {first, first, first, first, first, first};
    others[1].fill = 0xFF203041;
    others[2].radius = 3;
    others[3].size.width = 30;
    others[4].clip.width = 44;
    others[5].alpha = 255;
    assert_true(presenter_present(stage.presenter, &first, 1));
    for (size_t i = 0; i < COUNT(others); i++) {
        int64_t before = presenter_frames(stage.presenter);
        assert_true(presenter_present(stage.presenter, &others[i], 1));
        assert_int_equal(presenter_frames(stage.presenter) - before, i > 0);
        assert_true(presenter_present(stage.presenter, &first, 1));
    }
    close_stage(&stage);
}

/* ---- more than fits into the list of what changed: two lists of cards, one moved over the other
 */

enum { COLUMNS = 16, ROWS = MAX_PLACEMENTS / COLUMNS };

static struct rect field_of(const struct stage *stage, int number, int shift) {
    int width = stage->size.width / COLUMNS, height = stage->size.height / ROWS;
    return (struct rect){number % COLUMNS * width, number / COLUMNS * height + shift, width - 2,
                         height - 2};
}

static colour colour_of(int number) {
    return 0xFF000000u | (uint32_t)(number + 1) * 0x0F1A7Bu;
}

static void assert_shows_fields(const struct stage *stage, int shift) {
    struct screen screen = read_screen();
    for (int y = 0; y < stage->size.height; y++)
        for (int x = 0; x < stage->size.width; x++) {
            uint32_t should = 0;
            for (int i = 0; i < MAX_PLACEMENTS; i++)
                should =
                    lies_in(field_of(stage, i, shift), x, y) ? colour_of(i) & 0xFFFFFF : should;
            struct point point = turned_point(stage->rotation, stage->size, x, y);
            uint32_t is = screen_at(&screen, point.x, point.y);
            if (!near(is, should, stage->tolerance))
                fail_msg("rotation %d, shift %d: (%d, %d) is %06x instead of %06x", stage->rotation,
                         shift, x, y, is, should);
        }
    free(screen.data);
}

static void as_many_as_there_may_be(void **state) {
    (void)state;
    need_screen(16);
    for (enum rotation rotation = ROTATE_0; rotation <= ROTATE_90; rotation++) {
        struct stage stage = open_stage(PRESENTER_SURFACE, rotation);
        for (int shift = 0; shift < 9; shift += 4) {
            struct placement placements[MAX_PLACEMENTS];
            for (int i = 0; i < MAX_PLACEMENTS; i++) {
                struct rect field = field_of(&stage, i, shift);
                placements[i] = (struct placement){.x = field.x,
                                                   .y = field.y,
                                                   .alpha = 256,
                                                   .size = {field.width, field.height},
                                                   .fill = colour_of(i)};
            }
            assert_true(presenter_present(stage.presenter, placements, MAX_PLACEMENTS));
            assert_shows_fields(&stage, shift);
        }
        close_stage(&stage);
    }
}

/* ---- where a touch is */

static void touches_are_where_they_are_seen(void **state) {
    (void)state;
    need_screen(16);
    for (enum rotation rotation = ROTATE_0; rotation <= ROTATE_270; rotation++) {
        struct stage stage = open_stage(PRESENTER_SURFACE, rotation);
        struct size panel = presenter_panel(stage.presenter);
        for (int y = 0; y < stage.size.height; y++)
            for (int x = 0; x < stage.size.width; x++) {
                struct point window = presenter_window_point(stage.presenter, (struct point){x, y});
                struct point seen = turned_point(rotation, stage.size, x, y);
                struct point back = presenter_point(stage.presenter, window.x, window.y);
                assert_true(window.x == seen.x && window.y == seen.y);
                assert_true(window.x >= 0 && window.y >= 0 && window.x < panel.width &&
                            window.y < panel.height);
                assert_true(back.x == x && back.y == y);
            }
        close_stage(&stage);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(surface_shows_all),
        cmocka_unit_test(gpu_shows_all),
        cmocka_unit_test(each_field_counts),
        cmocka_unit_test(as_many_as_there_may_be),
        cmocka_unit_test(touches_are_where_they_are_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
