#include "keeper/keeper.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/fs.h"
#include "base/live.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/priority.h"
#include "base/time.h"
#include "ingest/errands.h"
#include "ingest/import.h"
#include "ingest/request.h"
#include "keeper/clerk.h"
#include "keeper/machine.h"
#include "keeper/network.h"
#include "keeper/polls.h"
#include "keeper/stick_skills.h"

#define CHECK_AFTER_MS 5000   /* the first slide is on the screen by then, or never will be */
#define TELL_EVERY_US  200000 /* progress in keeper.json */
#define CLOCK_AFTER_MS (10 * 60 * 1000) /* between looks at the kernel's clock */

struct keeper {
    const struct paths *paths;
    struct config *config; /* settings made at the screen are laid over it */
    struct door *door;
    struct polls *polls;
    struct clerk *clerk;
    struct stick_skills stick_skills;
    struct machine machine;
    struct clerk_skill skills[STICK_SKILLS + MACHINE_SKILLS]; /* what the clerk leaves to both */
    struct sticks *sticks;
    int signals, requests; /* descriptors */
    int network;           /* likewise; -1: there is none */
    bool polling;          /* a request comes first */
    int64_t since_ms;
    const char *request; /* id of what is being done; NULL: nothing */
    const char *kind;    /* of a request of the desk; NULL: it is none */
    int64_t told_us;
    bool damaged; /* the library did not pass its check */
};

static void tell(struct keeper *keeper, const struct import_progress *progress) {
    char since[TIME_TEXT_SIZE];
    time_format(keeper->since_ms, since);
    json_t *live = json_pack("{s:s, s:s, s:s?, s:s*}", "since", since, "state",
                             keeper->request   ? "working"
                             : keeper->damaged ? "damaged"
                                               : "idle",
                             "request", keeper->request, "kind", keeper->kind);
    json_object_set_new(live, "sticks", sticks_json(keeper->sticks));
    json_object_set_new(live, "sources", polls_json(keeper->polls));
    if (progress)
        json_object_set_new(
            live, "progress",
            json_pack("{s:I, s:I, s:I, s:I, s:I, s:I, s:s}", "files_done",
                      (json_int_t)progress->files_done, "files", (json_int_t)progress->files,
                      "bytes_done", (json_int_t)progress->bytes_done, "bytes",
                      (json_int_t)progress->bytes, "cases_done", (json_int_t)progress->cases_done,
                      "cases", (json_int_t)progress->cases, "doing",
                      progress->doing ? progress->doing : ""));
    live_save(keeper->paths->keeper_live, live);
    keeper->told_us = time_monotonic_us();
}

static bool told_to_stop(const struct keeper *keeper) {
    struct pollfd signals = {.fd = keeper->signals, .events = POLLIN};
    return poll(&signals, 1, 0) > 0;
}

static bool is_asked(const struct keeper *keeper) {
    struct pollfd requests = {.fd = keeper->requests, .events = POLLIN};
    return poll(&requests, 1, 0) > 0 || clerk_is_asked(keeper->clerk);
}

/* Somebody took back what the door is at. */
static bool is_cancelled(struct keeper *keeper) {
    const char *uid = sticks_taking(keeper->sticks);
    bool given_up = uid && clerk_takes_back(keeper->clerk, uid);
    if (given_up)
        sticks_give_up(keeper->sticks);
    return given_up || clerk_is_cancelled(keeper->clerk);
}

static bool on_progress(void *user, const struct import_progress *progress) {
    struct keeper *keeper = user;
    bool news = sticks_handle(keeper->sticks);
    if (!news && time_monotonic_us() - keeper->told_us < TELL_EVERY_US)
        return true;
    tell(keeper, progress);
    return !told_to_stop(keeper) && !is_cancelled(keeper) &&
           !(keeper->polling && (is_asked(keeper) || sticks_wait_for_door(keeper->sticks)));
}

static bool must_stop(void *user) {
    return told_to_stop(user);
}

static void on_request(void *user, const struct desk_request *request) {
    struct keeper *keeper = user;
    keeper->request = request ? request->uid : NULL;
    keeper->kind = request ? request->kind : NULL;
    tell(keeper, NULL);
}

/* False: told to stop, or the library failed; end, and let the supervisor start again (DESIGN:
 * Order of writes). */
