/* form.h: a table of labels and values, as the campaign's 推荐表 → the fields of a case
 *
 * Labels in any wording and order, a value beside its label, behind a colon or in the row below.
 * Names, telephone numbers, addresses and whatever else is about a person, and signatures and
 * opinions, are left out. Pure; any thread. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct form {
    struct str info;  /* "学校：…\n": lines of 信息.txt (info.h), each ended */
    struct str body;  /* further sections: the label, then its paragraphs, each ended by '\n' */
    size_t known;     /* labels that were recognised, of whatever kind */
    bool has_subject; /* a title, a school or a unit is among them */
    int pending;      /* a label alone in its row: what the next row is the value of; 0: none */
    char *label;      /* owned: its words */
};

/* A row, cells and their lines parted as in document_wire.h, texts normalised. */
void form_add_row(struct form *form, const char *row);
/* Or a table of something else. */
bool form_is_one(const struct form *form);
void form_finish(struct form *form);
