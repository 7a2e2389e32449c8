/* word_text.h: a Word file's body → its paragraphs, rows and pictures in reading order
 *
 * As Word shows it with all changes accepted: what is deleted, hidden, a comment, a note or a
 * field's code is not seen, of alternatives one is, and the text of a box follows the paragraph it
 * hangs on. */
#pragma once

#include <stdbool.h>

#include "helpers/package.h"
#include "helpers/word_lists.h"
#include "helpers/word_styles.h"

struct word_parts {
    struct word_styles styles;
    struct word_lists lists;
    struct relations relations;
};

struct word_line {
    enum document_role role;
    bool centred, first;
    int points;
    const char *text; /* never empty; DOCUMENT_CELL and DOCUMENT_BREAK within a row */
    size_t size;
};

/* Each gives false to stop. */
struct word_sink {
    void *user;
    bool (*on_line)(void *user, const struct word_line *line);
    /* part: of the picture, in the package; crop as in document_wire.h; alt may be "" */
    bool (*on_picture)(void *user, const char *part, const char *alt, const int32_t crop[4]);
};

enum document_reason word_text_read(const xmlNode *root, struct word_parts *parts,
                                    const struct word_sink *sink);