static bool do_request(struct keeper *keeper, const struct request *request) {
    keeper->request = request->id;
    tell(keeper, NULL);
    json_t *receipt = errand_do(keeper->door, request);
    bool good = receipt && !fs_sync_has_failed();
    if (!good && door_was_stopped(keeper->door))
        request_put_back(keeper->paths, request);
    else
        request_drop(keeper->paths, request);
    keeper->request = NULL;
    tell(keeper, NULL);
    json_decref(receipt);
    return good;
}

static bool do_requests(struct keeper *keeper) {
    struct request request;
    bool good = true;
    while (good && !told_to_stop(keeper) && request_next(keeper->paths, &request)) {
        good = sticks_take(keeper->sticks, &request) || do_request(keeper, &request);
        request_finish(&request);
    }
    return good;
}

static void drain(int fd) {
    char events[4096];
    while (read(fd, events, sizeof events) > 0)
        ;
}

/* What is wrong is logged; ending would only begin all of it again. */
static void check(struct keeper *keeper) {
    keeper->damaged = !door_check(keeper->door);
    if (!keeper->damaged)
        door_sweep(keeper->door);
    tell(keeper, NULL);
}

static void keep_clock(struct keeper *keeper) {
    clock_keep(keeper->paths, clock_is_synchronised(), time_now_ms());
}

/* Something to be done at its time: once, or again after a while. */
struct chore {
    void (*run)(struct keeper *keeper);
    int64_t at_us;    /* INT64_MAX: never again */
    int64_t every_ms; /* 0: once */
};

/* Does what is due; gives the milliseconds until the next, -1: there is none. */
static int run_chores(struct keeper *keeper, struct chore *chores, size_t count) {
    int64_t next = INT64_MAX, now = 0;
    for (size_t i = 0; i < count; i++) {
        struct chore *chore = chores + i;
        now = time_monotonic_us();
        if (chore->at_us <= now) {
            chore->at_us = chore->every_ms ? now + chore->every_ms * 1000 : INT64_MAX;
            chore->run(keeper);
        }
        next = chore->at_us < next ? chore->at_us : next;
    }
    int64_t left_ms = (next - time_monotonic_us()) / 1000 + 1;
    return next == INT64_MAX ? -1 : left_ms > 0 ? (int)left_ms : 0;
}

/* Polls what is due. False: the library failed. */
static bool poll_sources(struct keeper *keeper) {
    if (polls_wait_ms(keeper->polls) != 0)
        return true;
    keeper->polling = true;
    bool good = polls_run(keeper->polls);
    keeper->polling = false;
    tell(keeper, NULL);
    return good;
}

/* The sooner of the two; -1: never. */
static int sooner(int64_t a_ms, int64_t b_ms) {
    int64_t first = a_ms < 0 || (b_ms >= 0 && b_ms < a_ms) ? b_ms : a_ms;
    return first > INT_MAX ? INT_MAX : (int)first;
}

/* Hears of sticks and takes what one brought. False: the library failed, or told to stop. */
static bool serve_sticks(struct keeper *keeper) {
    bool good = true, news = sticks_handle(keeper->sticks);
    while (good && sticks_wait_for_door(keeper->sticks)) {
        tell(keeper, NULL);
        good = sticks_run(keeper->sticks);
        sticks_handle(keeper->sticks);
        news = true;
    }
    if (news)
        tell(keeper, NULL);
    return good;
}

/* Sleeps until something comes. False: poll failed, reported. */
static bool wait(struct keeper *keeper, int64_t wait_ms, bool *stop) {
    struct pollfd fds[] = {{.fd = keeper->signals, .events = POLLIN},
                           {.fd = keeper->requests, .events = POLLIN},
                           {.fd = keeper->network, .events = POLLIN},
                           {.fd = clerk_fd(keeper->clerk), .events = POLLIN},
                           {.fd = sticks_fd(keeper->sticks), .events = POLLIN}};
    if (poll(fds, sizeof fds / sizeof *fds, (int)wait_ms) < 0 && errno != EINTR) {
        log_error("poll: %s", strerror(errno));
        return false;
    }
    *stop = fds[0].revents != 0;
    if (fds[1].revents)
        drain(keeper->requests);
    if (fds[2].revents && network_came(keeper->network)) {
        polls_handle_network(keeper->polls);
        tell(keeper, NULL);
    }
    if (fds[3].revents)
        clerk_handle(keeper->clerk);
    return true;
}

