#include "base/fs.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

#define COPY_PIECE (256u << 10) /* large enough for a stick, small enough to show progress */

char *path_join(const char *first, ...) {
    struct str path = {0};
    str_add(&path, first);
    va_list parts;
    va_start(parts, first);
    for (const char *part; (part = va_arg(parts, const char *));) {
        if (path.size && path.data[path.size - 1] != '/')
            str_add_char(&path, '/');
        str_add(&path, part);
    }
    va_end(parts);
    return str_take(&path);
}

const char *path_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

char *path_beside(const char *file, const char *path) {
    size_t folder = (size_t)(path_name(file) - file);
    return path[0] == '/' ? xstrdup(path) : xasprintf("%.*s%s", (int)folder, file, path);
}

bool fs_exists(const char *path) {
    return access(path, F_OK) == 0;
}

bool fs_is_dir(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static bool remove_at(int parent, const char *name) {
    if (unlinkat(parent, name, 0) == 0 || errno == ENOENT)
        return true;
    if (errno != EISDIR && errno != EPERM)
        return false;
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    if (!dir) {
        if (fd >= 0)
            close(fd);
        return false;
    }
    bool good = true;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            good = remove_at(dirfd(dir), entry->d_name) && good;
    closedir(dir);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0 && good;
}

bool fs_remove_tree(const char *path) {
    if (remove_at(AT_FDCWD, path))
        return true;
    log_error("%s: 无法删除 (cannot remove): %s", path, strerror(errno));
    return false;
}

/* Of the process, as is what it stands for; whoever writes asks, at whatever depth. */
static atomic_bool sync_has_failed;

bool fs_sync_has_failed(void) {
    return atomic_load(&sync_has_failed);
}

void fs_note_failed_sync(const char *name, const char *why) {
    atomic_store(&sync_has_failed, true);
    log_error(
        "%s: 写入磁盘失败，重新启动前不再写入 (fsync failed, nothing is written until the next "
        "start): %s",
        name, why);
}

bool fs_sync_fd(int fd, const char *name) {
    if (fsync(fd) == 0)
        return true;
    fs_note_failed_sync(name, strerror(errno));
    return false;
}

bool fs_sync_dir(const char *path) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        log_error("%s: %s", path, strerror(errno));
        return false;
    }
    bool good = fs_sync_fd(fd, path);
    close(fd);
    return good;
}

static bool sync_parent(const char *path) {
    const char *slash = strrchr(path, '/');
    char *parent = slash ? xstrndup(path, (size_t)(slash - path) + (slash == path)) : xstrdup(".");
    bool good = fs_sync_dir(parent);
    free(parent);
    return good;
}

bool fs_make_dirs(const char *path) {
    char *work = xstrdup(path);
    bool good = true;
    for (char *at = work + 1; good; at++) {
        if (*at && *at != '/')
            continue;
        char saved = *at;
        *at = '\0';
        if (mkdir(work, 0755) == 0) /* a parent that we may not read is no reason to stop */
            good = sync_parent(work) || !fs_sync_has_failed();
        else
            good = errno == EEXIST;
        *at = saved;
        if (!saved)
            break;
    }
    if (good && !fs_is_dir(path)) {
        errno = ENOTDIR;
        good = false;
    }
    if (!good)
        log_error("%s: 无法创建目录 (cannot make the directory): %s", path, strerror(errno));
    free(work);
    return good;
}

bool fs_read(const char *path, size_t limit, char **data, size_t *size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat st = {0};
    char *buffer = NULL;
    if (fd < 0 || fstat(fd, &st) != 0)
        goto fail;
    if (!S_ISREG(st.st_mode) || (uint64_t)st.st_size > limit) {
        errno = S_ISREG(st.st_mode) ? EFBIG : EINVAL;
        goto fail;
    }
    buffer = malloc((size_t)st.st_size + 1);
    if (!buffer)
        goto fail;
    if (!read_all(fd, buffer, (size_t)st.st_size)) {
        errno = errno ? errno : EIO;
        goto fail;
    }
    close(fd);
    buffer[st.st_size] = '\0';
    *data = buffer;
    *size = (size_t)st.st_size;
    return true;
fail:
    log_error("%s: 无法读取 (cannot read): %s", path, strerror(errno));
    free(buffer);
    if (fd >= 0)
        close(fd);
    return false;
}

bool fs_hash(int fd, struct hash *hash) {
    struct hash_state state;
    char *piece = xmalloc(COPY_PIECE);
    ssize_t n = 0;
    hash_init(&state);
    while ((n = read(fd, piece, COPY_PIECE)) > 0 || (n < 0 && errno == EINTR))
        hash_add(&state, piece, n > 0 ? (size_t)n : 0);
    free(piece);
    *hash = hash_end(&state);
    return n == 0;
}

