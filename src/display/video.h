/* video.h: a video that plays into buffers, on a thread of its own
 *
 * The module that knows libmpv (video_wire.h) is loaded when the first one is made. What the thread
 * has to say lies ready in one place, where the latest counts, and an SDL event tells that
 * something lies there. Main thread but for what the events say. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/option.h"
#include "display/buffer.h"

struct video;

/* SDL_UserEvent.code of the events of type `event_type`; data1: the video. */
enum video_code {
    VIDEO_NEWS, /* video_take gives something new */
    VIDEO_GONE  /* the last one, after video_leave: it is to be joined now */
};

/* Where and how its frames are wanted. */
struct video_view {
    struct size size;       /* of the upright picture, pixels */
    enum rotation rotation; /* they come turned so */
};

struct video_params {
    const char *helpers; /* folder of the module */
    const char *path;    /* of the file */
    struct video_view view;
    bool sound;
    uint32_t event_type;
};

/* What is known now. */
struct video_news {
    const struct buffer *frame; /* what is seen; borrowed until the next take; NULL: nothing yet */
    int64_t position_ms, duration_ms; /* 0: not known */
    bool ended, failed;               /* failed: reported, and nothing more comes */
    unsigned order; /* the number of the last video_seek that all this comes after; 0: of none */
};

/* Begins to play; texts are copied. Whatever is wrong comes as news. NULL: no thread (reported). */
struct video *video_create(const struct video_params *params);
/* It ends by itself, with VIDEO_GONE; nothing else may be asked of it but video_join. */
void video_leave(struct video *video);
/* After that event, or where no events come any more: then it waits for the thread, but not for
 * ever. NULL is fine. */
void video_join(struct video *video);

void video_pause(struct video *video, bool pause);
void video_set_sound(struct video *video, bool on);
void video_set_view(struct video *video, const struct video_view *view);
/* number: comes back in the news; rising, from 1. exact: see video_wire.h. */
void video_seek(struct video *video, int64_t ms, bool exact, unsigned number);
void video_take(struct video *video, struct video_news *news);
