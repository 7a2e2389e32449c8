#include "ingest/pack_output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "ingest/document.h"
#include "ingest/feed.h"

/* Of a .zip that is packed into: as much as one can hold without zip64. */
static const struct unzip_limits limits = {.bytes = UINT64_C(4) << 30,
                                           .entry = FEED_MEDIA_BYTES,
                                           .entries = 65535,
                                           .seconds = 600,
                                           .memory_mb = 256};

extern char **environ;

static bool is_zip(const char *path) {
    size_t size = strlen(path);
    return size > 4 && strcasecmp(path + size - 4, ".zip") == 0 && !fs_is_dir(path);
}

static bool lock(struct pack_output *output) {
    output->lock = open(output->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (output->lock >= 0 && flock(output->lock, LOCK_EX | LOCK_NB) == 0)
        return true;
    if (output->lock >= 0 && errno == EWOULDBLOCK)
        log_error("%s: 另一个打包正在进行 (another pack is working on it)", output->folder);
    else
        log_error("%s: %s", output->folder, strerror(errno));
    return false;
}

/* ---- the zip */

/* What a crash left of the last time. */
static bool empty(const struct pack_output *output) {
    DIR *dir = opendir(output->folder);
    bool good = dir != NULL;
    for (struct dirent *entry; dir && (entry = readdir(dir));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        char *path = path_join(output->folder, entry->d_name, NULL);
        good = fs_remove_tree(path) && good;
        free(path);
    }
    if (dir)
        closedir(dir);
    return good;
}

static bool want_all(void *user, const char *name) {
    (void)user;
    (void)name;
    return true;
}

/* What is in the zip that is there, by the jailed helper. */
static bool unpack(const struct pack_output *output, const struct paths *paths) {
    int zip = open(output->zip, O_RDONLY | O_CLOEXEC);
    if (zip < 0 && errno == ENOENT)
        return true;
    enum reject reject = REJECT_UNREADABLE;
    char *detail = NULL, *helper = path_join(paths->helpers, "document", NULL);
    struct nursery *nursery = nursery_create(helper);
    bool good = zip >= 0 && document_unzip(nursery, zip, output->folder, &limits, want_all, NULL,
                                           &reject, &detail);
    if (!good)
        log_error("%s: %s%s%s", output->zip, reject_text(reject), detail ? ": " : "",
                  detail ? detail : "");
    if (zip >= 0)
        close(zip);
    nursery_destroy(nursery);
    free(helper);
    free(detail);
    return good;
}

static bool run_helper(const struct pack_output *output, const char *part) {
    char *arguments[] = {output->helper, output->folder, (char *)part, NULL};
    pid_t child = -1;
    int status = 0;
    int error = posix_spawn(&child, output->helper, NULL, NULL, arguments, environ);
    if (error != 0) {
        log_error("%s: 无法启动 (cannot be started): %s", output->helper, strerror(error));
        return false;
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    log_error("%s: 压缩失败 (zipping failed)", output->zip);
    return false;
}

static bool put_in_place(const struct pack_output *output, const char *part) {
    int fd = open(part, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0 && rename(part, output->zip) == 0;
    if (!good)
        log_error("%s: 写入失败 (writing failed): %s", output->zip, strerror(errno));
    if (fd >= 0)
        close(fd);
    char *parent = path_beside(output->zip, ".");
    good = good && fs_sync_dir(parent);
    free(parent);
    return good;
}

bool pack_output_commit(struct pack_output *output) {
    if (!output->zip)
        return true;
    char *part = xasprintf("%s.part", output->zip);
    bool good = run_helper(output, part) && put_in_place(output, part);
    if (!good)
        unlink(part);
    free(part);
    return good;
}

bool pack_output_open(struct pack_output *output, const char *path, const struct paths *paths) {
    bool zip = is_zip(path);
    *output = (struct pack_output){.folder = zip ? xasprintf("%s.folder", path) : xstrdup(path),
                                   .zip = zip ? xstrdup(path) : NULL,
                                   .helper = path_join(paths->helpers, "zip", NULL),
                                   .lock = -1};
    output->made = !fs_exists(output->folder);
    if (fs_make_dirs(output->folder) && lock(output) &&
        (!zip || (empty(output) && unpack(output, paths))))
        return true;
    pack_output_close(output);
    return false;
}

void pack_output_close(struct pack_output *output) {
    if (output->zip && output->lock >= 0)
        fs_remove_tree(output->folder);
    else if (output->made)
        rmdir(output->folder);
    if (output->lock >= 0)
        close(output->lock);
    free(output->folder);
    free(output->zip);
    free(output->helper);
    *output = (struct pack_output){.lock = -1};
}
