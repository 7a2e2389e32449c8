#include "ingest/stick_read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"
#include "ingest/bundle.h"
#include "ingest/material.h"
#include "ingest/stage.h"
#include "ingest/stick_zip.h"
#include "ingest/tree.h"

/* Limits. */
#define BUNDLE_DEPTH  3                    /* folders above a bundle */
#define ZIPS          16                   /* that are looked into; a publisher makes one */
#define COPIED_BYTES  (UINT64_C(8) << 30)  /* one file: a zip of a year */
#define RESERVE_BYTES (UINT64_C(64) << 20) /* what is left for databases while it is copied */
#define MODE          (S_IRUSR | S_IWUSR)

/* What could be taken, or what there is advice for. */
static const char *const extensions[] = {
    ".txt",  ".md",   ".docx", ".doc",  ".wps",  ".pdf", ".pptx", ".ppt", ".xlsx", ".xls", ".rar",
    ".zip",  ".7z",   ".html", ".htm",  ".jpg",  ".jpe", ".jpeg", ".png", ".gif",  ".bmp", ".tif",
    ".tiff", ".webp", ".heic", ".avif", ".heif", ".mp4", ".mov",  ".m4v", ".mkv",  ".avi", ".wmv",
    ".flv",  ".webm", ".3gp",  ".mpg",  ".mpeg", ".mts", ".m2ts", ".rmvb"};

static bool is_content(const char *name) {
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof extensions / sizeof *extensions; i++)
        if (strcasecmp(dot, extensions[i]) == 0)
            return true;
    return false;
}

/* ---- one file */

static int open_source(const char *path, struct stat *st) {
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 && (fstat(fd, st) != 0 || !S_ISREG(st->st_mode))) {
        close(fd);
        errno = ELOOP;
        return -1;
    }
    return fd;
}

static bool has_room(const char *folder, uint64_t bytes) {
    struct statvfs disk;
    return statvfs(folder, &disk) != 0 ||
           (uint64_t)disk.f_bavail * disk.f_frsize > bytes + RESERVE_BYTES;
}

static enum stick_read read_of(enum copy_result result) {
    return result == COPY_DONE       ? STICK_READ_DONE
           : result == COPY_NO_SPACE ? STICK_READ_FULL
           : result == COPY_FAILED   ? STICK_READ_DISK
                                     : STICK_READ_ERROR;
}

static int make_part(const char *to, char **part) {
    *part = xasprintf("%s.part", to);
    int fd = open(*part, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, MODE);
    if (fd < 0)
        log_error("%s: %s", *part, strerror(errno));
    return fd;
}

/* *missing: why the stick has no such file of its own, an errno; 0: it has. */
static enum stick_read copy_file(const char *from, const char *to, uint64_t limit,
                                 struct hash *hash, const struct stick_reader *reader,
                                 int *missing) {
    struct stat st = {0};
    uint64_t size = 0;
    char *part = NULL;
    int source = open_source(from, &st);
    *missing = source >= 0 ? 0 : errno;
    if (source < 0)
        return errno == ENOENT || errno == ELOOP || errno == ENOTDIR || errno == EACCES
                   ? STICK_READ_DONE
                   : STICK_READ_ERROR;
    char *folder = xstrndup(to, (size_t)(path_name(to) - to));
    enum stick_read result = STICK_READ_FULL;
    uint64_t needed = (uint64_t)st.st_size > limit ? 0 : (uint64_t)st.st_size;
    int target = has_room(folder, needed) ? make_part(to, &part) : -1;
    if (target >= 0 && needed < (uint64_t)st.st_size)
        result = ftruncate(target, st.st_size) == 0 ? STICK_READ_DONE : STICK_READ_DISK;
    else if (target >= 0)
        result = read_of(
            fs_copy_hashed(source, target, limit, hash, &size, reader->on_bytes, reader->user));
    else if (part)
        result = STICK_READ_DISK;
    if (target >= 0 && close(target) != 0)
        result = STICK_READ_DISK;
    if (result == STICK_READ_DONE && rename(part, to) != 0)
        result = STICK_READ_DISK;
    if (result != STICK_READ_DONE && part)
        unlink(part);
    close(source);
    free(part);
    free(folder);
    return result;
}

/* ---- looking */

struct look {
    const struct tree *tree;
    const char *staging;
    const struct stick_reader *reader;
    size_t bundles, zips;
    int64_t files;
    enum stick_read result;
};

static const struct tree_node *child_of(const struct tree_node *folder, const char *name) {
    for (size_t i = 0; i < folder->child_count; i++)
        if (!folder->children[i].is_folder && strcmp(folder->children[i].name, name) == 0)
            return folder->children + i;
    return NULL;
}

static bool is_signed_bundle(const struct tree_node *folder) {
    return child_of(folder, BUNDLE_HEAD) && child_of(folder, BUNDLE_SIGNATURE);
}

static uint64_t size_of(const char *path) {
    struct stat st;
    return stat(path, &st) == 0 ? (uint64_t)st.st_size : 0;
}

