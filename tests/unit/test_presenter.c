/* Shows known pictures in every way and compares what lies in the memory of the virtual screen.
 * To be run by tests/xvfb.sh, which says where that memory is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <SDL.h>

#include "base/memory.h"
#include "display/presenter.h"
#include "screen_fixture.h"

struct shown {
    int buffer; /* of the stage's */
    int x, y;   /* in hundredths of the screen */
    int alpha;
};

struct frame {
    const char *name;
    int count;
    struct shown shown[3];
};

/* In this order: each frame must also take away what the one before had left. */
static const struct frame frames[] = {
    {"one", 1, {{0, 0, 0, 256}}},
    {"a fade begins", 2, {{0, 0, 0, 256}, {1, 0, 0, 3}}},
    {"a fade", 2, {{0, 0, 0, 256}, {1, 0, 0, 77}}},
    {"a fade is nearly over", 2, {{0, 0, 0, 256}, {1, 0, 0, 255}}},
    {"a fade is over", 2, {{0, 0, 0, 256}, {1, 0, 0, 256}}},
    {"nothing changed", 2, {{0, 0, 0, 256}, {1, 0, 0, 256}}},
    {"a slide", 2, {{1, -30, 0, 256}, {0, 70, 0, 256}}},
    {"a slide upwards", 2, {{1, 0, -60, 256}, {0, 0, 40, 256}}},
    {"beside it is black", 1, {{1, 20, -10, 256}}},
    {"under it is black", 1, {{0, 0, 0, 100}}},
    {"a card", 2, {{1, 0, 0, 256}, {2, 13, 17, 256}}},
    {"the card moves", 2, {{1, 0, 0, 256}, {2, 44, 3, 256}}},
    {"the card fades, off the edge", 2, {{1, 0, 0, 256}, {2, 90, 95, 128}}},
    {"three", 3, {{0, 0, 0, 256}, {1, 0, 0, 64}, {2, -5, 50, 200}}},
    {"the card alone", 1, {{2, 50, 50, 256}}},
    {"nothing", 0, {{0, 0, 0, 0}}},
    {"one again", 1, {{0, 0, 0, 256}}},
    {"nothing is seen of it", 2, {{0, 0, 0, 256}, {1, 0, 0, 0}}},
    {"a pill", 2, {{0, 0, 0, 256}, {3, 60, 5, 256}}},
    {"the pill is half there", 2, {{0, 0, 0, 256}, {3, 60, 5, 131}}},
    {"the pill moves, off the edge", 2, {{0, 0, 0, 256}, {3, 93, -3, 256}}},
    {"a fade begins under it", 3, {{0, 0, 0, 256}, {1, 0, 0, 40}, {3, 60, 5, 256}}},
    {"a fade under it", 3, {{0, 0, 0, 256}, {1, 0, 0, 90}, {3, 60, 5, 256}}},
    {"a slide under it", 3, {{1, -30, 0, 256}, {0, 70, 0, 256}, {3, 60, 5, 256}}},
    {"a pill over a card", 3, {{0, 0, 0, 256}, {2, 50, 50, 256}, {3, 48, 45, 200}}},
    {"a pill over nothing", 1, {{3, 10, 10, 256}}},
    {"one without a pill", 1, {{1, 0, 0, 256}}},
};

enum { PILL = 3, BUFFERS = 4 };

struct stage {
    struct presenter *presenter;
    enum rotation rotation;
    struct size size;
    struct buffer *upright[BUFFERS], *adopted[BUFFERS];
    int tolerance;
};

static struct placement placement_of(const struct stage *stage, const struct shown *shown) {
    return (struct placement){.buffer = stage->adopted[shown->buffer],
                              .x = shown->x * stage->size.width / 100,
                              .y = shown->y * stage->size.height / 100,
                              .alpha = shown->alpha};
}

/* Pixel (x, y) of the upright picture, by the book. */
static uint32_t ideal(const struct stage *stage, const struct frame *frame, int x, int y) {
    uint32_t value = 0;
    for (int i = 0; i < frame->count; i++) {
        struct placement placement = placement_of(stage, &frame->shown[i]);
        const struct buffer *buffer = stage->upright[frame->shown[i].buffer];
        int across = x - placement.x, down = y - placement.y;
        if (across >= 0 && down >= 0 && across < buffer->width && down < buffer->height)
            value = buffer->translucent
                        ? laid_over(value, at(buffer, across, down), placement.alpha)
                        : mixed(value, at(buffer, across, down), placement.alpha);
    }
    return value;
}

static struct point on_panel(const struct stage *stage, int x, int y) {
    return turned_point(stage->rotation, stage->size, x, y);
}

