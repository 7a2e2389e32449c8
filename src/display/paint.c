#include "display/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <pixman.h>

#include "base/log.h"
#include "display/blend_rows.h"
#include "display/clones.h"
#include "display/dither.h"
#include "display/resample.h"

static struct rect bounds(const struct buffer *buffer) {
    return (struct rect){0, 0, buffer->width, buffer->height};
}

static uint32_t *pixel(const struct buffer *buffer, int x, int y) {
    return buffer->pixels + (size_t)y * (size_t)buffer->stride + (size_t)x;
}

static pixman_image_t *wrap(const struct buffer *buffer) {
    return pixman_image_create_bits_no_clear(
        buffer->translucent ? PIXMAN_a8r8g8b8 : PIXMAN_x8r8g8b8, buffer->width, buffer->height,
        buffer->pixels, buffer->stride * 4);
}

/* ---- corners */

/* How much of pixel (x, y) is within a quarter circle about (radius, radius). */
static uint8_t coverage(int x, int y, int radius) {
    double across = radius - x - 0.5, down = radius - y - 0.5;
    double inside = radius - sqrt(across * across + down * down) + 0.5;
    return (uint8_t)(255 * (inside < 0 ? 0 : inside > 1 ? 1 : inside) + 0.5);
}

/* A mask of a rectangle with rounded corners; NULL: no memory (reported). */
static pixman_image_t *rounded_mask(int width, int height, int radius) {
    pixman_image_t *mask = pixman_image_create_bits(PIXMAN_a8, width, height, NULL, 0);
    if (!mask) {
        log_error("paint: no memory for a mask of %d x %d", width, height);
        return NULL;
    }
    uint8_t *first = (uint8_t *)pixman_image_get_data(mask);
    size_t stride = (size_t)pixman_image_get_stride(mask);
    memset(first, 255, stride * (size_t)height);
    for (int y = 0; y < radius; y++) {
        uint8_t *top = first + (size_t)y * stride;
        uint8_t *bottom = first + (size_t)(height - 1 - y) * stride;
        for (int x = 0; x < radius; x++) {
            uint8_t value = coverage(x, y, radius);
            top[x] = top[width - 1 - x] = bottom[x] = bottom[width - 1 - x] = value;
        }
    }
    return mask;
}

static int fitting_radius(int radius, int width, int height) {
    int most = (width < height ? width : height) / 2;
    return radius < most ? radius : most;
}

/* ---- fills */

static pixman_color_t premultiplied(colour c) {
    uint32_t alpha = c >> 24;
    return (pixman_color_t){
        .red = (uint16_t)((c >> 16 & 255) * alpha * 257 / 255),
        .green = (uint16_t)((c >> 8 & 255) * alpha * 257 / 255),
        .blue = (uint16_t)((c & 255) * alpha * 257 / 255),
        .alpha = (uint16_t)(alpha * 257),
    };
}

static void fill_rounded(pixman_image_t *to, struct rect place, int radius, pixman_color_t fill) {
    pixman_image_t *mask = rounded_mask(place.width, place.height, radius);
    pixman_image_t *source = pixman_image_create_solid_fill(&fill);
    if (mask && source)
        pixman_image_composite32(PIXMAN_OP_OVER, source, mask, to, 0, 0, 0, 0, place.x, place.y,
                                 place.width, place.height);
    if (source)
        pixman_image_unref(source);
    if (mask)
        pixman_image_unref(mask);
}

void paint_fill(struct buffer *to, struct rect place, int radius, colour fill) {
    struct rect visible = rect_meet(place, bounds(to));
    if (rect_empty(visible))
        return;
    pixman_image_t *target = wrap(to);
    if (!target)
        return;
    pixman_color_t ink = premultiplied(fill);
    radius = fitting_radius(radius, place.width, place.height);
    if (radius > 0) {
        fill_rounded(target, place, radius, ink);
    } else {
        pixman_box32_t box = {visible.x, visible.y, visible.x + visible.width,
                              visible.y + visible.height};
        pixman_image_fill_boxes(PIXMAN_OP_OVER, target, &ink, 1, &box);
    }
    pixman_image_unref(target);
}

/* ---- gradients */

/* What a gradient does to one byte of what is there: value * keep + add, both in 1/65536 of full
 * scale, so that 256 steps of alpha do not show. */
struct veil {
    uint16_t *keep, *add;
};

/* Colours are mixed premultiplied: an end without alpha lends no colour to the other. The last
 * byte of a pixel is its alpha, which stays 255. */
static void veil_set(struct veil veil, size_t pixel_at, colour from, colour end, double t) {
    double alpha = ((1 - t) * (from >> 24) + t * (end >> 24)) / 255;
    uint16_t keep = (uint16_t)lround((1 - alpha) * 65535);
    for (int i = 0; i < 4; i++) {
        double a = (from >> 24) * (double)(from >> (8 * i) & 255);
        double b = (end >> 24) * (double)(end >> (8 * i) & 255);
        double value = i == 3 ? 255 * alpha : ((1 - t) * a + t * b) / 255;
        veil.keep[pixel_at * 4 + (size_t)i] = keep;
        veil.add[pixel_at * 4 + (size_t)i] = (uint16_t)lround(value * 256);
    }
}

