/* A picture under one finger and two: what of it is seen, and where. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdlib.h>

#include "display/zoom.h"

#define MS    1000LL
#define LATER (60000 * MS)

static const struct size photo = {2560, 1440};
static const struct rect screen = {0, 0, 1920, 1080};
static const struct point centre = {960, 540};

static void assert_near(double is, double should, double tolerance) {
    if (!(fabs(is - should) <= tolerance))
        fail_msg("%f is not %f", is, should);
}

static double scale_of(const struct zoom *zoom, int64_t now_us) {
    struct zoom_look look = zoom_look(zoom, now_us);
    return look.place.width / look.part.width;
}

/* The point of the picture that is seen there. */
static double seen_x(const struct zoom *zoom, int x, int64_t now_us) {
    struct zoom_look look = zoom_look(zoom, now_us);
    return look.part.x + (x - look.place.x) * look.part.width / look.place.width;
}

static double seen_y(const struct zoom *zoom, int y, int64_t now_us) {
    struct zoom_look look = zoom_look(zoom, now_us);
    return look.part.y + (y - look.place.y) * look.part.height / look.place.height;
}

/* No part outside of the picture, no place outside of the screen, one scale both ways. */
static void assert_sound(const struct zoom *zoom, int64_t now_us) {
    struct zoom_look look = zoom_look(zoom, now_us);
    struct rect on = zoom->screen, place = look.place;
    assert_true(look.part.x >= 0 && look.part.x + look.part.width <= zoom->picture.width + 1e-6);
    assert_true(look.part.y >= 0 && look.part.y + look.part.height <= zoom->picture.height + 1e-6);
    assert_true(place.x >= on.x && place.x + place.width <= on.x + on.width);
    assert_true(place.y >= on.y && place.y + place.height <= on.y + on.height);
    if (place.width > 100 && place.height > 100)
        assert_near(place.width / look.part.width / (place.height / look.part.height), 1, 0.02);
}

static void a_picture_fits(void **state) {
    (void)state;
    static const struct {
        struct size picture;
        struct rect screen, place;
        double largest; /* in fits */
    } table[] = {
        {{2560, 1440}, {0, 0, 1920, 1080}, {0, 0, 1920, 1080}, 4},
        {{1440, 2560}, {0, 0, 1920, 1080}, {656, 0, 608, 1080}, 4},
        {{2560, 1440}, {0, 100, 1080, 1600}, {0, 596, 1080, 608}, 4},
        {{1280, 720}, {0, 0, 1920, 1080}, {0, 0, 1920, 1080}, 2},
        {{960, 540}, {0, 0, 1920, 1080}, {0, 0, 1920, 1080}, 2},
        {{1440, 810}, {0, 0, 1920, 1080}, {0, 0, 1920, 1080}, 2.25},
        {{2560, 100}, {0, 0, 1920, 1080}, {0, 503, 1920, 75}, 4},
        {{1080, 16000}, {0, 0, 1920, 1080}, {924, 0, 72, 1080}, 1920.0 / 1080 / (1080.0 / 16000)},
        {{0, 0}, {0, 0, 1920, 1080}, {420, 0, 1080, 1080}, 2},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct zoom zoom;
        zoom_init(&zoom, table[i].picture, table[i].screen);
        struct zoom_look look = zoom_look(&zoom, 0);
        assert_int_equal(look.place.x, table[i].place.x);
        assert_int_equal(look.place.y, table[i].place.y);
        assert_int_equal(look.place.width, table[i].place.width);
        assert_int_equal(look.place.height, table[i].place.height);
        assert_near(look.part.width, zoom.picture.width, fmax(0.6, 1 / zoom.fit)); /* a pixel */
        assert_near(look.part.height, zoom.picture.height, fmax(0.7, 1 / zoom.fit));
        assert_near(zoom.largest / zoom.fit, table[i].largest, 1e-9);
        assert_true(zoom_fits(&zoom) && !zoom_moves(&zoom, 0));
    }
}

static void what_is_between_the_fingers_stays_there(void **state) {
    (void)state;
    static const struct point abouts[] = {{960, 540}, {100, 100}, {1900, 1000}};
    for (size_t i = 0; i < 3; i++) {
        struct zoom zoom;
        struct point about = abouts[i];
        zoom_init(&zoom, photo, screen);
        double x = seen_x(&zoom, about.x, 0), y = seen_y(&zoom, about.y, 0);
        for (int step = 0; step < 20; step++) {
            about.x += i == 0 ? 3 : 0;
            zoom_pinch(&zoom, about, i == 0 ? 3 : 0, 0, 1.05, step * 10 * MS);
            assert_near(seen_x(&zoom, about.x, step * 10 * MS), x, 1);
            assert_near(seen_y(&zoom, about.y, step * 10 * MS), y, 1);
            assert_sound(&zoom, step * 10 * MS);
        }
        assert_near(scale_of(&zoom, 200 * MS) / zoom.fit, pow(1.05, 20), 0.01);
        assert_int_equal(zoom_release(&zoom, 900, 900, 200 * MS), ZOOM_STAY);
        assert_near(seen_x(&zoom, about.x, LATER), x, 1);
        assert_near(scale_of(&zoom, LATER) / zoom.fit, pow(1.05, 20), 0.01);
        assert_false(zoom_fits(&zoom));
    }
}

