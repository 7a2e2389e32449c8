/* png_check.h: the parts of a PNG that must be right before a decoder sees it
 *
 * Decoders forgive what the standard (ISO/IEC 15948) calls errors: a wrong checksum may pass with a
 * warning and give a half picture. Pure; reads nothing outside of bytes[0..size). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Signature, IHDR first with values that exist, whole chunks with right checksums (of those that
 * make the picture), PLTE where it is needed, IDAT, IEND. NULL: all is well; else what is not, in
 * English. What follows IEND is ignored. */
const char *png_check(const unsigned char *bytes, size_t size);
