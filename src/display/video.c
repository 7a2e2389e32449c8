#include "display/video.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <malloc.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <SDL.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "display/video_wire.h"

#define MODULE     "video.so"
#define STEP_MS    500 /* a place that far from the last one is told without a frame */
#define PATIENCE_S 5   /* for what does not end, when the program shall */

/* What the main thread wants; the thread takes it as a whole. */
struct wish {
    bool leave, pause, sound;
    struct video_view view;
    unsigned order; /* of the last seek */
    int64_t seek_ms;
    bool exact;
};

struct video {
    char *helpers, *path;
    bool sound; /* at the beginning */
    uint32_t event_type;
    pthread_t thread;

    pthread_mutex_t mutex; /* of all in this block */
    pthread_cond_t changed;
    struct wish wish;
    bool woken;           /* the engine has something to say, or the wish is another */
    bool told;            /* an event is on its way */
    struct buffer *ready; /* owned: the latest frame; NULL: it was taken */
    struct buffer *spare; /* owned: to draw the next one into */
    struct video_news news;

    struct buffer *front; /* owned: what was taken; main thread only */

    /* the thread's own */
    const struct video_table *table;
    struct video_engine *engine;
    struct buffer *flat; /* owned: where frames are turned from */
    enum rotation turn;  /* of the film: its camera was held so */
    bool drawn;          /* there is a frame to be drawn again */
};

/* ---- the thread */

static void tell(struct video *video, enum video_code code) {
    SDL_Event event = {.user = {.type = video->event_type, .code = code, .data1 = video}};
    SDL_PushEvent(&event);
}

/* Under the mutex. */
static void tell_news(struct video *video) {
    if (!video->told)
        tell(video, VIDEO_NEWS);
    video->told = true;
}

static void wake(void *user) {
    struct video *video = user;
    pthread_mutex_lock(&video->mutex);
    video->woken = true;
    pthread_cond_signal(&video->changed);
    pthread_mutex_unlock(&video->mutex);
}

static void fail(struct video *video, const char *why) {
    log_error("%s: 无法播放 (cannot be played): %s", video->path, why);
    pthread_mutex_lock(&video->mutex);
    video->news.failed = true;
    tell_news(video);
    pthread_mutex_unlock(&video->mutex);
}

/* libmpv's many threads and keys are not made to be unloaded: the code stays. An arena for each of
 * its threads would keep what it once held: [M] after nine videos 107 MB more, with one arena 20.
 */
static const struct video_table *load(const char *helpers) {
    mallopt(M_ARENA_MAX, 1);
    char *path = path_join(helpers, MODULE, NULL);
    void *module = dlopen(path, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE);
    const struct video_table *table = module ? dlsym(module, VIDEO_SYMBOL) : NULL;
    if (!table)
        log_error("%s: 无法装载 (cannot be loaded): %s", path, dlerror());
    if (table && table->version != VIDEO_VERSION) {
        log_error("%s: 版本 %d，应为 %d (another version)", path, table->version, VIDEO_VERSION);
        table = NULL;
    }
    free(path);
    return table;
}

/* False: reported. */
static bool start_engine(struct video *video) {
    const char *fault = "";
    video->table = load(video->helpers);
    int fd = video->table ? open(video->path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0) {
        fail(video, video->table ? strerror(errno) : "缺少播放模块 (no module)");
        return false;
    }
    static const char no_fault[] = "";
    const struct video_source source = {
        .fd = fd, .sound = video->sound, .wake = wake, .user = video};
    video->engine = video->table->create(&source, &fault);
    if (!video->engine)
        fail(video, fault ? fault : no_fault);
    return video->engine;
}

static enum rotation rotation_of(int degrees) {
    return degrees == 90    ? ROTATE_90
           : degrees == 180 ? ROTATE_180
           : degrees == 270 ? ROTATE_270
                            : ROTATE_0;
}

static struct size turned(struct size size, enum rotation rotation) {
    bool aside = rotation == ROTATE_90 || rotation == ROTATE_270;
    return aside ? (struct size){size.height, size.width} : size;
}

