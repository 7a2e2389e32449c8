/* video_wire.h: playing a video, as the module libexec/fengcai/video.so does it
 *
 * libmpv draws some 150 libraries into a process ([M] 68 ms and 35 MB), and the display must start
 * fast: only where a video is played somebody pays for them. The module knows libmpv and nothing of
 * windows, buffers and pages; video.c loads it and takes this table from it. All calls of one
 * engine come from one thread, which is confined for good by the first create: it and all threads
 * that it makes from then on have no sockets but AF_UNIX and AF_NETLINK, and run no programs. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VIDEO_SYMBOL  "video_table"
#define VIDEO_VERSION 2

struct video_engine;

struct video_source {
    int fd;     /* of the file, at its beginning; closed by the engine */
    bool sound; /* is heard from the beginning */
    /* Something is to be looked at, or a frame to be drawn; on any thread, calls nothing back. */
    void (*wake)(void *user);
    void *user;
};

/* Where it stands. */
struct video_report {
    bool frame;                       /* one is to be drawn; not before its turn is known */
    int turn;                         /* degrees clockwise that make what is drawn upright */
    bool ended, failed;               /* failed: nothing more comes */
    const char *fault;                /* failed: in words of libmpv; static */
    int64_t position_ms, duration_ms; /* 0: not known */
};

struct video_table {
    int version; /* VIDEO_VERSION */
    /* Plays at once. NULL: *fault says why (static). */
    struct video_engine *(*create)(const struct video_source *source, const char **fault);
    void (*destroy)(struct video_engine *engine);
    void (*pause)(struct video_engine *engine, bool pause);
    /* exact: to that very frame, else to a near one that is quickly there. */
    void (*seek)(struct video_engine *engine, int64_t ms, bool exact);
    void (*sound)(struct video_engine *engine, bool on);
    void (*look)(struct video_engine *engine, struct video_report *report);
    /* The frame that is due, as it was coded, filling width and height, as 0xXXRRGGBB; pixels and
     * pitch (bytes) are multiples of 64. Does not wait.
     * False: it was not drawn. */
    bool (*draw)(struct video_engine *engine, int width, int height, void *pixels, size_t pitch);
};
