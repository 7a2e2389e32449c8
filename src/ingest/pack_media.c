#include "ingest/pack_media.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/video.h"
#include "ingest/video_wire.h"

#define MAX_MEMORY_BYTES (64u << 20) /* 250 bytes for each of 200,000 pictures */
#define SAVE_EVERY       50          /* prepared pictures: what a crash costs at most */

/* What was made of a source; recipe is one of the texts of picture.h and video.h. */
struct prepared {
    struct hash source;
    const char *recipe;
    struct hash media;
    int64_t bytes, ms; /* ms: of a video */
    bool whole;
    bool used; /* taken since the bundle was opened */
};

static int compare(const void *a, const void *b) {
    const struct prepared *m = a, *n = b;
    int order = memcmp(m->source.bytes, n->source.bytes, HASH_SIZE);
    return order ? order : strcmp(m->recipe, n->recipe);
}

/* By the kinds of assets: how they are prepared, and which rendition a bundle holds. */
static const struct {
    const char *recipe;
    enum rendition_role role;
} kinds[] = {[ASSET_PICTURE] = {PICTURE_RECIPE, RENDITION_LARGE},
             [ASSET_CODE] = {CODE_RECIPE, RENDITION_CODE},
             [ASSET_VIDEO] = {VIDEO_RECIPE, RENDITION_VIDEO}};
static_assert(sizeof kinds / sizeof *kinds == ASSET_KIND_COUNT, "kinds");

static const char *suffix_of(const char *recipe) {
    for (size_t i = 0; i < ASSET_KIND_COUNT; i++)
        if (strcmp(recipe, kinds[i].recipe) == 0)
            return rendition_suffix(kinds[i].role);
    return "";
}

static struct prepared *find(struct pack_media *media, struct hash source, const char *recipe) {
    const struct prepared key = {.source = source, .recipe = recipe};
    void *slot = tfind(&key, &media->memory, compare);
    return slot ? *(struct prepared **)slot : NULL;
}

/* Takes the place of what was known of this source. */
static struct prepared *keep(struct pack_media *media, const struct prepared *prepared) {
    struct prepared *known = find(media, prepared->source, prepared->recipe);
    if (!known) {
        known = xcalloc(1, sizeof *known);
        *known = *prepared;
        if (!tsearch(known, &media->memory, compare))
            abort(); /* no memory */
    }
    *known = *prepared;
    return known;
}

/* ---- the memory's file */

static bool load_entry(struct pack_media *media, const json_t *entry) {
    const char *source = NULL, *recipe = NULL, *made = NULL;
    json_int_t bytes = 0, ms = 0;
    int whole = 0;
    struct prepared prepared = {0};
    if (json_unpack((json_t *)entry, "{s:s, s:s, s:s, s:I, s?I, s:b}", "source", &source, "recipe",
                    &recipe, "media", &made, "bytes", &bytes, "ms", &ms, "whole", &whole) != 0 ||
        !hash_parse(source, &prepared.source) || !hash_parse(made, &prepared.media) || bytes <= 0 ||
        ms < 0 || ms > VIDEO_MAX_SECONDS * INT64_C(1000))
        return false;
    for (size_t i = 0; i < ASSET_KIND_COUNT; i++)
        if (strcmp(recipe, kinds[i].recipe) == 0)
            prepared.recipe = kinds[i].recipe;
    prepared.bytes = bytes;
    prepared.ms = ms;
    prepared.whole = whole;
    if (prepared.recipe) /* what an older recipe made is made anew */
        keep(media, &prepared);
    return true;
}

static char *memory_path(const struct pack_media *media) {
    return path_join(media->bundle, PACK_MEMORY, NULL);
}

static void load_memory(struct pack_media *media) {
    char *path = memory_path(media), *text = NULL;
    size_t size = 0, i = 0;
    json_t *root = NULL, *entry = NULL;
    bool good = true;
    if (fs_exists(path) && fs_read(path, MAX_MEMORY_BYTES, &text, &size)) {
        root = json_loadb(text, size, JSON_REJECT_DUPLICATES, NULL);
        good = json_is_array(json_object_get(root, "prepared"));
        json_array_foreach(json_object_get(root, "prepared"), i, entry) {
            good = load_entry(media, entry) && good;
        }
    }
    if (!good)
        log_warning("%s: 看不懂，图片将重新处理 (not understood, pictures are prepared again)",
                    path);
    json_decref(root);
    free(text);
    free(path);
}