static void the_limits_resist(void **state) {
    (void)state;
    static const struct {
        double pinch, seen_least, seen_most, end; /* in fits */
    } table[] = {{8, 4.5, 6, 4}, {1000, 5, 8, 4}, {0.5, 0.7, 0.95, 1}, {1e-9, 0.5, 0.8, 1}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct zoom zoom;
        zoom_init(&zoom, photo, screen);
        zoom_pinch(&zoom, (struct point){300, 300}, 40, 0, table[i].pinch, 0);
        double seen = scale_of(&zoom, 0) / zoom.fit;
        assert_true(seen > table[i].seen_least && seen < table[i].seen_most);
        double x = seen_x(&zoom, 300, 0);
        zoom_release(&zoom, 0, 0, 100 * MS);
        assert_near(scale_of(&zoom, 100 * MS) / zoom.fit, seen, 0.01);
        assert_true(zoom_moves(&zoom, 100 * MS));
        for (int64_t at = 100 * MS; at < 400 * MS; at += 10 * MS)
            assert_sound(&zoom, at);
        assert_near(scale_of(&zoom, 350 * MS) / zoom.fit, table[i].end, 0.01);
        assert_false(zoom_moves(&zoom, 350 * MS));
        assert_int_equal(zoom_fits(&zoom), table[i].end == 1);
        assert_true(table[i].end == 1 || fabs(seen_x(&zoom, 300, LATER) - x) < 1);
    }
}

static void a_double_tap_goes_in_and_back(void **state) {
    (void)state;
    static const struct {
        struct size picture;
        struct point about;
        double end; /* in fits */
    } table[] = {
        {{2560, 1440}, {960, 540}, 2},   {{2560, 1440}, {0, 0}, 2},
        {{2560, 1440}, {1919, 1079}, 2}, {{1440, 2560}, {960, 540}, 3.16},
        {{2560, 320}, {960, 540}, 4},    {{1280, 720}, {200, 900}, 2},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct zoom zoom;
        zoom_init(&zoom, table[i].picture, screen);
        double x = seen_x(&zoom, table[i].about.x, 0);
        zoom_double_tap(&zoom, table[i].about, 0);
        assert_near(scale_of(&zoom, 0) / zoom.fit, 1, 0.001);
        assert_true(zoom_moves(&zoom, 249 * MS) && !zoom_moves(&zoom, 250 * MS));
        assert_near(scale_of(&zoom, 250 * MS) / zoom.fit, table[i].end, 0.01);
        for (int64_t at = 0; at < 300 * MS; at += 10 * MS) {
            assert_near(seen_x(&zoom, table[i].about.x, at), x, 1);
            assert_sound(&zoom, at);
        }
        zoom_double_tap(&zoom, centre, 1000 * MS);
        assert_true(zoom_fits(&zoom));
        assert_near(scale_of(&zoom, 1250 * MS) / zoom.fit, 1, 0.001);
        assert_near(zoom_look(&zoom, LATER).part.width, table[i].picture.width, 0.6);
    }
}

/* Twice as large, the middle in the middle. */
static struct zoom near_by(void) {
    struct zoom zoom;
    zoom_init(&zoom, photo, screen);
    zoom_double_tap(&zoom, centre, 0);
    return zoom;
}

static void a_finger_has_the_picture(void **state) {
    (void)state;
    struct zoom zoom = near_by();
    double x = seen_x(&zoom, 960, 900 * MS), y = seen_y(&zoom, 540, 900 * MS);
    assert_false(zoom_grab(&zoom, 1000 * MS));
    zoom_drag(&zoom, 60, -90, 1010 * MS);
    assert_near(seen_x(&zoom, 1020, 1010 * MS), x, 0.5);
    assert_near(seen_y(&zoom, 450, 1010 * MS), y, 0.5);
    assert_int_equal(zoom_release(&zoom, 600, 0, 1020 * MS), ZOOM_STAY);
    assert_true(zoom_moves(&zoom, 1020 * MS));
    assert_near(seen_x(&zoom, 1020 + 288, LATER), x, 4); /* flies on for half a second's way */
    assert_near(seen_y(&zoom, 450, LATER), y, 0.5);
    assert_false(zoom_moves(&zoom, LATER));
}

