/* word_lists.h: the number or mark before a list's item in a Word file (ECMA-376-1, 17.9) */
#pragma once

#include "base/str.h"
#include "helpers/word_styles.h"

struct word_list;

struct word_lists {
    xmlDocPtr tree; /* owned; NULL: the file has none */
    struct word_list *lists;
    size_t count;
};

void word_lists_init(struct word_lists *lists, xmlDocPtr tree);
void word_lists_finish(struct word_lists *lists);
/* Counts an item of list `number` at a level and adds what stands before it: "· ", "1. ", "（一）".
 * Nothing where there is no such list. */
void word_lists_mark(struct word_lists *lists, long number, long level, struct str *mark);
