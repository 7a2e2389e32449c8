/* The module libexec/fengcai/video.so: see video_wire.h. */
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <mpv/client.h>
#include <mpv/render.h>
#include <seccomp.h>

#include "display/video_wire.h"

#define FAMILIES   64 /* more than there are */
#define NAME_SIZE  32
#define NO_FILTER  "无法限制权限 (cannot be confined)"
#define NO_PLAYER  "libmpv 无法启动 (libmpv does not start)"
#define NO_PICTURE "没有画面 (no picture in it)"

/* What libmpv is asked to tell: reply_userdata. */
enum asked { ASKED_DURATION = 1, ASKED_END, ASKED_TRACK, ASKED_PLACE, ASKED_PICTURE };

struct video_engine {
    mpv_handle *mpv;
    mpv_render_context *render;
    int fd;          /* owned: of the file */
    bool seen;       /* a frame was drawn */
    bool seeks;      /* so what it says of its end is of before */
    bool due;        /* a frame is to be drawn … */
    bool turn_known; /* … which waits for this */
    struct video_report report;
};

/* ---- what it may not do */

/* What libmpv reads comes from a descriptor. Its threads share our memory, so this is no jail: it
 * keeps what was tricked into calling from reaching out. */
static bool add_rules(scmp_filter_ctx filter) {
    static const int refused[] = {
        SCMP_SYS(execve),           SCMP_SYS(execveat),          SCMP_SYS(ptrace),
        SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev), SCMP_SYS(io_uring_setup)};
    bool good = true;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        good = good && seccomp_rule_add(filter, SCMP_ACT_ERRNO(EPERM), refused[i], 0) == 0;
    const uint32_t no_family = SCMP_ACT_ERRNO(EAFNOSUPPORT);
    for (unsigned family = 0; family < FAMILIES; family++)
        if (family != AF_UNIX && family != AF_NETLINK)
            good = good && seccomp_rule_add(filter, no_family, SCMP_SYS(socket), 1,
                                            SCMP_A0(SCMP_CMP_EQ, family, 0)) == 0;
    return good && seccomp_rule_add(filter, no_family, SCMP_SYS(socket), 1,
                                    SCMP_A0(SCMP_CMP_GE, FAMILIES, 0)) == 0;
}

static bool confine(void) {
    static _Thread_local bool confined;
    if (confined)
        return true;
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    confined = filter && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && add_rules(filter) &&
               seccomp_load(filter) == 0;
    seccomp_release(filter);
    return confined;
}

/* ---- life */

/* A file of one video and its sound, and nothing that it may name. What a libmpv was built without
 * (Lua, gamepads) needs no "no". */
static bool set_options(mpv_handle *mpv, bool sound) {
    const char *const options[][2] = {
        {"config", "no"},
        {"load-scripts", "no"},
        {"ytdl", "no"},
        {"osc", "no"},
        {"load-stats-overlay", "no"},
        {"load-osd-console", "no"},
        {"load-auto-profiles", "no"},
        {"osd-level", "0"},
        {"input-default-bindings", "no"},
        {"input-vo-keyboard", "no"},
        {"input-gamepad", "no"},
        {"input-media-keys", "no"},
        {"terminal", "no"},
        {"load-unsafe-playlists", "no"},
        {"autoload-files", "no"},
        {"access-references", "no"},
        {"resume-playback", "no"},
        {"sub", "no"},
        {"demuxer", "lavf"},
        {"demuxer-lavf-format", "mov"},
        {"demuxer-lavf-o", "protocol_whitelist=file"},
        {"cache", "no"},
        {"demuxer-max-bytes", "16MiB"},
        {"demuxer-max-back-bytes", "4MiB"},
        {"hwdec", "no"},
        {"vo", "libmpv"},
        {"ao", "pulse,alsa,null"},    /* and not by way of SDL */
        {"video-timing-offset", "0"}, /* a frame comes when it is due */
        {"keepaspect", "no"},         /* its place has its shape */
        {"video-rotate", "no"},       /* what draws into memory cannot, and aborts */
        {"keep-open", "yes"},
        {"keep-open-pause", "no"}, /* a seek from the end plays on */
        {"audio-fallback-to-null", "yes"},
        {"audio-client-name", "fengcai"},
        {"mute", sound ? "no" : "yes"},
    };
    bool good = true;
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        int result = mpv_set_option_string(mpv, options[i][0], options[i][1]);
        good = (result >= 0 || result == MPV_ERROR_OPTION_NOT_FOUND) && good;
    }
    return good;
}

