/* code_check.h: is it a PNG of the plain kind that our own helper writes for a code?
 *
 * The keeper's look at what came out of the jail, without decoding (jpeg_check.h is the same for
 * pictures). Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Eight bits, three bands, not interlaced, of exactly this size; no chunk but IHDR, pHYs (how large
 * a pixel is), IDAT and IEND, which ends it. Reads nothing outside of bytes[0..size). */
bool code_check(const unsigned char *bytes, size_t size, int width, int height);
