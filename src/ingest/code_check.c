#include "ingest/code_check.h"

#include <stdint.h>
#include <string.h>

#define SIGNATURE_SIZE 8
#define CHUNK_OVERHEAD 12 /* length, name, checksum */
#define IHDR_SIZE      13
#define PHYS_SIZE      9

static uint32_t be32(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* ISO/IEC 15948, 11.2.2: depth 8, truecolour, the only compression and filter, no interlace */
static bool is_header(const unsigned char *chunk, int width, int height) {
    static const unsigned char rest[] = {8, 2, 0, 0, 0};
    const unsigned char *data = chunk + 8;
    return be32(chunk) == IHDR_SIZE && memcmp(chunk + 4, "IHDR", 4) == 0 &&
           be32(data) == (uint32_t)width && be32(data + 4) == (uint32_t)height &&
           memcmp(data + 8, rest, sizeof rest) == 0;
}

bool code_check(const unsigned char *bytes, size_t size, int width, int height) {
    size_t at = SIGNATURE_SIZE + CHUNK_OVERHEAD + IHDR_SIZE;
    if (size < at || memcmp(bytes, "\x89PNG\r\n\x1a\n", SIGNATURE_SIZE) != 0 ||
        !is_header(bytes + SIGNATURE_SIZE, width, height))
        return false;
    bool data = false;
    while (size - at >= CHUNK_OVERHEAD) {
        const unsigned char *name = bytes + at + 4;
        uint32_t length = be32(bytes + at);
        if (length > size - at - CHUNK_OVERHEAD)
            return false;
        at += CHUNK_OVERHEAD + length;
        if (memcmp(name, "IEND", 4) == 0)
            return data && length == 0 && at == size;
        if (memcmp(name, "IDAT", 4) == 0)
            data = true;
        else if (memcmp(name, "pHYs", 4) != 0 || length != PHYS_SIZE || data)
            return false;
    }
    return false;
}
