#include "display/backstage.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <SDL_events.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "base/time.h"
#include "display/blackout.h"
#include "display/guide.h"
#include "display/state_watch.h"

#define RETRY_BUSY_MS    50    /* a commit is going on */
#define RETRY_FAILED_MS  60000 /* the disk errs: nothing better to do than to ask again */
#define RETRY_UNREADY_MS 3000  /* the keeper must mend the library first */

#define PUSH_AGAIN_MS 100
#define MAX_TILES     8    /* asked for at once; the browsing mode has two */
#define MAX_ORDERS    8    /* likewise; a person has one finger for them */
#define NO_MEMORY_MS  1000 /* before the next try to make a slide */

struct page_errand {
    struct place place; /* owned */
    struct manner manner;
    uint64_t ticket; /* 0: none */
};

/* What has been asked for. */
struct errand {
    bool quit, slide, again, drifts;
    bool resized; /* or turned */
    uintptr_t ticket;
    struct size size;
    int finger;
    struct overlay_wish wish;
    struct showings showings;
    struct page_errand page, notice;
    struct tile_wish tiles[MAX_TILES];
    size_t tile_count;
    struct browse_order orders[MAX_ORDERS];
    size_t order_count;
};

struct backstage {
    const struct paths *paths;
    const struct config *config;
    pthread_t thread;
    int wake, files, signals; /* descriptors; the thread's once it runs */

    pthread_mutex_t mutex; /* guards what follows, up to the line */
    pthread_cond_t opened;
    const struct presenter *presenter; /* NULL until backstage_open */
    uint32_t event_type;
    struct errand errand;
    /* ---- the thread's own */
    int64_t started_us;
    struct clock clock;
    struct studio *studio;
    struct carousel *carousel;
    struct guide *guide;
    struct blackout blackout;
    struct size black; /* of the card that was pushed; 0, 0: none */
    struct stick_board *board;
    int64_t retry_us; /* when to read again what could not be read; INT64_MAX: never */
};

static void sleep_ms(long ms) {
    nanosleep(&(struct timespec){.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000}, NULL);
}

static void push(struct backstage *backstage, enum backstage_code code, void *data,
                 uintptr_t ticket) {
    SDL_Event event = {.user = {.type = backstage->event_type, .code = (int)code, .data1 = data}};
    memcpy(&event.user.data2, &ticket, sizeof ticket);
    /* A lost slide would stop the loop: wait until there is room in the queue. */
    for (int i = 0; SDL_PushEvent(&event) < 0; i++) {
        if (i % 100 == 0)
            log_error("SDL_PushEvent: %s", SDL_GetError());
        sleep_ms(PUSH_AGAIN_MS);
    }
}

/* Or sooner, where that was said already. */
static void retry_in(struct backstage *backstage, int64_t ms) {
    int64_t at_us = time_monotonic_us() + ms * 1000;
    backstage->retry_us = at_us < backstage->retry_us ? at_us : backstage->retry_us;
}

static void refresh(struct backstage *backstage, bool tell) {
    bool changed = false, urgent = false;
    enum read_result result = carousel_refresh(backstage->carousel, &changed, &urgent);
    backstage->retry_us = INT64_MAX;
    if (result != READ_DONE && result != READ_MISSING)
        retry_in(backstage, result == READ_BUSY      ? RETRY_BUSY_MS
                            : result == READ_UNREADY ? RETRY_UNREADY_MS
                                                     : RETRY_FAILED_MS);
    if (changed)
        guide_handle_library(backstage->guide);
    if (changed && tell)
        push(backstage, BACKSTAGE_LIBRARY, NULL, urgent);
}

static void adopt(struct backstage *backstage, struct buffer **buffer) {
    if (*buffer)
        *buffer = presenter_adopt(backstage->presenter, *buffer);
}

/* Says whether nothing may be shown, where it is not said yet. */
static void tell_black(struct backstage *backstage) {
    struct size size = studio_stage(backstage->studio)->size;
    bool same = size.width == backstage->black.width && size.height == backstage->black.height;
    if (backstage->blackout.on && !same) {
        struct scene scene;
        blackout_build(&scene, studio_stage(backstage->studio));
        struct buffer *card = studio_flatten(backstage->studio, &scene);
        scene_finish(&scene);
        adopt(backstage, &card);
        push(backstage, BACKSTAGE_BLACK, card, 0);
        backstage->black = size;
    } else if (!backstage->blackout.on && backstage->black.width) {
        push(backstage, BACKSTAGE_LIFTED, NULL, 0);
        backstage->black = (struct size){0};
    }
}

static void refresh_black(struct backstage *backstage) {
    if (blackout_refresh(&backstage->blackout) == BLACKOUT_BUSY)
        retry_in(backstage, RETRY_BUSY_MS);
    tell_black(backstage);
}

