#include "display/length.h"

#include <assert.h>
#include <stdio.h>

#define MOST_HOURS 99 /* nothing here is as long, and the text has its room */

static_assert(sizeof LENGTH_ALL == LENGTH_GLYPHS + 1, "each of them");

size_t length_text(int64_t ms, char text[LENGTH_TEXT_SIZE]) {
    int64_t seconds = ms > 0 ? ms / 1000 : 0, hours = seconds / 3600;
    int minute = (int)(seconds / 60 % 60), second = (int)(seconds % 60);
    hours = hours < MOST_HOURS ? hours : MOST_HOURS;
    int size = hours ? snprintf(text, LENGTH_TEXT_SIZE, "%d:%02d:%02d", (int)hours, minute, second)
                     : snprintf(text, LENGTH_TEXT_SIZE, "%d:%02d", minute, second);
    return (size_t)size;
}

int length_glyph(char c) {
    return c >= '0' && c <= '9' ? c - '0' : LENGTH_GLYPHS - 1;
}
