/* crop.h: the part of a picture that its document shows */
#pragma once

#include <stdint.h>

#include <vips/vips.h>

/* What is left of image (as load_open gave it) when so much of each side is cut off, told of the
 * upright picture (picture_wire.h). Takes the reference; itself where nothing is cut. NULL: see
 * vips_error_buffer(). */
VipsImage *crop_cut(VipsImage *image, const int32_t crop[4], int orientation);
