#include "ingest/room.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "ingest/stage.h"

#define LEAST_BYTES   4096        /* a block: a flat picture's renditions may be one small file */
#define LIKELY_BYTES  (3 << 20)   /* of leaves; to be generous costs only what nobody is shown */
#define TYPICAL_BYTES (700 << 10) /* [M] all renditions of a photograph of the sample library */
#define FULL_BYTES    (256 << 10) /* with less neither a folder nor a journal can be made */
#define TENTH_OF_MB   100000

void room_init(struct room *room, const struct paths *paths, const struct config *config,
               struct library *library) {
    *room = (struct room){.paths = paths, .config = config, .library = library};
}

/* ------------------------------------------------------------------ measuring */

/* used: by everything on the file system, which is no less than the library's. */
static bool look(const struct paths *paths, const struct config *config, struct space *space) {
    struct statvfs disk;
    if (statvfs(paths->state, &disk) != 0) {
        log_warning("%s: %s", paths->state, strerror(errno));
        return false;
    }
    int64_t block = (int64_t)disk.f_frsize, total = (int64_t)disk.f_blocks * block;
    *space = (struct space){.used = total - (int64_t)disk.f_bfree * block,
                            .quota = total / 100 * config->storage.quota,
                            .free = (int64_t)disk.f_bavail * block};
    return true;
}

static int64_t file_bytes(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 ? st.st_size : 0;
}

static bool look_at_disk(const struct room *room, struct space *space) {
    return look(room->paths, room->config, space);
}

bool room_weigh(const struct paths *paths, const struct config *config, int64_t media_bytes,
                struct space *space) {
    const char *const databases[] = {paths->library, paths->backup, paths->ledger, paths->station};
    if (!look(paths, config, space))
        return false;
    space->used = media_bytes;
    for (size_t i = 0; i < sizeof databases / sizeof *databases; i++)
        space->used += file_bytes(databases[i]);
    return true;
}

bool room_measure(const struct room *room, struct space *space) {
    int64_t media = 0;
    return library_media_bytes(room->library, &media) &&
           room_weigh(room->paths, room->config, media, space);
}

static bool fits(const struct space *space, int64_t needed) {
    return space->used + needed <= space->quota && needed <= space->free;
}

bool room_is_full(const struct room *room) {
    struct space space;
    return look_at_disk(room, &space) && space.free < FULL_BYTES;
}

/* ------------------------------------------------------------------ what a parcel needs */

/* Its asset at this number, the codes with the pictures; NULL: there are no more. */
static const struct manifest_asset *asset_at(const struct manifest_case *c, size_t index) {
    return index < c->asset_count ? c->assets + index : index == c->asset_count ? c->code : NULL;
}

struct sizing {
    const struct room *room;
    bool read; /* files are hashed, to tell which are known */
    struct room_sum sum;
};

static bool hash_file(const char *path, struct hash *hash) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    bool good = fd >= 0 && fs_hash(fd, hash);
    if (fd >= 0)
        close(fd);
    return good;
}

/* What cannot be read takes no room either. */
static bool is_fresh(const struct sizing *sizing, const struct manifest_asset *asset) {
    struct asset known = {.kind = asset->kind};
    struct hash hash;
    bool found = false;
    if (!hash_file(asset->path, &hash))
        return false;
    hash = manifest_asset_source(asset, hash);
    bool asked = library_find_renditions(sizing->room->library, hash, stage_recipe(asset->kind),
                                         &known, &found);
    asset_finish(&known);
    return asked && !found;
}

static void size_asset(struct sizing *sizing, const struct manifest_asset *asset) {
    struct stat st;
    if (stat(asset->path, &st) != 0 || !S_ISREG(st.st_mode) ||
        st.st_size > stage_file_bytes(asset->kind))
        return;
    const struct room_file file = {.kind = asset->kind,
                                   .bytes = st.st_size,
                                   .known = sizing->read && !is_fresh(sizing, asset)};
    room_add(&sizing->sum, &file);
}

static void size_parcel(struct sizing *sizing, const struct manifest *manifest) {
    for (size_t i = 0; i < manifest->case_count; i++) {
        const struct manifest_case *c = manifest->cases + i;
        for (size_t k = 0; k <= c->asset_count; k++)
            if (asset_at(c, k))
                size_asset(sizing, asset_at(c, k));
    }
}

void room_add(struct room_sum *sum, const struct room_file *file) {
    int64_t here = file->here < file->bytes ? file->here : file->bytes;
    int64_t movie = file->kind == ASSET_VIDEO && !file->known ? file->bytes : 0;
    int64_t all = sum->kept + (file->comes ? file->bytes - here : 0) + file->bytes + movie;
    sum->most = all > sum->most ? all : sum->most;
    sum->kept += movie - (file->comes ? here : 0);
    sum->fresh += !file->known;
}

