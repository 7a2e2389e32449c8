/* load.h: bytes of a stranger → a picture that libvips will decode when asked
 *
 * The kind is told by magic bytes, and its one loader called; libvips never guesses. Only inside
 * the jail. Images are owned by the caller (g_object_unref). */
#pragma once

#include <stddef.h>

#include <vips/vips.h>

enum kind { KIND_NONE, KIND_JPEG, KIND_PNG, KIND_WEBP, KIND_GIF, KIND_HEIF, KIND_TIFF };

enum kind load_kind(const unsigned char *bytes, size_t size);

/* The header of the first picture in it; pixels are decoded when they are used, once, from top to
 * bottom. shrink is 1, 2, 4 or 8 for JPEG and WebP, 1 for all others. NULL: see
 * vips_error_buffer(). `bytes` must outlive the image. */
VipsImage *load_open(enum kind kind, const unsigned char *bytes, size_t size, int shrink);

/* What Exif says about the picture's way up, 1 to 8. Always 1 for HEIF, whose loader has turned it
 * already. */
int load_orientation(enum kind kind, VipsImage *image);
