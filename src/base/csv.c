#include "base/csv.h"

#include <stdbool.h>
#include <string.h>

#include "base/str.h"

void csv_begin(FILE *to) {
    fputs("\xef\xbb\xbf", to);
}

/* Begins as a formula does, in half or full width, behind spaces too; tabs and line breaks go. */
static bool is_formula(const char *text) {
    static const char *const starts[] = {"=", "+", "-", "@", "＝", "＋", "－", "＠"};
    while (*text && (unsigned char)*text <= ' ')
        text++;
    if (text_starts(text, "　")) /* an ideographic space */
        return is_formula(text + strlen("　"));
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (text_starts(text, starts[i]))
            return true;
    return false;
}

void csv_text(FILE *to, const char *text) {
    putc('"', to);
    if (is_formula(text))
        putc('\'', to);
    for (; *text; text++) {
        if (*text == '"')
            putc('"', to);
        putc((unsigned char)*text < ' ' || *text == 0x7f ? ' ' : *text, to);
    }
    putc('"', to);
}
