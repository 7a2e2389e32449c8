#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include <SDL_image.h>

#include "base/fs.h"
#include "base/memory.h"
#include "display/composer.h"
#include "display/paint.h"
#include "display/picture_cache.h"

static uint32_t at(const struct buffer *buffer, int x, int y) {
    return buffer->pixels[(size_t)y * (size_t)buffer->stride + (size_t)x];
}

static void put(struct buffer *buffer, int x, int y, uint32_t value) {
    buffer->pixels[(size_t)y * (size_t)buffer->stride + (size_t)x] = value;
}

static int part(uint32_t pixel, int shift) {
    return (int)(pixel >> shift & 255);
}

static struct buffer *flat(int width, int height, uint32_t value) {
    struct buffer *buffer = buffer_create(width, height);
    assert_non_null(buffer);
    paint_fill(buffer, (struct rect){0, 0, width, height}, 0, value);
    return buffer;
}

static struct buffer *noise(int width, int height) {
    struct buffer *buffer = buffer_create(width, height);
    assert_non_null(buffer);
    uint32_t seed = 12345;
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            seed = seed * 1664525 + 1013904223;
            put(buffer, x, y, 0xFF000000u | seed >> 8);
        }
    return buffer;
}

static void assert_opaque(const struct buffer *buffer) {
    for (int y = 0; y < buffer->height; y++)
        for (int x = 0; x < buffer->width; x++)
            if (at(buffer, x, y) >> 24 != 255)
                fail_msg("(%d, %d) is %08x", x, y, at(buffer, x, y));
}

/* ---- buffers */

static void sizes_are_checked(void **state) {
    (void)state;
    static const int bad[][2] = {{0, 5}, {5, 0}, {-1, 5}, {5, -1}, {100000, 5}, {5, 0x7FFFFFFF}};
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        assert_null(buffer_create(bad[i][0], bad[i][1]));
    struct buffer *a = buffer_create(17, 3), *b = buffer_create(1, 1);
    assert_int_equal(a->stride, 32);
    assert_int_equal(buffer_bytes(a), 32 * 3 * 4);
    assert_int_equal((uintptr_t)a->pixels % 64, 0);
    assert_int_equal(at(a, 16, 2), 0);
    assert_true(a->id != b->id);
    buffer_destroy(a);
    buffer_destroy(b);
    buffer_destroy(NULL);
}

static void turning_moves_each_pixel(void **state) {
    (void)state;
    struct buffer *from = noise(77, 41); /* neither a multiple of a block */
    for (enum rotation rotation = ROTATE_0; rotation <= ROTATE_270; rotation++) {
        struct buffer *to = buffer_rotate(from, rotation);
        bool side = rotation == ROTATE_90 || rotation == ROTATE_270;
        assert_int_equal(to->width, side ? 41 : 77);
        assert_int_equal(to->height, side ? 77 : 41);
        for (int y = 0; y < 41; y++)
            for (int x = 0; x < 77; x++) {
                struct point on[] = {{x, y}, {40 - y, x}, {76 - x, 40 - y}, {y, 76 - x}};
                assert_int_equal(at(to, on[rotation].x, on[rotation].y), at(from, x, y));
            }
        buffer_destroy(to);
    }
    buffer_destroy(from);
}

/* ---- fills */

static void fills_blend_and_are_clipped(void **state) {
    (void)state;
    struct buffer *to = flat(40, 30, 0xFF000000);
    paint_fill(to, (struct rect){-10, -10, 20, 20}, 0, 0xFF112233);
    paint_fill(to, (struct rect){30, 20, 1000, 1000}, 0, 0x80FFFFFF);
    paint_fill(to, (struct rect){500, 500, 10, 10}, 0, 0xFFFFFFFF);
    paint_fill(to, (struct rect){-20, 0, 40, 40}, 8, 0x00FFFFFF);
    assert_int_equal(at(to, 9, 9), 0xFF112233);
    assert_int_equal(at(to, 10, 9), 0xFF000000);
    assert_in_range(part(at(to, 39, 29), 8), 127, 129);
    assert_int_equal(at(to, 29, 29), 0xFF000000);
    assert_opaque(to);
    buffer_destroy(to);
}

