#include "ingest/fetch_part.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jansson.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/str.h"

#define MAX_NOTE_BYTES (16u << 10) /* an address, an ETag and a date */
#define READ_PIECE     (256u << 10)

static void part_finish(struct part *part) {
    if (part->fd >= 0)
        close(part->fd);
    free(part->etag);
    free(part->last_modified);
    free(part->path);
    free(part->data_path);
    free(part->note_path);
    free(part->url);
    *part = (struct part){.fd = -1};
}

static bool say_failed(const struct part *part) {
    int saved = errno;
    log_error("%s: 无法写入 (cannot write): %s", part->data_path, strerror(saved));
    errno = saved;
    return false;
}

static bool empty(struct part *part) {
    part->size = 0;
    hash_init(&part->hash);
    return (ftruncate(part->fd, 0) == 0 && lseek(part->fd, 0, SEEK_SET) == 0) || say_failed(part);
}

/* sure: so many bytes are on the disk; -1: nobody knows. */
static bool save_note(const struct part *part, int64_t sure) {
    json_t *note = json_pack("{s:s, s:s*, s:s*}", "url", part->url, "etag", part->etag,
                             "last_modified", part->last_modified);
    if (sure >= 0)
        json_object_set_new(note, "size", json_integer(sure));
    struct outfile out;
    bool good = outfile_open(&out, part->note_path);
    if (good) {
        out.failed = json_dumpf(note, out.stream, JSON_COMPACT) != 0;
        good = outfile_commit(&out, false);
    }
    json_decref(note);
    return good;
}

/* How much of the part can be believed; 0: nothing, or it is of another file. */
static uint64_t read_note(struct part *part, uint64_t size, bool hashed) {
    char *text = NULL;
    size_t text_size = 0;
    if (!fs_exists(part->note_path) || !fs_read(part->note_path, MAX_NOTE_BYTES, &text, &text_size))
        return 0;
    json_t *note = json_loadb(text, text_size, 0, NULL);
    free(text);
    const char *url = json_string_value(json_object_get(note, "url"));
    const json_t *sure = json_object_get(note, "size");
    uint64_t good = 0;
    if (url && strcmp(url, part->url) == 0) {
        part->etag = xstrdup(json_string_value(json_object_get(note, "etag")));
        part->last_modified = xstrdup(json_string_value(json_object_get(note, "last_modified")));
        if (hashed)
            good = size;
        else if (json_is_integer(sure) && json_integer_value(sure) > 0)
            good = (uint64_t)json_integer_value(sure);
    }
    json_decref(note);
    return good <= size ? good : 0;
}

static bool hash_kept(struct part *part, uint64_t size) {
    char *piece = xmalloc(READ_PIECE);
    while (part->size < size) {
        uint64_t left = size - part->size;
        size_t want = left < READ_PIECE ? (size_t)left : READ_PIECE;
        if (!read_all(part->fd, piece, want))
            break;
        hash_add(&part->hash, piece, want);
        part->size += want;
    }
    free(piece);
    return part->size == size && ftruncate(part->fd, (off_t)size) == 0;
}

int64_t part_bytes(const char *path) {
    char *part = xasprintf("%s.part", path);
    struct stat st;
    bool there = stat(path, &st) == 0 || stat(part, &st) == 0;
    free(part);
    return there ? st.st_size : 0;
}

bool part_open(struct part *part, const char *path, const char *url, bool hashed) {
    *part = (struct part){.fd = -1,
                          .path = xstrdup(path),
                          .data_path = xasprintf("%s.part", path),
                          .note_path = xasprintf("%s.part.json", path),
                          .url = xstrdup(url)};
    hash_init(&part->hash);
    struct stat st;
    part->fd = open(part->data_path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);
    if (part->fd < 0 || fstat(part->fd, &st) != 0) {
        say_failed(part);
        int saved = errno;
        part_finish(part);
        errno = saved;
        return false;
    }
    uint64_t kept = st.st_size > 0 ? read_note(part, (uint64_t)st.st_size, hashed) : 0;
    return (kept && part_resumable(part, hashed) && hash_kept(part, kept)) || empty(part);
}

bool part_begin(struct part *part, const char *etag, const char *last_modified) {
    free(part->etag);
    free(part->last_modified);
    part->etag = xstrdup(etag);
    part->last_modified = xstrdup(last_modified);
    return empty(part) && save_note(part, -1);
}

bool part_add(struct part *part, const char *bytes, size_t size) {
    if (!write_all(part->fd, bytes, size))
        return say_failed(part);
    hash_add(&part->hash, bytes, size);
    part->size += size;
    return true;
}

bool part_resumable(const struct part *part, bool hashed) {
    bool strong = part->etag && !text_starts(part->etag, "W/");
    return hashed || strong || part->last_modified;
}

static char *folder_of(const char *path) {
    size_t size = (size_t)(path_name(path) - path);
    return size ? xstrndup(path, size) : xstrdup(".");
}

bool part_commit(struct part *part) {
    char *folder = folder_of(part->path);
    bool good = !fs_sync_has_failed() && fs_sync_fd(part->fd, part->data_path);
    if (good && rename(part->data_path, part->path) != 0) {
        log_error("%s: 写入失败 (writing failed): %s", part->path, strerror(errno));
        good = false;
    }
    good = good && fs_sync_dir(folder);
    unlink(part->note_path);
    free(folder);
    part_finish(part);
    return good;
}

void part_keep(struct part *part) {
    if (part->fd < 0)
        return;
    if (!part->size) {
        part_drop(part);
        return;
    }
    if (!fs_sync_has_failed() && fs_sync_fd(part->fd, part->data_path))
        save_note(part, (int64_t)part->size);
    part_finish(part);
}

void part_drop(struct part *part) {
    if (part->fd < 0)
        return;
    unlink(part->data_path);
    unlink(part->note_path);
    part_finish(part);
}
