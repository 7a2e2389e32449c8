#include "display/display.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <SDL.h>

#include "base/fs.h"
#include "base/live.h"
#include "base/log.h"
#include "base/time.h"
#include "display/backstage.h"
#include "display/loop.h"
#include "display/motion.h"
#include "display/presenter.h"

#define PRESENT_AGAIN_MS 1000 /* after a frame that could not be presented */
#define FRAME_US         (1000000 / 60)
#define RECORD_EVERY_US  (600 * 1000000LL) /* station.db: [M] one commit costs 40 KB of flash */

struct display {
    const struct paths *paths;
    const struct config *config;
    struct theme theme;
    bool windowed;
    struct presenter *presenter;
    struct presenter_power power;
    struct backstage *backstage;
    uint32_t event_type;
    struct loop loop;
    struct motion motion;
    int64_t frame_us; /* when the last frame was begun */
    bool again;       /* the next slide asked for is the last one once more */
    uintptr_t ticket; /* of the slide asked for last: older ones are thrown away */
    bool dirty;       /* the screen does not show what it should */
    bool quit;
    bool failed;
    int64_t since_ms, since_us; /* since when the current slide stands */
    struct showings showings;
    int64_t up_us;   /* until when it counted that something was shown; 0: nothing is */
    unsigned errors; /* that were logged until then */
    int64_t recorded_us;
};

void display_prepare(void) {
    /* SDL asks for a session bus, and libdbus starts one where there is none: it has no use here,
     * takes time, and what it starts would outlive us. */
    setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:", 1);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &set, NULL);
}

/* ------------------------------------------------------------------ what the world is told */

static void save_live(const struct display *display) {
    const struct showing_slide *slide = &display->loop.current;
    struct size size = presenter_size(display->presenter);
    char since[TIME_TEXT_SIZE];
    time_format(display->since_ms, since);
    live_save(display->paths->display_live,
              json_pack("{s:s, s:s?, s:s, s:s, s:I, s:I, s:I, s:s, s:s, s:i, s:i}", "mode", "loop",
                        "case", slide->case_id, "slide", slide->name, "since", since, "frames",
                        (json_int_t)presenter_frames(display->presenter), "skipped",
                        (json_int_t)slide->skipped, "generation", (json_int_t)slide->generation,
                        "presenter", presenter_name(display->presenter), "motion",
                        display->motion.drifts ? "drift" : "none", "width", size.width, "height",
                        size.height));
}

/* That something was on the screen until now, in whatever mode, and what went wrong meanwhile. */
static void count_uptime(struct display *display, int64_t now_us) {
    unsigned errors = log_errors();
    showings_add_uptime(&display->showings, time_now_ms(),
                        display->up_us ? (now_us - display->up_us) / 1000 : 0,
                        errors - display->errors);
    display->up_us = now_us;
    display->errors = errors;
}

/* The slide that stood until now is counted. */
static void count_showing(struct display *display, const char *id, bool first, int64_t now_us) {
    if (id)
        showings_add(&display->showings, id, first, time_now_ms(),
                     (now_us - display->since_us) / 1000);
    if (now_us - display->recorded_us < RECORD_EVERY_US)
        return;
    backstage_record(display->backstage, &display->showings);
    display->recorded_us = now_us;
}

/* ------------------------------------------------------------------ events */

static void ask(struct display *display) {
    backstage_ask(display->backstage, ++display->ticket, display->again, display->motion.drifts);
    display->again = false;
}

static void handle_frame(struct display *display, struct overlay_parts *parts) {
    struct size size = presenter_size(display->presenter);
    if (parts->size.width == size.width && parts->size.height == size.height)
        overlay_handle_parts(&display->loop.overlay, parts, time_monotonic_us());
    overlay_parts_finish(parts);
    free(parts);
}

