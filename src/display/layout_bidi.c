#include "display/layout_bidi.h"

#include <stdlib.h>

#include <unicode/ubidi.h>

#include "base/memory.h"

bool bidi_concerns(uint32_t c) {
    static const struct {
        uint32_t first, last;
    } ranges[] = {
        {0x590, 0x8FF},     /* Hebrew, Arabic, Syriac … */
        {0x200F, 0x200F},   /* RLM */
        {0x202A, 0x202E},   /* embeddings and overrides */
        {0x2066, 0x2069},   /* isolates */
        {0xFB1D, 0xFDFF},   /* presentation forms */
        {0xFE70, 0xFEFC},   /* likewise */
        {0x10800, 0x10FFF}, /* scripts of old, Rohingya */
        {0x1E800, 0x1EFFF}, /* Mende, Adlam, Arabic in mathematics */
    };
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges && c >= ranges[i].first; i++)
        if (c <= ranges[i].last)
            return true;
    return false;
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
