#include "ingest/picture.h"

#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/memory.h"
#include "ingest/code_check.h"
#include "ingest/helper_end.h"
#include "ingest/jpeg_check.h"
#include "ingest/picture_wire.h"
#include "ingest/staged.h"

#define MAX_RENDITIONS (PICTURE_TILES + 3) /* and LARGE, SCREEN, THUMB */

static_assert(sizeof(struct picture_request) <= NURSERY_REQUEST_SIZE, "a request must fit");

/* One picture on its way in. */
struct entry {
    struct nursery *nursery;
    int64_t max_pixels;
    bool bare;          /* it is only measured */
    struct asset asset; /* only what is found out here */
    struct staged staged;
    bool refused; /* the two below hold */
    enum reject reject;
    char *detail; /* owned */
};

enum step { STEP_MORE, STEP_DONE, STEP_FAILED };

static enum step fail(struct entry *entry, enum reject reject, const char *detail) {
    entry->refused = true;
    entry->reject = reject;
    free(entry->detail);
    entry->detail = xstrdup(detail);
    return STEP_FAILED;
}

/* What a right helper never sends: its child was taken over, or there is a bug. */
static enum step fail_answer(struct entry *entry) {
    return fail(entry, REJECT_PICTURE_CRASHED, "图片程序的回答无效 (invalid answer of the helper)");
}

static bool sides_are_right(const struct picture_record *record) {
    static const int most[] = {[RENDITION_LARGE] = PICTURE_LARGE_SIDE,
                               [RENDITION_SCREEN] = PICTURE_SCREEN_SIDE,
                               [RENDITION_THUMB] = PICTURE_THUMB_SIDE,
                               [RENDITION_TILE] = PICTURE_TILE_LONG,
                               [RENDITION_CODE] = PICTURE_CODE_SIDE};
    return record->width > 0 && record->height > 0 && record->width <= most[record->role] &&
           record->height <= most[record->role];
}

/* Each role once, tiles in order; of a code its one. */
static bool is_expected(const struct entry *entry, const struct picture_record *record) {
    const struct asset *asset = &entry->asset;
    if (asset->width == 0 || asset->rendition_count == MAX_RENDITIONS ||
        record->role >= RENDITION_ROLE_COUNT || !sides_are_right(record) || record->bytes == 0 ||
        record->bytes > PICTURE_JPEG_BYTES ||
        (record->role == RENDITION_CODE) != (asset->kind == ASSET_CODE))
        return false;
    if (record->role == RENDITION_TILE)
        return record->tile == (uint32_t)asset_tiles(asset);
    return record->tile == 0 && !asset_rendition(asset, record->role, 0);
}

static enum step write_file(struct entry *entry, const void *bytes, size_t size, const char *suffix,
                            struct hash hash) {
    entry->refused =
        !staged_write(&entry->staged, bytes, size, suffix, hash, &entry->reject, &entry->detail);
    return entry->refused ? STEP_FAILED : STEP_MORE;
}

static void add_rendition(struct asset *asset, const struct picture_record *record,
                          struct hash hash) {
    asset->renditions =
        xrealloc(asset->renditions, asset->rendition_count + 1, sizeof *asset->renditions);
    asset->renditions[asset->rendition_count++] = (struct rendition){.role = record->role,
                                                                     .tile = (int)record->tile,
                                                                     .width = record->width,
                                                                     .height = record->height,
                                                                     .bytes = record->bytes,
                                                                     .hash = hash};
}

static bool is_plain(const struct picture_record *record, const unsigned char *bytes) {
    return record->role == RENDITION_CODE
               ? code_check(bytes, record->bytes, record->width, record->height)
               : jpeg_check(bytes, record->bytes, record->width, record->height);
}

static enum step handle_piece(struct entry *entry, const struct picture_record *record) {
    if (entry->bare || !is_expected(entry, record))
        return fail_answer(entry);
    unsigned char *bytes = malloc(record->bytes);
    enum step step = STEP_FAILED;
    if (!bytes) {
        step = fail(entry, REJECT_HELPER, "内存不足 (out of memory)"); /* here, not in the child */
    } else if (nursery_read(entry->nursery, bytes, record->bytes)) {
        struct hash hash = hash_of(bytes, record->bytes);
        const char *suffix = rendition_suffix((enum rendition_role)record->role);
        if (!is_plain(record, bytes))
            step = fail_answer(entry);
        else if ((step = write_file(entry, bytes, record->bytes, suffix, hash)) == STEP_MORE)
            add_rendition(&entry->asset, record, hash);
    }
    free(bytes);
    return step;
}

static enum step handle_head(struct entry *entry, const struct picture_record *record) {
    struct asset *asset = &entry->asset;
    if (asset->width != 0 || record->width <= 0 || record->height <= 0 ||
        (int64_t)record->width * record->height > entry->max_pixels || record->focus_x < 0 ||
        record->focus_x > 1000 || record->focus_y < 0 || record->focus_y > 1000)
        return fail_answer(entry);
    asset->width = record->width;
    asset->height = record->height;
    asset->whole = record->whole != 0;
    asset->focus_x = record->focus_x;
    asset->focus_y = record->focus_y;
    return STEP_MORE;
}

static enum step handle_end(struct entry *entry) {
    if (entry->bare)
        return entry->asset.width ? STEP_DONE : fail_answer(entry);
    bool code = entry->asset.kind == ASSET_CODE;
    enum rendition_role first = code ? RENDITION_CODE : RENDITION_LARGE;
    enum rendition_role last = code ? RENDITION_CODE : RENDITION_THUMB;
    for (enum rendition_role role = first; role <= last; role++)
        if (!asset_rendition(&entry->asset, role, 0))
            return fail_answer(entry);
    return STEP_DONE;
}

