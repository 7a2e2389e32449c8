/* report.h: all findings of a run as a table */
#pragma once

#include <stdio.h>

#include "check.h"

struct report_row {
    char *where; /* owned: case, slide, size, theme and deck */
    struct finding finding;
};

struct report {
    struct report_row *rows; /* owned */
    size_t count;
    int slides;          /* looked at */
    int faulty;          /* of these, with findings */
    int cuts[CUT_COUNT]; /* texts that may be cut, and were */
    double contrast;     /* the least of all; 0: no text yet */
    char *palest;        /* owned; the slide with it; NULL likewise */
};

/* Takes the findings over. */
void report_add(struct report *report, const char *where, struct findings *findings);
void report_note_cuts(struct report *report, const struct scene *scene,
                      const struct case_record *record);
/* At most `examples` rows of each kind, those of as many cases as there are. */
void report_print(const struct report *report, int examples, FILE *to);
void report_finish(struct report *report);