/* Thresholds are 2 … 254, so that what is whole already stays as it is. */
static inline CLONE_BODY void draw_veil_body(uint8_t *to, const uint16_t *keep, const uint16_t *add,
                                             const uint16_t *dither, size_t size) {
    for (size_t at = 0; at < size; at += DITHER_VALUES) {
        size_t n = size - at < DITHER_VALUES ? size - at : DITHER_VALUES;
        for (size_t i = 0; i < n; i++) {
            uint16_t value = (uint16_t)((uint32_t)(uint16_t)(to[at + i] << 8) * keep[at + i] >> 16);
            to[at + i] = (uint8_t)((uint16_t)(value + add[at + i] + dither[i]) >> 8);
        }
    }
}

CLONES(draw_veil,
       (uint8_t * to, const uint16_t *keep, const uint16_t *add, const uint16_t *dither,
        size_t size),
       (to, keep, add, dither, size))

/* The first pixel of a row, all along it. */
static void repeat(uint16_t *values, size_t count) {
    for (size_t done = 4; done < count; done *= 2)
        memcpy(values + done, values,
               (count - done < done ? count - done : done) * sizeof(*values));
}

static void draw_gradient(struct buffer *to, struct rect place, struct rect visible, colour from,
                          colour end, bool horizontal, struct veil veil) {
    size_t width = (size_t)visible.width;
    for (size_t x = 0; horizontal && x < width; x++)
        veil_set(veil, x, from, end, (visible.x - place.x + (double)x + 0.5) / place.width);
    for (int y = visible.y; y < visible.y + visible.height; y++) {
        if (!horizontal) {
            veil_set(veil, 0, from, end, (y - place.y + 0.5) / place.height);
            repeat(veil.keep, width * 4);
            repeat(veil.add, width * 4);
        }
        uint16_t dither[DITHER_VALUES];
        for (int i = 0; i < DITHER_VALUES; i++)
            dither[i] = (uint16_t)(dither_threshold(visible.x + i / 4, y) * 4 + 2);
        draw_veil((uint8_t *)pixel(to, visible.x, y), veil.keep, veil.add, dither, width * 4);
    }
}

void paint_gradient(struct buffer *to, struct rect place, colour from, colour end,
                    bool horizontal) {
    struct rect visible = rect_meet(place, bounds(to));
    if (rect_empty(visible))
        return;
    size_t values = (size_t)visible.width * 4;
    uint16_t *memory = malloc(2 * values * sizeof(*memory));
    if (!memory) {
        log_error("paint: no memory for a gradient");
        return;
    }
    draw_gradient(to, place, visible, from, end, horizontal,
                  (struct veil){memory, memory + values});
    free(memory);
}

/* ---- pictures */

static void copy_picture(struct buffer *to, struct rect place, struct rect visible,
                         const struct buffer *picture, struct rect source) {
    for (int y = visible.y; y < visible.y + visible.height; y++)
        memcpy(pixel(to, visible.x, y),
               pixel(picture, source.x + visible.x - place.x, source.y + y - place.y),
               (size_t)visible.width * 4);
}

bool paint_picture(struct buffer *to, struct rect place, const struct buffer *picture,
                   struct rect source) {
    struct rect visible = rect_meet(place, bounds(to));
    source = rect_meet(source, bounds(picture));
    if (rect_empty(source)) {
        log_error("paint: the part to be shown lies outside of the picture");
        return false;
    }
    if (rect_empty(visible))
        return true;
    if (source.width == place.width && source.height == place.height) {
        copy_picture(to, place, visible, picture, source);
        return true;
    }
    enum filter filter = source.width > place.width ? FILTER_CUBIC : FILTER_LINEAR;
    struct resampler resampler;
    if (!resampler_init(&resampler, source, place, visible, filter))
        return false;
    for (int y = 0; y < visible.height; y++)
        resample_store(pixel(to, visible.x, visible.y + y),
                       resampler_row(&resampler, picture->pixels, (size_t)picture->stride, y),
                       (size_t)visible.width);
    resampler_finish(&resampler);
    return true;
}

bool paint_rounded(struct buffer *to, struct point at, int radius, const struct buffer *picture) {
    int width = picture->width, height = picture->height;
    pixman_image_t *target = wrap(to), *source = wrap(picture);
    pixman_image_t *mask = rounded_mask(width, height, fitting_radius(radius, width, height));
    bool done = target && source && mask;
    if (done)
        pixman_image_composite32(PIXMAN_OP_OVER, source, mask, target, 0, 0, 0, 0, at.x, at.y,
                                 width, height);
    if (mask)
        pixman_image_unref(mask);
    if (source)
        pixman_image_unref(source);
    if (target)
        pixman_image_unref(target);
    return done;
}

void paint_over(struct buffer *to, struct point at, const struct buffer *over, int alpha) {
    struct rect part = rect_meet((struct rect){at.x, at.y, over->width, over->height}, bounds(to));
    for (int y = part.y; y < part.y + part.height && part.width > 0; y++)
        blend_over(pixel(to, part.x, y), pixel(over, part.x - at.x, y - at.y), (size_t)part.width,
                   (unsigned)alpha);
}
