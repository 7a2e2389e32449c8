/* video_look.h: decodes a few pictures of a video, to find the one that stands for it
 *
 * From the first one on until one has something in it (films begin black, and fade in), then a key
 * picture now and then. Of those in the first third of the video the one with the most detail is
 * the poster. */
#pragma once

#include <libavcodec/avcodec.h>

#include "helpers/video_source.h"

#define LOOK_MOST 32 /* candidates grow in detail by a third each: there are never so many */

struct video_candidate {
    AVFrame *frame; /* owned */
    int64_t at_us;
    double detail;
};

struct video_look {
    AVCodecContext *decoder;
    AVFrame *frame;
    bool keys;      /* only key pictures any more, each alone */
    int decoded;    /* pictures */
    int64_t due_us; /* when the next key picture is to be looked at */
    struct video_candidate list[LOOK_MOST];
    int count;
};

bool video_look_open(struct video_look *look, const struct video_source *source,
                     struct video_verdict *verdict);
/* at_us: since the beginning of the video. The packet stays as it is. */
void video_look_packet(struct video_look *look, const AVPacket *packet, int64_t at_us);
/* No packet comes any more. NULL: none could be decoded. Lent. */
const AVFrame *video_look_choose(struct video_look *look, int64_t duration_us);
void video_look_close(struct video_look *look); /* after open, whatever it gave */
