#include "display/presenter.h"

#include <fcntl.h>
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "display/presenter_backend.h"
#include "display/screen_watch.h"

#define WINDOW_TITLE "风采"
#define USUAL_HZ     60 /* where a screen does not tell */
#define USUAL_INCHES 24 /* likewise; lobbies' screens are larger, tablets smaller */
#define LEAST_DPI    25 /* 85 inches of 1920 x 1080; less is a lie */
#define MOST_DPI     400
#define FINGER_MM    12
#define MM_PER_INCH  25.4
#define NO_SCREEN    ((struct rect){0, 0, 1920, 1080}) /* of the window until one shows something */

static void on_sdl_log(void *user, int category, SDL_LogPriority priority, const char *message) {
    (void)user;
    (void)category;
    log_print(priority >= SDL_LOG_PRIORITY_WARN ? LOG_LEVEL_WARNING : LOG_LEVEL_DEBUG, "SDL: %s",
              message);
}

/* Signals are the display's own business; a window surface shall not go through OpenGL. */
static bool start_video(void) {
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1");
    SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "1");
    SDL_LogSetOutputFunction(on_sdl_log, NULL);
    if (SDL_Init(SDL_INIT_VIDEO) != 0) {
        log_error("屏幕：无法打开 (no screen): %s", SDL_GetError());
        return false;
    }
    /* Where no screen answers SDL draws into memory, which nobody sees; unless asked to. */
    const char *driver = SDL_GetCurrentVideoDriver();
    bool seen = driver && strcmp(driver, "offscreen") != 0 && strcmp(driver, "dummy") != 0;
    if (!seen && !getenv("SDL_VIDEODRIVER")) {
        log_error("屏幕：没有可用的屏幕 (no screen)");
        SDL_Quit();
        return false;
    }
    SDL_StopTextInput();
    SDL_DisableScreenSaver();
    return true;
}

static void list_screens(struct screen_list *list) {
    *list = (struct screen_list){.count = 0};
    int count = SDL_GetNumVideoDisplays();
    for (int i = 0; i < count; i++) {
        SDL_Rect area;
        if (SDL_GetDisplayBounds(i, &area) == 0)
            screens_add(list, SDL_GetDisplayName(i), (struct rect){area.x, area.y, area.w, area.h},
                        0);
    }
}

static void take_screens(struct presenter *presenter, const struct screen_list *list) {
    if (screens_equal(&presenter->screens, list))
        return;
    presenter->screens = *list;
    if (!list->count)
        log_warning("屏幕：没有亮着的屏幕 (no screen shows anything)");
    else if (screens_find(list, presenter->screen) < 0)
        log_warning("屏幕：没有“%s”，使用第一块 %s (no such screen: the first one is used)",
                    presenter->screen, list->screens[0].name);
}

static void find_screens(struct presenter *presenter) {
    struct screen_list list = {.count = 0};
    const char *driver = SDL_GetCurrentVideoDriver();
    if (driver && strcmp(driver, "x11") == 0)
        presenter->watch = screen_watch_open(&list);
    if (!presenter->watch)
        list_screens(&list);
    take_screens(presenter, &list);
}

/* Where the window belongs, or the first one while that is missing; NULL: there is none. */
static const struct screen *our_screen(const struct presenter *presenter) {
    int chosen = screens_choose(&presenter->screens, presenter->screen);
    return chosen < 0 ? NULL : &presenter->screens.screens[chosen];
}

/* A borderless window appears sooner than one that asks for fullscreen, and without a window
 * manager it is the same. */
static SDL_Window *make_window(const struct presenter *presenter,
                               const struct presenter_params *params, uint32_t flags) {
    if (params->windowed.width)
        return SDL_CreateWindow(WINDOW_TITLE, SDL_WINDOWPOS_UNDEFINED, SDL_WINDOWPOS_UNDEFINED,
                                params->windowed.width, params->windowed.height,
                                flags | SDL_WINDOW_RESIZABLE);
    const struct screen *screen = our_screen(presenter);
    struct rect area = screen ? screen->area : NO_SCREEN;
    return SDL_CreateWindow(WINDOW_TITLE, area.x, area.y, area.width, area.height,
                            flags | SDL_WINDOW_BORDERLESS);
}

/* Whether the kernel has a GPU to draw with, before any GL is loaded. */
static bool render_node_opens(void) {
    glob_t nodes;
    bool opens = false;
    if (glob("/dev/dri/renderD*", 0, NULL, &nodes) == 0) {
        for (size_t i = 0; i < nodes.gl_pathc && !opens; i++) {
            int node = open(nodes.gl_pathv[i], O_RDWR | O_CLOEXEC);
            opens = node >= 0;
            if (opens)
                close(node);
        }
        globfree(&nodes);
    }
    return opens;
}

