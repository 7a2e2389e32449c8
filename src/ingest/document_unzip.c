#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/log.h"
#include "base/memory.h"
#include "ingest/document.h"
#include "ingest/document_answer.h"
#include "ingest/zip_name.h"

struct unpacking {
    struct document_answer answer;
    const struct unzip_limits *limits;
    bool (*on_name)(void *user, const char *name);
    void *user;
    int folder;
    size_t entries;
    uint64_t total;
    /* the entry that is being written: */
    bool open;     /* it is */
    char *name;    /* owned */
    uint64_t left; /* bytes of it */
    int file;      /* -1: nobody wants it */
    int place;     /* the folder in which it is made; -1 with it */
};

static enum document_step fail_name(struct unpacking *unpacking, const char *name,
                                    const char *why) {
    char *detail = xasprintf("%s: %s", name, why);
    document_fail(&unpacking->answer, REJECT_ZIP, detail);
    free(detail);
    return DOCUMENT_FAILED;
}

/* error: an errno of making a file or folder. What is in the way was made by the same zip file. */
static enum document_step fail_making(struct unpacking *unpacking, int error) {
    if (error == EEXIST || error == ENOTDIR || error == ELOOP)
        return fail_name(unpacking, unpacking->name, "名称重复 (its name is there twice)");
    if (error == ENAMETOOLONG)
        return fail_name(unpacking, unpacking->name, "文件名太长 (its name is too long)");
    log_error("%s: 写入失败 (writing failed): %s", unpacking->name, strerror(error));
    return document_fail(&unpacking->answer, REJECT_NO_SPACE, strerror(error));
}

/* The folder of name's last part, made where it is not there; -1 and errno. No link is followed. */
static int open_place(int folder, const char *name) {
    int place = fcntl(folder, F_DUPFD_CLOEXEC, 0);
    for (const char *slash; place >= 0 && (slash = strchr(name, '/')); name = slash + 1) {
        char *part = xstrndup(name, (size_t)(slash - name));
        int made = mkdirat(place, part, 0755) == 0 || errno == EEXIST;
        int next = made ? openat(place, part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC) : -1;
        int error = errno;
        free(part);
        close(place);
        place = next;
        errno = error;
    }
    return place;
}

static enum document_step open_file(struct unpacking *unpacking) {
    unpacking->place = open_place(unpacking->folder, unpacking->name);
    if (unpacking->place < 0)
        return fail_making(unpacking, errno);
    unpacking->file = openat(unpacking->place, path_name(unpacking->name),
                             O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644);
    return unpacking->file >= 0 ? DOCUMENT_MORE : fail_making(unpacking, errno);
}

static enum document_step take_name(struct unpacking *unpacking,
                                    const struct document_record *record, const char *raw) {
    const char *why = NULL;
    unpacking->name = zip_name_decode(raw, record->size, record->utf8 != 0, &why);
    if (!unpacking->name) {
        char *printable = zip_name_printable(raw, record->size);
        fail_name(unpacking, printable, why);
        free(printable);
        return DOCUMENT_FAILED;
    }
    if (record->folder || !unpacking->on_name(unpacking->user, unpacking->name))
        return DOCUMENT_MORE;
    return open_file(unpacking);
}

static enum document_step take_entry(struct unpacking *unpacking,
                                     const struct document_record *record) {
    const struct unzip_limits *limits = unpacking->limits;
    if (unpacking->open || unpacking->entries == limits->entries || record->size == 0 ||
        record->size > DOCUMENT_NAME_BYTES || record->whole > limits->entry ||
        record->whole > limits->bytes - unpacking->total || (record->folder && record->whole > 0))
        return document_fail_answer(&unpacking->answer);
    if (limits->head && record->whole > limits->head_bytes - unpacking->total)
        return document_fail(&unpacking->answer, REJECT_FEED_LIMIT, NULL);
    char *raw = document_read(&unpacking->answer, record->size);
    if (!raw)
        return DOCUMENT_FAILED;
    unpacking->open = true;
    unpacking->entries++;
    unpacking->left = record->whole;
    unpacking->total += record->whole;
    enum document_step step = take_name(unpacking, record, raw);
    free(raw);
    return step;
}