/* The first pixel that is not as it should be, in *where; false: there is none. */
static bool differs(const struct stage *stage, const struct frame *frame, struct point corner,
                    char where[128]) {
    struct screen screen = read_screen();
    bool wrong = false;
    int tolerance = stage->tolerance; /* see blend_over */
    for (int i = 0; i < frame->count; i++)
        tolerance = frame->shown[i].buffer == PILL ? stage->tolerance + 2 : tolerance;
    for (int y = 0; y < stage->size.height && !wrong; y++)
        for (int x = 0; x < stage->size.width && !wrong; x++) {
            struct point point = on_panel(stage, x, y);
            uint32_t is = screen_at(&screen, corner.x + point.x, corner.y + point.y);
            uint32_t should = ideal(stage, frame, x, y);
            wrong = !near(is, should, tolerance);
            if (wrong)
                snprintf(where, 128, "upright (%d, %d) is %06x instead of %06x", x, y, is, should);
        }
    free(screen.data);
    return wrong;
}

static void assert_shows(const struct stage *stage, const struct frame *frame,
                         struct point corner) {
    struct placement placements[3];
    for (int i = 0; i < frame->count; i++)
        placements[i] = placement_of(stage, &frame->shown[i]);
    assert_true(presenter_present(stage->presenter, placements, (size_t)frame->count));
    char where[128] = "";
    for (int waited = 0; differs(stage, frame, corner, where); waited += 20) {
        if (waited > PATIENCE_MS)
            fail_msg("%s, %s, rotation %d: %s", presenter_name(stage->presenter), frame->name,
                     stage->rotation, where);
        pause_ms(20);
    }
}

static void make_buffers(struct stage *stage) {
    int width = stage->size.width, height = stage->size.height;
    const struct size sizes[BUFFERS] = {{width, height}, {width, height}, {61, 34}, {83, 21}};
    for (int i = 0; i < BUFFERS; i++) {
        stage->upright[i] = i == PILL ? translucent_pattern(sizes[i].width, sizes[i].height)
                                      : pattern(sizes[i].width, sizes[i].height, (uint32_t)i + 1);
        stage->adopted[i] =
            presenter_adopt(stage->presenter, buffer_rotate(stage->upright[i], ROTATE_0));
        assert_non_null(stage->adopted[i]);
    }
}

static void drop_buffers(struct stage *stage) {
    for (int i = 0; i < BUFFERS; i++) {
        buffer_destroy(stage->upright[i]);
        buffer_destroy(stage->adopted[i]);
    }
}

static struct stage open_stage(enum presenter_choice choice, enum rotation rotation,
                               struct size windowed) {
    struct presenter_params params = {.choice = choice, .windowed = windowed, .rotation = rotation};
    struct screen screen = read_screen();
    /* GL's rounding; five bits a channel */
    int tolerance = screen.bits == 16 ? 9 : choice == PRESENTER_GPU ? 2 : 0;
    free(screen.data);
    struct stage stage = {.rotation = rotation, .tolerance = tolerance};
    stage.presenter = presenter_create(&params);
    assert_non_null(stage.presenter);
    stage.size = presenter_size(stage.presenter);
    make_buffers(&stage);
    return stage;
}

static void close_stage(struct stage *stage) {
    drop_buffers(stage);
    presenter_destroy(stage->presenter);
}

static void show_all(enum presenter_choice choice, const char *name) {
    struct screen screen = read_screen();
    int width = screen.width, height = screen.height;
    free(screen.data);
    for (enum rotation rotation = ROTATE_0; rotation <= ROTATE_270; rotation++) {
        struct stage stage = open_stage(choice, rotation, (struct size){0, 0});
        bool side = rotation == ROTATE_90 || rotation == ROTATE_270;
        assert_string_equal(presenter_name(stage.presenter), name);
        assert_int_equal(stage.size.width, side ? height : width);
        assert_int_equal(stage.size.height, side ? width : height);
        for (size_t i = 0; i < sizeof(frames) / sizeof(*frames); i++)
            assert_shows(&stage, &frames[i], (struct point){0, 0});
        close_stage(&stage);
    }
}

static void surface_shows_all(void **state) {
    (void)state;
    need_screen(16);
    show_all(PRESENTER_SURFACE, "surface");
}

static void gpu_shows_all(void **state) {
    (void)state;
    need_screen(32);
    show_all(PRESENTER_GPU, "gpu");
}

/* ---- a photograph that is stretched, and what lies over it */

/* A photograph of `grown` percent of the screen's size. */
struct photo_case {
    int grown, left, top, share; /* the part: where it begins, how much of it, in thousandths */
    int x;                       /* in hundredths of the screen */
    int alpha;
};