static void corners_are_round_smooth_and_alike(void **state) {
    (void)state;
    struct buffer *to = flat(60, 50, 0xFF000000);
    paint_fill(to, (struct rect){5, 5, 50, 40}, 12, 0xFFFFFFFF);
    assert_int_equal(at(to, 5, 5), 0xFF000000);
    assert_int_equal(at(to, 17, 5), 0xFFFFFFFF);
    assert_int_equal(at(to, 5, 17), 0xFFFFFFFF);
    int between = 0;
    double area = 0;
    for (int y = 5; y < 17; y++)
        for (int x = 5; x < 17; x++) {
            uint32_t value = at(to, x, y);
            between += part(value, 0) > 0 && part(value, 0) < 255;
            area += part(value, 0) / 255.0;
            assert_int_equal(at(to, 59 - x, y), value);
            assert_int_equal(at(to, x, 49 - y), value);
            assert_int_equal(at(to, 59 - x, 49 - y), value);
        }
    assert_true(between > 10);
    assert_true(area > 113.1 - 1.5 && area < 113.1 + 1.5); /* a quarter of a disc of 12 */
    buffer_destroy(to);
}

/* ---- gradients */

/* Over the height of the dither pattern. */
static double mean_around(const struct buffer *buffer, int top, int shift) {
    double sum = 0;
    for (int y = top; y < top + 8; y++)
        for (int x = 0; x < buffer->width; x++)
            sum += part(at(buffer, x, y), shift);
    return sum / (8 * buffer->width);
}

/* A dark scrim over 300 rows has few of the 256 steps: what lies between is dithered. */
static void gradients_do_not_band(void **state) {
    (void)state;
    struct buffer *to = flat(64, 300, 0xFF181818);
    paint_gradient(to, (struct rect){0, 0, 64, 300}, 0x00000000, 0xFF000000, false);
    for (int y = 0; y < 300; y++) {
        int ideal = (int)(24 * (1 - (y + 0.5) / 300));
        for (int x = 0; x < 64; x++)
            assert_in_range(part(at(to, x, y), 8), ideal, ideal + 1);
    }
    for (int y = 0; y < 292; y++) {
        double ideal = 24 * (1 - (y + 4.0) / 300), mean = mean_around(to, y, 8);
        if (mean < ideal - 0.06 || mean > ideal + 0.06)
            fail_msg("around row %d is %.2f instead of %.2f", y + 4, mean, ideal);
    }
    assert_opaque(to);
    buffer_destroy(to);
}

static void gradients_reach_both_ends(void **state) {
    (void)state;
    struct buffer *to = flat(400, 8, 0xFF000000);
    paint_gradient(to, (struct rect){0, 0, 400, 8}, 0xFF204060, 0xFFE0C0A0, true);
    for (int shift = 0; shift < 24; shift += 8) {
        assert_in_range(part(at(to, 0, 3), shift), part(0x204060, shift),
                        part(0x204060, shift) + 1);
        assert_in_range(part(at(to, 399, 3), shift), part(0xE0C0A0, shift) - 1,
                        part(0xE0C0A0, shift) + 1);
    }
    assert_in_range(part(at(to, 200, 3), 8), 0x7F, 0x81);
    buffer_destroy(to);
}

static void a_veil_without_alpha_changes_nothing(void **state) {
    (void)state;
    struct buffer *to = noise(50, 50), *kept = buffer_rotate(to, ROTATE_0);
    paint_gradient(to, (struct rect){0, 0, 50, 50}, 0x00FFFFFF, 0x00000000, false);
    paint_gradient(to, (struct rect){60, 0, 50, 50}, 0xFFFFFFFF, 0xFFFFFFFF, true);
    assert_memory_equal(to->pixels, kept->pixels, buffer_bytes(to));
    buffer_destroy(to);
    buffer_destroy(kept);
}

