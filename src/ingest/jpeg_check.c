#include "ingest/jpeg_check.h"

#include <string.h>

enum {
    MARKER_SOF0 = 0xc0,
    MARKER_DHT = 0xc4,
    MARKER_SOI = 0xd8,
    MARKER_EOI = 0xd9,
    MARKER_SOS = 0xda,
    MARKER_DQT = 0xdb,
    MARKER_APP0 = 0xe0
};

#define SOF_SIZE  17 /* with its length: three components */
#define JFIF_SIZE 16 /* with its length: no thumbnail */

static int be16(const unsigned char *at) {
    return at[0] << 8 | at[1];
}

/* ITU-T T.81, B.2.2 */
static bool is_frame(const unsigned char *segment, int length, int width, int height) {
    return length == SOF_SIZE && segment[2] == 8 && be16(segment + 3) == height &&
           be16(segment + 5) == width && segment[7] == 3;
}

bool jpeg_check(const unsigned char *bytes, size_t size, int width, int height) {
    if (size < 4 || bytes[0] != 0xff || bytes[1] != MARKER_SOI || bytes[size - 2] != 0xff ||
        bytes[size - 1] != MARKER_EOI)
        return false;
    int frames = 0;
    for (size_t at = 2; size - at >= 4;) {
        const unsigned char *segment = bytes + at + 2;
        int marker = segment[-1], length = be16(segment);
        if (segment[-2] != 0xff || length < 2 || (size_t)length > size - at - 2)
            return false;
        if (marker == MARKER_SOS)
            return frames == 1;
        if (marker == MARKER_SOF0 && is_frame(segment, length, width, height))
            frames++;
        else if (marker != MARKER_DHT && marker != MARKER_DQT &&
                 !(marker == MARKER_APP0 && length == JFIF_SIZE))
            return false;
        at += 2 + (size_t)length;
    }
    return false;
}
