#include "helpers/video_source.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <libavcodec/avcodec.h>
#include <libavutil/avstring.h>
#include <libavutil/display.h>
#include <libavutil/pixdesc.h>

/* Limits, each with its reason. */
#define INPUT_BUFFER (256 << 10) /* few calls, and no more than a disk reads ahead */
#define MAX_STREAMS  32          /* a phone's file has eight, with those of its sensors */

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Containers, by one name of their demuxer; anything else is not even opened. */
#define FORMATS  "mov,matroska,mpegts,mpeg,avi,flv,asf"
/* Decoders that may look at the streams. */
#define DECODERS "h264,hevc,vp9,libdav1d,av1,mpeg4,aac,mp3float,mp3,opus,libopus,ac3"

static const enum AVCodecID pictures[] = {AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_VP9,
                                          AV_CODEC_ID_AV1, AV_CODEC_ID_MPEG4};
static const enum AVCodecID sounds[] = {AV_CODEC_ID_AAC, AV_CODEC_ID_MP3, AV_CODEC_ID_OPUS,
                                        AV_CODEC_ID_AC3};
static const enum AVPixelFormat layouts[] = {AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P,
                                             AV_PIX_FMT_YUV420P10LE};

bool video_refuse(struct video_verdict *verdict, enum video_reason reason, const char *text) {
    *verdict = (struct video_verdict){.reason = reason};
    for (size_t i = 0; text[i] >= ' ' && text[i] <= '~' && i < sizeof verdict->text - 1; i++)
        verdict->text[i] = text[i];
    return false;
}

/* ------------------------------------------------------------------ reading */

static int on_read(void *opaque, uint8_t *bytes, int size) {
    struct video_input *input = opaque;
    ssize_t got = 0;
    do
        got = pread(input->fd, bytes, (size_t)size, input->at);
    while (got < 0 && errno == EINTR);
    if (got <= 0)
        return got == 0 ? AVERROR_EOF : AVERROR(errno);
    input->at += got;
    return (int)got;
}

static int64_t on_seek(void *opaque, int64_t offset, int whence) {
    struct video_input *input = opaque;
    int64_t base = whence == SEEK_CUR ? input->at : whence == SEEK_END ? input->size : 0;
    if (whence & AVSEEK_SIZE)
        return input->size;
    if (offset < -base || offset > INT64_MAX - base)
        return AVERROR(EINVAL);
    input->at = base + offset;
    return input->at;
}

/* A file that names others gets none of them. */
static int refuse_open(AVFormatContext *format, AVIOContext **io, const char *url, int flags,
                       AVDictionary **options) {
    (void)format, (void)url, (void)flags, (void)options;
    *io = NULL;
    return AVERROR(EACCES);
}

static bool open_input(struct video_source *source, int fd) {
    struct stat st;
    unsigned char *buffer = av_malloc(INPUT_BUFFER);
    if (!buffer || fstat(fd, &st) != 0) {
        av_free(buffer);
        return false;
    }
    source->input = (struct video_input){.fd = fd, .size = st.st_size};
    source->io =
        avio_alloc_context(buffer, INPUT_BUFFER, 0, &source->input, on_read, NULL, on_seek);
    if (!source->io)
        av_free(buffer);
    return source->io != NULL;
}

/* ------------------------------------------------------------------ what it is */

static bool open_format(struct video_source *source, struct video_verdict *verdict) {
    const AVInputFormat *kind = NULL;
    if (source->input.size == 0)
        return video_refuse(verdict, VIDEO_REASON_BROKEN, "an empty file");
    if (av_probe_input_buffer2(source->io, &kind, "", NULL, 0, 0) < 0 || !kind)
        return video_refuse(verdict, VIDEO_REASON_FORMAT, "not a video");
    if (av_match_list(kind->name, FORMATS, ',') == 0)
        return video_refuse(verdict, VIDEO_REASON_FORMAT, kind->name);
    AVFormatContext *format = avformat_alloc_context();
    if (!format)
        return video_refuse(verdict, VIDEO_REASON_NO_MEMORY, "");
    format->pb = source->io;
    format->flags |= AVFMT_FLAG_CUSTOM_IO | AVFMT_FLAG_GENPTS;
    format->io_open = refuse_open;
    format->max_streams = MAX_STREAMS;
    format->format_whitelist = av_strdup(FORMATS);
    format->codec_whitelist = av_strdup(DECODERS);
    format->protocol_whitelist = av_strdup("");
    AVDictionary *options = NULL;
    av_dict_set(&options, "enable_drefs", "0", 0);
    av_dict_set(&options, "use_absolute_path", "0", 0);
    int error = avformat_open_input(&format, "", kind, &options); /* frees it where it fails */
    av_dict_free(&options);
    if (error >= 0)
        source->format = format;
    if (!source->format || avformat_find_stream_info(format, NULL) < 0)
        return video_refuse(verdict, VIDEO_REASON_BROKEN, "its head is damaged or missing");
    return true;
}