static bool start_render(struct video_engine *engine, const struct video_source *source) {
    mpv_render_param params[] = {{MPV_RENDER_PARAM_API_TYPE, (void *)MPV_RENDER_API_TYPE_SW}, {0}};
    if (mpv_render_context_create(&engine->render, engine->mpv, params) < 0)
        return false;
    mpv_render_context_set_update_callback(engine->render, source->wake, source->user);
    return true;
}

static bool load(struct video_engine *engine) {
    char name[NAME_SIZE];
    snprintf(name, sizeof name, "fd://%d", engine->fd); /* "fdclose" would if it came to open it */
    const char *words[] = {"loadfile", name, NULL};
    mpv_observe_property(engine->mpv, ASKED_DURATION, "duration", MPV_FORMAT_DOUBLE);
    mpv_observe_property(engine->mpv, ASKED_END, "eof-reached", MPV_FORMAT_FLAG);
    mpv_observe_property(engine->mpv, ASKED_TRACK, "current-tracks/video", MPV_FORMAT_NODE);
    mpv_observe_property(engine->mpv, ASKED_PLACE, "time-pos", MPV_FORMAT_DOUBLE);
    mpv_observe_property(engine->mpv, ASKED_PICTURE, "vid", MPV_FORMAT_STRING);
    return mpv_command_async(engine->mpv, 0, words) >= 0;
}

static void destroy(struct video_engine *engine) {
    if (engine->render)
        mpv_render_context_free(engine->render);
    if (engine->mpv)
        mpv_terminate_destroy(engine->mpv);
    close(engine->fd);
    free(engine);
}

static struct video_engine *create(const struct video_source *source, const char **fault) {
    struct video_engine *engine = confine() ? calloc(1, sizeof *engine) : NULL;
    *fault = engine ? NO_PLAYER : NO_FILTER;
    if (engine) {
        engine->fd = source->fd;
        engine->mpv = mpv_create();
    }
    if (engine && engine->mpv && set_options(engine->mpv, source->sound) &&
        mpv_initialize(engine->mpv) >= 0 && start_render(engine, source)) {
        mpv_set_wakeup_callback(engine->mpv, source->wake, source->user);
        if (load(engine))
            return engine;
    }
    if (engine)
        destroy(engine);
    else
        close(source->fd);
    return NULL;
}

/* ---- orders */

static void set_flag(struct video_engine *engine, const char *name, bool on) {
    int flag = on;
    mpv_set_property_async(engine->mpv, 0, name, MPV_FORMAT_FLAG, &flag);
}

/* What stands at the end when it is sought or played has nothing that changes. */
static void ask_end(struct video_engine *engine) {
    mpv_get_property_async(engine->mpv, ASKED_END, "eof-reached", MPV_FORMAT_FLAG);
}

static void set_pause(struct video_engine *engine, bool on) {
    set_flag(engine, "pause", on);
    if (!on)
        ask_end(engine);
}

static void set_sound(struct video_engine *engine, bool on) {
    set_flag(engine, "mute", !on);
}

static void seek(struct video_engine *engine, int64_t ms, bool exact) {
    char to[NAME_SIZE];
    snprintf(to, sizeof to, "%lld.%03lld", (long long)(ms / 1000), (long long)(ms % 1000));
    const char *words[] = {"seek", to, exact ? "absolute+exact" : "absolute+keyframes", NULL};
    engine->report.ended = false;
    engine->seeks = true;
    mpv_command_async(engine->mpv, 0, words);
}

/* ---- what comes of it */

