#include "helpers/video_look.h"

#include <stdlib.h>

/* Limits, each with its reason. */
#define LOOK_FRAMES   300 /* ten seconds of black are an intro, more is a video of nothing */
#define LOOK_STEP_US  (500 * 1000) /* between the first key pictures; each further step … */
#define LOOK_GROWTH   1.4          /* … is longer by this: 20 in half an hour */
#define ENOUGH_DETAIL 3.0          /* of 255: a title on an even ground has 3, a photo 6 to 15 */
#define MORE_DETAIL   1.3          /* what is hardly better is not kept … */
#define LEAST_DETAIL  0.2          /* … nor is the noise of black */
#define GRID          4            /* pixels: finer than that it is the camera's noise */
#define MAX_PIXELS    (VIDEO_LONG_SIDE * VIDEO_SHORT_SIDE)

bool video_look_open(struct video_look *look, const struct video_source *source,
                     struct video_verdict *verdict) {
    const AVCodecParameters *codec = source->picture->codecpar;
    const AVCodec *kind = avcodec_find_decoder(codec->codec_id);
    *look = (struct video_look){0};
    look->decoder = kind ? avcodec_alloc_context3(kind) : NULL;
    look->frame = av_frame_alloc();
    if (!look->decoder || !look->frame || avcodec_parameters_to_context(look->decoder, codec) < 0)
        return video_refuse(verdict, VIDEO_REASON_FORMAT, "no decoder");
    look->decoder->thread_count = 1;
    look->decoder->max_pixels = MAX_PIXELS;
    look->decoder->pkt_timebase = source->picture->time_base;
    return avcodec_open2(look->decoder, kind, NULL) >= 0 ||
           video_refuse(verdict, VIDEO_REASON_BROKEN, "its decoder does not start");
}

static int luma(const AVFrame *frame, int x, int y) {
    const uint8_t *row = frame->data[0] + (ptrdiff_t)y * frame->linesize[0];
    if (frame->format == AV_PIX_FMT_YUV420P10LE)
        return (row[2 * x] | row[2 * x + 1] << 8) >> 2;
    return row[x];
}

/* How much neighbours differ in brightness, on the average. */
static double detail_of(const AVFrame *frame) {
    int64_t sum = 0, count = 0;
    for (int y = 0; y + GRID < frame->height; y += GRID)
        for (int x = 0; x + GRID < frame->width; x += GRID) {
            int here = luma(frame, x, y);
            sum += abs(here - luma(frame, x + GRID, y)) + abs(here - luma(frame, x, y + GRID));
            count += 2;
        }
    return count ? (double)sum / (double)count : 0;
}

static bool is_right(const AVFrame *frame) {
    return frame->width > 0 && frame->height > 0 && frame->data[0] && !frame->decode_error_flags &&
           !(frame->flags & AV_FRAME_FLAG_CORRUPT) &&
           (int64_t)frame->width * frame->height <= MAX_PIXELS &&
           (frame->format == AV_PIX_FMT_YUV420P || frame->format == AV_PIX_FMT_YUVJ420P ||
            frame->format == AV_PIX_FMT_YUV420P10LE);
}

/* What comes later and is no better is never chosen. */
static void consider(struct video_look *look, int64_t at_us) {
    double detail = is_right(look->frame) ? detail_of(look->frame) : -1;
    double best = look->count ? look->list[look->count - 1].detail : 0;
    bool better = look->count == 0 || detail > best * MORE_DETAIL + LEAST_DETAIL;
    if (detail < 0 || !better || look->count == LOOK_MOST)
        return;
    AVFrame *kept = av_frame_clone(look->frame);
    if (kept)
        look->list[look->count++] = (struct video_candidate){kept, at_us, detail};
}

static bool has_enough(const struct video_look *look) {
    return look->count && look->list[look->count - 1].detail >= ENOUGH_DETAIL;
}

static void take_frames(struct video_look *look, int64_t at_us) {
    while (avcodec_receive_frame(look->decoder, look->frame) >= 0) {
        look->decoded++;
        consider(look, at_us);
        av_frame_unref(look->frame);
    }
}

static void drain(struct video_look *look, int64_t at_us) {
    if (avcodec_send_packet(look->decoder, NULL) >= 0)
        take_frames(look, at_us);
    avcodec_flush_buffers(look->decoder);
}

void video_look_packet(struct video_look *look, const AVPacket *packet, int64_t at_us) {
    if (look->keys && (!(packet->flags & AV_PKT_FLAG_KEY) || at_us < look->due_us))
        return;
    if (avcodec_send_packet(look->decoder, packet) >= 0)
        take_frames(look, at_us);
    if (look->keys) {
        drain(look, at_us);
        look->due_us = (int64_t)((double)at_us * LOOK_GROWTH) + LOOK_STEP_US;
    } else if (has_enough(look) || look->decoded >= LOOK_FRAMES) {
        drain(look, at_us);
        look->keys = true;
    }
}

const AVFrame *video_look_choose(struct video_look *look, int64_t duration_us) {
    int chosen = 0;
    if (!look->keys)
        drain(look, 0);
    for (int i = 1; i < look->count; i++)
        if (look->list[i].at_us <= duration_us / 3)
            chosen = i;
    return look->count ? look->list[chosen].frame : NULL;
}

void video_look_close(struct video_look *look) {
    for (int i = 0; i < look->count; i++)
        av_frame_free(&look->list[i].frame);
    look->count = 0;
    av_frame_free(&look->frame);
    avcodec_free_context(&look->decoder);
}