static void a_clipped_gradient_is_part_of_the_whole(void **state) {
    (void)state;
    for (int horizontal = 0; horizontal < 2; horizontal++) {
        struct buffer *whole = flat(64, 64, 0xFF808080), *piece = flat(24, 24, 0xFF808080);
        paint_gradient(whole, (struct rect){0, 0, 64, 64}, 0xFF000000, 0xFFFFFFFF, horizontal);
        paint_gradient(piece, (struct rect){-16, -16, 64, 64}, 0xFF000000, 0xFFFFFFFF, horizontal);
        for (int y = 0; y < 24; y++)
            for (int x = 0; x < 24; x++)
                assert_int_equal(at(piece, x, y), at(whole, x + 16, y + 16));
        buffer_destroy(whole);
        buffer_destroy(piece);
    }
}

/* ---- pictures */

static void its_own_size_is_a_copy(void **state) {
    (void)state;
    struct buffer *picture = noise(60, 50), *to = flat(40, 40, 0xFF000000);
    assert_true(
        paint_picture(to, (struct rect){-5, 10, 30, 40}, picture, (struct rect){20, 5, 30, 40}));
    for (int y = 10; y < 40; y++)
        for (int x = 0; x < 25; x++)
            assert_int_equal(at(to, x, y), at(picture, x + 25, y - 5));
    assert_int_equal(at(to, 25, 20), 0xFF000000);
    assert_int_equal(at(to, 3, 9), 0xFF000000);
    buffer_destroy(to);
    buffer_destroy(picture);
}

static void assert_near(const struct buffer *to, int border, uint32_t value, int most) {
    for (int y = border; y < to->height - border; y++)
        for (int x = border; x < to->width - border; x++)
            for (int shift = 0; shift < 32; shift += 8)
                if (abs(part(at(to, x, y), shift) - part(value, shift)) > most)
                    fail_msg("(%d, %d) is %08x instead of %08x", x, y, at(to, x, y), value);
}

static void a_plain_picture_stays_plain(void **state) {
    (void)state;
    static const int sizes[][2] = {{10, 10}, {37, 91}, {200, 150}, {611, 503}, {1, 1}, {3, 700}};
    struct buffer *picture = flat(200, 150, 0xFFC86432);
    for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
        struct buffer *to = buffer_create(sizes[i][0], sizes[i][1]);
        struct rect all = {0, 0, to->width, to->height};
        assert_true(paint_picture(to, all, picture, (struct rect){0, 0, 200, 150}));
        assert_near(to, 0, 0xFFC86432, 0);
        buffer_destroy(to);
    }
    buffer_destroy(picture);
}

/* Lines one pixel wide become grey, without stripes and waves. */
static void shrinking_does_not_alias(void **state) {
    (void)state;
    struct buffer *picture = buffer_create(600, 600);
    for (int y = 0; y < 600; y++)
        for (int x = 0; x < 600; x++)
            put(picture, x, y, (x + y) & 1 ? 0xFFFFFFFF : 0xFF000000);
    static const int sides[] = {290, 200, 123, 60};
    for (size_t i = 0; i < sizeof(sides) / sizeof(*sides); i++) {
        struct buffer *to = buffer_create(sides[i], sides[i]);
        assert_true(paint_picture(to, (struct rect){0, 0, sides[i], sides[i]}, picture,
                                  (struct rect){0, 0, 600, 600}));
        assert_near(to, 2, 0xFF808080, 3);
        buffer_destroy(to);
    }
    buffer_destroy(picture);
}

/* The crisp filter overshoots at an edge; that must stop at black and at white. */
static void edges_do_not_wrap_around(void **state) {
    (void)state;
    struct buffer *picture = flat(300, 20, 0xFF000000), *to = buffer_create(211, 20);
    paint_fill(picture, (struct rect){150, 0, 150, 20}, 0, 0xFFFFFFFF);
    assert_true(
        paint_picture(to, (struct rect){0, 0, 211, 20}, picture, (struct rect){0, 0, 300, 20}));
    for (int x = 0; x < 211; x++) /* the edge lies within pixel 105 */
        if (x != 105)
            assert_in_range(part(at(to, x, 10), 8), x < 105 ? 0 : 225, x < 105 ? 30 : 255);
    buffer_destroy(to);
    buffer_destroy(picture);
}

