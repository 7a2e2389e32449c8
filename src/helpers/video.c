/* video: copies videos into plain MP4 files and finds their posters, one child each; started by the
 * keeper's nursery */
#include <malloc.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include <libavutil/log.h>

#include "base/log.h"
#include "helpers/descriptor.h"
#include "helpers/serve.h"
#include "helpers/video_copy.h"
#include "helpers/video_look.h"
#include "helpers/video_poster.h"
#include "helpers/video_source.h"
#include "ingest/nursery_wire.h"
#include "ingest/video_wire.h"

/* Limits, each with its reason. */
#define MOST_TIME_US   (INT64_C(1) << 50) /* 35 years: further on sums might not fit */
#define SLACK_US       1000000            /* containers round, and count what is not kept … */
#define SLACK_PART     10                 /* … up to a tenth */
#define FEW_FRAMES     30                 /* by fewer no rate is told */
#define LEAST_FRAME_US 1000               /* where nothing says how long a picture is shown */

struct child {
    int answer;
    struct video_source source;
    struct video_copy copy;
    struct video_look look;
    struct video_verdict verdict;
    AVPacket *packet;
    int64_t frames;
    int64_t first_us, last_us; /* begin and end of what was read */
    int64_t start_us[2];       /* of the first and the last picture */
};

/* ------------------------------------------------------------------ packets */

static int64_t time_us(int64_t value, AVRational unit) {
    return value == AV_NOPTS_VALUE ? AV_NOPTS_VALUE : av_rescale_q(value, unit, AV_TIME_BASE_Q);
}

static bool note_times(struct child *child, bool picture) {
    const AVPacket *packet = child->packet;
    AVRational unit = (picture ? child->source.picture : child->source.sound)->time_base;
    int64_t at = time_us(packet->pts == AV_NOPTS_VALUE ? packet->dts : packet->pts, unit);
    int64_t length = time_us(packet->duration, unit);
    if (at == AV_NOPTS_VALUE)
        at = child->last_us;
    if (at < -MOST_TIME_US || at > MOST_TIME_US || length < 0 || length > MOST_TIME_US)
        return video_refuse(&child->verdict, VIDEO_REASON_BROKEN, "its times make no sense");
    if (child->first_us == AV_NOPTS_VALUE || at < child->first_us)
        child->first_us = at;
    if (child->last_us == AV_NOPTS_VALUE || at + length > child->last_us)
        child->last_us = at + length;
    if (picture && child->frames++ == 0)
        child->start_us[0] = child->start_us[1] = at;
    if (picture && at > child->start_us[1])
        child->start_us[1] = at;
    if (child->last_us - child->first_us > VIDEO_MAX_SECONDS * INT64_C(1000000))
        return video_refuse(&child->verdict, VIDEO_REASON_TOO_LONG, "");
    return true;
}

static bool take_packet(struct child *child) {
    const struct video_source *source = &child->source;
    AVPacket *packet = child->packet;
    bool picture = packet->stream_index == source->picture->index;
    if (!picture && (!source->sound || packet->stream_index != source->sound->index))
        return true;
    if ((packet->flags & AV_PKT_FLAG_CORRUPT) && video_source_is_indexed(source))
        return video_refuse(&child->verdict, VIDEO_REASON_BROKEN, "a part is missing");
    bool shown = !(packet->flags & AV_PKT_FLAG_DISCARD); /* else it lies before a cut */
    if (shown && !note_times(child, picture))
        return false;
    if (picture)
        video_look_packet(&child->look, packet, child->start_us[1] - child->start_us[0]);
    return video_copy_packet(&child->copy, source, packet, &child->verdict);
}

/* A file that was cut off, or was never finished. */
static bool check_end(struct child *child, int error) {
    const struct video_source *source = &child->source;
    int64_t claim = video_source_claim_us(source);
    if (error != AVERROR_EOF || source->io->error < 0)
        return video_refuse(&child->verdict, VIDEO_REASON_BROKEN, "it cannot be read to its end");
    if (child->frames == 0)
        return video_refuse(&child->verdict, VIDEO_REASON_BROKEN, "no picture in it");
    if (child->last_us - child->first_us < claim - claim / SLACK_PART - SLACK_US)
        return video_refuse(&child->verdict, VIDEO_REASON_BROKEN, "it ends early");
    return true;
}

static bool take_packets(struct child *child) {
    int error = 0;
    while ((error = av_read_frame(child->source.format, child->packet)) >= 0) {
        bool good = take_packet(child);
        av_packet_unref(child->packet);
        if (!good)
            return false;
    }
    return check_end(child, error) && video_copy_end(&child->copy, &child->verdict);
}

/* ------------------------------------------------------------------ the answer */

