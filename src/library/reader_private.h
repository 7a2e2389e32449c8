/* reader_private.h: what reader.c and reader_pending.c share; nobody else includes it */
#pragma once

#include "library/reader.h"
#include "library/session.h"

struct reader {
    struct session session;
};

/* Within a transaction. record->id stays NULL when the generation has no such row. */
bool reader_load_row(struct reader *reader, int64_t generation, int64_t row,
                     struct case_record *record);