static void scaling_keeps_what_is_where(void **state) {
    (void)state;
    struct buffer *picture = buffer_create(256, 64);
    for (int y = 0; y < 64; y++)
        for (int x = 0; x < 256; x++)
            put(picture, x, y, 0xFF000000u | (uint32_t)x << 16 | (uint32_t)y << 8);
    static const int widths[] = {100, 255, 300, 999};
    for (size_t i = 0; i < sizeof(widths) / sizeof(*widths); i++) {
        struct buffer *to = buffer_create(widths[i], 90);
        struct rect all = {0, 0, to->width, to->height};
        assert_true(paint_picture(to, all, picture, (struct rect){0, 0, 256, 64}));
        for (int x = widths[i] / 50; x < widths[i] - widths[i] / 50; x++)
            assert_true(
                abs(part(at(to, x, 40), 16) - (int)((x + 0.5) * 256 / widths[i] - 0.5 + 0.5)) <= 1);
        buffer_destroy(to);
    }
    buffer_destroy(picture);
}

static void a_clipped_picture_is_part_of_the_whole(void **state) {
    (void)state;
    struct buffer *picture = noise(120, 90);
    for (int blurred = 0; blurred < 2; blurred++) {
        struct buffer *whole = flat(200, 160, 0xFF000000), *piece = flat(72, 64, 0xFF000000);
        bool (*paint)(struct buffer *, struct rect, const struct buffer *, struct rect) =
            blurred ? paint_blurred : paint_picture;
        struct rect source = {8, 8, 100, 80};
        assert_true(paint(whole, (struct rect){0, 0, 200, 160}, picture, source));
        assert_true(paint(piece, (struct rect){-64, -48, 200, 160}, picture, source));
        for (int y = 0; y < 64; y++)
            for (int x = 0; x < 72; x++)
                assert_int_equal(at(piece, x, y), at(whole, x + 64, y + 48));
        buffer_destroy(whole);
        buffer_destroy(piece);
    }
    buffer_destroy(picture);
}

static void a_source_outside_is_refused(void **state) {
    (void)state;
    struct buffer *picture = noise(20, 20), *to = flat(20, 20, 0xFF000000);
    struct rect all = {0, 0, 20, 20}, outside = {20, 0, 10, 10};
    assert_false(paint_picture(to, all, picture, outside));
    assert_false(paint_blurred(to, all, picture, outside));
    assert_true(paint_picture(to, all, picture, (struct rect){-10, -10, 500, 500}));
    buffer_destroy(to);
    buffer_destroy(picture);
}

static void blurred_is_smooth_and_dark(void **state) {
    (void)state;
    struct buffer *picture = noise(400, 300), *to = buffer_create(960, 540);
    for (int y = 100; y < 200; y++)
        for (int x = 100; x < 200; x++)
            put(picture, x, y, 0xFFFFFFFF); /* a hard edge */
    assert_true(
        paint_blurred(to, (struct rect){0, 0, 960, 540}, picture, (struct rect){0, 0, 400, 300}));
    assert_opaque(to);
    for (int y = 1; y < 540; y++)
        for (int x = 1; x < 960; x++)
            for (int shift = 0; shift < 24; shift += 8) {
                int value = part(at(to, x, y), shift);
                assert_in_range(value, 20, 130);
                assert_true(abs(value - part(at(to, x - 1, y), shift)) <= 2);
                assert_true(abs(value - part(at(to, x, y - 1), shift)) <= 2);
            }
    buffer_destroy(to);
    buffer_destroy(picture);
}

static void tiny_pictures_can_be_blurred(void **state) {
    (void)state;
    struct buffer *picture = flat(3, 1, 0xFF406080), *to = buffer_create(200, 100);
    assert_true(
        paint_blurred(to, (struct rect){0, 0, 200, 100}, picture, (struct rect){0, 0, 3, 1}));
    assert_in_range(part(at(to, 100, 50), 0), 0x30, 0x60);
    assert_opaque(to);
    buffer_destroy(to);
    buffer_destroy(picture);
}

/* ---- files */

struct folder {
    char path[64], red[96], blue[96], broken[96], missing[96];
};

