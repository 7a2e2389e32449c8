/* video_source.h: a stranger's video file, opened, and the streams of it that are shown */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <libavformat/avformat.h>

#include "ingest/video_wire.h"

/* Why it is not taken. text is printable ASCII. */
struct video_verdict {
    enum video_reason reason;
    char text[VIDEO_TEXT_SIZE];
};

struct video_input {
    int fd; /* lent */
    int64_t at, size;
};

struct video_source {
    struct video_input input;
    AVIOContext *io;
    AVFormatContext *format;
    AVStream *picture, *sound; /* sound: NULL if there is none that can be kept … */
    bool muted;                /* … though there is one */
};

/* Gives false, for who returns it. */
bool video_refuse(struct video_verdict *verdict, enum video_reason reason, const char *text);

/* Reads as little as tells what it is. False: *verdict says why. */
bool video_source_open(struct video_source *source, int fd, struct video_verdict *verdict);
void video_source_close(struct video_source *source); /* after open, whatever it gave */

/* How the picture is turned so that it is upright: 0, 90, 180 or 270 degrees clockwise. */
int video_source_turn(const struct video_source *source);
/* By what the container says, microseconds; 0: it does not. */
int64_t video_source_claim_us(const struct video_source *source);
/* Whether the container tells by itself where a packet was cut off. */
bool video_source_is_indexed(const struct video_source *source);
