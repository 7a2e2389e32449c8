/* word_drawing.h: the pictures and text boxes in a drawing, old (VML) or new (DrawingML) */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "helpers/xml.h"

struct word_picture {
    const char *relation; /* whose target it is; the tree's, never NULL */
    const char *alt;      /* the tree's; "" when there is none */
    int32_t crop[4];      /* as in document_wire.h */
};

struct word_drawing_sink {
    void *user;
    void (*on_picture)(void *user, const struct word_picture *picture);
    void (*on_box)(void *user, const xmlNode *content); /* <w:txbxContent> */
};

/* All that is below node (<w:drawing>, <w:pict>, <w:object>), in order. */
void word_drawing_read(const xmlNode *node, const struct word_drawing_sink *sink);
/* Of <mc:AlternateContent>: the first branch whose kinds are known here, else the fallback; NULL.
 */
const xmlNode *word_branch(const xmlNode *node);