static void save_jpeg(const char *path, int width, int height, uint32_t value) {
    struct buffer *buffer = flat(width, height, value);
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom(
        buffer->pixels, width, height, 32, buffer->stride * 4, SDL_PIXELFORMAT_ARGB8888);
    assert_non_null(surface);
    assert_int_equal(IMG_SaveJPG(surface, path, 95), 0);
    SDL_FreeSurface(surface);
    buffer_destroy(buffer);
}

static int make_folder(void **state) {
    struct folder *folder = xcalloc(1, sizeof(*folder));
    *state = folder;
    strcpy(folder->path, "/tmp/test_composer.XXXXXX");
    if (!mkdtemp(folder->path))
        return -1;
    snprintf(folder->red, sizeof(folder->red), "%s/red.jpg", folder->path);
    snprintf(folder->blue, sizeof(folder->blue), "%s/blue.jpg", folder->path);
    snprintf(folder->broken, sizeof(folder->broken), "%s/broken.jpg", folder->path);
    snprintf(folder->missing, sizeof(folder->missing), "%s/missing.jpg", folder->path);
    save_jpeg(folder->red, 160, 120, 0xFFC00000);
    save_jpeg(folder->blue, 160, 120, 0xFF0000C0);
    FILE *broken = fopen(folder->broken, "w");
    if (!broken)
        return -1;
    fputs("\xFF\xD8\xFF\xE0 this is no picture", broken);
    fclose(broken);
    return 0;
}

static int remove_folder(void **state) {
    struct folder *folder = *state;
    fs_remove_tree(folder->path);
    free(folder);
    return 0;
}

static void pictures_are_decoded_once(void **state) {
    const struct folder *folder = *state;
    struct picture_cache *cache = picture_cache_create((size_t)4 << 20);
    const struct buffer *red = picture_cache_get(cache, folder->red);
    assert_non_null(red);
    assert_int_equal(red->width, 160);
    assert_int_equal(red->height, 120);
    assert_opaque(red);
    assert_true(part(at(red, 80, 60), 16) > 0xB8 && part(at(red, 80, 60), 0) < 8);
    assert_non_null(picture_cache_get(cache, folder->blue));
    assert_ptr_equal(picture_cache_get(cache, folder->red), red);
    picture_cache_destroy(cache);
}

static void codes_are_decoded_too(void **state) {
    const struct folder *folder = *state;
    struct picture_cache *cache = picture_cache_create((size_t)4 << 20);
    char path[96];
    snprintf(path, sizeof path, "%s/code.png", folder->path);
    struct buffer *drawn = flat(21, 21, 0xFF123456);
    assert_true(buffer_save_png(drawn, path));
    const struct buffer *code = picture_cache_get(cache, path);
    assert_non_null(code);
    assert_true(code->width == 21 && code->height == 21);
    assert_int_equal(at(code, 10, 10), 0xFF123456);
    buffer_destroy(drawn);
    picture_cache_destroy(cache);
}

static void the_budget_is_kept(void **state) {
    const struct folder *folder = *state;
    struct picture_cache *cache = picture_cache_create(160 * 120 * 4); /* one of them */
    uint64_t first = picture_cache_get(cache, folder->red)->id;
    assert_int_equal(picture_cache_get(cache, folder->red)->id, first);
    assert_non_null(picture_cache_get(cache, folder->blue));
    assert_true(picture_cache_get(cache, folder->red)->id != first);
    picture_cache_destroy(cache);
    cache = picture_cache_create(0); /* what is in use is held all the same */
    const struct buffer *red = picture_cache_get(cache, folder->red);
    assert_true(part(at(red, 0, 0), 16) > 0xB8);
    picture_cache_destroy(cache);
    picture_cache_destroy(NULL);
}

static void broken_pictures_are_refused(void **state) {
    const struct folder *folder = *state;
    struct picture_cache *cache = picture_cache_create((size_t)4 << 20);
    assert_null(picture_cache_get(cache, folder->missing));
    assert_null(picture_cache_get(cache, folder->broken));
    assert_null(picture_cache_get(cache, folder->path));
    assert_non_null(picture_cache_get(cache, folder->blue));
    picture_cache_destroy(cache);
}

