/* stick_zip.h: whether a .zip on a stick is a signed bundle, before it is copied
 *
 * Told by the names at its end, read by nobody but compared; only where a signature's is among them
 * the jailed helper reads head, signatures and pages. For the child that reads the stick. */
#pragma once

#include <stdint.h>

/* Unpacks what is read of a bundle first below the folder `into`, which is made. Gives the folder
 * in it that has head and signature, the caller's, and the zip's own size; NULL: it is no signed
 * bundle, or cannot be read. document: the helper's path. */
char *stick_zip_head(const char *path, const char *into, const char *document, int64_t *bytes);