static struct placement photo_placement(const struct photo_case *test, const struct buffer *photo,
                                        struct size size) {
    return (struct placement){
        .buffer = photo,
        .x = test->x * size.width / 100,
        .alpha = test->alpha,
        .part = {(int)((int64_t)photo->width * PART_PIXEL * test->left / 1000),
                 (int)((int64_t)photo->height * PART_PIXEL * test->top / 1000),
                 (int)((int64_t)photo->width * PART_PIXEL * test->share / 1000),
                 (int)((int64_t)photo->height * PART_PIXEL * test->share / 1000)}};
}

static uint32_t ideal_photo(const struct stage *stage, const struct placement *photo,
                            const struct buffer *over, int x, int y) {
    uint32_t pixel = at(over, x, y), value = 0;
    int across = x - photo->x;
    for (int shift = 0; shift < 24; shift += 8) {
        double below = 0;
        if (across >= 0 && across < stage->size.width) {
            double u = photo->part.x + (across + 0.5) * photo->part.width / stage->size.width;
            double v = photo->part.y + (y + 0.5) * photo->part.height / stage->size.height;
            below =
                sample(photo->buffer, u / PART_PIXEL, v / PART_PIXEL, shift) * photo->alpha / 256;
        }
        double sum = (pixel >> shift & 255) + below * (255 - (pixel >> 24)) / 255;
        value |= (uint32_t)(sum + 0.5) << shift;
    }
    return value;
}

static bool photo_differs(const struct stage *stage, const struct placement *photo,
                          const struct buffer *over, char where[128]) {
    struct screen screen = read_screen();
    bool wrong = false;
    for (int y = 0; y < stage->size.height && !wrong; y++)
        for (int x = 0; x < stage->size.width && !wrong; x++) {
            struct point point = on_panel(stage, x, y);
            uint32_t is = screen_at(&screen, point.x, point.y);
            uint32_t should = ideal_photo(stage, photo, over, x, y);
            wrong = !near(is, should, 4); /* GL's weights have eight bits */
            if (wrong)
                snprintf(where, 128, "upright (%d, %d) is %06x instead of %06x", x, y, is, should);
        }
    free(screen.data);
    return wrong;
}

static void assert_shows_photo(const struct stage *stage, const struct photo_case *test) {
    struct size size = stage->size;
    struct buffer *photo =
        pattern(size.width * test->grown / 100, size.height * test->grown / 100, 9);
    struct buffer *over = translucent_pattern(size.width, size.height);
    const struct placement placements[] = {photo_placement(test, photo, size),
                                           {.buffer = over, .alpha = 256}};
    assert_true(presenter_present(stage->presenter, placements, 2));
    char where[128] = "";
    for (int waited = 0; photo_differs(stage, &placements[0], over, where); waited += 20) {
        if (waited > PATIENCE_MS)
            fail_msg("%d %%, part %d, rotation %d: %s", test->grown, test->share, stage->rotation,
                     where);
        pause_ms(20);
    }
    buffer_destroy(photo);
    buffer_destroy(over);
}

static void gpu_stretches_a_photograph(void **state) {
    (void)state;
    need_screen(32);
    static const struct photo_case cases[] = {
        {100, 0, 0, 1000, 0, 256},   {110, 0, 0, 1000, 0, 256},    {110, 20, 20, 960, 0, 256},
        {110, 37, 13, 961, 0, 256},  {100, 0, 40, 960, 0, 256},    {110, 20, 20, 960, 0, 100},
        {110, 20, 20, 960, 30, 256}, {110, 20, 20, 960, -45, 256},
    };
    for (enum rotation rotation = ROTATE_0; rotation <= ROTATE_270; rotation++) {
        struct stage stage = open_stage(PRESENTER_GPU, rotation, (struct size){0, 0});
        struct presenter_power power = presenter_power(stage.presenter);
        assert_true(power.stretches && power.period_us > 0);
        for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
            assert_shows_photo(&stage, &cases[i]);
        close_stage(&stage);
    }
}