/* Added from the top down, painted from the ground up; round corners show what is below. */
static void scenes_are_flattened_by_layers(void **state) {
    const struct folder *folder = *state;
    struct composer *composer = composer_create(NULL, (size_t)4 << 20);
    struct scene scene;
    scene_init(&scene, 320, 200);
    scene_add_fill(&scene, LAYER_TEXT, (struct rect){100, 100, 20, 20}, 0, 0xFF00FF00);
    scene_add_picture(&scene, LAYER_PICTURE, (struct rect){80, 60, 160, 120}, 20, folder->red,
                      (struct rect){0, 0, 160, 120}, false);
    scene_add_picture(&scene, LAYER_GROUND, (struct rect){0, 0, 320, 150}, 0, folder->blue,
                      (struct rect){0, 0, 160, 75}, false);
    struct buffer *buffer = composer_flatten(composer, &scene);
    assert_non_null(buffer);
    assert_opaque(buffer);
    assert_int_equal(at(buffer, 110, 110), 0xFF00FF00);
    assert_true(part(at(buffer, 160, 80), 16) > 0xB8);
    assert_true(part(at(buffer, 80, 60), 0) > 0xB8);   /* behind the corner */
    assert_int_equal(at(buffer, 10, 190), 0xFF000000); /* nothing there */
    buffer_destroy(buffer);
    scene_finish(&scene);
    composer_destroy(composer);
    composer_destroy(NULL);
}

static void assert_over_gives(const struct buffer *over, uint32_t below,
                              const struct buffer *whole) {
    for (int y = 0; y < whole->height; y++)
        for (int x = 0; x < whole->width; x++)
            for (int shift = 0; shift < 24; shift += 8) {
                uint32_t pixel = at(over, x, y);
                int sum = part(pixel, shift) + part(below, shift) * (255 - part(pixel, 24)) / 255;
                if (abs(sum - part(at(whole, x, y), shift)) > 2)
                    fail_msg("(%d, %d): %08x over %08x is not %08x", x, y, pixel, below,
                             at(whole, x, y));
            }
}

/* A photograph and what lies over it: together they are the flat slide. */
static void a_scene_is_split_at_its_photograph(void **state) {
    const struct folder *folder = *state;
    struct composer *composer = composer_create(NULL, (size_t)4 << 20);
    struct scene scene;
    struct rect all = {0, 0, 320, 200};
    scene_init(&scene, 320, 200);
    scene_add_fill(&scene, LAYER_TEXT, (struct rect){100, 100, 20, 20}, 5, 0xFF00FF00);
    scene_add_fill(&scene, LAYER_PICTURE, (struct rect){0, 0, 20, 20}, 0, 0xFF0000FF); /* below */
    assert_null(scene_drifting(&scene));
    scene_add_picture(&scene, LAYER_PICTURE, all, 0, folder->red, (struct rect){0, 0, 160, 100},
                      false);
    assert_null(scene_drifting(&scene));
    scene.items[scene.count - 1].picture.drifts = true;
    scene_add_gradient(&scene, LAYER_TEXT, all, 0x000A0C0F, 0xC80A0C0F, false);
    scene_add_picture(&scene, LAYER_TEXT, (struct rect){200, 20, 100, 60}, 12, folder->blue,
                      (struct rect){0, 0, 100, 60}, false);
    scene_add_fill(&scene, LAYER_GROUND, all, 0, 0xFFFFFFFF);
    const struct item *item = scene_drifting(&scene);
    assert_ptr_equal(item, scene.items + 2);
    struct buffer *photo = NULL, *over = composer_split(composer, &scene, item, &photo);
    struct buffer *whole = composer_flatten(composer, &scene);
    assert_int_equal(photo->width, 352);
    assert_int_equal(photo->height, 220);
    assert_opaque(photo);
    assert_true(over->translucent);
    assert_true(!photo->translucent && !whole->translucent);
    assert_in_range(at(over, 160, 0) >> 24, 0, 1); /* the veil begins */
    assert_in_range(at(over, 0, 199) >> 24, 0xC6, 0xC9);
    assert_int_equal(at(over, 250, 50) >> 24, 255);
    uint32_t red = at(photo, 5, 5);
    for (int y = 0; y < photo->height; y++)
        for (int x = 0; x < photo->width; x++)
            assert_int_equal(at(photo, x, y), red);
    assert_over_gives(over, red, whole);
    buffer_destroy(photo);
    buffer_destroy(over);
    buffer_destroy(whole);
    scene.items[2].place.width--; /* it does not fill the scene */
    assert_null(scene_drifting(&scene));
    scene_finish(&scene);
    composer_destroy(composer);
}

