#include "helpers/video_poster.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include <libavutil/frame.h>
#include <libswscale/swscale.h>

/* A shape further from square than this is a mistake. */
#define MOST_OBLONG 4
/* What says nothing of its colours is as television of its size has them; as players do. */
#define SD_HEIGHT   576

static AVFrame *new_rgb(int width, int height) {
    AVFrame *frame = av_frame_alloc();
    if (!frame)
        return NULL;
    frame->format = AV_PIX_FMT_RGB24;
    frame->width = width;
    frame->height = height;
    if (av_frame_get_buffer(frame, 0) < 0)
        av_frame_free(&frame);
    return frame;
}

static int square_width(const AVFrame *frame, AVRational pixels) {
    double shape = pixels.num > 0 && pixels.den > 0 ? av_q2d(pixels) : 1;
    if (shape > MOST_OBLONG || shape < 1.0 / MOST_OBLONG)
        shape = 1;
    int width = (int)lround(frame->width * shape);
    return width > 0 ? width : 1;
}

static int colours_of(const AVFrame *frame) {
    if (frame->colorspace != AVCOL_SPC_UNSPECIFIED && frame->colorspace != AVCOL_SPC_RGB)
        return frame->colorspace;
    return frame->height > SD_HEIGHT ? SWS_CS_ITU709 : SWS_CS_ITU601;
}

static AVFrame *convert(const AVFrame *frame, int width) {
    AVFrame *rgb = new_rgb(width, frame->height);
    struct SwsContext *scaler = sws_getContext(
        frame->width, frame->height, (enum AVPixelFormat)frame->format, width, frame->height,
        AV_PIX_FMT_RGB24, SWS_BICUBIC | SWS_ACCURATE_RND | SWS_FULL_CHR_H_INT, NULL, NULL, NULL);
    if (rgb && scaler) {
        bool full = frame->color_range == AVCOL_RANGE_JPEG || frame->format == AV_PIX_FMT_YUVJ420P;
        sws_setColorspaceDetails(scaler, sws_getCoefficients(colours_of(frame)), full,
                                 sws_getCoefficients(SWS_CS_DEFAULT), 1, 0, 1 << 16, 1 << 16);
        sws_scale(scaler, (const uint8_t *const *)frame->data, frame->linesize, 0, frame->height,
                  rgb->data, rgb->linesize);
    } else {
        av_frame_free(&rgb);
    }
    sws_freeContext(scaler);
    return rgb;
}

static const uint8_t *pixel(const AVFrame *frame, int x, int y) {
    return frame->data[0] + (ptrdiff_t)y * frame->linesize[0] + (ptrdiff_t)x * 3;
}

/* Consumes it. */
static AVFrame *turn_rgb(AVFrame *from, int turn) {
    bool sideways = turn == 90 || turn == 270;
    AVFrame *to = NULL;
    if (turn == 0)
        return from;
    to = new_rgb(sideways ? from->height : from->width, sideways ? from->width : from->height);
    for (int y = 0; to && y < to->height; y++)
        for (int x = 0; x < to->width; x++) {
            const uint8_t *source = turn == 90 ? pixel(from, y, from->height - 1 - x)
                                    : turn == 180
                                        ? pixel(from, from->width - 1 - x, from->height - 1 - y)
                                        : pixel(from, from->width - 1 - y, x);
            memcpy(to->data[0] + (ptrdiff_t)y * to->linesize[0] + (ptrdiff_t)x * 3, source, 3);
        }
    av_frame_free(&from);
    return to;
}

static AVPacket *encode(const AVFrame *rgb) {
    const AVCodec *kind = avcodec_find_encoder(AV_CODEC_ID_PNG);
    AVCodecContext *encoder = kind ? avcodec_alloc_context3(kind) : NULL;
    AVPacket *packet = av_packet_alloc();
    bool good = encoder && packet;
    if (good) {
        encoder->width = rgb->width;
        encoder->height = rgb->height;
        encoder->pix_fmt = AV_PIX_FMT_RGB24;
        encoder->time_base = (AVRational){1, 1};
        encoder->thread_count = 1;
        encoder->compression_level = 1; /* it only goes through two pipes */
        good = avcodec_open2(encoder, kind, NULL) >= 0 && avcodec_send_frame(encoder, rgb) >= 0 &&
               avcodec_receive_packet(encoder, packet) >= 0;
    }
    if (!good)
        av_packet_free(&packet);
    avcodec_free_context(&encoder);
    return packet;
}

AVPacket *video_poster_encode(const AVFrame *frame, AVRational pixels, int turn, int *width,
                              int *height) {
    AVFrame *rgb = convert(frame, square_width(frame, pixels));
    if (rgb)
        rgb = turn_rgb(rgb, turn);
    if (!rgb)
        return NULL;
    *width = rgb->width;
    *height = rgb->height;
    AVPacket *packet = encode(rgb);
    av_frame_free(&rgb);
    return packet;
}
