/* encoding.h: a text file of unknown encoding → text, without asking anybody
 *
 * Tried in this order, so that the same bytes always give the same text:
 *   1. a byte order mark (UTF-8, UTF-16LE, UTF-16BE) is believed;
 *   2. bytes without NUL and control characters that are well-formed UTF-8 are UTF-8, unless they
 *      only happen to look so: every character beyond ASCII is of two bytes, none touches a Latin
 *      letter, and read as GB2312 each is one of its everyday characters ("一" in GBK is
 *      the Cyrillic letter "һ" in UTF-8). Such a text is Chinese here. The famous 联通 of GBK is no
 *      question at all: its first byte, C1, is an overlong form that UTF-8 forbids;
 *   3. GB18030 (with GBK and GB2312 in it), if every byte of it decodes to something that text may
 *      contain; a reading as UTF-16 is preferred where that is clean and most of this is not
 * GB2312;
 *   4. UTF-16 without a mark, where three in four characters are of the kind our texts consist of;
 *   5. UTF-8 with control characters, which are dropped, but without NUL.
 * Anything else (pictures, programs) is not text. */
#pragma once

#include <stddef.h>

/* Normalised (text.h), the caller's; NULL: not recognised. size is at most 16 MiB. */
char *encoding_decode(const void *bytes, size_t size);
/* The same for a file's name of some bytes, which is UTF-8 or GB18030 and never UTF-16. */
char *encoding_decode_name(const char *bytes, size_t size);
