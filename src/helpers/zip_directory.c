#include "helpers/zip_directory.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "helpers/descriptor.h"

/* Sizes of the fixed parts. */
#define END_SIZE     22
#define CENTRAL_SIZE 46
#define LOCAL_SIZE   30
#define LOCATOR_SIZE 20 /* of zip64, before the end record */

#define COMMENT_MOST 65535
#define UNKNOWN16    0xffffu     /* "it is in the zip64 record" */
#define UNKNOWN32    0xffffffffu /* … or extra field */

#define FLAG_ENCRYPTED  (1u << 0 | 1u << 6 | 1u << 13)
#define FLAG_DESCRIPTOR (1u << 3) /* sizes and CRC follow the data */
#define FLAG_UTF8       (1u << 11)

#define METHOD_STORED   0
#define METHOD_DEFLATED 8

#define SYSTEM_UNIX   3
#define SYSTEM_DARWIN 19

struct end {
    uint64_t at;
    uint32_t count, size, offset;
};

static uint16_t read16(const unsigned char *at) {
    return (uint16_t)(at[0] | at[1] << 8);
}

static uint32_t read32(const unsigned char *at) {
    return read16(at) | (uint32_t)read16(at + 2) << 16;
}

static bool has_mark(const unsigned char *at, unsigned char third, unsigned char fourth) {
    return at[0] == 'P' && at[1] == 'K' && at[2] == third && at[3] == fourth;
}

static enum document_reason parse_end(const unsigned char *at, uint64_t place, struct end *end) {
    *end = (struct end){place, read16(at + 10), read32(at + 12), read32(at + 16)};
    if (end->count == UNKNOWN16 || end->size == UNKNOWN32 || end->offset == UNKNOWN32)
        return DOCUMENT_ZIP64;
    bool one_disk = read16(at + 4) == 0 && read16(at + 6) == 0 && read16(at + 8) == end->count;
    return one_disk && (uint64_t)end->offset + end->size == place ? DOCUMENT_GOOD : DOCUMENT_NO_ZIP;
}

/* The last mark of an end record must be it: its comment ends with the file, so that all readers
 * find the same. */
static enum document_reason find_end(int source, uint64_t file_size, struct end *end) {
    size_t size = LOCATOR_SIZE + END_SIZE + COMMENT_MOST;
    if (size > file_size)
        size = (size_t)file_size;
    unsigned char *tail = malloc(size + 1);
    enum document_reason reason = DOCUMENT_NO_ZIP;
    if (!tail)
        return DOCUMENT_NO_MEMORY;
    size_t at =
        size < END_SIZE || !read_at(source, tail, size, file_size - size) ? 0 : size - END_SIZE + 1;
    while (at > 0 && !has_mark(tail + at - 1, 5, 6))
        at--;
    if (at-- > 0 && at + END_SIZE + read16(tail + at + 20) == size) {
        bool zip64 = at >= LOCATOR_SIZE && has_mark(tail + at - LOCATOR_SIZE, 6, 7);
        reason = zip64 ? DOCUMENT_ZIP64 : parse_end(tail + at, file_size - size + at, end);
    }
    free(tail);
    return reason;
}

/* Under Unix the upper half of the attributes is the mode. */
static bool is_special(const unsigned char *central) {
    unsigned mode = read16(central + 40) & S_IFMT;
    bool has_mode = central[5] == SYSTEM_UNIX || central[5] == SYSTEM_DARWIN;
    return has_mode && mode != 0 && mode != S_IFREG && mode != S_IFDIR;
}

static enum document_reason check_entry(const struct zip_entry *entry, const unsigned char *central,
                                        const struct zip_limits *limits) {
    if (entry->flags & FLAG_ENCRYPTED)
        return DOCUMENT_ENCRYPTED;
    if (entry->packed == UNKNOWN32 || entry->size == UNKNOWN32 || entry->at == UNKNOWN32)
        return DOCUMENT_ZIP64;
    if (entry->method != METHOD_STORED && entry->method != METHOD_DEFLATED)
        return DOCUMENT_METHOD;
    if (is_special(central))
        return DOCUMENT_SPECIAL;
    if (entry->name_size == 0 || entry->name_size > DOCUMENT_NAME_BYTES)
        return DOCUMENT_NAME;
    if ((entry->folder && entry->size > 0) ||
        (entry->method == METHOD_STORED && entry->packed != entry->size) ||
        read16(central + 34) != 0)
        return DOCUMENT_MISMATCH;
    return entry->size > limits->entry ? DOCUMENT_ENTRY_LARGE : DOCUMENT_GOOD;
}

/* Gives the size of the record at `at`; 0: there is none. */
static size_t parse_central(const unsigned char *at, size_t left, struct zip_entry *entry) {
    if (left < CENTRAL_SIZE || !has_mark(at, 1, 2))
        return 0;
    size_t name = read16(at + 28);
    size_t size = CENTRAL_SIZE + name + read16(at + 30) + read16(at + 32);
    if (size > left)
        return 0;
    *entry = (struct zip_entry){
        .name = (const char *)at + CENTRAL_SIZE,
        .name_size = name,
        .flags = read16(at + 8),
        .method = read16(at + 10),
        .crc = read32(at + 16),
        .packed = read32(at + 20),
        .size = read32(at + 24),
        .at = read32(at + 42),
    };
    entry->utf8 = entry->flags & FLAG_UTF8;
    entry->folder = name > 0 && entry->name[name - 1] == '/';
    return size;
}

