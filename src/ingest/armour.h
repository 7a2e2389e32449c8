/* armour.h: the lines of minisign's files: comments and base64 of a fixed length
 *
 * Strict, where minisign and libsodium's decoder are not: there is one text for the same bytes.
 * Nothing is copied: a slice points into the text it was cut from. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#define ARMOUR_UNTRUSTED "untrusted comment: "
#define ARMOUR_TRUSTED   "trusted comment: "

/* The characters of a line of base64 for size bytes, with the NUL. */
#define ARMOUR_LINE_SIZE(size) (((size) + 2) / 3 * 4 + 1)

struct slice {
    const char *text; /* not NUL-terminated */
    size_t size;
};

/* Cuts text into exactly count lines, each ended by '\n'. False: there are more or fewer, the last
 * is not ended, or a NUL or '\r' is in it (where minisign would cut a line short). */
bool armour_split(const char *text, size_t size, struct slice *lines, size_t count);
/* What follows the prefix of a comment line. */
bool armour_comment(struct slice line, const char *prefix, struct slice *comment);
/* Base64 of exactly size bytes (RFC 4648 section 4): every character of its alphabet, the padding
 * whole, unused bits zero. */
bool armour_decode(struct slice line, void *bytes, size_t size);
/* line has room for ARMOUR_LINE_SIZE(size) characters. */
void armour_encode(const void *bytes, size_t size, char *line);
