#include "helpers/load.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#define ORIENTATION_TAG 0x0112
#define IFD_ENTRY_SIZE  12

/* ImageMagick keeps Exif as text: name, length and hex digits on lines. */
#define RAW_PROFILE "Raw profile type exif"

static bool has(const unsigned char *bytes, size_t size, size_t at, const char *magic, size_t n) {
    return size >= at + n && memcmp(bytes + at, magic, n) == 0;
}

/* The brands of a still picture among ISO media files: major or compatible. */
static bool is_heif(const unsigned char *bytes, size_t size) {
    static const char brands[][5] = {"heic", "heix", "heim", "heis", "hevc", "hevx",
                                     "mif1", "msf1", "mif2", "avif", "avis"};
    if (!has(bytes, size, 4, "ftyp", 4))
        return false;
    size_t box = (size_t)bytes[0] << 24 | (size_t)bytes[1] << 16 | (size_t)bytes[2] << 8 | bytes[3];
    size_t end = box < size ? box : size;
    for (size_t at = 8; at + 4 <= end; at += at == 8 ? 8 : 4)
        for (size_t i = 0; i < sizeof brands / sizeof *brands; i++)
            if (memcmp(bytes + at, brands[i], 4) == 0)
                return true;
    return false;
}

enum kind load_kind(const unsigned char *bytes, size_t size) {
    if (has(bytes, size, 0, "\xff\xd8\xff", 3))
        return KIND_JPEG;
    if (has(bytes, size, 0, "\x89PNG\r\n\x1a\n", 8))
        return KIND_PNG;
    if (has(bytes, size, 0, "RIFF", 4) && has(bytes, size, 8, "WEBP", 4))
        return KIND_WEBP;
    if (has(bytes, size, 0, "GIF87a", 6) || has(bytes, size, 0, "GIF89a", 6))
        return KIND_GIF;
    if (has(bytes, size, 0, "II*\0", 4) || has(bytes, size, 0, "MM\0*", 4) ||
        has(bytes, size, 0, "II+\0", 4) || has(bytes, size, 0, "MM\0+", 4))
        return KIND_TIFF;
    return is_heif(bytes, size) ? KIND_HEIF : KIND_NONE;
}

/* ERROR, not WARNING: a camera's odd tag costs nobody the picture, a truncated file does. */
#define OPTIONS "access", VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_ERROR

VipsImage *load_open(enum kind kind, const unsigned char *bytes, size_t size, int shrink) {
    VipsImage *image = NULL;
    void *data = (void *)bytes; /* read only; libvips does not say so */
    int failed = -1;
    switch (kind) {
    case KIND_JPEG:
        failed = vips_jpegload_buffer(data, size, &image, "shrink", shrink, OPTIONS, NULL);
        break;
    case KIND_PNG:
        failed = vips_pngload_buffer(data, size, &image, OPTIONS, NULL);
        break;
    case KIND_WEBP:
        failed = vips_webpload_buffer(data, size, &image, "scale", 1.0 / shrink, OPTIONS, NULL);
        break;
    case KIND_GIF:
        failed = vips_gifload_buffer(data, size, &image, OPTIONS, NULL);
        break;
    case KIND_HEIF:
        failed = vips_heifload_buffer(data, size, &image, OPTIONS, NULL);
        break;
    case KIND_TIFF:
        failed = vips_tiffload_buffer(data, size, &image, OPTIONS, NULL);
        break;
    case KIND_NONE:
        break;
    }
    return failed ? NULL : image;
}

static unsigned read16(const unsigned char *at, bool big) {
    return big ? (unsigned)at[0] << 8 | at[1] : (unsigned)at[1] << 8 | at[0];
}

static size_t read32(const unsigned char *at, bool big) {
    unsigned first = read16(at, big), second = read16(at + 2, big);
    return big ? (size_t)first << 16 | second : (size_t)second << 16 | first;
}

/* The orientation in a TIFF structure; 1 when there is none that exists. */
static int tiff_orientation(const unsigned char *bytes, size_t size) {
    if (size < 8 || (memcmp(bytes, "MM\0*", 4) != 0 && memcmp(bytes, "II*\0", 4) != 0))
        return 1;
    bool big = bytes[0] == 'M';
    size_t at = read32(bytes + 4, big);
    if (at > size - 2 || size < 10)
        return 1;
    size_t count = read16(bytes + at, big);
    for (at += 2; count && size - at >= IFD_ENTRY_SIZE; count--, at += IFD_ENTRY_SIZE)
        if (read16(bytes + at, big) == ORIENTATION_TAG) {
            unsigned value = read16(bytes + at + 8, big);
            return value >= 1 && value <= 8 ? (int)value : 1;
        }
    return 1;
}

/* "\nexif\n      32\n457869…": the digits are those of "Exif\0\0" and a TIFF structure. */
static int raw_profile_orientation(const char *text) {
    unsigned char bytes[512];
    size_t size = 0;
    const char *digits = strstr(text, "45786966"); /* "Exif" */
    unsigned high = 0;
    bool half = false;
    for (; digits && *digits && size < sizeof bytes; digits++) {
        int value = g_ascii_xdigit_value(*digits);
        if (value < 0)
            continue;
        if (half)
            bytes[size++] = (unsigned char)(high << 4 | (unsigned)value);
        high = (unsigned)value;
        half = !half;
    }
    return size > 6 ? tiff_orientation(bytes + 6, size - 6) : 1;
}

static void *find_raw_profile(VipsImage *image, const char *name, GValue *value, void *user) {
    (void)image;
    const char *end = strstr(name, RAW_PROFILE);
    if (!end || strcmp(end, RAW_PROFILE) != 0 || !G_VALUE_HOLDS(value, VIPS_TYPE_REF_STRING))
        return NULL;
    *(int *)user = raw_profile_orientation(vips_value_get_ref_string(value, NULL));
    return user;
}

int load_orientation(enum kind kind, VipsImage *image) {
    int orientation = 1;
    if (kind == KIND_HEIF)
        return 1;
    if (vips_image_get_typeof(image, VIPS_META_ORIENTATION))
        return vips_image_get_orientation(image);
    if (kind == KIND_PNG)
        vips_image_map(image, find_raw_profile, &orientation);
    return orientation;
}