/* Nobody has said yet whose it is: pages beyond the limit are left out, and missed by the door. */
static enum stick_read stage_head(const struct look *look, const struct tree_node *folder,
                                  const char *from, const char *to) {
    enum stick_read result = STICK_READ_DONE;
    uint64_t bytes = 0;
    for (size_t i = 0; result == STICK_READ_DONE && i < folder->child_count; i++) {
        const struct tree_node *node = folder->children + i;
        struct hash hash;
        int missing = 0;
        if (bytes > BUNDLE_HEAD_BYTES || node->is_folder || !bundle_name_is_head(node->name))
            continue;
        char *source = path_join(from, node->name, NULL), *copy = path_join(to, node->name, NULL);
        result = copy_file(source, copy, FEED_PAGE_BYTES, &hash, look->reader, &missing);
        bytes += size_of(copy);
        free(source);
        free(copy);
    }
    return result;
}

static void take_bundle(struct look *look, const struct tree_node *folder) {
    char *from = tree_path(look->tree, folder);
    char *to = xasprintf("%s/%zu", look->staging, look->bundles++);
    if (!fs_make_dirs(to))
        look->result = STICK_READ_DISK;
    else
        look->result = stage_head(look, folder, from, to);
    if (look->result == STICK_READ_DONE)
        look->reader->on_bundle(look->reader->user, from, to, 0);
    free(from);
    free(to);
}

/* False: it is no signed bundle. */
static bool take_zip(struct look *look, const struct tree_node *node) {
    const char *dot = strrchr(node->name, '.');
    int64_t bytes = 0;
    if (!look->reader->document || !dot || strcasecmp(dot, ".zip") != 0 ||
        look->bundles == STICK_BUNDLES || look->zips++ >= ZIPS)
        return false;
    char *from = tree_path(look->tree, node);
    char *into = xasprintf("%s/%zu", look->staging, look->bundles);
    char *staged = stick_zip_head(from, into, look->reader->document, &bytes);
    if (staged && (uint64_t)bytes <= COPIED_BYTES) {
        look->bundles++;
        look->reader->on_bundle(look->reader->user, from, staged, bytes);
    } else {
        fs_remove_tree(into);
        bytes = 0;
    }
    look->reader->on_bytes(look->reader->user, 0); /* a sign of life */
    free(staged);
    free(into);
    free(from);
    return bytes > 0;
}

static void look_at(struct look *look, const struct tree_node *folder, int depth) {
    if (depth <= BUNDLE_DEPTH && look->bundles < STICK_BUNDLES && is_signed_bundle(folder)) {
        take_bundle(look, folder);
        return;
    }
    for (size_t i = 0; look->result == STICK_READ_DONE && i < folder->child_count; i++) {
        const struct tree_node *node = folder->children + i;
        if (node->is_folder)
            look_at(look, node, depth + 1);
        else if (depth > BUNDLE_DEPTH || !take_zip(look, node))
            look->files += is_content(node->name);
    }
}

/* A stick that was pulled out looks empty, and its folder cannot be read. */
static bool errs(const struct tree *tree, const struct reject_list *rejects) {
    for (size_t i = 0; i < rejects->count; i++)
        if (rejects->entries[i].reject == REJECT_UNREADABLE &&
            strcmp(rejects->entries[i].path, tree->path) == 0)
            return true;
    return false;
}

enum stick_read stick_look(const char *root, const char *staging, bool *content, int64_t *files,
                           const struct stick_reader *reader) {
    struct tree tree;
    struct reject_list rejects = {0};
    struct look look = {.tree = &tree, .staging = staging, .reader = reader};
    if (!tree_read(&tree, root, NULL, &rejects)) {
        look.result = STICK_READ_ERROR;
    } else {
        look.result = errs(&tree, &rejects) ? STICK_READ_ERROR : STICK_READ_DONE;
        look_at(&look, &tree.root, 0);
        tree_finish(&tree);
    }
    *content = look.files > 0;
    *files = look.files;
    reject_list_finish(&rejects);
    return look.result;
}

/* ---- copying */

