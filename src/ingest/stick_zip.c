#include "ingest/stick_zip.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/memory.h"
#include "ingest/brought.h"
#include "ingest/bundle_name.h"
#include "ingest/document.h"

/* Limits. */
#define TAIL_BYTES   (4u << 20) /* the names of 30,000 files */
#define LOOK_SECONDS 60

/* Nothing of a stranger's zip is parsed here. */
static bool names_signature(int fd, int64_t size) {
    int64_t from = size > TAIL_BYTES ? size - TAIL_BYTES : 0;
    char *tail = xmalloc((size_t)(size - from) + 1);
    size_t got = 0;
    for (ssize_t n = 1; n > 0; got += n > 0 ? (size_t)n : 0)
        n = pread(fd, tail + got, (size_t)(size - from) - got, from + (int64_t)got);
    bool found = memmem(tail, got, BUNDLE_SIGNATURE, strlen(BUNDLE_SIGNATURE)) != NULL;
    free(tail);
    return found;
}

static bool want_all(void *user, const char *name) {
    (void)user;
    (void)name;
    return true;
}

static bool unpack_head(int fd, const char *into, const char *document) {
    struct unzip_limits limits = brought_zip_limits();
    struct nursery *nursery = nursery_create(document);
    enum reject reject = REJECT_ZIP;
    char *detail = NULL;
    limits.head = true;
    limits.head_bytes = BUNDLE_HEAD_BYTES;
    limits.seconds = LOOK_SECONDS;
    posix_fadvise(fd, 0, 0, POSIX_FADV_RANDOM); /* or each entry passed over costs 128 KiB */
    bool good = document_unzip(nursery, fd, into, &limits, want_all, NULL, &reject, &detail);
    nursery_destroy(nursery);
    free(detail);
    return good;
}

static bool has(const char *folder, const char *name) {
    char *path = path_join(folder, name, NULL);
    bool there = fs_exists(path);
    free(path);
    return there;
}

char *stick_zip_head(const char *path, const char *into, const char *document, int64_t *bytes) {
    struct stat st;
    char *folder = NULL;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
        return NULL;
    if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && names_signature(fd, st.st_size) &&
        fs_make_dirs(into) && unpack_head(fd, into, document))
        folder = brought_find_bundle(into);
    close(fd);
    if (folder && !has(folder, BUNDLE_SIGNATURE)) {
        free(folder);
        folder = NULL;
    }
    *bytes = folder ? st.st_size : 0;
    return folder;
}
