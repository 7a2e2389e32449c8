#include "helpers/png_check.h"

#include <stdint.h>
#include <string.h>

#include <zlib.h>

#define SIGNATURE_SIZE 8
#define CHUNK_OVERHEAD 12 /* length, name, checksum */
#define IHDR_SIZE      13

struct chunk {
    const unsigned char *name; /* four letters, then the data */
    uint32_t length;           /* of the data */
};

static uint32_t be32(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static bool is(const struct chunk *chunk, const char *name) {
    return memcmp(chunk->name, name, 4) == 0;
}

/* An upper-case first letter: nobody can show the picture without it. */
static bool is_critical(const struct chunk *chunk) {
    return (chunk->name[0] & 0x20) == 0;
}

static bool sum_is_right(const struct chunk *chunk) {
    uint32_t sum = be32(chunk->name + 4 + chunk->length);
    return crc32(crc32(0, NULL, 0), chunk->name, chunk->length + 4) == sum;
}

/* Table 11.1: which bit depths go with which colour type. */
static bool depth_exists(int colour, int depth) {
    switch (colour) {
    case 0: /* grey */
        return depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
    case 3: /* palette */
        return depth == 1 || depth == 2 || depth == 4 || depth == 8;
    case 2: /* colours */
    case 4: /* grey and alpha */
    case 6: /* colours and alpha */
        return depth == 8 || depth == 16;
    default:
        return false;
    }
}

static const char *check_header(const struct chunk *chunk) {
    if (!is(chunk, "IHDR") || chunk->length != IHDR_SIZE)
        return "no IHDR";
    const unsigned char *data = chunk->name + 4;
    uint32_t width = be32(data), height = be32(data + 4);
    if (width == 0 || height == 0 || width > INT32_MAX || height > INT32_MAX)
        return "IHDR: impossible size";
    if (!depth_exists(data[9], data[8]))
        return "IHDR: no such colour type and bit depth";
    if (data[10] != 0 || data[11] != 0 || data[12] > 1)
        return "IHDR: no such compression, filter or interlace method";
    return NULL;
}

const char *png_check(const unsigned char *bytes, size_t size) {
    if (size < SIGNATURE_SIZE || memcmp(bytes, "\x89PNG\r\n\x1a\n", SIGNATURE_SIZE) != 0)
        return "wrong signature";
    bool data = false, palette = false;
    int colour = -1;
    for (size_t at = SIGNATURE_SIZE; size - at >= CHUNK_OVERHEAD;) {
        struct chunk chunk = {.name = bytes + at + 4, .length = be32(bytes + at)};
        if (chunk.length > size - at - CHUNK_OVERHEAD)
            return "a chunk is cut off";
        if (is_critical(&chunk) && !sum_is_right(&chunk))
            return "wrong checksum";
        if (at == SIGNATURE_SIZE) {
            const char *wrong = check_header(&chunk);
            if (wrong)
                return wrong;
            colour = chunk.name[4 + 9];
        }
        palette = palette || is(&chunk, "PLTE");
        data = data || is(&chunk, "IDAT");
        if (is(&chunk, "IEND"))
            return !data ? "no IDAT" : colour == 3 && !palette ? "no PLTE" : NULL;
        at += CHUNK_OVERHEAD + chunk.length;
    }
    return "no IEND";
}