struct room_need room_need_of(const struct room_sum *sum) {
    return (struct room_need){.least = sum->most + sum->fresh * LEAST_BYTES,
                              .likely = sum->most + sum->fresh * LIKELY_BYTES};
}

void room_estimate(const struct room *room, const struct manifest *manifest,
                   struct room_need *need) {
    struct space space;
    for (int read = 0; read < 2; read++) {
        struct sizing sizing = {.room = room, .read = read};
        size_parcel(&sizing, manifest);
        *need = room_need_of(&sizing.sum);
        if (!look_at_disk(room, &space) || fits(&space, need->likely) ||
            (room_measure(room, &space) && fits(&space, need->likely)))
            return;
    }
}

/* ------------------------------------------------------------------ making room */

struct listing {
    struct stored_case *cases;
    size_t count, room;
};

static void on_stored(void *user, const struct stored_case *stored) {
    struct listing *listing = user;
    if (listing->count == listing->room) {
        listing->room = listing->room ? listing->room * 2 : 64;
        listing->cases = xrealloc(listing->cases, listing->room, sizeof *listing->cases);
    }
    listing->cases[listing->count++] = *stored;
}

static bool drop(struct room *room, const struct listing *listing,
                 const struct retention_plan *plan) {
    struct sweep sweep;
    int64_t *rows = xcalloc(plan->count, sizeof *rows);
    for (size_t i = 0; i < plan->count; i++)
        rows[i] = listing->cases[plan->remove[i]].row;
    bool good = library_drop_cases(room->library, rows, plan->count, &sweep);
    if (good)
        log_info("清理 (retention): %zu 案例 (cases), %lld 文件 (files), %lld 字节 (bytes)",
                 plan->count, (long long)sweep.files, (long long)sweep.media_bytes);
    free(rows);
    return good;
}

/* Removes what the plan says. all: also prepared files that no case uses, which else are kept for
 * when the same comes again. *space is measured anew. */
static bool give(struct room *room, int64_t needed, bool all, struct space *space) {
    struct listing listing = {0};
    struct retention_plan plan = {0};
    if (fits(space, needed))
        return true;
    bool good = library_each_stored(room->library, on_stored, &listing);
    if (good) {
        retention_build(listing.cases, listing.count, space, needed, &plan);
        if (plan.count || all)
            good = drop(room, &listing, &plan) && room_measure(room, space);
    }
    retention_finish(&plan);
    free(listing.cases);
    return good;
}

/* Never "0.0 MB short". */
static char *short_text(int64_t bytes, bool about) {
    int64_t tenths = bytes > 0 ? (bytes + TENTH_OF_MB - 1) / TENTH_OF_MB : 1;
    const char *zh = about ? "约 " : " ", *en = about ? "about " : "";
    return xasprintf("还差%s%lld.%lld MB (%s%lld.%lld MB short)", zh, (long long)tenths / 10,
                     (long long)tenths % 10, en, (long long)tenths / 10, (long long)tenths % 10);
}

bool room_make(struct room *room, const struct room_need *need, enum reject *reject,
               char **detail) {
    struct space space;
    struct retention_plan plan;
    if (!look_at_disk(room, &space))
        return true;
    room->left = space.quota - space.used;
    if (fits(&space, need->likely) || !room_measure(room, &space) ||
        !give(room, need->likely, false, &space) || !give(room, need->least, true, &space))
        return true;
    room->left = space.quota - space.used;
    retention_build(NULL, 0, &space, need->least, &plan);
    bool good = !plan.over_quota && !plan.over_disk;
    bool disk = plan.over_disk >= plan.over_quota;
    if (!good) {
        *reject = disk ? REJECT_NO_SPACE : REJECT_QUOTA;
        *detail = short_text(disk ? plan.over_disk : plan.over_quota, false);
    }
    retention_finish(&plan);
    return good;
}

/* ------------------------------------------------------------------ while it goes on */

static int64_t expected(const struct room *room, int64_t files) {
    return files * (room->pieces ? room->spent / room->pieces : TYPICAL_BYTES);
}

bool room_spend(struct room *room, int64_t bytes, int64_t files_left, enum reject *reject,
                char **detail) {
    struct space space;
    room->spent += bytes;
    room->pieces++;
    room->left -= bytes;
    if (room->left >= 0 || !room_measure(room, &space))
        return true;
    room->left = space.quota - space.used;
    if (room->left >= 0)
        return true;
    *reject = REJECT_QUOTA;
    *detail = short_text(expected(room, files_left) - room->left, true);
    return false;
}

char *room_missing(const struct room *room, const char *path, bool video, int64_t files_left) {
    struct space space;
    if (!look_at_disk(room, &space))
        return NULL;
    int64_t own = file_bytes(path) * (video ? 2 : 1), all = expected(room, files_left);
    int64_t missing = (own > all ? own : all) - space.free;
    return missing > 0 || space.free < FULL_BYTES ? short_text(missing, true) : NULL;
}