static bool try_backend(struct presenter *presenter, const struct presenter_params *params,
                        const struct presenter_backend *backend, bool real) {
    presenter->backend = backend;
    presenter->window = make_window(presenter, params, backend->window_flags);
    if (!presenter->window) {
        log_error("屏幕：无法打开窗口 (no window, %s): %s", backend->name, SDL_GetError());
        return false;
    }
    if (backend->start(presenter, real))
        return true;
    SDL_DestroyWindow(presenter->window);
    presenter->window = NULL;
    return false;
}

static bool start_backend(struct presenter *presenter, const struct presenter_params *params) {
    if (params->choice == PRESENTER_GPU)
        return try_backend(presenter, params, &presenter_gpu, false);
    if (params->choice == PRESENTER_AUTO && render_node_opens() &&
        try_backend(presenter, params, &presenter_gpu, true))
        return true;
    return try_backend(presenter, params, &presenter_surface, false);
}

struct presenter *presenter_create(const struct presenter_params *params) {
    if (!start_video())
        return NULL;
    struct presenter *presenter = xcalloc(1, sizeof(*presenter));
    presenter_set_rotation(presenter, params->rotation);
    presenter->windowed = params->windowed.width > 0;
    presenter->screen = params->screen ? params->screen : "0";
    if (!presenter->windowed)
        find_screens(presenter);
    if (!start_backend(presenter, params)) {
        screen_watch_close(presenter->watch);
        free(presenter);
        SDL_Quit();
        return NULL;
    }
    if (!params->windowed.width)
        SDL_ShowCursor(SDL_DISABLE);
    presenter_handle_window(presenter);
    log_info("屏幕：%d x %d, %s", presenter->panel.width, presenter->panel.height,
             presenter->backend->name);
    return presenter;
}

void presenter_destroy(struct presenter *presenter) {
    if (!presenter)
        return;
    screen_watch_close(presenter->watch);
    presenter->backend->stop(presenter);
    SDL_DestroyWindow(presenter->window);
    SDL_Quit();
    free(presenter);
}

const char *presenter_name(const struct presenter *presenter) {
    return presenter->backend->name;
}

struct presenter_power presenter_power(const struct presenter *presenter) {
    SDL_DisplayMode mode = {0};
    int display = SDL_GetWindowDisplayIndex(presenter->window);
    bool known =
        display >= 0 && SDL_GetCurrentDisplayMode(display, &mode) == 0 && mode.refresh_rate > 0;
    return (struct presenter_power){.stretches = presenter->backend->stretches,
                                    .turns = presenter->backend->turns,
                                    .real = presenter->real,
                                    .paced = presenter->paced,
                                    .period_us = 1000000 / (known ? mode.refresh_rate : USUAL_HZ)};
}

static bool on_its_side(const struct presenter *presenter) {
    return presenter->rotation == ROTATE_90 || presenter->rotation == ROTATE_270;
}

struct size presenter_size(const struct presenter *presenter) {
    struct size panel = presenter->panel;
    return on_its_side(presenter) ? (struct size){panel.height, panel.width} : panel;
}

struct buffer *presenter_adopt(const struct presenter *presenter, struct buffer *buffer) {
    enum rotation rotation = (enum rotation)presenter->adopts;
    if (!presenter->backend->turns || rotation == ROTATE_0)
        return buffer;
    struct buffer *turned = buffer_rotate(buffer, rotation);
    buffer_destroy(buffer);
    return turned;
}

bool presenter_fits(const struct presenter *presenter, const struct buffer *buffer) {
    return !presenter->backend->turns || buffer->turned == presenter->rotation;
}

void presenter_set_rotation(struct presenter *presenter, enum rotation rotation) {
    presenter->rotation = rotation;
    presenter->adopts = (int)rotation;
    presenter->lost = true;
}

enum rotation presenter_rotation(const struct presenter *presenter) {
    return presenter->rotation;
}

struct rect presenter_turn(enum rotation rotation, struct rect rect, struct size size) {
    int right = size.width - rect.x - rect.width, below = size.height - rect.y - rect.height;
    switch (rotation) {
    case ROTATE_0:
        break;
    case ROTATE_90:
        return (struct rect){below, rect.x, rect.height, rect.width};
    case ROTATE_180:
        return (struct rect){right, below, rect.width, rect.height};
    case ROTATE_270:
        return (struct rect){rect.y, right, rect.height, rect.width};
    }
    return rect;
}