int fs_lock(const char *path, bool *held) {
    *held = false;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) {
        log_error("%s: 无法打开锁文件 (cannot open the lock): %s", path, strerror(errno));
        return -1;
    }
    if (flock(fd, LOCK_EX | LOCK_NB) == 0)
        return fd;
    *held = errno == EWOULDBLOCK;
    if (!*held)
        log_error("%s: 无法加锁 (cannot lock): %s", path, strerror(errno));
    close(fd);
    return -1;
}

static bool outfile_opened(struct outfile *out) {
    if (out->stream)
        return true;
    log_error("%s: 无法写入 (cannot write): %s", out->part, strerror(errno));
    outfile_abandon(out);
    return false;
}

bool outfile_open(struct outfile *out, const char *path) {
    *out = (struct outfile){.path = xstrdup(path), .part = xasprintf("%s.part", path)};
    out->stream = fopen(out->part, "we");
    return outfile_opened(out);
}

bool outfile_open_private(struct outfile *out, const char *path) {
    *out = (struct outfile){.path = xstrdup(path), .part = xasprintf("%s.part", path)};
    unlink(out->part); /* whoever made it could read it */
    int fd = open(out->part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    out->stream = fd < 0 ? NULL : fdopen(fd, "w");
    if (out->stream)
        setvbuf(out->stream, NULL, _IONBF, 0);
    else if (fd >= 0)
        close(fd);
    return outfile_opened(out);
}

/* An error of an earlier write has stuck to the stream, and its errno is gone. */
static const char *write_error(int error) {
    return error ? strerror(error) : "磁盘空间不足或出错 (the disk is full, or errs)";
}

bool outfile_commit(struct outfile *out, bool sync) {
    errno = 0;
    bool good = !out->failed && fflush(out->stream) == 0 && !ferror(out->stream);
    if (good && sync)
        good = fs_sync_fd(fileno(out->stream), out->part);
    int error = errno;
    if (fclose(out->stream) != 0 && good) {
        good = false;
        error = errno;
    }
    out->stream = NULL;
    if (good && rename(out->part, out->path) != 0) {
        good = false;
        error = errno;
    }
    if (!good) {
        log_error("%s: 写入失败 (writing failed): %s", out->path, write_error(error));
        unlink(out->part);
    } else if (sync) {
        good = sync_parent(out->path);
    }
    outfile_abandon(out);
    return good;
}

void outfile_abandon(struct outfile *out) {
    if (out->stream) {
        fclose(out->stream);
        unlink(out->part);
    }
    free(out->path);
    free(out->part);
    *out = (struct outfile){0};
}

bool write_all(int fd, const void *bytes, size_t size) {
    const char *at = bytes;
    while (size) {
        ssize_t n = write(fd, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

bool read_all(int fd, void *bytes, size_t size) {
    char *at = bytes;
    while (size) {
        ssize_t n = read(fd, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0) {
            if (n == 0)
                errno = 0;
            return false;
        }
        at += n;
        size -= (size_t)n;
    }
    return true;
}

static enum copy_result write_piece(int to, const char *piece, size_t size) {
    if (write_all(to, piece, size))
        return COPY_DONE;
    if (errno == ENOSPC || errno == EDQUOT)
        return COPY_NO_SPACE;
    log_error("复制失败 (copying failed): %s", strerror(errno));
    return COPY_FAILED;
}

/* So that gigabytes are not copied to find that out. */
static bool is_longer(int fd, uint64_t limit) {
    struct stat st;
    return fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (uint64_t)st.st_size > limit;
}

enum copy_result fs_copy_hashed(int from, int to, uint64_t limit, struct hash *hash, uint64_t *size,
                                void (*on_bytes)(void *user, size_t bytes), void *user) {
    struct hash_state state;
    hash_init(&state);
    char *piece = xmalloc(COPY_PIECE);
    enum copy_result result = is_longer(from, limit) ? COPY_TOO_LARGE : COPY_DONE;
    for (*size = 0; result == COPY_DONE;) {
        ssize_t n = read(from, piece, COPY_PIECE);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            result = COPY_UNREADABLE;
        if (n <= 0)
            break;
        *size += (uint64_t)n;
        result = *size > limit ? COPY_TOO_LARGE : write_piece(to, piece, (size_t)n);
        hash_add(&state, piece, (size_t)n);
        if (on_bytes)
            on_bytes(user, (size_t)n);
    }
    free(piece);
    *hash = hash_end(&state);
    return result;
}
