#include "ingest/stick_write.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/template.h"

/* Limits. */
#define MAX_NUMBER  99                  /* of a name that is taken */
#define MAX_DEPTH   4                   /* 示例/单元/案例/文件 */
#define MAX_LINE    4096                /* bytes: the first line of a table */
#define FILE_BYTES  (UINT64_C(1) << 30) /* one of ours */
#define SLACK_BYTES (UINT64_C(1) << 20) /* folders and names, in clusters of up to 128 KiB */

#define PART ".fengcai.part" /* ours, whoever left it there */

struct writing {
    void (*on_bytes)(void *user, size_t bytes);
    void *user;
    bool any; /* something was written */
};

static enum stick_write fault_of(int error) {
    switch (error) {
    case EROFS:
    case EACCES:
    case EPERM:
        return STICK_WRITE_READ_ONLY;
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
        return STICK_WRITE_FULL;
    default:
        return STICK_WRITE_ERROR;
    }
}

static enum stick_write fail(const char *name, int error) {
    log_error("%s: 写入U盘失败 (writing onto the stick failed): %s", name, strerror(error));
    return fault_of(error);
}

static bool exists(int folder, const char *name) {
    return faccessat(folder, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

static int open_folder(int at, const char *name) {
    return openat(at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

static int open_file(int folder, const char *name) {
    return openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
}

/* Names of a folder, each once; the caller's. What is hidden is none. */
struct names {
    char **names;
    size_t count;
};

static struct names list_names(int folder) {
    struct names list = {0};
    int fd = dup(folder);
    DIR *dir = fd < 0 ? NULL : fdopendir(fd);
    for (const struct dirent *entry; dir && (entry = readdir(dir));)
        if (entry->d_name[0] != '.') {
            list.names = xrealloc(list.names, list.count + 1, sizeof *list.names);
            list.names[list.count++] = xstrdup(entry->d_name);
        }
    if (dir) {
        rewinddir(dir); /* the descriptors share their place */
        closedir(dir);
    }
    return list;
}

static void free_names(struct names *list) {
    for (size_t i = 0; i < list->count; i++)
        free(list->names[i]);
    free(list->names);
}

/* ---- room */

static uint64_t bytes_of(int folder, uint64_t cluster, int depth) {
    struct names list = list_names(folder);
    uint64_t bytes = 0;
    struct stat st;
    for (size_t i = 0; depth < MAX_DEPTH && i < list.count; i++) {
        int inner = open_folder(folder, list.names[i]);
        if (inner >= 0) {
            bytes += cluster + bytes_of(inner, cluster, depth + 1);
            close(inner);
        } else if (fstatat(folder, list.names[i], &st, AT_SYMLINK_NOFOLLOW) == 0) {
            bytes += (uint64_t)st.st_size + cluster;
        }
    }
    free_names(&list);
    return bytes;
}

/* Better nothing than half a folder. */
static enum stick_write look_at_disk(int from, int root) {
    struct statvfs disk;
    if (fstatvfs(root, &disk) != 0)
        return fail("statvfs", errno);
    if (disk.f_flag & ST_RDONLY)
        return STICK_WRITE_READ_ONLY;
    uint64_t needed = SLACK_BYTES + bytes_of(from, disk.f_bsize, 0);
    return (uint64_t)disk.f_bavail * disk.f_frsize >= needed ? STICK_WRITE_DONE : STICK_WRITE_FULL;
}

/* ---- one file */

static bool first_line(int folder, const char *name, char line[MAX_LINE]) {
    int fd = open_file(folder, name);
    struct stat st;
    bool plain = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
    ssize_t size = plain ? read(fd, line, MAX_LINE - 1) : -1;
    if (fd >= 0)
        close(fd);
    line[size > 0 ? size : 0] = '\0';
    char *end = strchr(line, '\n');
    if (end)
        *end = '\0';
    return end != NULL;
}

/* An older one of ours. */
static bool is_same_table(int from, int to, const char *name) {
    char ours[MAX_LINE], theirs[MAX_LINE];
    return text_ends(name, ".csv") && first_line(from, name, ours) &&
           first_line(to, name, theirs) && strcmp(ours, theirs) == 0;
}

/* A name that is not taken, the caller's; NULL: there are too many. */
static char *free_name(int to, const char *name) {
    const char *dot = strrchr(name, '.');
    int stem = (int)(dot ? (size_t)(dot - name) : strlen(name));
    char *other = xstrdup(name);
    for (int i = 2; exists(to, other); i++) {
        free(other);
        if (i > MAX_NUMBER)
            return NULL;
        other = xasprintf("%.*s-%d%s", stem, name, i, dot ? dot : "");
    }
    return other;
}

/* Into a file of another name, on the disk when it is done. */
static enum stick_write fill_part(int source, int to, struct writing *writing) {
    struct hash hash;
    uint64_t size = 0;
    unlinkat(to, PART, 0);
    int part = openat(to, PART, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    if (part < 0)
        return fail(PART, errno);
    enum copy_result copied =
        fs_copy_hashed(source, part, FILE_BYTES, &hash, &size, writing->on_bytes, writing->user);
    int error = copied == COPY_DONE && fsync(part) != 0 ? errno : 0;
    if (close(part) != 0 && copied == COPY_DONE && !error)
        error = errno;
    if (copied == COPY_DONE)
        return error ? fail(PART, error) : STICK_WRITE_DONE;
    return copied == COPY_NO_SPACE ? STICK_WRITE_FULL
           : copied == COPY_FAILED ? STICK_WRITE_ERROR
                                   : STICK_WRITE_OWN;
}

static enum stick_write write_as(int from, int to, const char *name, const char *as,
                                 struct writing *writing) {
    int source = open_file(from, name);
    if (source < 0)
        return STICK_WRITE_OWN;
    enum stick_write result = fill_part(source, to, writing);
    if (result == STICK_WRITE_DONE && renameat(to, PART, to, as) != 0)
        result = fail(as, errno);
    if (result != STICK_WRITE_DONE)
        unlinkat(to, PART, 0);
    writing->any = true;
    close(source);
    return result;
}

static enum stick_write write_loose(int from, int to, const char *name, struct writing *writing) {
    char *as = is_same_table(from, to, name) ? xstrdup(name) : free_name(to, name);
    enum stick_write result = as ? write_as(from, to, name, as, writing) : STICK_WRITE_FULL;
    free(as);
    return result;
}

/* ---- folders */

/* Somebody's own, which our note would hide from the door. */
static bool is_foreign(int from, int to, const char *name) {
    int ours = open_folder(from, name), theirs = open_folder(to, name);
    struct names inside = {0};
    bool foreign = theirs < 0 && exists(to, name);
    if (theirs >= 0) {
        inside = list_names(theirs);
        foreign = ours >= 0 && exists(ours, TEMPLATE_NOTE) && inside.count &&
                  !exists(theirs, TEMPLATE_NOTE);
        close(theirs);
    }
    if (ours >= 0)
        close(ours);
    free_names(&inside);
    return foreign;
}

static enum stick_write write_folder(int from, int to, int depth, struct writing *writing);

static enum stick_write write_inner(int inner, int to, const char *name, int depth,
                                    struct writing *writing) {
    bool made = mkdirat(to, name, 0755) == 0;
    if (!made && errno != EEXIST)
        return fail(name, errno);
    int target = open_folder(to, name);
    if (target < 0)
        return fail(name, errno);
    writing->any = writing->any || made;
    enum stick_write result = write_folder(inner, target, depth + 1, writing);
    close(target);
    return result;
}

static enum stick_write write_one(int from, int to, const char *name, int depth,
                                  struct writing *writing) {
    int inner = open_folder(from, name);
    enum stick_write result = STICK_WRITE_DONE;
    if (inner >= 0 && depth == 0 && is_foreign(from, to, name))
        result = STICK_WRITE_FOREIGN;
    else if (inner >= 0 && depth < MAX_DEPTH)
        result = write_inner(inner, to, name, depth, writing);
    else if (inner < 0 && depth == 0)
        result = write_loose(from, to, name, writing);
    else if (inner < 0 && !exists(to, name))
        result = write_as(from, to, name, name, writing);
    if (inner >= 0)
        close(inner);
    return result;
}

static enum stick_write write_folder(int from, int to, int depth, struct writing *writing) {
    struct names list = list_names(from);
    enum stick_write result = STICK_WRITE_DONE;
    for (size_t i = 0; result == STICK_WRITE_DONE && i < list.count; i++)
        result = write_one(from, to, list.names[i], depth, writing);
    free_names(&list);
    return result;
}

/* ---- */

static bool is_mount(int root) {
    struct stat st, above;
    return fstat(root, &st) == 0 && fstatat(root, "..", &above, 0) == 0 &&
           st.st_dev != above.st_dev;
}

enum stick_write stick_write(const char *from, const char *root, bool mount,
                             void (*on_bytes)(void *user, size_t bytes), void *user) {
    struct writing writing = {.on_bytes = on_bytes, .user = user};
    int source = open_folder(AT_FDCWD, from), target = open_folder(AT_FDCWD, root);
    enum stick_write result = STICK_WRITE_DONE;
    if (source < 0)
        result = STICK_WRITE_OWN;
    else if (target < 0 || (mount && !is_mount(target)))
        result = STICK_WRITE_GONE;
    else
        result = look_at_disk(source, target);
    if (result == STICK_WRITE_DONE)
        result = write_folder(source, target, 0, &writing);
    if (target >= 0 && syncfs(target) != 0 && result == STICK_WRITE_DONE)
        result = fail(root, errno);
    if (source >= 0)
        close(source);
    if (target >= 0)
        close(target);
    return result == STICK_WRITE_DONE && !writing.any ? STICK_WRITE_SAME : result;
}