/* All of it but what stays: the size. */
static struct errand take_errand(struct backstage *backstage) {
    pthread_mutex_lock(&backstage->mutex);
    struct errand errand = backstage->errand;
    backstage->errand =
        (struct errand){.quit = errand.quit, .size = errand.size, .finger = errand.finger};
    pthread_mutex_unlock(&backstage->mutex);
    return errand;
}

static void make_slide(struct backstage *backstage, const struct errand *errand) {
    struct showing_slide *slide = xcalloc(1, sizeof *slide);
    int64_t age_us = time_monotonic_us() - backstage->started_us;
    studio_set_age(backstage->studio, age_us / 60000000);
    studio_drift(backstage->studio, errand->drifts);
    carousel_next(backstage->carousel, errand->again, slide);
    adopt(backstage, &slide->buffer);
    adopt(backstage, &slide->line);
    if (!slide->buffer)
        sleep_ms(NO_MEMORY_MS);
    push(backstage, BACKSTAGE_SLIDE, slide, errand->ticket);
}

static void make_frame(struct backstage *backstage, const struct overlay_wish *wish) {
    struct overlay_parts *parts = xcalloc(1, sizeof *parts);
    struct time_verdict verdict = clock_judge(&backstage->clock, wish->wall_ms);
    int64_t shown_ms = time_believable(&verdict, wish->wall_ms) ? wish->wall_ms : 0;
    studio_draw_frame(backstage->studio, shown_ms, wish->hint, parts);
    for (int i = 0; i < OVERLAY_COUNT; i++)
        adopt(backstage, &parts->parts[i].buffer);
    push(backstage, BACKSTAGE_FRAME, parts, 0);
}

static void make_page(struct backstage *backstage, struct page_errand *errand) {
    if (!errand->ticket)
        return;
    struct page *page = xcalloc(1, sizeof *page);
    *page = guide_make(backstage->guide, &errand->place, errand->manner, errand->ticket);
    place_finish(&errand->place);
    push(backstage, BACKSTAGE_PAGE, page, 0);
}

static void make_tile(struct backstage *backstage, const struct tile_wish *wish) {
    struct made_tile *made = xcalloc(1, sizeof *made);
    made->wish = *wish;
    made->buffer = guide_draw(backstage->guide, wish->ticket, wish->tile);
    adopt(backstage, &made->buffer);
    push(backstage, BACKSTAGE_TILE, made, 0);
}

static void ask_keeper(struct backstage *backstage, const struct browse_order *order) {
    struct desk_request request = {
        .kind = order->what, .arguments = order->arguments, .by = order->by};
    if (order_ask(backstage->paths->station, &request))
        guide_set_request(backstage->guide, &request);
}

static void carry_out(struct backstage *backstage, const struct browse_order *order) {
    const char *station = backstage->paths->station;
    switch (order->kind) {
    case BROWSE_TRY_PIN:
        guide_forget_answer(backstage->guide);
        push(backstage, BACKSTAGE_PIN, order_try_pin(station, order->what), 0);
        return;
    case BROWSE_SET_PIN:
        push(backstage, BACKSTAGE_PIN, order_set_pin(station, order), 0);
        return;
    case BROWSE_TURN: /* by who presents */
        return;
    case BROWSE_RESTART:
        push(backstage, BACKSTAGE_RESTART, NULL, 0);
        return;
    case BROWSE_CHOOSE:
        order_choose(station, order);
        break;
    case BROWSE_ASK:
        ask_keeper(backstage, order);
        break;
    case BROWSE_BLACKEN:
        order_blacken(station, order);
        break;
    }
    push(backstage, BACKSTAGE_DESK, NULL, 0);
}

static void carry_out_all(struct backstage *backstage, struct errand *errand) {
    for (size_t i = 0; i < errand->order_count; i++) {
        carry_out(backstage, &errand->orders[i]);
        browse_order_finish(&errand->orders[i]);
    }
}

static void make_browsed(struct backstage *backstage, struct errand *errand) {
    guide_set_finger(backstage->guide, errand->finger);
    make_page(backstage, &errand->page);
    make_page(backstage, &errand->notice);
    for (size_t i = 0; i < errand->tile_count; i++)
        make_tile(backstage, &errand->tiles[i]);
}

static bool drain_signals(int fd) {
    struct signalfd_siginfo info;
    if (read(fd, &info, sizeof info) != (ssize_t)sizeof info)
        return false;
    log_info("画面：进程 %u 要求停止，信号 %u (told to stop by that process)", info.ssi_pid,
             info.ssi_signo);
    return true;
}

/* Showings that could not be written wait for the next time. */
static void put_back(struct backstage *backstage, struct showings *showings) {
    pthread_mutex_lock(&backstage->mutex);
    showings_merge(&backstage->errand.showings, showings);
    pthread_mutex_unlock(&backstage->mutex);
}

