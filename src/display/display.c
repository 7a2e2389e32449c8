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
#include "display/display_private.h"
#include "display/input.h"
#ifdef FENGCAI_TESTING
#include "display/replayer.h"
#endif

#define PRESENT_AGAIN_MS 1000 /* after a frame that could not be presented */
#define FRAME_US         (1000000 / 60)
#define TILES_SURFACE    ((size_t)48 << 20) /* DESIGN: budgets */
#define TILES_GPU        ((size_t)128 << 20)
#define POINTER_US       (5 * 1000000LL) /* a mouse's pointer is seen for so long after it moved */

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

/* ---- time */

/* It moves against burn-in with the rest of what lies over the slides. */
static size_t place_card(const struct display *display, struct size size,
                         struct placement *placement) {
    const struct made_card *card = &display->card;
    struct point shift = display->loop.overlay.shift;
    if (!card->buffer || card->screen.width != size.width || card->screen.height != size.height)
        return 0;
    *placement = (struct placement){
        .buffer = card->buffer, .x = card->at.x + shift.x, .y = card->at.y + shift.y, .alpha = 256};
    return 1;
}

static size_t place_loop(const struct display *display, int64_t now_us, struct size size,
                         struct placement *placements) {
    size_t count = loop_place(&display->loop, display->paused_us ? display->paused_us : now_us,
                              size, placements);
    return count ? count + place_card(display, size, placements + count) : 0;
}

static void present(struct display *display, int64_t now_us) {
    struct placement placements[MAX_PLACEMENTS];
    struct size size = presenter_size(display->presenter);
    size_t count = 0;
    if (display->black && display->black_card) /* without a card the screen is black */
        placements[count++] = (struct placement){.buffer = display->black_card, .alpha = 256};
    else if (!display->black && browse_shows_loop(&display->browse))
        count = place_loop(display, now_us, size, placements);
    count += browse_place(&display->browse, now_us, placements + count, MAX_PLACEMENTS - count);
    if (!count && !display->black)
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
    display_save_live(display);
}

/* The case changed: for a moment the one before it is worth a way back. */
static void remember(struct display *display, char *id, int64_t now_us) {
    const char *now = display->loop.current.case_id;
    if (!id || (now && strcmp(id, now) == 0)) {
        free(id);
        return;
    }
    free(display->left_case);
    display->left_case = id;
    display->left_us = now_us;
}

/* Whether another slide stands now. */
static bool tick_loop(struct display *display, int64_t now) {
    struct loop *loop = &display->loop;
    bool cut = loop->state == LOOP_STARTING; /* what was shown before is gone already */
    char *id = loop->current.case_id;
    bool first = loop->current.first;
    loop->current.case_id = NULL; /* kept for the count, should the slide end here */
    bool stood = loop_tick(loop, now);
    if (!stood) {
        loop->current.case_id = id;
        return false;
    }
    if (cut)
        display->up_us = 0;
    display_count_uptime(display, now);
    if (!cut)
        display_count_showing(display, id, first, now);
    remember(display, id, now);
    display->since_us = now;
    display->since_ms = time_now_ms();
    return true;
}

static void ask_browsing(struct display *display, int64_t now) {
    struct page_wish page;
    while (browse_wants_page(&display->browse, &page))
        backstage_ask_page(display->backstage, &page);
    struct tile_wish tile;
    while (browse_wants_tile(&display->browse, now, &tile))
        backstage_ask_tile(display->backstage, &tile);
    struct browse_order order;
    while (browse_take_order(&display->browse, &order))
        if (order.kind == BROWSE_TURN)
            display_turn(display, &order);
        else
            backstage_order(display->backstage, &order);
}

static void ask_loop(struct display *display, int64_t now) {
    struct loop *loop = &display->loop;
    if (loop_wants_next(loop))
        display_ask(display);
    struct overlay_wish wish = overlay_wants(&loop->overlay, now, time_now_ms());
    if (wish.corner)
        backstage_ask_frame(display->backstage, wish);
}

static void hide_pointer(struct display *display, int64_t now) {
    if (!display->pointer_us || now - display->pointer_us < POINTER_US || display->windowed)
        return;
    SDL_ShowCursor(SDL_DISABLE);
    display->pointer_us = 0;
}

/* Without the loop, unless it has nothing to show yet. */
static bool browses(const struct display *display) {
    return display->black || (display->paused_us && display->loop.state != LOOP_STARTING);
}

