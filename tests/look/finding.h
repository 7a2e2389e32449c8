/* finding.h: what is wrong with a slide, as a list */
#pragma once

#include <stddef.h>

#include "display/geometry.h"

enum finding_kind {
    FINDING_SMALL,    /* text under 26u */
    FINDING_OUTSIDE,  /* ink outside of its layout's box */
    FINDING_MARGIN,   /* ink within 48u of the picture's edge */
    FINDING_OVERLAP,  /* text over another text */
    FINDING_COVERED,  /* text under something drawn later, over a code, or where the frame stands */
    FINDING_CONTRAST, /* under 4.5:1 against what is behind it */
    FINDING_CUT,      /* ends in …… though it may not */
    FINDING_LOST,     /* text of the case that no slide shows */
    FINDING_DISTORTED, /* a picture of another shape than its source */
    FINDING_CROPPED,   /* a picture of which more than 35 % is cut away */
    FINDING_ENLARGED,  /* a picture beyond 250 % */
    FINDING_POSTER,    /* one to be shown whole is cut, or written over */
    FINDING_BROKEN,    /* the slide could not be drawn */
    FINDING_KIND_COUNT
};

struct finding {
    enum finding_kind kind;
    struct rect place; /* where, pixels; no width: nowhere in particular */
    double value;      /* what was measured, in the unit that finding_unit names */
    char *text;        /* owned; the text or the picture that it is about */
};

struct findings {
    struct finding *items; /* owned */
    size_t count;
    double contrast; /* the least of all that was looked at; 0: nothing was */
};

/* text is copied; of a long one the start. */
void findings_add(struct findings *findings, enum finding_kind kind, struct rect place,
                  double value, const char *text);
void findings_finish(struct findings *findings); /* zeroed is fine */
size_t findings_count(const struct findings *findings, enum finding_kind kind);

const char *finding_name(enum finding_kind kind); /* "contrast" */
const char *finding_unit(enum finding_kind kind); /* ":1, at least 4.5" */
