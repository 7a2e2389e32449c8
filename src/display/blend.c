#include "display/blend.h"

#include <math.h>

#define GAMMA 1.45 /* between 1 (sRGB as it stands) and 2.2 (light), chosen by looking */
#define LIGHT 4096

void blender_init(struct blender *blender) {
    for (int i = 0; i < 256; i++)
        blender->to_light[i] = (uint16_t)lround(pow(i / 255.0, GAMMA) * LIGHT);
    for (int i = 0; i <= LIGHT; i++)
        blender->to_srgb[i] = (uint8_t)lround(pow((double)i / LIGHT, 1 / GAMMA) * 255);
}

/* What is left of a glyph within the buffer. */
struct span {
    int x0, x1, y0, y1; /* in the glyph */
};

static struct span clip(const struct glyph *glyph, const struct buffer *to, int left, int top) {
    struct span span = {.x1 = glyph->width, .y1 = glyph->height};
    span.x0 = left < 0 ? -left : 0;
    span.y0 = top < 0 ? -top : 0;
    if (to->width - left < span.x1)
        span.x1 = to->width - left;
    if (to->height - top < span.y1)
        span.y1 = to->height - top;
    return span;
}

static uint32_t over(uint32_t below, uint32_t above, uint32_t alpha) {
    uint32_t result = 0, cover = (above >> 24) * alpha / 255;
    for (int shift = 0; shift < 32; shift += 8) {
        uint32_t a = (above >> shift & 0xFF) * alpha, b = (below >> shift & 0xFF) * (255 - cover);
        uint32_t sum = (a + b + 127) / 255;
        result |= (sum > 255 ? 255 : sum) << shift;
    }
    return result;
}

static uint32_t premultiply(colour c) {
    uint32_t alpha = c >> 24, result = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8)
        result |= ((c >> shift & 0xFF) * alpha + 127) / 255 << shift;
    return result;
}

/* A colour as light, red, green, blue; looked up once a glyph. */
struct light {
    uint32_t parts[3];
};

static struct light light_of(const struct blender *blender, colour c) {
    struct light light;
    for (int i = 0; i < 3; i++)
        light.parts[i] = blender->to_light[c >> (16 - 8 * i) & 0xFF];
    return light;
}

/* Over an opaque pixel; cover 0 … 255. */
static uint32_t mix(const struct blender *blender, uint32_t below, struct light above,
                    uint32_t cover) {
    uint32_t result = 0xFF000000u, part = cover + (cover >> 7); /* 0 … 256 */
    for (int i = 0; i < 3; i++) {
        int shift = 16 - 8 * i;
        uint32_t b = blender->to_light[below >> shift & 0xFF];
        uint32_t light = above.parts[i] * part + b * (256 - part);
        result |= (uint32_t)blender->to_srgb[light >> 8] << shift;
    }
    return result;
}

static uint32_t *pixel_at(const struct buffer *to, int x, int y) {
    return to->pixels + (ptrdiff_t)y * to->stride + x;
}

static void draw_mask(const struct blender *blender, const struct glyph *glyph, struct span span,
                      const struct buffer *to, int left, int top, colour ink) {
    uint32_t alpha = ink >> 24, solid = ink | 0xFF000000u, thin = premultiply(ink);
    struct light light = light_of(blender, ink);
    for (int y = span.y0; y < span.y1; y++) {
        const uint8_t *mask = glyph->mask + (ptrdiff_t)y * glyph->width;
        uint32_t *pixel = pixel_at(to, left + span.x0, top + y);
        for (int x = span.x0; x < span.x1; x++, pixel++) {
            uint32_t cover = mask[x];
            if (cover == 0)
                continue;
            if (*pixel < 0xFF000000u)
                *pixel = over(*pixel, thin, cover);
            else if (alpha == 255 && cover == 255)
                *pixel = solid;
            else
                *pixel = mix(blender, *pixel, light, (cover * alpha + 127) / 255);
        }
    }
}

static void draw_colours(const struct glyph *glyph, struct span span, const struct buffer *to,
                         int left, int top, uint32_t alpha) {
    for (int y = span.y0; y < span.y1; y++)
        for (int x = span.x0; x < span.x1; x++) {
            uint32_t *pixel = pixel_at(to, left + x, top + y);
            *pixel = over(*pixel, glyph->colours[(ptrdiff_t)y * glyph->width + x], alpha);
        }
}

void blender_draw(const struct blender *blender, const struct glyph *glyph, struct buffer *to,
                  int x, int y, colour ink) {
    int left = x + glyph->left, top = y - glyph->top;
    struct span span = clip(glyph, to, left, top);
    if (span.x0 >= span.x1 || span.y0 >= span.y1)
        return;
    if (glyph->colours)
        draw_colours(glyph, span, to, left, top, ink >> 24);
    else if (glyph->mask)
        draw_mask(blender, glyph, span, to, left, top, ink);
}
