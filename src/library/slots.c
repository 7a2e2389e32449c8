#include "library/slots.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/fs.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/memory.h"

#define MAGIC  "fengcai-slots-1" /* with its NUL 16 bytes */
#define HEADER 64
#define SUMMED 32 /* of the header */

static void put_number(unsigned char *at, uint64_t number) {
    for (int i = 0; i < 8; i++)
        at[i] = (unsigned char)(number >> (8 * i));
}

static uint64_t number_at(const unsigned char *at) {
    uint64_t number = 0;
    for (int i = 0; i < 8; i++)
        number |= (uint64_t)at[i] << (8 * i);
    return number;
}

static struct hash sum_of(const unsigned char *header, const void *text, size_t size) {
    struct hash_state state;
    hash_init(&state);
    hash_add(&state, header, SUMMED);
    hash_add(&state, text, size);
    return hash_end(&state);
}

/* Reads or writes bytes [0, size) of a slot, a block at a time. */
static bool each_block(int fd, int slot, unsigned char *bytes, size_t size, bool writing) {
    for (size_t at = 0; at < size;) {
        size_t left = SLOT_BLOCK - at % SLOT_BLOCK; /* of the block */
        size_t length = size - at < left ? size - at : left;
        size_t block = at / SLOT_BLOCK * 2 + (size_t)slot;
        off_t offset = (off_t)(block * SLOT_BLOCK + at % SLOT_BLOCK);
        ssize_t done = writing ? pwrite(fd, bytes + at, length, offset)
                               : pread(fd, bytes + at, length, offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return false;
        at += (size_t)done;
    }
    return true;
}

/* NULL: the slot is not valid. */
static char *read_slot(int fd, int slot, uint64_t *counter, size_t *size) {
    unsigned char header[HEADER];
    if (!each_block(fd, slot, header, sizeof header, false) ||
        memcmp(header, MAGIC, sizeof MAGIC) != 0 || number_at(header + 24) > SLOT_BYTES)
        return NULL;
    *counter = number_at(header + 16);
    *size = (size_t)number_at(header + 24);
    struct hash sum;
    memcpy(sum.bytes, header + SUMMED, HASH_SIZE);
    unsigned char *bytes = xmalloc(HEADER + *size + 1);
    bool good = each_block(fd, slot, bytes, HEADER + *size, false) &&
                hash_equal(sum_of(bytes, bytes + HEADER, *size), sum);
    char *text = good ? xstrndup((const char *)bytes + HEADER, *size) : NULL;
    free(bytes);
    return text;
}

static enum slots_result read_both(struct slots *slots, int fd, char **text, size_t *size) {
    for (int slot = 0; slot < 2; slot++) {
        uint64_t counter = 0;
        size_t length = 0;
        char *found = read_slot(fd, slot, &counter, &length);
        if (!found || (*text && counter <= slots->counter)) {
            free(found);
            continue;
        }
        free(*text);
        *text = found;
        *size = length;
        slots->counter = counter;
        slots->newest = slot;
    }
    if (*text)
        return SLOTS_READ;
    return lseek(fd, 0, SEEK_END) == 0 ? SLOTS_NONE : SLOTS_DAMAGED;
}

enum slots_result slots_open(struct slots *slots, const char *path, char **text, size_t *size) {
    *slots = (struct slots){.path = xstrdup(path), .newest = 1};
    *text = NULL;
    *size = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 && errno == ENOENT)
        return SLOTS_NONE;
    if (fd < 0) {
        log_error("%s: 无法打开 (cannot be opened): %s", path, strerror(errno));
        return SLOTS_FAILED;
    }
    enum slots_result result = read_both(slots, fd, text, size);
    close(fd);
    return result;
}

void slots_close(struct slots *slots) {
    free(slots->path);
    *slots = (struct slots){0};
}

static unsigned char *image_of(const char *text, size_t size, uint64_t counter) {
    unsigned char *image = xmalloc(HEADER + size);
    memcpy(image, MAGIC, sizeof MAGIC);
    put_number(image + 16, counter);
    put_number(image + 24, size);
    struct hash sum = sum_of(image, text, size);
    memcpy(image + SUMMED, sum.bytes, HASH_SIZE);
    memcpy(image + HEADER, text, size);
    return image;
}

/* A new file's name must last, too. */
static bool sync_folder(const char *path) {
    char *folder = path_beside(path, ".");
    bool good = fs_sync_dir(folder);
    free(folder);
    return good;
}

static bool write_slot(const char *path, int slot, unsigned char *image, size_t size) {
    bool there = fs_exists(path);
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) {
        log_error("%s: 无法写入 (cannot be written): %s", path, strerror(errno));
        return false;
    }
    bool good = each_block(fd, slot, image, size, true);
    if (!good)
        log_error("%s: 写入失败 (cannot be written): %s", path, strerror(errno));
    good = good && fs_sync_fd(fd, path) && (there || sync_folder(path));
    close(fd);
    return good;
}

bool slots_save(struct slots *slots, const char *text, size_t size) {
    if (size > SLOT_BYTES) {
        log_error("%s: 内容太多 (too much to be kept): %zu", slots->path, size);
        return false;
    }
    int slot = !slots->newest;
    unsigned char *image = image_of(text, size, slots->counter + 1);
    bool good = write_slot(slots->path, slot, image, HEADER + size);
    free(image);
    if (good) {
        slots->newest = slot;
        slots->counter++;
    }
    return good;
}
