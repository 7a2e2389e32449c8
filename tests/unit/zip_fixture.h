/* zip_fixture.h: zip files made byte by byte, right or wrong as a test wants them */
#pragma once

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <zlib.h>

#include "base/memory.h"
#include "base/str.h"

/* One entry as it is to be written. What is not set is right. */
struct zipped {
    const char *name;
    const char *content; /* NULL: none */
    size_t size;         /* 0: of the string */
    bool deflated, utf8, encrypted;
    uint16_t method;        /* instead of the right one */
    uint32_t mode;          /* Unix; 0: written under DOS */
    uint32_t crc_error;     /* added to the CRC */
    uint32_t claimed;       /* instead of the unpacked size */
    const char *local_name; /* in its own header; as long as name */
    bool descriptor;        /* sizes and CRC behind the data */
    unsigned more_flags;    /* in its own header only */
};

static inline void zip_add16(struct str *zip, unsigned value) {
    str_add_char(zip, (char)(value & 0xFF));
    str_add_char(zip, (char)(value >> 8 & 0xFF));
}

static inline void zip_add32(struct str *zip, uint32_t value) {
    zip_add16(zip, value & 0xFFFF);
    zip_add16(zip, value >> 16);
}

static inline char *zip_deflate(const char *bytes, size_t size, size_t *packed) {
    z_stream stream = {.next_in = (Bytef *)bytes, .avail_in = (uInt)size};
    deflateInit2(&stream, 6, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY);
    size_t room = deflateBound(&stream, size);
    char *out = xmalloc(room);
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)room;
    deflate(&stream, Z_FINISH);
    *packed = stream.total_out;
    deflateEnd(&stream);
    return out;
}

/* Version, flags, method, time, CRC, sizes and length of the name: alike in both headers. */
static inline void zip_add_common(struct str *zip, const struct zipped *entry, unsigned more,
                                  uint32_t crc, size_t packed, size_t size) {
    unsigned flags = more | (entry->utf8 ? 0x800u : 0) | (entry->encrypted ? 1u : 0) |
                     (entry->descriptor ? 8u : 0);
    zip_add16(zip, 20);
    zip_add16(zip, flags);
    zip_add16(zip, entry->method ? entry->method : entry->deflated ? 8 : 0);
    zip_add32(zip, 0x00210000); /* 1980-01-01 */
    zip_add32(zip, crc);
    zip_add32(zip, (uint32_t)packed);
    zip_add32(zip, (uint32_t)size);
    zip_add16(zip, (unsigned)strlen(entry->name));
    zip_add16(zip, 0);
}

static inline void zip_add_local(struct str *zip, const struct zipped *entry, uint32_t crc,
                                 const char *packed, size_t packed_size, size_t size) {
    bool later = entry->descriptor;
    str_add_bytes(zip, "PK\3\4", 4);
    zip_add_common(zip, entry, entry->more_flags, later ? 0 : crc, later ? 0 : packed_size,
                   later ? 0 : size);
    str_add(zip, entry->local_name ? entry->local_name : entry->name);
    str_add_bytes(zip, packed, packed_size);
    if (!later)
        return;
    str_add_bytes(zip, "PK\7\10", 4);
    zip_add32(zip, crc);
    zip_add32(zip, (uint32_t)packed_size);
    zip_add32(zip, (uint32_t)size);
}

static inline void zip_add_central(struct str *directory, const struct zipped *entry, uint32_t crc,
                                   size_t packed, size_t size, size_t at) {
    str_add_bytes(directory, "PK\1\2", 4);
    zip_add16(directory, entry->mode ? 0x314 : 20);
    zip_add_common(directory, entry, 0, crc, packed, size);
    zip_add16(directory, 0); /* comment, disk, attributes */
    zip_add16(directory, 0);
    zip_add16(directory, 0);
    zip_add32(directory, entry->mode << 16);
    zip_add32(directory, (uint32_t)at);
    str_add(directory, entry->name);
}

static inline void zip_add_end(struct str *zip, const struct str *directory, size_t count) {
    size_t offset = zip->size;
    str_add_bytes(zip, str_text(directory), directory->size);
    str_add_bytes(zip, "PK\5\6\0\0\0\0", 8);
    zip_add16(zip, (unsigned)count);
    zip_add16(zip, (unsigned)count);
    zip_add32(zip, (uint32_t)directory->size);
    zip_add32(zip, (uint32_t)offset);
    zip_add16(zip, 0);
}

static inline void zip_add_entry(struct str *zip, struct str *directory,
                                 const struct zipped *entry) {
    const char *content = entry->content ? entry->content : "";
    size_t size = entry->size ? entry->size : strlen(content), packed_size = size;
    uint32_t crc = (uint32_t)crc32(0, (const Bytef *)content, (uInt)size) + entry->crc_error;
    char *packed = entry->deflated ? zip_deflate(content, size, &packed_size) : NULL;
    size_t at = zip->size, claimed = entry->claimed ? entry->claimed : size;
    zip_add_local(zip, entry, crc, packed ? packed : content, packed_size, claimed);
    zip_add_central(directory, entry, crc, packed_size, claimed, at);
    free(packed);
}

static inline struct str zip_build(const struct zipped *entries, size_t count) {
    struct str zip = {0}, directory = {0};
    for (size_t i = 0; i < count; i++)
        zip_add_entry(&zip, &directory, &entries[i]);
    zip_add_end(&zip, &directory, count);
    str_finish(&directory);
    return zip;
}