static void tick(struct display *display) {
    int64_t now = time_monotonic_us(), since = 0;
    display->frame_us = now;
    struct browse_seen seen = display_seen(display, now);
    browse_tick(&display->browse, now, &seen);
    display_pause_loop(display, now);
    display_play(display);
    bool stood = !browses(display) && tick_loop(display, now);
    bool moves = !browses(display) && loop_moves(&display->loop, now, &since);
    ask_browsing(display, now);
    present(display, now); /* what would change nothing is not presented */
    if (moves)
        measure(display);
    else
        motion_handle_rest(&display->motion);
    if (stood)
        display_save_live(display);
    display_tell_browsing(display, now);
    display_count_touches(display);
    hide_pointer(display, now);
    if (!browses(display))
        ask_loop(display, now);
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

static int64_t earlier(int64_t a, int64_t b) {
    return a < b ? a : b;
}

static int64_t deadline_of(const struct display *display, int64_t now) {
    int64_t at = browse_deadline(&display->browse, now);
    if (!browses(display))
        at = earlier(at, loop_deadline(&display->loop, now));
    if (display->pointer_us && !display->windowed)
        at = earlier(at, display->pointer_us + POINTER_US);
#ifdef FENGCAI_TESTING
    if (display->replayer)
        at = earlier(at, replayer_deadline(display->replayer));
#endif
    return at;
}

/* Since when what is seen changes from frame to frame; INT64_MAX: it does not. */
static int64_t moves_since(const struct display *display, int64_t now) {
    int64_t since = INT64_MAX;
    if (browse_moves(&display->browse, now))
        return 0;
    if (browses(display) || !loop_moves(&display->loop, now, &since))
        return INT64_MAX;
    bool failed = display->dirty && display->loop.state == LOOP_STANDING;
    return failed ? INT64_MAX : since;
}

static bool wait_event(int64_t left_ms, SDL_Event *event) {
    if (left_ms < 0)
        return SDL_WaitEvent(event);
    return left_ms > 0 &&
           SDL_WaitEventTimeout(event, left_ms > INT32_MAX ? INT32_MAX : (int)left_ms);
}

/* While something moves: events without waiting, and frames as the screen shows them or every
 * sixtieth of a second. While nothing moves: no wakeup before the deadline but for events. */
static void wait(struct display *display) {
    SDL_Event event;
    int64_t now = time_monotonic_us(), since = moves_since(display, now);
    if (since != INT64_MAX) {
        wait_frame(display, since, now);
    } else {
        int64_t deadline = deadline_of(display, now);
        int64_t left_ms = deadline == INT64_MAX ? -1
                          : deadline > now      ? (deadline - now + 999) / 1000
                                                : 0;
        if (display->dirty && (left_ms < 0 || left_ms > PRESENT_AGAIN_MS))
            left_ms = PRESENT_AGAIN_MS;
        if (wait_event(left_ms, &event))
            display_handle_event(display, &event);
    }
    while (SDL_PollEvent(&event))
        display_handle_event(display, &event);
}

static void drain(struct display *display) {
    SDL_Event event;
    display->ticket++; /* whatever slide still comes is thrown away */
    display_end_videos(display);
    while (SDL_PollEvent(&event))
        display_drop_event(display, &event);
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
    display->event_type = SDL_RegisterEvents(3);
    display->screens_type = display->event_type + 1;
    display->video_type = display->event_type + 2;
    browse_init(&display->browse, params->config, presenter_size(display->presenter),
                presenter_finger(display->presenter, params->config->touch.inches),
                strcmp(presenter_name(display->presenter), "gpu") == 0 ? TILES_GPU : TILES_SURFACE);
    display->browse.rotation = (int)presenter_rotation(display->presenter);
    SDL_StartTextInput(); /* of a real keyboard */
    loop_init(&display->loop, params->config, &display->theme, time_monotonic_us());
    display->recorded_us = time_monotonic_us();
    backstage_open(display->backstage, display->presenter, display->event_type);
    presenter_watch_screens(display->presenter, display->screens_type);
    while (!display->quit) {
        tick(display);
#ifdef FENGCAI_TESTING
        if (display->replayer)
            replayer_tick(display->replayer, display->presenter, time_monotonic_us());
#endif
        wait(display);
    }
    int64_t now = time_monotonic_us();
    display_count_uptime(display, now);
    if (display->loop.state == LOOP_STANDING)
        display_count_showing(display, display->loop.current.case_id, display->loop.current.first,
                              now);
    backstage_record(display->backstage, &display->showings);
    return display->failed ? DISPLAY_FAILED : display->restarts ? DISPLAY_RESTART : DISPLAY_STOPPED;
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
    struct display display = {.paths = params->paths,
                              .config = params->config,
                              .windowed = params->windowed.width > 0,
                              .test = params->test};
#ifdef FENGCAI_TESTING
    if (params->replay && !(display.replayer = replayer_create(params->replay))) {
        close(lock);
        return DISPLAY_FAILED;
    }
#endif
    input_prepare();
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
        browse_finish(&display.browse);
        presenter_destroy(display.presenter);
        live_remove(params->paths->display_live);
    }
    showings_write(&display.showings, params->paths->station);
    showings_finish(&display.showings);
    buffer_destroy(display.black_card);
    made_card_finish(&display.card);
    free(display.left_case);
    free(display.said);
#ifdef FENGCAI_TESTING
    replayer_destroy(display.replayer);
#endif
    theme_finish(&display.theme);
    close(lock);
    return end;
}