/* Upright pixels that it takes up. */
static struct size size_of(const struct presenter *presenter, const struct placement *placement) {
    const struct buffer *buffer = placement->buffer;
    if (!buffer || placement->part.width > 0)
        return placement->size.width ? placement->size : presenter_size(presenter);
    bool turned = presenter->backend->turns && on_its_side(presenter);
    return turned ? (struct size){buffer->height, buffer->width}
                  : (struct size){buffer->width, buffer->height};
}

struct rect presenter_place(const struct presenter *presenter, const struct placement *placement) {
    struct size size = size_of(presenter, placement);
    struct rect upright = {placement->x, placement->y, size.width, size.height};
    return presenter_turn(presenter->rotation, upright, presenter_size(presenter));
}

struct rect presenter_seen(const struct presenter *presenter, const struct placement *placement) {
    struct rect place = presenter_place(presenter, placement);
    if (placement->clip.width <= 0)
        return place;
    return rect_meet(
        place, presenter_turn(presenter->rotation, placement->clip, presenter_size(presenter)));
}

int presenter_inset(const struct placement *fill, struct rect place, int row) {
    int half = (place.width < place.height ? place.width : place.height) / 2;
    int radius = fill->radius < half ? fill->radius : half;
    int edge = row < place.height - 1 - row ? row : place.height - 1 - row;
    if (edge >= radius)
        return 0;
    double up = radius - edge - 0.5;
    return radius - (int)(sqrt(radius * (double)radius - up * up) + 0.5);
}

struct point presenter_point(const struct presenter *presenter, int x, int y) {
    struct size panel = presenter->panel;
    switch (presenter->rotation) {
    case ROTATE_0:
        break;
    case ROTATE_90:
        return (struct point){y, panel.width - 1 - x};
    case ROTATE_180:
        return (struct point){panel.width - 1 - x, panel.height - 1 - y};
    case ROTATE_270:
        return (struct point){panel.height - 1 - y, x};
    }
    return (struct point){x, y};
}

struct point presenter_window_point(const struct presenter *presenter, struct point upright) {
    struct rect pixel = {upright.x, upright.y, 1, 1};
    pixel = presenter_turn(presenter->rotation, pixel, presenter_size(presenter));
    return (struct point){pixel.x, pixel.y};
}

struct size presenter_panel(const struct presenter *presenter) {
    return presenter->panel;
}

void presenter_resize(const struct presenter *presenter, struct size size) {
    if (presenter->windowed)
        SDL_SetWindowSize(presenter->window, size.width, size.height);
}

int presenter_finger(const struct presenter *presenter, int inches) {
    struct size panel = presenter->panel;
    double diagonal = hypot(panel.width, panel.height), dots = 0;
    if (inches > 0)
        dots = diagonal / inches;
    else if (presenter->watch) {
        const struct screen *screen = our_screen(presenter);
        if (screen && screen->millimetres > 0)
            dots = screen->area.width * MM_PER_INCH / screen->millimetres;
    } else {
        float across = 0;
        int display = SDL_GetWindowDisplayIndex(presenter->window);
        if (display >= 0 && SDL_GetDisplayDPI(display, NULL, &across, NULL) == 0)
            dots = across;
    }
    if (dots < LEAST_DPI || dots > MOST_DPI)
        dots = diagonal / USUAL_INCHES;
    return (int)(dots * FINGER_MM / MM_PER_INCH + 0.5);
}

/* ---- what changes from frame to frame */

static bool same_rect(struct rect a, struct rect b) {
    return a.x == b.x && a.y == b.y && a.width == b.width && a.height == b.height;
}

static bool same(const struct placed *a, const struct placed *b) {
    return a->id == b->id && a->alpha == b->alpha && same_rect(a->place, b->place) &&
           same_rect(a->seen, b->seen) && same_rect(a->part, b->part) && a->fill == b->fill &&
           a->radius == b->radius;
}

static struct rect around(struct rect a, struct rect b) {
    int left = a.x < b.x ? a.x : b.x, top = a.y < b.y ? a.y : b.y;
    int right = a.x + a.width > b.x + b.width ? a.x + a.width : b.x + b.width;
    int bottom = a.y + a.height > b.y + b.height ? a.y + a.height : b.y + b.height;
    return (struct rect){left, top, right - left, bottom - top};
}

static int64_t area(struct rect rect) {
    return (int64_t)rect.width * rect.height;
}

/* Parts of the panel that are not as they were. */
struct changes {
    struct rect parts[MAX_CHANGES];
    size_t count;
};

/* The last two become one. */
static void join_last(struct changes *changes) {
    struct rect last = changes->parts[--changes->count];
    changes->parts[changes->count - 1] = around(changes->parts[changes->count - 1], last);
}