static bool lies_there(const struct stick_file *file) {
    struct hash hash;
    int fd = open(file->to, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    bool same = fd >= 0 && fs_hash(fd, &hash) && hash_equal(hash, file->expected);
    if (fd >= 0)
        close(fd);
    return same;
}

static enum stick_read copy_expected(const struct stick_file *file,
                                     const struct stick_reader *reader) {
    int missing = 0;
    struct hash hash = {0};
    uint64_t limit = file->bytes ? (uint64_t)file->bytes : FEED_MEDIA_BYTES;
    if (lies_there(file)) {
        reader->on_bytes(reader->user, (size_t)file->bytes);
        return STICK_READ_DONE;
    }
    return copy_file(file->from, file->to, limit, &hash, reader, &missing);
}

enum stick_read stick_copy_files(const struct stick_file *files, size_t count,
                                 const struct stick_reader *reader) {
    enum stick_read result = STICK_READ_DONE;
    for (size_t i = 0; result == STICK_READ_DONE && i < count; i++)
        result = copy_expected(files + i, reader);
    return result;
}

struct mirror {
    const struct tree *tree;
    const struct stick_reader *reader;
};

/* The longest file that is copied: a longer video is refused anyway. */
static uint64_t most_of(const char *name, bool whole) {
    return !whole && file_kind(name) == FILE_VIDEO ? (uint64_t)stage_file_bytes(ASSET_VIDEO)
                                                   : COPIED_BYTES;
}

static enum stick_read mirror_file(const struct mirror *mirror, const struct tree_node *node,
                                   const char *from, const char *to, uint64_t most) {
    const struct stick_reader *reader = mirror->reader;
    struct hash hash;
    int missing = 0;
    enum stick_read result = copy_file(from, to, most, &hash, reader, &missing);
    if (result == STICK_READ_DONE && missing) {
        char *label = tree_label(mirror->tree, node);
        reader->on_refused(reader->user, label, REJECT_UNREADABLE,
                           missing == ELOOP ? "链接 (a link)" : strerror(missing));
        free(label);
    }
    return result;
}

/* What the door refuses by its name alone: gigabytes would be copied for nothing. */
static bool is_refused_by_name(const char *name) {
    const char *dot = strrchr(name, '.');
    return file_kind(name) == FILE_UNUSABLE && !(dot && strcasecmp(dot, ".zip") == 0);
}

/* A file of that name and no content. */
static enum stick_read mirror_name(const char *to) {
    int fd = open(to, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, MODE);
    return fd >= 0 && close(fd) == 0 ? STICK_READ_DONE : STICK_READ_DISK;
}

/* whole: of a bundle, all of whose files count. */
static enum stick_read mirror_node(const struct mirror *mirror, const struct tree_node *node,
                                   const char *from, const char *to, bool whole) {
    enum stick_read result = STICK_READ_DONE;
    if (!node->is_folder)
        return whole || !is_refused_by_name(node->name)
                   ? mirror_file(mirror, node, from, to, most_of(node->name, whole))
                   : mirror_name(to);
    whole = whole || child_of(node, BUNDLE_HEAD);
    if (mkdir(to, S_IRWXU) != 0 && errno != EEXIST) {
        log_error("%s: %s", to, strerror(errno));
        return STICK_READ_DISK;
    }
    for (size_t i = 0; result == STICK_READ_DONE && i < node->child_count; i++) {
        char *source = path_join(from, node->children[i].name, NULL);
        char *target = path_join(to, node->children[i].name, NULL);
        result = mirror_node(mirror, node->children + i, source, target, whole);
        free(source);
        free(target);
    }
    return result;
}

/* Names were read already, so this is quick; what cannot be seen counts nothing. */
static int64_t measure(const struct tree_node *node, const char *path, bool whole) {
    struct stat st = {0};
    int64_t bytes = 0;
    if (!node->is_folder && !whole && is_refused_by_name(node->name))
        return 0;
    if (!node->is_folder)
        return lstat(path, &st) == 0 && S_ISREG(st.st_mode) &&
                       (uint64_t)st.st_size <= most_of(node->name, whole)
                   ? st.st_size
                   : 0;
    whole = whole || child_of(node, BUNDLE_HEAD);
    for (size_t i = 0; i < node->child_count; i++) {
        char *child = path_join(path, node->children[i].name, NULL);
        bytes += measure(node->children + i, child, whole);
        free(child);
    }
    return bytes;
}

static enum stick_read mirror_tree(const struct tree *tree, const char *path, const char *to,
                                   const struct stick_reader *reader) {
    const struct mirror mirror = {tree, reader};
    if (reader->on_total)
        reader->on_total(reader->user, measure(&tree->root, path, false));
    return mirror_node(&mirror, &tree->root, path, to, false);
}

enum stick_read stick_copy_tree(const char *root, const char *path, const char *to,
                                const struct stick_reader *reader) {
    struct tree tree;
    struct reject_list rejects = {0};
    char *target = xasprintf("%s/%s", to, path + strlen(root));
    char *above = xstrndup(target, (size_t)(path_name(target) - target));
    enum stick_read result = STICK_READ_DISK;
    bool known = fs_make_dirs(*above ? above : "/");
    if (known && !tree_read(&tree, path, NULL, &rejects)) {
        result = STICK_READ_ERROR;
    } else if (known) {
        result =
            errs(&tree, &rejects) ? STICK_READ_ERROR : mirror_tree(&tree, path, target, reader);
        tree_finish(&tree);
    }
    for (size_t i = 0; result == STICK_READ_DONE && i < rejects.count; i++)
        reader->on_refused(reader->user, rejects.entries[i].path, rejects.entries[i].reject,
                           rejects.entries[i].detail);
    reject_list_finish(&rejects);
    free(above);
    free(target);
    return result;
}