static void run_errands(struct backstage *backstage) {
    uint64_t count = 0;
    (void)!read(backstage->wake, &count, sizeof count);
    struct errand errand = take_errand(backstage);
    if (!showings_write(&errand.showings, backstage->paths->station))
        put_back(backstage, &errand.showings);
    studio_resize(backstage->studio, errand.size);
    if (errand.resized) { /* other cards are needed */
        backstage->black = (struct size){0};
        if (backstage->board)
            stick_board_handle_resize(backstage->board);
    }
    carry_out_all(backstage, &errand);
    tell_black(backstage);
    make_browsed(backstage, &errand);
    if (errand.slide && !errand.quit)
        make_slide(backstage, &errand);
    if (errand.wish.corner && !errand.quit)
        make_frame(backstage, &errand.wish);
}

static bool wants_quit(struct backstage *backstage) {
    pthread_mutex_lock(&backstage->mutex);
    bool quit = backstage->errand.quit;
    pthread_mutex_unlock(&backstage->mutex);
    return quit;
}

/* What is to be read again. Reading the library forgets what was to be tried again, so the blackout
 * is read behind it. */
static void handle_files(struct backstage *backstage) {
    struct state_touched touched = state_watch_drain(backstage->files);
    bool retry = time_monotonic_us() >= backstage->retry_us;
    if (touched.library || retry)
        refresh(backstage, true);
    if (touched.library || touched.station || retry)
        refresh_black(backstage);
    if (touched.station)
        stick_board_handle_station(backstage->board);
    if (touched.keeper)
        stick_board_handle_keeper(backstage->board);
}

static void run_board(struct backstage *backstage) {
    struct made_card card;
    if (!stick_board_run(backstage->board, time_monotonic_us(), &card))
        return;
    struct made_card *made = xmalloc(sizeof *made);
    *made = card;
    adopt(backstage, &made->buffer);
    push(backstage, BACKSTAGE_CARD, made, 0);
}

static int wait_ms(const struct backstage *backstage) {
    int64_t at_us = stick_board_deadline_us(backstage->board), now_us = time_monotonic_us();
    at_us = at_us < backstage->retry_us ? at_us : backstage->retry_us;
    int64_t left_ms = at_us > now_us ? (at_us - now_us + 999) / 1000 : 0;
    return at_us == INT64_MAX ? -1 : left_ms < INT_MAX ? (int)left_ms : INT_MAX;
}

/* Waits until the window is there: before that nobody takes events. */
static void wait_opened(struct backstage *backstage) {
    pthread_mutex_lock(&backstage->mutex);
    while (!backstage->presenter && !backstage->errand.quit)
        pthread_cond_wait(&backstage->opened, &backstage->mutex);
    pthread_mutex_unlock(&backstage->mutex);
}

static void *backstage_main(void *user) {
    struct backstage *backstage = user;
    blackout_refresh(&backstage->blackout);
    backstage->studio = studio_create(backstage->paths, backstage->config, (struct size){16, 9});
    if (backstage->studio) {
        if (config_shows_frame(backstage->config))
            studio_set_frame(backstage->studio);
        backstage->carousel = carousel_create(backstage->studio, backstage->paths,
                                              backstage->config, &backstage->clock);
        backstage->guide =
            guide_create(backstage->studio, backstage->paths, backstage->config, &backstage->clock);
        backstage->board =
            stick_board_create(backstage->studio, backstage->paths, backstage->config);
        refresh(backstage, false);
        carousel_prefetch(backstage->carousel);
    }
    wait_opened(backstage);
    if (!backstage->studio) {
        push(backstage, BACKSTAGE_FAILED, NULL, 0);
        return NULL;
    }
    while (!wants_quit(backstage)) {
        struct pollfd fds[] = {{.fd = backstage->wake, .events = POLLIN},
                               {.fd = backstage->files, .events = POLLIN},
                               {.fd = backstage->signals, .events = POLLIN}};
        if (poll(fds, 3, wait_ms(backstage)) < 0)
            continue; /* interrupted */
        handle_files(backstage);
        if (fds[2].revents && drain_signals(backstage->signals))
            push(backstage, BACKSTAGE_STOP, NULL, 0);
        if (fds[0].revents)
            run_errands(backstage);
        run_board(backstage);
    }
    return NULL;
}

static void close_all(struct backstage *backstage) {
    int fds[] = {backstage->wake, backstage->files, backstage->signals};
    for (size_t i = 0; i < sizeof fds / sizeof *fds; i++)
        if (fds[i] >= 0)
            close(fds[i]);
    pthread_cond_destroy(&backstage->opened);
    pthread_mutex_destroy(&backstage->mutex);
    free(backstage);
}

