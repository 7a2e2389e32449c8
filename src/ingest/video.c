#include "ingest/video.h"

#include <assert.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "ingest/helper_end.h"
#include "ingest/staged.h"
#include "ingest/video_wire.h"

/* Its muxer patches a few lengths; whoever writes over and over is no muxer. */
#define MOST_WRITTEN (VIDEO_FILE_BYTES + INT64_C(1048576))
#define HEAD_BYTES   8 /* length and kind of its first box */

/* One video on its way in. */
struct entry {
    const struct video_helpers *helpers;
    bool bare; /* nothing is staged */
    struct staged staged;
    struct staged_file movie, poster; /* being written; fd -1: not (yet) there */
    int64_t written, end;             /* bytes that came, and that the movie has */
    struct video_record found;        /* the END */
    bool refused;                     /* the two below hold */
    enum reject reject;
    char *detail; /* owned */
    unsigned char *piece;
};

enum step { STEP_MORE, STEP_DONE, STEP_FAILED };

static const struct helper_words words = {"视频程序", "video", REJECT_VIDEO_TOO_SLOW,
                                          REJECT_VIDEO_TOO_MUCH_MEMORY, REJECT_VIDEO_CRASHED};

static enum step fail(struct entry *entry, enum reject reject, const char *detail) {
    entry->refused = true;
    entry->reject = reject;
    free(entry->detail);
    entry->detail = xstrdup(detail);
    return STEP_FAILED;
}

/* What a right helper never sends: its child was taken over, or there is a bug. */
static enum step fail_answer(struct entry *entry) {
    return fail(entry, REJECT_VIDEO_CRASHED, "视频程序的回答无效 (invalid answer of the helper)");
}

/* ------------------------------------------------------------------ its records */

/* One of our MP4 files begins with what kind of file it is, and no muxer comes back to that. */
static bool begins_right(const struct entry *entry, const struct video_record *record) {
    if (entry->end > 0)
        return record->offset >= HEAD_BYTES;
    return record->bytes >= HEAD_BYTES && memcmp(entry->piece + 4, "ftyp", 4) == 0;
}

static enum step handle_bytes(struct entry *entry, const struct video_record *record) {
    if (entry->bare || record->bytes == 0 || record->bytes > VIDEO_PIECE_BYTES ||
        record->offset < 0 || record->offset > entry->end ||
        record->offset > VIDEO_FILE_BYTES - record->bytes || entry->written > MOST_WRITTEN)
        return fail_answer(entry);
    if (!nursery_read(entry->helpers->videos, entry->piece, record->bytes))
        return STEP_FAILED;
    if (!begins_right(entry, record))
        return fail_answer(entry);
    if (!staged_put(&entry->movie, entry->piece, record->bytes, record->offset, &entry->reject,
                    &entry->detail)) {
        entry->refused = true;
        return STEP_FAILED;
    }
    int64_t end = record->offset + record->bytes;
    entry->end = end > entry->end ? end : entry->end;
    entry->written += record->bytes;
    if (entry->helpers->on_bytes)
        entry->helpers->on_bytes(entry->helpers->user, 0);
    return STEP_MORE;
}

static bool size_is_right(int width, int height) {
    return width > 0 && height > 0 && width <= VIDEO_POSTER_SIDE && height <= VIDEO_POSTER_SIDE;
}

static enum step handle_poster(struct entry *entry, const struct video_record *record) {
    if (entry->bare || entry->poster.fd >= 0 || record->bytes == 0 ||
        record->bytes > VIDEO_POSTER_BYTES || !size_is_right(record->width, record->height))
        return fail_answer(entry);
    if (!staged_open(&entry->staged, &entry->poster, &entry->reject, &entry->detail)) {
        entry->refused = true;
        return STEP_FAILED;
    }
    for (uint32_t done = 0, size = 0; done < record->bytes; done += size) {
        uint32_t left = record->bytes - done;
        size = left < VIDEO_PIECE_BYTES ? left : VIDEO_PIECE_BYTES;
        if (!nursery_read(entry->helpers->videos, entry->piece, size))
            return STEP_FAILED;
        if (!staged_put(&entry->poster, entry->piece, size, done, &entry->reject, &entry->detail)) {
            entry->refused = true;
            return STEP_FAILED;
        }
    }
    return STEP_MORE;
}

static bool is_whole(const struct entry *entry, const struct video_record *record) {
    return entry->bare || (entry->end > 0 && entry->poster.fd >= 0 && record->duration_ms > 0);
}

static enum step handle_end(struct entry *entry, const struct video_record *record) {
    if (!is_whole(entry, record) || !size_is_right(record->width, record->height) ||
        record->duration_ms < 0 || record->duration_ms > VIDEO_MAX_SECONDS * INT64_C(1000))
        return fail_answer(entry);
    entry->found = *record;
    return STEP_DONE;
}

static enum step handle_refused(struct entry *entry, struct video_record *record) {
    static const enum reject rejects[] = {
        [VIDEO_REASON_FORMAT] = REJECT_VIDEO_FORMAT,
        [VIDEO_REASON_BROKEN] = REJECT_VIDEO_BROKEN,
        [VIDEO_REASON_TOO_LARGE] = REJECT_VIDEO_TOO_LARGE,
        [VIDEO_REASON_TOO_LONG] = REJECT_VIDEO_TOO_LONG,
        [VIDEO_REASON_TOO_BIG] = REJECT_VIDEO_TOO_BIG,
        [VIDEO_REASON_NO_MEMORY] = REJECT_VIDEO_TOO_MUCH_MEMORY,
    };
    if (record->reason >= sizeof rejects / sizeof *rejects)
        return fail_answer(entry);
    for (size_t i = 0; i < sizeof record->text; i++)
        if (record->text[i] < ' ' || record->text[i] > '~' || i == sizeof record->text - 1)
            record->text[i] = '\0';
    return fail(entry, rejects[record->reason], record->text[0] ? record->text : NULL);
}