static enum step handle_refused(struct entry *entry, struct picture_record *record) {
    static const enum reject rejects[] = {
        [PICTURE_REASON_FORMAT] = REJECT_PICTURE_FORMAT,
        [PICTURE_REASON_BROKEN] = REJECT_PICTURE_BROKEN,
        [PICTURE_REASON_TOO_LARGE] = REJECT_PICTURE_TOO_LARGE,
        [PICTURE_REASON_NO_MEMORY] = REJECT_PICTURE_TOO_MUCH_MEMORY,
    };
    if (record->reason >= sizeof rejects / sizeof *rejects)
        return fail_answer(entry);
    if (record->reason == PICTURE_REASON_TOO_LARGE)
        snprintf(record->text, sizeof record->text, "%d×%d", record->width, record->height);
    else
        for (size_t i = 0; i < sizeof record->text; i++)
            if (record->text[i] < ' ' || record->text[i] > '~' || i == sizeof record->text - 1)
                record->text[i] = '\0';
    return fail(entry, rejects[record->reason], record->text[0] ? record->text : NULL);
}

static enum step handle_record(struct entry *entry, struct picture_record *record) {
    switch ((enum picture_record_kind)record->kind) {
    case PICTURE_HEAD:
        return handle_head(entry, record);
    case PICTURE_PIECE:
        return handle_piece(entry, record);
    case PICTURE_END:
        return handle_end(entry);
    case PICTURE_REFUSED:
        return handle_refused(entry, record);
    }
    return fail_answer(entry);
}

static const struct helper_words words = {"图片程序", "picture", REJECT_PICTURE_TOO_SLOW,
                                          REJECT_PICTURE_TOO_MUCH_MEMORY, REJECT_PICTURE_CRASHED};

static bool take(struct entry *entry, const struct nursery_job *job, int source) {
    if (!nursery_start(entry->nursery, job, source)) {
        fail(entry, REJECT_HELPER, "无法启动 (cannot be started)");
        return false;
    }
    enum step step = STEP_MORE;
    struct picture_record record;
    while (step == STEP_MORE && nursery_read(entry->nursery, &record, sizeof record))
        step = handle_record(entry, &record);
    struct nursery_end end = nursery_finish(entry->nursery, step != STEP_DONE && entry->refused);
    if (step != STEP_DONE && !entry->refused) {
        entry->refused = true;
        entry->reject = helper_end_explain(end, &words, &entry->detail);
    }
    return step == STEP_DONE;
}

/* As it was before the first try. */
static void forget(struct entry *entry) {
    staged_remove(&entry->staged);
    staged_finish(&entry->staged);
    free(entry->asset.renditions);
    free(entry->detail);
    *entry = (struct entry){.nursery = entry->nursery,
                            .staged = entry->staged,
                            .max_pixels = entry->max_pixels,
                            .bare = entry->bare,
                            .asset = {.kind = entry->asset.kind}};
}

/* True: the entry is whole. */
static bool try_twice(struct entry *entry, const struct picture_request *request,
                      const struct picture_limits *limits, int source) {
    struct nursery_job job = {.seconds = limits->seconds, .memory_mb = limits->memory_mb};
    memcpy(job.request, request, sizeof *request);
    bool good = take(entry, &job, source);
    if (!good && entry->reject == REJECT_HELPER) { /* another one may do it */
        forget(entry);
        good = lseek(source, 0, SEEK_SET) == 0 && take(entry, &job, source);
    }
    return good;
}

bool picture_measure(struct nursery *nursery, int source, const struct picture_limits *limits,
                     int *width, int *height, enum reject *reject, char **detail) {
    const struct picture_request request = {.megapixels = limits->megapixels, .bare = true};
    struct entry entry = {.nursery = nursery,
                          .max_pixels = limits->megapixels * INT64_C(1000000),
                          .bare = true,
                          .asset = {.kind = ASSET_PICTURE}};
    bool good = try_twice(&entry, &request, limits, source);
    *width = entry.asset.width;
    *height = entry.asset.height;
    if (!good)
        *reject = entry.reject;
    *detail = entry.detail;
    return good;
}

bool picture_prepare(struct nursery *nursery, int source, const char *staging,
                     const struct picture_limits *limits, struct asset *asset, enum reject *reject,
                     char **detail) {
    struct picture_request request = {.megapixels = limits->megapixels,
                                      .code = asset->kind == ASSET_CODE};
    if (limits->crop)
        memcpy(request.crop, limits->crop, sizeof request.crop);
    struct entry entry = {.nursery = nursery,
                          .staged = {.folder = staging},
                          .max_pixels = limits->megapixels * INT64_C(1000000),
                          .asset = {.kind = asset->kind}};
    bool good = try_twice(&entry, &request, limits, source);
    if (good) {
        asset->width = entry.asset.width;
        asset->height = entry.asset.height;
        asset->whole = entry.asset.whole;
        asset->focus_x = entry.asset.focus_x;
        asset->focus_y = entry.asset.focus_y;
        asset->renditions = entry.asset.renditions;
        asset->rendition_count = entry.asset.rendition_count;
    } else {
        staged_remove(&entry.staged);
        free(entry.asset.renditions);
        *reject = entry.reject;
    }
    *detail = entry.detail;
    staged_finish(&entry.staged);
    return good;
}