static enum document_reason parse_entries(struct zip_directory *directory, const struct end *end,
                                          const struct zip_limits *limits,
                                          const struct zip_entry **culprit) {
    const unsigned char *at = directory->bytes;
    size_t left = end->size;
    uint64_t total = 0;
    while (directory->count < end->count) {
        struct zip_entry *entry = &directory->entries[directory->count];
        size_t size = parse_central(at, left, entry);
        if (size == 0)
            return DOCUMENT_NO_ZIP;
        directory->count++;
        *culprit = entry;
        enum document_reason reason = check_entry(entry, at, limits);
        if (reason != DOCUMENT_GOOD)
            return reason;
        total += entry->size;
        if (total > limits->bytes)
            return DOCUMENT_LARGE;
        at += size;
        left -= size;
    }
    *culprit = NULL;
    return left == 0 ? DOCUMENT_GOOD : DOCUMENT_NO_ZIP;
}

static int compare_places(const void *a, const void *b) {
    uint32_t first = ((const struct zip_entry *)a)->at, second = ((const struct zip_entry *)b)->at;
    return (first > second) - (first < second);
}

/* Programs differ in which flags they repeat in the directory; that of a password is the same. */
static bool flags_agree(const unsigned char *local, const struct zip_entry *entry) {
    return ((read16(local + 6) ^ entry->flags) & FLAG_ENCRYPTED) == 0;
}

/* With a descriptor they stand behind the data, where libarchive looks for them. */
static bool sizes_agree(const unsigned char *local, const struct zip_entry *entry) {
    uint32_t packed = read32(local + 18), size = read32(local + 22);
    if (read16(local + 6) & FLAG_DESCRIPTOR)
        return true;
    return read32(local + 14) == entry->crc && (packed == entry->packed || packed == UNKNOWN32) &&
           (size == entry->size || size == UNKNOWN32);
}

/* The entry's own header against the directory. *end: where its data end. */
static enum document_reason check_local(int source, const struct zip_entry *entry, uint64_t *end) {
    unsigned char local[LOCAL_SIZE], name[DOCUMENT_NAME_BYTES];
    if (!read_at(source, local, sizeof local, entry->at) || !has_mark(local, 3, 4))
        return DOCUMENT_BROKEN;
    size_t name_size = read16(local + 26);
    if (!flags_agree(local, entry) || read16(local + 8) != entry->method ||
        name_size != entry->name_size || !sizes_agree(local, entry))
        return DOCUMENT_MISMATCH;
    if (!read_at(source, name, name_size, (uint64_t)entry->at + LOCAL_SIZE))
        return DOCUMENT_BROKEN;
    *end = (uint64_t)entry->at + LOCAL_SIZE + name_size + read16(local + 28) + entry->packed;
    return memcmp(name, entry->name, name_size) == 0 ? DOCUMENT_GOOD : DOCUMENT_MISMATCH;
}

static enum document_reason check_places(int source, const struct zip_directory *directory,
                                         uint64_t offset, const struct zip_entry **culprit) {
    uint64_t end = 0;
    for (size_t i = 0; i < directory->count; i++) {
        const struct zip_entry *entry = &directory->entries[i];
        *culprit = entry;
        if (i == 0 && entry->at != 0)
            return DOCUMENT_BROKEN;
        if (entry->at < end)
            return DOCUMENT_OVERLAP;
        enum document_reason reason = check_local(source, entry, &end);
        if (reason != DOCUMENT_GOOD)
            return reason;
        if (end > offset)
            return DOCUMENT_OVERLAP;
    }
    *culprit = NULL;
    return DOCUMENT_GOOD;
}

enum document_reason zip_directory_read(int source, const struct zip_limits *limits,
                                        struct zip_directory *directory,
                                        const struct zip_entry **culprit) {
    struct stat st;
    struct end end;
    *directory = (struct zip_directory){0};
    *culprit = NULL;
    if (fstat(source, &st) != 0 || st.st_size < END_SIZE)
        return DOCUMENT_NO_ZIP;
    enum document_reason reason = find_end(source, (uint64_t)st.st_size, &end);
    if (reason != DOCUMENT_GOOD)
        return reason;
    if (end.count > limits->entries || end.size > DOCUMENT_DIRECTORY_BYTES)
        return DOCUMENT_MANY;
    directory->bytes = malloc((size_t)end.size + 1);
    directory->entries = calloc((size_t)end.count + 1, sizeof *directory->entries);
    if (!directory->bytes || !directory->entries)
        return DOCUMENT_NO_MEMORY;
    if (!read_at(source, directory->bytes, end.size, end.offset))
        return DOCUMENT_NO_ZIP;
    reason = parse_entries(directory, &end, limits, culprit);
    if (reason != DOCUMENT_GOOD)
        return reason;
    qsort(directory->entries, directory->count, sizeof *directory->entries, compare_places);
    return check_places(source, directory, end.offset, culprit);
}

void zip_directory_finish(struct zip_directory *directory) {
    free(directory->bytes);
    free(directory->entries);
    *directory = (struct zip_directory){0};
}