static void its_edges_hold(void **state) {
    (void)state;
    static const struct {
        int dx, dy;
        double vx, vy, x, y; /* of the part, at last */
    } table[] = {
        {2000, 0, 0, 0, 0, 360},       {-2000, 0, 0, 0, 1280, 360}, {0, 2000, 0, 0, 640, 0},
        {0, -2000, 0, 0, 640, 720},    {0, 0, 9000, 0, 0, 360},     {0, 0, -9000, -9000, 1280, 720},
        {900, 0, 9000, -9000, 0, 720},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct zoom zoom = near_by();
        zoom_grab(&zoom, 1000 * MS);
        zoom_drag(&zoom, table[i].dx, table[i].dy, 1000 * MS);
        assert_sound(&zoom, 1000 * MS);
        assert_int_equal(zoom_release(&zoom, table[i].vx, table[i].vy, 1000 * MS), ZOOM_STAY);
        for (int64_t at = 1000 * MS; at < 5000 * MS; at += 20 * MS)
            assert_sound(&zoom, at);
        assert_near(zoom_look(&zoom, LATER).part.x, table[i].x, 1);
        assert_near(zoom_look(&zoom, LATER).part.y, table[i].y, 1);
        assert_false(zoom_moves(&zoom, LATER));
    }
    /* a side that is seen as a whole does not give way */
    struct zoom zoom;
    zoom_init(&zoom, (struct size){2560, 320}, screen);
    zoom_double_tap(&zoom, centre, 0);
    int before = zoom_look(&zoom, LATER).place.y;
    zoom_drag(&zoom, 0, 300, LATER);
    assert_int_equal(zoom_look(&zoom, LATER).place.y, before);
}

static void a_swipe_leads_to_the_next(void **state) {
    (void)state;
    static const struct {
        int dx;
        double vx;
        bool previous, next;
        enum zoom_end end;
    } table[] = {
        {-500, 0, true, true, ZOOM_NEXT},     {500, 0, true, true, ZOOM_PREVIOUS},
        {-400, 0, true, true, ZOOM_STAY},     {-40, -900, true, true, ZOOM_NEXT},
        {40, 900, true, true, ZOOM_PREVIOUS}, {-700, 900, true, true, ZOOM_STAY},
        {-700, -900, true, false, ZOOM_STAY}, {-700, 0, true, false, ZOOM_STAY},
        {1900, 0, false, true, ZOOM_STAY},    {0, -900, true, true, ZOOM_STAY},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct zoom zoom;
        zoom_init(&zoom, photo, screen);
        zoom.previous = table[i].previous;
        zoom.next = table[i].next;
        zoom_grab(&zoom, 0);
        zoom_drag(&zoom, table[i].dx, 77, 0);
        int shift = zoom_look(&zoom, 0).shift;
        bool free = table[i].dx < 0 ? table[i].next : table[i].previous;
        assert_true(free ? shift == table[i].dx : abs(shift) <= abs(table[i].dx) / 2);
        assert_sound(&zoom, 0);
        assert_int_equal(zoom_release(&zoom, table[i].vx, 5000, 10 * MS), table[i].end);
        assert_int_equal(zoom_look(&zoom, 10 * MS).shift, shift); /* nothing jumps */
        if (table[i].end == ZOOM_STAY) {
            assert_int_equal(zoom_look(&zoom, 260 * MS).shift, 0);
            assert_int_equal(zoom_look(&zoom, 260 * MS).place.width, 1920);
            assert_false(zoom_moves(&zoom, 260 * MS));
        }
    }
}

/* From any move into any other nothing jumps. */
static void nothing_jumps(void **state) {
    (void)state;
    struct zoom zoom;
    zoom_init(&zoom, photo, screen);
    zoom.next = zoom.previous = true;
    uint32_t seed = 1;
    for (int64_t at = 0; at < 20000 * MS; at += 30 * MS) {
        double scale = scale_of(&zoom, at), x = seen_x(&zoom, 960, at);
        bool seen = zoom_look(&zoom, at).place.width > 100;
        seed = seed * 1664525u + 1013904223u;
        switch (seed >> 29) {
        case 0:
            zoom_double_tap(&zoom, (struct point){(int)(seed >> 10) % 1920, 300}, at);
            break;
        case 1:
            zoom_release(&zoom, (int)(seed >> 8 & 4095) - 2048, 0, at);
            break;
        case 2:
            zoom_grab(&zoom, at);
            break;
        case 3:
        case 4:
            zoom_pinch(&zoom, (struct point){960, 500}, 0, 0, 0.9 + (seed >> 8 & 255) / 1000.0, at);
            scale = scale_of(&zoom, at);
            break;
        default:
            zoom_drag(&zoom, (int)(seed >> 8 & 63) - 32, 9, at);
            x = seen_x(&zoom, 960, at);
            break;
        }
        if (seen) {
            assert_near(scale_of(&zoom, at) / scale, 1, 0.01);
            assert_near(seen_x(&zoom, 960, at), x, 3);
        }
        assert_sound(&zoom, at);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_fits),
        cmocka_unit_test(what_is_between_the_fingers_stays_there),
        cmocka_unit_test(the_limits_resist),
        cmocka_unit_test(a_double_tap_goes_in_and_back),
        cmocka_unit_test(a_finger_has_the_picture),
        cmocka_unit_test(its_edges_hold),
        cmocka_unit_test(a_swipe_leads_to_the_next),
        cmocka_unit_test(nothing_jumps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