static enum step handle_record(struct entry *entry, struct video_record *record) {
    switch ((enum video_record_kind)record->kind) {
    case VIDEO_BYTES:
        return handle_bytes(entry, record);
    case VIDEO_POSTER:
        return handle_poster(entry, record);
    case VIDEO_END:
        return handle_end(entry, record);
    case VIDEO_REFUSED:
        return handle_refused(entry, record);
    }
    return fail_answer(entry);
}

/* ------------------------------------------------------------------ the whole of it */

static bool ask(struct entry *entry, int source) {
    const struct video_request request = {.bare = entry->bare};
    struct nursery_job job = {.seconds = entry->bare ? VIDEO_LOOK_SECONDS : VIDEO_JOB_SECONDS,
                              .memory_mb = VIDEO_MEMORY_MB};
    struct nursery *nursery = entry->helpers->videos;
    struct video_record record;
    enum step step = STEP_MORE;
    memcpy(job.request, &request, sizeof request);
    if (!entry->bare &&
        !staged_open(&entry->staged, &entry->movie, &entry->reject, &entry->detail)) {
        entry->refused = true;
        return false;
    }
    if (!nursery_start(nursery, &job, source)) {
        fail(entry, REJECT_HELPER, "无法启动 (cannot be started)");
        return false;
    }
    while (step == STEP_MORE && nursery_read(nursery, &record, sizeof record))
        step = handle_record(entry, &record);
    struct nursery_end end = nursery_finish(nursery, step != STEP_DONE && entry->refused);
    if (step != STEP_DONE && !entry->refused) {
        entry->refused = true;
        entry->reject = helper_end_explain(end, &words, &entry->detail);
    }
    return step == STEP_DONE;
}

/* As it was before the first try. */
static void forget(struct entry *entry) {
    staged_abandon(&entry->movie);
    staged_abandon(&entry->poster);
    free(entry->detail);
    *entry = (struct entry){.helpers = entry->helpers,
                            .bare = entry->bare,
                            .staged = entry->staged,
                            .movie.fd = -1,
                            .poster.fd = -1,
                            .piece = entry->piece};
}

static bool ask_twice(struct entry *entry, int source) {
    bool good = ask(entry, source);
    if (!good && entry->reject == REJECT_HELPER) { /* another one may do it */
        forget(entry);
        good = ask(entry, source);
    }
    return good;
}

/* Consumes the movie. */
static bool keep_movie(struct entry *entry, struct asset *asset) {
    struct rendition movie = {.role = RENDITION_VIDEO,
                              .width = entry->found.width,
                              .height = entry->found.height,
                              .bytes = entry->end};
    if (!staged_commit(&entry->staged, &entry->movie, rendition_suffix(RENDITION_VIDEO),
                       &movie.hash, &entry->reject, &entry->detail))
        return false;
    asset->renditions =
        xrealloc(asset->renditions, asset->rendition_count + 1, sizeof *asset->renditions);
    asset->renditions[asset->rendition_count++] = movie;
    asset->duration_ms = entry->found.duration_ms;
    return true;
}

/* A poster is a photo, whatever it looks like: its shape is the video's. */
static bool prepare_poster(struct entry *entry, const struct picture_limits *limits,
                           struct asset *asset) {
    struct asset poster = {.kind = ASSET_PICTURE};
    free(entry->detail);
    entry->detail = NULL;
    if (lseek(entry->poster.fd, 0, SEEK_SET) != 0 ||
        !picture_prepare(entry->helpers->pictures, entry->poster.fd, entry->staged.folder, limits,
                         &poster, &entry->reject, &entry->detail))
        return false;
    asset->width = poster.width;
    asset->height = poster.height;
    asset->focus_x = poster.focus_x;
    asset->focus_y = poster.focus_y;
    asset->renditions = poster.renditions;
    asset->rendition_count = poster.rendition_count;
    return true;
}

bool video_prepare(const struct video_helpers *helpers, int source, const char *staging,
                   const struct picture_limits *limits, struct asset *asset, bool *muted,
                   enum reject *reject, char **detail) {
    struct entry entry = {.helpers = helpers,
                          .staged = {.folder = staging},
                          .movie.fd = -1,
                          .poster.fd = -1,
                          .piece = xmalloc(VIDEO_PIECE_BYTES)};
    bool good = ask_twice(&entry, source) && prepare_poster(&entry, limits, asset) &&
                keep_movie(&entry, asset);
    if (good) {
        *muted = entry.found.muted != 0;
    } else {
        *reject = entry.reject;
        free(asset->renditions);
        asset->renditions = NULL;
        asset->rendition_count = 0;
    }
    *detail = entry.detail;
    staged_abandon(&entry.movie);
    staged_abandon(&entry.poster);
    staged_finish(&entry.staged);
    free(entry.piece);
    return good;
}

bool video_measure(struct nursery *videos, int source, enum reject *reject, char **detail) {
    const struct video_helpers helpers = {.videos = videos};
    struct entry entry = {.helpers = &helpers, .bare = true, .movie.fd = -1, .poster.fd = -1};
    bool good = ask_twice(&entry, source);
    if (!good)
        *reject = entry.reject;
    *detail = entry.detail;
    return good;
}
