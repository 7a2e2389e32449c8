/* html_text.h: text as it flows out of HTML: white space collapsed, paragraphs parted by '\n'
 *
 * What stands between two words or blocks is remembered and written only before the next visible
 * character, so that nothing empty comes out. */
#pragma once

#include <stdbool.h>

#include "base/str.h"

enum html_gap {
    HTML_GAP_NONE,
    HTML_GAP_SPACE,
    HTML_GAP_WRAP, /* a line end of the source: nothing between Han, else a space */
    HTML_GAP_CELL, /* 　 between the cells of a row */
    HTML_GAP_LINE
};

struct html_text {
    struct str out;
    enum html_gap gap;
    char mark[16]; /* of a list's item, before its first character; "" */
    uint32_t last; /* written last; 0 */
};

/* text is UTF-8 up to size. kept: white space counts, as in <pre>. */
void html_text_add(struct html_text *text, const char *utf8, size_t size, bool kept);
void html_text_line(
    struct html_text *text); /* a block begins or ends; not just behind a cell's start */
void html_text_row(struct html_text *text);  /* a line ends in any case */
void html_text_cell(struct html_text *text); /* a cell begins that is not the first of its row */
/* An item begins; number 0: of a list without numbers. */
void html_text_item(struct html_text *text, int number);
void html_text_item_end(struct html_text *text);
void html_text_finish(struct html_text *text);
