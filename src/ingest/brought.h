/* brought.h: a path that a person brought, as a folder to be read
 *
 * A folder is read where it lies; a .zip is unpacked by the jailed helper into a folder of its own
 * in staging, which must be there. One thread. */
#pragma once

#include <stdbool.h>

#include "ingest/document.h"
#include "ingest/reject.h"

struct brought {
    char *folder;   /* owned; what is to be read; of a zip that holds a bundle, the bundle */
    bool bundle;    /* it is one (bundle_is) */
    char *unpacked; /* owned; to be removed, NULL: nothing was unpacked */
};

/* Whether brought_open unpacks it: a file whose name ends in .zip; quiet. */
bool brought_is_zip(const char *path);
/* False: *reject and *detail (the caller's, may be NULL) say why. To be closed in any case. */
bool brought_open(struct brought *brought, const char *path, const char *staging,
                  struct nursery *documents, enum reject *reject, char **detail);
/* The limits of a zip, which is unpacked beside the library. */
struct unzip_limits brought_zip_limits(void);
/* The folder itself, or one in it that is a bundle, the caller's; NULL: there is none. */
char *brought_find_bundle(const char *folder);
void brought_close(struct brought *brought); /* zeroed is fine */
