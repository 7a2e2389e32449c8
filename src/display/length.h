/* length.h: how long a video is, as people write it: "0:12", "1:23", "1:02:03"; pure */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define LENGTH_TEXT_SIZE 16
#define LENGTH_ALL       "0123456789:" /* what such a text is made of */
#define LENGTH_GLYPHS    11

/* Whole seconds, the rest cut off; gives how many characters. */
size_t length_text(int64_t ms, char text[LENGTH_TEXT_SIZE]);
/* Which of LENGTH_ALL a character of it is. */
int length_glyph(char c);
