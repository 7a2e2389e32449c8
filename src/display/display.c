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
#include "display/browse.h"
#include "display/input.h"
#include "display/loop.h"
#include "display/motion.h"
#include "display/presenter.h"
#ifdef FENGCAI_TESTING
#include "display/replayer.h"
#endif

#define PRESENT_AGAIN_MS 1000 /* after a frame that could not be presented */
#define FRAME_US         (1000000 / 60)
#define JUST_NOW_US      (3 * 1000000LL)    /* what was seen until then is offered, too */
#define TILES_SURFACE    ((size_t)48 << 20) /* DESIGN: budgets */
#define TILES_GPU        ((size_t)128 << 20)
#define POINTER_US       (5 * 1000000LL) /* a mouse's pointer is seen for so long after it moved */
#define RECORD_EVERY_US  (600 * 1000000LL) /* station.db: [M] one commit costs 40 KB of flash */

struct display {
    const struct paths *paths;
    const struct config *config;
    struct theme theme;
    bool windowed, test;
    struct presenter *presenter;
    struct presenter_power power;
    struct backstage *backstage;
    uint32_t event_type;
    struct loop loop;
    struct browse browse;
    int64_t paused_us;  /* since when the loop stands because somebody browses; 0: it does not */
    char *left_case;    /* owned: what was seen before the current case; NULL: nothing */
    int64_t left_us;    /* when it went */
    int64_t pointer_us; /* when a mouse was moved last; 0: no pointer is seen */
    char *said;         /* owned: of the browsing mode, what the live state says */
    struct replayer *replayer; /* of test builds; NULL: none */
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

static json_t *loop_live(const struct display *display) {
    const struct showing_slide *slide = &display->loop.current;
    char since[TIME_TEXT_SIZE];
    time_format(display->since_ms, since);
    return json_pack("{s:s, s:s?, s:s, s:s}", "mode", "loop", "case", slide->case_id, "slide",
                     slide->name, "since", since);
}

/* What was typed is nobody's business but a test's. */
static json_t *browse_live(const struct display *display, const struct place *here) {
    const struct manner *manner = &display->browse.manner;
    bool in_case = here->kind == PLACE_CASE || here->kind == PLACE_PICTURE;
    json_t *live = json_pack(
        "{s:s, s:s?, s:s?, s:s?, s:b, s:b, s:b, s:i}", "mode", place_key(here->kind), "case",
        in_case ? here->text : NULL, "unit", here->kind == PLACE_UNIT ? unit_key(here->unit) : NULL,
        "school", here->kind == PLACE_SCHOOL ? here->text : NULL, "reach", manner->reach, "english",
        manner->english, "contrast", manner->contrast, "size", (int)manner->size);
    if (here->kind == PLACE_PICTURE)
        json_object_set_new(live, "picture", json_integer(here->picture));
    if (display->test && here->kind == PLACE_SEARCH)
        json_object_set_new(live, "query", json_string(here->text));
    if (display->test)
        json_object_update_new(live,
                               json_pack("{s:i, s:f, s:b}", "scroll", display->browse.page.scroll,
                                         "zoom", browse_zoom(&display->browse), "notice",
                                         display->browse.notice.tile_count > 0));
    return live;
}

static void save_live(const struct display *display) {
    const struct place *here = browse_here(&display->browse);
    struct size size = presenter_size(display->presenter);
    json_t *live = here ? browse_live(display, here) : loop_live(display);
    json_object_update_new(live,
                           json_pack("{s:I, s:I, s:I, s:s, s:s, s:i, s:i}", "frames",
                                     (json_int_t)presenter_frames(display->presenter), "skipped",
                                     (json_int_t)display->loop.current.skipped, "generation",
                                     (json_int_t)display->loop.current.generation, "presenter",
                                     presenter_name(display->presenter), "motion",
                                     display->motion.drifts ? "drift" : "none", "width", size.width,
                                     "height", size.height));
    live_save(display->paths->display_live, live);
}

/* Where somebody is has changed, or what they see of it has come to rest. */
static void tell_browsing(struct display *display, int64_t now_us) {
    const struct place *here = browse_here(&display->browse);
    if (here && browse_moves(&display->browse, now_us))
        return;
    json_t *live = here ? browse_live(display, here) : NULL;
    char *says = live ? json_dumps(live, JSON_COMPACT) : NULL;
    json_decref(live);
    bool changed =
        says ? !display->said || strcmp(says, display->said) != 0 : display->said != NULL;
    free(display->said);
    display->said = says;
    if (changed)
        save_live(display);
}

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

static void handle_slide(struct display *display, struct showing_slide *slide, uintptr_t ticket) {
    if (ticket == display->ticket && slide->buffer)
        loop_handle_slide(&display->loop, slide, time_monotonic_us());
    else if (ticket == display->ticket)
        display->loop.asked = false; /* no memory for a picture: ask again */
    showing_slide_finish(slide);
    free(slide);
}

static void handle_library(struct display *display) {
    if (display->loop.state != LOOP_MOVING) { /* else what follows is asked for later */
        display->again = display->again || display->loop.next.buffer || display->loop.asked;
        display->ticket++;
    }
    loop_handle_library(&display->loop);
    browse_handle_library(&display->browse);
}

static void handle_page(struct display *display, struct page *page) {
    browse_handle_page(&display->browse, page, time_monotonic_us());
    free(page);
}

static void handle_tile(struct display *display, struct made_tile *made) {
    browse_handle_tile(&display->browse, &made->wish, made->buffer);
    free(made);
}

static void handle_backstage(struct display *display, const SDL_UserEvent *event) {
    uintptr_t ticket = 0;
    memcpy(&ticket, &event->data2, sizeof ticket);
    switch ((enum backstage_code)event->code) {
    case BACKSTAGE_FRAME:
        handle_frame(display, event->data1);
        break;
    case BACKSTAGE_SLIDE:
        handle_slide(display, event->data1, ticket);
        break;
    case BACKSTAGE_PAGE:
        handle_page(display, event->data1);
        break;
    case BACKSTAGE_TILE:
        handle_tile(display, event->data1);
        break;
    case BACKSTAGE_LIBRARY:
        handle_library(display);
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
    int finger = presenter_finger(display->presenter, display->config->touch.inches);
    backstage_resize(display->backstage, finger);
    loop_handle_resize(&display->loop);
    browse_handle_resize(&display->browse, now, finger);
}

/* ------------------------------------------------------------------ somebody is there */

static struct browse_seen seen_of(const struct display *display, int64_t now_us) {
    const char *leaving = NULL;
    struct browse_seen seen = {.id = loop_case(&display->loop, &leaving)};
    if (!leaving && now_us - display->left_us < JUST_NOW_US)
        leaving = display->left_case;
    if (seen.id && leaving && strcmp(leaving, seen.id) != 0)
        seen.before = leaving;
    return seen;
}

/* While somebody browses the loop stands, and then goes on where it was. */
static void pause_loop(struct display *display, int64_t now_us) {
    bool closed = browse_is_closed(&display->browse);
    if (!closed && !display->paused_us) {
        display->paused_us = now_us;
    } else if (closed && display->paused_us) {
        loop_handle_pause(&display->loop, now_us - display->paused_us);
        display->since_us += now_us - display->paused_us;
        display->left_us = 0;
        display->paused_us = 0;
    }
}

static void count_touches(struct display *display) {
    struct browse_count count;
    while (browse_take_count(&display->browse, &count)) {
        showings_add_touch(&display->showings, count.id, time_now_ms());
        free(count.id);
    }
}

static void handle_input(struct display *display, const SDL_Event *event) {
    int64_t now = time_monotonic_us();
    if (input_hovers(event)) {
        SDL_ShowCursor(SDL_ENABLE);
        display->pointer_us = now;
    }
    struct browse *browse = &display->browse;
    struct input input = input_read(display->presenter, event, now);
    struct browse_seen seen = seen_of(display, now);
    switch (input.kind) {
    case INPUT_NONE:
        return;
    case INPUT_TOUCH:
        browse_handle_touch(browse, &input.touch, &seen);
        break;
    case INPUT_KEY:
        browse_handle_key(browse, input.key, &seen, now);
        break;
    case INPUT_TEXT:
        browse_handle_text(browse, input.text, &seen, now);
        break;
    case INPUT_WHEEL:
        browse_handle_wheel(browse, input.wheel, now);
        break;
    }
    pause_loop(display, now);
    count_touches(display);
}

/* Of a window that is not the whole screen. */
static bool leaves(const struct display *display, const SDL_KeyboardEvent *key) {
    bool closed = browse_is_closed(&display->browse);
    return display->windowed && ((key->keysym.sym == SDLK_ESCAPE && closed) ||
                                 (key->keysym.sym == SDLK_F4 && (key->keysym.mod & KMOD_ALT)));
}

static void handle_event(struct display *display, const SDL_Event *event) {
    if (event->type == display->event_type)
        handle_backstage(display, &event->user);
    else if (event->type == SDL_WINDOWEVENT)
        handle_window(display, &event->window);
    else if (event->type == SDL_KEYDOWN && leaves(display, &event->key))
        display->quit = true;
    else
        handle_input(display, event);
}

/* ------------------------------------------------------------------ time */

static void present(struct display *display, int64_t now_us) {
    struct placement placements[MAX_PLACEMENTS];
    struct size size = presenter_size(display->presenter);
    size_t count = 0;
    if (browse_shows_loop(&display->browse))
        count = loop_place(&display->loop, display->paused_us ? display->paused_us : now_us, size,
                           placements);
    count += browse_place(&display->browse, now_us, placements + count, MAX_PLACEMENTS - count);
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
    count_uptime(display, now);
    if (!cut)
        count_showing(display, id, first, now);
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
}

static void ask_loop(struct display *display, int64_t now) {
    struct loop *loop = &display->loop;
    if (loop_wants_next(loop))
        ask(display);
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
    return display->paused_us && display->loop.state != LOOP_STARTING;
}

static void tick(struct display *display) {
    int64_t now = time_monotonic_us(), since = 0;
    display->frame_us = now;
    struct browse_seen seen = seen_of(display, now);
    browse_tick(&display->browse, now, &seen);
    pause_loop(display, now);
    bool stood = !browses(display) && tick_loop(display, now);
    bool moves = !browses(display) && loop_moves(&display->loop, now, &since);
    ask_browsing(display, now);
    present(display, now); /* what would change nothing is not presented */
    if (moves)
        measure(display);
    else
        motion_handle_rest(&display->motion);
    if (stood)
        save_live(display);
    tell_browsing(display, now);
    count_touches(display);
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
    browse_init(&display->browse, params->config, presenter_size(display->presenter),
                presenter_finger(display->presenter, params->config->touch.inches),
                strcmp(presenter_name(display->presenter), "gpu") == 0 ? TILES_GPU : TILES_SURFACE);
    SDL_StartTextInput(); /* of a real keyboard */
    loop_init(&display->loop, params->config, &display->theme, time_monotonic_us());
    display->recorded_us = time_monotonic_us();
    backstage_open(display->backstage, display->presenter, display->event_type);
    while (!display->quit) {
#ifdef FENGCAI_TESTING
        if (display->replayer)
            replayer_tick(display->replayer, display->presenter, time_monotonic_us());
#endif
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
    free(display.left_case);
    free(display.said);
#ifdef FENGCAI_TESTING
    replayer_destroy(display.replayer);
#endif
    theme_finish(&display.theme);
    close(lock);
    return end;
}
