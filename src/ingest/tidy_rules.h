/* tidy_rules.h: the rules on one line of code points; private to tidy*.c */
#pragma once

#include <stdint.h>

#include "ingest/tidy.h"

struct tidy_work {
    struct tidy *tidy;
    bool name;        /* see tidy_name */
    uint32_t *points; /* owned; 0 within it: deleted since the last look */
    size_t count;
    unsigned char *kinds; /* owned, like the next three: of each point, as last looked at */
    unsigned char *before, *after; /* what stands next to it, marks passed over */
    uint32_t *han;                 /* Han up to and without it; one more than count */
    uint32_t *closers;             /* owned: where what opens there closes; 0: nowhere */
};

/* One round over the whole line; true: something was changed, and perhaps more can be. */
bool tidy_round(struct tidy_work *work);
