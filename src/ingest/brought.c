#include "ingest/brought.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "ingest/bundle.h"
#include "ingest/document.h"
#include "ingest/tree.h"

/* Limits. */
#define ZIP_BYTES   (UINT64_C(8) << 30) /* a year of a campaign with videos */
#define ZIP_ENTRIES 100000
#define ZIP_SECONDS 600
#define ZIP_MEMORY  256

bool brought_is_zip(const char *path) {
    const char *dot = strrchr(path, '.');
    return dot && strcasecmp(dot, ".zip") == 0 && fs_exists(path) && !fs_is_dir(path);
}

static bool fail(enum reject *into, char **detail, enum reject reject, const char *why) {
    *into = reject;
    *detail = xstrdup(why);
    return false;
}

/* All but what systems leave behind: what cannot be used is to be told by name. */
static bool is_wanted(void *user, const char *name) {
    (void)user;
    for (const char *at = name; at; at = strchr(at, '/')) {
        at += *at == '/';
        char *part = xstrndup(at, strcspn(at, "/"));
        bool ignored = tree_ignores(part);
        free(part);
        if (ignored)
            return false;
    }
    return true;
}

char *brought_find_bundle(const char *folder) {
    char *found = bundle_is(folder) ? xstrdup(folder) : NULL;
    DIR *dir = found ? NULL : opendir(folder);
    for (const struct dirent *entry; dir && !found && (entry = readdir(dir));) {
        char *inner = path_join(folder, entry->d_name, NULL);
        if (entry->d_name[0] != '.' && bundle_is(inner))
            found = xstrdup(inner);
        free(inner);
    }
    if (dir)
        closedir(dir);
    return found;
}

struct unzip_limits brought_zip_limits(void) {
    return (struct unzip_limits){.bytes = ZIP_BYTES,
                                 .entry = FEED_MEDIA_BYTES,
                                 .entries = ZIP_ENTRIES,
                                 .seconds = ZIP_SECONDS,
                                 .memory_mb = ZIP_MEMORY};
}

static bool unpack(struct brought *brought, const char *path, const char *staging,
                   struct nursery *documents, enum reject *reject, char **detail) {
    const struct unzip_limits limits = brought_zip_limits();
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return fail(reject, detail, REJECT_UNREADABLE, strerror(errno));
    char *folder = xasprintf("%s/zip-XXXXXX", staging);
    bool good = mkdtemp(folder) != NULL;
    if (good) {
        brought->unpacked = folder;
        good = document_unzip(documents, fd, folder, &limits, is_wanted, NULL, reject, detail);
    } else {
        log_error("%s: %s", folder, strerror(errno));
        fail(reject, detail, REJECT_DISK, strerror(errno));
        free(folder);
    }
    close(fd);
    return good;
}

bool brought_open(struct brought *brought, const char *path, const char *staging,
                  struct nursery *documents, enum reject *reject, char **detail) {
    *brought = (struct brought){0};
    *detail = NULL;
    if (!brought_is_zip(path)) {
        brought->folder = xstrdup(path);
        brought->bundle = bundle_is(path);
        return true;
    }
    if (!unpack(brought, path, staging, documents, reject, detail))
        return false;
    brought->folder = brought_find_bundle(brought->unpacked);
    brought->bundle = brought->folder != NULL;
    if (!brought->bundle)
        brought->folder = xstrdup(brought->unpacked);
    return true;
}

void brought_close(struct brought *brought) {
    if (brought->unpacked)
        fs_remove_tree(brought->unpacked);
    free(brought->unpacked);
    free(brought->folder);
    *brought = (struct brought){0};
}
