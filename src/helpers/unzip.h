/* unzip.h: the entries of a zip file, one after another, by libarchive */
#pragma once

#include "helpers/zip_directory.h"

/* What hears of them; each gives false to stop. Every entry that is wanted: on_entry, on_data any
 * number of times, on_good when all of it was right. */
struct unzip_sink {
    void *user;
    bool (*on_entry)(void *user, const struct zip_entry *entry);
    bool (*on_data)(void *user, const void *bytes, size_t size);
    bool (*on_good)(void *user);
    bool (*is_wanted)(void *user, const struct zip_entry *entry); /* NULL: all are */
};

/* Why it ended early: the directory or the content is at fault, then reason says how; or the sink
 * would not go on. culprit (of the directory, may be NULL) is the entry it happened at. */
struct unzip_end {
    enum document_reason reason;
    bool stopped;
    const struct zip_entry *culprit;
};

/* source needs a file that can be read by pread. The directory is read and checked first; it is the
 * caller's to finish in any case. */
struct unzip_end unzip(int source, const struct zip_limits *limits, const struct unzip_sink *sink,
                       struct zip_directory *directory);