static bool is_known(enum AVCodecID id, const enum AVCodecID *list, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (list[i] == id)
            return true;
    return false;
}

static bool is_shown(const AVStream *stream) {
    return stream->codecpar->codec_type == AVMEDIA_TYPE_VIDEO &&
           !(stream->disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS));
}

static void choose(struct video_source *source) {
    AVFormatContext *format = source->format;
    for (unsigned i = 0; i < format->nb_streams; i++) {
        format->streams[i]->discard = AVDISCARD_ALL;
        if (!source->picture && is_shown(format->streams[i]))
            source->picture = format->streams[i];
    }
    int sound = av_find_best_stream(format, AVMEDIA_TYPE_AUDIO, -1,
                                    source->picture ? source->picture->index : -1, NULL, 0);
    if (sound >= 0) {
        const AVCodecParameters *codec = format->streams[sound]->codecpar;
        source->muted = !is_known(codec->codec_id, sounds, COUNT(sounds)) ||
                        codec->sample_rate <= 0 || codec->ch_layout.nb_channels <= 0;
        source->sound = source->muted ? NULL : format->streams[sound];
    }
    if (source->picture)
        source->picture->discard = AVDISCARD_DEFAULT;
    if (source->sound)
        source->sound->discard = AVDISCARD_DEFAULT;
}

static bool layout_is_right(int layout) {
    for (size_t i = 0; i < COUNT(layouts); i++)
        if ((int)layouts[i] == layout)
            return true;
    return false;
}

static bool check(const struct video_source *source, struct video_verdict *verdict) {
    char text[VIDEO_TEXT_SIZE];
    if (!source->picture)
        return video_refuse(verdict, VIDEO_REASON_FORMAT, "no picture in it");
    const AVCodecParameters *codec = source->picture->codecpar;
    const char *name = avcodec_get_name(codec->codec_id);
    if (!is_known(codec->codec_id, pictures, COUNT(pictures)))
        return video_refuse(verdict, VIDEO_REASON_FORMAT, name);
    if (codec->width <= 0 || codec->height <= 0 || codec->format == AV_PIX_FMT_NONE)
        return video_refuse(verdict, VIDEO_REASON_BROKEN, "no picture can be decoded");
    bool lies = codec->width >= codec->height;
    snprintf(text, sizeof text, "%dx%d", codec->width, codec->height);
    if ((lies ? codec->width : codec->height) > VIDEO_LONG_SIDE ||
        (lies ? codec->height : codec->width) > VIDEO_SHORT_SIDE)
        return video_refuse(verdict, VIDEO_REASON_TOO_LARGE, text);
    const char *layout = av_get_pix_fmt_name((enum AVPixelFormat)codec->format);
    snprintf(text, sizeof text, "%s %s", name, layout ? layout : "");
    return layout_is_right(codec->format) || video_refuse(verdict, VIDEO_REASON_FORMAT, text);
}

bool video_source_open(struct video_source *source, int fd, struct video_verdict *verdict) {
    *source = (struct video_source){0};
    if (!open_input(source, fd))
        return video_refuse(verdict, VIDEO_REASON_NO_MEMORY, "");
    if (!open_format(source, verdict))
        return false;
    choose(source);
    return check(source, verdict);
}

void video_source_close(struct video_source *source) {
    avformat_close_input(&source->format);
    if (source->io)
        av_freep(&source->io->buffer);
    avio_context_free(&source->io);
}

int video_source_turn(const struct video_source *source) {
    size_t size = 0;
    const uint8_t *matrix =
        av_stream_get_side_data(source->picture, AV_PKT_DATA_DISPLAYMATRIX, &size);
    if (!matrix || size < 9 * sizeof(int32_t))
        return 0;
    double degrees = -av_display_rotation_get((const int32_t *)(const void *)matrix);
    if (isnan(degrees))
        return 0;
    return (((int)lround(degrees / 90) * 90) % 360 + 360) % 360;
}

int64_t video_source_claim_us(const struct video_source *source) {
    const AVFormatContext *format = source->format;
    const AVStream *streams[2] = {source->picture, source->sound};
    int64_t claim = 0;
    for (size_t i = 0; i < 2; i++)
        if (streams[i] && streams[i]->duration > 0) {
            int64_t own = av_rescale_q(streams[i]->duration, streams[i]->time_base, AV_TIME_BASE_Q);
            claim = own > claim ? own : claim;
        }
    bool said =
        format->duration > 0 && format->duration_estimation_method != AVFMT_DURATION_FROM_BITRATE;
    return claim || !said ? claim : format->duration;
}

bool video_source_is_indexed(const struct video_source *source) {
    return strncmp(source->format->iformat->name, "mpeg", 4) != 0;
}