static enum keeper_end serve(struct keeper *keeper) {
    struct chore chores[] = {
        {check, time_monotonic_us() + CHECK_AFTER_MS * 1000, 0},
        {keep_clock, 0, CLOCK_AFTER_MS},
    };
    tell(keeper, NULL);
    for (bool stop = false; !stop;) {
        /* the clerk last: it answers what a stick has brought */
        if (!do_requests(keeper) || !serve_sticks(keeper) || !clerk_work(keeper->clerk))
            return told_to_stop(keeper) ? KEEPER_STOPPED : KEEPER_LIBRARY;
        int chores_ms = run_chores(keeper, chores, sizeof chores / sizeof *chores);
        if (!door_is_open(keeper->door) || !poll_sources(keeper) || fs_sync_has_failed())
            return KEEPER_LIBRARY;
        int due_ms = sooner(
            chores_ms, sooner(sooner(polls_wait_ms(keeper->polls), clerk_wait_ms(keeper->clerk)),
                              sticks_wait_ms(keeper->sticks)));
        if (!wait(keeper, sticks_wait_for_door(keeper->sticks) ? 0 : due_ms, &stop))
            return KEEPER_FAILED;
    }
    return KEEPER_STOPPED;
}

static bool watch(struct keeper *keeper) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigprocmask(SIG_BLOCK, &set, NULL);
    keeper->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    keeper->requests = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (keeper->signals >= 0 && keeper->requests >= 0 &&
        inotify_add_watch(keeper->requests, keeper->paths->requests, IN_MOVED_TO) >= 0)
        return true;
    log_error("%s: 无法监视 (cannot be watched): %s", keeper->paths->requests, strerror(errno));
    return false;
}

static void on_sticks(void *user) {
    tell(user, NULL);
}

static enum keeper_end run_locked(struct keeper *keeper) {
    const struct clerk_host host = {must_stop, on_request, keeper};
    enum keeper_end end = KEEPER_FAILED;
    keeper->signals = keeper->requests = keeper->network = -1;
    if (watch(keeper)) {
        keeper->door = door_open(keeper->paths, keeper->config, NULL);
        end = KEEPER_LIBRARY;
    }
    if (keeper->door) {
        keeper->sticks = sticks_create(keeper->door, keeper->paths, keeper->config);
        stick_skills_init(&keeper->stick_skills, keeper->door, keeper->sticks, on_sticks, keeper);
        memcpy(keeper->skills, keeper->stick_skills.skills, sizeof keeper->stick_skills.skills);
        keeper->machine = (struct machine){keeper->paths, keeper->config, clock_set};
        machine_add_skills(&keeper->machine, keeper->skills + STICK_SKILLS);
        keeper->clerk = clerk_create(keeper->door, keeper->paths, &host, keeper->skills,
                                     sizeof keeper->skills / sizeof *keeper->skills);
        end = KEEPER_FAILED;
    }
    if (keeper->clerk) {
        request_clear(keeper->paths);
        machine_start(&keeper->machine);
        keeper->polls = polls_create(keeper->door, keeper->paths, keeper->config);
        door_watch(keeper->door, on_progress, keeper);
        keeper->network = keeper->config->source_count ? network_watch() : -1;
        end = serve(keeper);
        polls_destroy(keeper->polls);
        live_remove(keeper->paths->keeper_live);
    }
    sticks_destroy(keeper->sticks);
    clerk_destroy(keeper->clerk);
    door_close(keeper->door);
    if (keeper->signals >= 0)
        close(keeper->signals);
    if (keeper->requests >= 0)
        close(keeper->requests);
    if (keeper->network >= 0)
        close(keeper->network);
    return end;
}

enum keeper_end keeper_run(const struct paths *paths, struct config *config) {
    bool held = false;
    if (!paths_make(paths))
        return KEEPER_FAILED;
    int lock = fs_lock(paths->lock, &held);
    if (lock < 0) {
        if (held)
            log_error("%s: 另一个进程正在写入案例库 (another process has the lock)", paths->lock);
        return held ? KEEPER_HELD : KEEPER_FAILED;
    }
    priority_lower();
    struct keeper keeper = {.paths = paths, .config = config, .since_ms = time_now_ms()};
    enum keeper_end end = run_locked(&keeper);
    close(lock);
    return end;
}
