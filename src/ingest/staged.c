#include "ingest/staged.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

static bool fail(const char *path, enum reject *reject, char **detail) {
    bool full = errno == ENOSPC || errno == EDQUOT;
    const char *why = strerror(errno);
    log_error("%s: 写入失败 (writing failed): %s", path, why);
    *reject = full ? REJECT_NO_SPACE : REJECT_DISK;
    free(*detail);
    *detail = xstrdup(why);
    return false;
}

static char *path_of(const struct staged *staged, const char *suffix, struct hash hash) {
    char hex[HASH_HEX_SIZE];
    hash_hex(hash, hex);
    return xasprintf("%s/%s%s", staged->folder, hex, suffix);
}

bool staged_open(struct staged *staged, struct staged_file *file, enum reject *reject,
                 char **detail) {
    *file = (struct staged_file){.part = xasprintf("%s/.staged-XXXXXX", staged->folder)};
    file->fd = mkostemp(file->part, O_CLOEXEC);
    if (file->fd >= 0)
        return true;
    fail(file->part, reject, detail);
    free(file->part);
    file->part = NULL;
    return false;
}

bool staged_put(struct staged_file *file, const void *bytes, size_t size, int64_t at,
                enum reject *reject, char **detail) {
    for (const char *from = bytes; size;) {
        ssize_t n = pwrite(file->fd, from, size, at);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return fail(file->part, reject, detail);
        from += n;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

void staged_abandon(struct staged_file *file) {
    if (file->part)
        unlink(file->part);
    if (file->fd >= 0)
        close(file->fd);
    free(file->part);
    *file = (struct staged_file){.fd = -1};
}

static void note(struct staged *staged, const char *path) {
    staged->paths = xrealloc((void *)staged->paths, staged->count + 1, sizeof *staged->paths);
    staged->paths[staged->count++] = xstrdup(path);
}

/* Consumes the file. */
static bool place(struct staged *staged, struct staged_file *file, const char *suffix,
                  struct hash hash, enum reject *reject, char **detail) {
    char *path = path_of(staged, suffix, hash);
    bool good = true;
    if (!fs_exists(path)) {
        good = fchmod(file->fd, 0644) == 0 && fs_sync_fd(file->fd, path) &&
               rename(file->part, path) == 0;
        if (good) {
            note(staged, path);
            free(file->part);
            file->part = NULL;
        } else {
            fail(path, reject, detail);
        }
    }
    staged_abandon(file);
    free(path);
    return good;
}

bool staged_commit(struct staged *staged, struct staged_file *file, const char *suffix,
                   struct hash *hash, enum reject *reject, char **detail) {
    if (lseek(file->fd, 0, SEEK_SET) == 0 && fs_hash(file->fd, hash))
        return place(staged, file, suffix, *hash, reject, detail);
    fail(file->part, reject, detail);
    staged_abandon(file);
    return false;
}

bool staged_write(struct staged *staged, const void *bytes, size_t size, const char *suffix,
                  struct hash hash, enum reject *reject, char **detail) {
    struct staged_file file;
    char *path = path_of(staged, suffix, hash);
    bool there = fs_exists(path);
    free(path);
    if (there)
        return true;
    if (!staged_open(staged, &file, reject, detail))
        return false;
    if (staged_put(&file, bytes, size, 0, reject, detail))
        return place(staged, &file, suffix, hash, reject, detail);
    staged_abandon(&file);
    return false;
}

void staged_remove(struct staged *staged) {
    for (size_t i = 0; i < staged->count; i++)
        unlink(staged->paths[i]);
}

void staged_finish(struct staged *staged) {
    for (size_t i = 0; i < staged->count; i++)
        free(staged->paths[i]);
    free((void *)staged->paths);
    staged->paths = NULL;
    staged->count = 0;
}