static void handle_backstage(struct display *display, const SDL_UserEvent *event) {
    struct showing_slide *slide = event->data1;
    uintptr_t ticket = 0;
    memcpy(&ticket, &event->data2, sizeof ticket);
    switch ((enum backstage_code)event->code) {
    case BACKSTAGE_FRAME:
        handle_frame(display, event->data1);
        break;
    case BACKSTAGE_SLIDE:
        if (ticket == display->ticket && slide->buffer)
            loop_handle_slide(&display->loop, slide, time_monotonic_us());
        else if (ticket == display->ticket)
            display->loop.asked = false; /* no memory for a picture: ask again */
        showing_slide_finish(slide);
        free(slide);
        break;
    case BACKSTAGE_LIBRARY:
        if (display->loop.state != LOOP_MOVING) { /* else what follows is asked for later */
            display->again = display->again || display->loop.next.buffer || display->loop.asked;
            display->ticket++;
        }
        loop_handle_library(&display->loop);
        break;
    case BACKSTAGE_FAILED:
        display->failed = true;
        display->quit = true;
        break;
    case BACKSTAGE_STOP:
        display->quit = true;
        break;
    }
}

static void handle_window(struct display *display, const SDL_WindowEvent *event) {
    struct size before = presenter_size(display->presenter);
    switch (event->event) {
    case SDL_WINDOWEVENT_EXPOSED:
    case SDL_WINDOWEVENT_SHOWN:
    case SDL_WINDOWEVENT_RESTORED:
    case SDL_WINDOWEVENT_SIZE_CHANGED:
        presenter_handle_window(display->presenter);
        display->dirty = true;
        break;
    case SDL_WINDOWEVENT_CLOSE:
        display->quit = display->windowed;
        break;
    default:
        break;
    }
    struct size now = presenter_size(display->presenter);
    if (now.width == before.width && now.height == before.height)
        return;
    display->again = true;
    display->ticket++;
    backstage_resize(display->backstage);
    loop_handle_resize(&display->loop);
}

static bool leaves(const SDL_KeyboardEvent *key) {
    return key->keysym.sym == SDLK_ESCAPE ||
           (key->keysym.sym == SDLK_F4 && (key->keysym.mod & KMOD_ALT));
}

static void handle_event(struct display *display, const SDL_Event *event) {
    if (event->type == display->event_type)
        handle_backstage(display, &event->user);
    else if (event->type == SDL_WINDOWEVENT)
        handle_window(display, &event->window);
    else if (event->type == SDL_KEYDOWN && leaves(&event->key))
        display->quit = display->quit || display->windowed;
}

/* ------------------------------------------------------------------ time */

static void present(struct display *display, int64_t now_us) {
    struct placement placements[LOOP_PLACEMENTS];
    size_t count =
        loop_place(&display->loop, now_us, presenter_size(display->presenter), placements);
    if (!count)
        return;
    display->dirty = !presenter_present(display->presenter, placements, count);
}

/* A frame of what moves: whether the machine keeps up with it. */
static void measure(struct display *display) {
    int64_t now = time_monotonic_us();
    if (!motion_handle_frame(&display->motion, now))
        return;
    bool drifts = display->motion.drifts;
    log_info(drifts ? "画面：照片重新缓缓移动 (photographs drift again)"
                    : "画面：显卡跟不上，照片不再移动 (the GPU falls behind: nothing drifts)");
    loop_handle_motion(&display->loop, drifts, now);
    save_live(display);
}

static void tick(struct display *display) {
    int64_t now = time_monotonic_us(), since = 0;
    display->frame_us = now;
    struct loop *loop = &display->loop;
    bool cut = loop->state == LOOP_STARTING; /* what was shown before is gone already */
    char *id = loop->current.case_id;
    bool first = loop->current.first;
    loop->current.case_id = NULL; /* kept for the count, should the slide end here */
    bool stood = loop_tick(loop, now);
    if (stood) {
        if (cut)
            display->up_us = 0;
        count_uptime(display, now);
        if (!cut)
            count_showing(display, id, first, now);
        free(id);
        display->since_us = now;
        display->since_ms = time_now_ms();
    } else {
        loop->current.case_id = id;
    }
    bool moves = loop_moves(loop, now, &since);
    present(display, now); /* what would change nothing is not presented */
    if (moves)
        measure(display);
    else
        motion_handle_rest(&display->motion);
    if (stood)
        save_live(display);
    if (loop_wants_next(loop))
        ask(display);
    struct overlay_wish wish = overlay_wants(&loop->overlay, now, time_now_ms());
    if (wish.corner)
        backstage_ask_frame(display->backstage, wish);
}

static void sleep_until(int64_t us) {
    struct timespec until = {us / 1000000, us % 1000000 * 1000};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL) == EINTR)
        ;
}