static void a_scene_without_its_picture_is_not_shown(void **state) {
    const struct folder *folder = *state;
    struct composer *composer = composer_create(NULL, (size_t)4 << 20);
    struct scene scene;
    scene_init(&scene, 320, 200);
    scene_add_picture(&scene, LAYER_PICTURE, (struct rect){80, 60, 160, 120}, 0, folder->broken,
                      (struct rect){0, 0, 160, 120}, false);
    assert_null(composer_flatten(composer, &scene));
    struct buffer *photo = NULL;
    assert_null(composer_split(composer, &scene, scene.items, &photo));
    assert_null(photo);
    scene_finish(&scene);
    composer_destroy(composer);
}

static void png_is_whole_and_always_the_same(void **state) {
    const struct folder *folder = *state;
    char first[128], second[128];
    snprintf(first, sizeof(first), "%s/a.png", folder->path);
    snprintf(second, sizeof(second), "%s/b.png", folder->path);
    struct buffer *buffer = noise(77, 33);
    assert_true(buffer_save_png(buffer, first));
    assert_true(buffer_save_png(buffer, second));
    char *a = NULL, *b = NULL;
    size_t a_size = 0, b_size = 0;
    assert_true(fs_read(first, 1 << 20, &a, &a_size) && fs_read(second, 1 << 20, &b, &b_size));
    assert_int_equal(a_size, b_size);
    assert_memory_equal(a, b, a_size);
    free(a);
    free(b);
    SDL_Surface *loaded = IMG_Load(first);
    assert_non_null(loaded);
    SDL_Surface *plain = SDL_ConvertSurfaceFormat(loaded, SDL_PIXELFORMAT_ARGB8888, 0);
    for (int y = 0; y < 33; y++)
        assert_memory_equal((char *)plain->pixels + (size_t)y * (size_t)plain->pitch,
                            buffer->pixels + (size_t)y * (size_t)buffer->stride, 77 * 4);
    SDL_FreeSurface(plain);
    SDL_FreeSurface(loaded);
    assert_false(buffer_save_png(buffer, "/nowhere/at/all.png"));
    buffer_destroy(buffer);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sizes_are_checked),
        cmocka_unit_test(turning_moves_each_pixel),
        cmocka_unit_test(fills_blend_and_are_clipped),
        cmocka_unit_test(corners_are_round_smooth_and_alike),
        cmocka_unit_test(gradients_do_not_band),
        cmocka_unit_test(gradients_reach_both_ends),
        cmocka_unit_test(a_veil_without_alpha_changes_nothing),
        cmocka_unit_test(a_clipped_gradient_is_part_of_the_whole),
        cmocka_unit_test(its_own_size_is_a_copy),
        cmocka_unit_test(a_plain_picture_stays_plain),
        cmocka_unit_test(shrinking_does_not_alias),
        cmocka_unit_test(edges_do_not_wrap_around),
        cmocka_unit_test(scaling_keeps_what_is_where),
        cmocka_unit_test(a_clipped_picture_is_part_of_the_whole),
        cmocka_unit_test(a_source_outside_is_refused),
        cmocka_unit_test(blurred_is_smooth_and_dark),
        cmocka_unit_test(tiny_pictures_can_be_blurred),
        cmocka_unit_test(pictures_are_decoded_once),
        cmocka_unit_test(codes_are_decoded_too),
        cmocka_unit_test(the_budget_is_kept),
        cmocka_unit_test(broken_pictures_are_refused),
        cmocka_unit_test(scenes_are_flattened_by_layers),
        cmocka_unit_test(a_scene_is_split_at_its_photograph),
        cmocka_unit_test(a_scene_without_its_picture_is_not_shown),
        cmocka_unit_test(png_is_whole_and_always_the_same),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
