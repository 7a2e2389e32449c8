#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "display/blend_rows.h"
#include "display/presenter_backend.h"

#define BLACK  0xFF000000u
#define OPAQUE 256

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

static void draw_placement(SDL_Surface *canvas, const struct placement *placement,
                           struct rect place, struct rect changed) {
    struct rect part = rect_meet(place, changed);
    for (int y = part.y; y < part.y + part.height && part.width > 0; y++) {
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

static bool covers(struct rect place, struct rect part) {
    struct rect both = rect_meet(place, part);
    return both.width == part.width && both.height == part.height;
}

/* A fade: both are read and the surface is only written. */
static void draw_pair(SDL_Surface *canvas, const struct placement *placements,
                      const struct rect *places, struct rect changed) {
    for (int y = changed.y; y < changed.y + changed.height; y++)
        blend_rows(pixel(canvas, changed.x, y), buffer_at(&placements[0], places[0], changed.x, y),
                   buffer_at(&placements[1], places[1], changed.x, y), (size_t)changed.width,
                   (unsigned)placements[1].alpha);
}

/* The last placement that hides all those below it; 0: none does. */
static size_t lowest_seen(const struct rect *places, const bool *opaque, size_t count,
                          struct rect changed) {
    for (size_t i = count; i-- > 0;)
        if (opaque[i] && covers(places[i], changed))
            return i;
    return 0;
}

static void draw(struct presenter *presenter, SDL_Surface *canvas,
                 const struct placement *placements, size_t count, struct rect changed) {
    struct rect places[MAX_PLACEMENTS];
    bool opaque[MAX_PLACEMENTS];
    for (size_t i = 0; i < count; i++) {
        places[i] = presenter_place(presenter, &placements[i]);
        opaque[i] = placements[i].alpha >= OPAQUE && !placements[i].buffer->translucent;
    }
    size_t first = lowest_seen(places, opaque, count, changed);
    if (count - first >= 2 && opaque[first] && covers(places[first], changed) &&
        covers(places[first + 1], changed) && !placements[first + 1].buffer->translucent) {
        draw_pair(canvas, placements + first, places + first, changed);
        first += 2;
    } else {
        for (int y = changed.y; y < changed.y + changed.height; y++)
            clear_row(canvas, places, opaque, count, changed, y);
    }
    for (size_t i = first; i < count; i++)
        draw_placement(canvas, &placements[i], places[i], changed);
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