static void fail(struct video_engine *engine, const char *fault) {
    engine->report.failed = true;
    engine->report.fault = fault;
}

static void on_end(struct video_engine *engine, const mpv_event_end_file *end) {
    if (end->reason == MPV_END_FILE_REASON_ERROR)
        fail(engine, mpv_error_string(end->error));
    else if (end->reason == MPV_END_FILE_REASON_EOF && !engine->seen)
        fail(engine, NO_PICTURE);
    else if (end->reason == MPV_END_FILE_REASON_EOF)
        engine->report.ended = true;
}

static int64_t milliseconds(const mpv_event_property *property) {
    return llround(*(double *)property->data * 1000);
}

/* What was not turned does not speak of it. */
static void on_track(struct video_engine *engine, const mpv_node *track) {
    const mpv_node_list *list = track->u.list;
    for (int i = 0; track->format == MPV_FORMAT_NODE_MAP && i < list->num; i++)
        if (strcmp(list->keys[i], "demux-rotation") == 0 &&
            list->values[i].format == MPV_FORMAT_INT64)
            engine->report.turn = (int)list->values[i].u.int64;
    engine->turn_known = true;
}

static void on_property(struct video_engine *engine, uint64_t asked,
                        const mpv_event_property *property) {
    if (!property || property->format == MPV_FORMAT_NONE)
        return; /* it has none yet */
    if (asked == ASKED_DURATION) {
        engine->report.duration_ms = milliseconds(property);
    } else if (asked == ASKED_END) {
        engine->report.ended = *(int *)property->data;
    } else if (asked == ASKED_TRACK) {
        on_track(engine, property->data);
    } else if (asked == ASKED_PLACE) {
        engine->report.position_ms = milliseconds(property);
    } else if (asked == ASKED_PICTURE && strcmp(*(char **)property->data, "no") == 0) {
        fail(engine, NO_PICTURE);
    }
}

/* All that is asked comes as events: who draws must not wait for libmpv (mpv/render.h). */
static void look(struct video_engine *engine, struct video_report *report) {
    for (;;) {
        const mpv_event *event = mpv_wait_event(engine->mpv, 0);
        if (event->event_id == MPV_EVENT_NONE)
            break;
        if (event->event_id == MPV_EVENT_SHUTDOWN)
            fail(engine, NO_PLAYER);
        if (event->event_id == MPV_EVENT_END_FILE)
            on_end(engine, event->data);
        if (event->event_id == MPV_EVENT_PLAYBACK_RESTART) {
            engine->seeks = false;
            ask_end(engine);
        }
        if (event->event_id == MPV_EVENT_PROPERTY_CHANGE ||
            (event->event_id == MPV_EVENT_GET_PROPERTY_REPLY && !engine->seeks))
            on_property(engine, event->reply_userdata, event->data);
    }
    if (mpv_render_context_update(engine->render) & MPV_RENDER_UPDATE_FRAME)
        engine->due = true;
    engine->report.frame = engine->due && engine->turn_known;
    *report = engine->report;
}

static bool draw(struct video_engine *engine, int width, int height, void *pixels, size_t pitch) {
    int size[] = {width, height}, wait = 0;
    mpv_render_param params[] = {{MPV_RENDER_PARAM_SW_SIZE, size},
                                 {MPV_RENDER_PARAM_SW_FORMAT, (void *)"bgr0"},
                                 {MPV_RENDER_PARAM_SW_STRIDE, &pitch},
                                 {MPV_RENDER_PARAM_SW_POINTER, pixels},
                                 {MPV_RENDER_PARAM_BLOCK_FOR_TARGET_TIME, &wait},
                                 {0}};
    engine->due = false;
    bool drawn = mpv_render_context_render(engine->render, params) >= 0;
    engine->seen = engine->seen || drawn;
    return drawn;
}

extern const struct video_table video_table;
const struct video_table video_table = {.version = VIDEO_VERSION,
                                        .create = create,
                                        .destroy = destroy,
                                        .pause = set_pause,
                                        .seek = seek,
                                        .sound = set_sound,
                                        .look = look,
                                        .draw = draw};