static enum document_step take_data(struct unpacking *unpacking,
                                    const struct document_record *record) {
    if (!unpacking->open || record->size == 0 || record->size > DOCUMENT_DATA_BYTES ||
        record->size > unpacking->left)
        return document_fail_answer(&unpacking->answer);
    char *bytes = document_read(&unpacking->answer, record->size);
    if (!bytes)
        return DOCUMENT_FAILED;
    unpacking->left -= record->size;
    bool good = unpacking->file < 0 || write_all(unpacking->file, bytes, record->size);
    int error = errno;
    free(bytes);
    return good ? DOCUMENT_MORE : fail_making(unpacking, error);
}

/* The end of an entry; one that was not whole leaves nothing. */
static bool close_entry(struct unpacking *unpacking, bool whole) {
    bool good = unpacking->file < 0 || close(unpacking->file) == 0;
    if (unpacking->file >= 0 && !(good && whole))
        unlinkat(unpacking->place, path_name(unpacking->name), 0);
    if (unpacking->place >= 0)
        close(unpacking->place);
    free(unpacking->name);
    unpacking->file = unpacking->place = -1;
    unpacking->name = NULL;
    unpacking->open = false;
    return good;
}

static enum document_step take_good(struct unpacking *unpacking) {
    if (!unpacking->open || unpacking->left > 0)
        return document_fail_answer(&unpacking->answer);
    if (close_entry(unpacking, true))
        return DOCUMENT_MORE;
    return document_fail(&unpacking->answer, REJECT_NO_SPACE, strerror(errno));
}

static enum document_step on_record(void *user, const struct document_record *record) {
    struct unpacking *unpacking = user;
    if (record->kind == DOCUMENT_RECORD_ENTRY)
        return take_entry(unpacking, record);
    if (record->kind == DOCUMENT_RECORD_DATA)
        return take_data(unpacking, record);
    if (record->kind == DOCUMENT_RECORD_GOOD)
        return take_good(unpacking);
    if (record->kind == DOCUMENT_RECORD_END && !unpacking->open)
        return DOCUMENT_DONE;
    return document_fail_answer(&unpacking->answer);
}

bool document_unzip(struct nursery *nursery, int source, const char *folder,
                    const struct unzip_limits *limits,
                    bool (*on_name)(void *user, const char *name), void *user, enum reject *reject,
                    char **detail) {
    const struct document_request request = {
        .task = limits->head ? DOCUMENT_UNZIP_HEAD : DOCUMENT_UNZIP,
        .entries = limits->entries > UINT32_MAX ? UINT32_MAX : (uint32_t)limits->entries,
        .bytes = limits->bytes,
        .entry = limits->entry};
    struct nursery_job job = {.seconds = limits->seconds, .memory_mb = limits->memory_mb};
    struct unpacking unpacking = {.answer = {.nursery = nursery, .fault = REJECT_ZIP},
                                  .limits = limits,
                                  .on_name = on_name,
                                  .user = user,
                                  .file = -1,
                                  .place = -1};
    memcpy(job.request, &request, sizeof request);
    unpacking.folder = open(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    bool good = false;
    if (unpacking.folder < 0) {
        log_error("%s: %s", folder, strerror(errno));
        document_fail(&unpacking.answer, REJECT_NO_SPACE, strerror(errno));
    } else {
        good = document_ask(&unpacking.answer, &job, source, on_record, &unpacking);
        close_entry(&unpacking, false);
        close(unpacking.folder);
    }
    if (!good)
        *reject = unpacking.answer.reject;
    *detail = unpacking.answer.detail;
    return good;
}