struct backstage *backstage_start(const struct paths *paths, const struct config *config) {
    struct backstage *backstage = xcalloc(1, sizeof *backstage);
    backstage->paths = paths;
    backstage->config = config;
    backstage->retry_us = INT64_MAX;
    backstage->started_us = time_monotonic_us();
    backstage->blackout.station = paths->station;
    clock_init(&backstage->clock, paths);
    pthread_mutex_init(&backstage->mutex, NULL);
    pthread_cond_init(&backstage->opened, NULL);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    backstage->wake = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    backstage->files = state_watch_open(paths);
    backstage->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    if (backstage->wake < 0 || backstage->files < 0 || backstage->signals < 0) {
        log_error("backstage: 无法启动 (cannot be started): %s", strerror(errno));
        close_all(backstage);
        return NULL;
    }
    if (pthread_create(&backstage->thread, NULL, backstage_main, backstage) != 0) {
        log_error("backstage: 无法启动线程 (cannot start the thread)");
        close_all(backstage);
        return NULL;
    }
    return backstage;
}

static void wake(struct backstage *backstage) {
    pthread_mutex_unlock(&backstage->mutex);
    uint64_t one = 1;
    (void)!write(backstage->wake, &one, sizeof one);
}

void backstage_stop(struct backstage *backstage) {
    if (!backstage)
        return;
    pthread_mutex_lock(&backstage->mutex);
    backstage->errand.quit = true;
    pthread_cond_signal(&backstage->opened);
    wake(backstage);
    pthread_join(backstage->thread, NULL);
    showings_write(&backstage->errand.showings, backstage->paths->station);
    showings_finish(&backstage->errand.showings);
    place_finish(&backstage->errand.page.place);
    place_finish(&backstage->errand.notice.place);
    for (size_t i = 0; i < backstage->errand.order_count; i++)
        browse_order_finish(&backstage->errand.orders[i]);
    stick_board_destroy(backstage->board);
    guide_destroy(backstage->guide);
    carousel_destroy(backstage->carousel);
    studio_destroy(backstage->studio);
    close_all(backstage);
}

void backstage_open(struct backstage *backstage, const struct presenter *presenter,
                    uint32_t event_type) {
    pthread_mutex_lock(&backstage->mutex);
    backstage->presenter = presenter;
    backstage->event_type = event_type;
    backstage->errand.size = presenter_size(presenter);
    backstage->errand.finger = presenter_finger(presenter, backstage->config->touch.inches);
    pthread_cond_signal(&backstage->opened);
    wake(backstage);
}

void backstage_resize(struct backstage *backstage, int finger) {
    pthread_mutex_lock(&backstage->mutex);
    backstage->errand.size = presenter_size(backstage->presenter);
    backstage->errand.resized = true;
    backstage->errand.finger = finger;
    wake(backstage);
}

void backstage_ask(struct backstage *backstage, uintptr_t ticket, bool again, bool drifts) {
    pthread_mutex_lock(&backstage->mutex);
    struct errand *errand = &backstage->errand;
    if (!errand->slide) /* one that was not begun yet has not moved on */
        errand->again = again;
    errand->slide = true;
    errand->drifts = drifts;
    errand->ticket = ticket;
    wake(backstage);
}

void backstage_ask_frame(struct backstage *backstage, struct overlay_wish wish) {
    pthread_mutex_lock(&backstage->mutex);
    wish.hint = wish.hint || backstage->errand.wish.hint;
    backstage->errand.wish = wish;
    wake(backstage);
}

void backstage_ask_page(struct backstage *backstage, const struct page_wish *wish) {
    bool notice = wish->place->kind == PLACE_NOTICE;
    pthread_mutex_lock(&backstage->mutex);
    struct page_errand *errand = notice ? &backstage->errand.notice : &backstage->errand.page;
    place_finish(&errand->place);
    *errand = (struct page_errand){place_copy(wish->place), wish->manner, wish->ticket};
    wake(backstage);
}

void backstage_ask_tile(struct backstage *backstage, const struct tile_wish *wish) {
    pthread_mutex_lock(&backstage->mutex);
    struct errand *errand = &backstage->errand;
    if (errand->tile_count < MAX_TILES)
        errand->tiles[errand->tile_count++] = *wish;
    wake(backstage);
}

void backstage_order(struct backstage *backstage, struct browse_order *order) {
    pthread_mutex_lock(&backstage->mutex);
    struct errand *errand = &backstage->errand;
    if (errand->order_count < MAX_ORDERS)
        errand->orders[errand->order_count++] = *order;
    else
        browse_order_finish(order);
    *order = (struct browse_order){0};
    wake(backstage);
}

void backstage_record(struct backstage *backstage, struct showings *showings) {
    pthread_mutex_lock(&backstage->mutex);
    showings_merge(&backstage->errand.showings, showings);
    wake(backstage);
}
