#include "display/paint_icon.h"

#include <stdlib.h>

#include <pixman.h>

#include <SDL_image.h>

#include "base/log.h"
#include "base/str.h"

#define MAX_ICON_BYTES (4 << 20) /* an emblem of 2000 x 2000 as PNG is below 1 MiB */
#define MAX_ICON_SIDE  4096

/* Vectors are drawn at the size wanted. */
static SDL_Surface *read_file(const char *path, struct rect place) {
    SDL_Surface *surface = NULL;
    SDL_RWops *file = SDL_RWFromFile(path, "rb");
    if (!file)
        return NULL;
    if (SDL_RWsize(file) > MAX_ICON_BYTES)
        SDL_SetError("larger than %d bytes", MAX_ICON_BYTES);
    else if (text_ends(path, ".svg"))
        surface = IMG_LoadSizedSVG_RW(file, place.width, place.height);
    else
        surface = IMG_Load_RW(file, 0);
    SDL_RWclose(file);
    if (surface && (surface->w > MAX_ICON_SIDE || surface->h > MAX_ICON_SIDE)) {
        SDL_SetError("more than %d pixels a side", MAX_ICON_SIDE);
        SDL_FreeSurface(surface);
        surface = NULL;
    }
    return surface;
}

/* In pixman's form: native ARGB, premultiplied. */
static SDL_Surface *load(const char *path, struct rect place) {
    SDL_Surface *read = read_file(path, place);
    SDL_Surface *surface =
        read ? SDL_ConvertSurfaceFormat(read, SDL_PIXELFORMAT_ARGB8888, 0) : NULL;
    SDL_FreeSurface(read);
    if (!surface)
        log_error("%s: 图标无法读取 (icon cannot be read): %s", path, SDL_GetError());
    else
        SDL_PremultiplyAlpha(surface->w, surface->h, SDL_PIXELFORMAT_ARGB8888, surface->pixels,
                             surface->pitch, SDL_PIXELFORMAT_ARGB8888, surface->pixels,
                             surface->pitch);
    return surface;
}

static struct rect fit(struct rect place, int width, int height) {
    double across = (double)place.width / width, down = (double)place.height / height;
    double scale = across < down ? across : down;
    int w = (int)(width * scale + 0.5), h = (int)(height * scale + 0.5);
    return (struct rect){place.x + (place.width - w) / 2, place.y + (place.height - h) / 2,
                         w < 1 ? 1 : w, h < 1 ? 1 : h};
}

static void set_scale(pixman_image_t *image, double scale) {
    pixman_transform_t transform;
    pixman_transform_init_scale(&transform, pixman_double_to_fixed(scale),
                                pixman_double_to_fixed(scale));
    pixman_image_set_transform(image, &transform);
    int count = 0;
    pixman_fixed_t *kernel = pixman_filter_create_separable_convolution(
        &count, pixman_double_to_fixed(scale), pixman_double_to_fixed(scale), PIXMAN_KERNEL_LINEAR,
        PIXMAN_KERNEL_LINEAR, PIXMAN_KERNEL_BOX, PIXMAN_KERNEL_BOX, 2, 2);
    pixman_image_set_filter(image, PIXMAN_FILTER_SEPARABLE_CONVOLUTION, kernel, count);
    free(kernel);
}

static pixman_color_t solid(colour c) {
    return (pixman_color_t){.red = (uint16_t)((c >> 16 & 255) * (c >> 24) * 257 / 255),
                            .green = (uint16_t)((c >> 8 & 255) * (c >> 24) * 257 / 255),
                            .blue = (uint16_t)((c & 255) * (c >> 24) * 257 / 255),
                            .alpha = (uint16_t)((c >> 24) * 257)};
}

static void composite(struct buffer *to, struct rect at, pixman_image_t *icon, colour ink) {
    pixman_image_t *target =
        pixman_image_create_bits_no_clear(to->translucent ? PIXMAN_a8r8g8b8 : PIXMAN_x8r8g8b8,
                                          to->width, to->height, to->pixels, to->stride * 4);
    pixman_color_t fill = solid(ink);
    pixman_image_t *shape = ink ? pixman_image_create_solid_fill(&fill) : NULL;
    if (target && (shape || !ink))
        pixman_image_composite32(PIXMAN_OP_OVER, shape ? shape : icon, shape ? icon : NULL, target,
                                 0, 0, 0, 0, at.x, at.y, at.width, at.height);
    if (shape)
        pixman_image_unref(shape);
    if (target)
        pixman_image_unref(target);
}

void paint_icon(struct buffer *to, struct rect place, const char *path, colour ink) {
    if (rect_empty(place))
        return;
    SDL_Surface *surface = load(path, place);
    if (!surface)
        return;
    struct rect at = fit(place, surface->w, surface->h);
    pixman_image_t *icon = pixman_image_create_bits_no_clear(
        PIXMAN_a8r8g8b8, surface->w, surface->h, surface->pixels, surface->pitch);
    if (icon) {
        if (at.width != surface->w || at.height != surface->h)
            set_scale(icon, (double)surface->w / at.width);
        composite(to, at, icon, ink);
        pixman_image_unref(icon);
    }
    SDL_FreeSurface(surface);
}