struct saving {
    struct str text;
    bool used_only;
};

static void save_entry(const void *node, VISIT visit, void *user) {
    const struct prepared *prepared = *(struct prepared *const *)node;
    struct saving *saving = user;
    if ((visit != postorder && visit != leaf) || (saving->used_only && !prepared->used))
        return;
    char source[HASH_HEX_SIZE], made[HASH_HEX_SIZE];
    hash_hex(prepared->source, source);
    hash_hex(prepared->media, made);
    str_addf(&saving->text,
             "%s\n{\"source\":\"%s\",\"recipe\":\"%s\",\"media\":\"%s\",\"bytes\":%lld,",
             text_ends(str_text(&saving->text), "[") ? "" : ",", source, prepared->recipe, made,
             (long long)prepared->bytes);
    if (prepared->ms)
        str_addf(&saving->text, "\"ms\":%lld,", (long long)prepared->ms);
    str_addf(&saving->text, "\"whole\":%s}", prepared->whole ? "true" : "false");
}

static bool is_in_file(const char *path, const struct str *text) {
    char *data = NULL;
    size_t size = 0;
    bool same = fs_exists(path) && fs_read(path, MAX_MEMORY_BYTES, &data, &size) &&
                size == text->size && memcmp(data, text->data, size) == 0;
    free(data);
    return same;
}

/* In the order of the sources: the same memory is the same bytes. */
static bool save_memory(struct pack_media *media, bool used_only) {
    char *path = memory_path(media);
    struct saving saving = {.used_only = used_only};
    struct outfile out;
    str_add(&saving.text, "{\"format\":1,\"prepared\":[");
    twalk_r(media->memory, save_entry, &saving);
    str_add(&saving.text, "\n]}\n");
    bool good = true;
    if ((media->memory || fs_exists(path)) && !is_in_file(path, &saving.text)) {
        good = outfile_open(&out, path);
        if (good) {
            fputs(saving.text.data, out.stream);
            good = outfile_commit(&out, true);
        }
    }
    media->unsaved = 0;
    str_finish(&saving.text);
    free(path);
    return good;
}

/* ---- a picture, video or code */

static char *media_file(const struct pack_media *media, const struct prepared *prepared) {
    char hex[HASH_HEX_SIZE];
    hash_hex(prepared->media, hex);
    return xasprintf("%s/%s%s", media->folder, hex, suffix_of(prepared->recipe));
}

static bool is_there(const struct pack_media *media, const struct prepared *prepared) {
    char *path = media_file(media, prepared);
    struct stat st;
    bool there =
        lstat(path, &st) == 0 && S_ISREG(st.st_mode) && (int64_t)st.st_size == prepared->bytes;
    free(path);
    return there;
}

static enum stage_result hash_source(struct pack_media *media, const struct manifest_asset *asset,
                                     struct hash *hash, enum reject *reject) {
    int from = stage_open_source(asset->path), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
    uint64_t size = 0;
    enum copy_result result = COPY_UNREADABLE;
    if (from >= 0 && nowhere >= 0)
        result = fs_copy_hashed(from, nowhere, (uint64_t)stage_file_bytes(asset->kind), hash, &size,
                                media->stage.on_bytes, media->stage.user);
    if (from >= 0)
        close(from);
    if (nowhere >= 0)
        close(nowhere);
    *reject = result == COPY_TOO_LARGE ? stage_file_reject(asset->kind) : REJECT_UNREADABLE;
    return result == COPY_DONE ? STAGE_TAKEN : STAGE_REFUSED;
}

/* The one rendition that a bundle holds goes to its place, the others go. */
static bool admit(struct pack_media *media, const struct asset *asset, struct prepared *prepared) {
    const struct rendition *kept = asset_rendition(asset, kinds[asset->kind].role, 0);
    prepared->media = kept->hash;
    prepared->bytes = kept->bytes;
    prepared->ms = asset->duration_ms;
    prepared->whole = asset->whole;
    char *place = media_file(media, prepared);
    char *staged = path_join(media->stage.folder, path_name(place), NULL);
    bool good = rename(staged, place) == 0;
    if (!good)
        log_error("%s: 写入失败 (writing failed): %s", place, strerror(errno));
    for (size_t i = 0; i < asset->rendition_count; i++) {
        char hex[HASH_HEX_SIZE];
        hash_hex(asset->renditions[i].hash, hex);
        char *rest = xasprintf("%s/%s%s", media->stage.folder, hex,
                               rendition_suffix(asset->renditions[i].role));
        unlink(rest); /* or it is what was just moved */
        free(rest);
    }
    free(staged);
    free(place);
    return good;
}

