/* jpeg_check.h: is it a JPEG of the plain kind that our own helper writes?
 *
 * The keeper's look at what came out of the jail, without decoding. Pure. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Baseline, three components of 8 bits, of exactly this size, no segment that could carry
 * metadata, and an end. Reads nothing outside of bytes[0..size). */
bool jpeg_check(const unsigned char *bytes, size_t size, int width, int height);
