/* library_private.h: what library.c and library_pending.c share; nobody else includes it */
#pragma once

#include "library/case_row.h"
#include "library/library.h"

struct library {
    struct db db;
    const struct paths *paths;
    int64_t current;
    int64_t coming; /* of the import going on; 0: none */
    bool writing;   /* a transaction of it is open */
    size_t written; /* bytes in that transaction, about */
    char *request;  /* owned; for which one the pointer is moved; NULL: none */
};

bool library_batch_open(struct library *library); /* during an import */
bool library_batch_close(struct library *library);
/* So much was written: ends the transaction when that is much. */
bool library_batch_count(struct library *library, size_t bytes);
/* In the coming generation, or the current one. */
bool library_find_case(struct library *library, const char *id, struct case_row *found);
/* Twin, statement and end of a case whose content is the same, in the row that it has. */
bool library_note_case(struct library *library, const struct case_record *record,
                       const struct case_row *found);
/* Takes a row out of the coming generation: one that came in with it vanishes at once, the others
 * stay for the readers of the current one. */
bool library_end_case(struct library *library, const struct case_row *found);
