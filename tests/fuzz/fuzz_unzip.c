/* A zip file as the jailed child reads it, and its names as the keeper does. What is unpacked is
 * what the directory says, within the limits; a name that is taken leads nowhere else. */
#include "fuzz.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <zlib.h>

#include "base/fs.h"
#include "helpers/unzip.h"
#include "ingest/text.h"
#include "ingest/zip_name.h"

#define LIMITS ((struct zip_limits){.bytes = 1 << 20, .entry = 1 << 18, .entries = 64})

struct seen {
    size_t entries;
    uint64_t total, left;
    const struct zip_entry *entry;
    uint32_t crc;
};

static void check_name(const struct zip_entry *entry) {
    const char *why = NULL;
    char *name = zip_name_decode(entry->name, entry->name_size, entry->utf8, &why);
    must(!name == (why != NULL));
    if (name) {
        must(text_valid(name) && name[0] != '/' && !strchr(name, '\\') && !strstr(name, "//"));
        must(strcmp(name, "..") != 0 && strncmp(name, "../", 3) != 0 && !strstr(name, "/../"));
        must(strlen(name) < 3 || strcmp(name + strlen(name) - 3, "/..") != 0);
    }
    free(name);
    free(zip_name_printable(entry->name, entry->name_size));
}

static bool on_entry(void *user, const struct zip_entry *entry) {
    struct seen *seen = user;
    must(!seen->entry && ++seen->entries <= LIMITS.entries && entry->size <= LIMITS.entry);
    seen->entry = entry;
    seen->left = entry->size;
    seen->crc = 0;
    check_name(entry);
    return true;
}

static bool on_data(void *user, const void *bytes, size_t size) {
    struct seen *seen = user;
    must(seen->entry && size > 0 && size <= seen->left);
    seen->left -= size;
    seen->total += size;
    seen->crc = (uint32_t)crc32(seen->crc, bytes, (uInt)size);
    must(seen->total <= LIMITS.bytes);
    return true;
}

static bool on_good(void *user) {
    struct seen *seen = user;
    must(seen->entry && seen->left == 0);
    must(seen->entry->size == 0 || seen->crc == seen->entry->crc);
    seen->entry = NULL;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    struct seen seen = {0};
    const struct zip_limits limits = LIMITS;
    const struct unzip_sink sink = {
        .user = &seen, .on_entry = on_entry, .on_data = on_data, .on_good = on_good};
    struct zip_directory directory;
    int source = memfd_create("zip", MFD_CLOEXEC);
    must(source >= 0 && setlocale(LC_CTYPE, "C.UTF-8") && write_all(source, bytes, size));
    struct unzip_end end = unzip(source, &limits, &sink, &directory);
    must(!end.stopped);
    if (end.reason == DOCUMENT_GOOD)
        must(!seen.entry && seen.entries == directory.count);
    zip_directory_finish(&directory);
    close(source);
    return 0;
}