/* Two parts become one where that is no more to draw, or there is no room for more. */
static void add_change(struct changes *changes, struct rect panel, struct rect place) {
    struct rect part = rect_meet(place, panel);
    if (rect_empty(part))
        return;
    for (size_t i = 0; i < changes->count;) {
        struct rect other = changes->parts[i], both = around(part, other);
        if (area(both) > area(part) + area(other)) {
            i++;
            continue;
        }
        part = both;
        changes->parts[i] = changes->parts[--changes->count];
        i = 0; /* it may reach further ones now */
    }
    if (changes->count == MAX_CHANGES)
        join_last(changes);
    changes->parts[changes->count++] = part;
}

/* What lies in both frames, in the same order, is as it was; where anything else lies, then or
 * now, is drawn anew. */
static void find_changes(const struct presenter *presenter, const struct placed *now, size_t count,
                         struct changes *changes) {
    struct rect panel = {0, 0, presenter->panel.width, presenter->panel.height};
    if (presenter->lost) {
        add_change(changes, panel, panel);
        return;
    }
    const struct placed *last = presenter->last;
    size_t passed = 0; /* of the last frame's */
    for (size_t i = 0; i < count; i++) {
        size_t found = passed;
        while (found < presenter->last_count && !same(&now[i], &last[found]))
            found++;
        if (found == presenter->last_count) {
            add_change(changes, panel, now[i].seen);
            continue;
        }
        for (; passed < found; passed++)
            add_change(changes, panel, last[passed].seen);
        passed++;
    }
    for (; passed < presenter->last_count; passed++)
        add_change(changes, panel, last[passed].seen);
}

bool presenter_present(struct presenter *presenter, const struct placement *placements,
                       size_t count) {
    struct placement seen[MAX_PLACEMENTS];
    struct placed now[MAX_PLACEMENTS];
    size_t seen_count = 0;
    for (size_t i = 0; i < count && seen_count < MAX_PLACEMENTS; i++) {
        const struct placement *placement = &placements[i];
        struct rect part = presenter_seen(presenter, placement);
        bool fits = !placement->buffer || presenter_fits(presenter, placement->buffer);
        if (placement->alpha <= 0 || rect_empty(part) || !fits)
            continue;
        seen[seen_count] = *placement;
        now[seen_count] = (struct placed){.id = placement->buffer ? placement->buffer->id : 0,
                                          .place = presenter_place(presenter, placement),
                                          .seen = part,
                                          .alpha = placement->alpha,
                                          .part = placement->part,
                                          .fill = placement->buffer ? 0 : placement->fill,
                                          .radius = placement->buffer ? 0 : placement->radius};
        seen_count++;
    }
    struct changes changes = {.count = 0};
    find_changes(presenter, now, seen_count, &changes);
    if (!changes.count)
        return true;
    bool done =
        presenter->backend->present(presenter, seen, seen_count, changes.parts, changes.count);
    memcpy(presenter->last, now, seen_count * sizeof(*now));
    presenter->last_count = seen_count;
    presenter->lost = !done;
    presenter->frames += done;
    return done;
}

int64_t presenter_frames(const struct presenter *presenter) {
    return presenter->frames;
}

void presenter_handle_window(struct presenter *presenter) {
    struct size panel = presenter->backend->size(presenter);
    if (panel.width > 0 && panel.height > 0)
        presenter->panel = panel;
    presenter->lost = true;
}

/* To where it belongs; without a screen it stays where it is. */
static void place_window(const struct presenter *presenter) {
    const struct screen *screen = our_screen(presenter);
    if (!screen)
        return;
    struct rect area = screen->area, is;
    SDL_GetWindowPosition(presenter->window, &is.x, &is.y);
    SDL_GetWindowSize(presenter->window, &is.width, &is.height);
    if (same_rect(area, is))
        return;
    log_info("屏幕：移到 %s：%d,%d，%d x %d (the window is moved)", screen->name, area.x, area.y,
             area.width, area.height);
    SDL_SetWindowPosition(presenter->window, area.x, area.y);
    SDL_SetWindowSize(presenter->window, area.width, area.height);
}

bool presenter_watch_screens(struct presenter *presenter, uint32_t event_type) {
    return !presenter->watch || screen_watch_start(presenter->watch, event_type);
}

void presenter_handle_screens(struct presenter *presenter, const struct screen_list *list) {
    struct screen_list now = {.count = 0};
    if (presenter->windowed)
        return;
    if (!list && !presenter->watch)
        list_screens(&now);
    if (list || !presenter->watch)
        take_screens(presenter, list ? list : &now);
    place_window(presenter);
}
