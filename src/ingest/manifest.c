#include "ingest/manifest.h"

#include <stdlib.h>

static void manifest_asset_finish(struct manifest_asset *asset) {
    free(asset->path);
    free(asset->caption);
    free(asset->url);
    free(asset->detail);
}

void manifest_case_finish(struct manifest_case *c) {
    char *texts[] = {c->path, c->id, c->school, c->title, c->summary, c->body, c->url};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        free(texts[i]);
    for (size_t i = 0; i < c->asset_count; i++)
        manifest_asset_finish(c->assets + i);
    free(c->assets);
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
