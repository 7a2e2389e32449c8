/* word_styles.h: what a Word file's styles and numbering make of a paragraph */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "helpers/xml.h"

#define WORD_LEVELS 9 /* of a list */

/* Of a style, with what it is based on. */
struct word_style {
    const char *id, *name, *base; /* the tree's; base NULL: none */
    enum document_role role;
    bool hidden, centred, contents; /* contents: a line of a table of contents */
    int points;                     /* half points; 0: not said */
    long number, level;             /* of its list; number -1: not said, 0: none */
};

struct word_styles {
    xmlDocPtr tree; /* owned; NULL: the file has none */
    struct word_style *styles;
    size_t count;
    const char *paragraph; /* the id of the default style; NULL */
    int points;            /* of what says nothing */
};

void word_styles_init(struct word_styles *styles, xmlDocPtr tree);
void word_styles_finish(struct word_styles *styles);
/* NULL: there is no such style. */
const struct word_style *word_styles_find(const struct word_styles *styles, const char *id);
/* As its name says, or the level of its outline. */
enum document_role word_outline(const xmlNode *properties, enum document_role otherwise);
bool word_is_centred(const xmlNode *properties, bool otherwise);
/* Of <w:rPr>; 0: not said. */
int word_points(const xmlNode *properties);