/* Until the next frame. A presenter that waits for the screen has seen to it, unless it showed
 * nothing or waited in vain. */
static void wait_frame(const struct display *display, int64_t since, int64_t now) {
    const struct presenter_power *power = &display->power;
    if (!power->paced || now - display->frame_us < power->period_us / 2)
        sleep_until(since + ((now - since) / FRAME_US + 1) * FRAME_US);
}

/* While something moves: events without waiting, and frames as the screen shows them or every
 * sixtieth of a second. While nothing moves: no wakeup before the deadline but for events. */
static void wait(struct display *display) {
    SDL_Event event;
    int64_t now = time_monotonic_us(), since = 0;
    bool failed = display->dirty && display->loop.state == LOOP_STANDING;
    if (loop_moves(&display->loop, now, &since) && !failed) {
        wait_frame(display, since, now);
    } else {
        int64_t deadline = loop_deadline(&display->loop, now);
        int64_t left_ms = deadline == INT64_MAX ? -1 : (deadline - now + 999) / 1000;
        if (display->dirty && (left_ms < 0 || left_ms > PRESENT_AGAIN_MS))
            left_ms = PRESENT_AGAIN_MS;
        bool got = left_ms < 0   ? SDL_WaitEvent(&event)
                   : left_ms > 0 ? SDL_WaitEventTimeout(&event, left_ms > INT32_MAX ? INT32_MAX
                                                                                    : (int)left_ms)
                                 : false;
        if (got)
            handle_event(display, &event);
    }
    while (SDL_PollEvent(&event))
        handle_event(display, &event);
}

static void drain(struct display *display) {
    SDL_Event event;
    display->ticket++; /* whatever slide still comes is thrown away */
    while (SDL_PollEvent(&event))
        if (event.type == display->event_type)
            handle_backstage(display, &event.user);
}

static enum display_end show(struct display *display, const struct display_params *params) {
    struct presenter_params how = {
        .choice = (enum presenter_choice)params->config->display.presenter,
        .windowed = params->windowed,
        .rotation = (enum rotation)(params->rotate < 0 ? params->config->display.rotate
                                                       : params->rotate / 90),
        .screen = params->config->display.screen};
    display->presenter = presenter_create(&how);
    if (!display->presenter)
        return DISPLAY_NO_SCREEN;
    display->power = presenter_power(display->presenter);
    motion_init(&display->motion, (enum motion_choice)params->config->display.motion,
                display->power.stretches, display->power.real, display->power.period_us);
    display->event_type = SDL_RegisterEvents(1);
    loop_init(&display->loop, params->config, &display->theme, time_monotonic_us());
    display->recorded_us = time_monotonic_us();
    backstage_open(display->backstage, display->presenter, display->event_type);
    while (!display->quit) {
        tick(display);
        wait(display);
    }
    int64_t now = time_monotonic_us();
    count_uptime(display, now);
    if (display->loop.state == LOOP_STANDING)
        count_showing(display, display->loop.current.case_id, display->loop.current.first, now);
    backstage_record(display->backstage, &display->showings);
    return display->failed ? DISPLAY_FAILED : DISPLAY_STOPPED;
}

enum display_end display_run(const struct display_params *params) {
    bool held = false;
    char *path = path_join(params->paths->state, "display.lock", NULL);
    int lock = fs_lock(path, &held);
    free(path);
    if (lock < 0) {
        if (held)
            log_error("%s: 已有一个画面在用这个数据目录 (another display uses this state)",
                      params->paths->state);
        return held ? DISPLAY_HELD : DISPLAY_FAILED;
    }
    struct display display = {
        .paths = params->paths, .config = params->config, .windowed = params->windowed.width > 0};
    /* Mistakes in it are told by the backstage, which has one of its own. */
    theme_load(&display.theme, params->config->display.theme, params->paths->data, true);
    enum display_end end = DISPLAY_FAILED;
    display.backstage = backstage_start(params->paths, params->config);
    if (display.backstage) {
        end = show(&display, params);
        backstage_stop(display.backstage);
    }
    if (display.presenter) {
        drain(&display);
        loop_finish(&display.loop);
        presenter_destroy(display.presenter);
        live_remove(params->paths->display_live);
    }
    showings_write(&display.showings, params->paths->station);
    showings_finish(&display.showings);
    theme_finish(&display.theme);
    close(lock);
    return end;
}
