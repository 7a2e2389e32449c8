/* helper_end.h: what it means that a helper's child stopped in the middle of its answer */
#pragma once

#include "ingest/nursery_wire.h"
#include "ingest/reject.h"

struct helper_words {
    const char *name;    /* "图片程序" */
    const char *english; /* "picture" */
    enum reject too_slow, no_memory, crashed;
};

/* Reports what is no fault of the file. *detail is the caller's, may be set to NULL. */
enum reject helper_end_explain(struct nursery_end end, const struct helper_words *words,
                               char **detail);