static bool refuse_rate(struct child *child) {
    return video_refuse(&child->verdict, VIDEO_REASON_TOO_LARGE, "more than 60 pictures a second");
}

/* Half pictures of interlaced video count as one. */
static bool check_rate(struct child *child) {
    double seconds = (double)(child->start_us[1] - child->start_us[0]) / 1e6;
    if (child->frames < FEW_FRAMES || (double)(child->frames - 1) <= VIDEO_MAX_FPS * seconds)
        return true;
    return refuse_rate(child);
}

static int64_t duration_us(const struct child *child) {
    int64_t length = child->last_us - child->first_us;
    return length > LEAST_FRAME_US ? length : LEAST_FRAME_US;
}

static bool send_poster(struct child *child, struct video_record *end) {
    const AVFrame *frame = video_look_choose(&child->look, duration_us(child));
    if (!frame)
        return video_refuse(&child->verdict, VIDEO_REASON_BROKEN, "no picture can be decoded");
    AVRational pixels =
        av_guess_sample_aspect_ratio(child->source.format, child->source.picture, (AVFrame *)frame);
    AVPacket *png = video_poster_encode(frame, pixels, video_source_turn(&child->source),
                                        &end->width, &end->height);
    if (!png)
        return video_refuse(&child->verdict, VIDEO_REASON_NO_MEMORY, "");
    const struct video_record poster = {.kind = VIDEO_POSTER,
                                        .bytes = (uint32_t)png->size,
                                        .width = end->width,
                                        .height = end->height};
    bool good = png->size <= (int)VIDEO_POSTER_BYTES &&
                send_all(child->answer, &poster, sizeof poster) &&
                send_all(child->answer, png->data, (size_t)png->size);
    av_packet_free(&png);
    return good || video_refuse(&child->verdict, VIDEO_REASON_BROKEN, "its poster is too large");
}

static bool answer(struct child *child) {
    struct video_record end = {.kind = VIDEO_END};
    if (!take_packets(child) || !check_rate(child) || !send_poster(child, &end))
        return false;
    end.duration_ms = (duration_us(child) + 500) / 1000;
    end.muted = child->source.muted;
    return send_all(child->answer, &end, sizeof end);
}

/* Believed as far as it goes against the file: whoever takes it will see. */
static bool check_claims(struct child *child) {
    const AVStream *picture = child->source.picture;
    AVRational rate = picture->avg_frame_rate; /* 0/0: not known */
    if (video_source_claim_us(&child->source) > VIDEO_MAX_SECONDS * INT64_C(1000000))
        return video_refuse(&child->verdict, VIDEO_REASON_TOO_LONG, "");
    if ((picture->nb_frames && picture->nb_frames < FEW_FRAMES) || rate.den <= 0 ||
        av_q2d(rate) <= VIDEO_MAX_FPS)
        return true;
    return refuse_rate(child);
}

static bool answer_bare(struct child *child) {
    const AVCodecParameters *codec = child->source.picture->codecpar;
    const struct video_record end = {.kind = VIDEO_END,
                                     .width = codec->width,
                                     .height = codec->height,
                                     .muted = child->source.muted};
    return check_claims(child) && send_all(child->answer, &end, sizeof end);
}

static bool handle(struct child *child, int source) {
    return video_source_open(&child->source, source, &child->verdict) &&
           video_look_open(&child->look, &child->source, &child->verdict) &&
           video_copy_open(&child->copy, &child->source, child->answer, &child->verdict) &&
           answer(child);
}

static int work(const unsigned char request[NURSERY_REQUEST_SIZE], int source, int answer_fd) {
    struct child child = {.answer = answer_fd,
                          .packet = av_packet_alloc(),
                          .first_us = AV_NOPTS_VALUE,
                          .last_us = AV_NOPTS_VALUE};
    struct video_request asked;
    memcpy(&asked, request, sizeof asked);
    bool good =
        asked.bare ? video_source_open(&child.source, source, &child.verdict) && answer_bare(&child)
                   : handle(&child, source);
    if (!good) {
        struct video_record record = {.kind = VIDEO_REFUSED, .reason = child.verdict.reason};
        memcpy(record.text, child.verdict.text, sizeof record.text);
        if (!send_all(answer_fd, &record, sizeof record))
            return 1;
    }
    video_copy_close(&child.copy);
    video_look_close(&child.look);
    video_source_close(&child.source);
    av_packet_free(&child.packet);
    return 0;
}

/* Nothing of what decoders say about a stranger's file reaches a terminal or the journal. */
static void swallow(void *of, int level, const char *format, va_list arguments) {
    (void)of, (void)level, (void)format, (void)arguments;
}

int main(void) {
    log_init("video", false);
    mallopt(M_ARENA_MAX, 1);
    av_log_set_callback(swallow);
    return serve(work, false);
}
