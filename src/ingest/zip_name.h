/* zip_name.h: the name of an entry of a zip file, made safe or refused
 *
 * Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

/* Limits, each with its reason. */
#define ZIP_NAME_PARTS 32  /* folders within each other; ours need four */
#define ZIP_PART_BYTES 255 /* what a file system takes for one name */

/* The name as valid UTF-8 with '/' between its parts and none at its end, the caller's. utf8: the
 * entry says that it is; else GBK is recognised, as Windows writes it (encoding.h). NULL, and *why
 * (static, 中文 (English)): it is absolute, has an empty part, ".", "..", a backslash, a drive, a
 * control character, or is too long or too deep. */
char *zip_name_decode(const char *raw, size_t size, bool utf8, const char **why);
/* For a message, whatever it is; the caller's. */
char *zip_name_printable(const char *raw, size_t size);