/* A part that has moved by less than a pixel is another frame. */
static void a_moved_part_is_another_frame(void **state) {
    (void)state;
    need_screen(32);
    struct stage stage = open_stage(PRESENTER_GPU, ROTATE_0, (struct size){0, 0});
    struct buffer *photo = pattern(stage.size.width, stage.size.height, 9);
    struct placement placement = {
        .buffer = photo,
        .alpha = 256,
        .part = {0, 0, (photo->width - 1) * PART_PIXEL, (photo->height - 1) * PART_PIXEL}};
    assert_true(presenter_present(stage.presenter, &placement, 1));
    int64_t before = presenter_frames(stage.presenter);
    assert_true(presenter_present(stage.presenter, &placement, 1));
    assert_true(presenter_frames(stage.presenter) == before);
    placement.part.x += PART_PIXEL / 100;
    assert_true(presenter_present(stage.presenter, &placement, 1));
    assert_true(presenter_frames(stage.presenter) == before + 1);
    buffer_destroy(photo);
    close_stage(&stage);
}

/* Here is no GPU but Mesa's software one. */
static void auto_takes_no_software_gpu(void **state) {
    (void)state;
    need_screen(16);
    struct stage stage = open_stage(PRESENTER_AUTO, ROTATE_0, (struct size){0, 0});
    if (strcmp(presenter_name(stage.presenter), "surface") != 0)
        puts("a real GPU is here");
    else
        assert_false(presenter_power(stage.presenter).stretches);
    assert_shows(&stage, &frames[0], (struct point){0, 0});
    close_stage(&stage);
}

static SDL_Window *the_window(void) {
    for (uint32_t id = 1; id < 1000; id++)
        if (SDL_GetWindowFromID(id))
            return SDL_GetWindowFromID(id);
    return NULL;
}

static struct point corner_of(SDL_Window *window) {
    struct point corner;
    SDL_GetWindowPosition(window, &corner.x, &corner.y);
    return corner;
}

/* What was on the screen is not believed any more after a change of the window. */
static void the_window_may_change_its_size(void **state) {
    (void)state;
    need_screen(16);
    for (enum rotation rotation = ROTATE_0; rotation <= ROTATE_90; rotation++) {
        struct stage stage = open_stage(PRESENTER_SURFACE, rotation, (struct size){200, 120});
        assert_int_equal(stage.size.width, rotation == ROTATE_90 ? 120 : 200);
        SDL_Window *window = the_window();
        assert_string_equal(SDL_GetWindowTitle(window), "风采");
        assert_shows(&stage, &frames[0], corner_of(window));
        SDL_SetWindowSize(window, 171, 150);
        for (int i = 0; i < 20; i++) {
            SDL_PumpEvents();
            pause_ms(10);
        }
        presenter_handle_window(stage.presenter);
        stage.size = presenter_size(stage.presenter);
        assert_int_equal(stage.size.width, rotation == ROTATE_90 ? 150 : 171);
        assert_int_equal(stage.size.height, rotation == ROTATE_90 ? 171 : 150);
        assert_shows(&stage, &frames[2], corner_of(window)); /* buffers of the old size */
        drop_buffers(&stage);
        make_buffers(&stage);
        assert_shows(&stage, &frames[2], corner_of(window));
        close_stage(&stage);
    }
}

/* What was made for the old way is never seen, what is made anew is. */
static void turn(struct stage *stage, enum rotation rotation) {
    static const struct frame nothing = {"what does not fit", 0, {{0, 0, 0, 0}}};
    const struct placement stale = {.buffer = stage->adopted[0], .alpha = 256};
    bool surface = strcmp(presenter_name(stage->presenter), "surface") == 0;
    presenter_set_rotation(stage->presenter, rotation);
    assert_int_equal(presenter_rotation(stage->presenter), rotation);
    stage->rotation = rotation;
    stage->size = presenter_size(stage->presenter);
    if (surface) {
        assert_false(presenter_fits(stage->presenter, stale.buffer));
        assert_true(presenter_present(stage->presenter, &stale, 1));
        assert_shows(stage, &nothing, (struct point){0, 0});
    }
    drop_buffers(stage);
    make_buffers(stage);
    assert_true(presenter_fits(stage->presenter, stage->adopted[0]));
    assert_shows(stage, &frames[2], (struct point){0, 0});
}

static void turn_around(enum presenter_choice choice) {
    struct stage stage = open_stage(choice, ROTATE_0, (struct size){0, 0});
    assert_shows(&stage, &frames[0], (struct point){0, 0});
    turn(&stage, ROTATE_180); /* of the same size */
    turn(&stage, ROTATE_90);
    turn(&stage, ROTATE_270);
    turn(&stage, ROTATE_0);
    close_stage(&stage);
}

static void surface_is_turned_while_it_shows(void **state) {
    (void)state;
    need_screen(16);
    turn_around(PRESENTER_SURFACE);
}

static void gpu_is_turned_while_it_shows(void **state) {
    (void)state;
    need_screen(32);
    turn_around(PRESENTER_GPU);
}

