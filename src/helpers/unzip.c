#include "helpers/unzip.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <archive.h>
#include <archive_entry.h>

#define LEAST_STEP 4096

/* The source for libarchive: by pread, so that its position is nobody's concern. Little is read
 * after each jump, as most entries may be passed over and the source be a slow stick. */
struct reader {
    int source;
    int64_t at, size;
    size_t step;
    unsigned char piece[64 << 10];
};

static la_ssize_t on_read(struct archive *archive, void *user, const void **bytes) {
    struct reader *reader = user;
    (void)archive;
    ssize_t n = pread(reader->source, reader->piece, reader->step, reader->at);
    reader->at += n > 0 ? n : 0;
    reader->step =
        reader->step * 2 < sizeof reader->piece ? reader->step * 2 : sizeof reader->piece;
    *bytes = reader->piece;
    return n;
}

static la_int64_t on_seek(struct archive *archive, void *user, la_int64_t offset, int whence) {
    struct reader *reader = user;
    (void)archive;
    int64_t base = whence == SEEK_END ? reader->size : whence == SEEK_CUR ? reader->at : 0;
    if (offset < -base || offset > reader->size - base)
        return ARCHIVE_FATAL;
    reader->at = base + offset;
    reader->step = LEAST_STEP;
    return reader->at;
}

static struct archive *open_archive(struct reader *reader) {
    struct stat st;
    struct archive *archive = archive_read_new();
    if (!archive)
        return NULL;
    reader->size = fstat(reader->source, &st) == 0 ? st.st_size : 0;
    if (archive_read_support_format_zip_seekable(archive) != ARCHIVE_OK ||
        archive_read_set_read_callback(archive, on_read) != ARCHIVE_OK ||
        archive_read_set_seek_callback(archive, on_seek) != ARCHIVE_OK ||
        archive_read_set_callback_data(archive, reader) != ARCHIVE_OK ||
        archive_read_open1(archive) != ARCHIVE_OK) {
        archive_read_free(archive);
        return NULL;
    }
    return archive;
}

/* Any warning is taken as damage: a wrong CRC is only that to libarchive. */
static bool read_data(struct archive *archive, const struct zip_entry *entry,
                      const struct unzip_sink *sink, struct unzip_end *end) {
    uint64_t left = entry->size;
    for (;;) {
        const void *bytes = NULL;
        size_t size = 0;
        la_int64_t offset = 0;
        int result = archive_read_data_block(archive, &bytes, &size, &offset);
        bool whole = result == ARCHIVE_EOF && left == 0;
        if (whole)
            return true;
        if (result != ARCHIVE_OK || size > left || (uint64_t)offset != entry->size - left) {
            end->reason = DOCUMENT_BROKEN;
            return false;
        }
        left -= size;
        if (size > 0 && !sink->on_data(sink->user, bytes, size)) {
            end->stopped = true;
            return false;
        }
    }
}

static bool read_entry(struct archive *archive, const struct zip_entry *entry,
                       const struct unzip_sink *sink, struct unzip_end *end) {
    struct archive_entry *header = NULL;
    end->culprit = entry;
    if (archive_read_next_header(archive, &header) != ARCHIVE_OK ||
        archive_entry_filetype(header) != (entry->folder ? AE_IFDIR : AE_IFREG)) {
        end->reason = DOCUMENT_BROKEN;
        return false;
    }
    if (sink->is_wanted && !sink->is_wanted(sink->user, entry))
        return true;
    if (!sink->on_entry(sink->user, entry)) {
        end->stopped = true;
        return false;
    }
    if (!read_data(archive, entry, sink, end))
        return false;
    end->stopped = !sink->on_good(sink->user);
    return !end->stopped;
}

struct unzip_end unzip(int source, const struct zip_limits *limits, const struct unzip_sink *sink,
                       struct zip_directory *directory) {
    struct unzip_end end = {0};
    struct reader reader = {.source = source, .step = LEAST_STEP};
    end.reason = zip_directory_read(source, limits, directory, &end.culprit);
    if (end.reason != DOCUMENT_GOOD || directory->count == 0)
        return end;
    struct archive *archive = open_archive(&reader);
    if (!archive)
        return (struct unzip_end){.reason = DOCUMENT_BROKEN};
    /* libarchive goes through them in the same order. */
    bool good = true;
    for (size_t i = 0; good && i < directory->count; i++)
        good = read_entry(archive, &directory->entries[i], sink, &end);
    archive_read_free(archive);
    return end;
}
