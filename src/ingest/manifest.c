#include "ingest/manifest.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

const char *manifest_asset_label(const struct manifest_asset *asset) {
    return asset->url ? asset->url : asset->label ? asset->label : asset->path;
}

struct hash manifest_asset_source(const struct manifest_asset *asset, struct hash file) {
    static const int32_t whole[4];
    struct hash_state state;
    if (memcmp(asset->crop, whole, sizeof whole) == 0)
        return file;
    hash_init(&state);
    hash_add(&state, file.bytes, sizeof file.bytes);
    hash_add(&state, asset->crop, sizeof asset->crop);
    return hash_end(&state);
}

static void manifest_asset_finish(struct manifest_asset *asset) {
    free(asset->path);
    free(asset->label);
    free(asset->caption);
    free(asset->url);
    free(asset->detail);
}

static void mask(struct privacy *privacy, const char *field, char **text,
                 const char *const *released) {
    char *masked = privacy_mask(privacy, field, *text, released);
    free(*text);
    *text = masked;
}

void manifest_case_mask(struct manifest_case *c, const char *const *released) {
    mask(&c->masked, "title", &c->title, released);
    mask(&c->masked, "summary", &c->summary, released);
    mask(&c->masked, "body", &c->body, released);
    for (size_t i = 0; i < c->asset_count; i++)
        mask(&c->masked, "caption", &c->assets[i].caption, released);
}

void manifest_case_finish(struct manifest_case *c) {
    char *texts[] = {c->path, c->id, c->school, c->title, c->summary, c->body, c->url};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    for (size_t i = 0; i < c->asset_count; i++)
        manifest_asset_finish(c->assets + i);
    free(c->assets);
    privacy_finish(&c->masked);
    if (c->code)
        manifest_asset_finish(c->code);
    free(c->code);
    *c = (struct manifest_case){0};
}

void manifest_finish(struct manifest *manifest) {
    for (size_t i = 0; i < manifest->case_count; i++)
        manifest_case_finish(manifest->cases + i);
    free(manifest->cases);
    reject_list_finish(&manifest->rejects);
    *manifest = (struct manifest){0};
}

static void measure_asset(const struct manifest_asset *asset, int64_t *files, int64_t *bytes) {
    struct stat st;
    ++*files;
    if (stat(asset->path, &st) == 0)
        *bytes += st.st_size;
}

void manifest_measure(const struct manifest *manifest, int64_t *files, int64_t *bytes) {
    *files = *bytes = 0;
    for (size_t i = 0; i < manifest->case_count; i++) {
        const struct manifest_case *c = manifest->cases + i;
        for (size_t k = 0; k < c->asset_count; k++)
            measure_asset(c->assets + k, files, bytes);
        if (c->code)
            measure_asset(c->code, files, bytes);
    }
}
