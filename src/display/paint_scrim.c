#include "display/paint_scrim.h"

#include <math.h>
#include <stdlib.h>

#include "base/log.h"
#include "display/clones.h"
#include "display/contrast.h"
#include "display/dither.h"

#define TILE   2
/* Above 4.5:1 by what dithering and rounding may take. */
#define WANTED (CONTRAST_LEAST * 1.03)

/* ---- how strong */

static colour tile_mean(const struct buffer *buffer, struct rect tile) {
    uint32_t red = 0, green = 0, blue = 0, count = (uint32_t)(tile.width * tile.height);
    for (int y = tile.y; y < tile.y + tile.height; y++)
        for (int x = tile.x; x < tile.x + tile.width; x++) {
            colour c = buffer->pixels[(size_t)y * (size_t)buffer->stride + (size_t)x];
            red += c >> 16 & 255;
            green += c >> 8 & 255;
            blue += c & 255;
        }
    return red / count << 16 | green / count << 8 | blue / count;
}

/* What one strength is asked for: 256 values of the eye's scale are looked up, not computed. */
struct question {
    colour shade;
    double ink;         /* luminance */
    double linear[256]; /* of a channel's value */
};

static double luminance_of(const struct question *question, colour c) {
    return 0.2126 * question->linear[c >> 16 & 255] + 0.7152 * question->linear[c >> 8 & 255] +
           0.0722 * question->linear[c & 255];
}

static bool is_enough(const struct question *question, colour mean, int strength) {
    colour shade = colour_with_alpha(question->shade, strength);
    double under = luminance_of(question, contrast_over(shade, mean));
    return contrast_of_luminances(question->ink, under) >= WANTED;
}

/* The least strength, not below `least`, that this tile needs. */
static int tile_strength(const struct question *question, colour mean, int least) {
    int low = least, high = is_enough(question, mean, least) ? least : 255;
    while (low < high) {
        int middle = (low + high) / 2;
        if (is_enough(question, mean, middle))
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

int scrim_strength(const struct buffer *under, struct rect text, colour shade, colour ink) {
    struct rect place = rect_meet(text, (struct rect){0, 0, under->width, under->height});
    struct question question = {.shade = shade, .ink = contrast_luminance(ink)};
    int strength = 0;
    for (colour value = 0; value < 256; value++) /* of a grey it is that of its channels */
        question.linear[value] = contrast_luminance(value << 16 | value << 8 | value);
    for (int y = place.y; y < place.y + place.height; y += TILE)
        for (int x = place.x; x < place.x + place.width; x += TILE) {
            struct rect tile = rect_meet((struct rect){x, y, TILE, TILE}, place);
            strength = tile_strength(&question, tile_mean(under, tile), strength);
        }
    return strength;
}

/* ---- laying it down */

/* 1 up to `edge`, 0 from `edge + reach` on, as smooth as can be. */
static double fade(int at, int edge, int reach) {
    double t = reach > 0 ? (at - edge) / (double)reach : at > edge;
    t = t < 0 ? 0 : t > 1 ? 1 : t;
    return 1 - t * t * t * (t * (6 * t - 15) + 10);
}

/* alphas: 0 … 65535 for each byte of the row, at full height of the fade. */
static inline CLONE_BODY void shade_row_body(uint8_t *to, const uint16_t *alphas,
                                             const uint16_t *shades, const uint16_t *dither,
                                             uint32_t height, size_t size) {
    for (size_t at = 0; at < size; at += DITHER_VALUES) {
        size_t n = size - at < DITHER_VALUES ? size - at : DITHER_VALUES;
        for (size_t i = 0; i < n; i++) {
            uint32_t alpha = alphas[at + i] * height >> 16;
            uint32_t below = (uint32_t)(to[at + i] << 8) * (65535 - alpha) >> 16;
            uint32_t above = shades[at + i] * alpha >> 16;
            to[at + i] = (uint8_t)((below + above + dither[i]) >> 8);
        }
    }
}

CLONES(shade_row,
       (uint8_t * to, const uint16_t *alphas, const uint16_t *shades, const uint16_t *dither,
        uint32_t height, size_t size),
       (to, alphas, shades, dither, height, size))

static void set_columns(uint16_t *alphas, uint16_t *shades, int width, struct rect text,
                        colour shade, int strength, int reach) {
    for (int x = 0; x < width; x++) {
        double alpha = fade(x, text.x + text.width, reach) * strength / 255;
        for (int i = 0; i < 4; i++) {
            alphas[4 * x + i] = i == 3 ? 0 : (uint16_t)lround(alpha * 65535);
            shades[4 * x + i] = (uint16_t)((shade >> 8 * i & 255) << 8);
        }
    }
}

void paint_scrim(struct buffer *to, struct rect text, colour shade, int strength, int reach) {
    size_t values = (size_t)to->width * 4;
    uint16_t *memory = strength > 0 ? malloc(2 * values * sizeof *memory) : NULL;
    if (!memory) {
        if (strength > 0)
            log_error("paint: no memory for a scrim");
        return;
    }
    set_columns(memory, memory + values, to->width, text, shade, strength, reach);
    for (int y = text.y - reach < 0 ? 0 : text.y - reach; y < to->height; y++) {
        uint16_t dither[DITHER_VALUES];
        for (int i = 0; i < DITHER_VALUES; i++)
            dither[i] = i % 4 == 3 ? 255 : (uint16_t)(dither_threshold(i / 4, y) * 4 + 2);
        uint32_t height = (uint32_t)lround(fade(-y, -text.y, reach) * 65536);
        shade_row((uint8_t *)(to->pixels + (size_t)y * (size_t)to->stride), memory, memory + values,
                  dither, height, values);
    }
    free(memory);
}
