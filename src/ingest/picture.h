/* picture.h: one picture file → its renditions, through the jailed helper program */
#pragma once

#include "ingest/nursery.h"
#include "ingest/reject.h"
#include "library/case.h"

/* The recipe of a kind of asset. It names what a rendition was made by; a new way of preparing gets
 * a new name, and everything is prepared again when it next comes in. */
#define PICTURE_RECIPE "picture-2"
#define CODE_RECIPE    "code-1"

struct picture_limits {
    int megapixels;      /* of the source */
    int seconds;         /* of wall time, and of CPU */
    int memory_mb;       /* address space beyond what the helper holds when it forks */
    const int32_t *crop; /* what of it is shown: as in document.h; NULL: all */
};

/* asset->kind says what it is to be. Reads the picture from descriptor `source` (at its start;
 * stays open) and writes its renditions as files into folder `staging` (names: the SHA-256 and
 * rendition_suffix), fsynced. Fills asset->width, height, focus, renditions and, if the content
 * looks like a poster, a slide or a screenshot, asset->whole. On false nothing is left in staging,
 * *reject says why, and *detail (the caller's, may be set to NULL) says more; when staging cannot
 * be written it is REJECT_NO_SPACE (and reported). Takes at most limits->seconds, and ten more
 * where the helper itself hangs. */
bool picture_prepare(struct nursery *nursery, int source, const char *staging,
                     const struct picture_limits *limits, struct asset *asset, enum reject *reject,
                     char **detail);
/* Only how large the picture is, upright, by its header: what is damaged further behind is not
 * found. Nothing is written. As above. */
bool picture_measure(struct nursery *nursery, int source, const struct picture_limits *limits,
                     int *width, int *height, enum reject *reject, char **detail);
