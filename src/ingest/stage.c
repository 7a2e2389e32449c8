#include "ingest/stage.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "ingest/picture.h"
#include "ingest/video.h"
#include "ingest/video_wire.h"
#include "library/media.h"

bool stage_open(struct stage *stage, const struct paths *paths, const struct config *config,
                struct library *library, struct nursery *pictures, struct nursery *videos) {
    *stage = (struct stage){.paths = paths,
                            .config = config,
                            .library = library,
                            .pictures = pictures,
                            .videos = videos};
    stage->folder = xasprintf("%s/parcel-XXXXXX", paths->staging);
    if (mkdtemp(stage->folder))
        return true;
    log_error("%s: %s", stage->folder, strerror(errno));
    free(stage->folder);
    stage->folder = NULL;
    return false;
}

void stage_close(struct stage *stage) {
    if (stage->folder)
        fs_remove_tree(stage->folder);
    free(stage->folder);
    *stage = (struct stage){0};
}

int stage_open_source(const char *path) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    struct stat st;
    if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
        close(fd);
        fd = -1;
    }
    return fd;
}

int64_t stage_file_bytes(enum asset_kind kind) {
    return kind == ASSET_VIDEO ? VIDEO_FILE_BYTES : STAGE_FILE_BYTES;
}

enum reject stage_file_reject(enum asset_kind kind) {
    return kind == ASSET_VIDEO ? REJECT_VIDEO_TOO_BIG : REJECT_PICTURE_TOO_LARGE;
}

enum stage_result stage_copy(struct stage *stage, const struct manifest_asset *asset, int *copy_fd,
                             struct hash *hash, enum reject *reject) {
    int from = stage_open_source(asset->path);
    if (from < 0) {
        *reject = REJECT_UNREADABLE;
        return STAGE_REFUSED;
    }
    int to = open(stage->folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (to < 0) {
        log_error("%s: %s", stage->folder, strerror(errno));
        close(from);
        return STAGE_FAILED;
    }
    uint64_t size = 0;
    enum copy_result result = fs_copy_hashed(from, to, (uint64_t)stage_file_bytes(asset->kind),
                                             hash, &size, stage->on_bytes, stage->user);
    close(from);
    const enum reject reasons[] = {[COPY_UNREADABLE] = REJECT_UNREADABLE,
                                   [COPY_TOO_LARGE] = stage_file_reject(asset->kind),
                                   [COPY_NO_SPACE] = REJECT_NO_SPACE};
    if (result == COPY_DONE && lseek(to, 0, SEEK_SET) == 0) {
        *copy_fd = to;
        return STAGE_TAKEN;
    }
    close(to);
    if (result == COPY_FAILED || result == COPY_DONE)
        return STAGE_FAILED;
    *reject = reasons[result];
    return STAGE_REFUSED;
}

const char *stage_recipe(enum asset_kind kind) {
    return kind == ASSET_CODE ? CODE_RECIPE : kind == ASSET_VIDEO ? VIDEO_RECIPE : PICTURE_RECIPE;
}

static bool admit(struct stage *stage, const struct asset *asset) {
    bool good = true;
    for (size_t i = 0; good && i < asset->rendition_count; i++) {
        const struct rendition *rendition = asset->renditions + i;
        char hex[HASH_HEX_SIZE];
        hash_hex(rendition->hash, hex);
        char *staged = xasprintf("%s/%s%s", stage->folder, hex, rendition_suffix(rendition->role));
        /* Two roles of a small picture may be one file. */
        good = (!fs_exists(staged) && media_has(stage->paths->media, rendition)) ||
               media_admit(stage->paths->media, staged, rendition->hash);
        free(staged);
    }
    return good && library_keep_renditions(stage->library, stage_recipe(asset->kind), asset);
}

bool stage_prepare(struct stage *stage, int source, const int32_t crop[4], struct asset *asset,
                   enum reject *reject, char **detail) {
    const struct config *config = stage->config;
    const struct picture_limits limits = {config->picture.megapixels, config->picture.seconds,
                                          config->picture.memory_mb, crop};
    const struct video_helpers helpers = {.videos = stage->videos,
                                          .pictures = stage->pictures,
                                          .on_bytes = stage->on_bytes,
                                          .user = stage->user};
    bool muted = false;
    bool good = asset->kind == ASSET_VIDEO ? video_prepare(&helpers, source, stage->folder, &limits,
                                                           asset, &muted, reject, detail)
                                           : picture_prepare(stage->pictures, source, stage->folder,
                                                             &limits, asset, reject, detail);
    if (good && muted)
        *reject = REJECT_VIDEO_SOUND;
    return good;
}

static enum stage_result prepare(struct stage *stage, int source, const int32_t crop[4],
                                 struct asset *asset, enum reject *reject, char **detail) {
    if (!stage_prepare(stage, source, crop, asset, reject, detail))
        return fs_sync_has_failed() ? STAGE_FAILED : STAGE_REFUSED;
    return admit(stage, asset) ? STAGE_TAKEN : STAGE_FAILED;
}

static bool as_expected(const struct manifest_asset *from, struct hash found) {
    return !from->hashed || hash_equal(found, from->expected);
}

enum stage_result stage_asset(struct stage *stage, const struct manifest_asset *from,
                              struct asset *asset, enum reject *reject, char **detail) {
    int source = -1;
    bool known = false;
    *detail = NULL;
    *asset = (struct asset){.kind = from->kind};
    if (from->hashed && !library_find_renditions(stage->library, from->expected,
                                                 stage_recipe(from->kind), asset, &known))
        return STAGE_FAILED;
    if (known) { /* the file itself may not be there at all */
        asset->source = from->expected;
        asset->whole = asset->whole || from->whole;
        return STAGE_TAKEN;
    }
    enum stage_result result = stage_copy(stage, from, &source, &asset->source, reject);
    if (result != STAGE_TAKEN)
        return result;
    bool expected = as_expected(from, asset->source);
    struct hash hash = manifest_asset_source(from, asset->source);
    asset->source = hash;
    if (!expected) {
        *reject = REJECT_HASH;
        result = STAGE_REFUSED;
    } else if (!library_find_renditions(stage->library, hash, stage_recipe(from->kind), asset,
                                        &known)) {
        result = STAGE_FAILED;
    } else if (!known) {
        result = prepare(stage, source, from->crop, asset, reject, detail);
    }
    close(source);
    asset->source = hash;
    asset->whole = asset->whole || from->whole;
    if (result != STAGE_TAKEN)
        asset_finish(asset);
    return result;
}
