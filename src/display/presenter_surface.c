#include <stdlib.h>
#include <string.h>

#include <pixman.h>

#include "base/log.h"
#include "base/memory.h"
#include "display/blend_rows.h"
#include "display/presenter_backend.h"

#define BLACK    0xFF000000u
#define OPAQUE   256
#define FILL_ROW 256 /* pixels of one colour, laid down at a time */

struct surface_data {
    SDL_Surface *native; /* the window's; SDL's */
    SDL_Surface *canvas; /* what is drawn to: native, or our own where native has other pixels */
};

static bool fits(const SDL_Surface *surface) {
    uint32_t format = surface->format->format;
    return (format == SDL_PIXELFORMAT_XRGB8888 || format == SDL_PIXELFORMAT_ARGB8888) &&
           surface->pitch % 4 == 0 && !SDL_MUSTLOCK(surface);
}

static void forget_canvas(struct surface_data *data) {
    if (data->canvas != data->native)
        SDL_FreeSurface(data->canvas);
    data->canvas = NULL;
}

static bool fetch(struct presenter *presenter) {
    struct surface_data *data = presenter->data;
    forget_canvas(data);
    data->native = SDL_GetWindowSurface(presenter->window);
    if (data->native && fits(data->native))
        data->canvas = data->native;
    else if (data->native)
        data->canvas = SDL_CreateRGBSurfaceWithFormat(0, data->native->w, data->native->h, 32,
                                                      SDL_PIXELFORMAT_XRGB8888);
    if (!data->canvas)
        log_error("屏幕：窗口没有画面 (no window surface): %s", SDL_GetError());
    return data->canvas;
}

static void stop(struct presenter *presenter) {
    struct surface_data *data = presenter->data;
    forget_canvas(data);
    free(data);
    presenter->data = NULL;
}

static bool start(struct presenter *presenter, bool real) {
    (void)real;
    presenter->data = xcalloc(1, sizeof(struct surface_data));
    if (fetch(presenter))
        return true;
    stop(presenter);
    return false;
}

static struct size size(struct presenter *presenter) {
    const struct surface_data *data = presenter->data;
    if (!fetch(presenter))
        return (struct size){0, 0};
    return (struct size){data->canvas->w, data->canvas->h};
}

static uint32_t *pixel(const SDL_Surface *surface, int x, int y) {
    return (uint32_t *)((uint8_t *)surface->pixels + (size_t)y * (size_t)surface->pitch) + x;
}

static const uint32_t *buffer_at(const struct placement *placement, struct rect place, int x,
                                 int y) {
    const struct buffer *buffer = placement->buffer;
    return buffer->pixels + (size_t)(y - place.y) * (size_t)buffer->stride + (size_t)(x - place.x);
}

/* Black where no placement covers this row of the changed part. */
static void clear_row(SDL_Surface *canvas, const struct rect *places, const bool *opaque,
                      size_t count, struct rect changed, int y) {
    int x = changed.x, end = changed.x + changed.width;
    while (x < end) {
        int covered = x, next = end;
        for (size_t i = 0; i < count; i++) {
            struct rect place = places[i];
            if (!opaque[i] || y < place.y || y >= place.y + place.height)
                continue;
            if (place.x <= x && place.x + place.width > covered)
                covered = place.x + place.width;
            if (place.x > x && place.x < next)
                next = place.x;
        }
        if (covered > x) {
            x = covered;
            continue;
        }
        uint32_t *to = pixel(canvas, 0, y);
        for (; x < next; x++)
            to[x] = BLACK;
    }
}

static uint32_t premultiplied(colour fill) {
    uint32_t alpha = fill >> 24, pixel = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8)
        pixel |= ((fill >> shift & 255) * alpha + 127) / 255 << shift;
    return pixel;
}

static void draw_fill(SDL_Surface *canvas, const struct placement *placement, struct rect place,
                      struct rect part) {
    uint32_t row[FILL_ROW], ink = premultiplied(placement->fill);
    for (int i = 0; i < FILL_ROW; i++)
        row[i] = ink;
    for (int y = part.y; y < part.y + part.height; y++) {
        int inset = presenter_inset(placement, place, y - place.y);
        struct rect line =
            rect_meet(part, (struct rect){place.x + inset, y, place.width - 2 * inset, 1});
        for (int x = 0; x < line.width; x += FILL_ROW) {
            int width = line.width - x < FILL_ROW ? line.width - x : FILL_ROW;
            blend_over(pixel(canvas, line.x + x, y), row, (size_t)width,
                       (unsigned)placement->alpha);
        }
    }
}

/* Smoothly, at any scale; translucent or under an alpha it is not drawn here. */
static void draw_stretched(SDL_Surface *canvas, const struct placement *placement,
                           struct rect place, struct rect part, enum rotation rotation) {
    const struct buffer *buffer = placement->buffer;
    bool aside = rotation == ROTATE_90 || rotation == ROTATE_270;
    struct size upright = {(aside ? buffer->height : buffer->width) * PART_PIXEL,
                           (aside ? buffer->width : buffer->height) * PART_PIXEL};
    struct rect from = presenter_turn(rotation, placement->part, upright);
    pixman_transform_t scale = {{{from.width / place.width, 0, from.x},
                                 {0, from.height / place.height, from.y},
                                 {0, 0, 65536}}};
    pixman_image_t *source = pixman_image_create_bits(
        PIXMAN_x8r8g8b8, buffer->width, buffer->height, buffer->pixels, buffer->stride * 4);
    pixman_image_t *target = pixman_image_create_bits(PIXMAN_x8r8g8b8, part.width, part.height,
                                                      pixel(canvas, part.x, part.y), canvas->pitch);
    if (source && target) {
        pixman_image_set_transform(source, &scale);
        pixman_image_set_filter(source, PIXMAN_FILTER_BILINEAR, NULL, 0);
        pixman_image_set_repeat(source, PIXMAN_REPEAT_PAD);
        pixman_image_composite32(PIXMAN_OP_SRC, source, NULL, target, part.x - place.x,
                                 part.y - place.y, 0, 0, 0, 0, part.width, part.height);
    }
    if (source)
        pixman_image_unref(source);
    if (target)
        pixman_image_unref(target);
}

