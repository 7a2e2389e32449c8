/* fuzz_file.h: bytes as a file that a settings reader opens by its path; in memory only */
#pragma once

#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"

struct fuzz_file {
    int fd;
    char path[32];
};

static inline void fuzz_file_open(struct fuzz_file *file, const void *bytes, size_t size) {
    file->fd = memfd_create("fuzz", MFD_CLOEXEC);
    must(file->fd >= 0 && write(file->fd, bytes, size) == (ssize_t)size);
    snprintf(file->path, sizeof file->path, "/proc/self/fd/%d", file->fd);
}

/* Printed with a space on each side of "=", or as a path, a value may have grown over what libinih
 * takes as a line. */
static inline bool fuzz_file_fits(const char *text) {
    for (; *text; text += strcspn(text, "\n") + 1)
        if (strcspn(text, "\n") > 198)
            return false;
    return true;
}

static inline void fuzz_file_close(struct fuzz_file *file) {
    close(file->fd);
}
