#include "helpers/video_copy.h"

#include <string.h>

#include "helpers/descriptor.h"

/* ------------------------------------------------------------------ the pipe */

static int on_write(void *opaque, uint8_t *bytes, int size) {
    struct video_output *output = opaque;
    const struct video_record record = {
        .kind = VIDEO_BYTES, .bytes = (uint32_t)size, .offset = output->at};
    if (output->at > VIDEO_FILE_BYTES - size) {
        output->too_big = true;
        return AVERROR(EFBIG);
    }
    output->broken =
        !send_all(output->fd, &record, sizeof record) || !send_all(output->fd, bytes, (size_t)size);
    if (output->broken)
        return AVERROR(EIO);
    output->at += size;
    output->end = output->at > output->end ? output->at : output->end;
    return size;
}

static int64_t on_seek(void *opaque, int64_t offset, int whence) {
    struct video_output *output = opaque;
    int64_t base = whence == SEEK_CUR ? output->at : whence == SEEK_END ? output->end : 0;
    if (whence & AVSEEK_SIZE)
        return output->end;
    if (offset < -base || offset > output->end - base)
        return AVERROR(EINVAL);
    output->at = base + offset;
    return output->at;
}

static bool fail(const struct video_copy *copy, struct video_verdict *verdict, const char *text) {
    return video_refuse(verdict, copy->output.too_big ? VIDEO_REASON_TOO_BIG : VIDEO_REASON_BROKEN,
                        text);
}

/* ------------------------------------------------------------------ its streams */

/* What is said of a stream besides its codec: which way up, and how bright white is. */
static bool add_side_data(AVStream *to, const AVStream *from) {
    static const enum AVPacketSideDataType kept[] = {AV_PKT_DATA_DISPLAYMATRIX,
                                                     AV_PKT_DATA_MASTERING_DISPLAY_METADATA,
                                                     AV_PKT_DATA_CONTENT_LIGHT_LEVEL};
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++) {
        size_t size = 0;
        const uint8_t *bytes = av_stream_get_side_data(from, kept[i], &size);
        uint8_t *own = bytes ? av_stream_new_side_data(to, kept[i], size) : NULL;
        if (bytes && !own)
            return false;
        if (bytes)
            memcpy(own, bytes, size);
    }
    return true;
}

static bool add_stream(struct video_copy *copy, const AVStream *from) {
    AVStream *to = avformat_new_stream(copy->format, NULL);
    if (!to || avcodec_parameters_copy(to->codecpar, from->codecpar) < 0)
        return false;
    to->codecpar->codec_tag = 0; /* as MP4 calls it */
    to->time_base = from->time_base;
    to->avg_frame_rate = from->avg_frame_rate;
    to->sample_aspect_ratio = from->sample_aspect_ratio;
    return add_side_data(to, from);
}

static bool open_output(struct video_copy *copy, int fd) {
    unsigned char *buffer = av_malloc(VIDEO_PIECE_BYTES);
    copy->output = (struct video_output){.fd = fd};
    copy->io = buffer ? avio_alloc_context(buffer, VIDEO_PIECE_BYTES, 1, &copy->output, NULL,
                                           on_write, on_seek)
                      : NULL;
    if (!copy->io)
        av_free(buffer);
    return copy->io && avformat_alloc_output_context2(&copy->format, NULL, "mp4", NULL) >= 0;
}

bool video_copy_open(struct video_copy *copy, const struct video_source *source, int fd,
                     struct video_verdict *verdict) {
    *copy = (struct video_copy){.last_dts = {AV_NOPTS_VALUE, AV_NOPTS_VALUE}};
    if (!open_output(copy, fd))
        return video_refuse(verdict, VIDEO_REASON_NO_MEMORY, "");
    int64_t start = source->format->start_time;
    copy->shift_us = start == AV_NOPTS_VALUE ? 0 : start;
    copy->format->pb = copy->io;
    copy->format->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_BITEXACT;
    if (!add_stream(copy, source->picture) || (source->sound && !add_stream(copy, source->sound)))
        return video_refuse(verdict, VIDEO_REASON_NO_MEMORY, "");
    return avformat_write_header(copy->format, NULL) >= 0 ||
           fail(copy, verdict, "its streams cannot be put into an MP4");
}

/* ------------------------------------------------------------------ its packets */

/* Decoders need each packet later than the one before. */
static void order(int64_t *last, AVPacket *packet) {
    if (packet->dts == AV_NOPTS_VALUE)
        packet->dts = packet->pts != AV_NOPTS_VALUE ? packet->pts
                      : *last != AV_NOPTS_VALUE     ? *last + 1
                                                    : 0;
    if (*last != AV_NOPTS_VALUE && packet->dts <= *last)
        packet->dts = *last + 1;
    if (packet->pts == AV_NOPTS_VALUE || packet->pts < packet->dts)
        packet->pts = packet->dts;
    *last = packet->dts;
}

bool video_copy_packet(struct video_copy *copy, const struct video_source *source, AVPacket *packet,
                       struct video_verdict *verdict) {
    int index = packet->stream_index == source->picture->index ? 0 : 1;
    AVStream *to = copy->format->streams[index];
    AVRational from = index ? source->sound->time_base : source->picture->time_base;
    int64_t shift = av_rescale_q(copy->shift_us, AV_TIME_BASE_Q, from);
    packet->pts -= packet->pts == AV_NOPTS_VALUE ? 0 : shift;
    packet->dts -= packet->dts == AV_NOPTS_VALUE ? 0 : shift;
    av_packet_rescale_ts(packet, from, to->time_base);
    order(copy->last_dts + index, packet);
    packet->stream_index = index;
    packet->pos = -1;
    return av_interleaved_write_frame(copy->format, packet) >= 0 ||
           fail(copy, verdict, "a packet does not go into an MP4");
}

bool video_copy_end(struct video_copy *copy, struct video_verdict *verdict) {
    bool good = av_write_trailer(copy->format) >= 0;
    avio_flush(copy->io);
    return (good && copy->io->error >= 0) || fail(copy, verdict, "it does not go into an MP4");
}

void video_copy_close(struct video_copy *copy) {
    avformat_free_context(copy->format);
    copy->format = NULL;
    if (copy->io)
        av_freep(&copy->io->buffer);
    avio_context_free(&copy->io);
}
