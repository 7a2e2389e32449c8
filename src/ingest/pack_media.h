/* pack_media.h: one picture or video of a folder → a file of a bundle's media/, and what is
 * remembered of it
 *
 * What goes into a bundle is what the jailed helper made: never an original.
 * BUNDLE/.fengcai-pack.json remembers which file came of which source, so that packing again
 * prepares only what is new; without it everything is prepared again and nothing else changes. One
 * thread. */
#pragma once

#include <stdbool.h>

#include "base/config.h"
#include "ingest/feed.h"
#include "ingest/stage.h"

#define PACK_MEDIA   "media"
#define PACK_MEMORY  ".fengcai-pack.json"
#define PACK_STAGING ".fengcai-pack.staging" /* while it works; what a crash leaves is removed */
#define PACK_WORDS   ".fengcai-pack.words"   /* the same, of the pictures in Word files */

struct pack_media {
    const char *bundle; /* its folder */
    char *folder;       /* owned; BUNDLE/media */
    struct stage stage;
    void *memory;   /* a tsearch tree of struct prepared */
    size_t unsaved; /* prepared since it was last saved */
};

/* Makes nothing yet. bundle, config and the helpers must outlive it. False: reported. */
bool pack_media_open(struct pack_media *media, const char *bundle, const struct config *config,
                     struct nursery *pictures, struct nursery *videos);
/* Takes one picture, video or code; into gets all. on_bytes of media->stage hears of what is read.
 * Results and *reject as by stage_asset. */
enum stage_result pack_media_take(struct pack_media *media, const struct manifest_asset *from,
                                  struct feed_media *into, enum reject *reject, char **detail);
/* Everything that was taken is on the disk, and the memory is of that alone. */
bool pack_media_commit(struct pack_media *media);
void pack_media_close(struct pack_media *media); /* zeroed is fine */
