#include "helpers/descriptor.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool send_all(int fd, const void *bytes, size_t size) {
    for (const char *at = bytes; size;) {
        ssize_t n = write(fd, at, size);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        at += n;
        size -= (size_t)n;
    }
    return true;
}

/* Gives how much there was. */
static size_t read_some(int fd, unsigned char *bytes, size_t size, uint64_t at) {
    size_t done = 0;
    while (done < size) {
        ssize_t n = pread(fd, bytes + done, size - done, (off_t)(at + done));
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        done += (size_t)n;
    }
    return done;
}

bool read_at(int fd, void *bytes, size_t size, uint64_t at) {
    return read_some(fd, bytes, size, at) == size;
}

bool read_whole(int fd, unsigned char **bytes, size_t *size) {
    struct stat st;
    if (fstat(fd, &st) != 0 || st.st_size < 0)
        return false;
    *bytes = malloc((size_t)st.st_size + 1);
    if (!*bytes)
        return false;
    *size = read_some(fd, *bytes, (size_t)st.st_size, 0);
    return true;
}
