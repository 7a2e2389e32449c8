#include "display/layout_bidi.h"

#include <stdlib.h>

#include <unicode/ubidi.h>

#include "base/memory.h"

bool bidi_concerns(uint32_t c) {
    if (c < 0x590)
        return false;
    return c < 0x900 || c == 0x200F ||     /* Hebrew, Arabic; RLM */
           (c >= 0x202A && c <= 0x202E) || /* embeddings, overrides */
           (c >= 0x2066 && c <= 0x2069) || /* isolates */
           (c >= 0xFB1D && c <= 0xFEFC && (c < 0xFE00 || c >= 0xFE70)) ||  /* their old forms */
           (c >= 0x10800 && c < 0x11000) || (c >= 0x1E800 && c < 0x1F000); /* Adlam and others */
}

uint32_t bidi_mirror(uint32_t c) {
    return (uint32_t)u_charMirror((UChar32)c);
}

bool bidi_needed(const struct cell *cells, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (cells[i].level > 0)
            return true;
    return false;
}

void bidi_order(const struct cell *cells, size_t count, int32_t *order) {
    UBiDiLevel *levels = xcalloc(2 * count, sizeof *levels);
    for (size_t i = 0; i < count; i++) {
        levels[2 * i] = cells[i].level;
        levels[2 * i + 1] = cells[i].space_level;
    }
    ubidi_reorderVisual(levels, (int32_t)(2 * count - 1), order);
    free(levels);
}
