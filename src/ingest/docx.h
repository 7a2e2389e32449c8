/* docx.h: the lines of a Word file → the text of a case
 *
 * Which line is the title, which are captions, whether a table is a recommendation form: judged by
 * what people write, in any wording. Pure; any thread. */
#pragma once

#include "ingest/document.h"
#include "ingest/document_wire.h"

struct docx_line {
    enum document_role role;
    bool centred, first; /* first: of a table's rows */
    int points;          /* half points */
    char *text;          /* owned, normalised; within a row see document_wire.h */
};

struct docx_place {
    size_t line;   /* the picture stands before this line */
    size_t number; /* of its file */
    char *alt;     /* owned, normalised */
    int32_t crop[4];
};

struct docx_lines {
    struct docx_line *lines;
    size_t count;
    struct docx_place *places;
    size_t place_count;
};

/* The caller's to finish. Its pictures are the places, in order and without a path. */
void docx_compose(const struct docx_lines *lines, struct docx_text *text);
void docx_lines_finish(struct docx_lines *lines);
