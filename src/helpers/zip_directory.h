/* zip_directory.h: the directory at the end of a zip file, checked before anything is unpacked
 *
 * libarchive reads the entries; what it does not tell (flags, methods, where an entry lies) is read
 * here: APPNOTE.TXT 6.3.10, 4.3 and 4.4. An entry's own header must say the same as the directory,
 * no two may share a byte, and nothing may stand before, between directory and end, or after. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ingest/document_wire.h"

struct zip_entry {
    const char *name; /* raw; not ended */
    size_t name_size;
    bool utf8, folder; /* folder: its name ends with '/' */
    uint16_t flags, method;
    uint32_t crc, packed, size, at; /* at: of its own header */
};

struct zip_directory {
    unsigned char *bytes;      /* owned */
    struct zip_entry *entries; /* owned; in the order in which they lie */
    size_t count;
};

/* Limits on what is unpacked. */
struct zip_limits {
    uint64_t bytes, entry;
    size_t entries;
};

/* DOCUMENT_GOOD, or why not; then *culprit is the entry that is at fault, or NULL. To be finished
 * in any case. */
enum document_reason zip_directory_read(int source, const struct zip_limits *limits,
                                        struct zip_directory *directory,
                                        const struct zip_entry **culprit);
void zip_directory_finish(struct zip_directory *directory);
