/* descriptor.h: whole reads and writes on the two descriptors that a helper's child has */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

bool send_all(int fd, const void *bytes, size_t size);
/* Exactly size bytes from offset at; false: an error, or the file ends before. */
bool read_at(int fd, void *bytes, size_t size, uint64_t at);
/* The whole file, from its beginning, wherever its position is; *bytes is the caller's. False: it
 * cannot be read, or there is no memory for it. */
bool read_whole(int fd, unsigned char **bytes, size_t *size);