/* The same frame again, after the window was painted over by somebody else. */
static void what_was_lost_is_shown_again(void **state) {
    (void)state;
    need_screen(16);
    struct stage stage = open_stage(PRESENTER_SURFACE, ROTATE_0, (struct size){0, 0});
    assert_shows(&stage, &frames[0], (struct point){0, 0});
    SDL_Window *window = the_window();
    assert_int_equal(SDL_FillRect(SDL_GetWindowSurface(window), NULL, 0), 0);
    assert_int_equal(SDL_UpdateWindowSurface(window), 0);
    presenter_handle_window(stage.presenter);
    assert_shows(&stage, &frames[0], (struct point){0, 0});
    close_stage(&stage);
}

static bool covers(const struct stage *stage, const struct shown *shown, int x, int y) {
    struct placement placement = placement_of(stage, shown);
    const struct buffer *buffer = stage->upright[shown->buffer];
    return x >= placement.x && x < placement.x + buffer->width && y >= placement.y &&
           y < placement.y + buffer->height;
}

/* Where something but the lowest lies, in one of the two frames. */
static bool changed_at(const struct stage *stage, const struct frame two[2], int x, int y) {
    for (int i = 0; i < 2; i++)
        for (int k = 1; k < two[i].count; k++)
            if (covers(stage, &two[i].shown[k], x, y))
                return true;
    return false;
}

static void scribble(void) {
    SDL_Window *window = the_window();
    assert_int_equal(SDL_FillRect(SDL_GetWindowSurface(window), NULL, 0xFFFFFFFF), 0);
    assert_int_equal(SDL_UpdateWindowSurface(window), 0);
}

/* Somebody else paints over the window, and it is not told: what it does not draw stays so. */
static void only_what_changed_is_drawn(void **state) {
    (void)state;
    need_screen(16);
    static const struct frame two[] = {
        {"before", 3, {{0, 0, 0, 256}, {2, 2, 3, 256}, {PILL, 70, 5, 256}}},
        {"after", 3, {{0, 0, 0, 256}, {2, 2, 70, 256}, {PILL, 70, 5, 80}}}};
    for (enum rotation rotation = ROTATE_0; rotation <= ROTATE_270; rotation++) {
        struct stage stage = open_stage(PRESENTER_SURFACE, rotation, (struct size){0, 0});
        assert_shows(&stage, &two[0], (struct point){0, 0});
        scribble();
        int64_t before = presenter_frames(stage.presenter);
        struct placement placements[3];
        for (int i = 0; i < 3; i++)
            placements[i] = placement_of(&stage, &two[1].shown[i]);
        assert_true(presenter_present(stage.presenter, placements, 3));
        assert_true(presenter_present(stage.presenter, placements, 3)); /* nothing */
        assert_int_equal(presenter_frames(stage.presenter), before + 1);
        struct screen screen = read_screen();
        for (int y = 0; y < stage.size.height; y++)
            for (int x = 0; x < stage.size.width; x++) {
                struct point point = on_panel(&stage, x, y);
                uint32_t is = screen_at(&screen, point.x, point.y);
                uint32_t should =
                    changed_at(&stage, two, x, y) ? ideal(&stage, &two[1], x, y) : 0xFFFFFF;
                if (!near(is, should, stage.tolerance + 2))
                    fail_msg("rotation %d: (%d, %d) is %06x instead of %06x", rotation, x, y, is,
                             should);
            }
        free(screen.data);
        close_stage(&stage);
    }
}

static void without_a_screen_there_is_none(void **state) {
    (void)state;
    char *display = getenv("DISPLAY") ? xstrdup(getenv("DISPLAY")) : NULL;
    unsetenv("DISPLAY");
    setenv("SDL_VIDEODRIVER", "x11", 1);
    struct presenter_params params = {.choice = PRESENTER_AUTO};
    assert_null(presenter_create(&params));
    unsetenv("SDL_VIDEODRIVER");
    if (display)
        setenv("DISPLAY", display, 1);
    free(display);
    presenter_destroy(NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(surface_shows_all),
        cmocka_unit_test(gpu_shows_all),
        cmocka_unit_test(gpu_stretches_a_photograph),
        cmocka_unit_test(a_moved_part_is_another_frame),
        cmocka_unit_test(auto_takes_no_software_gpu),
        cmocka_unit_test(the_window_may_change_its_size),
        cmocka_unit_test(surface_is_turned_while_it_shows),
        cmocka_unit_test(gpu_is_turned_while_it_shows),
        cmocka_unit_test(what_was_lost_is_shown_again),
        cmocka_unit_test(only_what_changed_is_drawn),
        cmocka_unit_test(without_a_screen_there_is_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