/* One of that size, made anew if need be; NULL: no memory (reported). */
static struct buffer *fit(struct buffer *buffer, struct size size) {
    if (buffer && buffer->width == size.width && buffer->height == size.height)
        return buffer;
    buffer_destroy(buffer);
    return buffer_create(size.width, size.height);
}

static bool draw(struct video *video, struct buffer *to, const struct video_view *view) {
    enum rotation both = (enum rotation)(((int)video->turn + (int)view->rotation) % 4);
    struct buffer *flat = to;
    if (both != ROTATE_0)
        flat = video->flat = fit(video->flat, turned(view->size, video->turn));
    if (!flat || !video->table->draw(video->engine, flat->width, flat->height, flat->pixels,
                                     (size_t)flat->stride * sizeof *flat->pixels))
        return false;
    if (flat != to)
        buffer_rotate_into(to, flat, both);
    to->turned = view->rotation;
    buffer_renew(to);
    return true;
}

/* A frame that nobody took is drawn over. */
static struct buffer *take_room(struct video *video) {
    struct buffer *buffer = video->spare ? video->spare : video->ready;
    if (buffer == video->spare)
        video->spare = NULL;
    else
        video->ready = NULL;
    return buffer;
}

/* False: it was not drawn, and the last one stays. */
static bool draw_frame(struct video *video, const struct video_view *view) {
    pthread_mutex_lock(&video->mutex);
    struct buffer *buffer = take_room(video);
    pthread_mutex_unlock(&video->mutex);
    buffer = fit(buffer, turned(view->size, view->rotation));
    bool drawn = buffer && draw(video, buffer, view);
    pthread_mutex_lock(&video->mutex);
    if (drawn && video->ready) {
        buffer_destroy(video->spare);
        video->spare = video->ready;
        video->ready = NULL;
    }
    if (drawn)
        video->ready = buffer;
    else if (!video->spare)
        video->spare = buffer;
    else
        buffer_destroy(buffer);
    pthread_mutex_unlock(&video->mutex);
    return drawn;
}

static bool same_view(const struct video_view *a, const struct video_view *b) {
    return a->size.width == b->size.width && a->size.height == b->size.height &&
           a->rotation == b->rotation;
}

static void follow(struct video *video, const struct wish *before, const struct wish *now) {
    if (now->order != before->order)
        video->table->seek(video->engine, now->seek_ms, now->exact);
    if (now->pause != before->pause)
        video->table->pause(video->engine, now->pause);
    if (now->sound != before->sound)
        video->table->sound(video->engine, now->sound);
}

/* Sound goes on without frames, and a place may come after its frame. */
static bool has_moved(int64_t from_ms, int64_t to_ms, bool stands) {
    return stands ? from_ms != to_ms : llabs(to_ms - from_ms) >= STEP_MS;
}

/* Of what came after the seek of that number. */
static void publish(struct video *video, const struct video_report *report, bool drawn,
                    const struct wish *wish) {
    pthread_mutex_lock(&video->mutex);
    struct video_news *news = &video->news;
    unsigned order = wish->order;
    if (drawn || has_moved(news->position_ms, report->position_ms, wish->pause) ||
        news->ended != report->ended || news->duration_ms != report->duration_ms ||
        news->order != order) {
        news->ended = report->ended;
        news->position_ms = report->position_ms;
        news->duration_ms = report->duration_ms;
        news->order = order;
        tell_news(video);
    }
    pthread_mutex_unlock(&video->mutex);
}

/* Looks, draws and tells; false: nothing more comes. */
static bool work(struct video *video, const struct wish *before, const struct wish *now) {
    struct video_report report;
    video->table->look(video->engine, &report);
    if (report.failed) {
        fail(video, report.fault);
        return false;
    }
    video->turn = rotation_of(report.turn);
    bool again = video->drawn && !same_view(&now->view, &before->view);
    bool draws = (report.frame || again) && now->view.size.width > 0 && now->view.size.height > 0;
    bool drawn = draws && draw_frame(video, &now->view);
    video->drawn = video->drawn || drawn;
    publish(video, &report, drawn, before);
    follow(video, before, now);
    return true;
}