static bool make_folder(const char *path) {
    if (mkdir(path, 0755) == 0 || (errno == EEXIST && fs_is_dir(path)))
        return true;
    log_error("%s: 无法创建目录 (cannot make the directory): %s", path, strerror(errno));
    return false;
}

static enum stage_result prepare(struct pack_media *media, const struct manifest_asset *from,
                                 struct prepared *prepared, enum reject *reject, char **detail) {
    struct stage quiet = {.folder = media->stage.folder}; /* its bytes were told of already */
    struct asset asset = {.kind = from->kind};
    int source = -1;
    if (!make_folder(media->folder) || !make_folder(media->stage.folder))
        return STAGE_FAILED;
    enum stage_result result = stage_copy(&quiet, from, &source, &prepared->source, reject);
    if (result != STAGE_TAKEN)
        return result;
    prepared->source = manifest_asset_source(from, prepared->source);
    if (!stage_prepare(&media->stage, source, from->crop, &asset, reject, detail))
        result = STAGE_REFUSED;
    else if (!admit(media, &asset, prepared))
        result = STAGE_FAILED;
    close(source);
    asset_finish(&asset);
    return result;
}

static void fill(struct feed_media *into, const struct prepared *prepared,
                 const struct manifest_asset *from) {
    char hex[HASH_HEX_SIZE];
    hash_hex(prepared->media, hex);
    *into = (struct feed_media){
        .kind = from->kind,
        .url = xasprintf(PACK_MEDIA "/%s%s", hex, suffix_of(prepared->recipe)),
        .caption = xstrdup(from->caption),
        .hashed = true,
        .hash = prepared->media,
        .bytes = prepared->bytes,
        .seconds = (prepared->ms + 999) / 1000,
        .whole = from->kind == ASSET_PICTURE && (prepared->whole || from->whole),
    };
}

enum stage_result pack_media_take(struct pack_media *media, const struct manifest_asset *from,
                                  struct feed_media *into, enum reject *reject, char **detail) {
    struct hash source;
    *detail = NULL;
    enum stage_result result = hash_source(media, from, &source, reject);
    if (result != STAGE_TAKEN)
        return result;
    source = manifest_asset_source(from, source);
    struct prepared *known = find(media, source, stage_recipe(from->kind));
    if (!known || !is_there(media, known)) {
        struct prepared made = {.source = source, .recipe = stage_recipe(from->kind)};
        result = prepare(media, from, &made, reject, detail);
        if (result != STAGE_TAKEN)
            return result;
        known = keep(media, &made);
        if (++media->unsaved >= SAVE_EVERY && !save_memory(media, false))
            return STAGE_FAILED;
    }
    known->used = true;
    fill(into, known, from);
    return STAGE_TAKEN;
}

/* ---- the bundle's folder */

bool pack_media_open(struct pack_media *media, const char *bundle, const struct config *config,
                     struct nursery *pictures, struct nursery *videos) {
    *media = (struct pack_media){.bundle = bundle};
    media->stage.pictures = pictures;
    media->stage.videos = videos;
    media->folder = path_join(bundle, PACK_MEDIA, NULL);
    media->stage.folder = path_join(bundle, PACK_STAGING, NULL);
    media->stage.config = config;
    load_memory(media);
    return fs_remove_tree(media->stage.folder);
}

bool pack_media_commit(struct pack_media *media) {
    return (!fs_exists(media->folder) || fs_sync_dir(media->folder)) && save_memory(media, true);
}

void pack_media_close(struct pack_media *media) {
    if (media->unsaved)
        save_memory(media, false); /* what a refused pack has prepared is not prepared again */
    if (media->stage.folder)
        fs_remove_tree(media->stage.folder);
    tdestroy(media->memory, free);
    free(media->stage.folder);
    free(media->folder);
    *media = (struct pack_media){0};
}
