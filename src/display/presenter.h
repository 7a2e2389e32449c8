/* presenter.h: the window and what is on it; places buffers and asks nothing
 *
 * Two backends: the window's surface (no GPU) and SDL_Renderer. Main thread only. */
#pragma once

#include <stdbool.h>

#include "base/config.h"
#include "base/option.h"
#include "display/buffer.h"

struct SDL_Window;
struct screen_list;

struct presenter_params {
    enum presenter_choice choice; /* auto: the GPU only where a real one answers */
    struct size windowed;         /* 0, 0: the whole screen, borderless */
    enum rotation rotation;       /* how the upright picture is turned onto the panel */
    const char *screen; /* as of screens_find; lives as long as the presenter; NULL: "0" */
};

struct presenter;

/* Makes the window. NULL: no screen (reported). SDL's video part is initialised here, and nothing
 * else of SDL. */
struct presenter *presenter_create(const struct presenter_params *params);
void presenter_destroy(struct presenter *presenter); /* NULL is fine */

const char *presenter_name(const struct presenter *presenter); /* "surface" or "gpu" */
/* Size of the upright picture: what scenes are made for. Changes with the window. */
struct size presenter_size(const struct presenter *presenter);

/* What is behind it. */
struct presenter_power {
    bool stretches;    /* a placement may have a part */
    bool turns;        /* buffers come turned to the panel, as presenter_adopt does it */
    bool real;         /* a GPU, and not a program that plays one */
    bool paced;        /* presenter_present waits for the screen */
    int64_t period_us; /* between two frames of the screen */
};
struct presenter_power presenter_power(const struct presenter *presenter);

#define PART_PIXEL 65536 /* a pixel in the measure of a placement's part */

/* Where a buffer goes: shifted by (x, y) in the upright picture, under alpha 0 … 256. */
struct placement {
    const struct buffer *buffer; /* as composer_flatten made it, then presenter_adopt; NULL: fill */
    int x, y;
    int alpha;
    /* Of the buffer, in 1/PART_PIXEL of its pixels: this part fills the place, smoothly stretched.
     * No width: all of it, at its own size. */
    struct rect part;
    struct size size; /* of the place of a part or a fill; 0, 0: the screen's */
    struct rect clip; /* nothing is seen outside; no width: all is */
    colour fill;      /* with its own alpha */
    int radius;       /* of a fill's corners */
};

#define MAX_PLACEMENTS 192 /* the tiles of two pages, one on its way over the other */

/* Makes a composed (upright) buffer fit for presenting: turned to the panel for the surface. May
 * run on the composer's thread. Takes the buffer over and gives it or a new one back. */
struct buffer *presenter_adopt(const struct presenter *presenter, struct buffer *buffer);

/* Whether it was made fit for the way the picture is turned now: one made a moment before that
 * changed was not. */
bool presenter_fits(const struct presenter *presenter, const struct buffer *buffer);
/* From here on the picture is turned so: its size may be another, and what was adopted does not fit
 * any more. */
void presenter_set_rotation(struct presenter *presenter, enum rotation rotation);
enum rotation presenter_rotation(const struct presenter *presenter);

/* From a place in the window, as SDL's events have it, to the upright picture. */
struct point presenter_point(const struct presenter *presenter, int x, int y);
struct point presenter_window_point(const struct presenter *presenter, struct point upright);
struct size presenter_panel(const struct presenter *presenter); /* of the window, as it hangs */
/* A window that is not the whole screen; else nothing happens. */
void presenter_resize(const struct presenter *presenter, struct size size);
/* Pixels of 12 mm, what a finger hits: by the screen's diagonal in inches or, 0, by what the screen
 * says of itself. */
int presenter_finger(const struct presenter *presenter, int inches);

/* Shows one frame: at most MAX_PLACEMENTS, the placements over each other, in order; a part not
 * covered is black. */
bool presenter_present(struct presenter *presenter, const struct placement *placements,
                       size_t count);
/* How many frames were presented; one that would not have changed anything was not. */
int64_t presenter_frames(const struct presenter *presenter);
/* From now on changes of the screens of which SDL is not told come as user events of that type,
 * whose data1 is a struct screen_list that the receiver frees. False: they do not (reported). */
bool presenter_watch_screens(struct presenter *presenter, uint32_t event_type);
/* Screens came or went, or the window was moved: it goes to where it belongs, or to the first one
 * while that is missing; without any it stays. list: of such an event; NULL: of another one. */
void presenter_handle_screens(struct presenter *presenter, const struct screen_list *list);
/* The window's content was lost (expose, resize): present again is needed. Also re-reads the
 * size. */
void presenter_handle_window(struct presenter *presenter);
