/* video_poster.h: a decoded picture as PNG, upright and with square pixels */
#pragma once

#include <libavcodec/avcodec.h>

/* pixels: the shape of one, 0/1 or 1/1: square. turn: 0, 90, 180, 270 degrees clockwise. NULL: no
 * memory. The packet is the caller's. */
AVPacket *video_poster_encode(const AVFrame *frame, AVRational pixels, int turn, int *width,
                              int *height);
