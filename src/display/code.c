#include "display/code.h"

#include <stdlib.h>

#include <qrencode.h>

#include "base/memory.h"

/* A code of more modules is too fine for a phone at two metres, or too large for the slide: 49
 * holds 154 bytes at level L. */
#define MAX_SIDE 49

/* The most forgiving level that needs no more modules than the least forgiving one. */
static QRcode *encode(const char *text) {
    static const QRecLevel levels[] = {QR_ECLEVEL_Q, QR_ECLEVEL_M};
    QRcode *least = QRcode_encodeString(text, 0, QR_ECLEVEL_L, QR_MODE_8, 1);
    for (int i = 0; least && i < 2; i++) {
        QRcode *better = QRcode_encodeString(text, 0, levels[i], QR_MODE_8, 1);
        if (better && better->width <= least->width) {
            QRcode_free(least);
            return better;
        }
        QRcode_free(better);
    }
    return least;
}

struct code *code_build(const char *text) {
    QRcode *qr = *text ? encode(text) : NULL;
    struct code *code = NULL;
    if (qr && qr->width <= MAX_SIDE) {
        size_t modules = (size_t)qr->width * (size_t)qr->width;
        code = xcalloc(1, sizeof *code);
        code->side = qr->width;
        code->dark = xcalloc(modules, 1);
        for (size_t i = 0; i < modules; i++)
            code->dark[i] = qr->data[i] & 1;
    }
    QRcode_free(qr);
    return code;
}

void code_destroy(struct code *code) {
    if (!code)
        return;
    free(code->dark);
    free(code);
}
