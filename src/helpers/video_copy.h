/* video_copy.h: packets into a plain MP4 without metadata, which goes through a pipe */
#pragma once

#include "helpers/video_source.h"

struct video_output {
    int fd; /* lent */
    int64_t at, end;
    bool too_big, broken; /* the pipe is */
};

struct video_copy {
    struct video_output output;
    AVIOContext *io;
    AVFormatContext *format;
    int64_t shift_us;    /* what all times are moved by, so that it begins at 0 */
    int64_t last_dts[2]; /* of picture and sound, in their streams' units */
};

/* Only what is needed to show it goes along: no tags, no place, no chapters. False: *verdict. */
bool video_copy_open(struct video_copy *copy, const struct video_source *source, int fd,
                     struct video_verdict *verdict);
/* The packet is emptied. Its times are put right where the container leaves them out or they go
 * backwards. */
bool video_copy_packet(struct video_copy *copy, const struct video_source *source, AVPacket *packet,
                       struct video_verdict *verdict);
bool video_copy_end(struct video_copy *copy, struct video_verdict *verdict);
void video_copy_close(struct video_copy *copy); /* after open, whatever it gave */