/* Until the wish is another or the engine has something to say. */
static struct wish wait_wish(struct video *video) {
    pthread_mutex_lock(&video->mutex);
    while (!video->woken)
        pthread_cond_wait(&video->changed, &video->mutex);
    video->woken = false;
    struct wish wish = video->wish;
    pthread_mutex_unlock(&video->mutex);
    return wish;
}

static void *video_main(void *user) {
    struct video *video = user;
    struct wish before = {.sound = video->sound};
    bool plays = start_engine(video);
    for (struct wish now = before; !now.leave; before = now) {
        now = wait_wish(video);
        if (plays && !now.leave)
            plays = work(video, &before, &now);
    }
    if (video->engine)
        video->table->destroy(video->engine);
    buffer_destroy(video->flat);
    tell(video, VIDEO_GONE);
    return NULL;
}

/* ---- the main thread */

struct video *video_create(const struct video_params *params) {
    struct video *video = xcalloc(1, sizeof *video);
    video->helpers = xstrdup(params->helpers);
    video->path = xstrdup(params->path);
    video->sound = params->sound;
    video->event_type = params->event_type;
    video->wish = (struct wish){.sound = params->sound, .view = params->view};
    pthread_mutex_init(&video->mutex, NULL);
    pthread_cond_init(&video->changed, NULL);
    if (pthread_create(&video->thread, NULL, video_main, video) == 0)
        return video;
    log_error("%s: 无法启动线程 (cannot start the thread)", params->path);
    free(video->helpers);
    free(video->path);
    free(video);
    return NULL;
}

void video_leave(struct video *video) {
    pthread_mutex_lock(&video->mutex);
    video->wish.leave = video->woken = true;
    pthread_cond_signal(&video->changed);
    pthread_mutex_unlock(&video->mutex);
}

void video_join(struct video *video) {
    if (!video)
        return;
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until); /* the other may be set meanwhile */
    until.tv_sec += PATIENCE_S;
    if (pthread_clockjoin_np(video->thread, NULL, CLOCK_MONOTONIC, &until) != 0) {
        log_error("%s: 播放器没有结束 (the player does not end)", video->path);
        return; /* it may still use what it has */
    }
    pthread_cond_destroy(&video->changed);
    pthread_mutex_destroy(&video->mutex);
    buffer_destroy(video->ready);
    buffer_destroy(video->spare);
    buffer_destroy(video->front);
    free(video->helpers);
    free(video->path);
    free(video);
    malloc_trim(0); /* what it took goes back to the system */
}

/* Takes the mutex; release lets the thread see it. */
static struct wish *begin_wish(struct video *video) {
    pthread_mutex_lock(&video->mutex);
    return &video->wish;
}

static void end_wish(struct video *video) {
    video->woken = true;
    pthread_cond_signal(&video->changed);
    pthread_mutex_unlock(&video->mutex);
}

void video_pause(struct video *video, bool pause) {
    begin_wish(video)->pause = pause;
    end_wish(video);
}

void video_set_sound(struct video *video, bool on) {
    begin_wish(video)->sound = on;
    end_wish(video);
}

void video_set_view(struct video *video, const struct video_view *view) {
    begin_wish(video)->view = *view;
    end_wish(video);
}

void video_seek(struct video *video, int64_t ms, bool exact, unsigned number) {
    struct wish *wish = begin_wish(video);
    wish->seek_ms = ms;
    wish->exact = exact;
    wish->order = number;
    end_wish(video);
}

void video_take(struct video *video, struct video_news *news) {
    pthread_mutex_lock(&video->mutex);
    video->told = false;
    if (video->ready) {
        if (video->spare)
            buffer_destroy(video->front);
        else
            video->spare = video->front;
        video->front = video->ready;
        video->ready = NULL;
    }
    *news = video->news;
    news->frame = video->front;
    pthread_mutex_unlock(&video->mutex);
}
