/* snapshot.h: the loop's cases of one generation, read at once, never changed after
 *
 * Made on one thread, then handed to another with all it holds. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "library/case.h"
#include "library/reader.h"

struct snapshot_options {
    const char *school; /* this site's own; "" for none */
    size_t limit;       /* [loop] cases */
    int64_t now_ms;
    int64_t day; /* time_local_day(now_ms) */
};

struct snapshot {
    int64_t generation;        /* 0: no library yet */
    int64_t withdrawals;       /* reader_withdrawals: with another number it shows other cases */
    struct case_record *cases; /* in the order of the loop */
    size_t count;
    size_t unit_cases[UNIT_COUNT]; /* valid ones in the whole library */
    char **schools; /* of the whole library, sorted by bytes: names that a title must not part */
    size_t school_count;
    int64_t next_change_ms; /* when another set of cases becomes valid; 0: never. A new day gives
                               another order too */
};

/* One read transaction. READ_MISSING gives an empty snapshot; after anything else but READ_DONE
 * *out is zeroed. */
enum read_result snapshot_load(struct reader *reader, const struct snapshot_options *options,
                               struct snapshot *out);
void snapshot_finish(struct snapshot *snapshot); /* zeroed is fine */
