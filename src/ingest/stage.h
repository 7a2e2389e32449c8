/* stage.h: one file of a parcel → staged, hashed, prepared, admitted to media/ */
#pragma once

#include <stdbool.h>

#include "base/config.h"
#include "base/paths.h"
#include "ingest/manifest.h"
#include "ingest/nursery.h"
#include "library/library.h"

#define STAGE_FILE_BYTES (256 << 20) /* an uncompressed TIFF of 64 megapixels is 192 MiB */

enum stage_result {
    STAGE_TAKEN,
    STAGE_REFUSED, /* *reject and *detail say why */
    STAGE_FAILED   /* our own disk or database: the import must end */
};

struct stage {
    const struct paths *paths;
    const struct config *config;
    struct library *library;
    struct nursery *pictures, *videos;
    char *folder;                               /* STAGING/parcel, owned */
    void (*on_bytes)(void *user, size_t bytes); /* hears of what is read; may be NULL */
    void *user;
};

/* Makes an empty folder for one parcel. */
bool stage_open(struct stage *stage, const struct paths *paths, const struct config *config,
                struct library *library, struct nursery *pictures, struct nursery *videos);
void stage_close(struct stage *stage); /* removes the folder and what is left in it */

/* The recipe (picture.h) by which an asset of this kind is prepared. */
const char *stage_recipe(enum asset_kind kind);
/* The longest file of such an asset, and what a longer one is refused as. */
int64_t stage_file_bytes(enum asset_kind kind);
enum reject stage_file_reject(enum asset_kind kind);
/* What is made of a source: of a picture or code by `pictures`, of a video by `videos` as well.
 * Uses of the stage its folder, config, helpers, on_bytes and user. As picture_prepare; *reject is
 * REJECT_VIDEO_SOUND where a video was taken without its sound. */
bool stage_prepare(struct stage *stage, int source, const int32_t crop[4], struct asset *asset,
                   enum reject *reject, char **detail);
/* Takes one picture, video or code in. What was prepared before by the same recipe, under whatever
 * name, is not prepared again; what is not what the manifest expects (hashed) is refused. asset
 * gets all but its caption. *reject as by stage_prepare. Call between library_begin and
 * library_commit. */
enum stage_result stage_asset(struct stage *stage, const struct manifest_asset *from,
                              struct asset *asset, enum reject *reject, char **detail);

/* A file that a stranger named: never a pipe or a device, and never waited for. -1: quiet. */
int stage_open_source(const char *path);
/* A copy without a name in stage->folder (of the stage only that, on_bytes and user count): what is
 * hashed is what is prepared, though the stick be changed or pulled out meanwhile. *copy_fd, at its
 * start, is the caller's with STAGE_TAKEN; STAGE_REFUSED sets *reject. */
enum stage_result stage_copy(struct stage *stage, const struct manifest_asset *asset, int *copy_fd,
                             struct hash *hash, enum reject *reject);