static void draw_buffer(SDL_Surface *canvas, const struct placement *placement, struct rect place,
                        struct rect part) {
    for (int y = part.y; y < part.y + part.height; y++) {
        uint32_t *to = pixel(canvas, part.x, y);
        const uint32_t *from = buffer_at(placement, place, part.x, y);
        if (placement->buffer->translucent)
            blend_over(to, from, (size_t)part.width, (unsigned)placement->alpha);
        else if (placement->alpha >= OPAQUE)
            memcpy(to, from, (size_t)part.width * 4);
        else
            blend_rows(to, to, from, (size_t)part.width, (unsigned)placement->alpha);
    }
}

static void draw_placement(const struct presenter *presenter, SDL_Surface *canvas,
                           const struct placement *placement, struct rect changed) {
    struct rect place = presenter_place(presenter, placement);
    struct rect part = rect_meet(presenter_seen(presenter, placement), changed);
    if (rect_empty(part))
        return;
    if (!placement->buffer)
        draw_fill(canvas, placement, place, part);
    else if (placement->part.width > 0)
        draw_stretched(canvas, placement, place, part, presenter->rotation);
    else
        draw_buffer(canvas, placement, place, part);
}

static bool covers(struct rect place, struct rect part) {
    struct rect both = rect_meet(place, part);
    return both.width == part.width && both.height == part.height;
}

/* A fade: both are read and the surface is only written. */
static void draw_pair(const struct presenter *presenter, SDL_Surface *canvas,
                      const struct placement *pair, struct rect changed) {
    const struct placement *under = &pair[0], *over = &pair[1];
    struct rect below = presenter_place(presenter, under), above = presenter_place(presenter, over);
    for (int y = changed.y; y < changed.y + changed.height; y++)
        blend_rows(pixel(canvas, changed.x, y), buffer_at(under, below, changed.x, y),
                   buffer_at(over, above, changed.x, y), (size_t)changed.width,
                   (unsigned)over->alpha);
}

/* The last placement that hides all those below it; 0: none does. */
static size_t lowest_seen(const struct rect *places, const bool *opaque, size_t count,
                          struct rect changed) {
    for (size_t i = count; i-- > 0;)
        if (opaque[i] && covers(places[i], changed))
            return i;
    return 0;
}

static bool is_opaque(const struct placement *placement) {
    if (placement->alpha < OPAQUE)
        return false;
    return placement->buffer ? !placement->buffer->translucent
                             : placement->fill >> 24 == 255 && !placement->radius;
}

/* Two buffers, each as a whole at its own size, the upper one opaque but for its alpha. */
static bool is_pair(const struct placement *pair) {
    const struct placement *over = pair + 1;
    return pair->buffer && !pair->part.width && over->buffer && !over->part.width &&
           !over->buffer->translucent;
}

static void draw(struct presenter *presenter, SDL_Surface *canvas,
                 const struct placement *placements, size_t count, struct rect changed) {
    struct rect places[MAX_PLACEMENTS];
    bool opaque[MAX_PLACEMENTS];
    for (size_t i = 0; i < count; i++) {
        places[i] = presenter_seen(presenter, &placements[i]);
        opaque[i] = is_opaque(&placements[i]);
    }
    size_t first = lowest_seen(places, opaque, count, changed);
    if (count - first >= 2 && opaque[first] && covers(places[first], changed) &&
        covers(places[first + 1], changed) && is_pair(placements + first)) {
        draw_pair(presenter, canvas, placements + first, changed);
        first += 2;
    } else {
        for (int y = changed.y; y < changed.y + changed.height; y++)
            clear_row(canvas, places, opaque, count, changed, y);
    }
    for (size_t i = first; i < count; i++)
        draw_placement(presenter, canvas, &placements[i], changed);
}

static bool present(struct presenter *presenter, const struct placement *placements, size_t count,
                    const struct rect *changed, size_t changed_count) {
    struct surface_data *data = presenter->data;
    if (!data->canvas && !fetch(presenter))
        return false;
    SDL_Rect parts[MAX_CHANGES];
    for (size_t i = 0; i < changed_count; i++) {
        draw(presenter, data->canvas, placements, count, changed[i]);
        parts[i] = (SDL_Rect){changed[i].x, changed[i].y, changed[i].width, changed[i].height};
        if (data->canvas != data->native) {
            SDL_Rect at = parts[i];
            SDL_BlitSurface(data->canvas, &parts[i], data->native, &at);
        }
    }
    if (SDL_UpdateWindowSurfaceRects(presenter->window, parts, (int)changed_count) == 0)
        return true;
    log_error("屏幕：无法显示 (cannot be presented): %s", SDL_GetError());
    return false;
}

const struct presenter_backend presenter_surface = {
    .name = "surface",
    .turns = true,
    .start = start,
    .stop = stop,
    .size = size,
    .present = present,
};
