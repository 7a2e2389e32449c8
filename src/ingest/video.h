/* video.h: one video file → an MP4 to be played and the renditions of its poster, through the
 * jailed helper programs `video` and `picture` */
#pragma once

#include <stdint.h>

#include "ingest/picture.h"

#define VIDEO_RECIPE "video-1" /* as PICTURE_RECIPE */

struct video_helpers {
    struct nursery *videos, *pictures;
    /* Called with 0 now and then, so that whoever waits is not left alone; may be NULL. */
    void (*on_bytes)(void *user, size_t bytes);
    void *user;
};

/* As picture_prepare, of an ASSET_VIDEO: besides the poster's renditions it gets a RENDITION_VIDEO
 * and its length; width, height and focus are the poster's, limits are what the poster is made by.
 * *muted: it has sound of a kind that is not taken. Takes at most VIDEO_JOB_SECONDS and what the
 * poster takes. */
bool video_prepare(const struct video_helpers *helpers, int source, const char *staging,
                   const struct picture_limits *limits, struct asset *asset, bool *muted,
                   enum reject *reject, char **detail);
/* Whether it would be taken by what the file says of itself: what is damaged further behind is not
 * found. Nothing is written. Takes at most VIDEO_LOOK_SECONDS. *reject and *detail as
 * picture_prepare. */
bool video_measure(struct nursery *videos, int source, enum reject *reject, char **detail);
