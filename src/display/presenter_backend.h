/* presenter_backend.h: what presenter.c and its two backends share; nobody else includes it */
#pragma once

#include <SDL.h>

#include "display/presenter.h"
#include "display/screens.h"

struct presenter;
struct screen_watch;

struct presenter_backend {
    const char *name;
    uint32_t window_flags;
    bool turns; /* buffers are turned to the panel when adopted, not when placed */
    bool stretches;
    /* Makes backend data for presenter->window. real: only where a GPU is behind it (false then
     * is not reported). */
    bool (*start)(struct presenter *presenter, bool real);
    void (*stop)(struct presenter *presenter);
    /* Size of the panel, in its own pixels. */
    struct size (*size)(struct presenter *presenter);
    /* Shows the placements; `changed` are the parts of the panel that are not as they were. */
    bool (*present)(struct presenter *presenter, const struct placement *placements, size_t count,
                    const struct rect *changed, size_t changed_count);
};

extern const struct presenter_backend presenter_surface, presenter_gpu;

#define MAX_CHANGES 32 /* parts of the panel; more are joined */

/* What a placement came out as. */
struct placed {
    uint64_t id;             /* 0: a fill */
    struct rect place, seen; /* on the panel; seen: of place, what is not clipped */
    int alpha;
    struct rect part;
    colour fill;
    int radius;
};

struct presenter {
    const struct presenter_backend *backend;
    void *data; /* the backend's own */
    SDL_Window *window;
    enum rotation rotation; /* main thread only */
    _Atomic int adopts;     /* the same, for who adopts on another thread */
    bool windowed;
    const char *screen;         /* that it belongs to */
    struct screen_watch *watch; /* NULL: SDL tells what changes */
    struct screen_list screens;
    struct size panel;
    struct placed last[MAX_PLACEMENTS]; /* what is on the panel now */
    size_t last_count;
    int64_t frames;
    bool lost;        /* what is on the panel is not known */
    bool real, paced; /* as in presenter_power; set by the backend's start */
};

/* Where a placement comes to lie on the panel, and what of that is seen. */
struct rect presenter_place(const struct presenter *presenter, const struct placement *placement);
struct rect presenter_seen(const struct presenter *presenter, const struct placement *placement);
/* How far a fill that lies there is drawn in at one of its rows, for its round corners: they take
 * at most half of it. */
int presenter_inset(const struct placement *fill, struct rect place, int row);
/* A rectangle within an upright one of `size`, turned as that is. */
struct rect presenter_turn(enum rotation rotation, struct rect rect, struct size size);
