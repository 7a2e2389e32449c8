/* code.h: a web address as a QR code (ISO/IEC 18004), by libqrencode; pure, any thread */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#define CODE_QUIET 4 /* modules of white around it (ISO/IEC 18004, 6.3.8) */

struct code {
    int side;      /* modules, without the quiet zone */
    uint8_t *dark; /* owned; side * side, row by row: 1 is black */
};

/* NULL: the text is "" or too long to be read from two metres. */
struct code *code_build(const char *text);
void code_destroy(struct code *code); /* NULL is fine */
